"""Edits, and the only maker of new file text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.document.span import Span


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
