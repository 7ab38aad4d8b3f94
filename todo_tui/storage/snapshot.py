"""What the file said at one moment, and what a commit to it came to.

Owns that what the bytes say is read when somebody asks for it. Must not look at the disk: whoever
makes one of these gives it what reads.
"""

from __future__ import annotations

from todo_tui.board.board import board_of
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.storage.steady import Stamp


class Snapshot:
    """The file at one moment: its bytes, what they say, and its stamp.

    ``board`` is what they say, or how to read it where nobody has needed it yet.
    """

    __slots__ = ("_board", "_read", "data", "stamp")

    def __init__(self, data: bytes, board: Board | Callable[[bytes], Board], stamp: Stamp) -> None:
        self.data: Final = data
        self.stamp: Final = stamp
        self._board: Board | None = None
        self._read: Callable[[bytes], Board] | None = None
        if callable(board):
            self._read = board
        else:
            self._board = board

    @property
    def board(self) -> Board:
        """What the bytes say; takes its time where it ``is_unread``. Raises TodoError: not_text."""
        if self._read is not None:
            self._board, self._read = self._read(self.data), None
        assert self._board is not None, "it was read"
        return self._board

    @property
    def is_unread(self) -> bool:
        """Whether nobody has needed yet what the bytes say."""
        return self._read is not None


class Commit:
    """What a commit came to: the tasks that it is about, as they are right after it.

    ``changed``: whether the file says anything new. ``merged``: a writer without a lock had slipped
    in and was merged. ``unwritten``: why it could not be written into the journal, a sentence; None
    where it was. It says, too, where a version of others that could not be merged is kept.
    ``stamp`` is of the file that it left. ``snapshot`` may be given as what reads it.
    """

    __slots__ = ("_snapshot", "changed", "merged", "stamp", "tasks", "unwritten")

    def __init__(
        self,
        snapshot: Snapshot | Callable[[], Snapshot],
        tasks: tuple[Task, ...],
        changed: bool,
        merged: bool = False,
        unwritten: str | None = None,
        stamp: Stamp | None = None,
    ) -> None:
        self._snapshot = snapshot
        self.tasks: Final = tasks
        self.changed: Final = changed
        self.merged: Final = merged
        self.unwritten: Final = unwritten
        self.stamp: Final = stamp or self.snapshot.stamp

    @property
    def snapshot(self) -> Snapshot:
        """The file after the commit: as it left it, or where another process made it, as it is now.

        Raises TodoError, as ``read`` does, where it is read when it is first asked for.
        """
        if not isinstance(self._snapshot, Snapshot):
            self._snapshot = self._snapshot()
        return self._snapshot

    @property
    def board(self) -> Board:
        """The board to show the tasks by: the file's, or of them alone where it lacks one by now.

        Raises nothing: the commit was made.
        """
        try:
            board = self.snapshot.board
        except TodoError:
            return board_of(self.tasks)
        missing = any(board.get(task.ref) is None for task in self.tasks)
        return board_of(self.tasks) if missing else board
