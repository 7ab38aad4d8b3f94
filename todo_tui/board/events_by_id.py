"""The events of the session history by the ids that they name, and how they grow.

Owns under which ids an event is found. Must not know which of them moved a task (``board``).
"""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.history import HistoryEntry


class Events(NamedTuple):
    """Events, oldest first, by the id that they name, and by the id before a twin's ``#``.

    Notes are none. ``latest`` is the time of the newest entry of the history.
    """

    by_id: dict[str, list[HistoryEntry]]
    latest: datetime | None


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
