"""The last row of every screen: the keys that act now, or for four seconds why one did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.widget import Widget

from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, cells, joined, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from todo_tui.tui.clock import Clock, Timer
    from todo_tui.tui.look import Look

_SAID_FOR: Final = 4.0
"""Seconds that the status line stays in the footer's place."""


class Said(NamedTuple):
    """A line of status (shown text): ``refused`` where something did not happen."""

    words: str
    refused: bool


class Footer(Widget):
    """One row of keys, or the status line in its place."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._labels: Sequence[tuple[str, str]] = ()
        self._said: Said | None = None
        self._timer: Timer | None = None

    @property
    def said(self) -> Said | None:
        """The status line that is shown now."""
        return self._said

    def show(self, labels: Sequence[tuple[str, str]]) -> None:
        """Show these keys: signs and words, the likeliest first."""
        if labels != self._labels:
            self._labels = labels
            self.refresh()

    def say(self, words: str, *, refused: bool) -> None:
        """Put one line in the footer's place; a later one replaces it."""
        if self._timer is not None:
            self._timer.cancel()
        self._said = Said(shown(words), refused)
        self._timer = self._clock.after(_SAID_FOR, self.hush)
        self.refresh()

    def hush(self) -> None:
        """Take the status line away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._said is not None:
            self._said = None
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The row, in the width that there is."""
        if self._said is not None:
            return said(self._said, self.size.width, look(self))
        return footer(self._labels, self.size.width, look(self))


def footer(labels: Sequence[tuple[str, str]], room: int, style: Look) -> Strip:
    """As many of the keys as fit whole, and where the rest is explained."""
    right = [Piece("?", style.key), Piece(" help ", style.dim)]
    left: list[Piece] = [Piece(" ", style.dim)]
    space = room - cells(right) - 3
    groups: list[list[Piece]] = []
    for sign, word in labels:
        groups.append([Piece(sign, style.key), Piece(f" {word}", style.dim)])
        if cells(joined(groups, "  ", style.dim)) > space:
            groups.pop()
            break
    return row(style, room, [*left, *joined(groups, "  ", style.dim)], right)


def said(line: Said, room: int, style: Look) -> Strip:
    """The status line."""
    sign = Piece(f" {glyph.CROSS} ", style.bad) if line.refused else Piece(" ", style.text)
    return row(style, room, [sign, Piece(line.words, style.text)], [Piece(" ", style.text)])
