"""What takes a walk over the whole board to know, and is therefore found beside the screen.

Owns nothing: it asks the board, away from the screen's thread, and keeps the answers.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from todo_tui.board.task import CLAIMED, IN_PROGRESS
from todo_tui.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from todo_tui.board.board import Board
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.task import Fault


class Findings(NamedTuple):
    """What was found on ``board``, which may be older than the one on the screen.

    ``faults`` are all of the file, ``by_task`` those of each task that has any, by reference.

    ``agents`` are the names that occur in the file, sorted; ``working`` is the number of those
    that hold a claimed or started task. ``newest`` is the newest event of the session history.
    """

    board: Board | None = None
    faults: tuple[Fault, ...] = ()
    by_task: Mapping[str, tuple[Fault, ...]] = MappingProxyType({})
    agents: tuple[str, ...] = ()
    working: int = 0
    newest: HistoryEntry | None = None


def find(board: Board) -> Findings:
    """Everything there is to find on a board; takes time in proportion to its size."""
    by_task: dict[str, tuple[Fault, ...]] = {}
    for fault in board.faults:
        if fault.task is not None:
            by_task[fault.task] = (*by_task.get(fault.task, ()), fault)
    agents = {
        name
        for task in board.tasks
        for name in (task.assigned_agent, task.claimed_by)
        if name is not None
    }
    working = {task.holder for task in board.tasks if task.status in (CLAIMED, IN_PROGRESS)}
    newest = next((entry for entry in reversed(board.history) if entry.event is not None), None)
    return Findings(
        board, board.faults, by_task, tuple(sorted(agents)), len(working - {None}), newest
    )
