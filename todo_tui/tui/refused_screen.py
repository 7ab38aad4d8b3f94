"""What of many tasks would be refused, and why; and whether to do the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.line_view import LineView
from todo_tui.tui.look import look
from todo_tui.tui.row import Piece
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.task import Task
    from todo_tui.tui.look import Look


class RefusedScreen(Dialog[bool]):
    """Shows why ``verbs`` would be refused; its result is whether to do the ``rest``, a number.

    ``refusals`` are the tasks, each with its sentence; those with the same one are told together.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "answer(True)", "do the rest", show=False),
        Binding("n,N,q,escape,enter", "answer(False)", "nothing", show=False),
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
        Binding("ctrl+d,pagedown", "scroll(10)", "a page down", show=False),
        Binding("ctrl+u,pageup", "scroll(-10)", "a page up", show=False),
    ]

    def __init__(self, verbs: str, refusals: Sequence[tuple[Task, str]], rest: int) -> None:
        super().__init__()
        self._verbs = verbs
        self._refusals = refusals
        self._rest = rest
        self._lines = LineView()
        self._keys = Static(id="answers", markup=False)

    def compose(self) -> ComposeResult:
        """How many, each with its reason, and what can be answered."""
        number = len(self._refusals)
        heading = f"{self._verbs}: {number:,} of {number + self._rest:,} would be refused"
        with Vertical():
            yield Static(Content.styled(heading, "bold"), id="question", markup=False)
            yield self._lines
            yield self._keys

    def on_mount(self) -> None:
        """Show the reasons, and the keys: those that scroll only where there is more."""
        self._lines.show(self._reasons)
        room, most = self.app.size.width - 2, self.app.size.height // 2
        rows = len(self._reasons(room, look(self)))
        self._lines.styles.height = min(rows, most)
        others = "one" if self._rest == 1 else f"{self._rest:,}"
        keys = [("y", f" do the other {others}   ")] if self._rest else []
        keys.append(("Esc", " do nothing   "))
        if rows > most:
            keys.append(("↑ ↓", f" {rows - most:,} more rows"))
        pieces = [piece for key, words in keys for piece in ((key, "bold"), words)]
        self._keys.update(Content.assemble(*pieces))

    def action_answer(self, yes: bool) -> None:
        """Go back with the answer; there is no rest to do where all are refused."""
        self.dismiss(yes and self._rest > 0)

    def action_scroll(self, by: int) -> None:
        """Scroll the reasons."""
        self._lines.step(by)

    def _reasons(self, room: int, style: Look) -> list[list[Piece]]:
        rows: list[list[Piece]] = []
        alike: dict[str, list[tuple[Task, str]]] = {}
        for task, why in self._refusals:
            alike.setdefault(why.replace(task.ref, ""), []).append((task, why))
        blank = Piece("  ", style.text)
        for (_, why), *others in alike.values():
            sign = Piece(f"{glyph.CROSS} ", style.bad)
            for text in wrapped(shown(why), room - 2):
                rows.append([sign, Piece(text, style.text)])
                sign = blank
            names = "the same: " + "  ".join(shown(task.ref) for task, _ in others)
            told = wrapped(names, room - 2) if others else ()
            rows += [[blank, Piece(text, style.dim)] for text in told]
        return rows
