"""Writers that still have a displaced file open: what they write there later is not lost.

Who edits a file where it stands opens it, and then writes. A commit in between takes the file's
name away, and what is written then goes to a file without one. Such a file stays in the lock's
folder, beside a copy of what it held, for as long as a process has it open for writing; whoever
commits next merges what was written there. Where the system does not tell who has a file open,
there is none of this. Must not merge.
"""

from __future__ import annotations

import contextlib
import os

from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import exchange, steady

if TYPE_CHECKING:
    from collections.abc import Collection

    from _typeshed import StrPath

_NAME: Final = expression(r"open-[0-9]+-[0-9a-f]+")
_COPY: Final = ".copy"
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


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
    path = os.path.join(folder, name.replace("new", "open", 1))
    with open(path + _COPY, "wb") as copy:
        copy.write(data)
    os.replace(displaced, path)
    return path


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
        elif _NAME.fullmatch(name) and (data := _final(path)) is not None:
            base = _copied(path)
            if data and base is not None and data != base:
                found.append(Late(path, base, data))
            else:
                drop(path)
    return found


def is_open(path: str) -> bool:
    """Whether somebody still has a kept file open for writing."""
    try:
        return _final(path) is None
    except OSError:
        return False


def drop(path: str) -> None:
    """Take a kept file away, whose text stands elsewhere now."""
    for name in (path, path + _COPY):
        with contextlib.suppress(OSError):
            os.unlink(name)


def _final(path: str) -> bytes | None:
    """What a kept file holds; None where somebody may write to it still."""
    handle = os.open(path, _FLAGS)
    try:
        return None if exchange.may_be_written(handle) else steady.look_at(handle).data
    finally:
        steady.close(handle)


def _copied(path: str) -> bytes | None:
    with contextlib.suppress(FileNotFoundError), open(path + _COPY, "rb") as copy:
        return copy.read()
    return None
