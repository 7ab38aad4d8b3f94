"""Dragging a card: what dropping it on each column would do, and why not.

Owns nothing of the workflow: what is legal, and the words of a refusal, are the board's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board import workflow
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.moves import ask, refusal

if TYPE_CHECKING:
    from datetime import datetime

    from textual.geometry import Offset

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Actor

FAR: float = 2.0
"""Cells that the pointer goes with a card before that is a drag."""


class Press(NamedTuple):
    """Where on the screen a button was pressed on a card, and of which task."""

    ref: str
    at: Offset


class Target(NamedTuple):
    """A column as a place to drop a card on.

    ``move`` is the action of the board that it would be, None where there is none. ``words`` say
    what it is, or why there is none; "" for the column that the card is in.
    """

    move: str | None
    words: str


def target(board: Board, task: Task, status: str, actor: Actor, now: datetime) -> Target:
    """What dropping ``task`` on the column of ``status`` would be."""
    if status == task.status:
        return Target(None, "")
    verb = next(
        (verb for verb in workflow.legal(task.status) if workflow.row(verb).target == status), None
    )
    if verb is None:
        way = workflow.path(task.status, status)
        rest = f"{workflow.words(way[:-1])} first" if way else "no step leads there"
        return Target(None, f"{_name(task.status)} → {_name(status)}: {rest}")
    if (why := refusal(board, ask(verb, task, actor, reason="-"), now)) is not None:
        return Target(None, why)
    return Target("block" if verb == "unblock" else verb, f"drop: {verb}")


def _name(status: str) -> str:
    return status.replace("_", " ")
