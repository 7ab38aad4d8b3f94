"""Edits, and the only maker of new file text."""

from __future__ import annotations

from itertools import pairwise

from todo_tui.document.span import Span
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """Replace what ``span`` covers by ``text``; an empty span inserts, an empty text deletes."""

    span: Span
    text: str

    def shift(self, by: int) -> Edit:
        """The same edit, ``by`` characters further on."""
        return Edit(self.span.shift(by), self.text)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all ``edits`` made; every character outside their spans stays.

    Edits may come in any order; insertions at one place keep the order in which they came.

    Raises ValueError where two spans overlap, or one lies outside the text.
    """
    parts: list[str] = []
    at = 0
    for span, new in sorted(edits, key=lambda edit: edit.span):
        if span.start < at or span.stop < span.start or span.stop > len(text):
            raise ValueError(f"edit {span} overlaps another or lies outside the text")
        parts += (text[at : span.start], new)
        at = span.stop
    parts.append(text[at:])
    return "".join(parts)


def overlap(edits: Iterable[Edit]) -> bool:
    """Whether two of ``edits`` replace the same text."""
    spans = sorted(edit.span for edit in edits)
    return any(other.start < one.stop for one, other in pairwise(spans))


def difference(old: str, new: str) -> Edit:
    """The one edit that makes ``new`` of ``old``, as short as it can be."""
    size = min(len(old), len(new))
    start = next((at for at in range(size) if old[at] != new[at]), size)
    rest = range(1, size - start + 1)
    same = next((at - 1 for at in rest if old[-at] != new[-at]), size - start)
    return Edit(Span(start, len(old) - same), new[start : len(new) - same])
