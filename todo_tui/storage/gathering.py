"""Gatherings: of those who wait for the lock one waits for all, and carries out what they ask.

A gathering is a pipe with a name, ``gathering`` in the lock's folder. Whoever finds the lock taken
and no gathering opens one and waits for the lock in the kernel's queue; all who come later join it:
they leave an ask (``ask``) and wait until the pipe is closed. The one who opened it takes the lock,
closes its door (the name goes), takes all asks, and lets go of the pipe when they are answered. All
who joined wake up at once, each once, and read their answers without the lock. Whoever means to
keep the lock for another round lets the next gathering's door open as the last one shuts.

A pipe, because the kernel tells all who wait on it when the last one who could write to it is gone,
however that came, and because one can wait so for a while: a queue of exclusive locks would wake
each waiter at every unlocking (with 32 processes, some 500 wake-ups in a round), and a lock that is
waited for with a time limit takes a thread. One round of 31 waiters took 65 to 95 µs of a processor
for each of them, with shared locks waited for on threads 260 to 300 µs.

Nothing is proven by a gathering. Were there two at once, or one that nobody keeps, then each ask
would still be taken by one process alone, under the lock, and who is not answered waits for the
lock as if there were none.

Must not know what is asked.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
import time

from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside
from todo_tui.storage.lock import GATHERING, place_of
from todo_tui.storage.steady import close

if TYPE_CHECKING:
    from _typeshed import StrPath

_MAKING: Final = "gathering-"
_TRIES: Final = 10
_LOOK: Final = 1.0
"""Seconds after which it is asked whether a gathering is kept still. Others may ask that just when
it ends; on macOS the end may then have been told to them alone (xnu, ``fifo_vnops.c``)."""

_FOLLOWING: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


class Gathering:
    """A gathering that this process has opened."""

    def __init__(self, folder: StrPath, handle: int) -> None:
        self._folder = folder
        self._handle = handle
        self._is_open = True

    def shut_door(self) -> None:
        """Let nobody join any more: whoever did has left an ask by now."""
        if self._is_open:
            self._is_open = False
            path = os.path.join(self._folder, GATHERING)
            with contextlib.suppress(OSError):
                if os.path.samestat(os.lstat(path), os.fstat(self._handle)):
                    os.unlink(path)

    def follow(self) -> Gathering | None:
        """Shut the door and open that of a next gathering in one step; None where that failed."""
        made = _make(self._folder, over=os.fstat(self._handle)) if self._is_open else None
        self._is_open = self._is_open and made is None
        return made

    def end(self) -> None:
        """Wake all who joined."""
        self.shut_door()
        close(self._handle)


class Joined:
    """A gathering of another process, which this one waits for."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def wait(self, seconds: float) -> bool:
        """Wait until it is over; False where it is not so after ``seconds``."""
        end = time.monotonic() + seconds
        poll = select.poll()
        # It is told unasked on Linux; macOS tells nothing of what nothing was asked about.
        poll.register(self._handle, select.POLLHUP)
        while not poll.poll(max(0.0, min(end - time.monotonic(), _LOOK)) * 1000):
            if not _is_kept(self._handle):
                return True
            if time.monotonic() >= end:
                return False
        return True

    def leave(self) -> None:
        """Wait for it no longer."""
        close(self._handle)


def enter(folder: StrPath) -> Gathering | Joined | None:
    """Join the gathering of those who wait for the lock in ``folder``; open one if there is none.

    None where the disk permits no such thing.
    """
    path = os.path.join(folder, GATHERING)
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDONLY | _NO_WAITING | _FOLLOWING)
        except FileNotFoundError:
            made = _make(folder, over=None)
        except OSError:
            return None
        else:
            status = os.fstat(handle)
            if not stat.S_ISFIFO(status.st_mode):
                close(handle)
                return None
            if _is_kept(handle):
                return Joined(handle)
            close(handle)
            made = _make(folder, over=status)
        if made is not None:
            return made
    return None


def clear(folder: StrPath, names: set[str]) -> None:
    """Take away what processes that were killed left of gatherings. The caller holds the lock."""
    for name in names:
        if name == GATHERING or name.startswith(_MAKING):
            with contextlib.suppress(OSError):
                path = os.path.join(folder, name)
                handle = os.open(path, os.O_RDONLY | _NO_WAITING | _FOLLOWING)
                try:
                    if stat.S_ISFIFO(os.fstat(handle).st_mode) and not _is_kept(handle):
                        os.unlink(path)
                finally:
                    close(handle)


def _make(folder: StrPath, over: os.stat_result | None) -> Gathering | None:
    """A gathering of our own, in the place of one that nobody keeps; None where others were first.

    Raises nothing: where it cannot be made, there is none.
    """
    path = os.path.join(folder, GATHERING)
    making = os.path.join(folder, f"{_MAKING}{os.getpid()}-{os.urandom(4).hex()}")
    try:
        os.mkfifo(making, 0o600)
    except (OSError, AttributeError):
        return None
    try:
        # Both ends, since a pipe is not opened for writing before somebody reads.
        handle = os.open(making, os.O_RDWR | _NO_WAITING | _FOLLOWING)
        try:
            parent = os.stat(place_of(folder))
            beside.give(handle, parent)
            if over is None:
                os.link(making, path)
                os.unlink(making)
            elif os.path.samestat(os.lstat(path), over):
                os.replace(making, path)
            else:
                raise FileExistsError(path)
        except BaseException:
            close(handle)
            raise
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(making)
        return None
    return Gathering(folder, handle)


def _is_kept(handle: int) -> bool:
    """Whether some process could write to the pipe."""
    try:
        return bool(os.read(handle, 1))
    except BlockingIOError:
        return True
    except OSError:
        return False
