"""The session history as one, its events by the ids that they name, and how they grow.

Owns the order of the entries, and under which ids an event is found. Must not know which of them
moved a task (``board``).
"""

from __future__ import annotations

from functools import cached_property

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.history import HistoryEntry, Section


class Events(NamedTuple):
    """Events, oldest first, by the id that they name, and by the id before a twin's ``#``.

    Notes are none. ``latest`` is the time of the newest entry of the history.
    """

    by_id: dict[str, list[HistoryEntry]]
    latest: datetime | None


class Past:
    """What the ``sections`` of a file tell of, found when it is first asked for.

    ``known`` are its events where a maker has them already. Knows of no board, so that what asks
    it beside one does not keep that.
    """

    def __init__(self, sections: Sequence[Section], known: Events | None = None) -> None:
        self._sections = sections
        self._known = known

    @cached_property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """All entries of all sections, oldest first, undated ones at their neighbour's place."""
        dated: list[tuple[float, HistoryEntry]] = []
        for section in self._sections:
            entries = section.entries[::-1] if section.newest_first else section.entries
            at = next((entry.at.timestamp() for entry in entries if entry.at), float("-inf"))
            for entry in entries:
                at = entry.at.timestamp() if entry.at else at
                dated.append((at, entry))
        dated.sort(key=lambda pair: pair[0])
        return tuple(entry for _, entry in dated)

    @property
    def events(self) -> Events:
        """The events of all entries."""
        if self._known is None:
            self._known = events_of(self.entries)
        return self._known

    def grown(self, new: Iterable[HistoryEntry]) -> Events | None:
        """The events with ``new`` behind all others; None where they are to be read anew."""
        return None if self._known is None else grown(self._known, new)

    def finished(self, task_id: str) -> bool:
        """Whether the last event about an id is its finish."""
        moves = self.events.by_id.get(task_id)
        return moves is not None and moves[-1].event == "finished"


def events_of(history: Sequence[HistoryEntry]) -> Events:
    """The events of a history, oldest first."""
    found: dict[str, list[HistoryEntry]] = {}
    for entry in history:
        for name in _names_of(entry):
            found.setdefault(name, []).append(entry)
    return Events(found, next((it.at for it in reversed(history) if it.at is not None), None))


def grown(events: Events, new: Iterable[HistoryEntry]) -> Events | None:
    """``events`` and ``new`` behind all of them; None where ``new`` is not the newest."""
    found, latest = dict(events.by_id), events.latest
    for entry in new:
        if entry.at is None or (latest is not None and entry.at < latest):
            return None
        for name in _names_of(entry):
            found[name] = [*found.get(name, ()), entry]
        latest = entry.at
    return Events(found, latest)


def _names_of(entry: HistoryEntry) -> tuple[str, ...]:
    if entry.task is None or entry.event == "noted":
        return ()
    return (entry.task, entry.task.rpartition("#")[0]) if "#" in entry.task else (entry.task,)
