"""What the lines of a widget look like on the screen, so that only others are drawn again.

Owns the lines as they were drawn last. Must not know what is in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region

from todo_tui.tui.look import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size
    from textual.strip import Strip
    from textual.widget import Widget

    from todo_tui.tui.look import Look


class Painted:
    """The lines of ``widget``.

    ``draw`` makes the line that is to be seen now, for its row, the widget's size and look.
    """

    def __init__(self, widget: Widget, draw: Callable[[int, Size, Look], Strip]) -> None:
        self._widget = widget
        self._draw = draw
        self._lines: dict[int, Strip] = {}

    def line(self, y: int) -> Strip:
        """The line ``y`` as it is now, for the screen."""
        strip = self._lines[y] = self._draw(y, self._widget.size, look(self._widget))
        return strip

    def renew(self) -> None:
        """Have the lines drawn again that are to look otherwise than they were drawn."""
        size, style = self._widget.size, look(self._widget)
        draw, known = self._draw, self._lines.get
        others = [y for y in range(size.height) if draw(y, size, style) != known(y)]
        if others:
            self._widget.refresh(*(Region(0, y, size.width, 1) for y in others))
