"""``init``: a TODO.md to begin with."""

from __future__ import annotations

import os

from todo_tui.cli.exit_code import OK
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING
from todo_tui.storage.beginning import begin
from todo_tui.storage.discover import NAME, normal

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Write the file. Raises TodoError: illegal where it exists or hides one, no_file, disk."""
    named = call.args.file or call.environ.get("TODO_TUI_FILE")
    if not named:
        _refuse_to_hide(call)
    path = normal(named or NAME)
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


def _refuse_to_hide(call: Call) -> None:
    """Raise TodoError (``illegal``) where a file above is the one that is found from here."""
    try:
        found = call.path()
    except TodoError:
        return
    if os.path.dirname(found) == normal(call.directory):
        return
    raise TodoError(
        "illegal",
        f"{found} is the file that is found from here, and a second one would hide it: "
        "init makes that only where it is named.",
        legal=(f"todo-tui init --file {NAME}",),
    )
