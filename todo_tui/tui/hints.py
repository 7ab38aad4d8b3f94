"""What a field of the form may hold, and what stands for an empty one: one line below the fields.

Pure. Must not know what is wrong in a field (``form``), or a widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.style import priority_word, priority_words
from todo_tui.board.task import PRIORITIES
from todo_tui.shown import shown

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.task import Group
    from todo_tui.tui.form import Form

_HINTS: Final = {
    "title": "one line; needed",
    "tags": "words, with commas between them",
    "description": "Markdown, as long as it takes",
    "id": "empty: the next one of its kind",
}


def hint(form: Form, board: Board, name: str) -> str:
    """What there is to say about the field called ``name``; "" where nothing is."""
    new = form.ref is None or form.gone
    group = _group(form, board)
    match name:
        case "priority":
            usual = priority_word(board, "medium") if new else "none"
            given = None if new or group is None else group.priority
            words = ", ".join(priority_words(board, PRIORITIES))
            return f"{words}; {_empty(form, name, group, given, usual)}"
        case "assigned_agent":
            given = group.holder if group is not None else None
            return f"for whom it is; {_empty(form, name, group, given, 'for anybody')}"
        case "dependencies":
            words = "ids, with commas between them"
            if group is None or not group.dependencies:
                return words
            return (
                f"{words}; its group {shown(group.id)} adds {shown(', '.join(group.dependencies))}"
            )
    return _HINTS.get(name, "")


def _empty(form: Form, name: str, group: Group | None, given: str | None, usual: str) -> str:
    """What an empty field means: what the group gives, where it does."""
    if group is None or given is None:
        return f"empty: {usual}"
    if form.field(name).base.strip():
        return f"its group {shown(group.id)} has {shown(given)}"
    return f"empty: {shown(given)}, from its group {shown(group.id)}"


def _group(form: Form, board: Board) -> Group | None:
    """The group that the task is in, or that a new one comes into."""
    ref = form.ref if form.ref is not None else form.after
    task = board.get(ref) if ref is not None else None
    return board.group_of(board.place(task)) if task is not None else None
