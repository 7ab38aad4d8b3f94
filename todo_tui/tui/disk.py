"""The file on the disk, as the screens need it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from todo_tui.errors import TodoError
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from todo_tui.board.thresholds import Thresholds
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.storage.snapshot import Commit, Snapshot
    from todo_tui.tui.oversight import Oversight


class DiskFile:
    """One TODO.md on the disk, read, written and watched."""

    def __init__(self, path: Path, *, wait: float, history: bool, thresholds: Thresholds) -> None:
        self._wait = wait
        self._thresholds = thresholds
        self._file = TodoFile(
            path, wait=wait, history=history, source="board", thresholds=thresholds
        )

    def read(self) -> Snapshot:
        """The file now. Raises TodoError."""
        return self._file.read()

    def commit(self, transition: Transition) -> Commit:
        """Make ``transition`` on the file as it is under the lock. Raises TodoError."""
        commit = self._file.commit(transition)
        with contextlib.suppress(TodoError):
            # Read here, where nothing waits for it, should another process have written it.
            _ = commit.snapshot
        return commit

    def watch(self, known: Snapshot | None, apart: float) -> AsyncIterator[Snapshot | TodoError]:
        """Each state of the file that differs from the one before, from ``known`` on."""
        from todo_tui.storage.watch import watch

        return watch(self._file, known, apart=apart)

    def supervise(self, by: Actor, clock: Callable[[], datetime]) -> Oversight:
        """What there is to supervise from now on, by ``by``. Raises TodoError, as ``read`` does."""
        from todo_tui.storage.journal import Journal
        from todo_tui.storage.observer import Observer
        from todo_tui.tui.oversight import Oversight

        journal = Journal(self._file.path, wait=self._wait)
        observer = Observer(self._file.path, journal, clock, thresholds=self._thresholds)
        return Oversight(journal, observer, self.read(), by, self._thresholds)
