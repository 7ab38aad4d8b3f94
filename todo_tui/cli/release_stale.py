"""``release --stale``: gives back what was left for longer than a time that is named."""

from __future__ import annotations

from todo_tui.board.age import age
from todo_tui.board.attention import overdue
from todo_tui.board.board import board_of
from todo_tui.board.memory import NOTHING
from todo_tui.board.request import Release, Seen
from todo_tui.board.task import CLAIMED, IN_PROGRESS
from todo_tui.board.thresholds import Thresholds
from todo_tui.board.times import read_length, utc
from todo_tui.cli.as_json import task_bodies
from todo_tui.cli.as_text import task_rows
from todo_tui.cli.exit_code import OK
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from todo_tui.board.attention import Overdue
    from todo_tui.board.task import Task
    from todo_tui.cli.call import Call


def run(call: Call) -> int:
    """Release them, each as it was seen. Raises TodoError: usage without a scope, needs_supervisor.

    One that has changed meanwhile is left alone, and said.
    """
    by = call.named_actor
    if call.args.older_than is None:
        raise TodoError("usage", "release --stale needs a scope: --older-than 2h")
    limit = _length(call.args.older_than)
    if not by.supervisor:
        raise TodoError("needs_supervisor", "only a supervisor releases stale tasks, with --as")
    file, now = call.writable(), call.now()
    board = file.read().board
    memory = NOTHING.after(call.journal().events)
    patience = Thresholds(patience={CLAIMED: limit, IN_PROGRESS: limit})
    released: list[Task] = []
    for one in overdue(board, now, memory=memory, thresholds=patience):
        seen = Seen(one.task.status, one.task.holder)
        try:
            done = file.commit(Release(one.task.ref, by, _reason(one, now), seen))
        except TodoError as error:
            if error.code not in ("changed", "no_task", "ambiguous"):
                raise
            call.out.say(f"todo-tui: left alone: {error.message}")
            continue
        board = done.board
        released += done.tasks
    call.out.done = True
    if any(board.get(task.ref) is None for task in released):
        board = board_of(released)  # somebody has taken one of them away since
    if call.out.json:
        call.out.document({"changed": bool(released), "tasks": task_bodies(board, released)})
    elif released:
        call.out.lines(task_rows(board, released, now), columns=call.out.columns)
    else:
        call.out.say("nothing is stale for so long")
    return OK


def _reason(one: Overdue, now: datetime) -> str:
    word = "claimed and not started" if one.need == "stale" else "no sign of life"
    return f"{word} for {age(one.since, now)}, since {utc(one.since)}"


def _length(text: str) -> timedelta:
    """A length of time, not 0. Raises TodoError (``usage``)."""
    length = read_length(text)
    if not length:
        words = f"--older-than takes a length of time (90m, 2h, 3d), not {text}"
        raise TodoError("usage", words)
    return length
