"""One TODO.md on the disk: read it, commit to it.

Owns the way from bytes to a board and from a transition to bytes, and what is remembered between
two reads so that only what changed is read again. A commit is planned before the lock is taken
where that is free, and planned under it only where the file has changed meanwhile; what is written
has been read back and was found to state what the transition meant. Must not know a status or a
field.
"""

from __future__ import annotations

import os
import sys
import time
from _thread import allocate_lock
from datetime import UTC, datetime

from todo_tui.board.request import PLAIN
from todo_tui.board.thresholds import DEFAULT
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING
from todo_tui.storage import disk, lock, steady
from todo_tui.storage.planner import Planner, Wish, board_of
from todo_tui.storage.snapshot import Commit, Snapshot
from todo_tui.storage.steady import Look, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import StrPath

    from todo_tui.board.board import Board
    from todo_tui.board.event import Source
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.board.transition import Transition
    from todo_tui.storage.ask_lines import Answer
    from todo_tui.storage.attempt import Written
    from todo_tui.storage.company import Company
    from todo_tui.storage.planner import Deed


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
        path: StrPath,
        *,
        wait: float = 10.0,
        history: bool = True,
        clock: Callable[[], datetime] | None = None,
        source: Source = "command",
        thresholds: Thresholds = DEFAULT,
    ) -> None:
        self.path = os.fspath(path)
        if not os.path.isabs(path):
            self.path = os.path.join(os.getcwd(), path)
        self._wait = wait
        self._history = history
        self._clock = clock or _now
        self._source: Source = source
        self._thresholds = thresholds
        self._seen: _Seen | None = None
        self._was_busy = False
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
        path, since = self._real(), time.time_ns()
        wish = Wish(transition, self._history, self._source, self._thresholds)
        planner = Planner(wish, self._clock, self.path)
        is_shared = isinstance(transition, PLAIN) and self._wait > 0 and sys.platform != "win32"
        # Where others are at it, the file will be another one when it is our turn.
        busy = self._is_busy(lock.folder_of(path))
        if not (is_shared and busy):
            try:
                return self._commit(path, planner, 0 if is_shared else self._wait, busy=busy)
            except TodoError as error:
                if error.code != "locked":
                    raise
                if not is_shared:
                    # What needs no lock is answered all the same.
                    if busy and (done := self._unchanged(planner, self._look(None), path)):
                        return done
                    raise
        return self._in_company(path, planner, since)

    def _is_busy(self, folder: str) -> bool:
        """Whether others are about to write, as far as that is known without the lock."""
        if self._was_busy or lock.is_gathered_for(folder):
            return True
        return lock.peek(folder).holder is not None

    def _in_company(self, path: str, planner: Planner, since: int) -> Commit:
        """Have the wish carried out by whoever gets the lock, for us and for others who wait.

        Raises TodoError.
        """
        try:
            from todo_tui.storage.company import Company
        except OSError as error:
            raise disk.unwritable(self.path, error) from error
        company = Company(lock.folder_of(path), planner, self._wait, since)
        try:
            company.wait()
            if company.answer is not None:
                return self._answered(company.answer)
            return self._commit(path, planner, company.left, busy=True, company=company)
        except TodoError as error:
            # What needs no lock is answered all the same.
            if error.code == "locked":
                done = self._unchanged(planner, self._look(None), path)
                if done is not None:
                    return done
            raise
        finally:
            self._was_busy = company.is_shared
            company.part()

    def _commit(
        self,
        path: str,
        planner: Planner,
        wait: float,
        *,
        busy: bool,
        company: Company | None = None,
    ) -> Commit:
        """Take the lock and make the commit, for ``company``, too. Raises TodoError."""
        seen = self._seen
        if company is None and (seen is None or not busy):
            seen = self._look(None)
            if (done := self._unchanged(planner, seen, path)) is not None:
                return done
            if wait < self._wait and self._is_busy(lock.folder_of(path)):
                # Others have begun since: what was planned will not be what is needed.
                raise lock.locked(lock.folder_of(path), wait)
        planner.known = self._parsed[1] if self._parsed is not None else None
        # Imported before the lock is taken: nobody waits for it because of that.
        try:
            from todo_tui.storage import commit, journaling
        except OSError as error:
            raise disk.unwritable(self.path, error) from error
        early = planner.planned if company is None else None
        ready = journaling.records_of(early) if early is not None and early.changed else None
        told: str | None = None

        def note() -> None:
            nonlocal told
            planned = planner.last
            known = ready if planned is early else None
            records = journaling.records_of(planned) if known is None else known
            said = journaling.write_down(path, records)
            if company is not None:
                company.said = said
            if company is None or company.is_first:
                told = said

        while True:
            try:
                written = commit.commit(
                    path,
                    planner if company is None else company,
                    wait=wait,
                    what=_words(planner.wish.transition),
                    seen=None if seen is None else seen.look,
                    planned=early.data if ready and early is not None else None,
                    on_written=note,
                    others=company,
                )
                break
            except TodoError as error:
                if company is not None and company.answer is not None:
                    return self._answered(company.answer)
                if company is None or error.code != "locked":
                    raise
                company.shut_out()
                wait = company.left
        if company is not None and company.answer is not None:
            return self._answered(company.answer)
        mine = (planner.last, planner.last.deeds[0]) if company is None else company.mine
        assert mine is not None, "what was not answered was carried out"
        planned, deed = mine
        data = written.look.data
        board = planned.after if data == planned.data else planner.read(data)
        snapshot = Snapshot(data, board, written.look.stamp)
        self._remember(written.look, snapshot)
        if company is not None and company.stands is not None:
            look, board = company.stands
            if look is not written.look:
                self._remember(look, Snapshot(look.data, board, look.stamp))
        return _done(deed, written, snapshot, told)

    def _answered(self, answer: Answer) -> Commit:
        """What another process came to for us. Raises the refusal."""
        if answer.refusal is not None:
            raise answer.refusal
        told = (answer.tasks, answer.changed, answer.merged, answer.said, answer.stamp)
        return Commit(self.read, *told)

    def _remember(self, look: Look, snapshot: Snapshot) -> None:
        """Begin the next time from what a commit has left."""
        self._parsed = (snapshot.data, snapshot.board)
        self._seen = _Seen(look, snapshot)

    def _unchanged(self, planner: Planner, seen: _Seen, path: str) -> Commit | None:
        """The answer where the file says already what is asked for, surely; else None.

        Raises TodoError for a refusal.
        """
        planned = planner.plan(seen.snapshot.data, seen.snapshot.board)
        outcome = planned.deeds[0].outcome
        if outcome is None or outcome.changed or not _is_sure(path, seen.look.stamp):
            return None
        return Commit(seen.snapshot, outcome.tasks, changed=False)

    def _real(self) -> str:
        return os.path.realpath(self.path)

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
                board = board_of(self.path, data, board)
                self._parsed = (data, board)
            return board

    def _steady(self, path: str, seen: _Seen | None) -> Look:
        folder = lock.folder_of(path)
        return steady.read(
            path,
            previous=seen.look if seen else None,
            believed=lambda: lock.peek(folder).last,
            named=self.path,
        )


