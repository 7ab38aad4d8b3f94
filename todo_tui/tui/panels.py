"""The board's columns and the panels that are docked to them: below, or at the right.

Owns which panel is open, where there is room for it, how much of that it has, and which one the
keys go to. Must not know what a panel shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual.containers import Container
from textual.widget import Widget

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui import look as glyph
from todo_tui.tui.look import look
from todo_tui.tui.messages import TaskWanted
from todo_tui.tui.row import Piece, row
from todo_tui.tui.view import Shows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.strip import Strip

    from todo_tui.board.attention import Item
    from todo_tui.tui.acting import Want
    from todo_tui.tui.activity_panel import ActivityPanel
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.columns import Columns
    from todo_tui.tui.detail_panel import DetailPanel
    from todo_tui.tui.panel_sizes import Docked, PanelSizes
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

_LEAST: Final = {"beside": 30, "below": 4}
"""Cells or rows that a panel keeps, whoever makes it smaller."""

_BOARD: Final = {"beside": _NARROWEST, "below": 12}
"""Cells or rows that all else on the screen keeps."""

_STEP: Final = {"beside": 4, "below": 1}
"""Cells or rows by which a key makes a panel larger."""

_EDGE: Final = 2
"""Rows of a panel below the board by which it is dragged: its head."""

Place = Literal["beside", "below", "apart"]


def place_of(size: Size) -> Place:
    """Where a panel goes on a screen of this size: ``apart`` is on a screen of its own."""
    if size.width < _NARROWEST or size.height < _LOWEST:
        return "apart"
    return "beside" if size.width >= _BESIDE_FROM else "below"


class Panels(Container):
    """The columns, and below them or at their right the activity while it is open.

    A task's detail is docked at the right alone. There is one panel at a time. They are made when
    the board is on the screen, or when the first of them is opened.
    """

    def __init__(self, columns: Columns, want: Want, sizes: PanelSizes) -> None:
        super().__init__(id="panels")
        self._sizes = sizes
        self._held: int | None = None  # while its edge is dragged: the size from before
        self._columns = columns
        self._want = want
        self._made: _Made | None = None
        self._open: list[Widget] = []  # the one that was opened last stands before the others
        self._view: View | None = None
        self._ref: str | None = None  # of the selected task

    def compose(self) -> ComposeResult:
        """The columns; what is docked stands behind them."""
        yield self._columns

    def on_mount(self) -> None:
        """Make the panels after the first frame: what they are made of takes long to load."""
        self.call_after_refresh(self._furnish)

    def _furnish(self) -> _Made:
        if self._made is None:
            from todo_tui.tui.activity_panel import ActivityPanel
            from todo_tui.tui.detail_panel import DetailPanel

            self._made = _Made(_Edge(), ActivityPanel(), DetailPanel(self._want))
            for each in self._made:
                each.display = False
            self.mount(*self._made)
            self._arrange()
        return self._made

    def fit(self) -> None:
        """Dock what is open where there is room for it now."""
        self._arrange()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the edge of the panel."""
        docked = self._seen
        made = self._made
        edge = made is not None and self._is_edge(made, event.screen_x, event.screen_y)
        if made is not None and event.button == 1 and docked and edge:
            self._held = self._extent(docked)
            (made.edge if made.edge.display else made.activity).capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Give the panel the room up to where its edge is dragged."""
        if self._held is not None and self._made is not None:
            right, bottom = self.app.size.width, self._made.activity.region.bottom
            across, down = right - event.screen_x - 1, bottom - event.screen_y
            self._resize(across if self.place == "beside" else down)

    def on_mouse_up(self) -> None:
        """Let go of the edge."""
        if self._held is not None:
            self._held = None
            self.app.capture_mouse(None)
            self._keep()

    def on_mouse_release(self) -> None:
        """Leave the edge where it is when something else has ended the drag."""
        self._held = None

    def give_up(self) -> bool:
        """Put the edge back where it was; False where it is not dragged."""
        held, self._held = self._held, None
        if held is None:
            return False
        self._resize(held)
        self.app.capture_mouse(None)
        return True

    def grow(self, by: int) -> str | None:
        """Make the open panel larger by so many steps; why not, if that cannot be."""
        if (docked := self._seen) is None:
            return "no panel is open: L opens the activity"
        if not self._resize(self._extent(docked) + by * _STEP[self.place]):
            return f"the panel cannot be {'larger' if by > 0 else 'smaller'} on this screen"
        self._keep()
        return None

    def on_panel_left(self) -> None:
        """Give the keys back to the columns."""
        self.screen.set_focus(None)

    def on_panel_shut(self) -> None:
        """Close the detail."""
        self.shut_detail()

    def show(self, view: View) -> None:
        """Show ``view`` in all panels that are open."""
        self._view = view
        if self._made is not None:
            self._made.activity.show(view)

    @property
    def place(self) -> Place:
        """Where a panel goes now."""
        return place_of(self.app.size)

    @property
    def focused(self) -> bool:
        """Whether the keys go to a panel."""
        return self.where != "board"

    @property
    def where(self) -> Literal["board", "activity", "detail"]:
        """Where the keys go."""
        if self._made is None:
            return "board"
        if self._made.detail.has_focus:
            return "detail"
        return "activity" if self._made.activity.has_focus else "board"

    @property
    def picked(self) -> Item | None:
        """What needs the person of what is selected in the activity."""
        return self._made.activity.picked if self._made is not None else None

    def point(self, view: View, ref: str | None) -> None:
        """Show the selected task in the detail, while that is open."""
        self._view, self._ref = view, ref
        if self._made is not None and self._made.detail.display:
            self._made.detail.show(view, ref)

    def toggle_detail(self) -> bool:
        """Dock the detail, or close it; False where there is no room for it beside the board."""
        if self.place != "beside":
            return False
        self._toggle(self._furnish().detail)
        return True

    @property
    def detailed(self) -> bool:
        """Whether the detail is docked."""
        return self._made is not None and self._made.detail.display

    def shut_detail(self) -> bool:
        """Close the detail; False where it is not open."""
        was = self.detailed
        if was:
            self._toggle(self._furnish().detail)
        return was

    def toggle_activity(self, view: View, clock: Clock) -> None:
        """Open the activity, or close it: then the detail is there again, if it was."""
        if self.place == "apart":
            from todo_tui.tui.activity_screen import ActivityScreen

            self.app.push_screen(ActivityScreen(view, clock), self._go)
            return
        self._toggle(self._furnish().activity)

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

    @property
    def _seen(self) -> Docked | None:
        """What is docked now, and where."""
        if self._made is None:
            return None
        if self._made.detail.display:
            return "detail"
        if not self._made.activity.display:
            return None
        return "activity" if self.place == "beside" else "below"

    def _extent(self, docked: Docked) -> int:
        """The cells or rows of what is docked, or would be."""
        usual = {"detail": _DETAIL, "activity": _ACTIVITY, "below": self.app.size.height // 3}
        return self._fitting(self._sizes.size(docked) or usual[docked])

    def _resize(self, size: int) -> bool:
        """Make what is docked so large, as far as there is room; whether it changed."""
        docked = self._seen
        if docked is None:
            return False
        before, size = self._extent(docked), self._fitting(size)
        self._sizes.make(docked, size)
        self._arrange()
        return size != before

    def _fitting(self, size: int) -> int:
        """The nearest that there is room for."""
        place, whole = self.place, self.app.size
        room = whole.width if place == "beside" else whole.height
        return max(_LEAST[place], min(room - _BOARD[place], size))

    def _keep(self) -> None:
        try:
            if (docked := self._seen) is not None:
                self._sizes.keep(docked)
        except TodoError as error:
            if isinstance(self.screen, Shows):
                self.screen.say(error.message, refused=True)

    def _is_edge(self, made: _Made, x: int, y: int) -> bool:
        if self.place == "beside":
            return made.edge.display and made.edge.region.contains(x, y)
        head = made.activity.region
        return made.activity.display and head.y <= y < head.y + _EDGE

    def _docked(self) -> list[Widget]:
        panels = () if self._made is None else (self._made.activity, self._made.detail)
        return [panel for panel in panels if panel.display]

    def _arrange(self) -> None:
        place, made = self.place, self._made
        self.set_class(place == "beside", "beside")
        if made is None:
            return
        edge, activity, detail = made
        fit = {"beside": (activity, detail), "below": (activity,), "apart": ()}
        seen = next((panel for panel in reversed(self._open) if panel in fit[place]), None)
        appears = seen is not None and not seen.display
        for panel in (activity, detail):
            if panel is not seen and self.screen.focused is panel:
                self.screen.set_focus(None)
            panel.display = panel is seen
        edge.display = seen is not None and place == "beside"
        if place == "beside":
            detail.styles.width = self._extent("detail")
            activity.styles.width = self._extent("activity")
            activity.styles.height = "1fr"
        elif place == "below":
            activity.styles.width = "1fr"
            activity.styles.height = self._extent("below")
        if appears and self._view is not None:  # it is told nothing while it is not to be seen
            self.show(self._view)
            self.point(self._view, self._ref)


class _Made(NamedTuple):
    """What is docked, once it was made; the edge stands at the right alone."""

    edge: _Edge
    activity: ActivityPanel
    detail: DetailPanel


class _Edge(Widget):
    """The line between the columns and a panel at their right."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """One cell of it."""
        style = look(self)
        return row(style, 1, [Piece(glyph.PIPE, style.faint)])
