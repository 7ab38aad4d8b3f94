"""The files of the journal: where they are, and how lines are added to them.

All that a commit needs of the journal: what is read of it has its own module, ``journal``. Must not
know what a line says.
"""

from __future__ import annotations

import os

from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import beside
from todo_tui.storage.lock import place_of

if TYPE_CHECKING:
    from _typeshed import StrPath

NAME: Final = "journal.jsonl"
OLDER: Final = "journal.1.jsonl"

LIMIT: Final = 8_000_000
"""Bytes after which the journal is put aside as the older one, whose place it takes."""


def append(folder: StrPath, data: bytes, like: StrPath) -> None:
    """Write whole lines down in the journal in ``folder``. Raises OSError.

    Whoever may write the file ``like``, which they tell of, may write them. The caller holds the
    lock. A line that was cut short before them stays one of its own.
    """
    path = os.path.join(folder, NAME)
    handle = beside.open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    try:
        size = os.fstat(handle).st_size
        if size and size + len(data) > LIMIT:
            os.close(handle)
            handle = -1
            os.replace(path, os.path.join(folder, OLDER))
            handle = beside.open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            size = 0
        if not size:
            beside.give(handle, _status(like, folder))
        elif not _ends_a_line(handle, size):
            data = b"\n" + data
        while data:
            data = data[os.write(handle, data) :]
    finally:
        if handle >= 0:
            os.close(handle)


def _status(like: StrPath, folder: StrPath) -> os.stat_result:
    """The status of the file; where that is gone just now, of the folder that it was in."""
    try:
        return os.stat(like)
    except FileNotFoundError:
        return os.stat(place_of(folder))


def _ends_a_line(handle: int, size: int) -> bool:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"
