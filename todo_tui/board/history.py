"""The session history: entries in our own grammar, read and written.

Owns the grammar of a history line. Must not know where a section stands in the text
(``document``), or which transition writes which line (``transition``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Event = Literal[
    "created", "claimed", "started", "finished", "released", "blocked", "unblocked", "reopened",
    "reassigned", "noted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the session history.

    ``at`` is its time in UTC, None where it is impossible. For a line of our own grammar ``event``,
    ``task`` (an id), ``actor`` (``by NAME``), ``for_agent``, ``human``, ``from_status`` and
    ``to_status`` (raw words), and ``note`` are set; for any other line they are None (False), and
    ``text`` is all there is. ``text`` is what stands after the time, bold marks dropped.
    """

    at: datetime | None
    text: str
    event: Event | None = None
    task: str | None = None
    actor: str | None = None
    human: bool = False
    for_agent: str | None = None
    from_status: str | None = None
    to_status: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One session history section, entries in file order."""

    entries: tuple[HistoryEntry, ...]

    @property
    def newest_first(self) -> bool:
        """Whether the list grows at its top: its first dated entry is later than its last."""
        raise NotImplementedError


def read_entry(text: str) -> HistoryEntry | None:
    """The entry that a history item's text is; None where it does not begin with a time."""
    raise NotImplementedError


def write_entry(entry: HistoryEntry) -> str:
    """The line of our own grammar for ``entry``, without bullet; ASCII frame, time in UTC with Z."""
    raise NotImplementedError


def is_about(entry: HistoryEntry, task_id: str) -> bool:
    """Whether an entry is about a task: it holds the id (or its short form) as a whole word."""
    raise NotImplementedError
