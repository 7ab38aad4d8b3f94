"""One TODO.md on the disk: read it, commit to it.

Owns the way from bytes to a board and from a transition to bytes, and what is remembered between
two reads so that only what changed is read again. A commit is planned before the lock is taken
where that is free, and planned under it only where the file has changed meanwhile; what is written
has been read back and was found to state what the transition meant. Must not know a status or a
field.
"""

from __future__ import annotations

import os
import time
from _thread import allocate_lock
from datetime import UTC, datetime
from pathlib import Path

from todo_tui.board import reading
from todo_tui.board.thresholds import DEFAULT
from todo_tui.document.document import Document, NotTextError
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk, lock, steady
from todo_tui.storage.steady import Look, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board
    from todo_tui.board.event import Source
    from todo_tui.board.task import Task
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.board.transition import Outcome, Transition

__all__ = ["Commit", "Snapshot", "Stamp", "TodoFile"]


class Snapshot:
    """The file at one moment: its bytes, what they say, and its stamp.

    ``board`` is what they say, or how to read it where nobody has needed it yet.
    """

    __slots__ = ("_board", "_read", "data", "stamp")

    def __init__(self, data: bytes, board: Board | Callable[[bytes], Board], stamp: Stamp) -> None:
        self.data: Final = data
        self.stamp: Final = stamp
        self._board: Board | None = None
        self._read: Callable[[bytes], Board] | None = None
        if callable(board):
            self._read = board
        else:
            self._board = board

    @property
    def board(self) -> Board:
        """What the bytes say; takes its time where it ``is_unread``. Raises TodoError: not_text."""
        if self._read is not None:
            self._board, self._read = self._read(self.data), None
        assert self._board is not None, "it was read"
        return self._board

    @property
    def is_unread(self) -> bool:
        """Whether nobody has needed yet what the bytes say."""
        return self._read is not None


class Commit(NamedTuple):
    """What a commit came to. ``merged``: a writer without a lock had slipped in and was merged.

    ``unwritten``: why it could not be written into the journal, a sentence; None where it was.
    It says, too, where a version of others that could not be merged is kept.
    """

    snapshot: Snapshot
    tasks: tuple[Task, ...]
    changed: bool
    merged: bool = False
    unwritten: str | None = None


class _Seen(NamedTuple):
    """The last look at the file and what it says; the snapshot may be an older, equal one."""

    look: Look
    snapshot: Snapshot


class TodoFile:
    """The file at ``path`` (a symlink is followed; lock and temporary file live by the real one).

    ``wait``: seconds to wait for the lock. ``history``: whether transitions write session history
    entries. ``clock``: gives the current time, aware, UTC. ``source``: what the journal says that
    transitions came by; ``thresholds``: what of them it calls no violation. ``parsed_at`` is when a
    board was read last, in seconds of the monotonic clock. Threads may share one.
    """

    def __init__(
        self,
        path: Path,
        *,
        wait: float = 10.0,
        history: bool = True,
        clock: Callable[[], datetime] | None = None,
        source: Source = "command",
        thresholds: Thresholds = DEFAULT,
    ) -> None:
        self.path = path.absolute()
        self._wait = wait
        self._history = history
        self._clock = clock or _now
        self._source: Source = source
        self._thresholds = thresholds
        self._seen: _Seen | None = None
        self._parsed: tuple[bytes, Board] | None = None
        self._parsing = allocate_lock()
        self.parsed_at = float("-inf")

    def read(self, previous: Snapshot | None = None) -> Snapshot:
        """The file, read steadily (half-written, empty and absent states are waited out).

        Returns ``previous`` itself where nothing changed. Raises TodoError: no_file, not_text,
        disk.
        """
        snapshot = self._look(previous).snapshot
        _ = snapshot.board
        return snapshot

    def look(self, previous: Snapshot | None = None) -> Snapshot:
        """The same, but what the file says is read when somebody asks for its board.

        Raises TodoError, as ``read`` does.
        """
        snapshot = self._look(previous).snapshot
        return self.read(snapshot) if 0 in snapshot.data else snapshot

    def commit(self, transition: Transition) -> Commit:
        """Make ``transition`` on the file as it is under the lock.

        Raises TodoError: what ``transition.apply`` raises, and conflict, locked, disk, changed,
        no_file, not_text. Whatever is raised, the file is as it was.
        """
        path = self._real()
        planner = _Planner(transition, self._clock, self._history, self.path)
        seen = self._seen
        # Where others are at it, the file will be another one when it is our turn.
        busy = seen is not None and lock.peek(lock.folder_of(path)).holder is not None
        if seen is None or not busy:
            seen = self._look(None)
            if (done := self._unchanged(planner, seen, path)) is not None:
                return done
        planner.known = seen.snapshot.board
        # Imported before the lock is taken: nobody waits for it because of that.
        try:
            from todo_tui.storage import commit, journaling
        except OSError as error:
            raise disk.unwritable(self.path, error) from error

        def records(planned: _Planned) -> bytes:
            way = journaling.Way(transition, self._source, self._clock(), self._thresholds)
            before, after = (planned.base, planned.before), (planned.data, planned.after)
            return journaling.records_of(way, before, after)

        early = planner.planned
        ready = records(early) if early is not None and early.outcome.changed else b""
        told: list[str | None] = [None]

        def note() -> None:
            planned = planner.last
            told[0] = journaling.write_down(
                self.path, ready if planned is early else records(planned)
            )

        try:
            written = commit.commit(
                path,
                planner,
                wait=self._wait,
                what=f"{type(transition).__name__} by {transition.by.name}",
                seen=seen.look,
                planned=early.data if ready and early is not None else None,
                on_written=note,
            )
        except TodoError as error:
            # What needs no lock is answered all the same.
            if busy and error.code == "locked":
                done = self._unchanged(planner, self._look(None), path)
                if done is not None:
                    return done
            raise
        planned, data = planner.last, written.look.data
        board = planned.after if data == planned.data else _board(self.path, data, planned.after)
        tasks = tuple(board.get(task.ref) or task for task in planned.outcome.tasks)
        snapshot = Snapshot(data, board, written.look.stamp)
        self._parsed = (data, board)
        self._seen = _Seen(written.look, snapshot)
        said = " ".join(filter(None, (written.kept, told[0]))) or None
        return Commit(snapshot, tasks, written.changed, written.merged, said)

    def _unchanged(self, planner: _Planner, seen: _Seen, path: Path) -> Commit | None:
        """The answer where the file says already what is asked for, surely; else None.

        Raises TodoError for a refusal.
        """
        planned = planner.plan(seen.snapshot.data, seen.snapshot.board)
        if planned.outcome.changed or not _is_sure(path, seen.look.stamp):
            return None
        return Commit(seen.snapshot, planned.outcome.tasks, changed=False)

    def _real(self) -> Path:
        return Path(os.path.realpath(self.path))

    def _look(self, previous: Snapshot | None) -> _Seen:
        """The file as it is now; ``previous`` or what was seen last where it says the same."""
        seen = self._seen
        if previous is not None and (seen is None or seen.snapshot is not previous):
            seen = _Seen(Look(previous.data, previous.stamp), previous)
        path = self._real()
        look = seen.look if seen and _still(path, seen.look) else self._steady(path, seen)
        if seen is not None and look.data == seen.look.data:
            snapshot = seen.snapshot
        else:
            snapshot = Snapshot(look.data, self._parse, look.stamp)
        self._seen = _Seen(look._replace(data=snapshot.data), snapshot)
        return self._seen

    def _parse(self, data: bytes) -> Board:
        """What ``data`` says; one thread at a time, each from what the last one has read."""
        with self._parsing:
            before, board = self._parsed or (None, None)
            if board is None or data != before:
                self.parsed_at = time.monotonic()
                board = _board(self.path, data, board)
                self._parsed = (data, board)
            return board

    def _steady(self, path: Path, seen: _Seen | None) -> Look:
        folder = lock.folder_of(path)
        return steady.read(
            path,
            previous=seen.look if seen else None,
            believed=lambda: lock.peek(folder).last,
        )


