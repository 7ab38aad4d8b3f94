"""Several transitions as one: all of them, or none.

Owns what they come to together: each is decided on the board as it is before any of them. Must not
know a rule of the workflow (``steps``).
"""

from __future__ import annotations

from todo_tui.board import steps
from todo_tui.board.change import Changes
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.request import Batch


def decide(board: Board, request: Batch, now: datetime) -> Changes:
    """What a batch comes to.

    Raises TodoError: the refusal of the only one that is refused; of several the first, and how
    many they are; ``usage`` for two requests about one task.
    """
    changes = []
    refusals: list[TodoError] = []
    for each in request.requests:
        try:
            changes.append(steps.decide(board, each, now))
        except TodoError as refusal:
            refusals.append(refusal)
    if refusals:
        first = refusals[0]
        if len(refusals) > 1:
            words = f"{len(refusals)} of {len(request.requests)} are refused, so nothing was done"
            raise TodoError(first.code, f"{words}: {first.message}") from first
        raise first
    if len({change.place for change in changes}) < len(changes):
        raise TodoError("usage", "a task can be named once in a batch")
    return Changes(tuple(changes))
