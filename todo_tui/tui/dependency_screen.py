"""What a task waits for, to choose from: type to filter, Space puts one in or takes it out."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from todo_tui.board.amending import dependencies
from todo_tui.board.editable import text_of_field
from todo_tui.board.task import DONE
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.shown import shown
from todo_tui.tui import look as glyph
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.line_view import LineView
from todo_tui.tui.row import Piece
from todo_tui.tui.typed import LineInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

    from todo_tui.board.board import Board
    from todo_tui.board.task import Group, Task
    from todo_tui.tui.look import Look

_MOST: Final = 200
"""So many are listed; the filter finds the others."""


class _Row(NamedTuple):
    """One thing to wait for: its id, its title, and its status."""

    id: str
    title: str
    status: str


class _Filter(LineInput):
    """A filter that leaves the space bar to the list."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """All that can be typed but a blank."""
        return key != "space" and super().check_consume_key(key, character)


class DependencyScreen(Dialog["tuple[str, ...] | None"]):
    """Chooses what ``task`` waits for; the result are the ids, None where it was given up."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "put", "in or out", show=False, priority=True),
        Binding("down,ctrl+n", "step(1)", "down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "up", show=False, priority=True),
        Binding("enter,ctrl+s", "accept", "accept", show=False, priority=True),
        Binding("escape", "give_up", "as before", show=False),
    ]

    def __init__(self, board: Board, task: Task) -> None:
        super().__init__()
        self._board = board
        self._of = task
        words = text_of_field(task, "dependencies").split(",")
        self._ids = [word.strip() for word in words if word.strip()]
        self._before = tuple(self._ids)
        self._rows = list(islice(self._all(), _MOST))
        self._at = 0
        self._message = Static("", id="message", markup=False)
        self._lines = LineView(lambda: range(self._at, self._at + 1))

    def compose(self) -> ComposeResult:
        """The filter, the list, what there is to say."""
        with Vertical():
            yield Static(Content(f"{shown(self._of.id)} waits for"), id="what", markup=False)
            yield _Filter(placeholder="type to filter", select_on_focus=False)
            yield self._lines
            yield self._message

    def on_mount(self) -> None:
        """Show the list."""
        self._tell("")
        self._lines.show(self._made)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what has these words in its id or title."""
        words = event.value.casefold().split()
        self._rows = list(islice((row for row in self._all() if _has(row, words)), _MOST))
        self._at = 0
        self._lines.show(self._made)
        self._lines.reveal()

    def on_click(self, event: events.Click) -> None:
        """Go to what was clicked; put it in or take it out on the second click."""
        line = self._lines.line_at(event.screen_x, event.screen_y)
        if line is not None and line < len(self._rows):
            self._at = line
            self._lines.reveal()
            if event.chain == 2:
                self.action_put()

    def action_step(self, by: int) -> None:
        """Go up or down the list."""
        self._at = min(max(self._at + by, 0), max(0, len(self._rows) - 1))
        self._lines.reveal()

    def action_put(self) -> None:
        """Wait for it, or no more; say why where that cannot be."""
        if not self._rows:
            return
        name = self._rows[self._at].id
        if name in self._ids:
            self._ids.remove(name)
        else:
            try:
                dependencies(self._board, (*self._ids, name), self._of)
            except TodoError as error:
                self._tell(f"{glyph.CROSS} {shown(error.message)}")
                return
            self._ids.append(name)
        self._tell("")
        self._lines.show(self._made)

    def action_accept(self) -> None:
        """Go back with what was chosen."""
        self.dismiss(tuple(self._ids) if tuple(self._ids) != self._before else None)

    def action_give_up(self) -> None:
        """Go back as it was before."""
        self.dismiss(None)

    def _all(self) -> Iterator[_Row]:
        """All that can be waited for: what it waits for already, what is open, what is done."""
        groups = {group.id: group for group in self._board.groups}
        for name in self._before:
            thing = next(iter(self._board.with_id(name)), groups.get(name))
            yield _row(thing) if thing is not None else _Row(name, "is not in the file", "")
        seen = {self._of.id, *self._before}
        things: Iterator[Task | Group] = chain(self._board.tasks, self._board.groups)
        done: list[Task | Group] = []
        for it in things:
            if it.id in seen:
                continue
            seen.add(it.id)
            if it.status == DONE:
                done.append(it)
            else:
                yield _row(it)
        yield from map(_row, done)

    def _tell(self, words: str) -> None:
        self._message.update(Content(words or "Space in or out  ↑ ↓ choose  Enter save  Esc back"))

    def _made(self, room: int, style: Look) -> list[list[Piece]]:  # noqa: ARG002
        if not self._rows:
            return [[Piece("nothing has these words in its id or title", style.dim)]]
        lines = []
        for row in self._rows:
            sign = f"[{'x' if row.id in self._ids else ' '}] "
            mark = f"{glyph.CHECK} " if row.status == DONE else ""
            lines.append(
                [
                    Piece(sign, style.key),
                    Piece(shown(row.id), style.text),
                    Piece(f"  {mark}{shown(row.title)}", style.dim),
                ]
            )
        return lines


def _row(thing: Task | Group) -> _Row:
    return _Row(thing.id, thing.title, thing.status)


def _has(row: _Row, words: list[str]) -> bool:
    sought = f"{row.id} {row.title}".casefold()
    return all(word in sought for word in words)
