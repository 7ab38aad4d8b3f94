"""Linux as macOS looks to Python; loaded by each process that has this folder in PYTHONPATH.

What only Linux has is taken away, and what macOS does otherwise is done so. This proves nothing
about macOS, but that nothing is asked of it which it does not have. What it does otherwise is known
from its kernel's sources: ``poll`` hears nothing of a handle of which no event was asked for, not
even that the other end is gone (xnu, ``bsd/kern/sys_generic.c``).
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import sys
import sysconfig
from typing import Any, Final

_GONE: Final = {
    os: (
        *("eventfd", "eventfd_read", "eventfd_write", "EFD_CLOEXEC", "EFD_NONBLOCK"),
        *("setxattr", "getxattr", "listxattr", "removexattr", "memfd_create", "pidfd_open"),
        *("sched_getaffinity", "sched_setaffinity", "copy_file_range", "splice", "fdatasync"),
    ),
    fcntl: ("F_SETLEASE", "F_GETLEASE", "F_SETSIG", "F_GETSIG", "F_NOTIFY", "F_ADD_SEALS"),
    select: ("epoll",),
}
_AT_FDCWD: Final = -100

sysconfig.get_config_vars()  # from a file that has the system's name in its own
sys.platform = "darwin"
for _module, _names in _GONE.items():
    for _name in _names:
        if hasattr(_module, _name):
            delattr(_module, _name)


class _Poll:
    """``select.poll`` that hears only what it was asked to."""

    _kernel: Final = select.poll

    def __init__(self) -> None:
        self._poll = self._kernel()
        self._heard: set[int] = set()

    def register(self, file: Any, events: int = select.POLLIN | select.POLLOUT) -> None:
        if events:
            self._poll.register(file, events)
            self._heard.add(_number(file))

    def modify(self, file: Any, events: int) -> None:
        self.unregister(file)
        self.register(file, events)

    def unregister(self, file: Any) -> None:
        if _number(file) in self._heard:
            self._heard.discard(_number(file))
            self._poll.unregister(file)

    def poll(self, timeout: float | None = None) -> list[tuple[int, int]]:
        return self._poll.poll(timeout)


def _number(file: Any) -> int:
    return file if isinstance(file, int) else int(file.fileno())


class _Library(ctypes.CDLL):
    """The C library with the call of macOS by which two names change places."""

    def __getattr__(self, name: str) -> Any:
        if name == "renameat2":
            raise AttributeError(name)
        if name == "renamex_np":
            return _Swap(super().__getattr__("renameat2"))
        return super().__getattr__(name)


class _Swap:
    """``renamex_np(from, to, flags)``; its RENAME_SWAP is the number of Linux' RENAME_EXCHANGE."""

    def __init__(self, call: Any) -> None:
        call.argtypes = (*(ctypes.c_int, ctypes.c_char_p) * 2, ctypes.c_uint)
        self._call = call

    def __call__(self, fresh: bytes, path: bytes, flags: int) -> int:
        return int(self._call(_AT_FDCWD, fresh, _AT_FDCWD, path, flags))


select.poll = _Poll  # type: ignore[misc, assignment]
ctypes.CDLL = _Library  # type: ignore[misc]
