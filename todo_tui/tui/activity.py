"""What happened, as lines: the newest first, people and agents marked apart.

Owns the words for each kind of event, the rule that says what came while a person was away, and
which of it a filter leaves. Must not know where the lines stand, or which of them is selected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from todo_tui.board.event import Lost, Order, Several
from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault, bare_name
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.age import span
from todo_tui.tui.line_view import Across
from todo_tui.tui.row import Piece, cells, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.style import Style

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task
    from todo_tui.board.timeline import Happening
    from todo_tui.tui.look import Look
    from todo_tui.tui.supervision import Away

NARROW: Final = 54
"""Below so many cells a happening takes two lines."""

_SECONDS_FROM: Final = 100
"""From so many cells on times are told to the second."""

_MEASURED: Final = 60
"""So many of the newest happenings decide how wide names and references are drawn."""

_VERB: Final = 9
"""Cells of the longest verb."""

_VERBS: Final = {
    "created": "added",
    "finished": "done",
    "reassigned": "assigned",
    "renamed": "renamed",
    "retitled": "retitled",
    "reprioritised": "edited",
    "changed": "edited",
    "reordered": "reordered",
    "regrouped": "regrouped",
    "fault": "fault",
    "fault_cleared": "mended",
    "violation": "broke",
    "added": "added",
    "removed": "removed",
}

_MOVES: Final = {
    "claimed": "claimed",
    "in_progress": "started",
    "done": "done",
    "blocked": "blocked",
}

_BACK: Final = {"done": "reopened", "blocked": "unblocked"}
"""What a move to todo is called, by where it comes from; from anywhere else it is a release."""


class Told(NamedTuple):
    """One happening in words, all of it shown text.

    ``who`` is ``@name``, ``you``, another person's name, or ``file`` where nobody is known;
    ``agent`` is the agent's bare name, "" for all others. ``tail`` says what matters more than
    the ``text``: the broken rule where ``broken``, else that it was a direct edit.
    """

    at: datetime
    who: str
    agent: str
    verb: str
    ref: str
    text: str
    tail: str = ""
    broken: bool = False


class Only(NamedTuple):
    """What a filter leaves: all, or what is about one agent (bare name) or one task."""

    agent: str | None = None
    ref: str | None = None

    def takes(self, row: Happening) -> bool:
        """Whether the filter leaves this."""
        if self.ref is not None:
            return self.ref in refs_of(row.event)
        return self.agent is None or self.agent in _names(row)

    def words(self) -> str:
        """What is left, in words; shown text."""
        if self.ref is not None:
            return f"only {shown(self.ref)}"
        return f"only {shown(self.agent)}" if self.agent is not None else "all agents"


EVERYTHING: Final = Only()


def after(only: Only, row: Happening | None) -> Only:
    """The next filter, for the happening that is selected: all, its agent, its task, all."""
    if row is None or only.ref is not None:
        return EVERYTHING
    if only.agent is None and row.event.actor is not None:
        return Only(agent=bare_name(row.event.actor))
    refs = refs_of(row.event)
    return Only(ref=refs[0]) if refs else EVERYTHING


def refs_of(event: BoardEvent) -> tuple[str, ...]:
    """The references of the tasks that an event is about."""
    if isinstance(event.detail, Several):
        return tuple(task.ref for task in event.detail.after)
    return (event.ref,) if event.ref is not None else ()


def _names(row: Happening) -> set[str]:
    """The bare names of all who have to do with it."""
    event, entry = row.event, row.entry
    names = [event.actor, entry.for_agent if entry is not None else None]
    names += [task.holder for task in (event.before, event.after) if task is not None]
    return {bare_name(name) for name in names if name is not None}


def told(row: Happening, you: str) -> Told:
    """A happening in words; ``you`` is the name of the person at the board."""
    event = row.event
    human = event.human or (row.entry is not None and row.entry.human)
    who, agent = _who(event.actor, you, human=human)
    verb, text = _what(row, you)
    if event.violation is not None:
        tail = f"{glyph.VIOLATION} {rule_of(event, you)}"
    else:
        edited = event.actor is None and event.source == "file" and row.seen
        tail = "direct edit" if edited and event.kind not in _UNSIGNED else ""
    ref = shown(event.ref) if event.ref is not None else ""
    return Told(event.at, who, agent, verb, ref, text, tail, event.violation is not None)


_UNSIGNED: Final = frozenset({"history", "fault", "fault_cleared", "violation"})
"""Kinds of events of which nobody asks by whom."""


def rule_of(event: BoardEvent, you: str) -> str:
    """The rule that was broken, in a few words: ``stolen from @codex-2``, ``skipped claim``."""
    word = (event.violation or event.kind).replace("_", " ")
    holder = event.before.holder if event.before is not None else None
    if event.violation == "stolen" and holder is not None:
        return f"{word} from {_who(holder, you, human=False)[0]}"
    return word


def _who(name: str | None, you: str, *, human: bool) -> tuple[str, str]:
    """A name as it is drawn, and the agent's bare name."""
    if name is None:
        return "file", ""
    bare = bare_name(name)
    if bare == bare_name(you):
        return "you", ""
    return (shown(name), "") if human else ("@" + shown(bare), bare)


