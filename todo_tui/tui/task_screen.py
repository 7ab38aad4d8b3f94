"""One task on a screen of its own: everything that the file says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from todo_tui.board import cursor as cursors
from todo_tui.tui import keys
from todo_tui.tui.acting import press
from todo_tui.tui.detail_panel import DetailPanel
from todo_tui.tui.editing import open_editor, write
from todo_tui.tui.frame import Frame
from todo_tui.tui.help_screen import HelpScreen
from todo_tui.tui.key import Situation
from todo_tui.tui.layer import Layer
from todo_tui.tui.messages import Copied, TaskWanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.attention import Item
    from todo_tui.board.cursor import Walked
    from todo_tui.tui.acting import Want
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.editing import What
    from todo_tui.tui.view import View


class TaskScreen(Layer[str]):
    """The detail of the task ``ref``. Its result is the reference of the task shown last.

    ``walked`` is what the next task is looked for in: what is shown, without it the whole board.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("task")]

    def __init__(
        self,
        view: View,
        ref: str,
        clock: Clock,
        want: Want,
        walked: Callable[[], Walked | None] = lambda: None,
    ) -> None:
        super().__init__()
        self._walked = walked
        self._view = view
        self._ref = ref
        self._clock = clock
        self._want = want
        self._place = cursors.Cursor()  # where the task stands, or stood before it was gone
        self._frame = Frame(clock)
        self._panel = DetailPanel(want)
        self._panel.can_focus = False

    def compose(self) -> ComposeResult:
        """Header, title, lines, footer."""
        yield from self._frame.around(self._panel)

    def on_mount(self) -> None:
        """Show the task."""
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show ``view`` from now on."""
        self._view = view
        self._frame.header.show(view)
        if (around := self._around()) is not None:
            self._place = cursors.point(around, self._place, self._ref)
        at = self._situation()
        self._panel.show(view, self._ref)
        self._frame.footer.show(keys.labels("task", at) if at is not None else [])

    @property
    def pointed(self) -> str | None:
        """The reference of the task."""
        return self._ref

    @property
    def picked(self) -> Item | None:
        """Why the task needs the person, if it does."""
        at = self._situation()
        return at.item if at is not None else None

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def action_act(self, move: str) -> None:
        """Ask for a transition of the task."""
        self._press(f"task.{move}")

    def action_claim_for(self) -> None:
        """Claim the task for somebody."""
        self._press("task.claim_for")

    async def action_editor(self) -> None:
        """Open the file in the person's editor, at the task."""
        await open_editor(
            self,
            self._view,
            self._view.board.get(self._ref) if self._view.board else None,
            self._frame.status,
        )

    def action_write(self, what: What) -> None:
        """Add a task below this one, or edit it."""
        at = self._situation()
        if at is None or (at.task is None and what != "add"):
            self.say("this task is no longer in the file", refused=True)
        else:
            write(self, what, self._view, at.task, self._want, self._point)

    def _point(self, ref: str | None) -> None:
        if ref is not None:
            self._ref = ref
            self.show(self._view)

    def action_copy(self) -> None:
        """Copy the task's id."""
        self.post_message(Copied(self._ref))

    def action_step(self, by: int) -> None:
        """Scroll."""
        self._panel.action_step(by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._panel.action_page(by)

    def action_first(self) -> None:
        """Scroll to the top."""
        self._panel.action_first()

    def action_last(self) -> None:
        """Scroll to the end."""
        self._panel.action_last()

    def action_stop(self, by: int) -> None:
        """Go to the next criterion, task or link."""
        self._panel.action_stop(by)

    def action_tick(self) -> None:
        """Tick the criterion."""
        self._panel.action_tick()

    def action_follow(self) -> None:
        """Go to the task, or ask whether to open the link."""
        self._panel.action_follow()

    def on_task_wanted(self, message: TaskWanted) -> None:
        """Show another task in the place of this one."""
        self._point(message.ref)

    def action_next_task(self, by: int) -> None:
        """Show the task ``by`` further down in the same column.

        Where the task is gone, the next one has come to its place.
        """
        around, place = self._around(), self._place.place
        if around is None or place is None:
            return
        gone = around.get(self._ref) is None
        column = next((it for it in around.columns if it.status == self._place.status), None)
        row = place.row + by - (gone and by > 0)
        if column is None or not 0 <= row < len(column.tasks):
            self.say("this is the last task of its column" if by > 0 else
                     "this is the first task of its column", refused=True)  # fmt: skip
            return
        self._ref = column.tasks[row].ref
        self.show(self._view)

    def _around(self) -> Walked | None:
        """What the task is walked from: what is shown, or the board where that hides the task."""
        walked, board = self._walked(), self._view.board
        hides = walked is not None and walked.get(self._ref) is None
        if walked is None or (hides and board is not None and board.get(self._ref) is not None):
            return board
        return walked

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self._view, self._clock))

    def action_back(self) -> None:
        """Go back to where the task was opened."""
        self.dismiss(self._ref)

    def action_close(self) -> None:
        """Go back to where the task was opened."""
        self.dismiss(self._ref)

    def _situation(self) -> Situation | None:
        view = self._view
        if view.board is None:
            return None
        task = view.board.get(self._ref)
        item = view.supervision.about(task.ref) if task is not None else None
        faults, waiting = len(view.findings.faults), len(view.supervision.items)
        return Situation(view.board, task, view.actor, view.now, faults, item=item, waiting=waiting)

    def _press(self, name: str) -> None:
        at = self._situation()
        if at is None or at.task is None:
            self.say("this task is no longer in the file", refused=True)
            return
        press(self, self._frame.status, name, at, self._view.findings.agents, self._want)
