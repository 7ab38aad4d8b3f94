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
    """What happened to a task between two boards.

    ``kind`` is added, removed, moved (``before`` and ``after`` are statuses), holder (they are
    names of holders) or edited. ``task`` is as it is afterwards; a removed one as it was.
    """

    kind: str
    task: Task
    before: str | None = None
    after: str | None = None


def changes(old: Board, new: Board) -> Iterator[Change]:
    """What happened from one board to the next, by reference; in the order of the new file."""
    known = {task.ref: task for task in old.tasks}
    for task in new.tasks:
        was = known.pop(task.ref, None)
        if was is None:
            yield Change("added", task, None, task.status)
        elif was.status != task.status:
            yield Change("moved", task, was.status, task.status)
        elif was.holder != task.holder:
            yield Change("holder", task, was.holder, task.holder)
        elif was != task:
            yield Change("edited", task)
    for was in known.values():
        yield Change("removed", was, was.status, None)


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
                    _tell(call, board if change.kind == "removed" else seen.board, change)
            board = seen.board
        call.out.flush()


def _tell(call: Call, board: Board, change: Change) -> None:
    at = utc(call.now())
    if call.out.json:
        call.out.document(
            {
                "at": at,
                "change": change.kind,
                "from": change.before,
                "to": change.after,
                "task": task_body(board, change.task),
            }
        )
        return
    words = change.kind
    if change.kind in {"moved", "holder"}:
        words += f" {change.before or 'nobody'} -> {change.after or 'nobody'}"
    if change.kind == "moved" and change.task.holder is not None:
        words += f" by {change.task.holder}"
    call.out.lines([f"{at}  {change.task.ref}  {words}  {change.task.title}"])


def _trouble(call: Call, error: TodoError) -> None:
    if call.out.json:
        call.out.document({"at": utc(call.now()), "error": error_body(error)})
    else:
        call.out.say(*error_lines(error))
