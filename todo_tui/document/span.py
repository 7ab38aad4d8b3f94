"""Where something stands in a text."""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple


class Span(NamedTuple):
    """Half-open range of offsets, in characters of the decoded text (not bytes, not cells)."""

    start: int
    stop: int

    def shift(self, by: int) -> Span:
        """The same range, ``by`` characters further on."""
        return Span(self.start + by, self.stop + by)

    def within(self, size: int) -> Span:
        """The same range, ending at ``size`` at most."""
        return Span(min(self.start, size), min(self.stop, size))

    def of(self, text: str) -> str:
        """The text that the range covers."""
        return text[self.start : self.stop]
