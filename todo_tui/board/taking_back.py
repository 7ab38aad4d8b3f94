"""Taking back a task that was added: its text goes, as long as it is what was put there.

Owns when that is too late: somebody has changed the task since, or relies on it. Must not know how
text is cut (``document``).
"""

from __future__ import annotations

from todo_tui.board import reading
from todo_tui.board.change import Removal
from todo_tui.board.history import event_entry
from todo_tui.board.refusals import refusal, state
from todo_tui.board.task_changes import differences
from todo_tui.board.transition import outcome
from todo_tui.board.wording import noted
from todo_tui.document import removing
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import Slot
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Task


def decide(
    board: Board, added: Task, slot: Slot, actor: Actor, note: str, now: datetime
) -> Removal:
    """What taking ``added`` back comes to, which stood in ``slot`` then.

    Raises TodoError: changed where it is too late, illegal where its text cannot go alone.
    """
    task = board.get(added.ref)
    if task is None:
        raise TodoError(
            "changed", f"{added.ref} is not in the file any more: it is gone", task=added.ref
        )
    source = board.source(task)
    if differences(added, task) or source.rstrip() != slot.source.rstrip():
        raise refusal(
            board,
            task,
            actor,
            "changed",
            f"{task.ref} {state(task)} and was changed since it was added, so it stays: delete its"
            " text in your editor (E on the board opens it there)",
        )
    waiting = [one.ref for one in board.tasks if task.id in one.dependencies]
    if waiting and len(board.with_id(task.id)) == 1:
        raise refusal(
            board,
            task,
            actor,
            "changed",
            f"{', '.join(waiting)} waits for {task.ref} by now, so it stays: take it out of the"
            " dependencies first",
        )
    entry = event_entry(
        now, task.id, "noted", actor.name, task.status, "none", human=actor.human, note=note
    )
    removal = Removal(board.place(task), (noted(entry),))
    why = _why_not(board, removal)
    if why is not None:
        raise TodoError(
            "illegal",
            f"{task.ref} cannot be taken out of the file: {why}; delete its text in your editor",
            task=task.ref,
        )
    return removal


def _why_not(board: Board, removal: Removal) -> str | None:
    """Why its text cannot go alone, as the end of a sentence; None where it can."""
    document = board.document
    if document is None:
        return None
    position = board.positions[removal.place]
    why = removing.obstacle(document, position)
    if why is not None:
        return why
    found = reading.read(document.splice([removing.entry(document, position)]), board)
    if found != outcome(board, removal._replace(entries=())).board:
        return "other tasks would be read otherwise without it"
    return None