def _what(row: Happening, you: str) -> tuple[str, str]:
    """The verb, and what it was done to."""
    event, detail, kind = row.event, row.event.detail, row.event.kind
    if isinstance(detail, HistoryEntry):
        return _written(detail)
    title = _title(event.after or event.before)
    note = row.entry.note if row.entry is not None else None
    said = f"{title}  “{shown(note)}”" if note else title
    match kind:
        case "moved":
            return _moved(event, said)
        case "renamed":
            return _VERBS[kind], f"{shown(event.from_text or '')} → {shown(event.to_text or '')}"
        case "reprioritised":
            levels = (shown(text or "none") for text in (event.from_text, event.to_text))
            return _VERBS[kind], f"priority {' → '.join(levels)}"
        case "reassigned":
            names = (event.from_text, event.to_text)
            before, now = (_who(name, you, human=False)[0] if name else "nobody" for name in names)
            return _VERBS["reassigned"], f"{before} → {now}"
        case "changed":
            return _VERBS[kind], _fields(event.before, event.after) or title
        case _:
            return _VERBS.get(kind, kind), _about(event, said)


def _about(event: BoardEvent, said: str) -> str:
    match event.detail:
        case Fault(message=message):
            return shown(message)
        case Lost(entries):
            return f"{_several(len(entries), 'entry', 'entries')} of the session history gone"
        case Several(after=tasks):
            return _several(len(tasks), "task", "tasks")
        case Order(after=refs):
            return _several(len(refs), "task", "tasks")
    return said


def _moved(event: BoardEvent, said: str) -> tuple[str, str]:
    before, now = event.from_text or "", event.to_text or ""
    if now == "todo":
        return _BACK.get(before, "released"), said
    if now in _MOVES:
        return _MOVES[now], said
    return "moved", f"to {shown(now.replace('_', ' '))}  {said}"


def _written(entry: HistoryEntry) -> tuple[str, str]:
    """A line of the session history that nothing else tells of."""
    if entry.event is None:
        return "noted", shown(entry.text)
    note = f"“{shown(entry.note)}”" if entry.note else ""
    return _VERBS.get(entry.event, entry.event), note


def _fields(before: Task | None, now: Task | None) -> str:
    """The names of the fields that differ."""
    if before is None or now is None:
        return ""
    old, new = dict(before.fields), dict(now.fields)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if before.dependencies != now.dependencies:
        names.insert(0, "dependencies")
    if before.raw_status != now.raw_status:
        names.insert(0, "status")
    return ", ".join(shown(name.replace("_", " ")) for name in names)


def _title(task: Task | None) -> str:
    return shown(task.title).strip() if task is not None else ""


