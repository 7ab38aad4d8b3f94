"""A question that is answered in one line, at the foot of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from todo_tui.shown import shown
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.typed import LineInput, begun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(Dialog[str | None]):
    """Asks ``question``; its result is the answer, or None where it was given up.

    ``verb`` says what Enter does. ``known`` are answers to choose from: those that begin with what
    was typed are named, and Tab completes it (not those that cannot be typed, since the line draws
    what it completes). An empty answer is ``default``; where there is none, ``needed`` says what is
    missing. ``proposed`` stands in the line at first.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "give up", show=False),
        Binding("tab", "complete", "complete", show=False),
    ]

    def __init__(
        self,
        question: str,
        verb: str,
        *,
        known: Sequence[str] = (),
        default: str | None = None,
        needed: str = "",
        proposed: str = "",
    ) -> None:
        super().__init__()
        self._verb = verb
        self._known = [name for name in known if shown(name) == name]
        self._default = default
        self._needed = needed
        self._asked = Static(id="question", markup=False)
        self._question = question
        self._line = LineInput(proposed, placeholder=shown(default or ""), select_on_focus=False)
        self._line.offer = begun(self._known)
        self._keys = Static(id="keys", markup=False)

    def compose(self) -> ComposeResult:
        """The question, below it the answer, and the keys."""
        self._tell(self._question)
        with Vertical():
            yield self._asked
            yield self._line
            yield self._keys

    def on_input_changed(self) -> None:
        """Name what begins with what was typed."""
        self._tell(self._question)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer."""
        answer = event.value.strip() or self._default
        if answer is None:
            self._tell(self._needed)
            return
        self.dismiss(answer)

    def action_complete(self) -> None:
        """Take what is offered."""
        self._line.take()

    def action_give_up(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)

    def _tell(self, words: str) -> None:
        """Say ``words`` above the line, with the names that can stand in it, and the keys below."""
        begin = self._line.value.casefold()
        names = "   ".join(name for name in self._known if name.casefold().startswith(begin))
        self._asked.update(Content.assemble((shown(words), "bold"), "   ", (names, "dim")))
        keys = [("Enter", shown(self._verb)), ("Esc", "back")]
        if self._line.offered:
            keys.insert(1, ("Tab", "complete"))
        pieces = [piece for key, word in keys for piece in ((key, "bold"), (f" {word}  ", "dim"))]
        self._keys.update(Content.assemble(*pieces))
