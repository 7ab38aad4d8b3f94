"""What an open board, or ``watch``, makes of each state of the file that it sees.

Owns what is remembered from one look to the next: the last board, what the journal told until then,
and the memory of the tasks. May be called on any one thread at a time. Must not wake anybody.
"""

from __future__ import annotations

import os
from itertools import islice

from todo_tui.board.changes import changes
from todo_tui.board.memory import NOTHING
from todo_tui.board.thresholds import DEFAULT
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.journal import Journal, Witnessed
from todo_tui.storage.journal_record import digest
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from _typeshed import StrPath

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.storage.journal import JournalRead, Position, Standing
    from todo_tui.storage.snapshot import Snapshot


_STATES: Final = 100_000
"""States of the file that are kept in mind: many days of work, and some 15 MB at most."""


class Sighting(NamedTuple):
    """What happened since the last look, and why it could not be written down, if so."""

    events: tuple[BoardEvent, ...]
    problem: TodoError | None = None


class Observer:
    """Follows the file at ``path``; made before the first state is read.

    ``clock`` gives the time, aware. ``memory`` is what is known of the tasks.
    """

    def __init__(
        self,
        path: StrPath,
        journal: Journal,
        clock: Callable[[], datetime],
        *,
        thresholds: Thresholds = DEFAULT,
    ) -> None:
        self._path = path
        self._journal = journal
        self._clock = clock
        self._thresholds = thresholds
        self._position = journal.end()
        self._passed: frozenset[Position] = frozenset()
        self._known: tuple[Snapshot, datetime] | None = None
        self._states: dict[str, None] = {}  # digests of what the file was, the last ones
        self.memory = NOTHING

    def recall(self, read: JournalRead) -> None:
        """Take in what the journal tells of the time before the first look."""
        self.memory = self.memory.after(read.events)
        self._remember(*read.states)

    def _remember(self, *states: str) -> None:
        """Keep in mind that the file was in these states."""
        self._states |= dict.fromkeys(states)
        for old in tuple(islice(self._states, max(0, len(self._states) - _STATES))):
            del self._states[old]

    def pass_by(self, snapshots: Sequence[Snapshot]) -> Sighting | None:
        """The same as ``see`` for one after the other, where the journal tells all that happened.

        None where it does not, or where the file is in the last of these states still while the
        journal goes on from it, and nothing was looked at. Costs no lock, and no board is read.
        """
        if self._known is None or self._passed:
            return None
        old, _ = self._known
        states = [digest(snapshot.data) for snapshot in snapshots]
        try:
            told = self._journal.told(digest(old.data), states, self._position)
        except TodoError:
            return None  # said when it is looked at
        if told is None:
            return None
        behind = self._journal.end() != told.position
        if behind and self._standing(snapshots[-1], old) == "same":
            return None
        return self._learn(snapshots[-1], self._clock(), told, None)

    def see(self, snapshot: Snapshot) -> Sighting:
        """What happened since the last look; nothing at the first, and in the middle of a merge.

        A file that says what it said before may have said something else in between: what this
        program did then, and somebody undid by writing a stale text over it, is told. It is written
        into the journal where that has a folder and does not tell it yet.
        """
        now = self._clock()
        state = digest(snapshot.data)
        if self._known is None:
            self._known = (snapshot, now)
            self._remember(state)
            return Sighting(())
        old, since = self._known
        if snapshot.board.merging:
            return Sighting(())
        if snapshot is old and self._journal.end() == self._position:
            return Sighting(())

        def describe(known: tuple[BoardEvent, ...]) -> tuple[BoardEvent, ...]:
            return changes(
                old.board,
                snapshot.board,
                at=now,
                source="file",
                memory=self.memory,
                known=known,
                since=since,
                thresholds=self._thresholds,
                again=state in self._states,
            )

        try:
            witnessed = self._journal.witness(
                digest(old.data),
                state,
                self._position,
                describe,
                lambda: self._standing(snapshot, old),
                self._passed,
            )
        except TodoError as error:
            told = Witnessed(describe(()), self._position, True, self._passed)
            return self._learn(snapshot, now, told, error)
        if not witnessed.told:
            return Sighting(())
        return self._learn(snapshot, now, witnessed, None)

    def _learn(
        self, snapshot: Snapshot, now: datetime, witnessed: Witnessed, error: TodoError | None
    ) -> Sighting:
        self._known = (snapshot, now)
        self._position = witnessed.position
        self._passed = witnessed.passed
        self._remember(*witnessed.states, digest(snapshot.data))
        self.memory = self.memory.after(witnessed.events)
        return Sighting(witnessed.events, error)

    def _standing(self, snapshot: Snapshot, known: Snapshot) -> Standing:
        """How the file stands to ``snapshot``; what is known already was looked at just now."""
        path = os.path.realpath(self._path)
        try:
            stamp = Stamp.of(os.stat(path))
            if stamp.same_content(snapshot.stamp):
                return "same"
            alike = stamp.size == len(snapshot.data) and _bytes_of(path) == snapshot.data
        except OSError:
            return "other"
        if alike and snapshot is known:
            return "same"
        return "alike" if alike else "other"


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
