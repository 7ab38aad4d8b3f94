"""A task as a card: what is drawn of it, how many rows that takes, and the rows themselves.

Owns the anatomy of a card. Every text comes through ``shown`` here, and no row is wider than the
card. Must not know where a card stands, or how it is scrolled.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from todo_tui.board.age import age
from todo_tui.board.attention import entered_at
from todo_tui.board.matching import spans
from todo_tui.board.memory import NOTHING
from todo_tui.board.query import Query
from todo_tui.board.task import BLOCKED, DONE, TODO, bare_name, canonical_name, is_nobody
from todo_tui.document.span import Span
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.facts import facts_of
from todo_tui.tui.row import Piece, cells, row
from todo_tui.tui.wrap import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from rich.style import Style
    from textual.strip import Strip

    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.memory import Memory
    from todo_tui.board.task import Fault, Task
    from todo_tui.tui.look import Look

_AGENT_FROM = 46
"""From this width, in cells, a compact card names the agent."""

_AGE_FROM = 18
"""So many cells beside the id have to be there for a compact card to tell its age."""

_SHORTEST_AGENT = 5
"""A name that is cut to fewer cells says nothing, and is left out."""


class Density(Enum):
    """How many rows a card takes."""

    COMPACT = "compact"  # one
    NORMAL = "normal"  # two to four, and a blank one
    ROOMY = "roomy"  # one more, with facts


class Concern(Enum):
    """Why a card has a mark, worst first."""

    VIOLATION = glyph.VIOLATION
    FAULT = glyph.FAULT
    BLOCKED = glyph.BLOCKED
    LATE = glyph.STALE


class Mark(NamedTuple):
    """One mark of a card: its glyph, and the words beside it (shown text)."""

    concern: Concern
    words: str


class Card(NamedTuple):
    """All that is drawn of a task, as shown text. Equal cards look the same.

    ``agent`` is ``@name``, ``you`` or empty; ``held`` says whether that agent has the task or it
    is only meant for them. ``changed``: it changed and was not looked at since.
    ``facts`` are for a roomy card.
    """

    id: str
    title: str
    priority: str | None
    agent: str
    held: bool
    age: str
    done: bool
    marks: tuple[Mark, ...]
    changed: bool
    facts: str = ""


def title_of(task: Task) -> str:
    """The title as it is drawn."""
    return shown(task.title).strip() or " "


def named(agent: str, you: str) -> str:
    """An agent's name as it is drawn: ``@name``, or ``you``."""
    return "you" if bare_name(agent) == bare_name(you) else "@" + shown(agent)


MARKED: Final = frozenset({"violation", "stale", "silent"})
"""Why a task can need a person, and its card has a mark of that."""


class Trouble(NamedTuple):
    """What was found about a task: its faults, and why it needs a person."""

    faults: Sequence[Fault] = ()
    items: Sequence[Item] = ()


def marks_of(
    board: Board, task: Task, trouble: Trouble, *, now: datetime, you: str
) -> tuple[Mark, ...]:
    """What is the matter with a task, worst first."""
    marks: list[Mark] = []
    broken = [item.events[0] for item in trouble.items if item.need == "violation"]
    if broken:
        from todo_tui.tui.told import rule_of

        marks.append(Mark(Concern.VIOLATION, rule_of(broken[0], you)))
    marks += [Mark(Concern.FAULT, it.code.replace("_", " ")) for it in trouble.faults[:1]]
    if task.status == BLOCKED:
        marks.append(Mark(Concern.BLOCKED, shown(reason_of(task)) or "blocked"))
    elif task.status == TODO and task.dependencies and (ids := board.open_dependencies(task)):
        marks.append(Mark(Concern.BLOCKED, shown(" ".join(ids))))
    for item in trouble.items:
        if item.need == "stale":
            marks.append(Mark(Concern.LATE, "stale"))
        elif item.need == "silent":
            marks.append(Mark(Concern.LATE, f"silent {age(item.since, now)}"))
    return tuple(marks)


