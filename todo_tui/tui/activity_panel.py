"""The activity as a panel: docked to the board, or alone on a screen of its own.

Owns which happening is selected, and the filter. Must not know where it is docked, or what there
is beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.widget import Widget

from todo_tui.board.timeline import timeline
from todo_tui.tui import keys
from todo_tui.tui import look as glyph
from todo_tui.tui.activity import EVERYTHING, Lines, Scene, next_filter
from todo_tui.tui.line_view import LineView
from todo_tui.tui.look import look
from todo_tui.tui.messages import PanelLeft, PanelMoved, TaskWanted
from todo_tui.tui.row import Piece, cells, joined, row
from todo_tui.tui.told import refs_of
from todo_tui.tui.view import Shows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from todo_tui.board.attention import Item
    from todo_tui.board.timeline import Happening
    from todo_tui.tui.activity import Only
    from todo_tui.tui.line_view import Line
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_TOLD: Final = 500
"""So many of the newest events and entries are told; ``todo-tui log`` tells all."""

_KEYS: Final = ("activity.filter", "activity.go", "activity.close")
_FEW: Final = ("activity.close",)


class ActivityPanel(Vertical, can_focus=True):
    """What happened, the newest first, under a head."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("activity")]

    def __init__(self) -> None:
        super().__init__()
        self._view: View | None = None
        self._told: tuple[object, ...] = ()
        self._all: tuple[Happening, ...] = ()
        self._rows: tuple[Happening, ...] = ()
        self._only = EVERYTHING
        self._index = 0
        self._lines: Lines | None = None
        self._head = _Head()
        self._list = LineView(self._span)

    def compose(self) -> ComposeResult:
        """The head, and the happenings."""
        yield self._head
        yield self._list

    def show(self, view: View) -> None:
        """Show what is known in ``view``; the selection stays on its happening."""
        self._view = view
        if not self.display:
            return
        events = view.supervision.events[-_TOLD:]
        history = view.board.history[-_TOLD:] if view.board is not None else ()
        told = (events, history, view.supervision.away, view.now)
        if told != self._told:
            self._told = told
            self._all = timeline(history, events)[::-1]
            self._filter(self._only)

    def action_step(self, by: int) -> None:
        """Select the happening ``by`` further down."""
        self._select(self._index + by)

    def action_page(self, by: int) -> None:
        """Select the happening a page further down."""
        self._select(self._index + by * max(1, self._list.size.height - 1))

    def action_first(self) -> None:
        """Select the newest."""
        self._select(0)

    def action_last(self) -> None:
        """Select the oldest."""
        self._select(len(self._rows) - 1)

    def action_only(self) -> None:
        """Filter: by the agent of the selected happening, by its task, not at all."""
        self._filter(next_filter(self._only, self._selected))

    def action_go(self) -> None:
        """Go to the task of the selected happening."""
        chosen = self._selected
        refs = refs_of(chosen.event) if chosen is not None else ()
        if refs:
            self.screen.set_focus(None)  # now: the next key is typed already, and for the board
            self.post_message(TaskWanted(refs[0]))
        else:
            words = "this is not about one task" if self._rows else "nothing has happened yet"
            self._say(words)

    async def action_shut(self) -> None:
        """Close the activity."""
        await self.screen.run_action("activity")

    async def action_help(self) -> None:
        """Show the keys."""
        await self.screen.run_action("help")

    def action_back(self) -> None:
        """Go back to the board."""
        self.post_message(PanelLeft())

    def action_close(self) -> None:
        """Go back to the board."""
        self.post_message(PanelLeft())

    def on_focus(self) -> None:
        """Show the selection."""
        self._head.light(lit=True)
        self._list.reveal()

    def on_blur(self) -> None:
        """Hide the selection."""
        self._head.light(lit=False)
        self._list.refresh()

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; go to its task on the second click."""
        line = self._list.line_at(event.screen_x, event.screen_y)
        at = self._lines.at(line) if self._lines is not None and line is not None else None
        if at is not None:
            self._select(at)
            if event.chain == 2:
                self.action_go()

    @property
    def picked(self) -> Item | None:
        """What is open of the selected happening, where it broke a rule."""
        chosen, view = self._selected, self._view
        if chosen is None or view is None or chosen.event.violation is None:
            return None
        key = chosen.event.key
        items = (item for item in view.supervision.items if item.need == "violation")
        return next((it for it in items if key in (event.key for event in it.events)), None)

    def _say(self, why: str) -> None:
        if isinstance(self.screen, Shows):
            self.screen.say(why, refused=True)

    @property
    def _selected(self) -> Happening | None:
        return self._rows[self._index] if self._index < len(self._rows) else None

    def _select(self, index: int) -> None:
        self._index = max(0, min(index, len(self._rows) - 1))
        self._list.reveal()
        self.post_message(PanelMoved())

    def _filter(self, only: Only) -> None:
        """Show what the filter leaves, the selection where it was, else on the newest."""
        chosen, top = self._selected, self._index == 0
        self._only = only
        self._rows = tuple(row for row in self._all if only.takes(row))
        if chosen is not None and not top and chosen in self._rows:
            self._index = self._rows.index(chosen)
        elif not top:
            self._index = 0
        self._head.say(only.words())
        self._list.show(self._build)
        if self.has_focus and not top:
            self._list.reveal()
        self.post_message(PanelMoved())

    def _span(self) -> range:
        """The lines of the selected happening, while the panel has the focus."""
        if self._lines is None or not self._rows or not self.has_focus:
            return range(0)
        return self._lines.span(self._index)

    def _build(self, room: int, style: Look) -> Sequence[Line]:
        view = self._view
        if view is None or not self._rows:
            self._lines = None
            return [[Piece("Nothing is known to have happened.", style.dim)]]
        scene = Scene(view.actor.name, view.now, view.board, room, style)
        self._lines = Lines(self._rows, view.supervision.away, scene)
        return self._lines


class _Head(Widget):
    """What it is, the filter, the keys; and a rule, which is heavy where the keys go."""

    def __init__(self) -> None:
        super().__init__(classes="panel-head")
        self._only = EVERYTHING.words()
        self._lit = False

    def say(self, only: str) -> None:
        """Name the filter."""
        if only != self._only:
            self._only = only
            self.refresh()

    def light(self, *, lit: bool) -> None:
        """Whether the keys go to this panel."""
        self._lit = lit
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The words, or the rule."""
        room, style = self.size.width, look(self)
        if y == 1:
            rule = (glyph.HEAVY, style.accent) if self._lit else (glyph.THIN, style.faint)
            return row(style, room, [Piece(rule[0] * room, rule[1])])
        left = [Piece(" activity", style.strong), Piece(f"   {self._only}", style.dim)]
        for names in (_KEYS, _FEW):
            groups = [
                [Piece(keys.sign_of(key), style.key), Piece(f" {key.word}", style.dim)]
                for key in map(keys.key, names)
                if keys.sign_of(key)
            ]
            right = [*joined(groups, "  ", style.dim), Piece(" ", style.dim)]
            if cells(left) + cells(right) + 3 <= room:
                break
        return row(style, room, left, right)
