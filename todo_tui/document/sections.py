"""The sections of the session history: where they stand, their items, and where one is added.

Owns the text of a history list. Must not know the grammar of a line in it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.document.syntax import line_end, lines, trimmed
from todo_tui.document.units import Kind
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.reuse import Reading

_DATED = expression(r"(\*\*|__)?[0-9]{4}-")
_BULLET = expression(r" *(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")

_LONG: Final = 1_000
"""Characters from which on an item is not remembered."""


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
        end = _behind_indented(text, end, starts[last] if last < len(units) else len(text))
    return HistorySection(heading, tuple(items), end)


def _behind_indented(text: str, at: int, stop: int) -> int:
    """Behind the indented lines from ``at`` on, which would belong to an item before them."""
    end = at
    for span in lines(text, at):
        if span.start >= stop or text[span.start] not in " \t\r\n":
            break
        if span.of(text).strip():
            end = span.stop
    return end


def _item(text: str, start: int, stop: int) -> HistoryItem:
    source = text[start:stop]
    size, said = _remembered(source) if len(source) < _LONG else _said(source)
    return HistoryItem(Span(start, start + size), said)


def _said(source: str) -> tuple[int, str]:
    """How much of an item's source is not blank lines at its end, and what it says."""
    bullet = _BULLET.match(source)
    at = 0 if bullet is None else bullet.end()
    size = len(source)
    pieces: list[str] = []
    for span in lines(source, at):
        piece = trimmed(source, *span).of(source)
        if piece:
            pieces.append(piece)
            size = span.stop
    return size, " ".join(pieces)


_remembered = lru_cache(maxsize=1 << 16)(_said)


def insert(
    text: str, section: HistorySection, new: Sequence[tuple[str, str]], *, first: bool
) -> Edit:
    """Add items ``TIME: text`` at the top of a section (``first``) or at its end.

    In the order given, with the bullet and bold of the nearest dated item, and blank lines between
    them where the list has such.
    """
    items = section.items if first else section.items[::-1]
    if not items:
        return block(text, section.end, [_line("- ", "", time, said) for time, said in new])
    model = next((item for item in items if _DATED.match(item.text)), items[0])
    bullet = _BULLET.match(text, model.span.start)
    dated = _DATED.match(model.text)
    mark = (dated[1] or "") if dated else ""
    pair = sorted(item.span for item in items[:2])
    between = text[pair[0].stop : pair[-1].start]
    gap = between.count("\n") if not between.strip() else 0
    lead = bullet[0] if bullet else "- "
    lines = [_line(lead, mark, time, said) for time, said in new]
    at = items[0].span.start if first else section.end
    end = line_end(text, at)
    blank = end * gap
    if first:
        return Edit(Span(at, at), "".join(line + end + blank for line in lines))
    if at and text[at - 1] != "\n":
        return Edit(Span(at, at), "".join(end + blank + line for line in lines))
    return Edit(Span(at, at), "".join(blank + line + end for line in lines))


def _line(lead: str, mark: str, time: str, said: str) -> str:
    return f"{lead}{mark}{time}{mark}: {said}"


def block(text: str, at: int, lines: Sequence[str]) -> Edit:
    """The edit that puts ``lines`` at ``at``, with a blank line around them."""
    end = line_end(text, at)
    body = end.join(lines)
    before = text[:at].removeprefix("\ufeff")
    if before and not before.endswith("\n"):
        return Edit(Span(at, at), end + end + body)
    if before and not before.endswith(("\n\n", "\n\r\n")):
        body = end + body
    following = text[at : text.find("\n", at) + 1 or len(text)]
    return Edit(Span(at, at), body + end + (end if following.strip() else ""))
