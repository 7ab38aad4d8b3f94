"""One TODO.md on the disk: read it, commit to it.

commit = lock -> fresh read -> plan -> splice -> check that the square commutes -> compare with what
is on disk -> put the new file in place -> look at what was displaced. Must not know a status or a
field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Transition


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    inode: int
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The file at one moment: its bytes, what they say, and its stamp."""

    data: bytes
    board: Board
    stamp: Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Commit:
    """What a commit came to. ``merged``: a writer without a lock had slipped in and was merged."""

    snapshot: Snapshot
    tasks: tuple[Task, ...]
    changed: bool
    merged: bool = False


class TodoFile:
    """The file at ``path`` (a symlink is followed; lock and temporary file live by the real one).

    ``wait``: seconds to wait for the lock. ``history``: whether transitions write session history
    entries. ``clock``: gives the current time, aware, UTC.
    """

    def __init__(
        self,
        path: Path,
        *,
        wait: float = 10.0,
        history: bool = True,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        raise NotImplementedError

    def read(self, previous: Snapshot | None = None) -> Snapshot:
        """The file, read steadily (half-written, empty and absent states are waited out).

        Returns ``previous`` itself where nothing changed. Raises TodoError: no_file, not_text,
        disk.
        """
        raise NotImplementedError

    def commit(self, transition: Transition) -> Commit:
        """Make ``transition`` on the file as it is under the lock.

        Raises TodoError: what ``transition.apply`` raises, and conflict, locked, disk, changed,
        no_file, not_text. Whatever is raised, the file is as it was.
        """
        raise NotImplementedError
