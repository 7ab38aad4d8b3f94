"""Everything that is wrong in the file, each with its place and the source line."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, Final

from todo_tui.shown import shown
from todo_tui.tui import keys
from todo_tui.tui import look as glyph
from todo_tui.tui.frame import Frame
from todo_tui.tui.help_screen import HelpScreen
from todo_tui.tui.key import Situation
from todo_tui.tui.layer import Layer
from todo_tui.tui.line_view import LineView
from todo_tui.tui.row import Piece
from todo_tui.tui.task_screen import TaskScreen
from todo_tui.tui.title_bar import TitleBar
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.board import Board
    from todo_tui.board.task import Fault
    from todo_tui.tui.acting import Want
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_SHOWN: Final = 500
"""Faults that are listed; a file with more of them has one cause."""


class FaultsScreen(Layer[str | None]):
    """The list of faults. Its result is the reference of the task opened last, if one was."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("faults")]

    def __init__(self, view: View, clock: Clock, want: Want) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        self._want = want
        self._index = 0
        self._opened: str | None = None
        self._starts: list[int] = [0]
        self._frame = Frame(clock)
        self._title = TitleBar("faults")
        self._lines = LineView(self._span)

    def compose(self) -> ComposeResult:
        """Header, title, lines, footer."""
        yield from self._frame.around(self._title, self._lines)

    def on_mount(self) -> None:
        """Show the faults."""
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show ``view`` from now on."""
        self._view = view
        faults = view.findings.faults
        self._frame.header.show(view)
        self._title.show("faults", "", f"{len(faults):,}")
        self._index = max(0, min(self._index, min(len(faults), _SHOWN) - 1))
        self._lines.show(self._build)
        self._select(self._index)

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def action_step(self, by: int) -> None:
        """Go to the fault ``by`` further down."""
        self._select(self._index + by)

    def action_page(self, by: int) -> None:
        """Go a page of faults further."""
        self._select(self._index + by * max(1, self._lines.size.height // 5))

    def action_first(self) -> None:
        """Go to the first fault."""
        self._select(0)

    def action_last(self) -> None:
        """Go to the last fault."""
        self._select(len(self._starts))

    def action_open(self) -> None:
        """Open the task that the fault is about."""
        at = self._situation()
        if at is None or at.task is None:
            self.say("this fault is about the text, not about a task", refused=True)
            return
        screen = TaskScreen(self._view, at.task.ref, self._clock, self._want)
        self.app.push_screen(screen, self._looked_at)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self._view, self._clock))

    def action_back(self) -> None:
        """Go back, to the task that was opened here if one was."""
        self.dismiss(self._opened)

    def action_close(self) -> None:
        """Go back, to the task that was opened here if one was."""
        self.action_back()

    def on_click(self, event: events.Click) -> None:
        """Go to the fault that was clicked; open its task on the second click."""
        line = self._lines.line_at(event.screen_x, event.screen_y)
        if line is not None and line < self._starts[-1]:
            self._select(bisect_right(self._starts, line) - 1)
            if event.chain == 2:
                self.action_open()

    def _looked_at(self, ref: str | None) -> None:
        self._opened = ref

    def _situation(self) -> Situation | None:
        view = self._view
        if view.board is None:
            return None
        faults = view.findings.faults
        ref = faults[self._index].task if self._index < len(faults) else None
        task = view.board.get(ref) if ref is not None else None
        waiting = len(view.supervision.items)
        return Situation(view.board, task, view.actor, view.now, len(faults), waiting=waiting)

    def _select(self, index: int) -> None:
        self._index = max(0, min(index, len(self._starts) - 2))
        self._lines.reveal()
        at = self._situation()
        self._frame.footer.show(keys.labels("faults", at) if at is not None else [])

    def _span(self) -> range:
        """The lines of the selected fault."""
        if len(self._starts) < 2:
            return range(0)
        return range(self._starts[self._index], self._starts[self._index + 1] - 1)

    def _build(self, room: int, style: Look) -> list[list[Piece]]:
        found = self._view.findings
        if not found.faults or found.board is None:
            self._starts = [0]
            return [[Piece("Nothing is wrong in this file.", style.dim)]]
        lines: list[list[Piece]] = []
        self._starts = []
        for fault in found.faults[:_SHOWN]:
            self._starts.append(len(lines))
            lines += [*_fault(fault, found.board, room, style), []]
        self._starts.append(len(lines))
        if (more := len(found.faults) - _SHOWN) > 0:
            words = f"and {more:,} more: todo-tui check lists them all"
            lines.append([Piece(words, style.dim)])
        return lines


def _fault(fault: Fault, board: Board, room: int, style: Look) -> list[list[Piece]]:
    """One fault: what and where, its sentence, and the source line with a caret."""
    place = board.location(fault)
    head = [
        Piece(f"{glyph.FAULT} ", style.bad), Piece(fault.code.replace("_", " "), style.strong)
    ]  # fmt: skip
    if fault.task is not None:
        head.append(Piece(f"  {shown(fault.task)}", style.dim))
    if place is not None:
        head.append(Piece(f"  line {place.line:,}, column {place.column:,}", style.dim))
    lines = [head]
    lines += [[Piece(f"  {row}", style.text)] for row in wrapped(shown(fault.message), room - 2)]
    if place is not None:
        excerpt = place.excerpt().replace("\t", " ").split("\n")
        lines += [[Piece(shown(line), style.dim)] for line in excerpt]
    return lines
