"""The activity on a screen of its own, where the board has no room for it beside or below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from todo_tui.tui import keys
from todo_tui.tui.activity_panel import ActivityPanel
from todo_tui.tui.frame import Frame
from todo_tui.tui.help_screen import HelpScreen
from todo_tui.tui.key import Situation
from todo_tui.tui.layer import Layer

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from todo_tui.board.attention import Item
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.messages import TaskWanted
    from todo_tui.tui.view import View


class ActivityScreen(Layer[str | None]):
    """The activity. Its result is the reference of the task to go to, if one was chosen."""

    AUTO_FOCUS: ClassVar[str | None] = "ActivityPanel"

    def __init__(self, view: View, clock: Clock) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        self._frame = Frame(clock)
        self._panel = ActivityPanel()

    def compose(self) -> ComposeResult:
        """Header, activity, footer."""
        yield from self._frame.around(self._panel)

    def on_mount(self) -> None:
        """Show what is known."""
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show ``view`` from now on."""
        self._view = view
        self._frame.header.show(view)
        self._panel.show(view)
        self.on_panel_moved()

    def on_panel_moved(self) -> None:
        """Offer what can be done about what is selected now."""
        view = self._view
        if view.board is not None:
            faults = len(view.findings.faults)
            at = Situation(view.board, None, view.actor, view.now, faults, item=self.picked)
            self._frame.footer.show(keys.labels("activity", at))

    @property
    def picked(self) -> Item | None:
        """What is open of what is selected."""
        return self._panel.picked

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def on_task_wanted(self, message: TaskWanted) -> None:
        """Go to the task on the board."""
        self.dismiss(message.ref)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self._view, self._clock))

    def action_activity(self) -> None:
        """Go back."""
        self.dismiss(None)

    def on_panel_left(self) -> None:
        """Go back."""
        self.dismiss(None)
