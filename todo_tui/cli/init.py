"""``init``: a TODO.md to begin with."""

from __future__ import annotations

from pathlib import Path

from todo_tui.cli.exit_code import OK
from todo_tui.static import TYPE_CHECKING
from todo_tui.storage.beginning import begin

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Write the file. Raises TodoError: illegal where it exists, no_file, disk."""
    path = Path(call.args.file or call.environ.get("TODO_TUI_FILE") or "TODO.md")
    if path.is_dir():
        path /= "TODO.md"
    begin(path, call.now())
    if call.out.json:
        call.out.document({"changed": True, "file": str(path.absolute())})
    else:
        call.out.lines([str(path)])
        call.out.say("next: todo-tui (the board), or todo-tui add TITLE --as NAME")
    return OK
