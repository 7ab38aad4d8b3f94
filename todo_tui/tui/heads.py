"""The heads of the columns: names, counts and the rule below; with one column only, a tab strip."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from textual.strip import Strip
from textual.widget import Widget

from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import cut, shown, width
from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.messages import HeadClicked
from todo_tui.tui.painted import Painted
from todo_tui.tui.row import Piece, cells, row

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from textual import events
    from textual.geometry import Size

    from todo_tui.board.arrangement import ShownColumn
    from todo_tui.board.sorting import Order
    from todo_tui.tui.look import Look


_BESIDE: Final = 8
"""Cells that the name of a hidden column needs at least, its arrow and blanks included."""


class Head(NamedTuple):
    """One column's head: its number from 1, its name as it is drawn, how many tasks it has.

    ``changed``: a card in it changed and was not looked at. ``folded``: it is put away.
    ``found`` is the count of those that meet the filter, where there is no room for both.
    """

    number: int
    name: str
    tasks: str
    changed: bool
    folded: bool = False
    found: str = ""


_ORDERED: Final[Mapping[Order, str]] = {
    "file": "",
    "priority": "by priority",
    "oldest": "oldest first",
    "newest": "newest first",
    "agent": "by agent",
}
"""How the tasks stand, where that is not as usual: said on the rule, which costs no row."""


class Heads(NamedTuple):
    """All heads, which of them are on the screen, and how wide each of those columns is.

    ``order`` is that of the tasks in all columns.
    """

    all: tuple[Head, ...]
    first: int
    widths: tuple[int, ...]
    focus: int
    order: Order = "file"

    @property
    def before(self) -> Head | None:
        """The nearest column that is out of sight to the left."""
        return self.all[self.first - 1] if self.first > 0 else None

    @property
    def after(self) -> Head | None:
        """The nearest column that is out of sight to the right."""
        index = self.first + len(self.widths)
        return self.all[index] if index < len(self.all) else None


class _Drawn(NamedTuple):
    """A head as it is drawn; so many cells at its left and right name what is out of sight."""

    strip: Strip
    before: int = 0
    after: int = 0


def name_of(column: ShownColumn) -> str:
    """A column's name as it is drawn: ``in_progress`` is "in progress"."""
    return shown(column.title.replace("_", " ")).strip() or "?"


def count_of(column: ShownColumn) -> str:
    """How many tasks a column has; where a filter hides some, how many it found of them."""
    everything = f"{column.all:,}"
    return everything if column.found == column.all else f"{column.found:,} of {everything}"


