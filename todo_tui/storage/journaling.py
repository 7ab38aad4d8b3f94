"""A commit as a record of the journal, written while the commit still holds the lock.

A failure here undoes nothing: the file holds what was asked for, and the person is told.
"""

from __future__ import annotations

from todo_tui.board.plain_move import events_of_move
from todo_tui.board.request import Restore
from todo_tui.static import TYPE_CHECKING
from todo_tui.storage import lock
from todo_tui.storage.journal_file import append
from todo_tui.storage.journal_record import Committed, Mark, digest, render

if TYPE_CHECKING:
    from _typeshed import StrPath

    from todo_tui.board.event import BoardEvent
    from todo_tui.storage.journal_record import MarkKind, Record
    from todo_tui.storage.planner import Deed, Planned


def records_of(planned: Planned) -> bytes:
    """What the journal tells of a commit: whole lines."""
    deeds = [it for it in planned.deeds if it.outcome is not None and it.outcome.changed]
    told = tuple(event for deed in deeds for event in _events(deed))
    records: list[Record] = [Committed(digest(planned.base), digest(planned.data), told)]
    for deed in deeds:
        request = deed.wish.transition
        if isinstance(request, Restore):
            kind: MarkKind = "undone" if request.undo else "restored"
            records.append(Mark(kind, deed.at, request.by.name, request.event.key))
    return b"".join(map(render, records))


def write_down(path: StrPath, records: bytes) -> str | None:
    """Journal what a commit did to the real file ``path`` (no symlink). The caller holds the lock.

    Returns the sentence for a person where that fails.
    """
    try:
        append(lock.folder_of(path), records, path)
    except OSError as error:
        return f"it is done, but not in the journal: {error.strerror or error}"
    return None


def _events(deed: Deed) -> tuple[BoardEvent, ...]:
    wish, old, new = deed.wish, deed.before, deed.after
    actor = wish.transition.by
    events = events_of_move(old, new, at=deed.at, source=wish.source, actor=actor)
    if events is None:
        from todo_tui.board.changes import changes

        limits = wish.thresholds
        events = changes(old, new, at=deed.at, source=wish.source, actor=actor, thresholds=limits)
    if isinstance(wish.transition, Restore):
        return tuple(e._replace(violation=None) for e in events if e.kind != "violation")
    return events
