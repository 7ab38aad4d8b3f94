"""An item's text taken out of a document, as if it had never been put there.

Owns what goes with it: the blank lines or the rule that it was put in with, and a fence that would
be empty. Comments around it stay, whoever wrote them. Must not know why it goes.
"""

from __future__ import annotations

from todo_tui.document import moving, rules
from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.document.syntax import line_end
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.document.document import Document


def obstacle(document: Document, index: int) -> str | None:
    """Why an item cannot be taken out alone, as the end of a sentence; None where it can."""
    block = moving.block(document, index)
    if block.last - block.first > 1:
        return "other tasks stand in its section"
    stop = document.starts[index] + len(document.entries[index].text)
    if document.text[stop : block.stop].strip():
        return "other text stands in its section"
    return None


def entry(document: Document, index: int) -> Edit:
    """Take ``document.entries[index]`` out, with the blank lines that it was put in with."""
    text, item = document.text, document.entries[index]
    start = document.starts[index]
    stop = start + len(item.text)
    is_heading = item.dialect == "heading"
    above = document.starts[index - 1] + len(document.entries[index - 1].text) if index else None
    ruled = rules.before(text, start)
    if is_heading and ruled < start and index and _is_section(document, index - 1, ruled):
        start = ruled
    elif above is not None and not text[above:start].strip():
        start = max(above, _blank_before(text, start)) if is_heading else above
    elif is_heading:
        start = _blank_before(text, start)
    elif (fence := _fence_around(text, start, stop)) is not None:
        start, stop = fence
    if stop == len(text) and text[-1:] != "\n":
        start -= len(line_end(text, start)) if start else 0
    return Edit(Span(start, stop), "")


def _is_section(document: Document, index: int, stop: int) -> bool:
    """Whether an entry is a heading whose section ends at ``stop``."""
    if document.entries[index].dialect != "heading":
        return False
    return moving.block(document, index).stop == stop


def _fence_around(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The fence that holds nothing but ``start:stop``, with the blank line that set it apart.

    That stands before it, and behind it where the text begins with the fence.
    """
    first = len(text) - len(text.removeprefix("\ufeff"))
    opening = max(text.rfind("\n", 0, start - 1) + 1, first)
    closing = text.find("\n", stop) + 1 or len(text)
    marks = text[opening:start].strip(), text[stop:closing].strip()
    if not marks[0].startswith(("```", "~~~")) or set(marks[1]) != {marks[0][0]}:
        return None
    if opening == first:
        blank = text.find("\n", closing) + 1
        return opening, closing if text[closing:blank].strip() else max(closing, blank)
    return _blank_before(text, opening), closing


def _blank_before(text: str, at: int) -> int:
    """The start of the one blank line directly before ``at``; ``at`` where there is none."""
    start = text.rfind("\n", 0, at - 1) + 1
    return start if at and not text[start:at].strip() else at
