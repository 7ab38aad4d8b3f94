"""Writers that still have a displaced file open: what they write there later is not lost.

Who edits a file where it stands opens it, and then writes. A commit in between takes the file's
name away, and what is written then goes to a file without one. Such a file stays in the lock's
folder, beside a copy of what it held, for as long as a process has it open for writing; whoever
commits next merges what was written there. Where the system does not tell who has a file open,
there is none of this. Must not merge.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time

from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside, exchange, steady

if TYPE_CHECKING:
    from collections.abc import Collection

    from _typeshed import StrPath

_NAME: Final = expression(r"open-[0-9]+-[0-9a-f]+")
_COPY: Final = ".copy"
_OLD: Final = 86_400
"""Seconds for which a file is kept of which nobody can tell whether it is open still."""

_LARGEST: Final = 1 << 28
"""Bytes of a kept file that are read at most."""


class Late(NamedTuple):
    """What somebody wrote to the displaced file ``path``, which held ``base`` before."""

    path: str
    base: bytes
    data: bytes


def keep(displaced: str, data: bytes) -> str:
    """Keep a displaced file that held ``data`` and that somebody has open; where it is now.

    The caller holds the lock. Raises OSError.
    """
    folder, name = os.path.split(displaced)
    path = os.path.join(folder, kept_name(name))
    beside.create(path + _COPY, data, os.lstat(displaced))
    os.replace(displaced, path)
    return path


def kept_name(name: str) -> str:
    """What a temporary file of this name is called once it is kept for who has it open."""
    return name.replace("new", "open", 1)


def written(folder: StrPath, names: Collection[str]) -> list[Late]:
    """What was written, since it was displaced, to files that nobody has open any more.

    Those to which nothing was written are taken away. ``names`` are all in the folder. The caller
    holds the lock. Raises OSError.
    """
    found: list[Late] = []
    for name in sorted(name for name in names if name.startswith("open-")):
        path = os.path.join(folder, name)
        if name.endswith(_COPY):
            kept = name.removesuffix(_COPY)
            if kept not in names and _NAME.fullmatch(kept):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
        elif _NAME.fullmatch(name):
            try:
                data = _final(path)
                base = None if data is None else _copied(path)
            except OSError as error:
                # Another user's is left to those who may read it; what is no file is nobody's.
                if error.errno in beside.IRREGULAR:
                    drop(path)
                continue
            if data and base is not None and data != base:
                found.append(Late(path, base, data))
            elif data is not None:
                drop(path)
    return found


def is_open(path: str) -> bool:
    """Whether somebody is known to have a kept file open for writing still."""
    try:
        handle = beside.open_file(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return exchange.may_be_written(handle) is True
    finally:
        steady.close(handle)


def drop(path: str) -> None:
    """Take a kept file away, whose text stands elsewhere now."""
    for name in (path, path + _COPY):
        with contextlib.suppress(OSError):
            os.unlink(name)


def _final(path: str) -> bytes | None:
    """What a kept file holds; None where somebody may write to it still. Raises OSError.

    Of another user's file the system does not tell: that one is waited for a day.
    """
    handle = beside.open_file(path, os.O_RDONLY)
    try:
        written = exchange.may_be_written(handle)
        if written is None:
            written = time.time() - os.fstat(handle).st_ctime < _OLD
        return None if written else _whole(handle)
    finally:
        steady.close(handle)


def _copied(path: str) -> bytes | None:
    """What a kept file held; None where no copy tells it. Raises OSError."""
    try:
        handle = beside.open_file(path + _COPY, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return _whole(handle)
    finally:
        steady.close(handle)


def _whole(handle: int) -> bytes:
    """What an open file holds. Raises OSError where that is more than any file of tasks."""
    if os.fstat(handle).st_size > _LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return steady.look_at(handle).data
