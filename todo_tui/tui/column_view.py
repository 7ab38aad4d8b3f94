"""One column: a scroll view that draws the cards in sight itself, whatever the number of tasks.

Owns what is measured (the height of each card in the width that it was measured for), which card
stands on which line, and where the column is scrolled to. It never takes the focus: the cursor is
the board screen's. Must not know a key or a transition.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from todo_tui.tui import look as glyph
from todo_tui.tui.card import Density, Frame, Light, card_of, draw
from todo_tui.tui.column_rows import folded_row, lane_name, lane_row, older_row
from todo_tui.tui.contents import same, same_heights
from todo_tui.tui.dropping import FAR, Press
from todo_tui.tui.heights import Heights
from todo_tui.tui.messages import CardClicked, CardDragged, StripClicked
from todo_tui.tui.painted import Painted
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from todo_tui.board.arrangement import LaneHead
    from todo_tui.board.task import Task
    from todo_tui.tui.card import Card
    from todo_tui.tui.contents import Contents
    from todo_tui.tui.look import Look

_LEAST_WITH_FOOT: Final = 3
"""Rows that a column has to have for one of them to tell how many cards are below."""

_DIM: Final = Style(dim=True)

_KEPT: Final = 3
"""Cards whose strips are kept for each row that there is: each is some kilobytes as it was sent."""


class ColumnView(ScrollView, can_focus=False):
    """The cards of one status.

    ``show`` gives it what to show, ``select`` which task has the bar. Clicks go up as
    ``CardClicked``.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, status: str) -> None:
        super().__init__()
        self.status = status
        self._contents: Contents | None = None
        self._tasks: tuple[Task, ...] = ()
        self._heights = Heights()
        self._rows: list[int] = []  # how many each card takes
        self._tops: list[int] = [0]  # the line on which each card begins, and where one would next
        self._lanes: dict[int, LaneHead] = {}  # by the index of the card below each rule
        self._end = 0  # the number of lines, without the blank one after the last card
        self._selected: int | None = None
        self._height = 0  # rows that there were at the last change of the size
        self._cards: dict[int, Card] = {}
        self._strips: dict[tuple[Card, Light], tuple[Strip, ...]] = {}
        self._painted = Painted(self, self._drawn)
        self._frame: Frame | None = None  # what the strips were drawn for
        self._blank = Strip([])
        self._press: Press | None = None
        self._placing = False  # what moves now is drawn when it has its place
        self._dragged = ""  # the reference of the task whose card is being dragged
        self._hovered: int | None = None
        self.dimmed = False  # nothing can be dropped here

    def show(self, contents: Contents, selected: int | None) -> None:
        """Show other contents, the bar on the card at ``selected``; what was in sight stays there.

        Only what is to look otherwise is drawn again.
        """
        before = self._contents
        if before is not None and same(before, contents):
            self._contents = contents
            self.select(selected)
            return
        anchors = self._anchors()
        self._contents, self._selected = contents, selected
        self._cards.clear()
        if self._frame is not None and self._frame != _frame(contents, self._frame.look):
            self._frame = None
        if before is None or not same_heights(before, contents):
            self._tasks = contents.column.tasks
            self._measure(contents)
            self._placing = True
            self._return_to(anchors)
            self._placing = False
        self._painted.renew()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the lines that are others now; there is no scroll bar to be told."""
        if round(old_value) != round(new_value) and not self._placing:
            self._painted.renew()

    def select(self, index: int | None) -> None:
        """Put the bar on the card at ``index``."""
        if index == self._selected:
            return
        self._refresh_card(self._selected)
        self._selected = index
        self._refresh_card(index)

    def reveal(self) -> None:
        """Scroll as little as brings the whole selected card into sight."""
        if self._selected is None or not self.size.height or self._contents is None:
            return
        gap = 0 if self._contents.density is Density.COMPACT else 1
        top, bottom = self._tops[self._selected], self._tops[self._selected + 1] - gap
        last = self._selected == len(self._tasks) - 1
        bottom = self._end if last else bottom
        foot = not last and self.size.height >= _LEAST_WITH_FOOT
        room = max(1, self.size.height - foot)
        y = self.scroll_offset.y
        if bottom - y > room:
            y = bottom - room
        y = min(y, top)
        if y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)

    def page(self) -> int:
        """The number of cards that a page down or up goes."""
        if not self._tasks or not self._tops[-1]:
            return 1
        start = self._tops[self._selected or 0]
        ahead = bisect_right(self._tops, start + self.size.height - 2) - 1 - (self._selected or 0)
        rows = self._tops[-1] / len(self._tasks)
        return max(1, ahead, int((self.size.height - 2) / rows))

    def task_at(self, y: int) -> Task | None:
        """The task whose card is drawn on the line ``y`` of the widget."""
        index = self._row_at(y)
        return None if index is None else self._tasks[index]

    def _row_at(self, y: int) -> int | None:
        line = y + self.scroll_offset.y
        if y < 0 or line >= self._tops[-1] or self._is_foot(y):
            return None
        return bisect_right(self._tops, line) - 1

    def render_line(self, y: int) -> Strip:
        """A line of the column."""
        return self._painted.line(y)

    def _drawn(self, lines: range, size: Size, style: Look) -> list[Strip]:
        """Lines of the column; dim where nothing can be dropped on it."""
        strips = self._rows_of(lines, size, style)
        return [strip.apply_style(_DIM) for strip in strips] if self.dimmed else strips

    def _rows_of(self, lines: range, size: Size, style: Look) -> list[Strip]:
        """The rows of the cards that stand there, in the width that was measured for them.

        That need not be the width of the widget, which is painted in a new one before its cards
        are told.
        """
        contents, frame = self._contents, self._frame
        if contents is None:
            return [row(style, size.width)] * len(lines)
        if frame is None or frame.look is not style or len(self._strips) > _KEPT * size.height:
            frame = self._frame = _frame(contents, style)
            self._strips.clear()
            self._blank = row(style, contents.room, edge=contents.edge)
        room, edge = contents.room, contents.edge
        if contents.column.folded:
            return [folded_row(y, contents.column, room, style, edge=edge) for y in lines]
        top = self.scroll_offset.y
        line, stop, end = lines.start + top, lines.stop + top, self._tops[-1]
        index = bisect_right(self._tops, line) - 1
        strips: list[Strip] = []
        while line < min(stop, end):
            card = self._card_rows(index, contents, frame)
            strips += card[line - self._tops[index] : stop - self._tops[index]]
            index += 1
            line = self._tops[index]
        if line == end < stop and (older := contents.column.older):
            strips.append(older_row(older, room, style, edge=edge))
        strips += [self._blank] * (len(lines) - len(strips))
        last = size.height - 1
        if last in lines and (foot := self._foot(contents, top, size, style)) is not None:
            strips[last - lines.start] = foot
        return strips

    def _card_rows(self, index: int, contents: Contents, frame: Frame) -> Sequence[Strip]:
        """The rows of a card, with the rule over it where a swimlane begins there."""
        strips = self._strips_of(index, contents, frame)
        if (lane := self._lanes.get(index)) is None:
            return strips
        return (self._rule(lane, contents, frame.look), *strips)

    def on_resize(self) -> None:
        """Keep the selected card in sight where it was."""
        height, self._height = self._height, self.size.height
        if not height or self._is_in_sight(height):
            self.reveal()

    def _is_in_sight(self, height: int) -> bool:
        """Whether a row of the selected card was seen when the column was so high."""
        if self._selected is None:
            return False
        top, bottom = self._tops[self._selected], self._tops[self._selected + 1]
        return top < self.scroll_offset.y + height and bottom > self.scroll_offset.y

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a card."""
        if event.button == 1 and (task := self.task_at(event.y)) is not None:
            self._press = Press(task.ref, event.screen_offset)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the card that is held, else light the one that is pointed at."""
        if self._press is None:
            self._hover(self._row_at(event.y))
            return
        if not self._dragged and event.screen_offset.get_distance_to(self._press.at) >= FAR:
            self._dragged = self._press.ref
            self.refresh()
        if self._dragged:
            self.post_message(CardDragged(self._dragged, event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the card: a drag drops it."""
        ref, self._dragged, held = self._dragged, "", self._press is not None
        if ref:
            self.refresh()
            self.post_message(CardDragged(ref, event.screen_x, event.screen_y, dropped=True))
            self._press = None
        if held:
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Give up a drag that something else has ended."""
        self._press = None
        self.give_up()

    def give_up(self) -> bool:
        """Give up the drag; False where there is none."""
        ref, self._dragged = self._dragged, ""
        if not ref:
            return False
        self.refresh()
        self.post_message(CardDragged(ref, None, 0))
        if self._press is not None:
            self._press = None
            self.release_mouse()
        return True

    def on_leave(self) -> None:
        """Light no card any more."""
        self._hover(None)

    def dim(self, *, on: bool) -> None:
        """Draw it as a place where nothing can be dropped, or no longer so."""
        if on != self.dimmed:
            self.dimmed = on
            self.refresh()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._refresh_card(self._hovered)
            self._hovered = index
            self._refresh_card(index)

    def on_click(self, event: events.Click) -> None:
        """Say which card was clicked, or that a column that is put away was; go on to the rest."""
        if self._contents is not None and self._contents.column.folded:
            self.post_message(StripClicked(self.status))
            return
        if self._is_foot(event.y):
            y = self.scroll_offset.y + max(1, self.size.height - 1)
            self.scroll_to(y=y, animate=False, force=True)
            return
        task = self.task_at(event.y)
        if task is not None:
            self.post_message(CardClicked(task.ref, event.chain))

    def _measure(self, contents: Contents) -> None:
        density, known = contents.density, self._rows
        self._rows = self._heights.of(contents)
        lanes = {lane.at: lane for lane in contents.column.lanes}
        if self._rows is not known or lanes.keys() != self._lanes.keys():
            rows = list(self._rows)
            for index in lanes:
                rows[index] += 1
            self._tops = [0, *accumulate(rows)]
        self._lanes = lanes
        self._end = max(0, self._tops[-1] - (density is not Density.COMPACT))
        if contents.column.older:
            self._end = self._tops[-1] + 1
        # Set so that nothing is laid out or drawn again: no widget has its place by that size.
        self.set_reactive(ScrollView.virtual_size, Size(contents.room, self._end))

    def _anchors(self) -> list[tuple[str, int]]:
        """The tasks in sight, the selected one first, and their lines below the top of the view."""
        if not self._tasks or not self.size.height:
            return []
        top, count = self.scroll_offset.y, len(self._tasks)
        first = bisect_right(self._tops, top) - 1
        sight = list(range(first, min(bisect_left(self._tops, top + self.size.height), count)))
        if self._selected in sight:
            sight.insert(0, self._selected)
        return [(self._tasks[index].ref, self._tops[index] - top) for index in sight]

    def _return_to(self, anchors: list[tuple[str, int]]) -> None:
        """Scroll so that the first of these that is there still stands where it stood."""
        for ref, below in anchors:
            index = self._index(ref)
            if index is not None:
                y = max(0, min(self._tops[index] - below, self.max_scroll_y))
                break
        else:
            y = min(self.scroll_offset.y, self.max_scroll_y)
        if y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)

    def _index(self, ref: str) -> int | None:
        return next((i for i, task in enumerate(self._tasks) if task.ref == ref), None)

    def _strips_of(self, index: int, contents: Contents, frame: Frame) -> tuple[Strip, ...]:
        task = self._tasks[index]
        card = self._cards.get(index)
        if card is None:
            card = self._cards[index] = card_of(
                contents.board,
                task,
                contents.trouble_of(task),
                now=contents.now,
                you=contents.you,
                changed=task.ref in contents.changed,
                memory=contents.memory,
                roomy=contents.density is Density.ROOMY,
            )
        light = Light(
            index == self._selected,
            task.ref in contents.flash,
            task.ref in contents.marked_refs,
            index == self._hovered,
        )
        key = (card, light)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = draw(card, frame, light)
        if task.ref == self._dragged:
            return tuple(strip.apply_style(_DIM) for strip in strips)
        return strips

    def _rule(self, lane: LaneHead, contents: Contents, style: Look) -> Strip:
        by = contents.arrangement.lanes
        name = lane_name(lane, by, contents.you) if by is not None else ""
        return lane_row(name, lane.tasks, contents.room, style, edge=contents.edge)

    def _foot(self, contents: Contents, top: int, size: Size, style: Look) -> Strip | None:
        """The last line in sight, where cards are below it: how many there are, and above."""
        bottom = top + size.height
        if not self._is_foot(size.height - 1):
            return None
        gap = contents.density is not Density.COMPACT
        below = len(self._tasks) - (bisect_right(self._tops, bottom - 1 + gap) - 1)
        below += contents.column.older
        above = bisect_left(self._tops, top)
        words = f" {glyph.DOWN} {below:,} more"
        if above > 0:
            words += f"   {glyph.UP} {above:,}"
        return row(style, contents.room, [Piece(words, style.dim)], edge=contents.edge)

    def _is_foot(self, y: int) -> bool:
        """Whether the line ``y`` of the widget tells how many cards are below it."""
        height = self.size.height
        more = self.scroll_offset.y + height < self._end
        return y == height - 1 and more and height >= _LEAST_WITH_FOOT

    def _refresh_card(self, index: int | None) -> None:
        if index is None or index + 1 >= len(self._tops):
            return
        top = self._tops[index] - self.scroll_offset.y
        height = self._tops[index + 1] - self._tops[index]
        self.refresh(Region(0, top, self.size.width, height))


def _frame(contents: Contents, style: Look) -> Frame:
    """How the cards of a column are drawn."""
    query = contents.arrangement.query
    return Frame(contents.room, contents.edge, contents.density, style, query)
