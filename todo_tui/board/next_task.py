"""What is to be done next, and by whom: the task that an agent without a word would take.

Owns the order in which tasks are taken. Must not know how one is taken (``transition``).
"""

from __future__ import annotations

from todo_tui.board.refs import is_numbered
from todo_tui.board.task import DONE, HELD, TODO, is_for, priority_rank
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.task import Task


def next_for(board: Board, agent: str | None) -> Task | None:
    """What ``claim --next`` would take for ``agent`` (None: only what is for nobody).

    Ready, assigned to the agent (by name up to ``@``) or to nobody; by priority, then those
    assigned to it, then file order. Never a task that no reference names alone.
    """
    places: dict[tuple[int, bool], list[int]] = {}
    for (priority, assigned), alike in board.tally.waiting.items():
        if assigned is None or (agent and is_for(assigned, agent)):
            order = priority_rank(priority), assigned is None
            places[order] = sorted([*places[order], *alike]) if order in places else [*alike]
    for order in sorted(places):
        for at in places[order]:
            task = board.tasks[at]
            if board.ready(task) and not is_numbered(task):
                return task
    return None


def why_nothing(board: Board, agent: str | None) -> dict[str, int]:
    """Counts for an empty ``next``: done, assigned_to_others, dependencies_open, held, other.

    ``other`` (statuses outside the workflow, twins that no reference names) only where it is
    not 0.
    """
    counts = dict.fromkeys(("done", "assigned_to_others", "dependencies_open", "held"), 0)
    for task in board.tasks:
        if task.status == DONE:
            word = "done"
        elif task.status in HELD:
            word = "held"
        elif task.status != TODO or is_numbered(task):
            word = "other"
        elif task.assigned_agent and not (agent and is_for(task.assigned_agent, agent)):
            word = "assigned_to_others"
        else:
            word = "dependencies_open"
        counts[word] = counts.get(word, 0) + 1
    return counts
