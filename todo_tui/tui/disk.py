"""The file on the disk, as the screens need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from todo_tui.board.transition import Transition
    from todo_tui.errors import TodoError
    from todo_tui.storage.todo_file import Commit, Snapshot


class DiskFile:
    """One TODO.md on the disk, read, written and watched."""

    def __init__(self, path: Path, *, wait: float, history: bool) -> None:
        self._file = TodoFile(path, wait=wait, history=history)

    def read(self) -> Snapshot:
        """The file now. Raises TodoError."""
        return self._file.read()

    def commit(self, transition: Transition) -> Commit:
        """Make ``transition`` on the file as it is under the lock. Raises TodoError."""
        return self._file.commit(transition)

    def watch(self, known: Snapshot | None) -> AsyncIterator[Snapshot | TodoError]:
        """Each state of the file that differs from the one before, from ``known`` on."""
        from todo_tui.storage.watch import watch

        return watch(self._file, known)
