"""``history``: the session history, oldest first."""

from __future__ import annotations

from datetime import UTC, datetime

from todo_tui.board.times import read_length, read_time
from todo_tui.cli.as_json import entry_bodies
from todo_tui.cli.as_text import history_lines
from todo_tui.cli.exit_code import OK
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add the filters."""
    parser.add_argument("id", metavar="ID", nargs="?", help="only what is about this task")
    parser.add_argument(
        "--since",
        metavar="T",
        help="only from this time on: 2026-11-22, 2026-11-22T12:00Z, 90m, 3d",
    )


def run(call: Call) -> int:
    """Print the entries. Raises TodoError: no_task, ambiguous, usage, and what reading raises."""
    args = call.args
    since = since_time(args.since, call.now()) if args.since is not None else None
    board = call.read()
    entries = board.history if args.id is None else board.history_of(board.find(args.id))
    if since is not None:
        entries = tuple(entry for entry in entries if entry.at is not None and entry.at >= since)
    if call.out.json:
        call.out.document({"entries": entry_bodies(board, entries)})
        return OK
    call.out.lines(history_lines(entries), columns=call.out.columns)
    if not entries:
        call.out.say("no entries")
    return OK


def since_time(text: str, now: datetime) -> datetime:
    """A time, or how long ago. Raises TodoError (``usage``)."""
    length = read_length(text)
    if length is not None:
        start = datetime.min.replace(tzinfo=UTC)
        return now - length if length <= now - start else start
    at = read_time(text)
    if at is None:
        raise TodoError("usage", f"--since takes a time (2026-11-22) or an age (3d), not {text}")
    return at
