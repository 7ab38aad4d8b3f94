"""The filter at the foot of the board: typed in one line, and kept in sight while it is in force.

Owns the line and the row below it: what is wrong with it and where, or what could stand there.
Must not know which tasks meet it: the screen is told what was typed, and tells what was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from todo_tui.board.query_completion import Completion, completion
from todo_tui.document.span import Span
from todo_tui.shown import cut, shown, width
from todo_tui.tui.look import look
from todo_tui.tui.messages import FilterDropped, FilterKept, FilterTyped
from todo_tui.tui.row import Piece, cells, joined, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip
    from textual.widgets import Input

    from todo_tui.board.board import Board
    from todo_tui.board.query import QueryError
    from todo_tui.tui.look import Look

_LEAD: Final = " / "

_LANGUAGE: Final = (
    ("words", ""), ("@agent", ""), ("#tag", ""), ("!high", ""), ("is:", "ready"), ("status:", ""),
    ("dep:", "ID"), ("age>", "2h"), ("-", "not"),
)  # fmt: skip
"""What may stand in the line, as the row below it says while it is empty."""


class FilterLine(Vertical):
    """One line to type into, and a row below it; one row that says what is in force when closed.

    What is typed goes up as ``FilterTyped``; Enter is ``FilterKept``, Esc ``FilterDropped``. Tab
    takes what is offered, again the next of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "clear", show=False),
        Binding("tab", "complete(1)", "complete", show=False),
        Binding("shift+tab", "complete(-1)", "complete", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._text = ""
        self._counts = ""
        self._widest = 0  # cells of the longest that they can be, so that the line stays as wide
        self._said = ""
        self._error: QueryError | None = None
        self._input: Input
        self._entry: Horizontal | None = None  # the line, once it was made
        self._count = Static(markup=False, id="found")
        self._below = Below()
        self._below.display = False
        self._kept = Kept()
        self._offered: tuple[str, Completion, int] | None = None  # text before, what, which
        self.display = False

    def compose(self) -> ComposeResult:
        """The row below the line, and the row in the place of both."""
        yield self._below
        yield self._kept

    def on_mount(self) -> None:
        """Make the line after the first frame: what it is made of takes long to load."""
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        if self._entry is None:
            from textual.widgets import Input

            self._input = Input(select_on_focus=False)
            lead = Static(_LEAD, markup=False, id="lead")
            self._entry = Horizontal(lead, self._input, self._count)
            self._entry.display = False
            await self.mount(self._entry, before=0)

    @property
    def is_open(self) -> bool:
        """Whether it is being typed into."""
        return self.display and self._entry is not None and self._entry.display

    async def open(self, text: str, board: Board) -> None:
        """Take what is typed from now on, beginning with ``text``; ``board`` is what it is about.

        The next key is typed into it already.
        """
        from textual.widgets import Input

        await self._furnish()
        self._board, self._offered = board, None
        with self._input.prevent(Input.Changed):
            self._input.value = text
        self._input.cursor_position = len(text)
        self._show(opened=True)
        self.tell(None)
        self.screen.set_focus(self._input, scroll_visible=False)

    def close(self) -> None:
        """Take no more."""
        if self.is_open:
            self.screen.set_focus(None)
        self._show(opened=False)

    def count(self, found: int, everything: int) -> None:
        """Say how many tasks meet what is typed, or in force."""
        self._counts = f"{found:,} of {everything:,}"
        self._widest = len(f" {everything:,} of {everything:,} ")
        self._say_count()
        self._kept.show(self._text, self._counts)

    def keep(self, text: str) -> None:
        """The filter in force is this."""
        self._text = text
        self._kept.show(text, self._counts)
        if not self.is_open:
            self.display = bool(text)

    def tell(self, error: QueryError | None) -> None:
        """Say why what was typed cannot be read, if it cannot, else what could stand there."""
        self._error = error
        self._say_count()
        offered = () if error is not None else self._completion().candidates
        self._below.show(self._input.value, error, offered)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what was typed."""
        event.stop()
        if (clean := shown(event.value)) != event.value:
            self._input.value = clean
            return
        if self._offered is not None and event.value != self._taken(*self._offered):
            self._offered = None
        self.post_message(FilterTyped(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        event.stop()
        if self._error is None:
            self.post_message(FilterKept())

    def action_drop(self) -> None:
        """Clear the filter."""
        self.post_message(FilterDropped())

    def action_complete(self, by: int) -> None:
        """Put what is offered in the place of what was typed; then the next, or the one before."""
        if self._offered is None:
            found = self._completion()
            if not found.candidates:
                return
            self._offered = (self._input.value, found, 0 if by > 0 else len(found.candidates) - 1)
        else:
            text, found, at = self._offered
            self._offered = (text, found, (at + by) % len(found.candidates))
        text, found, at = self._offered
        self._input.value = self._taken(text, found, at)
        self._input.cursor_position = found.span.start + len(found.candidates[at])

    def _say_count(self) -> None:
        said = self.is_open and self._error is None and self._input.value.strip()
        words = f" {self._counts} ".rjust(self._widest) if said else ""
        if words != self._said:
            others = len(words) != len(self._said)
            self._said = words
            self._count.update(words, layout=others)

    def _completion(self) -> Completion:
        """What could stand at the cursor; not what the line could not draw as it is."""
        if self._board is None:
            return Completion(Span(0, 0), ())
        if self._offered is not None:
            return self._offered[1]
        found = completion(self._input.value, self._input.cursor_position, self._board)
        kept = tuple(one for one in found.candidates if shown(one) == one)
        return Completion(found.span, kept)

    @staticmethod
    def _taken(text: str, found: Completion, at: int) -> str:
        return text[: found.span.start] + found.candidates[at] + text[found.span.stop :]

    def _show(self, *, opened: bool) -> None:
        self.display = opened or bool(self._text)
        self._below.display = opened
        if self._entry is not None:
            self._entry.display = opened
        self._kept.display = not opened


class Below(Widget):
    """The row below the line."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._error: QueryError | None = None
        self._offered: Sequence[str] = ()

    def show(self, text: str, error: QueryError | None, offered: Sequence[str]) -> None:
        """Show what is wrong with ``text``, else what is ``offered`` (shown text)."""
        self._text, self._error, self._offered = text, error, offered
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The row, in the width that there is."""
        room, style = self.size.width, look(self)
        if self._error is not None:
            at = width(_LEAD) + width(self._text[: self._error.column - 1])
            return wrong(shown(self._error.message), at, room, style)
        if self._offered:
            return offer(self._offered, room, style)
        return language(room, style)


class Kept(Widget):
    """The row that says which filter is in force."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._counts = ""

    def show(self, text: str, counts: str) -> None:
        """Show this filter, and how many tasks meet it."""
        if (text, counts) != (self._text, self._counts):
            self._text, self._counts = text, counts
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The row, in the width that there is."""
        room, style = self.size.width, look(self)
        left = [Piece(_LEAD, style.key), Piece(shown(self._text), style.text)]
        counts = [Piece(self._counts, style.dim)]
        walk = [Piece("n", style.key), Piece(" next", style.dim)]
        clear = [Piece("Esc", style.key), Piece(" clear", style.dim)]
        right = joined([counts, walk, clear], "  ", style.dim)
        if cells(left) + cells(right) + 2 > room:
            right = joined([counts, clear], "  ", style.dim)
        return row(style, room, left, [*right, Piece(" ", style.dim)])


def wrong(words: str, at: int, room: int, style: Look) -> Strip:
    """What is wrong, beside a caret below the cell ``at``: behind it where there is room."""
    at = min(at, room - 2)
    if at + 3 + width(words) < room or at < room // 2:
        return row(style, room, [Piece(" " * at + "^ ", style.bad), Piece(words, style.text)])
    words = cut(words, at - 2)
    lead = " " * (at - 1 - width(words))
    return row(style, room, [Piece(lead + words + " ", style.text), Piece("^", style.bad)])


def offer(candidates: Sequence[str], room: int, style: Look) -> Strip:
    """What could stand at the cursor, as much of it as fits whole."""
    pieces = [Piece(" Tab ", style.key)]
    for one in candidates:
        more = [Piece(" " + one, style.text)]
        if cells(pieces) + cells(more) > room - 4:
            pieces.append(Piece(" …", style.dim))
            break
        pieces += more
    return row(style, room, pieces)


def language(room: int, style: Look) -> Strip:
    """What the line may hold, and which keys end it."""
    right = [
        *(Piece("Enter", style.key), Piece(" keep  ", style.dim)),
        *(Piece("Esc", style.key), Piece(" clear ", style.dim)),
    ]
    left = [Piece("  ", style.dim)]
    for sign, example in _LANGUAGE:
        more = [Piece(" " + sign, style.text), Piece(example, style.dim)]
        if cells(left) + cells(more) + cells(right) + 2 > room:
            break
        left += more
    return row(style, room, left, right)
