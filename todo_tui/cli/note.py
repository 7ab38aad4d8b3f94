"""``note``: a session history line about a task."""

from __future__ import annotations

from todo_tui.cli.answer import commit
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the task and the text."""
    parser.add_argument("id", metavar="ID", help="the task")
    parser.add_argument("text", metavar="TEXT", help="one line, quoted")


def run(call: Call) -> int:
    """Write the note."""
    return commit(call, call.request(call.command, call.named_actor))
