"""The agents as lines: a row each, and below it what one of them did last and what is open.

Owns the columns, their order of importance where room is short, and the orders that the rows can
be put in. Must not know which row is selected, or what a key does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from todo_tui.board.age import age
from todo_tui.board.evidence import length
from todo_tui.board.task import bare_name
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.activity import Scene, ending, lead_of
from todo_tui.tui.card import named
from todo_tui.tui.line_view import Across
from todo_tui.tui.row import Piece, cells, fitted
from todo_tui.tui.told import told
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from rich.style import Style

    from todo_tui.board.agents import AgentRow
    from todo_tui.board.attention import Item
    from todo_tui.board.timeline import Happening
    from todo_tui.tui.line_view import Line
    from todo_tui.tui.look import Look

NARROW: Final = 58
"""Below so many cells a row is a name and what is needed."""

_COUNTED_FROM: Final = 72
"""From so many cells on there is room for what an agent has done beside what it needs."""

_FULL_FROM: Final = 105
"""From so many cells on there are all columns."""

_NAME: Final = 9
_TODAY: Final = 5
_ALL: Final = 6
_MEDIAN: Final = 8
_SIGN: Final = 11
_SPARK: Final = 12
_GAP: Final = 2

_BARS: Final = "▁▂▃▄▅▆▇█"

Order = Literal["needs me", "name", "holds", "done today", "last sign"]

ORDERS: Final[tuple[Order, ...]] = ("needs me", "name", "holds", "done today", "last sign")


def ordered(rows: Sequence[AgentRow], order: Order) -> tuple[AgentRow, ...]:
    """The rows in an order; they come in that of who needs a person most."""
    keys: dict[Order, Callable[[AgentRow], object]] = {
        "name": lambda row: row.name.casefold(),
        "holds": lambda row: -len(row.holds),
        "done today": lambda row: (-row.done_today, -row.done),
        "last sign": lambda row: -row.sign.timestamp() if row.sign is not None else 0.0,
    }
    return tuple(sorted(rows, key=keys[order])) if order in keys else tuple(rows)  # type: ignore[arg-type]


class Columns(NamedTuple):
    """How wide the columns are, in cells; 0 for one that is left out."""

    room: int
    name: int
    holds: int
    counted: bool
    full: bool

    @property
    def needs(self) -> int:
        """What is left for what is needed."""
        return max(0, self.room - self.before - (_SPARK + 1 if self.full else 0))

    @property
    def before(self) -> int:
        """The cells of all that stands before it."""
        numbers = 0
        if self.counted:
            numbers = _TODAY + (_ALL + _MEDIAN if self.full else 0) + _SIGN + _GAP
        return 2 + self.name + _GAP + self.holds + _GAP + numbers


def columns(rows: Iterable[AgentRow], you: str, room: int) -> Columns:
    """The columns for these rows in ``room`` cells."""
    full = room >= _FULL_FROM
    longest = max((width(who(row, you)) for row in rows), default=0)
    name = max(_NAME, min(longest, 24 if full else 14))
    holds = 25 if full else 21 - (name - _NAME)
    return Columns(room, name, holds, room >= _COUNTED_FROM, full)


def heading(at: Columns) -> str:
    """The names of the columns; one cell is kept free before them."""
    holds = "holds (age in status)" if at.full else "holds"
    text = f"  {'agent':<{at.name}}  {holds:<{at.holds}}  "
    if not at.counted:
        return f"{text}needs me"
    text += f"{'today':>{_TODAY}}"
    if at.full:
        text += f"{'all':>{_ALL}}{'median':>{_MEDIAN}}"
    return text + f"{'last sign':>{_SIGN}}  needs me"


def line_of(row: AgentRow, at: Columns, scene: Scene) -> list[Piece]:
    """One agent in a row."""
    style, now = scene.style, scene.now
    sign, sign_style = mark_of(row, style)
    name = cut(who(row, scene.you), at.name)
    held = _holds(row, now, at.holds)
    pieces = [
        Piece(f"{sign} ", sign_style),
        Piece(name + " " * (at.name - width(name) + _GAP), _name_style(row, scene)),
        Piece(held + " " * (at.holds - width(held) + _GAP), style.text),
    ]
    if at.counted:
        pieces.append(Piece(f"{row.done_today:>{_TODAY}}", style.text))
        if at.full:
            cycle = length(row.cycle) if row.cycle is not None else glyph.THIN
            pieces.append(Piece(f"{row.done:>{_ALL}}{cycle:>{_MEDIAN}}", style.text))
        pieces.append(Piece(f"{age(row.sign, now) or glyph.THIN:>{_SIGN}}", style.dim))
    needs = cut(needs_of(row, now), at.needs)
    pieces.append(Piece(" " * (_GAP if at.counted else 0) + needs, sign_style))
    if at.full:
        blank = " " * (at.needs - width(needs) + 1)
        pieces.append(Piece(f"{blank}{sparkline(row.activity)} 24 h", style.dim))
    return pieces


def short_line(row: AgentRow, scene: Scene) -> list[Piece]:
    """One agent in a narrow row: the name, and what is needed at the right."""
    sign, sign_style = mark_of(row, scene.style)
    room = scene.room - 2
    needs = cut(needs_of(row, scene.now) or "fine", room * 2 // 3)
    name = cut(who(row, scene.you), room - width(needs) - 1)
    blank = " " * (room - width(name) - width(needs))
    return [
        Piece(f"{sign} ", sign_style),
        Piece(name + blank, _name_style(row, scene)),
        Piece(needs, sign_style if row.items else scene.style.dim),
    ]


def who(row: AgentRow, you: str) -> str:
    """The name as it is drawn: ``@name``, ``you``, or another person's name."""
    if bare_name(row.name) == bare_name(you):
        return "you"
    return shown(row.name) if row.human else "@" + shown(row.name)


