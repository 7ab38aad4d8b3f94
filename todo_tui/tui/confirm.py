"""A question that is answered with one key, at the foot of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from todo_tui.shown import shown
from todo_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Confirm(Dialog[bool]):
    """Asks ``question``; ``y`` is yes, all else that acts is no. ``yes`` and ``no`` say what."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "answer(True)", "yes", show=False),
        Binding("n,N,q,escape,enter", "answer(False)", "no", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._words = (yes, no)

    def compose(self) -> ComposeResult:
        """The question and, below it, the two answers."""
        yes, no = self._words
        with Vertical():
            question = Content.assemble((shown(self._question), "bold"))
            yield Static(question, id="question", markup=False)
            yield Static(
                Content.assemble(("y", "bold"), f" {yes}   ", ("Esc", "bold"), f" {no}"),
                id="answers",
                markup=False,
            )

    def action_answer(self, yes: bool) -> None:
        """Go back with the answer."""
        self.dismiss(yes)