def _several(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def moment(at: datetime, now: datetime, *, seconds: bool = False) -> str:
    """A time in the zone of ``now``, in 5 cells or 8: of the day, the date where it is another."""
    local = at.astimezone(now.tzinfo)
    if local.date() != now.date():
        return f"{local:%m-%d}" + "   " * seconds
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


class Scene(NamedTuple):
    """For whom and when it is told; ``room`` is in cells."""

    you: str
    now: datetime
    room: int
    style: Look


class Lines(Sequence["list[Piece] | Across"]):
    """Happenings, the newest first, as lines that are made when they are asked for."""

    def __init__(self, rows: Sequence[Happening], away: Away | None, scene: Scene) -> None:
        self._rows = rows
        self._scene = scene
        self._each = 1 if scene.room >= NARROW else 2
        self._rule_at: int | None = None
        self._rule = ""
        measured = [told(row, scene.you) for row in rows[:_MEASURED]]
        room = scene.room
        self._names = min(max((width(one.who) for one in measured), default=0), max(9, room // 7))
        self._refs = min(max((width(one.ref) for one in measured), default=0), max(8, room // 8))
        if away is not None and (words := away_words(rows, away, scene)):
            self._rule = words
            self._rule_at = self._each * next(
                (at for at, row in enumerate(rows) if row.at <= away.until), 0
            )

    def __len__(self) -> int:
        """The lines of all happenings, and of the rule."""
        return len(self._rows) * self._each + (self._rule_at is not None)

    @overload
    def __getitem__(self, index: int) -> list[Piece] | Across: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Piece] | Across]: ...
    def __getitem__(self, index: int | slice) -> object:
        """The line at ``index``."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if self._rule_at is not None:
            if index == self._rule_at:
                return _ruled(self._rule, self._scene)
            index -= index > self._rule_at
        at, part = divmod(index, self._each)
        one = told(self._rows[at], self._scene.you)
        if self._each == 1:
            return self._line(one)
        return _upper(one, self._scene) if part == 0 else _lower(one, self._scene)

    def span(self, at: int) -> range:
        """Where the lines of a happening are."""
        start = at * self._each
        start += self._rule_at is not None and start >= self._rule_at
        return range(start, start + self._each)

    def at(self, line: int) -> int | None:
        """Which happening a line is of; None for the rule, and below the last."""
        if self._rule_at is not None:
            if line == self._rule_at:
                return None
            line -= line > self._rule_at
        at = line // self._each
        return at if 0 <= at < len(self._rows) else None

    def _line(self, one: Told) -> list[Piece]:
        scene = self._scene
        lead = lead_of(one, scene, names=self._names)
        ref = cut(one.ref, self._refs)
        lead.append(Piece(ref + " " * (self._refs - width(ref) + 2), scene.style.dim))
        return fitted([*lead, *ending(one, scene.room - cells(lead), scene.style)], scene.room)


def lead_of(one: Told, scene: Scene, *, names: int | None) -> list[Piece]:
    """When, who in ``names`` cells (nobody where None), and the verb."""
    style = scene.style
    seconds = names is None or scene.room >= _SECONDS_FROM
    pieces = [Piece(f"{moment(one.at, scene.now, seconds=seconds)}  ", style.dim)]
    if names is not None:
        who = cut(one.who, names)
        pieces.append(Piece(who + " " * (names - width(who) + 2), _who_style(one, style)))
    return [*pieces, Piece(f"{one.verb:<{_VERB}} ", style.text)]


def ending(one: Told, room: int, style: Look, *, both: bool = False) -> list[Piece]:
    """What it was done to, and the tail; the tail alone where both do not fit, but for ``both``."""
    tail = Piece(one.tail, style.bad if one.broken else style.dim)
    if not one.tail:
        return [Piece(one.text, style.text)]
    if one.text and (both or width(one.text) + 3 + width(one.tail) <= room):
        return [Piece(f"{one.text}   ", style.text), tail]
    return [tail]


def _upper(one: Told, scene: Scene) -> list[Piece]:
    style = scene.style
    ref = f"{cut(one.ref, max(8, scene.room // 3))} " if one.ref else ""
    return fitted(
        [
            Piece(f"{moment(one.at, scene.now)} ", style.dim),
            Piece(ref, style.dim),
            Piece(f"{one.verb} ", style.text),
            Piece(one.who, _who_style(one, style)),
        ],
        scene.room,
    )


def _lower(one: Told, scene: Scene) -> list[Piece]:
    room = scene.room - 6
    return fitted([Piece(" " * 6, scene.style.dim), *ending(one, room, scene.style)], scene.room)


def _who_style(one: Told, style: Look) -> Style:
    if one.agent:
        return style.agent(one.agent)
    return style.dim if one.who == "file" else style.strong


def _ruled(words: str, scene: Scene) -> Across:
    room = scene.room + 2
    text = cut(words, room - 6)
    lead = glyph.AWAY * 2
    rest = glyph.AWAY * max(0, room - 4 - width(text))
    style = scene.style
    return Across(
        [Piece(f"{lead} ", style.faint), Piece(text, style.strong), Piece(f" {rest}", style.faint)]
    )


def away_words(rows: Iterable[Happening], away: Away, scene: Scene) -> str:
    """What others did while the person was away, in numbers; "" where that is nothing."""
    changes = violations = 0
    you = bare_name(scene.you)
    for row in rows:
        if away.since < row.at <= away.until:
            mine = row.event.actor is not None and bare_name(row.event.actor) == you
            changes += not mine
            violations += row.event.violation is not None
    if not changes:
        return ""
    words = "while you were away" if scene.room >= NARROW else "away"
    words += "," if scene.room >= NARROW else ""
    words += f" {span(away.until - away.since)}: {_several(changes, 'change', 'changes')}"
    return words + (f", {_several(violations, 'violation', 'violations')}" if violations else "")
