"""Asks: requests of those who wait for the lock, and what whoever holds it answers.

An ask is a file ``ask-…`` in the lock's folder, made by the process that waits and locked by it for
as long as it lives. It holds one line, the request. Whoever holds the lock may take it: by giving
it the name ``taken-…``, so that a waiter whose time is up can withdraw it by taking ``ask-…`` away;
exactly one of both succeeds. Behind the request two more lines are written then:

- the answer, before the file is replaced. It names the replacement that it belongs to, and is worth
  nothing by itself;
- the word that it holds, when the replacement was made and looked at, still under the lock.

Should the process that took it die between the two, whoever holds the lock next knows what became
of that replacement, and writes the word, or makes the ask an open one again (``settle``). The ask
of a process that has died is removed and never carried out; that of another version of the program
is left alone.

Must not plan anything, or know how one waits (``gathering``).
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time

from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias
from todo_tui.storage import beside
from todo_tui.storage.ask_lines import (
    Answer,
    answer_line,
    belongs_to,
    read_answer,
    read_wish,
    wish_line,
    word_line,
)
from todo_tui.storage.lock import place_of
from todo_tui.storage.steady import close

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import StrPath

    from todo_tui.storage.planner import Wish
    from todo_tui.storage.steady import Stamp

    Fate: TypeAlias = Literal["made", "not made", "unknown"]

OPEN: Final = "ask-"
TAKEN: Final = "taken-"
_MAKING: Final = "asking-"
_LONGEST: Final = 1 << 16
"""Bytes of a request from which on it is not asked this way."""

_ANSWER: Final = 1 << 24
"""Bytes of an answer that are read at most."""

_MOST: Final = _ANSWER - (1 << 20)
"""Bytes of the line with the tasks, so that there is room for the word behind it."""

_LINES: Final = 3
"""Lines of an ask whose answer holds."""

_UNSAID: Final = (
    "it is done, but may not be in the journal: the process that did it ended before it said so"
)

OLD: Final = 60_000_000_000
"""Nanoseconds from which on an ask is looked at, whether anybody waits for it still."""


class Ask:
    """An ask, as the one who waits has it. It must be dropped in the end."""

    def __init__(self, folder: StrPath, name: str, handle: int, size: int) -> None:
        self._folder = folder
        self._name = name
        self._handle = handle
        self._size = size

    def withdraw(self) -> bool:
        """Take it back; False where somebody has taken it, who may carry it out."""
        try:
            os.unlink(os.path.join(self._folder, f"{OPEN}{self._name}"))
        except FileNotFoundError:
            return False
        return True

    def answer(self) -> Answer | None:
        """The answer, where there is one that holds. Raises Lost; OSError."""
        lines = _read(self._handle, self._size, _ANSWER).split(b"\n")
        return read_answer(lines) if len(lines) >= _LINES else None

    def drop(self) -> None:
        """Take the file away, under whichever name."""
        for kind in (TAKEN, OPEN):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(self._folder, f"{kind}{self._name}"))
                break
        close(self._handle)


class Taken:
    """An ask that the holder of the lock has taken, until it is let go."""

    def __init__(
        self, folder: StrPath, name: str, handle: int, size: int, wish: Wish, since: int
    ) -> None:
        self._folder = folder
        self._name = name
        self._handle = handle
        self._size = size
        self._settled = False
        self.wish = wish
        self.since = since

    def write(self, replacement: str, answer: Answer) -> None:
        """Write the answer, which counts if ``replacement`` is made. Raises OSError."""
        os.ftruncate(self._handle, self._size)
        _write(self._handle, _answer_line(replacement, answer), self._size)

    def confirm(self, answer: Answer) -> None:
        """Write the word that the answer which was written last holds. Raises OSError."""
        _write(self._handle, word_line(answer), os.fstat(self._handle).st_size)
        self._settled = True

    def amend(self, replacement: str, answer: Answer) -> None:
        """Write another answer, that holds at once. Raises OSError."""
        line = _answer_line(replacement, answer) + word_line(answer)
        _write(self._handle, line, self._size)
        os.ftruncate(self._handle, self._size + len(line))

    def reopen(self) -> None:
        """Make it an open one again, where no answer holds. The caller holds the lock."""
        with contextlib.suppress(OSError):
            if not self._settled and _read(self._handle, 0, _ANSWER).count(b"\n") < _LINES:
                _reopen(self._folder, f"{TAKEN}{self._name}", self._handle, self._size)

    def close(self) -> None:
        """Close the file."""
        close(self._handle)


def _answer_line(replacement: str, answer: Answer) -> bytes:
    """The line of an answer; of one that is too long to be read, without its tasks."""
    line = answer_line(replacement, answer)
    return line if len(line) < _MOST else answer_line(replacement, answer._replace(tasks=()))


def make(folder: StrPath, wish: Wish, since: int) -> Ask | None:
    """Ask for ``wish``, which was made ``since`` (nanoseconds); None where that is not possible.

    Raises nothing: whatever the disk refuses here is said when it refuses under the lock.
    """
    line = wish_line(wish)
    if len(line) > _LONGEST:
        return None
    name = f"{since}-{os.getpid()}-{os.urandom(4).hex()}"
    making = os.path.join(folder, f"{_MAKING}{name}")
    try:
        handle = beside.open_file(making, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        parent = os.stat(place_of(folder))
        beside.give(handle, parent)
        _write(handle, line, 0)
        os.replace(making, os.path.join(folder, f"{OPEN}{name}"))
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(making)
        close(handle)
        return None
    return Ask(folder, name, handle, len(line))


def is_any(folder: StrPath) -> bool:
    """Whether there is any open ask. Raises OSError."""
    with os.scandir(folder) as entries:
        return any(entry.name.startswith(OPEN) for entry in entries)


def take(folder: StrPath) -> list[Taken]:
    """Take all open asks of this version whose owners live, in the order in which they were made.

    Those of the dead are removed. The caller holds the lock. Raises OSError.
    """
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(OPEN)]
    found = (_take(folder, name) for name in names)
    return sorted((one for one in found if one is not None), key=lambda one: one.since)


def _take(folder: StrPath, name: str) -> Taken | None:
    path = os.path.join(folder, name)
    try:
        handle = beside.open_file(path, os.O_RDWR)
    except OSError:
        # Withdrawn, or not ours to read: its owner waits for the lock.
        return None
    taken = None
    try:
        if not _is_awaited(handle):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            return None
        line, _, rest = _read(handle, 0, _LONGEST + 1).partition(b"\n")
        wish = None if rest else read_wish(line)
        if wish is not None:
            rest_of_name = name.removeprefix(OPEN)
            os.replace(path, os.path.join(folder, f"{TAKEN}{rest_of_name}"))
            taken = Taken(folder, rest_of_name, handle, len(line) + 1, wish, _since(rest_of_name))
    except FileNotFoundError:
        # It was withdrawn just now.
        pass
    finally:
        if taken is None:
            close(handle)
    return taken


def settle(
    folder: StrPath, names: Iterable[str], replacement: str | None, fate: Fate, stamp: Stamp | None
) -> None:
    """Settle what a process that died under the lock had taken.

    ``replacement`` is what it was about to put in place, if anything, and ``fate`` what became of
    that; ``stamp`` is of the file that it would have left. ``names`` are all in the folder. The
    caller holds the lock. Raises OSError.
    """
    now = time.time_ns()
    for name in names:
        kind = next((kind for kind in (TAKEN, OPEN, _MAKING) if name.startswith(kind)), None)
        if kind is None or (replacement is None and now - _since(name.removeprefix(kind)) < OLD):
            continue
        try:
            handle = beside.open_file(os.path.join(folder, name), os.O_RDWR)
        except OSError:
            continue
        try:
            if not _is_awaited(handle):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(os.path.join(folder, name))
            elif kind == TAKEN and replacement is not None:
                _settle(folder, name, handle, replacement, fate, stamp)
        finally:
            close(handle)


def _settle(
    folder: StrPath, name: str, handle: int, replacement: str, fate: Fate, stamp: Stamp | None
) -> None:
    line, *answers = _read(handle, 0, _ANSWER).split(b"\n")
    if len(answers) >= _LINES:
        return  # it holds
    if len(answers) == 2 and fate != "not made" and belongs_to(answers[0], replacement):
        made = Answer(True, (), stamp=stamp, said=_UNSAID) if fate == "made" else None
        word = word_line(made)
        # A part of the word may be there already.
        end = len(line) + len(answers[0]) + 2
        _write(handle, word, end)
        os.ftruncate(handle, end + len(word))
        return
    _reopen(folder, name, handle, len(line) + 1)


def _reopen(folder: StrPath, name: str, handle: int, size: int) -> None:
    os.ftruncate(handle, size)
    opened = f"{OPEN}{name.removeprefix(TAKEN)}"
    os.replace(os.path.join(folder, name), os.path.join(folder, opened))


def _since(rest_of_name: str) -> int:
    """When an ask was made, in nanoseconds; 0 where its name does not say so."""
    since = rest_of_name.partition("-")[0]
    return int(since) if since.isascii() and since.isdecimal() and len(since) < 20 else 0


def _is_awaited(handle: int) -> bool:
    """Whether the process that has made an ask lives, which has locked its file."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _read(handle: int, offset: int, most: int) -> bytes:
    size = min(os.fstat(handle).st_size - offset, most)
    return os.pread(handle, size, offset) if size > 0 else b""


def _write(handle: int, data: bytes, offset: int) -> None:
    """Write all of ``data``. Raises OSError."""
    while data:
        done = os.pwrite(handle, data, offset)
        if not done:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data, offset = data[done:], offset + done