class ColumnHeads(Widget):
    """Two rows over the columns. A click on a head asks for its column."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: Heads | None = None
        self._drops: Sequence[str] = ()
        self._painted = Painted(self, self._drawn)

    def drops(self, words: Sequence[str]) -> None:
        """Say over each column what dropping a card on it does; "" where nothing; () as always."""
        if words != self._drops:
            self._drops = words
            self._painted.renew()

    def show(self, heads: Heads) -> None:
        """Show these heads."""
        if heads != self._heads:
            self._heads = heads
            self._painted.renew()

    def render_line(self, y: int) -> Strip:
        """The names, or the rule."""
        return self._painted.line(y)

    def _drawn(self, lines: range, size: Size, style: Look) -> list[Strip]:
        return [self._line(y, size.width, style) for y in lines]

    def _line(self, y: int, room: int, style: Look) -> Strip:
        if self._heads is None or not self._heads.widths:
            return row(style, room)
        if len(self._heads.widths) == 1:
            return tabs(self._heads, room, style).strip if y == 0 else _rules(self._heads, style)
        if y == 0 and self._drops:
            return drops(self._heads, self._drops, style)
        if y == 0:
            return names(self._heads, style)
        return _rules(self._heads, style)

    def on_click(self, event: events.Click) -> None:
        """Ask for the column under the pointer."""
        if self._heads is None:
            return
        index = column_at(self._heads, event.x, event.y, self.size.width, look(self))
        if index is not None:
            self.post_message(HeadClicked(index))


def column_at(heads: Heads, x: int, y: int, room: int, style: Look) -> int | None:
    """The index of the column that is named on the cell ``x``, or whose rule is there (y: 1)."""
    start, last = 0, len(heads.widths) - 1
    for at, span in enumerate(heads.widths):
        if x <= start + span:
            drawn = tabs(heads, room, style) if not last else _head(heads, at, style)
            inside = x - start
            hidden = (inside >= span - drawn.after) - (inside < drawn.before) if y == 0 else 0
            return heads.first + at + hidden
        start += span + 1
    return None


def names(heads: Heads, style: Look) -> Strip:
    """The row of names: number and name left, count right; beyond the edges what is hidden."""
    strips: list[Strip] = []
    for at in range(len(heads.widths)):
        if strips:
            strips.append(row(style, 1, [Piece(glyph.PIPE, style.faint)]))
        strips.append(_head(heads, at, style).strip)
    return Strip.join(strips)


def _head(heads: Heads, at: int, style: Look) -> _Drawn:
    """One of several heads in sight: the first and the last name their hidden neighbours, too."""
    index = heads.first + at
    before = heads.before if at == 0 else None
    after = heads.after if at == len(heads.widths) - 1 else None
    return _name(heads.all[index], before, after, heads.widths[at], index == heads.focus, style)


@lru_cache(64)  # of a change most heads say nothing
def _name(
    head: Head, before: Head | None, after: Head | None, span: int, focused: bool, style: Look
) -> _Drawn:
    """One head, with the names of what is hidden to its left and right as far as they fit."""
    if head.folded:
        sides = before is not None, after is not None
        return _Drawn(_strip(head, span, focused, style, sides), *sides)
    name = Piece(head.name, style.strong if focused else style.text)
    own = [Piece(f"{head.number} ", style.dim), name]
    mark = [Piece(" " + glyph.CHANGED, style.accent)] if head.changed else []
    room = span - cells(own) - cells(mark) - (_BESIDE if before or after else 2)
    shorter = (head.tasks, head.tasks.replace(" of ", "/"))
    count = [Piece(next((it for it in shorter if width(it) <= room), head.found), style.dim)]
    space = span - cells(own) - cells(count) - 4
    needed = (width(before.name) + 4 if before else 0) + (width(after.name) + 2 if after else 0)
    if space - cells(mark) < needed <= space:
        mark = []  # a name says more
    count += mark
    space -= cells(mark)
    left, right = [Piece(" ", style.text)], [*count, Piece(" ", style.text)]
    if before is not None:
        left += [Piece(f"{glyph.LEFT} ", style.dim), *_hidden(before, space - 4, style)]
        left.append(Piece("  ", style.dim))
        space -= cells(left) - 1
    named = cells(left) if before is not None else 0
    left += own
    if after is not None:
        left += [Piece(" ", style.dim), *count]
        right = [*_hidden(after, space - 2, style), Piece(f" {glyph.RIGHT} ", style.dim)]
    strip = row(style, span, left, right)
    return _Drawn(strip, named, cells(right) if after is not None else 0)


def _strip(head: Head, span: int, focused: bool, style: Look, sides: tuple[bool, bool]) -> Strip:
    """The head of a column that is put away: its number, and on which sides are hidden ones."""
    before, after = sides
    pieces = [
        Piece(glyph.LEFT if before else " ", style.dim),
        Piece(f"{head.number}", style.strong if focused else style.dim),
    ]
    if after:
        pieces.append(Piece(glyph.RIGHT, style.dim))
    elif head.changed:
        pieces.append(Piece(glyph.CHANGED, style.accent))
    return row(style, span, pieces)


def drops(heads: Heads, words: Sequence[str], style: Look) -> Strip:
    """The row of names while a card is dragged: what a drop does stands in the place of a name."""
    strips: list[Strip] = []
    for index, span in enumerate(heads.widths, heads.first):
        if strips:
            strips.append(row(style, 1, [Piece(glyph.PIPE, style.faint)]))
        if words[index]:
            piece, over = Piece(f" {words[index]}", style.strong), style.selected
            strips.append(row(style, span, [piece], over=over))
        else:
            strips.append(row(style, span, [Piece(f" {heads.all[index].name}", style.dim)]))
    return Strip.join(strips)


def _rules(heads: Heads, style: Look) -> Strip:
    """The rule below the names: heavy under the column in focus."""
    return _ruled(heads.widths, heads.focus - heads.first, _ORDERED[heads.order], style)


@lru_cache(8)
def _ruled(widths: tuple[int, ...], focus: int, words: str, style: Look) -> Strip:
    """The rule; ``words`` stand on it at the right of the column in focus, where they fit."""
    strips: list[Strip] = []
    for at, span in enumerate(widths):
        if strips:
            strips.append(row(style, 1, [Piece(glyph.PIPE, style.faint)]))
        sign, color = (glyph.HEAVY, style.accent) if at == focus else (glyph.THIN, style.faint)
        label = []
        if at == focus and words and width(words) + 6 <= span:
            label = [Piece(f" {words} ", style.dim), Piece(sign, color)]
        strips.append(row(style, span, [Piece(sign * (span - cells(label)), color), *label]))
    return Strip.join(strips)


def tabs(heads: Heads, room: int, style: Look) -> _Drawn:
    """One column: its name in brackets, between its neighbours."""
    head = heads.all[heads.first]
    here = [Piece(f"[{_counted(head)}]", style.strong)]
    if head.changed:
        here.append(Piece(glyph.CHANGED, style.accent))
    before = f"{glyph.LEFT} {_counted(heads.before)}" if heads.before is not None else ""
    after = _counted(heads.after) if heads.after is not None else ""
    space = room - cells(here) - 1 - (2 if before else 0) - (4 if after else 0)
    before = cut(before, max(space // 2, space - width(after)))
    after = cut(after, space - width(before))
    left = [Piece(f" {before}  " if before else " ", style.dim), *here]
    named, rest = width(before) + 1 if before else 0, room - cells(left) if after else 0
    if after:
        left.append(Piece(f"  {after} {glyph.RIGHT}", style.dim))
    return _Drawn(row(style, room, left), named, rest)


def _hidden(head: Head, room: int, style: Look) -> list[Piece]:
    """The name of a column that is out of sight; its mark where there is room for both."""
    mark = [Piece(" " + glyph.CHANGED, style.accent)] if head.changed else []
    if room - cells(mark) < width(head.name):
        mark = []
    return [Piece(cut(head.name, room - cells(mark)), style.dim), *mark]


def _counted(head: Head) -> str:
    return f"{head.name} {head.tasks}"


def heads_of(
    columns: Sequence[ShownColumn],
    changed: Container[str],
    first: int,
    widths: tuple[int, ...],
    focus: int,
    order: Order,
) -> Heads:
    """The heads of a board's columns; ``changed`` are the statuses of those with changed cards."""
    heads = tuple(
        Head(
            number,
            name_of(column),
            count_of(column),
            column.status in changed,
            column.folded,
            f"{column.found:,}",
        )
        for number, column in enumerate(columns, 1)
    )
    return Heads(heads, first, widths, focus, order)