class _Planned(NamedTuple):
    """A transition planned on ``base``, of ``before``: it makes ``data``, of ``after``."""

    base: bytes
    before: Board
    data: bytes
    after: Board
    outcome: Outcome


class _Planner:
    """A transition as a function from bytes to bytes.

    ``known`` is a board that was read before, of which what has not changed is taken over.
    """

    def __init__(
        self,
        transition: Transition,
        clock: Callable[[], datetime],
        history: bool,
        path: Path,
    ) -> None:
        self._transition = transition
        self._clock = clock
        self._history = history
        self._path = path
        self.planned: _Planned | None = None
        self.known: Board | None = None

    @property
    def last(self) -> _Planned:
        """The last answer, of which there must be one."""
        assert self.planned is not None, "it was planned"
        return self.planned

    def __call__(self, data: bytes) -> bytes | None:
        """The file's bytes after the transition; None where it changes nothing."""
        planned = self.planned
        if planned is None or data != planned.base:
            board = _board(self._path, data, self.known)
            self.known = board
            planned = self.plan(data, board)
        return planned.data if planned.outcome.changed else None

    def plan(self, base: bytes, board: Board) -> _Planned:
        """The answer to ``base``, which says ``board``. Raises TodoError for a refusal."""
        from todo_tui.board import writing

        try:
            plan = writing.plan(board, self._transition, self._clock(), history=self._history)
            if not plan.outcome.changed:
                self.planned = _Planned(base, board, base, board, plan.outcome)
                return self.planned
            assert board.document is not None, "the board was read from a document"
            document = board.document.splice(plan.edits)
        except ValueError as error:
            raise self._defect() from error
        after = reading.read(document, board)
        if after != plan.outcome.board:
            raise self._defect()
        self.planned = _Planned(base, board, document.encode(), after, plan.outcome)
        return self.planned

    def _defect(self) -> TodoError:
        return TodoError(
            "illegal",
            f"{self._path} would not say afterwards what was meant, so nothing was written;"
            " this is a defect of todo-tui: please report it with the task's text.",
        )


def _still(path: Path, look: Look) -> bool:
    try:
        return look.still(Stamp.of(path.stat()))
    except OSError:
        return False


def _is_sure(path: Path, stamp: Stamp) -> bool:
    """Whether the file of this stamp will stay: no commit is under way or was cut short there.

    What a process put in place that died before it had looked at what it displaced may have to go.
    """
    if lock.peek(lock.folder_of(path)).pending is not None:
        return False
    try:
        return stamp.same_content(Stamp.of(path.stat()))
    except OSError:
        return False


def _now() -> datetime:
    return datetime.now(UTC)


def _board(path: Path, data: bytes, previous: Board | None) -> Board:
    """What ``data`` states; read anew only where it differs from ``previous``."""
    try:
        document = Document.decode(data, previous.document if previous else None)
    except NotTextError as error:
        raise TodoError("not_text", f"{path} is {error}") from error
    return reading.read(document, previous)
