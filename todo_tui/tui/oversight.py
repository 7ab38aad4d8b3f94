"""What is known beside the board: the journal, what was seen since, and what is still open.

Owns the events, the violations that nobody has dealt with, and what a person did about them. All of
it takes its time: it is called away from the screen's thread, by one caller at a time. Must not
know a screen or a key.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from todo_tui.board.agents import agent_rows
from todo_tui.board.attention import Item, attention, broken_rules
from todo_tui.board.memory import NOTHING
from todo_tui.board.open_rules import OpenRules
from todo_tui.board.undo import undo
from todo_tui.errors import TodoError
from todo_tui.storage.dealings import Dealings
from todo_tui.storage.journal import GONE, START
from todo_tui.storage.journal_record import Mark
from todo_tui.tui.supervision import Supervision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from todo_tui.board.agents import AgentRow
    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.request import Actor, Restore
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.storage.journal import Journal
    from todo_tui.storage.observer import Observer, Sighting
    from todo_tui.storage.snapshot import Snapshot
    from todo_tui.tui.supervision import Failed

_KEPT: Final = 2_000
"""Events that are kept; what an agent did is counted in them, and in the session history."""

_TOLD: Final = 500
"""Events that are told to the screens."""


class Oversight:
    """What there is to supervise about one file.

    ``observer`` was made before ``first``, the state that all later ones are compared with, was
    read. ``by`` is the person who supervises.
    """

    def __init__(
        self,
        journal: Journal,
        observer: Observer,
        first: Snapshot,
        by: Actor,
        thresholds: Thresholds,
    ) -> None:
        self.first = first
        self._journal = journal
        self._observer = observer
        self._by = by
        self._thresholds = thresholds
        self._tail = journal.end()
        self._events: deque[BoardEvent] = deque(maxlen=_KEPT)
        self._names: dict[tuple[object, ...], None] = {}  # of the last events
        self._open = OpenRules()
        self._broken: tuple[Item, ...] = ()  # what is open, as what needs the person
        self._shown: tuple[BoardEvent, ...] = ()  # of which it was made
        self._items: tuple[Item, ...] = ()
        self._by_task: Mapping[str, tuple[Item, ...]] = MappingProxyType({})
        self._board = first.board
        self._dealings = Dealings()
        self._beside = NOTHING
        self._unread: tuple[str, ...] = ()
        self._unwritten: TodoError | None = None
        observer.see(first)

    def begin(self) -> datetime | None:
        """Read the journal; until when the person has looked at the board the last time."""
        try:
            read = self._journal.read()
        except TodoError as error:
            self._unread = (error.message,)
            return None
        self._unread = read.problems
        self._dealings = Dealings(read.dealt.values())
        self._observer.recall(read)
        self._add(read.events)
        return read.seen.get(self._by.name)

    def see(self, snapshots: Sequence[Snapshot]) -> list[BoardEvent]:
        """Take in the next states of the file; what happened since the last one."""
        if not snapshots:
            return []
        self._miss()
        if (told := self._observer.pass_by(snapshots)) is not None:
            return self._learn(told)
        return [event for each in snapshots for event in self._learn(self._observer.see(each))]

    def _learn(self, told: Sighting) -> list[BoardEvent]:
        self._unwritten = told.problem
        new = [event for event in told.events if _name(event) not in self._names]
        self._add(new)
        return new

    def look(
        self,
        board: Board,
        now: datetime,
        *,
        agents: bool = False,
        failed: Sequence[Failed] = (),
    ) -> Supervision:
        """What needs the person now; with ``agents`` their rows, too."""
        self._board = board
        unread = self._read_marks()
        problems = (*self._unread, *unread)
        memory = self._observer.memory
        if self._open.events is not self._shown:
            self._shown = self._open.events
            self._broken = broken_rules(self._shown)
        items = (
            *map(_item, failed),
            *attention(
                board,
                now,
                violations=self._broken,
                memory=memory,
                thresholds=self._thresholds,
            ),
        )
        rows: tuple[AgentRow, ...] = ()
        if agents:
            events = tuple(self._events)
            rows = agent_rows(board, now, items=items, events=events, memory=memory)
        if items != self._items:
            self._items, self._by_task = items, _by_task(items)
        last = tuple(islice(reversed(self._events), _TOLD))[::-1]
        if self._unwritten is not None:
            problems += (self._unwritten.message,)
        beside = memory.beside_the_file()
        if beside != self._beside:
            self._beside = beside
        return Supervision(
            board,
            last,
            self._items,
            self._by_task,
            rows,
            None,
            problems,
            tuple(failed),
            self._beside,
        )

    def accept(self, events: Iterable[BoardEvent], at: datetime) -> None:
        """Write down that violations are left as they are. Raises TodoError: locked, disk."""
        for event in events:
            if event.key not in self._dealings.marks:
                mark = Mark("accepted", at, self._by.name, event.key)
                self._journal.mark(mark)
                self._deal(mark)

    def hurry(self, seconds: float) -> None:
        """Wait for the lock no longer than so many seconds from now on."""
        self._journal.hurry(seconds)

    def leave(self, at: datetime) -> None:
        """Write down that the person has looked until now, where there is a journal.

        Raises TodoError: locked, disk.
        """
        if Path(self._journal.folder).is_dir():
            self._journal.mark(Mark("seen", at, self._by.name))

    def undo(self) -> Restore:
        """What undoes the last deed of the person. Raises TodoError: nothing, disk."""
        read = self._journal.read()
        marks = {key: mark for key, mark in read.dealt.items() if mark.kind == "undone"}
        moments = {mark.at for mark in marks.values()}
        return undo(read.events, self._by, undone=marks, undoings=moments)

    def _add(self, events: Sequence[BoardEvent]) -> None:
        for event in events[-_TOLD:]:
            name = _name(event)
            self._names.pop(name, None)
            self._names[name] = None
        for name in tuple(islice(self._names, max(0, len(self._names) - _TOLD))):
            del self._names[name]
        for each in events:
            known = self._board.get(each.ref) if each.ref is not None else None
            event = each if known is None else each.sharing(known)
            self._events.append(event)
            self._open.learn(event)
            if event.violation is not None and event.key not in self._dealings.marks:
                self._open.add(event)

    def _read_marks(self) -> tuple[str, ...]:
        """Take in what was done about violations since, here or at another board."""
        self._miss()
        try:
            lines, _ = self._journal.after(self._tail)
        except TodoError as error:
            return () if self._unread else (error.message,)
        for line in lines:
            self._tail = line.stop
            if isinstance(line.record, Mark) and line.record.key:
                self._deal(line.record)
        return ()

    def _miss(self) -> None:
        """Notice where the journal was taken away; before a new one takes its place."""
        if self._journal.lacks(self._tail):
            self._unread = (GONE,)
            self._tail = START

    def _deal(self, mark: Mark) -> None:
        again = self._dealings.add(mark)
        self._open.close(mark.key)
        for event in self._events if again is not None else ():
            if event.violation is not None and event.key == again:
                self._open.add(event)


def _by_task(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, tuple[Item, ...]] = {}
    for item in items:
        for ref in item.refs:
            found[ref] = (*found.get(ref, ()), item)
    return found


def _name(event: BoardEvent) -> tuple[object, ...]:
    """What tells apart the events of one moment."""
    return event.at, event.kind, event.ref, event.violation, event.from_text, event.to_text


def _item(failed: Failed) -> Item:
    """What could not be written, as something that needs a person."""
    ref = getattr(failed.transition, "ref", None)
    refs = (ref,) if isinstance(ref, str) else ()
    return Item("failed", "not written", failed.error.message, refs)
