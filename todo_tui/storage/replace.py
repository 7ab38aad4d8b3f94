"""Putting new bytes in the place of a file, whole or not at all.

Owns: which files must not be replaced, the temporary file (in the lock's folder, hence on the same
file system) with the mode, owner and attributes of the old one, the order of writing to the disk,
and the look at what the new file displaced. Must not know where the bytes come from or what is done
about somebody else's (``commit``).

A writer without a lock whose open file was displaced is waited for up to a second where the system
tells that it is there (Linux), and what it writes later is not lost either (``late``). Elsewhere it
is waited for while the file looks half written; what it writes then goes to a file without a name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk, exchange
from todo_tui.storage.steady import PATIENCE, SYSTEM, Look, Stamp, Timing, look_at

if TYPE_CHECKING:
    from _typeshed import StrPath

_MILLISECOND: Final = 1_000_000
_PAUSE: Final = 0.002
_OPENED: Final = 0.1
"""Seconds to wait for a writer that has opened the displaced file and not yet changed it."""

_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_CREATE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


class Settled(NamedTuple):
    """What a displaced file holds, and whether somebody has it open for writing still."""

    data: bytes
    is_open: bool = False


class Fresh(NamedTuple):
    """A temporary file that is whole and on the disk."""

    path: str
    stamp: Stamp


def refuse_unwritable(path: StrPath) -> None:
    """Raise TodoError ``disk`` where the file at ``path`` must not or cannot be replaced.

    A file or a folder in which nobody has the right to write is marked as read-only and stays as it
    is, also for a user whom rights do not bind. Raises FileNotFoundError where there is none.
    """
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise disk.irregular(path, status)
    if status.st_nlink > 1:
        raise disk.unwritable(
            path,
            f"it has {status.st_nlink} names (hard links), and replacing it would part them;"
            " make it a file of its own",
        )
    if _is_readonly(path, status):
        raise disk.unwritable(path, "it is read-only; make it writable for this user")
    folder = os.path.dirname(path)
    if _is_readonly(folder, os.stat(folder)):
        raise disk.unwritable(path, f"its folder {folder} is read-only; make it writable")


def _is_readonly(path: StrPath, status: os.stat_result) -> bool:
    if status.st_mode & _WRITABLE and os.access(path, os.W_OK):
        return False
    os.lstat(path)  # access says no, too, of a file that was taken away just now
    return True


def write_fresh(folder: StrPath, data: bytes, like: StrPath, kind: str = "new") -> Fresh:
    """A new temporary file in ``folder`` that holds ``data`` and is on the disk.

    ``kind`` is what its name begins with.

    It has the mode of ``like`` and, as far as the system permits, its owner and attributes. Its
    time is at least a millisecond later, so that whoever compares times, even in milliseconds,
    sees the change. Raises OSError, and leaves nothing behind.
    """
    path = os.path.join(folder, f"{kind}-{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(path, _CREATE, 0o600)
    try:
        try:
            _write_all(handle, data)
            old = os.stat(like)
            _take_after(handle, old, like)
            status = os.fstat(handle)
            earliest = old.st_mtime_ns + _MILLISECOND
            if status.st_mtime_ns < earliest:
                os.utime(path, ns=(status.st_atime_ns, earliest))
            os.fsync(handle)
            return Fresh(path, Stamp.of(os.fstat(handle)))
        finally:
            os.close(handle)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        raise


def sync_folder(folder: StrPath) -> None:
    """Make the names in ``folder`` as lasting as the files, should the power fail. OSError."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems have no such call: the names are in their care.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def settle(handle: int, expected: Look, timing: Timing = SYSTEM) -> Settled:
    """What the displaced file of ``handle`` holds at last; its data where nobody changed it.

    A file in the middle of being written is looked at again, for up to a second. One that is open
    even then counts as unchanged for now, and so does one that is empty, which is nobody's edit.
    """
    begin = timing.monotonic()
    last: bytes | None = None
    while True:
        written = exchange.may_be_written(handle)
        still = expected.still(Stamp.of(os.fstat(handle)))
        data = expected.data if still else look_at(handle, expected.data).data
        unchanged = data == expected.data
        patience = _OPENED if unchanged else PATIENCE
        whole = unchanged or (data == last and data.endswith(b"\n"))
        if written is False or (written is None and whole):
            return Settled(data or expected.data)
        if timing.monotonic() - begin >= patience:
            return Settled(expected.data, True) if written else Settled(data or expected.data)
        last = data
        timing.pause(_PAUSE)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _take_after(handle: int, old: os.stat_result, like: StrPath) -> None:
    if sys.platform == "win32":
        return
    mine = os.fstat(handle)
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        if owner not in (-1, mine.st_uid) or group not in (-1, mine.st_gid):
            # Only root gives files away; the mode below still lets the same people in.
            with contextlib.suppress(PermissionError):
                os.fchown(handle, owner, group)
    if sys.platform == "linux":
        for name in _attributes(like):
            # Some are the system's own to set.
            with contextlib.suppress(OSError):
                os.setxattr(handle, name, os.getxattr(like, name))
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _attributes(path: StrPath) -> list[str]:
    """The names of a file's extended attributes; none where the file system has no such thing."""
    if sys.platform != "linux":
        return []
    try:
        return os.listxattr(path)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS, errno.EINVAL):
            return []
        raise
