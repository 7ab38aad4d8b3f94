"""Hearing of changes: events of folders, of which some names in them are listened to.

A file itself goes deaf with its first replacement. Owns how the system tells: at once by inotify on
Linux; elsewhere watchfiles is asked, each few milliseconds. Must not read the file.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import threading
from typing import Protocol

from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_STEP: Final = 5
_DEBOUNCE: Final = 50
"""Milliseconds: watchfiles delivers events after a pause of one, at the latest after the other."""

_EVENT: Final = struct.Struct("iIII")
"""What the kernel writes before a name: the watch, what happened, a cookie, the name's length."""

_EVENTS: Final = 1 << 16
"""Bytes of events that are taken at once."""


class Ears(Protocol):
    """What hears of changes, on the thread that waits for them."""

    def wait(self, seconds: float) -> None:
        """Wait for an event, at most so long. Raises OSError, RuntimeError where it goes deaf."""

    def wake(self) -> None:
        """End the waiting of the other thread."""

    def close(self) -> None:
        """Hear nothing any more."""


def hear(folders: Sequence[str], names: Collection[str]) -> Ears:
    """Hear of these names in these folders; of nothing where there are none.

    What happened before is not heard. Raises OSError, RuntimeError where that cannot be.
    """
    if not folders:
        return Deaf()
    if sys.platform == "linux":
        return _Inotify(folders, names)
    else:  # noqa: RET505 - mypy takes these branches apart by platform
        return _Watchfiles(folders, names)


class Deaf:
    """Hears of nothing: what is waited for is the time."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def wait(self, seconds: float) -> None:
        """Wait so long."""
        self._woken.wait(seconds)

    def wake(self) -> None:
        """End the waiting of the other thread."""
        self._woken.set()

    def close(self) -> None:
        """There is nothing to close."""


if sys.platform == "linux":

    class _Inotify:
        """Told at once. The events are read as they are: most are of other names."""

        def __init__(self, folders: Sequence[str], names: Collection[str]) -> None:
            from asyncinotify import Inotify, Mask

            content = Mask.MODIFY | Mask.CLOSE_WRITE | Mask.CREATE | Mask.DELETE | Mask.MOVE
            self._names = frozenset(map(os.fsencode, names))
            self._inotify = Inotify()
            self._bell = -1
            try:
                for folder in folders:
                    self._inotify.add_watch(folder, content | Mask.DELETE_SELF | Mask.MOVE_SELF)
                self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
            except OSError:
                self._inotify.close()
                raise
            self._poll = select.poll()
            self._poll.register(self._inotify.fd, select.POLLIN)
            self._poll.register(self._bell, select.POLLIN)

        def wait(self, seconds: float) -> None:
            """Wait for an event, at most so long."""
            while ready := self._poll.poll(seconds * 1000):
                if any(handle == self._bell for handle, _ in ready):
                    return
                if self._concern(os.read(self._inotify.fd, _EVENTS)):
                    return

        def wake(self) -> None:
            """End the waiting of the other thread, for good."""
            os.eventfd_write(self._bell, 1)

        def close(self) -> None:
            """Hear nothing any more."""
            self._inotify.close()
            os.close(self._bell)

        def _concern(self, events: bytes) -> bool:
            """Whether one of these is of a name that is listened to, or of a folder itself."""
            at = 0
            while at < len(events):
                length = _EVENT.unpack_from(events, at)[3]
                at += _EVENT.size + length
                name = events[at - length : at].rstrip(b"\0")
                if not name or name in self._names:
                    return True
            return False


class _Watchfiles:
    """Asked on a thread of its own, which ends with the waiting."""

    def __init__(self, folders: Sequence[str], names: Collection[str]) -> None:
        self._folders = folders
        self._names = names
        self._news = threading.Event()
        self._end = threading.Event()
        self._fault: BaseException | None = None
        threading.Thread(target=self._ask, name="hear", daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Wait for an event, at most so long."""
        self._news.wait(seconds)
        self._news.clear()
        if self._fault is not None:
            raise self._fault

    def wake(self) -> None:
        """End the waiting of the other thread."""
        self._news.set()

    def close(self) -> None:
        """Hear nothing any more."""
        self._end.set()

    def _ask(self) -> None:
        from watchfiles import Change, watch

        def concerns(_: Change, changed: str) -> bool:
            return os.path.basename(changed) in self._names

        try:
            for _ in watch(
                *self._folders,
                watch_filter=concerns,
                step=_STEP,
                debounce=_DEBOUNCE,
                stop_event=self._end,
                recursive=False,
            ):
                self._news.set()
        except BaseException as error:  # noqa: BLE001 - it is handed on, not swallowed
            self._fault = error
            self._news.set()
