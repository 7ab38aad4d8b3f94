"""Why a task is given back that was left too long: a reason for the history, with the evidence.

Owns the sentence. Must not decide what is too long (``attention``).
"""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from todo_tui.board.history import HistoryEntry


def release_reason(
    need: Literal["stale", "silent"],
    since: datetime,
    now: datetime,
    entry: HistoryEntry | None = None,
) -> str:
    """One line: what is missing, for how long, since when, and the last entry by an agent."""
    missing = "claimed and not started" if need == "stale" else "no sign of life"
    words = f"{missing} for {length(now - since)}, since {_moment(since)}"
    if entry is not None and entry.at is not None and entry.event and entry.actor:
        words += f"; last entry: {entry.event} by {entry.actor} at {_moment(entry.at)}"
    return words


def length(time: timedelta) -> str:
    """A length of time by its two greatest units: ``22m``, ``2h 04m``, ``3d 5h``."""
    minutes = max(0, int(time.total_seconds())) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d {hours}h"
    return f"{hours}h {minutes:02}m" if hours else f"{minutes}m"


def _moment(at: datetime) -> str:
    from datetime import UTC

    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
