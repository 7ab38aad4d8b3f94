"""Putting back a task that went: its exact text, and what went with it, where it was.

Owns where that is on the board as it is now. Must not know how text is cut (``document``).
"""

from __future__ import annotations

from todo_tui.board import gone, reading
from todo_tui.board.change import Exactly, PutBack
from todo_tui.board.history import event_entry
from todo_tui.board.transition import outcome
from todo_tui.board.wording import noted
from todo_tui.document import putting
from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import Slot
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Fault, Task
    from todo_tui.document.document import Document

_OF_THE_TEXT: Final = frozenset({"invalid_item", "unread_dependency"})
"""Faults of what an item says beside what is read: a task without its item does not know them."""


def decide(board: Board, task: Task, slot: Slot, actor: Actor, note: str, now: datetime) -> PutBack:
    """What putting ``task`` back comes to. Raises TodoError: changed, illegal."""
    if any(one.title == task.title for one in board.with_id(task.id)):
        raise TodoError(
            "changed", f"{task.id} is in the file again: there is nothing to put back", task=task.id
        )
    if task.ref == task.id and board.with_id(task.id):
        raise TodoError(
            "id_taken",
            f"{task.id} is the id of another task now: give that one another id first",
            task=task.id,
        )
    if board.document is not None and not slot.source:
        raise TodoError(
            "illegal", f"the text of {task.id} is not known: write it by hand", task=task.id
        )
    status = task.status
    entry = event_entry(
        now, task.id, "noted", actor.name, status, status, human=actor.human, note=note
    )
    for wanted in _ways(board, slot, PutBack(task, slot.source, None, True)):
        back = _as_read(board, wanted)
        if back is not None:
            return back._replace(entries=(noted(entry),))
    raise TodoError(
        "illegal",
        f"{task.id} would not be read as it was anywhere in the file: write it by hand",
        task=task.id,
    )


def edit(board: Board, document: Document, back: PutBack) -> Edit:
    """The edit that puts it back."""
    if back.exactly is not None:
        at = back.exactly.offset
        return Edit(Span(at, at), back.source)
    position = None if back.beside is None else board.positions[back.beside]
    return putting.entry(document, position, back.source, behind=back.behind)


def _ways(board: Board, slot: Slot, back: PutBack) -> Iterator[PutBack]:
    """Exactly where it was with all that went with it; beside a neighbour; at the end."""
    for offset, source in gone.places(board, slot):
        place = gone.place_of(board, offset)
        yield back._replace(source=source, exactly=Exactly(offset, place, (), ()))
    beside: list[PutBack] = []
    for refs, behind in ((slot.above, True), (slot.below, False)):
        for ref in refs:
            task = board.get(ref)
            if task is not None and task.group == back.task.group:
                beside.append(back._replace(beside=board.place(task), behind=behind))
    comments = gone.comments(slot)
    if comments:
        yield from (way._replace(source=comments + way.source) for way in beside)
    yield from beside
    yield back


def _as_read(board: Board, back: PutBack) -> PutBack | None:
    """``back``, if that very task would be read there and all else as it is; with what is read."""
    document = board.document
    if document is None:
        return back
    found = reading.read(document.splice([edit(board, document, back)]), board)
    if back.exactly is not None:
        if not set(board.groups) <= set(found.groups):
            return None
        exactly = back.exactly._replace(groups=found.groups, scopes=found.scopes)
        back = back._replace(exactly=exactly)
    expected = outcome(board, back)
    if found != expected.board or _faults(found) != _faults(expected.board):
        return None
    task = found.get(expected.tasks[0].ref)
    return back if task is None else back._replace(task=task)


def _faults(board: Board) -> set[Fault]:
    return {fault for fault in board.faults if fault.code not in _OF_THE_TEXT}
