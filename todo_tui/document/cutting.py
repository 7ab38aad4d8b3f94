"""Whole lines that went from between items that stayed, and where such lines belong in a text.

Owns what went together with an item: the comment above it, a blank line, a heading, its fence. Must
not know why it went, or write it back.
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.document.edit import difference
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.document.document import Document

_NEAR: Final = 300
"""Characters of what stayed around a cut by which its place is known again."""


class Cut(NamedTuple):
    """``start:stop`` of a text went; ``over`` and ``under`` stand directly around it.

    Each reaches to the item next to it at most.
    """

    start: int
    stop: int
    over: str
    under: str


def cut(
    old: Document,
    new: Document,
    items: tuple[int, int],
    above: tuple[int, int] | None,
    below: tuple[int, int] | None,
) -> Cut | None:
    """What went from ``old`` with its entries ``items`` (the first, the last), whole lines.

    ``above`` and ``below`` are the entry next to them that stayed, its index in ``old`` and in
    ``new``; None at the ends. None where anything else changed between those two; a session history
    behind the last entry does not count.
    """
    start, stop = _between(old, above and above[0], below and below[0])
    begin, end = _between(new, above and above[1], below and below[1])
    if below is None:
        sections, others = _sections(old), _sections(new)
        behind = sum(at > old.starts[items[1]] for at in sections)
        if behind and behind <= len(others):
            stop, end = sections[-behind], max(begin, others[-behind])
    was = old.text[start:stop]
    span, text = difference(was, new.text[begin:end])
    if text:
        return None
    first = old.starts[items[0]] - start
    last = old.starts[items[1]] + len(old.entries[items[1]].text) - start
    size = span.stop - span.start
    at = span.start
    # The same text is left if what goes begins earlier, as long as it ends with what stays then.
    while at >= 0:
        whole = (not at and _begins_a_line(old.text, start)) or was[at - 1 : at] == "\n"
        if whole and at <= first and last <= at + size:
            over, under = was[:at][-_NEAR:], was[at + size :][:_NEAR]
            return Cut(start + at, start + at + size, over, under)
        at -= 1
        if at < 0 or was[at] != was[at + size]:
            break
    return None


def place(
    document: Document, above: int | None, below: int | None, over: str, under: str
) -> int | None:
    """Where lines went from between two entries, with ``over`` and ``under`` around them.

    None where these do not stand there any more, or more than once.
    """
    start, stop = _between(document, above, below)
    text, around = document.text, over + under
    if text.startswith(around, start, stop):
        at = start + len(over)
    elif text.endswith(around, start, stop):
        at = stop - len(under)
    elif text.count(around, start, stop) == 1:
        at = text.index(around, start) + len(over)
    else:
        return None
    return at if _begins_a_line(text, at) else None


def _between(document: Document, above: int | None, below: int | None) -> tuple[int, int]:
    """What stands between two entries, or an entry and an end of the text."""
    start, stop = 0, len(document.text)
    if above is not None:
        start = document.starts[above] + len(document.entries[above].text)
    if below is not None:
        stop = max(start, document.starts[below])
    return start, stop


def _sections(document: Document) -> list[int]:
    """Where the sections of the session history begin."""
    reading = document.reading
    return [
        start
        for start in reading.notable
        if reading.units[bisect_left(reading.unit_starts, start)].kind == "section"
    ]


def _begins_a_line(text: str, at: int) -> bool:
    return not at or text[at - 1] in "\n\ufeff"
