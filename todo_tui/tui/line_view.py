"""Many lines of styled text in a scroll view that draws those in sight: detail, help, faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import width
from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.selection import Selection

    from todo_tui.tui.look import Look


class Across(NamedTuple):
    """A line that takes the cells at either side, too."""

    pieces: Sequence[Piece]


Line: TypeAlias = "Sequence[Piece] | Across"


class LineView(ScrollView, can_focus=False):
    """Lines that are made for the width that there is. One cell is kept free at either side.

    Text can be selected with the mouse, and copied. ``bar`` says which lines have the bar of the
    selection, where there is one.
    """

    def __init__(self, bar: Callable[[], range] | None = None) -> None:
        super().__init__()
        self._bar = bar
        self._build: Callable[[int, Look], Sequence[Line]] | None = None
        self._lines: Sequence[Line] = ()
        self._made_for = 0  # cells; none where they are still to be made

    def show(self, build: Callable[[int, Look], Sequence[Line]]) -> None:
        """Show the lines that ``build`` makes for a number of cells; the place is kept."""
        self._build = build
        self._make()

    def reveal(self) -> None:
        """Bring the lines with the bar into sight, after it has moved."""
        lines = self._bar() if self._bar is not None else range(0)
        if lines and self.size.height:
            y = min(lines.start, max(self.scroll_offset.y, lines.stop - self.size.height))
            self.scroll_to(y=y, animate=False, force=True)
        self.refresh()

    def bring(self, line: int) -> None:
        """Bring one line into sight."""
        y = min(line, max(self.scroll_offset.y, line + 1 - self.size.height))
        self.scroll_to(y=y, animate=False, force=True)

    def line_at(self, x: int, y: int) -> int | None:
        """The line that is drawn on a cell of the screen; None where none is."""
        line = y - self.region.y + self.scroll_offset.y
        return line if self.region.contains(x, y) and line < len(self._lines) else None

    def step(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def page(self, by: int) -> None:
        """Scroll by so many pages, keeping one line of the last."""
        self.step(by * max(1, self.size.height - 1))

    def to(self, *, end: bool) -> None:
        """Scroll to the last line, or to the first."""
        self.scroll_to(y=self.max_scroll_y if end else 0, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """The line that is scrolled there."""
        room, style, index = self.size.width, look(self), y + self.scroll_offset.y
        if index >= len(self._lines):
            return row(style, room)
        barred = self._bar is not None and index in self._bar()
        lead = Piece(glyph.BAR, style.accent) if barred else Piece(" ", style.text)
        over = style.selected if barred else None
        strip = row(style, room, _whole(self._lines[index], lead), over=over)
        if (selection := self.text_selection) is not None:
            strip = _highlighted(strip, selection.get_span(index), style)
        return strip.apply_offsets(0, index)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text."""
        blank = Piece(" ", look(self).text)
        lines = ("".join(piece.text for piece in _whole(line, blank)) for line in self._lines)
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw the selection."""
        self.refresh()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Make the lines for this width where they are not yet, before they are drawn in it."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self.size.width != self._made_for:
            self._make()
        return changed

    def _make(self) -> None:
        self._made_for = self.size.width  # 0 while it is hidden, whatever room it will have again
        if self._build is None or not self._made_for:
            return
        self._lines = self._build(max(1, self._made_for - 2), look(self))
        # Set so that nothing is laid out again: no widget has its place by that size.
        self.set_reactive(ScrollView.virtual_size, Size(self.size.width, len(self._lines)))
        self._scroll_update(self.virtual_size)
        self.refresh()


def _whole(line: Line, lead: Piece) -> Sequence[Piece]:
    return line.pieces if isinstance(line, Across) else [lead, *line]


def _highlighted(strip: Strip, span: tuple[int, int] | None, style: Look) -> Strip:
    """The strip with the characters of ``span`` selected; its end is -1 for all of them."""
    if span is None:
        return strip
    text = strip.text
    start, end = width(text[: span[0]]), strip.cell_length
    if span[1] >= 0:
        end = width(text[: span[1]])
    middle = strip.crop(start, end).apply_style(style.selected)
    return Strip.join([strip.crop(0, start), middle, strip.crop(end)])
