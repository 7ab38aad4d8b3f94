"""``undo``: takes back the last thing that I did, and if called again the one before."""

from __future__ import annotations

from todo_tui.board.undo import undo
from todo_tui.cli.answer import commit
from todo_tui.shown import shown
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.cli.call import Call
    from todo_tui.cli.options import Arguments


def add_arguments(parser: Arguments, command: str) -> None:
    """Nothing to add."""


def run(call: Call) -> int:
    """Undo it. Raises TodoError: nothing, changed where the task was changed since, illegal."""
    by = call.named_actor
    read = call.journal()
    marks = {key: mark for key, mark in read.dealt.items() if mark.kind == "undone"}
    moments = {mark.at for mark in marks.values()}
    request = undo(read.events, by, undone=marks, undoings=moments)
    code = commit(call, request)
    if request.event.kind == "added" and not call.out.json:
        call.out.say(f"{shown(request.event.ref or '')} is taken out of the file again")
    return code
