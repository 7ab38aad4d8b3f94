"""An entry's text, put behind or before that of another one of the same list.

Owns what moves along: the comment above an item, the section below a heading, and the blank lines
that stand between it and its neighbour, or a rule. Must not know why it is moved.
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.document import heading, places, rules
from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.document.syntax import line_end
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.document.document import Document


class Block(NamedTuple):
    """What moves with an entry: the text ``start:stop`` and the entries ``first:last`` in it."""

    start: int
    stop: int
    first: int
    last: int


def block(document: Document, index: int) -> Block:
    """The block of ``document.entries[index]``."""
    text, starts = document.text, document.starts
    entry, start = document.entries[index], starts[index]
    if entry.dialect == "heading":
        stop = places.section_end(text, document.reading, start)
        return Block(start, stop, index, bisect_left(starts, stop))
    stop = start + len(entry.text)
    return Block(_with_comments(document, index), stop, index, index + 1)


def obstacle(document: Document, index: int, beside: int) -> str | None:
    """Why one entry cannot go next to another, as the end of a sentence; None where it can."""
    one, other = document.entries[index], document.entries[beside]
    if document.parents[index] != document.parents[beside]:
        return "they are not in the same group"
    heads = [entry.dialect == "heading" for entry in (one, other)]
    if heads[0] != heads[1]:
        return "one is a heading and the other is in a list"
    if heads[0]:
        if not _same_section(document, index, beside):
            return "they are not in the same section"
    elif document.scopes[index] != document.scopes[beside] or _column(document, index) != _column(
        document, beside
    ):
        return "they are not in the same list"
    moved = block(document, index)
    if any(moved.start <= fault.offset < moved.stop for fault in document.faults):
        return "its text cannot be read: mend it first"
    target = block(document, beside)
    if moved.first <= beside < moved.last or target.first <= index < target.last:
        return "one stands inside the other"
    for at in (moved, target):
        if not _whole_lines(document.text, at):
            return "it does not stand on lines of its own"
    return None


def move(document: Document, index: int, beside: int, *, behind: bool) -> list[Edit]:
    """The edits that put an entry's block behind that of another one, or before it.

    It must not stand there already. It takes along the blank lines that stand between it and what
    it passes first.
    """
    text = document.text
    moved, target = block(document, index), block(document, beside)
    source = moved_text = text[moved.start : moved.stop]
    end = line_end(text, moved.start)
    if not source.endswith("\n"):
        moved_text = source + end
    down = moved.start < target.start
    stop = _past_blanks(text, moved.stop)
    start = rules.blanks_start(text, moved.start)
    if document.entries[index].dialect == "heading":
        stop = max(stop, rules.behind(text, moved.stop))
        start = min(start, rules.before(text, moved.start))
    gap = text[moved.stop : stop] if down else text[start : moved.start]
    if document.entries[index].dialect == "heading" and "\n" not in gap:
        gap = end
    removed = Span(moved.start, stop) if down else Span(start, moved.stop)
    if removed.stop == len(text) and text[-1:] != "\n":
        removed = Span(removed.start - len(line_end(text, removed.start)), removed.stop)
    if not behind:
        return [Edit(removed, ""), Edit(Span(target.start, target.start), moved_text + gap)]
    at = target.stop
    if text[at - 1 : at] != "\n":
        new = end + gap + moved_text.removesuffix("\n").removesuffix("\r")
    else:
        new = gap + moved_text
    return [Edit(removed, ""), Edit(Span(at, at), new)]


def _with_comments(document: Document, index: int) -> int:
    """Where the comment lines begin that stand directly above an item of a fence."""
    text, start = document.text, document.starts[index]
    unit = bisect_left(document.reading.unit_starts, start + 1) - 1
    if unit < 0 or document.reading.units[unit].state.fence is None:
        return start
    column = _column(document, index)
    floor = 0
    if index:
        floor = document.starts[index - 1] + len(document.entries[index - 1].text)
    while start > floor:
        line = text.rfind("\n", 0, start - 1) + 1
        body = text[line:start]
        if line < floor or not body.lstrip(" ").startswith("#"):
            break
        if len(body) - len(body.lstrip(" ")) != column:
            break
        start = line
    return start


def _column(document: Document, index: int) -> int:
    """The number of blanks before an item's dash."""
    text = document.entries[index].text
    return len(text) - len(text.lstrip(" "))


def _same_section(document: Document, index: int, beside: int) -> bool:
    """Whether two headings have the same level, and none above them stands between them."""
    text, reading = document.text, document.reading
    first, last = sorted((document.starts[index], document.starts[beside]))
    level = heading.level(text, first)
    if heading.level(text, last) != level:
        return False
    one, two = (bisect_left(reading.unit_starts, at) for at in (first, last))
    return not any(
        unit.kind == "section" or (unit.kind == "heading" and heading.level(text, start) < level)
        for unit, start in zip(reading.units[one:two], reading.unit_starts[one:two], strict=True)
    )


def _whole_lines(text: str, at: Block) -> bool:
    begins = not at.start or text[at.start - 1] == "\n"
    return begins and (at.stop == len(text) or text[at.stop - 1] == "\n")


def _past_blanks(text: str, at: int) -> int:
    """The start of the first line from ``at`` on that is not blank; ``at`` where none follows."""
    stop = rules.blanks_stop(text, at)
    return stop if text[stop:].strip() else at
