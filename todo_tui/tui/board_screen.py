"""The board: columns side by side, one cursor, and what each key does with it.

Owns the cursor, the density, which columns are in sight, and which cards changed and were not
looked at. Must not write to the file: what a key asks for goes up as a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from todo_tui.board import cursor as cursors
from todo_tui.tui import keys
from todo_tui.tui.acting import press
from todo_tui.tui.card import Density
from todo_tui.tui.column_view import ColumnView, Contents
from todo_tui.tui.footer import Footer
from todo_tui.tui.header import Header
from todo_tui.tui.heads import ColumnHeads, heads_of
from todo_tui.tui.hint import hint
from todo_tui.tui.keys import Situation
from todo_tui.tui.line_view import LineView
from todo_tui.tui.messages import CardClicked, Copied, HeadClicked
from todo_tui.tui.status import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.board import Board
    from todo_tui.tui.acting import Want
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.view import View

_NARROWEST: Final = 26
"""Cells that a column needs; as many columns as fit are shown."""

_LOW: Final = 16
"""Below this many rows cards are compact unless a person asked for another density."""

_FLASH: Final = 1.0
"""Seconds that a changed card is lit."""


class BoardScreen(Screen[None]):
    """All columns of the board, or as many of them as there is room for."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("board")]

    def __init__(self, view: View, clock: Clock, want: Want) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        self._want = want
        self._cursor = cursors.Cursor()
        self._begun = False
        self._density: Density | None = None
        self._first = 0  # the index of the leftmost column in sight
        self._widths: tuple[int, ...] = ()
        self._changed: frozenset[str] = frozenset()
        self._flash: frozenset[str] = frozenset()
        self._columns: dict[str, ColumnView] = {}
        self._header = Header()
        self._heads = ColumnHeads()
        self._body = Horizontal(id="columns")
        self._hint = LineView()
        self._footer = Footer()
        self._status = Status(clock)

    def compose(self) -> ComposeResult:
        """Header, the board area (heads, columns, or a hint in their place), footer."""
        yield self._header
        with Vertical(id="board"):
            yield self._heads
            yield self._body
            yield self._hint
        yield self._footer
        yield self._status

    def on_mount(self) -> None:
        """Show the board at once, so that the first frame has it."""
        self.show(self._view)

    def on_resize(self) -> None:
        """Make room for as many columns as fit now."""
        self._arrange()

    def show(self, view: View) -> None:
        """Show ``view`` from now on: the selection stays on its task, wherever that is now."""
        before, self._view = self._view, view
        board, status = view.board, self._cursor.status
        if board is not None and (board is not before.board or not self._begun):
            if not self._begun:
                self._cursor = cursors.begin(board)
                self._begun = True
            else:
                self._cursor = cursors.settle(board, self._cursor)
                self._mark(_changed(before.board, board), board)
        self._header.show(view)
        self._hint.show(lambda room, style: hint(view, room, style))
        self._arrange()
        if self._cursor.status != status:
            self._reveal()

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._status.say(words, refused=refused)

    def action_step(self, by: int) -> None:
        """Select the task ``by`` further down."""
        if (board := self._view.board) is not None:
            self._go(cursors.step(board, self._cursor, by))

    def action_page(self, by: int) -> None:
        """Select the task a page further down."""
        board, column = self._view.board, self._columns.get(self._cursor.status)
        if board is not None and column is not None:
            self._go(cursors.step(board, self._cursor, by * column.page()))

    def action_first(self) -> None:
        """Select the first task of the column."""
        if (board := self._view.board) is not None:
            self._go(cursors.jump(board, self._cursor, 0))

    def action_last(self) -> None:
        """Select the last task of the column."""
        if (board := self._view.board) is not None:
            self._go(cursors.last(board, self._cursor))

    def action_turn(self, by: int) -> None:
        """Go to the column ``by`` further right."""
        if (board := self._view.board) is not None:
            self._go(cursors.turn(board, self._cursor, by))

    def action_column(self, number: int) -> None:
        """Go to a column by its number."""
        board = self._view.board
        if board is None:
            return
        if number > len(board.columns):
            self.say(f"there are {len(board.columns)} columns", refused=True)
            return
        self._go(cursors.column(board, self._cursor, number - 1))

    def action_act(self, move: str) -> None:
        """Ask for a transition of the selected task."""
        self._press(f"task.{move}")

    def action_claim_for(self) -> None:
        """Claim the selected task for somebody."""
        self._press("task.claim_for")

    def action_open(self) -> None:
        """Open the selected task."""
        if self._off("task.open") is None and (ref := self._cursor.ref) is not None:
            from todo_tui.tui.task_screen import TaskScreen

            self.app.push_screen(TaskScreen(self._view, ref, self._clock, self._want), self._point)

    def action_copy(self) -> None:
        """Copy the selected task's id."""
        if self._off("task.copy") is None and (ref := self._cursor.ref) is not None:
            self.post_message(Copied(ref))

    def action_density(self) -> None:
        """Show cards in one row, or whole."""
        compact = self._density_now() is Density.COMPACT
        self._density = Density.NORMAL if compact else Density.COMPACT
        self._arrange()
        self._reveal()

    def action_faults(self) -> None:
        """Show what is wrong in the file."""
        if self._off("look.faults") is None:
            from todo_tui.tui.faults_screen import FaultsScreen

            self.app.push_screen(FaultsScreen(self._view, self._clock, self._want), self._point)

    def action_help(self) -> None:
        """Show the keys."""
        from todo_tui.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self._view, self._clock))

    async def action_close(self) -> None:
        """Leave: the board is the last screen."""
        await self.app.run_action("app.quit")

    def on_card_clicked(self, message: CardClicked) -> None:
        """Select the card; open it on the second click."""
        self._point(message.ref)
        if message.times == 2:
            self.action_open()

    def on_head_clicked(self, message: HeadClicked) -> None:
        """Go to the column."""
        if (board := self._view.board) is not None:
            self._go(cursors.column(board, self._cursor, message.index))

    def _situation(self) -> Situation | None:
        view = self._view
        if view.board is None:
            return None
        task = cursors.selected(view.board, self._cursor)
        return Situation(view.board, task, view.actor, view.now, len(view.findings.faults))

    def _off(self, name: str) -> str | None:
        """Why the key does nothing now, said in the status line."""
        at = self._situation()
        why = keys.key(name).off(at) if at is not None else "the file was not read yet"
        if why is not None:
            self.say(why, refused=True)
        return why

    def _press(self, name: str) -> None:
        at = self._situation()
        if at is None:
            self.say("the file was not read yet", refused=True)
            return
        press(self, self._status, name, at, self._view.findings.agents, self._want)

    def _point(self, ref: str | None) -> None:
        """Select the task ``ref``, where it is there."""
        if ref is not None and (board := self._view.board) is not None:
            self._go(cursors.point(board, self._cursor, ref))

    def _go(self, cursor: cursors.Cursor) -> None:
        """Put the cursor there. Costs the same whatever the number of tasks."""
        before, self._cursor = self._cursor, cursor
        self._status.hush()
        if cursor.ref in self._changed:
            self._changed -= {cursor.ref}
            self._arrange()
        elif cursor.status != before.status:
            self._arrange()
        self._select()
        self._reveal()

    def _mark(self, changed: frozenset[str], board: Board) -> None:
        """Light the cards that changed, and mark those that are not looked at."""
        kept = {ref for ref in self._changed if board.get(ref) is not None}
        self._changed = frozenset(kept | changed) - {self._cursor.ref}
        if changed:
            self._flash = changed
            self._clock.after(_FLASH, lambda: self._unlight(changed))

    def _unlight(self, flash: frozenset[str]) -> None:
        if self._flash is flash:
            self._flash = frozenset()
            self._arrange()

    def _density_now(self) -> Density:
        if self._density is not None:
            return self._density
        return Density.COMPACT if self.app.size.height < _LOW else Density.NORMAL

    def _arrange(self) -> None:
        """Decide which columns are in sight and how wide, and give each what it shows."""
        board = self._view.board
        empty = board is None or not board.tasks
        self._hint.display, self._body.display = empty, not empty
        self._heads.display = board is not None
        if board is None:
            return
        columns = board.columns
        room = self.app.size.width
        number = min(len(columns), max(1, (room + 1) // (_NARROWEST + 1)))
        focus = [column.status for column in columns].index(self._cursor.status)
        self._first = max(focus - number + 1, min(self._first, focus, len(columns) - number))
        each, left = divmod(room - (number - 1), number)
        self._widths = tuple(each + (at < left) for at in range(number))
        unseen = frozenset(
            task.status for ref in self._changed if (task := board.get(ref)) is not None
        )
        self._heads.show(heads_of(columns, unseen, self._first, self._widths, focus))
        self._place(board)
        self._select()

    def _place(self, board: Board) -> None:
        """Show the columns in sight, and only those."""
        sight = board.columns[self._first : self._first + len(self._widths)]
        statuses = {column.status for column in board.columns}
        for status in [status for status in self._columns if status not in statuses]:
            self._columns.pop(status).remove()
        made = [ColumnView(column.status) for column in sight if column.status not in self._columns]
        self._columns |= {column.status: column for column in made}
        for status, view in self._columns.items():
            view.display = status in {column.status for column in sight}
        last = len(sight) - 1
        for at, (column, width) in enumerate(zip(sight, self._widths, strict=True)):
            view = self._columns[column.status]
            view.styles.width = width + (at < last)
            view.show(
                Contents(
                    board=board,
                    column=column,
                    faults=self._view.findings.by_task,
                    density=self._density_now(),
                    now=self._view.now,
                    you=self._view.actor.name,
                    changed=self._changed,
                    flash=self._flash,
                    room=width,
                    edge=at < last,
                )
            )
        if made:
            self._body.mount_all(made)
            order = {column.status: at for at, column in enumerate(board.columns)}
            self._body.sort_children(key=lambda view: order.get(getattr(view, "status", ""), 0))

    def _select(self) -> None:
        """Put the bar on the selected card, and into the footer what can be done with it."""
        place = self._cursor.place
        for status, column in self._columns.items():
            focused = status == self._cursor.status and place is not None
            column.select(place.row if focused and place is not None else None)
        at = self._situation()
        self._footer.show(keys.labels("board", at) if at is not None else [])

    def _reveal(self) -> None:
        if (column := self._columns.get(self._cursor.status)) is not None:
            column.reveal()


def _changed(before: Board | None, board: Board) -> frozenset[str]:
    """The references of the tasks that are new, or other than they were."""
    if before is None:
        return frozenset()
    return frozenset(task.ref for task in board.tasks if before.get(task.ref) != task)
