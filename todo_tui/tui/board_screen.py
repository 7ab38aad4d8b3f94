"""The board: columns side by side, one cursor, and what each key does with it.

Owns what each key comes to. Must not draw, know how the board is arranged or where the cursor
stands (``sight``), what is told of that (``showing``), or write to the file: what a key asks for
goes up as a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.events import DescendantBlur, DescendantFocus

from todo_tui.tui import keys
from todo_tui.tui.acting import press
from todo_tui.tui.columns import Columns
from todo_tui.tui.filter_line import FilterLine
from todo_tui.tui.footer import Footer
from todo_tui.tui.header import Header
from todo_tui.tui.layer import Layer
from todo_tui.tui.messages import CardClicked, Copied, FilterTyped, HeadClicked, StripClicked
from todo_tui.tui.painted import Painted
from todo_tui.tui.panels import Panels
from todo_tui.tui.showing import Showing
from todo_tui.tui.sight import Sight
from todo_tui.tui.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.attention import Item
    from todo_tui.board.query import QueryError
    from todo_tui.board.sorting import Order
    from todo_tui.tui.acting import Want
    from todo_tui.tui.agents_screen import Chosen
    from todo_tui.tui.as_left import AsLeft
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.editing import What
    from todo_tui.tui.messages import TaskWanted
    from todo_tui.tui.panel_sizes import PanelSizes
    from todo_tui.tui.sight import Marking, Question, Way
    from todo_tui.tui.view import View


class BoardScreen(Layer[None]):
    """All columns of the board, or as many of them as there is room for."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("board")]

    def __init__(
        self,
        view: View,
        clock: Clock,
        want: Want,
        filters: Mapping[str, str],
        as_left: AsLeft,
        sizes: PanelSizes,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._want = want
        self._sight = Sight(filters, as_left.left.arrangement)
        self._header = Header()
        self._columns = Columns()
        self._panels = Panels(self._columns, want, sizes)
        self._line = FilterLine()
        self._footer = Footer()
        self._status = Status(clock)
        self._showing = Showing(
            view,
            clock,
            self._sight,
            as_left,
            columns=self._columns,
            panels=self._panels,
            line=self._line,
            footer=self._footer,
        )
        Painted(self)

    def compose(self) -> ComposeResult:
        """Header, the columns and their panels, the filter where there is one, footer."""
        yield self._header
        yield self._panels
        yield self._line
        yield self._footer
        yield self._status

    def on_mount(self) -> None:
        """Show the board at once, so that the first frame has it."""
        self.show(self._view)

    def on_resize(self) -> None:
        """Dock the panels where there is room for them now."""
        self._panels.fit()

    def show(self, view: View) -> None:
        """Show ``view`` from now on: the selection stays on its task, wherever that is now."""
        self._header.show(view)
        self._showing.show(view)

    @property
    def _view(self) -> View:
        return self._showing.view

    def filter(self, text: str) -> QueryError | None:
        """Show only the tasks that meet a line of the filter language; all where it is empty.

        Returns why the line cannot be read, if it cannot; then nothing changes.
        """
        error = self._sight.filter(text)
        if error is None:
            self._showing.look_anew()
        return error

    @property
    def pointed(self) -> str | None:
        """The reference of the selected task."""
        return self._sight.cursor.ref

    def point(self, ref: str | None) -> None:
        """Select the task ``ref``, where it is shown."""
        if ref is not None:
            self._sight.point(ref)
            self._moved()

    def sort(self, order: Order) -> None:
        """Show the tasks of each column in this order."""
        self._sight.sort(order)
        self._showing.look_anew()

    @property
    def picked(self) -> Item | None:
        """Why the selected task needs the person; in the activity what happened there."""
        if self._panels.where == "activity":
            return self._panels.picked
        at = self._showing.situation
        return at.item if at is not None else None

    def drop(self, move: str) -> None:
        """Ask for a transition of the selected task alone, whatever is marked."""
        self._press(f"task.{move}", alone=True)

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._status.say(words, refused=refused)

    def action_step(self, by: int) -> None:
        """Select the task ``by`` further down."""
        self._sight.step(by)
        self._moved()

    def action_page(self, by: int) -> None:
        """Select the task a page further down."""
        self._sight.step(by * self._columns.page(self._sight.cursor.status))
        self._moved()

    def action_first(self) -> None:
        """Select the first task of the column."""
        self._sight.first()
        self._moved()

    def action_last(self) -> None:
        """Select the last task of the column."""
        self._sight.last()
        self._moved()

    def action_turn(self, by: int) -> None:
        """Go to the column ``by`` further right."""
        self._sight.turn(by)
        self._moved()

    def action_column(self, number: int) -> None:
        """Go to a column by its number."""
        columns = len(self._sight.statuses)
        if columns and number > columns:
            self.say(f"there are {columns} columns", refused=True)
            return
        self._sight.column(number - 1)
        self._moved()

    def action_act(self, move: str) -> None:
        """Ask for a transition of the selected task."""
        self._press(f"task.{move}")

    def action_claim_for(self) -> None:
        """Claim the selected task for somebody."""
        self._press("task.claim_for")

    async def action_editor(self) -> None:
        """Open the file in the person's editor, at the task."""
        from todo_tui.tui.editing import open_editor

        await open_editor(self, self._view, self._sight.task, self._status)

    def action_write(self, what: What) -> None:
        """Add a task, or edit the selected one."""
        if self._off(f"task.{what}") is None:
            from todo_tui.tui.editing import write

            self._sight.end_range()
            write(self, what, self._view, self._sight.task, self._want, self.point)

    def action_shift(self, by: int) -> None:
        """Move the selected task's text past its neighbour in the column."""
        if (at := self._showing.situation) is not None and (shown := self._sight.shown) is not None:
            from todo_tui.tui.editing import shift

            self._sight.end_range()
            shift(shown, self._sight.cursor, by, at, self._want, self._status)

    def action_open(self) -> None:
        """Open the selected task, beside the board where there is room; or close it there."""
        board = self._view.board
        if self._view.missing and (board is None or not board.tasks):
            self.app.call_later(self.app.run_action, "begin")
        elif self._panels.toggle_detail():
            self._showing.offer()
        elif self._off("task.open") is None and (ref := self._sight.cursor.ref) is not None:
            from todo_tui.tui.task_screen import TaskScreen

            screen = TaskScreen(self._view, ref, self._clock, self._want, lambda: self._sight.shown)
            self.app.push_screen(screen, self.point)

    def action_copy(self) -> None:
        """Copy the selected task's id."""
        if self._off("task.copy") is None and (ref := self._sight.cursor.ref) is not None:
            self.post_message(Copied(ref))

    def action_density(self) -> None:
        """Show more of each card; after all of it one row."""
        self._showing.thicken()

    async def action_find(self) -> None:
        """Type a filter."""
        if (shown := self._sight.shown) is None:
            self.say("the file was not read yet", refused=True)
            return
        self._status.hush()
        self._sight.begin_typing()
        self._footer.display = False
        await self._line.open(self._sight.text, shown.board)

    def action_match(self, by: int) -> None:
        """Select the next task that meets the filter."""
        if (why := self._sight.match(by)) is not None:
            self.say(why, refused=True)
        else:
            self._moved()

    def action_look(self, how: Way) -> None:
        """Look at the board in another way."""
        self._status.hush()
        self._sight.change(how)
        self._showing.look_anew()
        if how == "mine" and self._sight.nothing:
            self.say("nothing here is yours; the same key shows everything again", refused=False)

    def action_choose(self, question: Question) -> None:
        """Look at the board as is chosen from a few ways."""
        from todo_tui.tui.choice import choose

        choose(self, self._sight.menu(question), self._chosen)

    def action_clear(self) -> None:
        """Give up the range that is open, else the filter, else the marks, else the detail."""
        if self._sight.clear():
            self._showing.look_anew()
        else:
            self._panels.shut_detail()

    def action_mark(self, how: Marking) -> None:
        """Mark the selected task, from it on, or all of its column."""
        self._sight.mark(how)
        self._moved()

    def action_faults(self) -> None:
        """Show what is wrong in the file."""
        if self._off("look.faults") is None:
            from todo_tui.tui.faults_screen import FaultsScreen

            self.app.push_screen(FaultsScreen(self._view, self._clock, self._want), self.point)

    def action_activity(self) -> None:
        """Open the activity or close it, docked or on a screen of its own."""
        self._panels.toggle_activity(self._view, self._clock)
        self._showing.offer()

    def action_agents(self) -> None:
        """Show the agents; one that is chosen there has the board to itself."""
        from todo_tui.tui.agents_screen import AgentsScreen

        def turn_to(chosen: Chosen | None) -> None:
            if chosen is not None:
                self.filter(f'@"{chosen.agent}"')
                self.point(chosen.ref)

        self.app.push_screen(AgentsScreen(self._view, self._clock), turn_to)

    def action_panel(self, by: int) -> None:
        """Give the keys to the panel ``by`` further on."""
        self._status.hush()
        if not self._panels.turn(by):
            self.say("no panel is open: L opens the activity", refused=True)

    def action_size(self, by: int) -> None:
        """Make the open panel larger or smaller."""
        if (why := self._panels.grow(by)) is not None:
            self.say(why, refused=True)

    def action_help(self) -> None:
        """Show the keys."""
        from todo_tui.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self._view, self._clock))

    async def action_close(self) -> None:
        """Close the detail, else leave: the board is the last screen."""
        if not self._panels.shut_detail():
            await self.app.run_action("app.quit")

    def on_filter_typed(self, message: FilterTyped) -> None:
        """Show what meets it, as far as it can be read."""
        self._line.tell(self.filter(message.text))

    def on_filter_dropped(self) -> None:
        """Go back to the whole board, and to the task from which the search began."""
        self.filter("")
        self.on_filter_kept()

    def on_card_clicked(self, message: CardClicked) -> None:
        """Select the card; open it on the second click."""
        self.point(message.ref)
        if message.times == 2 and not self._panels.detailed:
            self.action_open()

    def on_task_wanted(self, message: TaskWanted) -> None:
        """Go from a panel to its task."""
        self.set_focus(None)
        self.point(message.ref)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _offer_others(self) -> None:
        """Offer the keys of what has the focus now."""
        self._showing.offer()

    def on_panel_moved(self) -> None:
        """Offer the keys of what is selected in a panel now."""
        self._showing.offer()

    def on_head_clicked(self, message: HeadClicked) -> None:
        """Go to the column."""
        self._sight.column(message.index)
        self._moved()

    def on_strip_clicked(self, message: StripClicked) -> None:
        """Bring the column back."""
        self._sight.column(self._sight.statuses.index(message.status))
        self.action_look("fold")

    def on_filter_kept(self) -> None:
        """Go on on the board, on a task that was found where there is one."""
        self._line.close()
        self._footer.display = True
        self._sight.end_typing()
        self._moved()

    def _chosen(self, words: str, refused: bool) -> None:
        self._showing.look_anew()
        self.say(words, refused=refused)

    def _off(self, name: str) -> str | None:
        """Why the key does nothing now, said in the status line."""
        at = self._showing.situation
        why = keys.key(name).off(at) if at is not None else "the file was not read yet"
        if why is not None:
            self.say(why, refused=True)
        return why

    def _press(self, name: str, *, alone: bool = False) -> None:
        at = self._showing.situation
        if at is None:
            self.say("the file was not read yet", refused=True)
            return
        self._sight.end_range()
        if alone:
            at = at._replace(marked=frozenset())
        press(self, self._status, name, at, self._view.findings.agents, self._want)

    def _moved(self) -> None:
        """Show where the cursor is now."""
        self._status.hush()
        self._showing.moved()
