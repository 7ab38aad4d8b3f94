"""The journal: what was done through this program, and what open boards saw others do.

Owns the files ``journal.jsonl`` and, when that has grown, ``journal.1.jsonl`` in the folder of the
lock: who may write (whoever holds the lock), how a line is added and a cut one left behind, and
which of two boards that saw the same change writes it down. Reading takes no lock and makes
nothing. Must not know what an event means.
"""

from __future__ import annotations

import os
from functools import lru_cache
from types import MappingProxyType

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal
from todo_tui.storage import beside, disk, lock
from todo_tui.storage.dealings import Dealings
from todo_tui.storage.journal_file import NAME, OLDER, append
from todo_tui.storage.journal_past import chain, end_of, past_of, tells
from todo_tui.storage.journal_record import (
    Committed,
    Looked,
    Mark,
    NewerError,
    Record,
    parse,
    render,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from _typeshed import StrPath

    from todo_tui.board.event import BoardEvent

_LARGEST: Final = 1 << 28
"""Bytes from which on a file is no journal: one line tells of one commit, however long."""

_BLOCK: Final = 65536
"""Bytes that are read at once to find where the last line begins."""


Standing = Literal["same", "alike", "other"]
"""How a file stands to a state that was seen: it is the same still; or it says the same, but was
written anew and may have said something else in between; or it says something else."""


class Position(NamedTuple):
    """A place between two lines of the journal: the file that it is in, and bytes from its start.

    It outlives that the file is put aside. ``START`` is before all lines.
    """

    inode: int
    offset: int


START: Final = Position(0, 0)

GONE: Final = (
    f"{NAME}: the journal is gone: what happened before stands in the session history alone"
)


class Line(NamedTuple):
    """One record and the positions before and behind it."""

    record: Record
    start: Position
    stop: Position


class JournalRead(NamedTuple):
    """All that the journal tells, in the order of time, and what of it could not be read.

    ``dealt`` holds, by its key, what was done about a violation; ``seen`` until when each person
    has looked. ``problems`` are sentences of ours for a person. ``states`` are digests of all that
    the file is known to have been.
    """

    events: tuple[BoardEvent, ...] = ()
    dealt: Mapping[str, Mark] = MappingProxyType({})
    seen: Mapping[str, datetime] = MappingProxyType({})
    problems: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()

    @property
    def violations(self) -> tuple[BoardEvent, ...]:
        """The violations that nobody has dealt with, oldest first."""
        return tuple(e for e in self.events if e.violation is not None and e.key not in self.dealt)


class Witnessed(NamedTuple):
    """What came of telling the journal of a look at the file.

    ``events`` are all that happened since the last look, those that others had written down first.
    ``position`` is where the next look goes on. ``told``: the look counts; where it does not, the
    file has changed meanwhile and others tell of that already: compare the next state with the old
    one. ``passed``: the starts of the lines behind ``position`` that were told, too. ``states``:
    digests of what the file is known to have been meanwhile.
    """

    events: tuple[BoardEvent, ...]
    position: Position
    told: bool = True
    passed: frozenset[Position] = frozenset()
    states: frozenset[str] = frozenset()


class Journal:
    """The journal of the file at ``path`` (a symlink is followed).

    ``wait``: seconds to wait for the lock.
    """

    def __init__(self, path: StrPath, *, wait: float = 10.0) -> None:
        self._path = path
        self._wait = wait

    def hurry(self, seconds: float) -> None:
        """Wait for the lock no longer than so many seconds from now on."""
        self._wait = min(self._wait, seconds)

    @property
    def folder(self) -> str:
        """Where it is, or would be."""
        return lock.folder_of(os.path.realpath(self._path))

    def read(self, since: datetime | None = None) -> JournalRead:
        """The journal, its events from ``since`` on; empty where there is none.

        What cannot be read is left out and said. Raises TodoError ``disk``.
        """
        lines, problems = self.after(START)
        if not lines and not problems and self._is_gone():
            problems = (GONE,)
        events: list[BoardEvent] = []
        dealings = Dealings()
        seen: dict[str, datetime] = {}
        for line in lines:
            match line.record:
                case Mark(kind="seen", at=at, by=by):
                    seen[by] = max(at, seen.get(by, at))
                case Mark() as mark:
                    dealings.add(mark)
                case Committed() | Looked() as told:
                    events += (e for e in told.events if since is None or e.at >= since)
        events.sort(key=lambda event: event.at)
        return JournalRead(tuple(events), dealings.marks, seen, problems, _states(lines))

    def end(self) -> Position:
        """Behind the last line of now, and before one that is cut off or still being written."""
        try:
            handle = beside.open_file(os.path.join(self.folder, NAME), os.O_RDONLY)
        except OSError:
            return START
        try:
            status = os.fstat(handle)
            return Position(status.st_ino, _whole(handle, status.st_size))
        finally:
            os.close(handle)

    def after(self, position: Position) -> tuple[list[Line], tuple[str, ...]]:
        """The records behind ``position``, and what could not be read, as sentences.

        All of them where the files are others than they were. Raises TodoError ``disk``.
        """
        newer = _chunk(os.path.join(self.folder, NAME), position)
        chunks = [newer]
        if newer is None or newer.inode != position.inode or newer.offset != position.offset:
            older, newer = self._files()
            if older is not None and _holds(older, position):
                older = older.behind(position.offset)
            chunks = [older, newer]
        lines: list[Line] = []
        problems: list[str] = []
        for chunk in chunks:
            if chunk is not None:
                problems += _read_lines(chunk, lines, last=chunk is chunks[-1])
        return lines, tuple(problems)

    def lacks(self, position: Position) -> bool:
        """Whether the file that a position is in was taken away, or cut before it."""
        folder = self.folder
        files = [_status(os.path.join(folder, name)) for name in (NAME, OLDER)]
        there = any(
            it is not None and it.st_ino == position.inode and it.st_size >= position.offset
            for it in files
        )
        return position != START and not there

    def append(self, data: bytes) -> None:
        """Write whole lines of records down. The caller holds the lock. Raises OSError."""
        append(self.folder, data, os.path.realpath(self._path))

    def mark(self, mark: Mark) -> None:
        """Write a mark down, under the lock. Raises TodoError: locked, disk."""
        with lock.held(self.folder, wait=self._wait, what=f"mark by {mark.by}"):
            self._append((mark,))

    def witness(
        self,
        before: str,
        after: str,
        position: Position,
        describe: Callable[[tuple[BoardEvent, ...]], tuple[BoardEvent, ...]],
        standing: Callable[[], Standing],
        passed: frozenset[Position] = frozenset(),
    ) -> Witnessed:
        """Write down what happened between two looks of one board, unless that is told already.

        ``before`` and ``after`` are digests of what was seen; the journal told all of ``before`` at
        ``position``, and in the lines behind it that begin at ``passed``. ``describe`` is given
        what was written down since and says what else happened; ``standing`` how the file stands to
        the state ``after``. Where there is no folder nothing is written and everything is
        new. Raises TodoError: locked, disk.
        """
        if not os.path.isdir(self.folder):
            return Witnessed(describe(()), START)
        with lock.held(self.folder, wait=self._wait, what="writing down what was seen"):
            lines, _ = self.after(position)
            everything = [line for line in lines if not isinstance(line.record, Mark)]
            lines = [line for line in everything if line.start not in passed]
            stands = standing()
            current = stands == "same"
            past = lines if current else past_of(lines, after)
            told = tells(past, before, after)
            if told is not None and not current:
                past = told
            elif told is not None and len(told) < len(past) and end_of(past) != after:
                told = None  # what was written down since led elsewhere: it was undone
            known = {line.start for line in past}
            ahead = [line for line in lines if line.start not in known]
            if told is None and not current and lines:
                later = any(isinstance(line.record, Looked) for line in ahead)
                if later or (not ahead and stands == "other"):
                    return Witnessed((), position, False, passed)
            events = _events(past)
            new = () if told is not None else describe(events)
            own = self.end()
            if new:
                self._append((Looked(after, new),))
            if not ahead:
                stop = self.end() if new else everything[-1].stop if everything else position
                return Witnessed((*events, *new), stop, states=_states(past))
            known |= passed
            first = everything.index(ahead[0])
            behind = [line.start for line in everything[first:] if line.start in known]
            behind += [own] if new else []
            told_of = (*events, *new)
            return Witnessed(told_of, ahead[0].start, True, frozenset(behind), _states(past))

    def told(self, before: str, states: Sequence[str], position: Position) -> Witnessed | None:
        """What happened from ``before`` to the last of ``states``, where commits tell all of it.

        Those are digests of what was seen, one after the other; the journal told all of ``before``
        at ``position``. None where anything else may have happened in between: ``witness`` finds
        that out, under the lock. Raises TodoError ``disk``.
        """
        lines, _ = self.after(position)
        lines = [line for line in lines if not isinstance(line.record, Mark)]
        count = chain(lines, before, states)
        if not count:
            return None
        lines = lines[:count]
        return Witnessed(_events(lines), lines[-1].stop, states=_states(lines))

    def _is_gone(self) -> bool:
        """Whether there is no journal where commits were made, each of which writes into it."""
        there = any(os.path.exists(os.path.join(self.folder, name)) for name in (NAME, OLDER))
        return not there and lock.peek(self.folder).last is not None

    def _append(self, records: Sequence[Record]) -> None:
        try:
            self.append(b"".join(map(render, records)))
        except OSError as error:
            raise disk.unwritable(os.path.join(self.folder, NAME), error) from error

    def _files(self) -> tuple[_Chunk | None, _Chunk | None]:
        """The older file and the newer one, of one moment."""
        path, other = (os.path.join(self.folder, name) for name in (OLDER, NAME))
        for _ in range(3):
            older, newer = _chunk(path), _chunk(other)
            if older is None or newer is None or older.inode != newer.inode:
                status = _status(path)
                if (status and status.st_ino) == (older and older.inode):
                    return older, newer
        return older, newer


class _Chunk(NamedTuple):
    """The bytes of a file from ``offset`` on."""

    name: str
    inode: int
    data: bytes
    offset: int = 0

    def behind(self, offset: int) -> _Chunk:
        return self._replace(data=self.data[offset - self.offset :], offset=offset)


def _chunk(path: str, position: Position = START) -> _Chunk | None:
    """A file of the journal, from ``position`` on where that is between two lines of it."""
    try:
        handle = beside.open_file(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk.unreadable(path, error) from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if status.st_size > _LARGEST:
            raise disk.unreadable(path, OSError("it is larger than any journal; take it away"))
        offset = 0
        if status.st_ino == position.inode and 0 < position.offset <= status.st_size:
            file.seek(position.offset - 1)
            offset = position.offset if file.read(1) == b"\n" else 0
        file.seek(offset)
        return _Chunk(os.path.basename(path), status.st_ino, file.read(), offset)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _whole(handle: int, size: int) -> int:
    """How many of the first ``size`` bytes of a file are whole lines."""
    while size:
        start = max(0, size - _BLOCK)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, size - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        size = start
    return 0


def _holds(chunk: _Chunk, position: Position) -> bool:
    """Whether ``position`` is between two lines of a file."""
    at = position.offset
    if chunk.inode != position.inode or at > len(chunk.data):
        return False
    return not at or at == len(chunk.data) or chunk.data[at - 1 : at] == b"\n"


@lru_cache(32)  # an open board reads each new line twice: for what happened, and for the marks
def _record(line: bytes) -> Record:
    return parse(line)


def _read_lines(chunk: _Chunk, lines: list[Line], *, last: bool) -> list[str]:
    """Add a file's records to ``lines``; what is wrong with it, as sentences."""
    newer = unread = 0
    cut = False
    at = chunk.offset
    for raw in chunk.data.splitlines(keepends=True):
        start, at = Position(chunk.inode, at), at + len(raw)
        if not raw.strip():
            continue
        try:
            record = _record(raw)
        except NewerError:
            newer += 1
        except (ValueError, RecursionError):
            if last and not raw.endswith(b"\n"):
                cut = True
            else:
                unread += 1
        else:
            lines.append(Line(record, start, Position(chunk.inode, at)))
    problems: list[str] = []
    if newer:
        words = f"{newer} line{'s' * (newer > 1)}"
        problems.append(f"{chunk.name}: {words} of a newer version of todo-tui left out")
    if unread:
        words = f"{unread} line{'s' * (unread > 1)}"
        problems.append(f"{chunk.name}: {words} that cannot be read left out")
    if cut:
        problems.append(f"{chunk.name}: the last line is cut off, and left out")
    return problems


def _states(lines: Sequence[Line]) -> frozenset[str]:
    """What the file was, as far as these lines tell."""
    found: set[str] = set()
    for line in lines:
        match line.record:
            case Committed(before=before, after=after):
                found |= {before, after}
            case Looked(after=after):
                found.add(after)
    return frozenset(found)


def _events(lines: Sequence[Line]) -> tuple[BoardEvent, ...]:
    records = (line.record for line in lines)
    told = (record for record in records if not isinstance(record, Mark))
    return tuple(event for record in told for event in record.events)
