"""How long ago, in the few cells that a card or a line has for it."""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

_UNITS = ((365 * 86400, "y"), (7 * 86400, "w"), (86400, "d"), (3600, "h"), (60, "m"))


def age(then: datetime | None, now: datetime) -> str:
    """The whole units since ``then``: ``now``, ``12m``, ``2h``, ``1d``, ``5w``, ``2y``.

    At most three cells up to 99 years; "" where the time is not known, ``now`` where it is in the
    future. Days are told up to two weeks, so that "8d" and "13d" differ.
    """
    if then is None:
        return ""
    seconds = int((now - then).total_seconds())
    for unit, letter in _UNITS:
        if seconds >= unit and not (letter == "w" and seconds < 14 * 86400):
            return f"{seconds // unit}{letter}"
    return "now"


def ago(then: datetime, now: datetime) -> str:
    """The same for a line of text: ``just now``, ``12m ago``."""
    word = age(then, now)
    return "just now" if word == "now" else f"{word} ago"


def span(length: timedelta) -> str:
    """A length of time in words: ``9 min``, ``2 h 04 min``, ``3 days``."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min" if minutes else "less than a minute"
    if minutes < 48 * 60:
        hours, minutes = divmod(minutes, 60)
        return f"{hours} h {minutes:02} min" if minutes else f"{hours} h"
    return f"{minutes // (24 * 60)} days"
