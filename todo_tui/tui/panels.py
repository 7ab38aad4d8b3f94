"""The board's columns and the panels that are docked to them: below, or at the right.

Owns which panel is open, where there is room for it, and which one the keys go to. Must not know
what a panel shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual.containers import Container
from textual.widget import Widget

from todo_tui.tui import look as glyph
from todo_tui.tui.activity_panel import ActivityPanel
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.strip import Strip

    from todo_tui.tui.columns import Columns
    from todo_tui.tui.view import View

_BESIDE_FROM: Final = 150
"""From so many cells on a panel stands at the right of the board."""

_NARROWEST: Final = 60
_LOWEST: Final = 20
"""Below so many cells or rows there is no room for a panel at all."""

_ACTIVITY: Final = 56
"""Cells of the activity at the right of the board."""

Place = Literal["beside", "below", "apart"]


def place_of(size: Size) -> Place:
    """Where a panel goes on a screen of this size: ``apart`` is on a screen of its own."""
    if size.width < _NARROWEST or size.height < _LOWEST:
        return "apart"
    return "beside" if size.width >= _BESIDE_FROM else "below"


class Panels(Container):
    """The columns, and the activity below them or at their right while it is open."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(id="panels")
        self._columns = columns
        self._edge = _Edge()
        self._activity = ActivityPanel()
        self._activity.display = False
        self._edge.display = False
        self._open = False

    def compose(self) -> ComposeResult:
        """The columns first, then what is docked."""
        yield self._columns
        yield self._edge
        yield self._activity

    def on_resize(self) -> None:
        """Dock what is open where there is room for it now."""
        self._arrange()

    def on_panel_left(self) -> None:
        """Give the keys back to the columns."""
        self.screen.set_focus(None)

    def show(self, view: View) -> None:
        """Show ``view`` in all panels that are open."""
        self._activity.show(view)

    @property
    def place(self) -> Place:
        """Where a panel goes now."""
        return place_of(self.app.size)

    @property
    def focused(self) -> bool:
        """Whether the keys go to a panel."""
        return self._activity.has_focus

    def toggle_activity(self, view: View) -> None:
        """Open the activity, or close it."""
        self._open = not self._open
        self._arrange()
        self._activity.show(view)

    def turn(self, by: int) -> bool:
        """Give the keys to the panel ``by`` further on, the board's columns being the first.

        False where there is no other.
        """
        spots: list[Widget | None] = [None, *self._docked()]
        focused = self.screen.focused
        at = spots.index(focused) if focused in spots else 0
        self.screen.set_focus(spots[(at + by) % len(spots)])
        return len(spots) > 1

    def _docked(self) -> list[Widget]:
        return [self._activity] if self._activity.display else []

    def _arrange(self) -> None:
        place = self.place
        shown = self._open and place != "apart"
        if not shown and self.screen.focused is self._activity:
            self.screen.set_focus(None)
        self._activity.display = shown
        self._edge.display = shown and place == "beside"
        self.set_class(place == "beside", "beside")
        if place == "beside":
            self._activity.styles.width, self._activity.styles.height = _ACTIVITY, "1fr"
        else:
            self._activity.styles.width = "1fr"
            self._activity.styles.height = self.app.size.height // 3


class _Edge(Widget):
    """The line between the columns and a panel at their right."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """One cell of it."""
        style = look(self)
        return row(style, 1, [Piece(glyph.PIPE, style.faint)])