def reason_of(task: Task) -> str:
    """Why a task is blocked, as the file says; "" where it does not."""
    for name, value in task.fields:
        if canonical_name(name) == "blocker_reason":
            return value if isinstance(value, str) and not is_nobody(value) else ""
    return ""


def card_of(
    board: Board,
    task: Task,
    trouble: Trouble,
    *,
    now: datetime,
    you: str,
    changed: bool,
    memory: Memory = NOTHING,
    roomy: bool = True,
) -> Card:
    """The card of a task: ``you`` is the name of the person at the board.

    ``memory`` is what is known of the tasks beside the file. ``roomy``: with the facts.
    """
    agent = task.claimed_by or task.assigned_agent
    return Card(
        shown(task.id),
        title_of(task),
        task.priority,
        named(agent, you) if agent else "",
        task.holder is not None,
        age(entered_at(board, task, memory, now), now),
        task.status == DONE,
        marks_of(board, task, trouble, now=now, you=you),
        changed,
        facts_of(board, task) if roomy else "",
    )


def heights(
    tasks: Iterable[Task], marked: Callable[[Task], bool], room: int, density: Density
) -> Iterator[int]:
    """The rows that each card takes, the blank one below it included.

    Nothing is wrapped to find out: a title has one row where it fits in the card, else two. Most
    titles are plain, and are measured without a call: all tasks of a board pass here.
    """
    if density is Density.COMPACT:
        for _ in tasks:
            yield 1
        return
    inner, more = room - 2, density is Density.ROOMY
    for task in tasks:
        title = task.title
        if title.isascii() and title.isprintable():
            fits = len(title) <= inner or len(title.strip()) <= inner
        else:
            fits = width(title_of(task)) <= inner
        yield (3 if fits else 4) + more + marked(task)


class Frame(NamedTuple):
    """How cards are drawn in a column: ``room`` cells wide, and a separator where ``edge``.

    What ``query`` finds in an id or a title is marked.
    """

    room: int
    edge: bool
    density: Density
    look: Look
    query: Query = Query()


class Light(NamedTuple):
    """What is on a card for a while: the bar, a light since it changed, the mark of a person.

    ``hovered``: the pointer is on it.
    """

    selected: bool
    flash: bool
    marked: bool
    hovered: bool = False


def draw(card: Card, frame: Frame, light: Light) -> tuple[Strip, ...]:
    """The rows of a card; as many as ``heights`` says.

    The first cell is kept for the bar of the selection, the last one stays blank.
    """
    room, look = frame.room, frame.look
    selected = light.selected
    over = look.hover if light.hovered else None
    over = look.selected if selected else look.flash if light.flash else over
    lead = Piece(glyph.BAR, look.accent) if selected else Piece(" ", look.text)
    tail = Piece(" ", look.text)

    def line(left: Sequence[Piece], right: Sequence[Piece] = ()) -> Strip:
        return row(look, room, [lead, *left], [*right, tail], over=over, edge=frame.edge)

    if frame.density is Density.COMPACT:
        return (line(*_one_row(card, room - 2, frame, light)),)
    body = look.dim if card.done else look.text
    rows = [line(*_first_row(card, room - 2, frame, light))]
    rows += [line(pieces) for pieces in _title(card.title, room - 2, body, frame)]
    if card.marks:
        rows.append(line(_marks(card, look)))
    if frame.density is Density.ROOMY:
        rows.append(line(_marked(card.facts, look.dim, frame)))
    rows.append(row(look, room, edge=frame.edge))
    return tuple(rows)