def _still(path: str, look: Look) -> bool:
    try:
        return look.still(Stamp.of(os.stat(path)))
    except OSError:
        return False


def _is_sure(path: str, stamp: Stamp) -> bool:
    """Whether the file of this stamp will stay: no commit is under way or was cut short there.

    What a process put in place that died before it had looked at what it displaced may have to go.
    """
    if lock.peek(lock.folder_of(path)).pending is not None:
        return False
    try:
        return stamp.same_content(Stamp.of(os.stat(path)))
    except OSError:
        return False


def _done(deed: Deed, written: Written, snapshot: Snapshot, told: str | None) -> Commit:
    """The answer for one of the deeds of a commit that was made. Raises its refusal."""
    if deed.refusal is not None:
        message = " ".join(filter(None, (deed.refusal.message, written.kept)))
        deed.refusal.message = message
        raise deed.refusal
    assert deed.outcome is not None, "what is not refused comes to something"
    tasks = tuple(snapshot.board.get(task.ref) or task for task in deed.outcome.tasks)
    said = " ".join(filter(None, (written.kept, told))) or None
    changed = written.changed and deed.outcome.changed
    return Commit(snapshot, tasks, changed, written.merged, said)


def _now() -> datetime:
    return datetime.now(UTC)


def _words(transition: Transition) -> str:
    """What the lock is taken for, for those who wait."""
    return f"{type(transition).__name__} by {transition.by.name}"
