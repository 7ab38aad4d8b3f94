"""Reading until what is read can be believed.

Nobody who writes the file takes a lock: editors truncate it and then write, others remove it and
put a new one in its place. Owns which states are doubtful and how long each is looked at again:

- an absent or an empty file: up to a second;
- a file younger than 50 ms: until two looks agree, and if it does not end in a line end, until it
  has been quiet for 50 ms;
- a file that was cut short since the previous read (a part of it from its start, or shorter and
  without its final line end): until it has been quiet for a second, at most a second;
- a file that is exactly what our own last commit left is believed at once.

Must not know what the bytes say.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import StrPath

    from todo_tui.errors import TodoError

PATIENCE: Final = 1.0
"""Seconds for which an absent, empty or shortened file must stay so to be believed."""

YOUNG: Final = 0.05
"""Age in seconds under which a file may be in the middle of being written."""

_LONGEST: Final = 5.0
"""Seconds after which even a file that never stands still is taken as it is."""

_PAUSE: Final = 0.003
_LATER: Final = 0.01
"""Seconds between two looks, at first and where nothing has happened for a while."""


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it; times in nanoseconds."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int = 0

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp that a stat result shows."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def same_content(self, other: Stamp) -> bool:
        """Whether both are one inode with one content; a rename alone changes ``ctime_ns``."""
        return self[:3] == other[:3]


class Look(NamedTuple):
    """A file's bytes and the stamp under which they were read.

    ``proven``: the file was old enough for its stamp to be proof; a younger one can change once
    more without its times changing.
    """

    data: bytes
    stamp: Stamp
    proven: bool = False

    def same(self, other: Look | None) -> bool:
        """Whether both saw one state of one file."""
        return other is not None and self.stamp == other.stamp and self.data == other.data

    def still(self, stamp: Stamp) -> bool:
        """Whether a file of this stamp is known to hold ``data`` without being read."""
        return self.proven and stamp.same_content(self.stamp)


class Timing(NamedTuple):
    """The clocks that waiting needs, all in seconds; a test brings its own."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


SYSTEM: Final = Timing()


_TRIES: Final = 100
"""How often a file that changes while it is read is read again in one look."""

_PIECE: Final = 1 << 14
"""Bytes that are compared at once."""

_BINARY: Final = getattr(os, "O_BINARY", 0)
# A pipe of that name would hold the opener until somebody writes into it.
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


def look(path: StrPath, like: bytes | None = None) -> Look | None:
    """One look at the file as it is; None where there is none.

    Where it holds ``like``, that is what is given. Raises TodoError ``disk`` where it is no regular
    file or must not be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _NO_WAITING | _BINARY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise disk.unreadable(path, error) from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise disk.irregular(path, status)
        return look_at(handle, like)
    except OSError as error:
        raise disk.unreadable(path, error) from error
    finally:
        close(handle)


def close(handle: int) -> None:
    """Close a handle through which nothing was written, so that nothing is lost if that fails."""
    with contextlib.suppress(OSError):
        os.close(handle)


def look_at(handle: int, like: bytes | None = None) -> Look:
    """One look at an open file: its bytes, read while its stamp stood still.

    Where it holds ``like``, that is what is given.
    """
    for _ in range(_TRIES):
        before = Stamp.of(os.fstat(handle))
        same = like is not None and len(like) == before.size and _holds(handle, like)
        data = like if same and like is not None else _read_all(handle, before.size)
        stamp = Stamp.of(os.fstat(handle))
        if stamp == before and len(data) == stamp.size:
            break
    return Look(data, stamp)


def read(
    path: StrPath,
    *,
    previous: Look | None = None,
    believed: Callable[[], Stamp | None] = lambda: None,
    timing: Timing = SYSTEM,
    named: StrPath | None = None,
) -> Look:
    """The file as soon as it can be believed.

    ``named`` is how somebody calls it, where that may be a link to ``path``.
    ``previous`` is an earlier look, which tells a file that was cut short. ``believed`` gives the
    stamp that our own last commit left, and is asked only about a doubtful file.

    Raises TodoError: ``no_file``, ``disk``.
    """
    begin = quiet_since = timing.monotonic()
    last: Look | None = None
    while True:
        known = last or previous
        now = look(path, known and known.data)
        moment = timing.monotonic()
        if (now is None) != (last is None) or (now is not None and not now.same(last)):
            quiet_since = moment
        watched = moment - quiet_since
        late = watched >= PATIENCE or moment - begin >= _LONGEST
        if now is None:
            if late:
                raise _missing(path, named or path)
        else:
            age = timing.wall() - max(now.stamp.mtime_ns, now.stamp.ctime_ns) / 1e9
            if (
                late
                or now.same(previous)
                or _believable(now, last, previous, max(age, watched))
                or now.stamp == believed()
            ):
                return now._replace(proven=age >= YOUNG)
        last = now
        timing.pause(_PAUSE if watched < YOUNG else _LATER)


def _missing(path: StrPath, named: StrPath) -> TodoError:
    """The error for a file that is not there, perhaps since its folder is not, or by a link."""
    folder = os.path.dirname(os.fspath(path)) or os.curdir
    return disk.missing(
        named,
        target=os.fspath(path) if os.path.islink(named) else None,
        folder=None if os.path.isdir(folder) else folder,
    )


def _believable(now: Look, last: Look | None, previous: Look | None, quiet: float) -> bool:
    """Whether ``now``, unchanged for ``quiet`` seconds, is no passing state."""
    if not now.data:
        return False
    if previous is not None and _cut_short(now, previous):
        return quiet >= PATIENCE
    if not now.data.endswith(b"\n"):
        return quiet >= YOUNG
    return quiet >= YOUNG or now.same(last)


def _cut_short(now: Look, previous: Look) -> bool:
    """Whether ``now`` looks like ``previous`` in the middle of being written anew.

    A whole new file that ends in a line end was put in place by a rename, and is not.
    """
    if len(now.data) >= len(previous.data):
        return False
    ends = now.data.endswith(b"\n")
    if previous.data.endswith(b"\n") and not ends:
        return True
    replaced = now.stamp.inode != previous.stamp.inode
    return previous.data.startswith(now.data) and not (replaced and ends)


def _holds(handle: int, data: bytes) -> bool:
    """Whether an open file holds just ``data``.

    By pieces, which find their memory in use already: one of megabytes is given new pages, and that
    takes longer than to read into them.
    """
    os.lseek(handle, 0, os.SEEK_SET)
    for at in range(0, len(data), _PIECE):
        if os.read(handle, _PIECE) != data[at : at + _PIECE]:
            return False
    return not os.read(handle, 1)


def _read_all(handle: int, expected: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    data = os.read(handle, expected + 1)
    if len(data) <= expected:
        return data
    parts = [data]
    while part := os.read(handle, 1 << 16):
        parts.append(part)
    return b"".join(parts)
