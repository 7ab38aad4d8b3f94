"""Events as lines for people. Must not print."""

from __future__ import annotations

from todo_tui.board.event import Lost, Order, Several
from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault
from todo_tui.board.times import utc
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.event import BoardEvent


def event_line(event: BoardEvent, entry: HistoryEntry | None = None) -> str:
    """An event in a line: when, of which task, what, by whom, and which rule it broke.

    ``entry`` is the line of the session history that tells of it: its note comes last.
    """
    words: str = event.kind
    if event.kind in ("moved", "reassigned", "renamed", "reprioritised"):
        words += f" {event.from_text or 'nobody'} -> {event.to_text or 'nobody'}"
    if event.actor is not None:
        words += f" by {event.actor}{' (human)' if event.human else ''}"
    if event.violation is not None:
        words += f" [{event.violation}]"
    line = f"{utc(event.at)}  {event.ref or '-'}  {words}  {_about(event)}".rstrip()
    if entry is None or entry is event.detail or not entry.note:
        return line
    return f"{line}: {entry.note}"


def _about(event: BoardEvent) -> str:
    match event.detail:
        case HistoryEntry(text=text):
            return text
        case Fault(message=message):
            return message
        case Lost(entries):
            return f"gone: {'; '.join(entry.text for entry in entries)}"
        case Several(after=tasks):
            return " ".join(task.ref for task in tasks)
        case Order(after=refs):
            return " ".join(refs)
    task = event.after or event.before
    return task.title if task is not None else ""
