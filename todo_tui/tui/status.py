"""The status line: for four seconds, over the footer, why something did not happen, or that it did.

It lies over the last rows instead of pushing them, and takes more than one only where a sentence is
longer than the screen is wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from todo_tui.shown import cut, shown
from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, row
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from todo_tui.tui.clock import Clock, Timer
    from todo_tui.tui.look import Look

_SAID_FOR: Final = 4.0
"""Seconds that it stays."""

_ROWS: Final = 3
"""Rows that a sentence may take."""

_MARGIN: Final = 4
"""Cells at both sides of the words: the sign and blanks."""


class Status(Widget):
    """One sentence, which the next one replaces."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._words = ""
        self._refused = False
        self._timer: Timer | None = None
        self.display = False

    def say(self, words: str, *, refused: bool) -> None:
        """Say this; ``refused`` where something did not happen."""
        self.hush()
        self._words, self._refused = shown(words), refused
        self._timer = self._clock.after(_SAID_FOR, self.hush)
        self.styles.height = len(self._rows(self.app.size.width))
        self.display = True
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Take as many rows as the sentence needs in this width."""
        if self._words:
            self.styles.height = len(self._rows(event.size.width))

    def hush(self) -> None:
        """Say nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._words = ""
        self.display = False

    def render_line(self, y: int) -> Strip:
        """One row of the sentence."""
        rows, style = self._rows(self.size.width), look(self)
        return line(
            rows[y] if y < len(rows) else "", y == 0 and self._refused, self.size.width, style
        )

    def _rows(self, room: int) -> list[str]:
        room = max(1, room - _MARGIN)
        rows = wrapped(self._words, room)
        if len(rows) > _ROWS:
            rows[_ROWS - 1 :] = [cut(" ".join(rows[_ROWS - 1 :]), room)]
        return rows


def line(words: str, refused: bool, room: int, style: Look) -> Strip:
    """A row of the status line, with the sign of a refusal."""
    sign = Piece(f" {glyph.CROSS} " if refused else "   ", style.bad)
    return row(style, room, [sign, Piece(words, style.text)])
