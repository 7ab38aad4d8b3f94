"""A question that is answered in one line, at the foot of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from todo_tui.shown import shown
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.typed import LineInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(Dialog[str | None]):
    """Asks ``question``; its result is the answer, or None where it was given up.

    ``known`` are answers to choose from: named, and completed with Right or Tab (not those that
    cannot be typed, since the line draws what it completes). An empty answer
    is ``default``; where there is none, ``needed`` says what is missing. ``proposed`` stands in the
    line at first.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "give up", show=False),
        Binding("tab", "complete", "complete", show=False),
    ]

    def __init__(
        self,
        question: str,
        *,
        known: Sequence[str] = (),
        default: str | None = None,
        needed: str = "",
        proposed: str = "",
    ) -> None:
        super().__init__()
        self._question = question
        self._known = [name for name in known if shown(name) == name]
        self._default = default
        self._needed = needed
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        """The question and, below it, the answer."""
        with Vertical():
            yield Static(self._asked(), id="question", markup=False)
            yield LineInput(
                self._proposed,
                placeholder=shown(self._default or ""),
                suggester=SuggestFromList(self._known, case_sensitive=False),
                select_on_focus=False,
            )

    def _asked(self) -> Content:
        names = "   ".join(self._known)
        return Content.assemble((shown(self._question), "bold"), "   ", (names, "dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer."""
        answer = event.value.strip() or self._default
        if answer is None:
            self.query_one("#question", Static).update(Content(shown(self._needed)))
            return
        self.dismiss(answer)

    def action_complete(self) -> None:
        """Take the suggestion."""
        self.query_one(Input).action_cursor_right()

    def action_give_up(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)
