"""All agents, a row each, and below them what the selected one did last and what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.widget import Widget

from todo_tui.board.timeline import timeline
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui import keys
from todo_tui.tui import look as glyph
from todo_tui.tui.activity import Scene
from todo_tui.tui.agents import (
    NARROW,
    ORDERS,
    columns,
    evidence,
    heading,
    last_changes,
    line_of,
    ordered,
    rule,
    short_line,
)
from todo_tui.tui.concern import acts_of
from todo_tui.tui.frame import Frame
from todo_tui.tui.help_screen import HelpScreen
from todo_tui.tui.key import Situation
from todo_tui.tui.layer import Layer
from todo_tui.tui.line_view import LineView
from todo_tui.tui.look import look
from todo_tui.tui.messages import AgentsWanted
from todo_tui.tui.row import Piece, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from todo_tui.board.agents import AgentRow
    from todo_tui.board.attention import Item
    from todo_tui.board.timeline import Happening
    from todo_tui.tui.agents import Order
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.line_view import Line
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_LOW: Final = 20
"""Below so many rows there is nothing below the agents."""

_BELOW: Final = 10
"""Rows kept for what is told of the selected agent."""

_TOLD: Final = 500
"""Among so many of the newest events and entries its last changes are looked for."""

_CHANGES: Final = 4


class Chosen(NamedTuple):
    """An agent, by its bare name, whose tasks alone the board is to show; ``ref`` the first."""

    agent: str
    ref: str | None


class AgentsScreen(Layer["Chosen | None"]):
    """The agents. Its result is the one that was chosen, if one was."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("agents")]

    wants_agents = True

    def __init__(self, view: View, clock: Clock) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        self._order: Order = ORDERS[0]
        self._rows: tuple[AgentRow, ...] = ()
        self._name: str | None = None
        self._told: tuple[object, ...] = ()
        self._happened: tuple[Happening, ...] = ()
        self._frame = Frame(clock)
        self._head = _Head()
        self._list = LineView(self._span)
        self._below = LineView()

    def compose(self) -> ComposeResult:
        """Header, head, agents, what is told of one, footer."""
        yield from self._frame.around(self._head, self._list, self._below)

    def on_mount(self) -> None:
        """Ask for the rows, which are found only while this screen is open."""
        self.show(self._view)
        self.post_message(AgentsWanted())

    def on_resize(self) -> None:
        """Make room for both parts."""
        self._arrange()

    def show(self, view: View) -> None:
        """Show ``view`` from now on; the selection stays on its agent."""
        self._view = view
        self._frame.header.show(view)
        events = view.supervision.events[-_TOLD:]
        history = view.board.history[-_TOLD:] if view.board is not None else ()
        if self._told != (events, history):
            self._told = (events, history)
            self._happened = timeline(history, events)[::-1]
        self._sort()

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def action_step(self, by: int) -> None:
        """Select the agent ``by`` further down."""
        self._select(self._index + by)

    def action_page(self, by: int) -> None:
        """Select the agent a page further down."""
        self._select(self._index + by * max(1, self._list.size.height - 1))

    def action_first(self) -> None:
        """Select the first agent."""
        self._select(0)

    def action_last(self) -> None:
        """Select the last agent."""
        self._select(len(self._rows) - 1)

    def action_sort(self) -> None:
        """Put them in the next order."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._sort()
        self._list.reveal()

    def action_board(self) -> None:
        """Go to the board with the tasks of the selected agent alone."""
        chosen = self._chosen
        if chosen is None:
            self.say("there are no agents yet", refused=True)
            return
        item = self.picked
        held = next((held.task.ref for held in chosen.holds), None)
        ref = item.refs[0] if item is not None and item.refs else held
        self.dismiss(Chosen(chosen.name, ref))

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self._view, self._clock))

    def action_back(self) -> None:
        """Go back to the board."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Go back to the board."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Select the agent that was clicked; show the board with its tasks on the second click."""
        line = self._list.line_at(event.screen_x, event.screen_y)
        if line is not None and self._rows:
            self._select(line)
            if event.chain == 2:
                self.action_board()

    @property
    def _index(self) -> int:
        names = [each.name for each in self._rows]
        return names.index(self._name) if self._name in names else 0

    @property
    def _chosen(self) -> AgentRow | None:
        return self._rows[self._index] if self._rows else None

    @property
    def picked(self) -> Item | None:
        """What needs a person most because of the selected agent."""
        return next(iter(self._chosen.items), None) if self._chosen is not None else None

    def _select(self, index: int) -> None:
        if self._rows:
            self._name = self._rows[max(0, min(index, len(self._rows) - 1))].name
        self._list.reveal()
        self._tell()

    def _sort(self) -> None:
        self._rows = ordered(self._view.supervision.rows, self._order)
        if self._name is None and self._rows:
            self._name = self._rows[0].name
        self._list.show(self._build)
        self._arrange()
        self._tell()

    def _tell(self) -> None:
        self._below.show(self._build_below)
        view = self._view
        if view.board is not None:
            item = self.picked
            task = view.board.get(item.refs[0]) if item is not None and item.refs else None
            faults, waiting = len(view.findings.faults), len(view.supervision.items)
            at = Situation(
                view.board, task, view.actor, view.now, faults, item=item, waiting=waiting
            )
            self._frame.footer.show(keys.labels("agents", at))

    def _arrange(self) -> None:
        """Give the agents the rows that they need, and the rest to what is told of one."""
        low = self.app.size.height < _LOW or self.app.size.width < NARROW + 2
        self._below.display = not low
        self._head.show(self._view, self._rows, self._order, short=low)
        if low:
            self._list.styles.height = "1fr"
        else:
            room = max(3, self.app.size.height - 5 - _BELOW)
            self._list.styles.height = max(1, min(len(self._rows), room))

    def _span(self) -> range:
        return range(self._index, self._index + 1) if self._rows else range(0)

    def _scene(self, room: int, style: Look) -> Scene:
        view = self._view
        return Scene(view.actor.name, view.now, view.board, room, style)

    def _build(self, room: int, style: Look) -> Sequence[Line]:
        scene = self._scene(room, style)
        if not self._rows:
            return [[Piece("No agent has a task, or ever moved one.", style.dim)]]
        if room < NARROW:
            return [short_line(each, scene) for each in self._rows]
        at = columns(self._rows, scene.you, room)
        return [line_of(each, at, scene) for each in self._rows]

    def _build_below(self, room: int, style: Look) -> Sequence[Line]:
        chosen = self._chosen
        if chosen is None:
            return []
        scene = self._scene(room, style)
        lines: list[Line] = [[], rule(room, style)]
        lines += last_changes(chosen, self._happened, _CHANGES, scene)
        for item in chosen.items:
            lines += [[], *evidence(item, scene)]
            if item is self.picked and item.need == "violation":
                lines += acts_of(item, scene.you, room, style)
        return lines


class _Head(Widget):
    """How many agents, in which order, the names of the columns, and a heavy rule."""

    def __init__(self) -> None:
        super().__init__(id="agents-head")
        self._view: View | None = None
        self._rows: tuple[AgentRow, ...] = ()
        self._order: Order = ORDERS[0]
        self._short = False

    def show(self, view: View, rows: tuple[AgentRow, ...], order: Order, *, short: bool) -> None:
        """Show the head of these rows; ``short`` without the names of the columns."""
        self._view, self._rows, self._order, self._short = view, rows, order, short
        self.styles.height = 2 if short else 3
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The title, the names or the rule."""
        room, style = self.size.width, look(self)
        if y == 0:
            left = [Piece(" agents", style.strong), Piece(f" {len(self._rows)}", style.dim)]
            words = self._order if self._short else f"sorted by: {self._order}"
            return row(style, room, left, [Piece(f"{words} ", style.dim)])
        if y == 1 and not self._short and self._view is not None:
            at = columns(self._rows, self._view.actor.name, room - 2)
            return row(style, room, [Piece(f" {heading(at)}", style.dim)])
        return row(style, room, [Piece(glyph.HEAVY * room, style.accent)])
