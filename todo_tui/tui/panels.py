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
from todo_tui.tui.detail_panel import DetailPanel
from todo_tui.tui.look import look
from todo_tui.tui.messages import EdgeDragged, TaskWanted
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.strip import Strip

    from todo_tui.board.attention import Item
    from todo_tui.tui.acting import Want
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.columns import Columns
    from todo_tui.tui.view import View

_BESIDE_FROM: Final = 150
"""From so many cells on a panel stands at the right of the board."""

_NARROWEST: Final = 60
_LOWEST: Final = 20
"""Below so many cells or rows there is no room for a panel at all."""

_ACTIVITY: Final = 56
"""Cells of the activity at the right of the board."""

_DETAIL: Final = 88
"""Cells of a task's detail there; it takes the place of the activity."""

_LEAST_BESIDE: Final = 30
"""Cells that a panel at the right keeps when its edge is dragged."""

Place = Literal["beside", "below", "apart"]


def place_of(size: Size) -> Place:
    """Where a panel goes on a screen of this size: ``apart`` is on a screen of its own."""
    if size.width < _NARROWEST or size.height < _LOWEST:
        return "apart"
    return "beside" if size.width >= _BESIDE_FROM else "below"


class Panels(Container):
    """The columns, and below them or at their right the activity while it is open.

    A task's detail is docked at the right alone. There is one panel at a time.
    """

    def __init__(self, columns: Columns, want: Want) -> None:
        super().__init__(id="panels")
        self._columns = columns
        self._edge = _Edge()
        self._activity = ActivityPanel()
        self._activity.display = False
        self._edge.display = False
        self._detail = DetailPanel(want)
        self._detail.display = False
        self._wide: int | None = None  # cells of a panel at the right, where a person set them
        self._open: list[Widget] = []  # the one that was opened last stands before the others

    def compose(self) -> ComposeResult:
        """The columns first, then what is docked."""
        yield self._columns
        yield self._edge
        yield self._activity
        yield self._detail

    def fit(self) -> None:
        """Dock what is open where there is room for it now."""
        self._arrange()

    def on_edge_dragged(self, message: EdgeDragged) -> None:
        """Give the panel at the right the room up to a cell of the screen."""
        message.stop()
        whole = self.app.size.width
        self._wide = max(_LEAST_BESIDE, min(whole - _NARROWEST, whole - message.x - 1))
        self._arrange()

    def on_panel_left(self) -> None:
        """Give the keys back to the columns."""
        self.screen.set_focus(None)

    def on_panel_shut(self) -> None:
        """Close the detail."""
        self.shut_detail()

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
        return self._activity.has_focus or self._detail.has_focus

    @property
    def where(self) -> Literal["board", "activity", "detail"]:
        """Where the keys go."""
        if self._detail.has_focus:
            return "detail"
        return "activity" if self._activity.has_focus else "board"

    @property
    def picked(self) -> Item | None:
        """What needs the person of what is selected in the activity."""
        return self._activity.picked

    def point(self, view: View, ref: str | None) -> None:
        """Show the selected task in the detail, while that is open."""
        if self._detail.display:
            self._detail.show(view, ref)

    def toggle_detail(self) -> bool:
        """Dock the detail, or close it; False where there is no room for it beside the board."""
        if self.place != "beside":
            return False
        self._toggle(self._detail)
        return True

    @property
    def detailed(self) -> bool:
        """Whether the detail is docked."""
        return self._detail.display

    def shut_detail(self) -> bool:
        """Close the detail; False where it is not open."""
        was = self._detail.display
        if was:
            self._toggle(self._detail)
        return was

    def toggle_activity(self, view: View, clock: Clock) -> None:
        """Open the activity, or close it: then the detail is there again, if it was."""
        if self.place == "apart":
            from todo_tui.tui.activity_screen import ActivityScreen

            self.app.push_screen(ActivityScreen(view, clock), self._go)
            return
        self._toggle(self._activity)
        self._activity.show(view)

    def _go(self, ref: str | None) -> None:
        if ref is not None:
            self.post_message(TaskWanted(ref))

    def turn(self, by: int) -> bool:
        """Give the keys to the panel ``by`` further on, the board's columns being the first.

        False where there is no other.
        """
        spots: list[Widget | None] = [None, *self._docked()]
        focused = self.screen.focused
        at = spots.index(focused) if focused in spots else 0
        self.screen.set_focus(spots[(at + by) % len(spots)])
        return len(spots) > 1

    def _toggle(self, panel: Widget) -> None:
        """Close what can be seen, else open it before the others."""
        seen = panel.display
        if panel in self._open:
            self._open.remove(panel)
        if not seen:
            self._open.append(panel)
        self._arrange()

    def _docked(self) -> list[Widget]:
        return [panel for panel in (self._activity, self._detail) if panel.display]

    def _arrange(self) -> None:
        place = self.place
        fit = {"beside": (self._activity, self._detail), "below": (self._activity,), "apart": ()}
        seen = next((panel for panel in reversed(self._open) if panel in fit[place]), None)
        for panel in (self._activity, self._detail):
            if panel is not seen and self.screen.focused is panel:
                self.screen.set_focus(None)
            panel.display = panel is seen
        self._edge.display = seen is not None and place == "beside"
        self.set_class(place == "beside", "beside")
        self._detail.styles.width = self._wide or _DETAIL
        if place == "beside":
            self._activity.styles.width = self._wide or _ACTIVITY
            self._activity.styles.height = "1fr"
        else:
            self._activity.styles.width = "1fr"
            self._activity.styles.height = self.app.size.height // 3


class _Edge(Widget):
    """The line between the columns and a panel at their right. Dragged, it goes up as a message."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """One cell of it."""
        style = look(self)
        return row(style, 1, [Piece(glyph.PIPE, style.faint)])

    def on_mouse_down(self) -> None:
        """Take hold of it."""
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say where it is dragged to."""
        if self.app.mouse_captured is self:
            self.post_message(EdgeDragged(event.screen_x))

    def on_mouse_up(self) -> None:
        """Let go of it."""
        self.release_mouse()
