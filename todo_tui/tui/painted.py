"""The lines of a widget on the screen, so that only those that look otherwise are drawn again.

Owns the lines as they were drawn last, and as they reached the screen; stands in the place of
Textual's cache of lines. For each update of any part of the screen that one makes all lines of each
widget in sight again, and a new strip of each line that was drawn, of which nothing is known:
neither how it looks in the colours of the terminal nor which bytes draw it. Here the very strips
that a widget draws are handed on: what was drawn once costs little where it comes again, on
whichever line. Must not know what is in them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache
from textual.filter import LineFilter
from textual.geometry import NULL_SIZE, Region

from todo_tui.tui.look import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.segment import Segment
    from textual.color import Color
    from textual.geometry import Size
    from textual.strip import Strip
    from textual.widget import Widget

    from todo_tui.tui.look import Look


class Painted(StylesCache):
    """The lines of ``widget``, which has no border, no padding and no opacity.

    ``draw`` makes the lines that are to be seen now, for their rows, the widget's size and its
    look; None where nothing but the widget's own ``render_line`` does.
    """

    def __init__(
        self, widget: Widget, draw: Callable[[range, Size, Look], Sequence[Strip]] | None = None
    ) -> None:
        super().__init__()
        self._widget = widget
        self._draw = draw
        self._lines: dict[int, Strip] = {}
        self._sent: dict[int, Strip] = {}  # the same as they pass the filters
        self._size = NULL_SIZE
        self._look: Look | None = None
        self._filters: Sequence[LineFilter] = ()
        self._ground: Color | None = None  # what the lines that were sent stand on
        widget._styles_cache = self

    def line(self, y: int) -> Strip:
        """The line ``y`` as it is now, for the screen."""
        strip = self._lines.get(y)
        if strip is None:
            assert self._draw is not None, "the widget has lines that are drawn"
            size, style = self._widget.outer_size, look(self._widget)
            strip = self._lines[y] = self._draw(range(y, y + 1), size, style)[0]
        return strip

    def renew(self) -> None:
        """Have the lines drawn again that are to look otherwise than they were drawn."""
        size, style, known = self._widget.outer_size, look(self._widget), self._lines.get
        if size != self._size or style is not self._look:
            self._widget.refresh()
            return
        assert self._draw is not None, "the widget has lines that are drawn"
        drawn = self._draw(range(size.height), size, style)
        others = {
            y: strip
            for y, strip in enumerate(drawn)
            if strip is not (before := known(y)) and strip != before
        }
        if others:
            self._widget.refresh(*_regions(others, size.width))
            self._lines |= others

    def set_dirty(self, *regions: Region) -> None:
        """These are drawn otherwise now; all of it where none is named."""
        if not regions:
            self.clear()
        for region in regions:
            for y in region.line_range:
                self._lines.pop(y, None)
                if (strip := self._sent.pop(y, None)) is not None:
                    _release(strip)

    def clear(self) -> None:
        """All of it is drawn otherwise now."""
        super().clear()
        self._lines.clear()
        self._forget_sent()

    def _forget_sent(self) -> None:
        for strip in self._sent.values():
            _release(strip)
        self._sent.clear()
        self._ground = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of ``widget`` in ``crop``, as they reach the screen."""
        size, style, filters = widget.outer_size, look(widget), widget.get_line_filters()
        if size != self._size or style is not self._look:
            self._lines.clear()
        if size != self._size or style is not self._look or filters != self._filters:
            self._forget_sent()
            self._size, self._look, self._filters = size, style, filters
        sent = self._sent
        if new := [y for y in crop.line_range if y not in sent]:
            if self._draw is not None and (undrawn := [y for y in new if y not in self._lines]):
                lines = range(undrawn[0], undrawn[-1] + 1)
                self._lines |= zip(lines, self._draw(lines, size, style), strict=True)
            if self._ground is None:
                self._ground = widget.background_colors[1]
            ground, sieve = self._ground, _all_of(*filters)
            for y in new:
                strip = widget.render_line(y)
                if strip.cell_length != size.width:
                    strip = strip.adjust_cell_length(size.width, widget.rich_style)
                sent[y] = strip.apply_filter(sieve, ground)
        strips = [sent[y] for y in crop.line_range]
        if crop.column_span != (0, size.width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips


def _release(strip: Strip) -> None:
    """Have a strip that was on the screen gone when nobody needs it.

    One that Textual has cut at its own end keeps itself as the only piece, with all that was ever
    made of it: only the collector would find it.
    """
    strip._divide_cache.clear()


class _All(LineFilter):
    """Several filters, one after the other, between which no strips are made."""

    def __init__(self, filters: Sequence[LineFilter]) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as the last filter has them."""
        for each in self._filters:
            segments = each.apply(segments, background)
        return segments


@lru_cache(4)
def _all_of(*filters: LineFilter) -> _All:
    return _All(filters)


def _regions(lines: Iterable[int], width: int) -> Iterator[Region]:
    """The regions that these lines are, in ascending order."""
    start = stop = -1
    for y in lines:
        if y != stop:
            if stop > start:
                yield Region(0, start, width, stop - start)
            start = y
        stop = y + 1
    if stop > start:
        yield Region(0, start, width, stop - start)
