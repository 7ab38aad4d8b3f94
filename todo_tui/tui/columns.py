"""The board's area: the heads, the columns in sight, or a hint in the place of an empty board.

Owns which columns are in sight, how wide each is, and how dense their cards are. Shows what it is
given, and again when its room changes. Must not know a key, or move the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from textual.containers import Horizontal, Vertical

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.card import Density
from todo_tui.tui.column_view import ColumnView
from todo_tui.tui.contents import Contents
from todo_tui.tui.dropping import Target, target
from todo_tui.tui.heads import ColumnHeads, heads_of
from todo_tui.tui.hint import hint
from todo_tui.tui.line_view import LineView
from todo_tui.tui.painted import Painted
from todo_tui.tui.view import Shows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.app import ComposeResult

    from todo_tui.board.arrangement import Shown
    from todo_tui.board.cursor import Cursor
    from todo_tui.tui.messages import CardDragged
    from todo_tui.tui.view import View

_NARROWEST: Final = 26
"""Cells that a column needs; as many columns as fit are shown."""

_STRIP: Final = 3
"""Cells of a column that is put away."""

_LOW: Final = 16
"""Below this many rows cards are compact unless a person asked for another density."""

_NONE: Final[frozenset[str]] = frozenset()


class Scene(NamedTuple):
    """What the columns show.

    ``shown`` is None until the file could be read once. ``changed`` and ``flash`` and ``marked``
    are references of tasks. ``density``: None where a person has not asked for one.
    """

    view: View
    shown: Shown | None
    cursor: Cursor
    changed: frozenset[str] = frozenset()
    flash: frozenset[str] = frozenset()
    density: Density | None = None
    marked: frozenset[str] = frozenset()


@runtime_checkable
class Board(Shows, Protocol):
    """The screen that the columns are on."""

    def point(self, ref: str | None) -> None:
        """Select a task."""

    def drop(self, move: str) -> None:
        """Do what a key does with the selected task alone."""


class Columns(Vertical):
    """As many columns of the board as there is room for, the focused one always among them."""

    def __init__(self) -> None:
        super().__init__(id="board")
        self._scene: Scene | None = None
        self._first = 0  # the index of the leftmost column in sight
        self._columns: dict[str, ColumnView] = {}
        self._heads = ColumnHeads()
        self._body = Horizontal(id="columns")
        self._hint = LineView()
        Painted(self)

    def compose(self) -> ComposeResult:
        """The heads over the columns; the hint is in their place."""
        yield self._heads
        yield self._body
        yield self._hint

    def on_resize(self) -> None:
        """Make room for as many columns as fit now."""
        if self._scene is not None:
            self.show(self._scene)

    @property
    def density(self) -> Density:
        """How dense cards are: as a person asked for, else as the height allows."""
        if self._scene is not None and self._scene.density is not None:
            return self._scene.density
        return Density.COMPACT if self.app.size.height < _LOW else Density.NORMAL

    def show(self, scene: Scene) -> None:
        """Show this from now on: decide which columns are in sight, and give each its cards."""
        self._scene = scene
        view, shown = scene.view, scene.shown
        self._hint.show(lambda room, style: hint(view, room, style))
        empty = shown is None or not shown.board.tasks
        self._hint.display, self._body.display = empty, not empty
        self._heads.display = shown is not None
        if shown is None:
            return
        columns = shown.columns
        room = self.size.width or self.app.size.width
        focus = [column.status for column in columns].index(scene.cursor.status)
        strip = _STRIP if room > 2 * _NARROWEST else _NARROWEST
        least = [strip if column.folded else _NARROWEST for column in columns]
        self._first, number = in_sight(least, room, focus, self._first)
        folded = [column.folded for column in columns[self._first : self._first + number]]
        widths = _widths(room, folded)
        changed = _by_status(shown, scene.changed)
        order = shown.arrangement.order
        self._heads.show(heads_of(columns, changed.keys(), self._first, widths, focus, order))
        self._place(scene, shown, widths, changed)

    def select(self, cursor: Cursor) -> None:
        """Put the bar on the selected card."""
        if self._scene is not None:
            self._scene = self._scene._replace(cursor=cursor)
        for status, column in self._columns.items():
            column.select(_row(cursor, status))

    def reveal(self, status: str) -> None:
        """Scroll a column so that its selected card is in sight."""
        if (column := self._columns.get(status)) is not None:
            column.reveal()

    def page(self, status: str) -> int:
        """The number of cards that a page of a column is."""
        column = self._columns.get(status)
        return 1 if column is None else column.page()

    def on_card_dragged(self, message: CardDragged) -> None:
        """Light the columns on which the card can be dropped, and say why not; or drop it."""
        message.stop()
        scene, shown, screen = self._scene, self._shown, self.screen
        task = shown.board.get(message.ref) if shown is not None else None
        if scene is None or shown is None or task is None or message.x is None or message.dropped:
            self._heads.drops(())
            for column in self._columns.values():
                column.dim(on=False)
        if scene is None or shown is None or task is None or not isinstance(screen, Board):
            return
        view = scene.view
        targets = {
            column.status: target(shown.board, task, column.status, view.actor, view.now)
            for column in shown.columns
        }
        here = self._status_at(message.x, message.y) if message.x is not None else None
        found = targets[here] if here is not None else Target(None, "")
        if message.x is None:
            screen.say(f"{task.ref} stays where it is", refused=False)
        elif message.dropped:
            screen.point(task.ref)
            if found.move is not None:
                screen.drop(found.move)
            elif found.words:
                screen.say(found.words, refused=True)
        else:
            self._heads.drops([each.words if each.move else "" for each in targets.values()])
            for status, column in self._columns.items():
                column.dim(on=targets[status].move is None and status != task.status)
            words = found.words or f"drop {task.ref} on another column; Esc gives up"
            screen.say(words, refused=found.move is None and bool(found.words))

    @property
    def _shown(self) -> Shown | None:
        return self._scene.shown if self._scene is not None else None

    def _status_at(self, x: int, y: int) -> str | None:
        """The status of the column under a cell of the screen, its head included."""
        if not self.region.contains(x, y):
            return None
        found = [it for it in self._columns.values() if it.display and it.region.x <= x]
        return max(found, key=lambda it: it.region.x).status if found else None

    def _place(
        self,
        scene: Scene,
        shown: Shown,
        widths: Sequence[int],
        changed: Mapping[str, frozenset[str]],
    ) -> None:
        """Show the columns in sight, and only those. ``changed`` are references by column."""
        sight = shown.columns[self._first : self._first + len(widths)]
        statuses = {column.status for column in shown.columns}
        for status in [status for status in self._columns if status not in statuses]:
            self._columns.pop(status).remove()
        made = [ColumnView(column.status) for column in sight if column.status not in self._columns]
        self._columns |= {column.status: column for column in made}
        seen = {column.status for column in sight}
        for status, view in self._columns.items():
            view.display = status in seen
        last = len(sight) - 1
        density = self.density
        flash = _by_status(shown, scene.flash)
        for at, (column, width) in enumerate(zip(sight, widths, strict=True)):
            view = self._columns[column.status]
            view.styles.width = width + (at < last)
            view.show(
                Contents(
                    board=shown.board,
                    column=column,
                    faults=scene.view.findings.by_task,
                    items=scene.view.supervision.by_task,
                    density=density,
                    now=scene.view.now,
                    you=scene.view.actor.name,
                    changed=changed.get(column.status, _NONE),
                    flash=flash.get(column.status, _NONE),
                    room=width,
                    edge=at < last,
                    arrangement=shown.arrangement,
                    marked_refs=scene.marked,
                    memory=shown.memory,
                ),
                _row(scene.cursor, column.status),
            )
        if made:
            self._body.mount_all(made)
            order = {column.status: at for at, column in enumerate(shown.columns)}
            self._body.sort_children(key=lambda view: order.get(getattr(view, "status", ""), 0))


def _by_status(shown: Shown, refs: Iterable[str]) -> dict[str, frozenset[str]]:
    """The references of tasks that there are, by the status of each."""
    found: dict[str, set[str]] = {}
    for ref in refs:
        if (task := shown.board.get(ref)) is not None:
            found.setdefault(task.status, set()).add(ref)
    return {status: frozenset(those) for status, those in found.items()}


def _row(cursor: Cursor, status: str) -> int | None:
    """Which card of a column has the bar."""
    place = cursor.place if status == cursor.status else None
    return place.row if place is not None else None


def in_sight(least: Sequence[int], room: int, focus: int, first: int) -> tuple[int, int]:
    """Which columns are in sight: the index of the first, and how many.

    ``least`` are the cells that each needs, one more between two; ``focus`` is among those in
    sight. As little moves as can: ``first`` stays where that is possible, and no room is left that
    a column on the left could fill.
    """

    def fit(start: int) -> int:
        number, taken = 0, -1
        while start + number < len(least):
            taken += least[start + number] + 1
            if taken > room and number:
                break
            number += 1
        return number

    first = max(0, min(first, focus))
    while focus >= first + fit(first):
        first += 1
    while first > 0 and first - 1 + fit(first - 1) >= len(least):
        first -= 1
    return first, fit(first)


def _widths(room: int, folded: Sequence[bool]) -> tuple[int, ...]:
    """The cells of the columns in sight, which share what those that are put away leave."""
    if len(folded) == 1:
        return (room,)
    strips = sum(folded)
    number = max(1, len(folded) - strips)
    each, left = divmod(room - (len(folded) - 1) - strips * _STRIP, number)
    opened = iter(each + (at < left) for at in range(number))
    return tuple(_STRIP if strip else next(opened) for strip in folded)
