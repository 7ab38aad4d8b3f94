"""Times as files write them, read; and as we write them.

Owns the one pattern of a time. Must not know which field or line a time stands in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re

TIME: Final = (
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:[T ][ ]?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?:[ ]?(?P<zone>Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)(?![0-9A-Za-z]))?)?"
)
"""A date, or a date and a time of day, with or without a zone; it need not be possible."""

_TIME = expression(TIME)


def time_of(match: re.Match[str]) -> datetime | None:
    """The moment that a match of TIME means, in UTC; None where there is no such moment."""
    year, month, day, hour, minute, second, fraction, zone = match.group(
        "year", "month", "day", "hour", "minute", "second", "fraction", "zone"
    )
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(((fraction or "") + "000000")[:6]),
            tzinfo=UTC,
        )
        if zone and zone[0] in "+-":
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:].lstrip(":") or 0))
            moment = moment - offset if zone[0] == "+" else moment + offset
    except (ValueError, OverflowError):
        return None
    return moment


@lru_cache(maxsize=65536)
def read_time(text: str) -> datetime | None:
    """The moment that ``text`` states, in UTC; without a zone it is UTC, a date its first second.

    None where the text is no time or an impossible one (``2024-13-45``).
    """
    # As most are written, and read in no time.
    try:
        if len(text) == 20 and text[4::3] == "--T::Z":
            return datetime.fromisoformat(text)
        if len(text) == 10 and text[4::3] == "--":
            return datetime.fromisoformat(f"{text}T00:00:00Z")
    except ValueError:
        pass
    match = _TIME.fullmatch(text.strip())
    return time_of(match) if match else None


def write_time(moment: datetime) -> str:
    """``2026-11-22T12:33:00Z``: in UTC, whole seconds."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    # As strftime, but sooner, and with four digits for each year on each system.
    return moment.isoformat()[:19] + "Z"


def utc(at: datetime | None) -> str | None:
    """An aware time as ISO 8601 in UTC, to the second, with ``Z``."""
    return None if at is None else write_time(at)


_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DIGITS: Final = 9


def read_length(text: str) -> timedelta | None:
    """The length of time that ``text`` states: ``90s``, ``15m``, ``2h``, ``3d``, ``1w``.

    None where it states none; what is longer than a timedelta can be is the longest one.
    """
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not (number.isascii() and number.isdigit()):
        return None
    if len(number) > _DIGITS:
        return timedelta.max
    try:
        return timedelta(**{_UNITS[unit]: int(number)})
    except OverflowError:
        return timedelta.max
