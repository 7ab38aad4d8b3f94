"""The two rows below the header of every screen but the board: what it is, and a heavy rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from textual.strip import Strip


class TitleBar(Widget):
    """A name, a title beside it and a word at the right; all of them shown text."""

    def __init__(self, name: str, title: str = "", word: str = "") -> None:
        super().__init__()
        self._words = (name, title, word)

    def show(self, name: str, title: str, word: str) -> None:
        """Show these words."""
        if (name, title, word) != self._words:
            self._words = (name, title, word)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The words, or the rule."""
        room, style = self.size.width, look(self)
        if y == 1:
            return row(style, room, [Piece(glyph.HEAVY * room, style.accent)])
        name, title, word = self._words
        left = [Piece(" ", style.text), Piece(name, style.dim if title else style.strong)]
        if title:
            left += [Piece("  ", style.text), Piece(title, style.strong)]
        return row(style, room, left, [Piece(word, style.dim), Piece(" ", style.text)])
