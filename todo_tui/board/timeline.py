"""What happened, each thing once: events and the session history in one row of time.

Owns which line of the history tells of which event. Must not read a journal, or find words for it.
"""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter

from todo_tui.board.event import BoardEvent
from todo_tui.board.history import HistoryEntry
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    Key: TypeAlias = tuple[str | None, str, str | None, str | None]

_SAME: Final = timedelta(minutes=2)
"""An entry of a time so near to an event that says the same, or seen so near, tells of it."""

_SECOND: Final = timedelta(microseconds=999_999)


class Happening(NamedTuple):
    """One thing that happened, and the line of the session history that tells of it, if one does.

    ``seen`` is False where nobody saw it happen, and there is only the line: then ``event`` is one
    of kind ``history`` that was made of it.
    """

    event: BoardEvent
    entry: HistoryEntry | None = None
    seen: bool = True

    @property
    def at(self) -> datetime:
        """When it was seen, or where it was not when the history says it was; UTC."""
        return self.event.at

    @property
    def order(self) -> datetime:
        """Its place in the order of time."""
        return self.at if self.seen else placed(self.at)


def placed(at: datetime) -> datetime:
    """Where something is put of which only the second is known that it happened in.

    At the end of that, since what was seen in that second before it was written stands before it.
    """
    return at if at.microsecond else at + _SECOND


def timeline(
    history: Iterable[HistoryEntry], events: Iterable[BoardEvent]
) -> tuple[Happening, ...]:
    """All that ``events`` and the entries of a session history tell, oldest first.

    An entry without a time is left out where nobody saw it being written.
    """
    rows: list[Happening] = []
    alike: dict[Key, list[int]] = {}
    written: list[tuple[HistoryEntry, BoardEvent]] = []
    for event in events:
        if isinstance(event.detail, HistoryEntry):
            written.append((event.detail, event))
            continue
        for key in _keys(event):
            alike.setdefault(key, []).append(len(rows))
        rows.append(Happening(event))
    known: set[tuple[datetime | None, str]] = set()
    for entry, event in written:
        line = (entry.at, entry.text)
        if line not in known:  # else it came back, and is no news
            known.add(line)
            _tell(rows, alike, entry, event)
    for entry in history:
        if entry.at is not None and (entry.at, entry.text) not in known:
            _tell(rows, alike, entry, None)
    return tuple(sorted(rows, key=attrgetter("order")))


def _keys(event: BoardEvent) -> Iterator[Key]:
    """What an entry about this event has to say, for each name of the task."""
    for name in {event.ref, event.task}:
        match event.kind:
            case "moved":
                yield name, "moved", event.from_text, event.to_text
            case "added":
                yield name, "created", None, None
            case "reassigned":
                yield name, "reassigned", None, None


def _key(entry: HistoryEntry) -> Key:
    if entry.event in ("created", "reassigned"):
        return entry.task, entry.event, None, None
    return entry.task, "moved", entry.from_status, entry.to_status


def _tell(
    rows: list[Happening],
    alike: dict[Key, list[int]],
    entry: HistoryEntry,
    event: BoardEvent | None,
) -> None:
    """Put an entry to the event that it tells of, the nearest; else it is a row of its own."""
    times = [at for at in (entry.at, event and event.at) if at is not None]
    if not times:
        return

    def distance(index: int) -> timedelta:
        return min(abs(rows[index].at - at) for at in times)

    likely = [
        index
        for index in (alike.get(_key(entry), ()) if entry.event is not None else ())
        if rows[index].entry is None and distance(index) <= _SAME
    ]
    if likely:
        nearest = min(likely, key=distance)
        rows[nearest] = rows[nearest]._replace(entry=entry)
    elif event is not None:
        rows.append(Happening(event, entry))
    else:
        made = BoardEvent(
            "history",
            times[0],
            "file",
            entry.task,
            entry.task,
            entry.actor,
            entry.human,
            detail=entry,
        )
        rows.append(Happening(made, entry, seen=False))
