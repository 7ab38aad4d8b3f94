"""``next``: what ``claim --next`` would take."""

from __future__ import annotations

from todo_tui.board.next_task import next_for, why_nothing
from todo_tui.board.refusals import nothing
from todo_tui.cli.exit_code import OK
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add: the agent is an option of every command."""


def run(call: Call) -> int:
    """Print the task. Raises TodoError (``nothing``, with the counts)."""
    board = call.read()
    actor = call.actor
    agent = actor.holds_as if actor else None
    task = next_for(board, agent)
    if task is None:
        if agent is not None:
            raise nothing(board, agent)
        raise TodoError(
            "nothing",
            "there is no task that is for nobody in particular: name the agent with --agent",
            counts=why_nothing(board, None),
        )
    if call.out.json:
        from todo_tui.cli.as_json import task_body

        call.out.document({"changed": False, "task": task_body(board, task)})
    else:
        from todo_tui.cli.as_text import task_lines

        call.out.lines(task_lines(board, task, call.now()))
    return OK
