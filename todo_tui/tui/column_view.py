"""One column: a scroll view that draws the cards in sight itself, whatever the number of tasks.

Owns what is measured (the height of each card in the width that it was measured for), which card
stands on which line, and where the column is scrolled to. It never takes the focus: the cursor is
the board screen's. Must not know a key or a transition.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from todo_tui.board.arrangement import Arrangement
from todo_tui.board.pairing import different
from todo_tui.board.task import BLOCKED, TODO
from todo_tui.tui import look as glyph
from todo_tui.tui.card import MARKED, Density, Frame, Light, Trouble, card_of, draw, heights
from todo_tui.tui.column_rows import folded_row, lane_name, lane_row, older_row
from todo_tui.tui.look import look
from todo_tui.tui.messages import CardClicked, StripClicked
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from textual import events

    from todo_tui.board.arrangement import LaneHead, ShownColumn
    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.task import Fault, Task
    from todo_tui.tui.card import Card
    from todo_tui.tui.look import Look

_LEAST_WITH_FOOT: Final = 3
"""Rows that a column has to have for one of them to tell how many cards are below."""

_KEPT: Final = 2_000
"""Cards whose strips are kept."""


class Contents(NamedTuple):
    """What a column shows.

    ``faults`` are those that were found, ``items`` what needs a person, by task; ``changed`` and
    ``flash`` are references of tasks. ``room`` is the width of a card in cells; ``edge``: a
    separator stands right of the column. What the filter of the ``arrangement`` finds in a card is
    marked. ``marked_refs`` are the tasks that a person has marked.
    """

    board: Board
    column: ShownColumn
    faults: Mapping[str, tuple[Fault, ...]]
    items: Mapping[str, tuple[Item, ...]]
    density: Density
    now: datetime
    you: str
    changed: frozenset[str]
    flash: frozenset[str]
    room: int
    edge: bool
    arrangement: Arrangement = Arrangement()
    marked_refs: frozenset[str] = frozenset()

    def trouble_of(self, task: Task) -> Trouble:
        """The faults of a task, all that were found or else those that it shows by itself, and why
        it needs a person.
        """
        return Trouble(self.faults.get(task.ref, task.faults), self.items.get(task.ref, ()))

    def marked(self, task: Task) -> bool:
        """Whether its card has a row of marks; cheap, since it is asked of every task."""
        if task.faults or task.status == BLOCKED or task.ref in self.faults:
            return True
        if any(item.need in MARKED for item in self.items.get(task.ref, ())):
            return True
        if not task.dependencies or task.status != TODO:
            return False
        return bool(self.board.open_dependencies(task))


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
        self._rows: list[int] = []  # how many each card takes
        self._tops: list[int] = [0]  # the line on which each card begins, and where one would next
        self._lanes: dict[int, LaneHead] = {}  # by the index of the card below each rule
        self._end = 0  # the number of lines, without the blank one after the last card
        self._selected: int | None = None
        self._height = 0  # rows that there were at the last change of the size
        self._cards: dict[int, Card] = {}
        self._strips: dict[tuple[Card, Light], tuple[Strip, ...]] = {}
        self._frame: Frame | None = None  # what the strips were drawn for
        self._blank = Strip([])

    def show(self, contents: Contents) -> None:
        """Show other contents; what was in sight stays where it was."""
        before = self._contents
        if before is not None and _same(before, contents):
            return
        anchors = self._anchors()
        self._contents = contents
        self._cards.clear()
        if before is None or not _same_heights(before, contents):
            self._tasks = contents.column.tasks
            self._selected = None
            self._measure(contents, before)
            self._return_to(anchors)
        self.refresh()

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
        line = y + self.scroll_offset.y
        if y < 0 or line >= self._tops[-1]:
            return None
        return self._tasks[bisect_right(self._tops, line) - 1]

    def render_line(self, y: int) -> Strip:
        """A line of the card that stands there, in the width that was measured for it.

        That need not be the width of the widget, which is painted in a new one before its cards
        are told.
        """
        contents, style = self._contents, look(self)
        if contents is None:
            return row(style, self.size.width)
        frame = Frame(
            contents.room, contents.edge, contents.density, style, contents.arrangement.query
        )
        if frame != self._frame or len(self._strips) > _KEPT:
            self._strips.clear()
            self._frame = frame
            self._blank = row(style, contents.room, edge=contents.edge)
        if contents.column.folded:
            return folded_row(y, contents.column, contents.room, style, edge=contents.edge)
        line = y + self.scroll_offset.y
        if y == self.size.height - 1 and (foot := self._foot(contents, style)) is not None:
            return foot
        if line >= self._tops[-1]:
            older = contents.column.older
            if older and line == self._tops[-1]:
                return older_row(older, contents.room, style, edge=contents.edge)
            return self._blank
        index = bisect_right(self._tops, line) - 1
        below = line - self._tops[index]
        if (lane := self._lanes.get(index)) is not None:
            if not below:
                return self._rule(lane, contents, style)
            below -= 1
        return self._drawn(index, contents, frame)[below]

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

    def on_click(self, event: events.Click) -> None:
        """Say which card was clicked, or that a column that is put away was."""
        if self._contents is not None and self._contents.column.folded:
            self.post_message(StripClicked(self.status))
            return
        task = self.task_at(event.y)
        if task is not None:
            self.post_message(CardClicked(task.ref, event.chain))

    def _measure(self, contents: Contents, before: Contents | None) -> None:
        density = contents.density
        self._rows = _rows(contents, before, self._rows)
        self._lanes = {lane.at: lane for lane in contents.column.lanes}
        rows = list(self._rows)
        for index in self._lanes:
            rows[index] += 1
        self._tops = [0, *accumulate(rows)]
        self._end = max(0, self._tops[-1] - (density is not Density.COMPACT))
        if contents.column.older:
            self._end = self._tops[-1] + 1
        size = Size(contents.room, self._end)
        if size != self.virtual_size:
            self.virtual_size = size

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
                if y != self.scroll_offset.y:
                    self.scroll_to(y=y, animate=False, force=True)
                return

    def _index(self, ref: str) -> int | None:
        return next((i for i, task in enumerate(self._tasks) if task.ref == ref), None)

    def _drawn(self, index: int, contents: Contents, frame: Frame) -> tuple[Strip, ...]:
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
            )
        light = Light(
            index == self._selected, task.ref in contents.flash, task.ref in contents.marked_refs
        )
        key = (card, light)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = draw(card, frame, light)
        return strips

    def _rule(self, lane: LaneHead, contents: Contents, style: Look) -> Strip:
        by = contents.arrangement.lanes
        name = lane_name(lane, by, contents.you) if by is not None else ""
        return lane_row(name, lane.tasks, contents.room, style, edge=contents.edge)

    def _foot(self, contents: Contents, style: Look) -> Strip | None:
        """The last line in sight, where cards are below it: how many there are, and above."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if bottom >= self._end or self.size.height < _LEAST_WITH_FOOT:
            return None
        gap = contents.density is not Density.COMPACT
        below = len(self._tasks) - (bisect_right(self._tops, bottom - 1 + gap) - 1)
        below += contents.column.older
        above = bisect_left(self._tops, top)
        words = f" {glyph.DOWN} {below:,} more"
        if above > 0:
            words += f"   {glyph.UP} {above:,}"
        return row(style, contents.room, [Piece(words, style.dim)], edge=contents.edge)

    def _refresh_card(self, index: int | None) -> None:
        if index is None or index + 1 >= len(self._tops):
            return
        top = self._tops[index] - self.scroll_offset.y
        height = self._tops[index + 1] - self._tops[index]
        self.refresh(Region(0, top, self.size.width, height))


