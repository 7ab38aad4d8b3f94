"""Which deed of one's own is undone next. Must not know how it is undone (``remedy``)."""

from __future__ import annotations

from todo_tui.board.history import HistoryEntry
from todo_tui.board.request import Restore
from todo_tui.board.task_changes import differences
from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.request import Actor


def undo(
    events: Sequence[BoardEvent],
    by: Actor,
    *,
    undone: Collection[str] = (),
    undoings: Collection[datetime] = (),
) -> Restore:
    """The request that undoes the last deed of ``by`` among ``events``, which are oldest first.

    ``undone`` are the keys of events that were undone already, so that the one before is next (of
    several tasks that were changed by one deed, the one before);
    ``undoings`` when that was done, since an undoing is not undone. Raises TodoError: ``nothing``;
    ``illegal`` for a note.
    """
    before = {(event.at, event.ref) for event in events if event.key in undone}
    deeds = {event.at for event in events if _is_told(event)}
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if event.at in undoings or (event.at, event.ref) in before or not _is_by(event, by):
            continue
        if _is_told(event):
            others = (
                later
                for later in events[place + 1 :]
                if later.at not in undoings and later.key not in undone and not _is_by(later, by)
            )
            since = next((later for later in others if _is_same(event, later)), None)
            return Restore(event, by, undo=True, since=since)
        if event.at not in deeds and _is_note(event):
            raise TodoError(
                "illegal",
                f"the last thing that {by.name} did is a note about {event.task}, and a note stays"
                " in the session history: take back what was done before it by release, edit or"
                " another command",
                task=event.ref,
            )
    raise TodoError("nothing", f"the journal tells of nothing that {by.name} did and could undo")


def _is_by(event: BoardEvent, by: Actor) -> bool:
    return (event.actor, event.human) == (by.name, by.human) and event.source != "file"


def _is_told(event: BoardEvent) -> bool:
    """Whether it changed a task or the order of them, and is not only said of that."""
    return event.kind not in ("history", "fault", "fault_cleared", "violation", "regrouped")


def _is_note(event: BoardEvent) -> bool:
    entry = event.detail
    return isinstance(entry, HistoryEntry) and entry.event == "noted"


def _is_same(event: BoardEvent, later: BoardEvent) -> bool:
    """Whether a later event changed a field that ``event`` had changed."""
    if event.ref != later.ref or not event.before or not event.after:
        return False
    if not later.before or not later.after:
        return False
    names = differences(event.before, event.after)
    return not set(names).isdisjoint(differences(later.before, later.after))