def _title(title: str, room: int, style: Style, frame: Frame) -> Iterator[list[Piece]]:
    """The rows of a title, with what was found in it marked, across the end of a row, too."""
    found, at = spans(frame.query, title), 0
    for text in folded(title, room):
        start = at + len(title[at:]) - len(title[at:].lstrip())
        same = text.removesuffix("…") if not title.startswith(text, start) else text
        mine = [Span(max(0, one.start - start), min(len(same), one.stop - start)) for one in found]
        yield _found(text, [one for one in mine if one.start < one.stop], style, frame.look)
        at = start + len(same)


def _marked(text: str, style: Style, frame: Frame) -> list[Piece]:
    """One row of text, with what was found in it marked."""
    return _found(text, spans(frame.query, text), style, frame.look)


def _found(text: str, found: Iterable[Span], style: Style, look: Look) -> list[Piece]:
    pieces, at = [], 0
    for start, stop in found:
        pieces += [Piece(text[at:start], style), Piece(text[start:stop], style + look.match)]
        at = stop
    return [piece for piece in (*pieces, Piece(text[at:], style)) if piece.text]


def _first_row(
    card: Card, room: int, frame: Frame, light: Light
) -> tuple[list[Piece], list[Piece]]:
    """Identity left, agent and age right.

    Where room is short the agent loses its session, is cut, then goes.
    """
    look = frame.look
    left = _marked(card.id, look.dim, frame)
    if card.priority is not None and (sign := glyph.PRIORITY[card.priority]):
        left.append(Piece(" " + sign, look.warn if card.priority == "critical" else look.text))
    if light.marked:
        left.append(Piece(" " + glyph.MARKED, look.accent))
    if card.changed:
        left.append(Piece(" " + glyph.CHANGED, look.accent))
    right = [Piece(card.age, look.dim)] if card.age else []
    space = room - cells(left) - cells(right) - 2
    name = card.agent if width(card.agent) <= space else bare_name(card.agent)
    agent = cut(name, space)
    if agent == name or width(agent) >= _SHORTEST_AGENT:
        right = _apart(Piece(agent, _agent_style(card, look)), right, look)
    return left, right


def _one_row(card: Card, room: int, frame: Frame, light: Light) -> tuple[list[Piece], list[Piece]]:
    """Everything in one row; ages stand below each other, so that titles end alike."""
    look = frame.look
    identity = cut(card.id, max(8, room // 2))
    sign = glyph.PRIORITY[card.priority] if card.priority is not None else ""
    left = [
        *_marked(identity, look.dim, frame),
        Piece(f" {sign:<3} ", look.warn if card.priority == "critical" else look.text),
    ]
    if light.marked:
        left.append(Piece(glyph.MARKED + " ", look.accent))
    if card.marks:
        left.append(Piece(card.marks[0].concern.value + " ", _mark_style(card.marks[0], look)))
    if card.changed:
        left.append(Piece(glyph.CHANGED + " ", look.accent))
    left += _marked(card.title, look.dim if card.done else look.text, frame)
    if room - width(identity) < _AGE_FROM:
        return left, []
    right = [Piece(f"{card.age:>3}", look.dim)]
    if room >= _AGENT_FROM:
        agent = Piece(cut(bare_name(card.agent), room // 4), _agent_style(card, look))
        right = _apart(agent, right, look)
    return left, right


def _apart(agent: Piece, right: list[Piece], look: Look) -> list[Piece]:
    if not agent.text:
        return right
    return [agent, Piece(" ", look.dim), *right] if right else [agent]


def _agent_style(card: Card, look: Look) -> Style:
    return look.agent(bare_name(card.agent.removeprefix("@"))) if card.held else look.dim


def _marks(card: Card, look: Look) -> list[Piece]:
    pieces: list[Piece] = []
    for mark in card.marks:
        if pieces:
            pieces.append(Piece("  ", look.dim))
        pieces.append(Piece(f"{mark.concern.value} {mark.words}", _mark_style(mark, look)))
    return pieces


def _mark_style(mark: Mark, look: Look) -> Style:
    return look.bad if mark.concern in (Concern.VIOLATION, Concern.FAULT) else look.warn
