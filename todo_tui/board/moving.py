"""Moving a task's text among those of its list.

Owns which tasks move together and where they end up. Must not know how text is cut (``document``).
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.board.change import Moved
from todo_tui.board.refusals import refusal
from todo_tui.board.steps import named
from todo_tui.board.wording import named_actor
from todo_tui.document import moving
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.request import Move


def move(board: Board, request: Move) -> Moved:
    """What moving a task comes to. Raises TodoError for a refusal."""
    actor = named_actor(request.by)
    task = named(board, request.ref, actor, None)
    other = board.get(request.beside)
    if other is None:
        raise TodoError("no_task", f"there is no task {request.beside} to move it to")
    place, beside = board.place(task), board.place(other)
    why = None
    if place == beside:
        why = "that is the same task"
    elif board.document is None:
        why = None if task.group == other.group else "they are not in the same group"
    else:
        at = board.positions[place], board.positions[beside]
        why = moving.obstacle(board.document, *at)
    if why is not None:
        words = "below" if request.behind else "above"
        text = f"{task.ref} cannot go {words} {other.ref}: {why}"
        raise refusal(board, task, actor, "illegal", text)
    first, last = _places(board, place)
    start, stop = _places(board, beside)
    to = stop if request.behind else start
    return Moved(place, beside, request.behind, first, last, to)


def _places(board: Board, place: int) -> tuple[int, int]:
    """The tasks that move with the one at ``place``: from the first to behind the last."""
    if board.document is None:
        return place, place + 1
    block = moving.block(board.document, board.positions[place])
    return bisect_left(board.positions, block.first), bisect_left(board.positions, block.last)
