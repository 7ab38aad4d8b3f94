"""``edit``: single fields of a task; never its status."""

from __future__ import annotations

from todo_tui.board.commands import COMMANDS
from todo_tui.cli.answer import commit
from todo_tui.cli.options import add_options
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Add the task and the fields."""
    parser.add_argument("id", metavar="ID", help="the task")
    add_options(parser, COMMANDS[command].options)


def run(call: Call) -> int:
    """Change the fields that are given."""
    return commit(call, call.request(call.command, call.named_actor))
