"""Files of ours beside the shared one, in a folder where others may have put anything.

Owns how they are opened: what has the name may be a link to any file, a pipe that nobody writes to,
or a device without end, since a repository can bring such a folder and whoever shares it can write
there. And to whom they are given: what one user leaves there, the others must be able to use. Must
not know what is in them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys

from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import StrPath

_FLAGS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
IRREGULAR: Final = (errno.ENODEV, errno.ELOOP, errno.ENXIO)
"""What ``open_file`` says of anything but a regular file: itself, of a link, of a socket."""

_RIGHTS: Final = 0o666
"""No file here is a program."""


def open_file(path: StrPath, flags: int, mode: int = 0o666) -> int:
    """Open a regular file. Raises OSError, at once, where anything else has its name."""
    handle = os.open(path, flags | _FLAGS, mode)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.ENODEV, "it is no regular file", os.fspath(path))
    except BaseException:
        os.close(handle)
        raise
    return handle


def create(path: StrPath, data: bytes, like: os.stat_result) -> None:
    """Write a new file, given to those who have the one of status ``like``.

    Whatever has the name is taken away, not written through. Raises OSError.
    """
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    handle = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        give(handle, like)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def give(handle: int, like: os.stat_result) -> None:
    """Give an open file the owner, the group and the rights that ``like`` has, where we may.

    Of who may not give files away to others the group alone is taken.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(PermissionError):
        os.fchmod(handle, stat.S_IMODE(like.st_mode) & _RIGHTS)
    try:
        os.fchown(handle, like.st_uid, like.st_gid)
    except PermissionError:
        with contextlib.suppress(PermissionError):
            os.fchown(handle, -1, like.st_gid)
