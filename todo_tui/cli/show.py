"""``show``: one task whole, with its history."""

from __future__ import annotations

from todo_tui.cli.as_json import entry_bodies, task_body
from todo_tui.cli.as_text import history_lines, task_lines
from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the task."""
    parser.add_argument("id", metavar="ID", help="the task")


def run(call: Call) -> int:
    """Print the task. Raises TodoError: no_task, ambiguous, and what reading raises."""
    board = call.read()
    task = board.find(call.args.id)
    entries = board.history_of(task)
    if call.out.json:
        history = entry_bodies(board, entries)
        call.out.document({"changed": False, "task": task_body(board, task), "history": history})
        return OK
    lines = task_lines(board, task, call.now())
    if entries:
        lines += ["history", *(f"  {line}" for line in history_lines(entries))]
    call.out.lines(lines)
    return OK
