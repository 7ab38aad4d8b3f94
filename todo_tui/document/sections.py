"""The sections of the session history: where they stand, their items, and where one is added.

Owns the text of a history list. Must not know the grammar of a line in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from todo_tui.document.span import Span
from todo_tui.document.syntax import lines, trimmed
from todo_tui.document.units import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.units import Unit

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


def read(text: str, units: Sequence[Unit], starts: Sequence[int]) -> tuple[HistorySection, ...]:
    """The sections of ``text``, in file order."""
    found: list[HistorySection] = []
    heading: Span | None = None
    items: list[HistoryItem] = []
    for unit, start in zip(units, starts, strict=True):
        if heading is not None and (unit.kind is Kind.SECTION or not unit.state.level):
            found.append(_section(text, heading, items))
            heading = None
        if unit.kind is Kind.SECTION:
            heading, items = Span(start, unit.stop), []
        elif unit.kind is Kind.HISTORY:
            items.append(_item(text, start, unit.stop))
    if heading is not None:
        found.append(_section(text, heading, items))
    return tuple(found)


def _section(text: str, heading: Span, items: list[HistoryItem]) -> HistorySection:
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
