"""The verbs of the workflow: claim, start, done, release, block, unblock, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.transition import (
    Block,
    Claim,
    ClaimNext,
    Finish,
    Release,
    Reopen,
    Start,
    Unblock,
)
from todo_tui.cli.answer import commit
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.board.transition import Actor, Transition
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Parser


def add_arguments(parser: Parser, command: str) -> None:
    """Add the task, and what the verb takes besides."""
    if command == "claim":
        parser.add_argument("id", metavar="ID", nargs="?", help="the task")
        parser.add_argument(
            "--next", action="store_true", help="the best task that is ready, and for me or nobody"
        )
        return
    if command == "release":
        parser.add_argument("id", metavar="ID", nargs="?", help="the task")
        parser.add_argument("--stale", action="store_true", help="all that was left too long")
        parser.add_argument("--older-than", metavar="AGE", help="with --stale: 90m, 2h, 3d")
    else:
        parser.add_argument("id", metavar="ID", help="the task")
    if command == "done":
        parser.add_argument("--note", metavar="TEXT", help="what was done, for the history")
    if command in {"release", "block", "reopen"}:
        parser.add_argument("--reason", metavar="TEXT", help="why, for the history")


def run(call: Call) -> int:
    """Make the transition; a claim answers with the whole task."""
    if call.command == "release" and (call.args.stale or call.args.older_than is not None):
        if call.args.id is not None or not call.args.stale or call.args.reason is not None:
            raise TodoError("usage", "release takes an ID, or --stale --older-than AGE alone")
        from todo_tui.cli import release_stale

        return release_stale.run(call)
    by = call.named_actor
    return commit(call, _transition(call, by), whole=call.command == "claim")


def _transition(call: Call, by: Actor) -> Transition:
    args = call.args
    match call.command:
        case "claim" if args.next:
            if args.id is not None:
                raise TodoError("usage", "claim takes an ID or --next, not both")
            return ClaimNext(by)
        case "claim":
            if args.id is None:
                raise TodoError("usage", "claim what? give an ID, or --next")
            return Claim(args.id, by)
        case "start":
            return Start(args.id, by)
        case "done":
            return Finish(args.id, by, note=args.note)
        case "release":
            if args.id is None:
                raise TodoError("usage", "release what? give an ID, or --stale --older-than AGE")
            return Release(args.id, by, reason=args.reason)
        case "block":
            return Block(args.id, by, reason=args.reason)
        case "unblock":
            return Unblock(args.id, by)
    return Reopen(args.id, by, reason=args.reason)
