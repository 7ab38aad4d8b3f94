"""``check``: every fault with its place."""

from __future__ import annotations

import os

from todo_tui.cli.as_json import fault_body
from todo_tui.cli.as_text import fault_lines
from todo_tui.cli.exit_code import FAULTS, OK
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Print the faults; exit code 1 where there is one."""
    board = call.read()
    faults = board.faults
    if call.out.json:
        call.out.document({"faults": [fault_body(board, fault) for fault in faults]})
    else:
        path = os.path.relpath(call.path(), call.directory)
        for fault in faults:
            call.out.lines(fault_lines(board, fault, path))
        call.out.say(_summary(len(faults), len(board.tasks)))
    return FAULTS if faults else OK


def _summary(faults: int, tasks: int) -> str:
    return f"{_count(faults, 'fault')} in {_count(tasks, 'task')}"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
