"""Which deed of one's own is undone next. Must not know how it is undone (``remedy``)."""

from __future__ import annotations

from todo_tui.board.request import Restore
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
    ``undoings`` when that was done, since an undoing is not undone. Raises TodoError ``nothing``.
    """
    before = {(event.at, event.ref) for event in events if event.key in undone}
    for event in reversed(events):
        mine = (event.actor, event.human) == (by.name, by.human) and event.source != "file"
        told = event.kind not in ("history", "fault", "fault_cleared", "violation", "regrouped")
        if mine and told and (event.at, event.ref) not in before and event.at not in undoings:
            return Restore(event, by, undo=True)
    raise TodoError("nothing", f"the journal tells of nothing that {by.name} did and could undo")
