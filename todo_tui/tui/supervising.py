"""When the supervision is found anew: beside the screen, one thing after the other.

Owns what waits to be taken in, how often is looked, and how long the person was away. Must not know
how anything is found (``oversight``), or show it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from todo_tui.errors import TodoError
from todo_tui.tui.supervision import Away, Failed, Supervision

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.request import Restore
    from todo_tui.board.transition import Transition
    from todo_tui.storage.snapshot import Snapshot
    from todo_tui.tui.clock import Clock, Timer
    from todo_tui.tui.findings import Findings
    from todo_tui.tui.oversight import Oversight

AWAY: Final = 60.0
"""Seconds without a key after which a person counts as away."""

_BETWEEN: Final = 0.3
"""Seconds between two looks while changes keep coming; for each thousand tasks a tenth more."""

_LONGEST: Final = 1.0

_BRIEFLY: Final = 0.5
"""Seconds that who leaves waits at most for a look, and for the lock of the journal."""

Look: TypeAlias = "tuple[Supervision, Findings | None, Sequence[BoardEvent]]"
"""What is known, what was found on the board, and what is new."""


class Supervising:
    """Follows what there is to supervise, and tells it on the event loop's thread.

    ``tell`` is given what is known now, what ``find`` finds on that board (away from the loop), and
    the events that are new; ``wants_agents`` says whether a screen shows the agents.
    ``when_drawn`` has a look taken when what is shown now is on the screen, since it takes the
    processor, which the paint of a change is not to wait for. A defect in it ends the program.
    """

    def __init__(
        self,
        supervise: Callable[[], Oversight],
        clock: Clock,
        *,
        find: Callable[[Board], Findings | None],
        tell: Callable[[Supervision, Findings | None, Sequence[BoardEvent]], None],
        wants_agents: Callable[[], bool],
        when_drawn: Callable[[Callable[[], Coroutine[Any, Any, None]], str], object],
    ) -> None:
        self._supervise = supervise
        self._clock = clock
        self._find = find
        self._tell = tell
        self._wants_agents = wants_agents
        self._when_drawn = when_drawn
        self._oversight: Oversight | None = None
        self._latest: Snapshot | None = None
        self._read: Snapshot | None = None  # the latest of which the board was read
        self._waiting: list[Snapshot] = []
        self._due = False
        self._hurried = False
        self._working = False
        self._begun = False
        self._pause: Timer | None = None
        self._opened = self._key_at = clock.now()
        self._away: Away | None = None
        self._failed: tuple[Failed, ...] = ()
        self._looking: threading.Thread | None = None

    async def begin(self) -> Snapshot:
        """Look for the first time; the state of the file that all later ones are compared with.

        Every state that is read from now on is to be told by ``saw``. Raises TodoError, as reading
        does.
        """
        self._oversight = await asyncio.to_thread(self._supervise)
        self._latest = self._read = self._oversight.first
        self.look()
        return self._latest

    @property
    def begun(self) -> bool:
        """Whether there is something to compare with."""
        return self._oversight is not None

    @property
    def busy(self) -> bool:
        """Whether something is being found; what waits for the end of a pause does not count."""
        return self._working

    def saw(self, snapshot: Snapshot, *, mine: bool = False) -> None:
        """The file is in this state now; ``mine``: because of a key that was pressed here."""
        known = self._latest
        if known is not None and snapshot.data != known.data:
            self._latest = snapshot
            self._waiting.append(snapshot)
        self.look(now=mine)

    def look(self, *, now: bool = True) -> None:
        """Find everything anew; without ``now`` after the pause since the last time."""
        self._due = True
        self._hurried = self._hurried or now
        if self._hurried and self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if self._oversight is not None and self._pause is None and not self._working:
            self._working, self._hurried = True, False
            self._when_drawn(self._work, "supervise")

    def failed(self, transition: Transition, error: TodoError) -> None:
        """Something could not be written."""
        self._failed = (*self._failed, Failed(transition, error))
        self.look()

    def written(self) -> None:
        """Something could be written: what could not be before is over."""
        if self._failed:
            self._failed = ()
            self.look()

    def take_unwritten(self) -> tuple[Failed, ...]:
        """What could not be written, oldest first; from now on it is not known as that any more."""
        taken, self._failed = self._failed, ()
        self.look()
        return taken

    def key(self) -> bool:
        """A key was pressed; whether the person was away before."""
        now = self._clock.now()
        was, self._key_at = self._key_at, now
        if (now - was).total_seconds() < AWAY:
            return False
        self._away = Away(was, now)
        return True

    @property
    def away(self) -> Away | None:
        """The last time that the person was not there."""
        return self._away

    async def accept(self, events: Sequence[BoardEvent]) -> None:
        """Leave violations as they are. Raises TodoError: locked, disk."""
        if self._oversight is not None:
            await asyncio.to_thread(self._oversight.accept, events, self._clock.now())
            self.look()

    def undo(self) -> Restore:
        """What undoes the last deed of the person; takes its time, on any thread.

        Raises TodoError: nothing, disk.
        """
        if self._oversight is None:
            raise TodoError("nothing", "the file was not read yet")
        return self._oversight.undo()

    def leave(self) -> None:
        """Take in what was not yet, and write down until when the person has looked.

        Where that cannot be written soon, the next visit shows a little more as new.
        """
        if self._oversight is not None:
            self._oversight.hurry(_BRIEFLY)
            if self._looking is not None:
                self._looking.join(_BRIEFLY)
            if self._looking is None or not self._looking.is_alive():
                self._oversight.see(self._waiting)
            with contextlib.suppress(TodoError):
                self._oversight.leave(self._clock.now())

    async def _work(self) -> None:
        """Look, then pause; look again at once where that cannot wait."""
        oversight, latest = self._oversight, self._latest
        assert oversight is not None, "it has begun"
        assert latest is not None, "it has begun"
        # Until it was read, to be painted, the one before it is looked at.
        self._due = latest.is_unread
        snapshots, self._waiting = self._waiting, []
        self._read = next((it for it in (latest, *snapshots[::-1]) if not it.is_unread), self._read)
        assert self._read is not None, "the first was read"
        latest = self._read
        wants, now = self._wants_agents(), self._clock.now()
        try:
            found, findings, events = await self._beside(
                lambda: self._look(oversight, snapshots, latest, now, wants)
            )
        finally:
            self._working = False
        self._tell(found._replace(away=self._away), findings, events)
        more = len(latest.board.tasks) / 10_000
        self._pause = self._clock.after(min(_LONGEST, _BETWEEN + more), self._go_on)
        if self._hurried:
            self.look()

    async def _beside(self, look: Callable[[], Look]) -> Look:
        """Have a look taken on a thread, for which nobody waits who leaves: it may need a lock."""
        loop = asyncio.get_running_loop()
        taken: asyncio.Future[Look] = loop.create_future()

        def tell(answer: Callable[[], None]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(lambda: None if taken.done() else answer())

        def run() -> None:
            try:
                found = look()
            except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
                fault = error
                tell(lambda: taken.set_exception(fault))
            else:
                tell(lambda: taken.set_result(found))

        self._looking = threading.Thread(target=run, name="supervise", daemon=True)
        self._looking.start()
        return await taken

    def _go_on(self) -> None:
        self._pause = None
        if self._due:
            self.look()

    def _look(
        self,
        oversight: Oversight,
        snapshots: Sequence[Snapshot],
        latest: Snapshot,
        now: datetime,
        agents: bool,
    ) -> Look:
        """All that is to be known now, and what happened since. Runs on a thread."""
        if not self._begun:
            self._begun = True
            seen = oversight.begin()
            if seen is not None and self._away is None:
                self._away = Away(seen, self._opened)
        events = oversight.see(snapshots)
        found = oversight.look(latest.board, now, agents=agents, failed=self._failed)
        return found, self._find(latest.board), events
