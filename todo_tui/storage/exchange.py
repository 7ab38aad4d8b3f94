"""Putting one file in another's place and keeping hold of what was there.

Owns the system calls that differ: Linux and macOS let two names change places in one step, so that
nothing which stood there is ever out of sight. Elsewhere the file that stands is given a second
name and is then replaced; what a writer without a lock renames into its place between these two
calls is lost unseen. The calls of macOS and Windows were never tried by the project's tests.
Must not know why.
"""

from __future__ import annotations

import errno
import functools
import os
import sys

from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside, steady

if sys.platform != "win32":
    import fcntl

    try:
        # The number alone: the library makes an enumeration of all signals.
        from _signal import SIGURG  # type: ignore[import-not-found]
    except ImportError:
        from signal import SIGURG

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import StrPath

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_RENAME_SWAP: Final = 2
_NOT_HERE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def prepare() -> None:
    """Load what ``put`` needs, so that nobody waits for that while a lock is held."""
    _swap()


def put(fresh: StrPath, path: StrPath) -> int:
    """Let ``fresh`` and ``path`` change places; a handle, for reading, on what stood at ``path``.

    Where that was no regular file it is put back. Raises OSError: FileNotFoundError where either of
    them is not there.
    """
    swap = _swap()
    if swap is None or not swap(os.fsencode(fresh), os.fsencode(path)):
        _replace(fresh, path)
    try:
        return beside.open_file(fresh, os.O_RDONLY)
    except OSError as error:
        if error.errno not in beside.IRREGULAR:
            raise
        if swap is None or not swap(os.fsencode(fresh), os.fsencode(path)):
            os.replace(fresh, path)
        raise


def kept_name(name: str) -> str:
    """Under which name what stood at the path may be found until it has the name ``name``."""
    return f"{name}0"


def _replace(fresh: StrPath, path: StrPath) -> None:
    """The same in three steps, for systems that have it not in one."""
    kept = kept_name(os.fspath(fresh))
    try:
        os.link(path, kept)
    except FileNotFoundError:
        raise
    except OSError:
        # A file system without hard links.
        old = beside.open_file(path, os.O_RDONLY)
        try:
            beside.create(kept, steady.look_at(old).data, os.fstat(old))
        finally:
            steady.close(old)
    try:
        os.replace(fresh, path)
    except OSError:
        os.unlink(kept)
        raise
    os.replace(kept, fresh)


def may_be_written(handle: int) -> bool | None:
    """Whether some process has the file of ``handle`` open for writing; None where that is unknown.

    A file without a name that nobody has open for writing will not change any more.
    """
    if sys.platform == "linux":
        try:
            # Should somebody open the file just now, the kernel sends this signal, whose default is
            # to be ignored, in place of one that kills.
            fcntl.fcntl(handle, fcntl.F_SETSIG, SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            return True
        except OSError:
            return None
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        return False
    else:  # noqa: RET505 - mypy takes these branches apart by platform
        return None


@functools.cache
def _swap() -> Callable[[bytes, bytes], bool] | None:
    """The call by which two names change places; it gives False where the file system cannot."""
    if sys.platform == "linux":
        return _renameat2()
    elif sys.platform == "darwin":  # noqa: RET505 - mypy takes these branches apart by platform
        return _renamex_np()
    else:
        return None


def _renameat2() -> Callable[[bytes, bytes], bool] | None:
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)

    def swap(fresh: bytes, path: bytes) -> bool:
        failed = call(_AT_FDCWD, fresh, _AT_FDCWD, path, _RENAME_EXCHANGE)
        return _done(ctypes.get_errno() if failed else 0, fresh, path)

    return swap


def _renamex_np() -> Callable[[bytes, bytes], bool] | None:
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "renamex_np", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)

    def swap(fresh: bytes, path: bytes) -> bool:
        failed = call(fresh, path, _RENAME_SWAP)
        return _done(ctypes.get_errno() if failed else 0, fresh, path)

    return swap


def _done(number: int, fresh: bytes, path: bytes) -> bool:
    if number in _NOT_HERE:
        return False
    if number:
        raise OSError(number, os.strerror(number), os.fsdecode(fresh), None, os.fsdecode(path))
    return True
