"""What happened, as lines: the newest first, people and agents marked apart.

Owns how a happening is laid out, the rule that says what came while a person was away, and what of
it all a filter leaves. Must not know where the lines stand, or which of them is selected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

from todo_tui.board.age import span
from todo_tui.board.task import bare_name
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.line_view import Across
from todo_tui.tui.row import Piece, cells, fitted
from todo_tui.tui.told import VERB, moment, refs_of, several, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.style import Style

    from todo_tui.board.board import Board
    from todo_tui.board.timeline import Happening
    from todo_tui.tui.look import Look
    from todo_tui.tui.supervision import Away
    from todo_tui.tui.told import Told

NARROW: Final = 54
"""Below so many cells a happening takes two lines."""

_SECONDS_FROM: Final = 100
"""From so many cells on times are told to the second."""

_MEASURED: Final = 60
"""So many of the newest happenings decide how wide names and references are drawn."""


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


def next_filter(only: Only, row: Happening | None) -> Only:
    """The next filter, for the happening that is selected: all, its agent, its task, all."""
    if row is None or only.ref is not None:
        return EVERYTHING
    if only.agent is None and row.event.actor is not None:
        return Only(agent=bare_name(row.event.actor))
    refs = refs_of(row.event)
    return Only(ref=refs[0]) if refs else EVERYTHING


def _names(row: Happening) -> set[str]:
    """The bare names of all who have to do with it."""
    event, entry = row.event, row.entry
    names = [event.actor, entry.for_agent if entry is not None else None]
    names += [task.holder for task in (event.before, event.after) if task is not None]
    return {bare_name(name) for name in names if name is not None}


class Scene(NamedTuple):
    """For whom and when it is told, and on which board; ``room`` is in cells."""

    you: str
    now: datetime
    board: Board | None
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
        measured = [told(row, scene.you, scene.board) for row in rows[:_MEASURED]]
        room = scene.room
        self._names = min(max((width(one.who) for one in measured), default=0), max(11, room // 6))
        self._refs = min(max((width(one.ref) for one in measured), default=0), max(10, room // 8))
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
        one = told(self._rows[at], self._scene.you, self._scene.board)
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
    return [*pieces, Piece(f"{one.verb:<{VERB}} ", style.text)]


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
    text = cut(words, room - 4)
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
    words += f" {span(away.until - away.since)}: {several(changes, 'change', 'changes')}"
    return words + (f", {several(violations, 'violation', 'violations')}" if violations else "")
