"""The keys, from their table, and what the signs on a card mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from todo_tui.shown import width
from todo_tui.tui import keys
from todo_tui.tui import look as glyph
from todo_tui.tui.frame import Frame
from todo_tui.tui.layer import Layer
from todo_tui.tui.line_view import LineView
from todo_tui.tui.row import Piece, cells, fitted
from todo_tui.tui.title_bar import TitleBar
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.tui.clock import Clock
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_TWO_SIDES: Final = 100
"""From this many cells on, the groups stand in two columns."""

_SIGNS: Final = (
    ("!!! !! !", "priority: critical, high, medium"),
    (glyph.FAULT, "something is wrong with the item in the file"),
    (glyph.BLOCKED, "waits for these tasks, or is blocked for this reason"),
    (glyph.CHANGED, "changed, and not looked at since"),
)


class HelpScreen(Layer[None]):
    """All keys by group."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("help")]

    def __init__(self, view: View, clock: Clock) -> None:
        super().__init__()
        self._view = view
        self._frame = Frame(clock)
        self._lines = LineView()

    def compose(self) -> ComposeResult:
        """Header, title, lines, footer."""
        yield from self._frame.around(TitleBar("keys and signs"), self._lines)

    def on_mount(self) -> None:
        """Show the table."""
        self._lines.show(help_lines)
        self._frame.footer.show([(keys.sign_of(keys.key("program.close")), "back")])
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show ``view`` from now on."""
        self._frame.header.show(view)

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def action_step(self, by: int) -> None:
        """Scroll."""
        self._lines.step(by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._lines.page(by)

    def action_first(self) -> None:
        """Scroll to the top."""
        self._lines.to(end=False)

    def action_last(self) -> None:
        """Scroll to the end."""
        self._lines.to(end=True)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def help_lines(room: int, style: Look) -> list[list[Piece]]:
    """The table in ``room`` cells; in two columns where there is room for them."""
    blocks = [
        (name, [(keys.sign_of(key) or "(none)", key.words) for key in group])
        for name, group in keys.groups().items()
    ]
    blocks.append(("Signs on a card", list(_SIGNS)))
    if room < _TWO_SIDES:
        return _joined([_block(name, rows, room, style) for name, rows in blocks])
    half = room // 2 - 1
    made = [_block(name, rows, half, style) for name, rows in blocks]
    left, right = _joined(made[:1] + made[2:4]), _joined(made[1:2] + made[4:])
    lines: list[list[Piece]] = []
    for at in range(max(len(left), len(right))):
        first = fitted(left[at], half) if at < len(left) else []
        gap = Piece(" " * (half + 2 - cells(first)), style.text)
        lines.append([*first, gap, *(right[at] if at < len(right) else [])])
    return lines


def _block(name: str, rows: list[tuple[str, str]], room: int, style: Look) -> list[list[Piece]]:
    lines = [[Piece(name, style.strong)]]
    for sign, words in rows:
        lead = "  " + sign + " " * max(2, 15 - width(sign))
        for at, text in enumerate(wrapped(words, room - width(lead))):
            start = Piece(lead, style.key) if at == 0 else Piece(" " * width(lead), style.text)
            lines.append([start, Piece(text, style.text)])
    return lines


def _joined(blocks: list[list[list[Piece]]]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for block in blocks:
        lines += [*([[]] if lines else []), *block]
    return lines
