"""``stale``: tasks that were left longer than there is patience for, and the evidence."""

from __future__ import annotations

from todo_tui.board.age import age
from todo_tui.board.attention import overdue
from todo_tui.board.memory import NOTHING
from todo_tui.board.task import is_of
from todo_tui.board.times import utc
from todo_tui.cli.as_json import task_bodies
from todo_tui.cli.as_text import aligned
from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add: whose tasks is an option of every command."""


def run(call: Call) -> int:
    """Print them, the longest first. Raises TodoError as reading does."""
    board, now = call.read(), call.now()
    memory = NOTHING.after(call.journal().events)
    agent = call.args.agent
    found = [
        one
        for one in overdue(board, now, memory=memory, thresholds=call.thresholds)
        if agent is None or is_of(one.task, agent)
    ]
    if call.out.json:
        bodies = task_bodies(board, [one.task for one in found])
        call.out.document(
            {
                "stale": [
                    {
                        "task": body,
                        "since": utc(one.since),
                        "age_seconds": int((now - one.since).total_seconds()),
                        "last_entry": one.entry.text if one.entry else None,
                        "last_entry_at": utc(one.entry.at) if one.entry else None,
                    }
                    for one, body in zip(found, bodies, strict=True)
                ]
            }
        )
        return OK
    rows = [
        (
            one.task.ref,
            one.task.status,
            one.task.holder or "",
            age(one.since, now),
            one.entry.text if one.entry else "no history entry",
        )
        for one in found
    ]
    if rows:
        call.out.lines(aligned(rows), columns=call.out.columns)
    else:
        call.out.say("nothing is stale")
    return OK
