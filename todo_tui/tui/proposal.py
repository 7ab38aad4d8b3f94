"""A change to the file that is shown before it is made: a diff, and a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical

from todo_tui.shown import shown
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.line_view import LineView
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece, fitted
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.tui.look import Look


_MOST: Final = 3
"""Rows that the question takes at most."""


class Proposal(Dialog[bool]):
    """Shows what ``title`` (shown text) would change; its result is whether to do it.

    ``diff`` are lines of the file behind ``-``, ``+`` or a blank.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "do it", show=False),
        Binding("escape,n,q", "answer(False)", "leave it", show=False),
        Binding("down,j", "step(1)", "down", show=False),
        Binding("up,k", "step(-1)", "up", show=False),
    ]

    def __init__(self, title: str, diff: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._diff = diff
        self._head = LineView()
        self._lines = LineView()

    def compose(self) -> ComposeResult:
        """The question, and below it the diff."""
        with Vertical():
            yield self._head
            yield self._lines

    def on_mount(self) -> None:
        """Take as many rows as the diff needs, of those that there are."""
        width, height = self.app.size
        head = len(self._question(width - 2, look(self)))
        self._head.styles.height = head
        self._lines.styles.height = max(1, min(len(self._diff), height - 3 - head))
        self._head.show(self._question)
        self._lines.show(self._build)

    def action_answer(self, yes: bool) -> None:
        """Do it, or not."""
        self.dismiss(yes)

    def action_step(self, by: int) -> None:
        """Scroll."""
        self._lines.step(by)

    def _question(self, room: int, style: Look) -> list[list[Piece]]:
        keys = [
            Piece("Enter", style.key), Piece(" do it  ", style.dim),
            Piece("Esc", style.key), Piece(" leave it", style.dim),
        ]  # fmt: skip
        rows = [[Piece(text, style.strong)] for text in wrapped(self._title, room)[:_MOST]]
        return [*rows, keys]

    def _build(self, room: int, style: Look) -> list[list[Piece]]:
        styles = {"-": style.bad, "+": style.good}
        return [
            fitted([Piece(shown(line), styles.get(line[:1], style.dim))], room)
            for line in self._diff
        ]
