"""``watch``: one line for each change, as it happens, until stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from todo_tui.cli.as_json import task_body, utc
from todo_tui.cli.exit_code import OK
from todo_tui.cli.output import error_body, error_lines
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Parser


class Change(NamedTuple):
    """What happened to one task between two boards.

    ``event`` is added, removed, moved (to another status), reassigned (another holder) or changed.
    ``before`` and ``after`` are the whole task; None where it was not there.
    """

    event: str
    before: Task | None
    after: Task | None


def changes(old: Board, new: Board) -> Iterator[Change]:
    """What happened from one board to the next, by reference; in the order of the new file."""
    known = {task.ref: task for task in old.tasks}
    for task in new.tasks:
        was = known.pop(task.ref, None)
        if was is None:
            yield Change("added", None, task)
        elif was.status != task.status:
            yield Change("moved", was, task)
        elif was.holder != task.holder:
            yield Change("reassigned", was, task)
        elif was != task:
            yield Change("changed", was, task)
    for was in known.values():
        yield Change("removed", was, None)


def add_arguments(parser: Parser, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Print the changes. Ends only by a signal, or where stdout is closed."""
    asyncio.run(_follow(call))
    return OK


async def _follow(call: Call) -> None:
    from todo_tui.storage.watch import watch

    board: Board | None = None
    async for seen in watch(call.file()):
        if isinstance(seen, TodoError):
            _trouble(call, seen)
        else:
            if board is None:
                call.out.say(f"watching {call.path()}")
            else:
                for change in changes(board, seen.board):
                    _tell(call, board, seen.board, change)
            board = seen.board
        call.out.flush()


def _tell(call: Call, old: Board, new: Board, change: Change) -> None:
    event, before, after = change
    task = after or before
    assert task is not None, "a change is about a task"
    at = utc(call.now())
    was, now = _difference(change)
    if call.out.json:
        call.out.document(
            {
                "at": at,
                "event": event,
                "task": task.id,
                "ref": task.ref,
                "from": was,
                "to": now,
                "before": task_body(old, before) if before else None,
                "after": task_body(new, after) if after else None,
            }
        )
        return
    words = event
    if event in {"moved", "reassigned"}:
        words += f" {was or 'nobody'} -> {now or 'nobody'}"
    if event == "moved" and task.holder is not None:
        words += f" by {task.holder}"
    call.out.lines([f"{at}  {task.ref}  {words}  {task.title}"])


def _difference(change: Change) -> tuple[str | None, str | None]:
    """The holder before and after of what was reassigned, the status of anything else."""
    event, before, after = change
    name = "holder" if event == "reassigned" else "status"
    return getattr(before, name, None), getattr(after, name, None)


def _trouble(call: Call, error: TodoError) -> None:
    if call.out.json:
        call.out.document({"at": utc(call.now()), "error": error_body(error)})
    else:
        call.out.say(*error_lines(error))
