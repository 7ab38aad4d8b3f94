"""The sections of the session history: where they stand, their items, and where one is added.

Owns the text of a history list. Must not know the grammar of a line in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from todo_tui.document.span import Span
from todo_tui.document.syntax import lines, trimmed
from todo_tui.document.units import Kind

if TYPE_CHECKING:
    from todo_tui.document.reuse import Reading

_BULLET = re.compile(r" *(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


class HistoryItem(NamedTuple):
    """One list item of a session history section.

    ``span`` covers its whole lines (continuation lines too), line end included; ``text`` is what
    stands after the bullet on those lines, bold marks kept, continuation lines joined by a blank.
    """

    span: Span
    text: str


class HistorySection(NamedTuple):
    """One session history section: its heading's span and its list items in file order.

    ``end`` is where an item could be appended after the last one (or after the heading and its
    blank line where there is none): the start of a line, or the end of the text.
    """

    heading: Span
    items: tuple[HistoryItem, ...]
    end: int


def read(text: str, reading: Reading) -> tuple[HistorySection, ...]:
    """The sections of ``text``, in file order."""
    return tuple(
        _section(text, reading, bisect_left(reading.unit_starts, start))
        for start in reading.notable
        if reading.units[bisect_left(reading.unit_starts, start)].kind is Kind.SECTION
    )


def _section(text: str, reading: Reading, index: int) -> HistorySection:
    units, starts = reading.units, reading.unit_starts
    items: list[HistoryItem] = []
    last = index + 1
    while last < len(units) and units[last].state.level and units[last].kind is not Kind.SECTION:
        if units[last].kind is Kind.HISTORY:
            stop = starts[last + 1] if last + 1 < len(units) else len(text)
            items.append(_item(text, starts[last], stop))
        last += 1
    heading = Span(starts[index], starts[index + 1] if index + 1 < len(units) else len(text))
    if items:
        end = items[-1].span.stop
    else:
        end = heading.stop
        following = text.find("\n", end) + 1
        if following and not text[end:following].strip():
            end = following
    return HistorySection(heading, tuple(items), end)


def _item(text: str, start: int, stop: int) -> HistoryItem:
    bullet = _BULLET.match(text, start)
    at = start if bullet is None else bullet.end()
    kept = stop
    pieces: list[str] = []
    for span in lines(text[:stop], at):
        piece = trimmed(text, *span).of(text)
        if piece:
            pieces.append(piece)
            kept = span.stop
    return HistoryItem(Span(start, kept), " ".join(pieces))
