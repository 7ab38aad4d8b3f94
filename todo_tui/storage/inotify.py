"""What the Linux kernel tells about files that change in a folder, at once and without asking.

Owns the system calls and the layout of what they answer. On other systems, and where there is no C
library to call, ``available`` says no. Must not know which file is meant, or why.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import struct
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Iterator

_MODIFY: Final = 0x2
_CLOSE_WRITE: Final = 0x8
_MOVED_FROM: Final = 0x40
_MOVED_TO: Final = 0x80
_CREATE: Final = 0x100
_DELETE: Final = 0x200
_DELETE_SELF: Final = 0x400
_MOVE_SELF: Final = 0x800
_MASK: Final = (
    _MODIFY | _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
)
_HEAD: Final = struct.Struct("iIII")
_ROOM: Final = 65536


def available() -> bool:
    """Whether folders can be listened to in this way."""
    return sys.platform == "linux" and _calls() is not None


async def heard(
    folders: Iterable[str], names: frozenset[str], every: float
) -> AsyncGenerator[bool]:
    """True where a file of ``names`` may have changed in one of ``folders``, or a folder itself.

    The first True comes when it listens: what changed before that was not heard. False comes where
    nothing was heard for ``every`` seconds. Raises OSError, as for folders that are not there.
    """
    with _open() as handle:
        for folder in folders:
            _add(handle, folder)
        loop, something = asyncio.get_running_loop(), asyncio.Event()

        def read() -> None:
            with contextlib.suppress(BlockingIOError):
                if any(not name or name in names for name in _names(os.read(handle, _ROOM))):
                    something.set()

        something.set()
        loop.add_reader(handle, read)
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(every):
                        await something.wait()
                told = something.is_set()
                something.clear()
                yield told
        finally:
            loop.remove_reader(handle)


def _names(data: bytes) -> Iterator[str]:
    """The names in what was read; empty for a folder itself, and for events that were lost."""
    at = 0
    while at < len(data):
        *_, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size + length
        yield os.fsdecode(data[at - length : at].rstrip(b"\0"))


@contextlib.contextmanager
def _open() -> Iterator[int]:
    calls = _calls()
    assert calls is not None, "available said so"
    handle = _done(calls.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
    try:
        yield handle
    finally:
        os.close(handle)


def _add(handle: int, folder: str) -> None:
    calls = _calls()
    assert calls is not None, "it was opened"
    _done(calls.inotify_add_watch(handle, os.fsencode(folder), _MASK))


def _done(result: int) -> int:
    import ctypes

    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


@functools.cache
def _calls() -> Any:
    """The C library, where it has the calls."""
    import ctypes

    try:
        calls = ctypes.CDLL(None, use_errno=True)
        calls.inotify_init1.argtypes = (ctypes.c_int,)
        calls.inotify_add_watch.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_uint32)
    except (OSError, AttributeError):
        return None
    return calls
