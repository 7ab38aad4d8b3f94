"""One file that is open: what was read last, the watch, its queue of commits, what is known of it.

Owns the view of the file, and how often a new one is told. Must not know a screen: what is to be
shown or said goes to the ``Front``.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.commit_queue import CommitQueue
from todo_tui.tui.findings import Findings, find
from todo_tui.tui.moves import done
from todo_tui.tui.supervising import Supervising
from todo_tui.tui.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.storage.snapshot import Commit, Snapshot
    from todo_tui.tui.app import Store
    from todo_tui.tui.clock import Clock, Timer
    from todo_tui.tui.supervision import Supervision

_TICK: Final = 5
"""Seconds for which ages stay as they are: a column is not looked through for each change."""

_BETWEEN_PAINTS: Final = 0.3
"""Seconds between two paints while changes keep coming; the first one is painted at once.

What a person asks for is always painted at once. A fifth more often costs a fifth more of a
processor that ten agents need.
"""

_YOUNG: Final = 10_000
"""New objects after which garbage is looked for: a paint or two make so many, few of which stay."""

_UNWRITTEN: Final = frozenset({"disk", "locked"})
"""Codes of errors by which something that is legal was not written: it may be tried again."""


class Front(Protocol):
    """What shows a file. All but ``delivered`` is called on the event loop's thread."""

    def shown(self, file: OpenFile) -> None:
        """The file's view is another."""

    def said(self, file: OpenFile, words: str, *, refused: bool) -> None:
        """Say one line about the file."""

    def delivered(
        self, file: OpenFile, asked: Transition | None, result: Commit | BaseException
    ) -> None:
        """What came of a transition: told in the thread of the queue."""

    def when_painted(self, call: Callable[[], object]) -> object:
        """Call it when what is shown now is on the screen."""

    def when_drawn(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Have it done when what is shown now is on the screen."""

    def wants_agents(self) -> bool:
        """Whether a screen shows the agents."""

    def happened(self, file: OpenFile, events: Sequence[BoardEvent]) -> None:
        """Something was seen to happen to the file."""


class Beside(NamedTuple):
    """Another file that is to be opened: its name as people know it, and where it is."""

    name: str
    store: Store
    path: Path | None = None


class OpenFile:
    """A file in ``store``. ``first`` is the first read of it, which may still be under way."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        front: Front,
        *,
        name: str,
        clock: Clock,
        path: Path | None = None,
        first: Future[Snapshot] | None = None,
    ) -> None:
        self.view = View(name, actor, clock.now(), Findings(), path=path)
        self._store = store
        self._clock = clock
        self._front = front
        self._first = first
        self._snapshot: Snapshot | None = None
        self._waiting: Snapshot | None = None
        self._between: Timer | None = None
        self._reading: asyncio.Task[None] | None = None  # what waits is read before it is painted
        self._more = False  # changes keep coming: the last paint had waited for its turn
        self._untold = False  # the view is to be shown with the next paint
        self._finding = False
        self.commits = CommitQueue(store.commit, lambda asked, it: front.delivered(self, asked, it))
        self.supervising = Supervising(
            lambda: store.supervise(actor, clock.now),
            clock,
            find=lambda board: find(board) if self._more else None,
            tell=self._supervised,
            wants_agents=front.wants_agents,
            when_drawn=front.when_drawn,
        )

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, found or written, and no state waits to be shown."""
        read = self._snapshot is not None or self.view.problem is not None
        waiting = self._finding or self.commits.pending or self._waiting is not None
        return read and not waiting and not self.supervising.busy

    def begin(self) -> None:
        """Take what was read already, without showing it."""
        if self._first is not None and self._first.done() and self._first.exception() is None:
            self._take(self._first.result())

    async def follow(self) -> None:
        """Show the first read if it was not there in time, then what the watch sees."""
        if self._snapshot is None:
            try:
                if self._first is None:
                    self._paint(await asyncio.to_thread(self._store.read))
                else:
                    self._paint(await asyncio.wrap_future(self._first))
            except TodoError as error:
                self._not_read(error)
        self._look_closer()
        await self._supervise()
        self._show(self.view._replace(live=True))
        self._front.when_drawn(_collect_again, "collect")
        async for seen in self._store.watch(self._snapshot, _BETWEEN_PAINTS):
            if isinstance(seen, TodoError):
                self._not_read(seen)
            else:
                await self._read(seen)

    def read(self) -> Snapshot:
        """The file as it is now; takes its time, on any thread. Raises TodoError."""
        return self._store.read()

    def make(self, now: datetime) -> None:
        """Make the file, where there is none; else say why not."""
        view = self.view
        if not view.missing or view.path is None:
            there = view.board is not None
            words = "the file is there already" if there else "the file was not read yet"
            self._front.said(self, view.problem or words, refused=True)
            return
        from todo_tui.storage.beginning import begin

        try:
            begin(view.path, now)
        except TodoError as error:
            self._front.said(self, error.message, refused=True)

    def written(self, asked: Transition | None, commit: Commit) -> None:
        """Show the file as a commit left it."""
        words: str | None = "nothing to do: the file says so already"
        if commit.changed:
            words = done(asked, commit.tasks)
        if words is not None:
            self._front.said(self, words, refused=False)
        self.supervising.written()
        try:
            snapshot = commit.snapshot
        except TodoError:
            return  # another process wrote it; the watch says it, if the file cannot be read
        at = snapshot.stamp.mtime_ns
        if self._waiting is not None and self._waiting.stamp.mtime_ns <= at:
            self._waiting = None
        if self._snapshot is None or self._snapshot.stamp.mtime_ns <= at:
            self.supervising.saw(snapshot, mine=True)
            self._paint(snapshot)

    def failed(self, asked: Transition | None, error: TodoError) -> None:
        """Remember what was not written, if it may be tried again."""
        if error.code in _UNWRITTEN and asked is not None:
            self.supervising.failed(asked, error)

    def back(self) -> None:
        """Remember that the person is there, and since when they were not."""
        if self.supervising.key():
            found = self.view.supervision._replace(away=self.supervising.away)
            self._show(self.view._replace(supervision=found))

    def tell_ages(self) -> None:
        """Tell all ages anew."""
        self._show(self.view._replace(now=self._now()))
        self.supervising.look()

    async def _supervise(self) -> None:
        """Compare what is read from now on with what is there now."""
        with contextlib.suppress(TodoError):  # the watch says it, if it lasts
            first = await self.supervising.begin()
            if self._snapshot is None or first.data != self._snapshot.data:
                self._well()
                self._paint(first)

    async def _read(self, snapshot: Snapshot) -> None:
        """Paint what was read: at once, or after the last paint's pause."""
        self._well()
        if not self.supervising.begun:
            await self._supervise()
        if self._is_shown(snapshot):
            # Read before a commit of ours and seen after it, or an old file put in its place.
            try:
                snapshot = await asyncio.to_thread(self._store.read)
            except TodoError as error:
                self._not_read(error)
                return
        self.supervising.saw(snapshot)
        self._waiting = snapshot
        if self._between is None and self._reading is None:
            self._paint_waiting()

    def _paint_waiting(self) -> None:
        """Paint what waits, once its board was read."""
        if self._waiting is not None and self._waiting.is_unread:
            self._reading = asyncio.create_task(self._read_waiting())
        else:
            self._paint_next(self._waiting)

    async def _read_waiting(self) -> None:
        """Read what waits beside the screen; what comes meanwhile has its turn after that."""
        while (snapshot := self._waiting) is not None and snapshot.is_unread:
            await asyncio.to_thread(lambda it: it.board, snapshot)
            if not self._is_shown(snapshot):
                break  # else a commit of ours came first
        self._reading = None
        self._paint_next(snapshot)

    def _is_shown(self, snapshot: Snapshot) -> bool:
        """Whether that is on the screen, or something newer."""
        shown = self._snapshot
        return shown is not None and snapshot.stamp.mtime_ns <= shown.stamp.mtime_ns

    def _paint_next(self, snapshot: Snapshot | None) -> None:
        if self._waiting is snapshot:
            self._waiting = None
        self._more, self._between = self._between is not None and snapshot is not None, None
        if snapshot is not None:
            self._paint(snapshot)
            self._between = self._clock.after(_BETWEEN_PAINTS, self._paint_waiting)
        else:
            if self._untold:
                self._show(self.view)
            self._look_closer()

    def _not_read(self, error: TodoError) -> None:
        """Say that the file cannot be read; the last board that could be stays."""
        place = self.view.path  # where a folder stands nothing can be made
        missing = error.code == "no_file" and not (place is not None and place.is_dir())
        gone = missing and self._snapshot is not None
        problem = "the file is gone" if gone else error.message
        self._show(self.view._replace(problem=problem, missing=missing))

    def _well(self) -> None:
        if self.view.problem is not None:
            self._show(self.view._replace(problem=None, missing=False))

    def _take(self, snapshot: Snapshot) -> None:
        """Make what was read the view, without showing it."""
        wrote = datetime.fromtimestamp(snapshot.stamp.mtime_ns / 1e9, UTC)
        known = self._snapshot
        same = known is not None and known.data == snapshot.data
        board = self.view.board if same else snapshot.board
        self._snapshot = snapshot
        self.view = self.view._replace(board=board, wrote=wrote, now=self._now())

    def _now(self) -> datetime:
        """The time for which every screen tells ages: the same one for ``_TICK`` seconds."""
        now = self._clock.now()
        return now.replace(second=now.second // _TICK * _TICK, microsecond=0)

    def _paint(self, snapshot: Snapshot) -> None:
        self._take(snapshot)
        self._show(self.view)
        self._look_closer()

    def _show(self, view: View) -> None:
        self.view, self._untold = view, False
        self._front.shown(self)

    def _show_beside(self, view: View) -> None:
        """Show what was found beside the board; with the next paint while changes keep coming."""
        if self._more:
            self.view, self._untold = view, True
        else:
            self._show(view)

    def _look_closer(self) -> None:
        """Find what takes a walk over the whole board, once the board is on the screen.

        While changes keep coming it is found with what there is to supervise.
        """
        board = self.view.board
        if self._more and self.supervising.begun:
            return
        if board is not None and not self._finding and board is not self.view.findings.board:
            self._finding = True
            self._front.when_drawn(lambda: self._find(board), "find")

    async def _find(self, board: Board) -> None:
        """Find it on a thread of its own, beside the screen's."""
        found = await asyncio.to_thread(find, board)
        self._finding = False
        self._show_beside(self._found(found))
        self._look_closer()

    def _found(self, found: Findings) -> View:
        """The view with these findings; the faults of tasks are the same object where they are."""
        if found.by_task == (known := self.view.findings.by_task):
            found = found._replace(by_task=known)
        return self.view._replace(findings=found)

    def _supervised(
        self, found: Supervision, findings: Findings | None, new: Sequence[BoardEvent]
    ) -> None:
        """Show what is known beside the board."""
        known = self.view.supervision
        if found.problems and found.problems != known.problems:
            self._front.said(self, found.problems[0], refused=True)
        if new:
            self._front.happened(self, new)
        view = self._found(findings) if findings is not None else self.view
        self._show_beside(view._replace(supervision=found))


async def _collect_again() -> None:
    """Collect garbage from now on, but never look at what the start has made."""
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()
