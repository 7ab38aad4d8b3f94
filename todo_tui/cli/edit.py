"""``edit``: single fields of a task; never its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.transition import Amend
from todo_tui.cli.answer import commit
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Parser


def add_arguments(parser: Parser, command: str) -> None:  # noqa: ARG001
    """Add the task and the fields."""
    parser.add_argument("id", metavar="ID", help="the task")
    parser.add_argument("--title", metavar="TEXT")
    parser.add_argument("--priority", metavar="P")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--assign", metavar="AGENT", help="for whom the task is")
    whom.add_argument("--unassign", action="store_true", help="the task is for nobody")
    parser.add_argument(
        "--depends-on",
        action="append",
        metavar="ID",
        help='depends on this task; repeatable, replaces all; "" for none',
    )
    parser.add_argument("--description", metavar="TEXT")


def run(call: Call) -> int:
    """Change the fields that are given."""
    args = call.args
    by = call.named_actor
    assign = "" if args.unassign else args.assign
    if assign == "" and not args.unassign:
        raise TodoError("usage", "--assign needs a name: --unassign empties it")
    depends_on = None if args.depends_on is None else tuple(filter(None, args.depends_on))
    given = (args.title, args.priority, assign, depends_on, args.description)
    if all(value is None for value in given):
        raise TodoError("usage", "edit what? give --title, --priority, --assign, --unassign, "
                                 "--depends-on or --description")  # fmt: skip
    return commit(
        call,
        Amend(
            args.id,
            by,
            title=args.title,
            priority=args.priority,
            assign=assign,
            depends_on=depends_on,
            description=args.description,
        ),
    )
