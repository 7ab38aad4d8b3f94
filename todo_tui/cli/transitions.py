"""The verbs of the workflow: claim, start, done, release, block, unblock, reopen."""

from __future__ import annotations

from todo_tui.board.commands import COMMANDS
from todo_tui.cli.answer import commit
from todo_tui.cli.options import add_options
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments

_ALONE = frozenset({"claim", "release"})
"""Those that are also told without a task, which one to take."""


def add_arguments(parser: Arguments, command: str) -> None:
    """Add the task, and what the verb takes besides."""
    optional = {"nargs": "?"} if command in _ALONE else {}
    parser.add_argument("id", metavar="ID", help="the task", **optional)  # type: ignore[arg-type]
    if command == "release":
        parser.add_argument("--stale", action="store_true", help="all that was left too long")
        parser.add_argument("--older-than", metavar="AGE", help="with --stale: 90m, 2h, 3d")
    add_options(parser, COMMANDS[command].options)


def run(call: Call) -> int:
    """Make the transition; a claim answers with the whole task."""
    stale = call.command == "release" and (call.args.stale or call.args.older_than is not None)
    if stale:
        if call.args.id is not None or not call.args.stale or call.args.reason is not None:
            raise TodoError("usage", "release takes an ID, or --stale --older-than AGE alone")
        from todo_tui.cli import release_stale

        return release_stale.run(call)
    by = call.named_actor
    if call.command == "release" and call.args.id is None:
        raise TodoError("usage", "release what? give an ID, or --stale --older-than AGE")
    return commit(call, call.request(call.command, by), whole=call.command == "claim")