def _rows(contents: Contents, before: Contents | None, known: list[int]) -> list[int]:
    """The rows of each card; ``known`` are those of ``before``, kept for tasks that are the same.

    Whether a task waits for another is asked anew, and where what needs the person is other than
    it was, whether that is about a task: that may be what changed.
    """
    tasks, marked = contents.column.tasks, contents.marked
    room, density = contents.room, contents.density
    if before is None or (before.room, before.density) != (room, density):
        return [*heights(tasks, marked, room, density)]
    if before.faults is not contents.faults:
        return [*heights(tasks, marked, room, density)]
    start, stop_before, stop = different(before.column.tasks, tasks)
    between = heights(tasks[start:stop], marked, room, density)
    rows = [*known[:start], *between, *known[stop_before:]]
    about = () if before.items is contents.items else {*before.items, *contents.items}
    asked = [
        at
        for at, task in enumerate(tasks)
        if (task.dependencies and task.status == TODO) or task.ref in about
    ]
    again = heights((tasks[at] for at in asked), marked, room, density)
    for at, height in zip(asked, again, strict=True):
        rows[at] = height
    return rows


def _same(before: Contents, after: Contents) -> bool:
    """Whether nothing is drawn otherwise."""
    return (
        _same_heights(before, after)
        and before.now == after.now
        and before.changed == after.changed
        and before.flash == after.flash
        and before.arrangement.query == after.arrangement.query
        and before.marked_refs == after.marked_refs
    )


def _same_heights(before: Contents, after: Contents) -> bool:
    """Whether each card has the height that it had; any task may have got a row of marks."""
    return (
        before.board is after.board
        and before.column == after.column
        and before.faults is after.faults
        and before.items is after.items
        and before.density is after.density
        and before.room == after.room
        and before.edge == after.edge
    )
