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
    """An event in a line: when, of which task, what, for and by whom, and which rule it broke.

    ``entry`` is the line of the session history that tells of it: its note comes last. Where such
    a line is all that happened, its own words are told.
    """
    written = event.detail if isinstance(event.detail, HistoryEntry) else None
    entry = entry or written
    words: str = event.kind
    actor, human = event.actor, event.human
    if written is not None and written.event is not None:
        words, actor, human = written.event, written.actor, written.human
    if event.kind in ("moved", "reassigned", "renamed", "reprioritised"):
        nothing = "none" if event.kind == "reprioritised" else "nobody"
        words += f" {event.from_text or nothing} -> {event.to_text or nothing}"
    # Of one that was reassigned, the line tells for whom the task is now: that is said already.
    if entry is not None and entry.for_agent is not None and event.kind != "reassigned":
        words += f" for {entry.for_agent}"
    if actor is not None:
        words += f" by {actor}{' (human)' if human else ''}"
    if written is not None and written.from_status != written.to_status:
        words += f" ({written.from_status} -> {written.to_status})"
    if event.violation is not None:
        words += f" [{event.violation}]"
    line = f"{utc(event.at)}  {event.ref or event.task or '-'}  {words}  {_about(event)}".rstrip()
    return f"{line}: {entry.note}" if entry is not None and entry.note else line


def _about(event: BoardEvent) -> str:
    match event.detail:
        case HistoryEntry(event=told, text=text):
            return text if told is None else ""
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
