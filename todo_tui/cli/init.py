"""``init``: a TODO.md to begin with."""

from __future__ import annotations

import os

from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING
from todo_tui.storage.beginning import begin
from todo_tui.storage.discover import NAME, normal

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Write the file. Raises TodoError: illegal where it exists, no_file, disk."""
    path = normal(call.args.file or call.environ.get("TODO_TUI_FILE") or NAME)
    if os.path.isdir(path):
        path = os.path.join(path, NAME)
    begin(path, call.now())
    call.out.done = True
    if call.out.json:
        call.out.document({"changed": True, "file": os.path.join(call.directory, path)})
    else:
        call.out.lines([path])
        call.out.say("next: todo-tui (the board), or todo-tui add TITLE --as NAME")
    return OK