def _name_style(row: AgentRow, scene: Scene) -> Style:
    you = bare_name(row.name) == bare_name(scene.you)
    return scene.style.strong if row.human or you else scene.style.agent(row.name)


def mark_of(row: AgentRow, style: Look) -> tuple[str, Style]:
    """The sign before the name, and its colour."""
    if row.violations:
        return glyph.VIOLATION, style.bad
    needs = {item.need for item in row.items}
    if needs & {"stale", "silent"}:
        return glyph.STALE, style.warn
    if needs:
        return glyph.BLOCKED, style.warn
    return " ", style.dim


def _holds(row: AgentRow, now: datetime, room: int) -> str:
    """The tasks that it has, with their age in status; how many more there are."""
    text, left = "", len(row.holds)
    for held in row.holds:
        since = age(held.since, now)
        one = (", " if text else "") + shown(held.task.ref) + (f" {since}" if since else "")
        rest = f" +{left - 1}" if left > 1 else ""
        if width(text + one + rest) > room:
            break
        text, left = text + one, left - 1
    if left and text:
        return f"{text} +{left}"
    return cut(shown(row.holds[0].task.ref), room) if left else text


def needs_of(row: AgentRow, now: datetime) -> str:
    """What is needed because of this agent, worst first; "" where nothing is."""
    words: dict[str, int] = {}
    parts: list[str] = []
    for item in row.items:
        if item.need == "violation":
            words[item.word] = words.get(item.word, 0) + 1
    parts += [f"{number} {word.replace('_', ' ')}" for word, number in words.items()]
    for item in row.items:
        ref = shown(item.refs[0]) if item.refs else ""
        if item.need == "silent":
            parts.append(f"silent {length(now - item.since)}" if item.since else "silent")
        elif item.need == "stale":
            parts.append(f"{ref} not started")
        elif item.need != "violation":
            parts.append(f"{ref} {item.word.replace('_', ' ')}")
    return ", ".join(parts)


def sparkline(counts: Sequence[int]) -> str:
    """Numbers as bars, the greatest as the highest."""
    top = max(counts, default=0)
    steps = len(_BARS) - 1
    return "".join(_BARS[-(-count * steps // top) if top else 0] for count in counts)


def last_changes(
    row: AgentRow, happened: Sequence[Happening], number: int, scene: Scene
) -> list[Line]:
    """What the agent did last, the newest first, under its name."""
    style = scene.style
    lines: list[Line] = [
        [Piece(who(row, scene.you), _name_style(row, scene)), Piece("   last changes", style.dim)]
    ]
    mine = (each for each in happened if _is_of(each, row))
    for each, _ in zip(mine, range(number), strict=False):
        one = told(each, scene.you, scene.board)
        lead = [Piece("  ", style.text), *lead_of(one, scene, names=None)]
        lead.append(Piece(f"{one.ref}  " if one.ref else "", style.dim))
        rest = ending(one, scene.room - cells(lead), style, both=True)
        lines.append(fitted([*lead, *rest], scene.room))
    if len(lines) == 1:
        lines.append([Piece("  nothing is known", style.dim)])
    return lines


def _is_of(each: Happening, row: AgentRow) -> bool:
    names = (each.event.actor, each.entry.for_agent if each.entry is not None else None)
    return any(name is not None and bare_name(name) == row.name for name in names)


def evidence(item: Item, scene: Scene) -> list[Line]:
    """One thing that needs a person: the sign, when, which task, and what is wrong."""
    style = scene.style
    bad = item.need == "violation"
    sign = glyph.VIOLATION if bad else glyph.BLOCKED if item.need == "blocked" else glyph.STALE
    at = ""
    if item.since is not None:
        local = item.since.astimezone(scene.now.tzinfo)
        same = local.date() == scene.now.date()
        at = f"{local:%H:%M:%S}  " if same else f"{local:%Y-%m-%d %H:%M}  "
    refs = [shown(ref) for ref in item.refs[:3]]
    words = " ".join([*refs, _broken(item, scene.you) or item.words])
    if item.need in ("stale", "silent") and item.since is not None:
        words += f" for {length(scene.now - item.since)}"
    if item.reason:
        words += f": {shown(item.reason)}"
    lead = f"{sign} {at}"
    lines: list[Line] = []
    for number, text in enumerate(wrapped(words, max(1, scene.room - width(lead)))):
        start = lead if number == 0 else " " * width(lead)
        lines.append([Piece(start, style.bad if bad else style.warn), Piece(text, style.text)])
    return lines


def _broken(item: Item, you: str) -> str:
    """What exactly a broken rule did to a task, where that is more than the rule says."""
    event = item.events[0] if len(item.events) == 1 else None
    if event is None or event.before is None or event.after is None:
        return ""
    before, now = event.before, event.after
    if item.word == "stolen" and before.holder is not None and now.holder is not None:
        status = shown(before.status.replace("_", " "))
        names = (named(before.holder, you), named(now.holder, you))
        return f"was {status} with {names[0]}; holder is now {names[1]}, no release"
    if event.kind != "moved":
        return ""
    way = " → ".join(shown(task.status.replace("_", " ")) for task in (before, now))
    return f"{way}: {item.words}"


def rule(room: int, style: Look) -> Across:
    """A thin rule over the whole width; ``room`` is without the cells at the sides."""
    return Across([Piece(glyph.THIN * (room + 2), style.faint)])
