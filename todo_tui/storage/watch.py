"""Following a file: each state of it that differs from the one before, as it comes.

Owns the thread that follows, and what it waits for: events of the folders that the name and the
real file stand in (``hearing``), and a look each second, always, for what gives no event: a
symlink's target elsewhere, a folder that was replaced, a network disk. Must not know what the file
says.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from collections import deque

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.hearing import Deaf, hear
from todo_tui.storage.steady import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from todo_tui.storage.hearing import Ears
    from todo_tui.storage.snapshot import Snapshot
    from todo_tui.storage.todo_file import TodoFile

_POLL: Final = 1.0
"""Seconds between two looks where nothing wakes the reader."""

_RETRY: Final = 0.05
"""Seconds between two looks at a file that cannot be read, until that is believed."""


async def watch(
    file: TodoFile, known: Snapshot | None = None, *, apart: float = 0.0
) -> AsyncGenerator[Snapshot | TodoError, None]:
    """Each state of ``file`` that says something else than the one before; never a half one.

    The first comes at once, unless it is ``known``. A file that cannot be read for a second gives
    its TodoError, once; the next state that can be read follows even if it is the old one. States
    that come within ``apart`` seconds of one whose board was read are told with theirs unread.
    """
    told: deque[Snapshot | BaseException] = deque()
    news, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell(state: Snapshot | BaseException) -> None:
        told.append(state)
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(news.set)

    follower = _Follower(file, known, apart, tell)
    threading.Thread(target=follower.run, name="follow", daemon=True).start()
    try:
        while True:
            await news.wait()
            news.clear()
            while told:
                state = told.popleft()
                if isinstance(state, BaseException) and not isinstance(state, TodoError):
                    raise state
                yield state
    finally:
        follower.stop()


class _Follower:
    """Follows ``file`` on a thread of its own, and tells what it sees there."""

    def __init__(
        self,
        file: TodoFile,
        known: Snapshot | None,
        apart: float,
        tell: Callable[[Snapshot | BaseException], None],
    ) -> None:
        self._file = file
        self._apart = apart
        self._tell = tell
        self._latest = known
        self._told = ""  # what is wrong with the file, where that was told
        self._failing_since: float | None = None
        self._ears: Ears = Deaf()
        self._stopped = False
        self._lock = threading.Lock()  # held while the ears are woken or others

    def stop(self) -> None:
        """Follow no longer; from any thread."""
        with self._lock:
            self._stopped = True
            self._ears.wake()

    def run(self) -> None:
        """Follow until it is stopped. What goes wrong with that is told."""
        try:
            self._look()
            while not self._stopped:
                places = _places(self._file.path)
                self._listen_with(_ears(places))
                self._follow(places)
        except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
            self._tell(error)
        finally:
            self._listen_with(Deaf())

    def _listen_with(self, ears: Ears) -> None:
        with self._lock:
            self._ears.close()
            self._ears = ears

    def _follow(self, places: tuple[_Place, ...]) -> None:
        """Look at each event of the file, until its folders are others, or may be heard again.

        Those are looked at once in a while alone: until then they are read by the looks.
        """
        looked = time.monotonic()
        while not self._stopped:
            self._look()
            hurry = self._failing_since is not None and not self._told
            try:
                self._ears.wait(_RETRY if hurry else _POLL)
            except (OSError, RuntimeError):
                self._listen_with(Deaf())
            if time.monotonic() - looked >= _POLL:
                looked = time.monotonic()
                # The system has only so many ears; another program may have let go of some.
                if isinstance(self._ears, Deaf) or _places(self._file.path) != places:
                    return

    def _look(self) -> None:
        now = time.monotonic()
        try:
            state = self._file.look(self._latest)
            if state.is_unread and now - self._file.parsed_at >= self._apart:
                _ = state.board
        except TodoError as error:
            self._failing_since = now if self._failing_since is None else self._failing_since
            if time.monotonic() - self._failing_since >= PATIENCE and error.message != self._told:
                self._told = error.message
                self._tell(error)
            return
        self._failing_since = None
        if state is not self._latest or self._told:
            self._latest, self._told = state, ""
            self._tell(state)


def _ears(places: tuple[_Place, ...]) -> Ears:
    """What hears of these places; whatever ails the events (no more watches): the looks go on."""
    try:
        return hear([place.folder for place in places], {place.name for place in places})
    except (OSError, RuntimeError):
        return Deaf()


class _Place(NamedTuple):
    """A folder to listen to, which directory that is now, and a name in it."""

    folder: str
    directory: tuple[int, int]
    name: str


def _places(path: str) -> tuple[_Place, ...]:
    """Where the name and the real file stand; without folders that are not there."""
    places = []
    for file in dict.fromkeys((path, os.path.realpath(path))):
        folder, name = os.path.split(file)
        with contextlib.suppress(OSError):
            status = os.stat(folder)
            directory = (status.st_dev, status.st_ino)
            places.append(_Place(folder, directory, name))
    return tuple(places)
