"""A commit as a record of the journal, written while the commit still holds the lock.

A failure here undoes nothing: the file holds what was asked for, and the person is told.
"""

from __future__ import annotations

import os
from pathlib import Path

from todo_tui.board.plain_move import events_of_move
from todo_tui.board.request import Restore
from todo_tui.board.thresholds import DEFAULT
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, TypeAlias
from todo_tui.storage import lock
from todo_tui.storage.journal_file import append
from todo_tui.storage.journal_record import Committed, Mark, digest, render

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent, Source
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.board.transition import Transition
    from todo_tui.storage.journal_record import MarkKind, Record

    Side: TypeAlias = "tuple[bytes, Board]"


class Way(NamedTuple):
    """How a change came about: by which request, from where, and when.

    ``thresholds``: what of it passes without a word.
    """

    transition: Transition
    source: Source
    at: datetime
    thresholds: Thresholds = DEFAULT


def records_of(way: Way, before: Side, after: Side) -> bytes:
    """What the journal tells of a commit: whole lines."""
    request, at = way.transition, way.at
    events = _events(way, before[1], after[1])
    if isinstance(request, Restore):
        events = tuple(e._replace(violation=None) for e in events if e.kind != "violation")
    records: list[Record] = [Committed(digest(before[0]), digest(after[0]), events)]
    if isinstance(request, Restore):
        kind: MarkKind = "undone" if request.undo else "restored"
        records.append(Mark(kind, at, request.by.name, request.event.key))
    return b"".join(map(render, records))


def write_down(path: Path, records: bytes) -> str | None:
    """Journal what the commit of a request did to the file at ``path``. The caller holds the lock.

    Returns the sentence for a person where that fails.
    """
    try:
        append(lock.folder_of(Path(os.path.realpath(path))), records)
    except OSError as error:
        return f"it is done, but not in the journal: {error.strerror or error}"
    return None


def _events(way: Way, old: Board, new: Board) -> tuple[BoardEvent, ...]:
    actor = way.transition.by
    events = events_of_move(old, new, at=way.at, source=way.source, actor=actor)
    if events is not None:
        return events
    from todo_tui.board.changes import changes

    return changes(old, new, at=way.at, source=way.source, actor=actor, thresholds=way.thresholds)
