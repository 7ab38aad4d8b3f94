"""Events as lines for people. Must not print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.history import HistoryEntry
from todo_tui.board.task import Fault
from todo_tui.cli.as_json import utc

if TYPE_CHECKING:
    from todo_tui.board.event import BoardEvent


def event_line(event: BoardEvent) -> str:
    """An event in a line: when, of which task, what, by whom, and which rule it broke."""
    words: str = event.kind
    if event.kind in ("moved", "reassigned", "renamed", "reprioritised"):
        words += f" {event.from_text or 'nobody'} -> {event.to_text or 'nobody'}"
    if event.actor is not None:
        words += f" by {event.actor}{' (human)' if event.human else ''}"
    if event.violation is not None:
        words += f" [{event.violation}]"
    return f"{utc(event.at)}  {event.ref or '-'}  {words}  {_about(event)}".rstrip()


def _about(event: BoardEvent) -> str:
    if isinstance(event.detail, HistoryEntry):
        return event.detail.text
    if isinstance(event.detail, Fault):
        return event.detail.message
    task = event.after or event.before
    return task.title if task is not None else ""
