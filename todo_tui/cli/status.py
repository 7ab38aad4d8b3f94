"""``status``: one line for a prompt or a status bar."""

from __future__ import annotations

from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Print how many tasks stand where."""
    board = call.read()
    counts = board.counts()
    faults = len(board.faults)
    if call.out.json:
        ready = sum(map(board.ready, board.tasks))
        call.out.document({"counts": counts, "ready": ready, "faults": faults})
        return OK
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in counts.items()]
    parts = parts or ["no tasks"]
    if faults:
        parts.append(f"{faults} fault{'' if faults == 1 else 's'}")
    call.out.lines([" · ".join(parts)])
    return OK
