"""Fields that two changed at once: mine, theirs and base beside each other, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical

from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.line_view import LineView
from todo_tui.tui.row import Piece
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.tui.form import FormField, Side
    from todo_tui.tui.look import Look

_SIDES: Final[tuple[tuple[Side, str, str], ...]] = (
    ("mine", "m", "mine: what you typed"),
    ("theirs", "t", "theirs: what the file says now"),
    ("base", "b", "base: what it said when you began"),
)


class ConflictScreen(Dialog["dict[str, Side] | None"]):
    """Shows the three texts of each field that differs; its result is whose is taken for each.

    Mine is chosen until another one is. None where it was given up: then nothing is chosen.
    """

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down,tab", "step(1)", "next field", show=False),
        Binding("k,up,shift+tab", "step(-1)", "field before", show=False),
        *(Binding(key, f"take('{side}')", side, show=False) for side, key, _ in _SIDES),
        Binding("enter,ctrl+s", "accept", "accept", show=False),
        Binding("escape,q", "give_up", "back to the form", show=False),
    ]

    def __init__(self, fields: Sequence[FormField]) -> None:
        super().__init__()
        self._fields = fields
        self._sides: dict[str, Side] = {field.name: "mine" for field in fields}
        self._at = 0
        self._spans: list[range] = []
        self._lines = LineView(lambda: self._spans[self._at] if self._spans else range(0))

    def compose(self) -> ComposeResult:
        """The fields."""
        with Vertical():
            yield self._lines

    def on_mount(self) -> None:
        """Show them."""
        self._lines.show(self._made)

    def action_step(self, by: int) -> None:
        """Go to the next field."""
        self._at = min(max(self._at + by, 0), len(self._fields) - 1)
        self._lines.reveal()

    def action_take(self, side: Side) -> None:
        """Take this side's text for the field, and go on to the next."""
        self._sides[self._fields[self._at].name] = side
        self._lines.show(self._made)
        self.action_step(1)

    def action_accept(self) -> None:
        """Go back to the form with what was chosen."""
        self.dismiss(self._sides)

    def action_give_up(self) -> None:
        """Go back to the form as it was."""
        self.dismiss(None)

    def _made(self, room: int, style: Look) -> list[list[Piece]]:
        keys = "m mine  t theirs  b base   j k field   Enter take these  Esc back"
        said = "somebody changed the same fields while you typed"
        lines = [[Piece(text, style.strong)] for text in wrapped(said, room)]
        lines += ([Piece(text, style.dim)] for text in wrapped(keys, room))
        self._spans = []
        for field in self._fields:
            lines.append([])
            start = len(lines)
            lines.append([Piece(shown(field.name.replace("_", " ")), style.strong)])
            for side, _, words in _SIDES:
                lines += self._side(field, side, words, room, style)
            self._spans.append(range(start, len(lines)))
        return lines

    def _side(
        self, field: FormField, side: Side, words: str, room: int, style: Look
    ) -> list[list[Piece]]:
        chosen = self._sides[field.name] == side
        sign = glyph.LIVE if chosen else glyph.OPEN
        rows = [[Piece(f" {sign} {words}", style.accent if chosen else style.dim)]]
        text = field.of(side)
        for line in text.split("\n") if text else ["(nothing)"]:
            rows += [[Piece(f"     {part}", style.text)] for part in wrapped(shown(line), room - 5)]
        return rows
