"""The detail of one task as a panel: docked beside the board, or all of a screen.

Owns what of it is in sight, and which of its places (a criterion, a task, a link) the keys go to.
Must not know where it is docked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from todo_tui.board.transition import Tick
from todo_tui.shown import shown
from todo_tui.tui import keys
from todo_tui.tui.card import title_of
from todo_tui.tui.detail import detail, status_of
from todo_tui.tui.line_view import LineView
from todo_tui.tui.messages import PanelLeft, PanelShut, TaskWanted
from todo_tui.tui.row import Piece
from todo_tui.tui.stops import Part, Stop, lit, stop_at
from todo_tui.tui.title_bar import TitleBar
from todo_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.tui.acting import Want
    from todo_tui.tui.look import Look
    from todo_tui.tui.stops import Line
    from todo_tui.tui.view import View

_OPENED = ("http://", "https://")


class DetailPanel(Vertical, can_focus=True):
    """Everything that the file says about one task, under its title."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("detail")]

    def __init__(self, want: Want) -> None:
        super().__init__()
        self._want = want
        self._view: View | None = None
        self._ref: str | None = None
        self._shown: Part = Part([], [])
        self._stop = -1
        self._title = TitleBar("")
        self._lines = LineView()

    def compose(self) -> ComposeResult:
        """The title and, below it, all else."""
        yield self._title
        yield self._lines

    def show(self, view: View, ref: str | None) -> None:
        """Show the task ``ref`` as it is in ``view``; another task from its top."""
        if ref != self._ref:
            self._stop = -1
            self._lines.to(end=False)
        self._view, self._ref = view, ref
        task = view.board.get(ref) if view.board is not None and ref is not None else None
        if task is None:
            self._title.show(shown(ref or ""), "", "no longer in the file" if ref else "no task")
            self._shown = Part([], [])
            self._lines.show(self._gone)
            return
        self._title.show(shown(task.ref), title_of(task), status_of(task))
        self._lines.show(self._made)

    @property
    def stop(self) -> Stop | None:
        """The place that the keys go to, if one was gone to."""
        return self._shown.stops[self._stop] if 0 <= self._stop < len(self._shown.stops) else None

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

    def action_stop(self, by: int) -> None:
        """Go to the next place, or to the one before."""
        last = len(self._shown.stops) - 1
        if last < 0:
            self._say("there is no criterion, task or link in it", refused=True)
            return
        start = self._stop if self.stop is not None else (-1 if by > 0 else last + 1)
        self._go(min(max(start + by, 0), last))

    def on_click(self, event: events.Click) -> None:
        """Go to the place that was clicked; do what is done there on the second click."""
        line = self._lines.line_at(event.screen_x, event.screen_y)
        cell = event.screen_x - self._lines.region.x - 1
        index = stop_at(self._shown, line, cell) if line is not None else None
        if index is None:
            return
        self._go(index)
        if event.chain == 2 and self._shown.stops[index].kind == "criterion":
            self.action_tick()
        elif event.chain == 2:
            self.action_follow()

    def _go(self, index: int) -> None:
        """Go to one of the places."""
        self._stop = index
        self._lines.show(self._made)
        self._lines.bring(self._shown.stops[index].line)

    def action_tick(self) -> None:
        """Tick the criterion, or clear it."""
        stop = self.stop
        if stop is None or stop.kind != "criterion":
            self._say("go to a criterion first: l or Right", refused=True)
        elif self._view is not None and self._ref is not None:
            from todo_tui.board.criteria import criteria

            task = self._view.board.get(self._ref) if self._view.board is not None else None
            found = criteria(task) if task is not None else ()
            if stop.number < len(found):
                done = not found[stop.number].done
                self._want(Tick(self._ref, self._view.actor, stop.number, stop.value, done))

    def action_follow(self) -> None:
        """Go to the task, or ask whether to open the link."""
        stop = self.stop
        if stop is None or stop.kind == "criterion":
            self._say("go to a task or a link first: l or Right", refused=True)
        elif stop.kind == "task":
            self.post_message(TaskWanted(stop.value))
        elif not stop.value.startswith(_OPENED):
            self._say(f"{stop.value}: only links to http and https are opened", refused=True)
        else:
            from todo_tui.tui.confirm import Confirm

            target = stop.value

            def opened(yes: bool | None) -> None:
                if yes:
                    self.app.open_url(target)

            question = Confirm(f"open {target} ?", yes="open it in the browser", no="back")
            self.app.push_screen(question, opened)

    def action_back(self) -> None:
        """Give the keys back."""
        self.post_message(PanelLeft())

    def action_close(self) -> None:
        """Close it."""
        self.post_message(PanelShut())

    def _say(self, words: str, *, refused: bool) -> None:
        from todo_tui.tui.view import Shows

        if isinstance(self.screen, Shows):
            self.screen.say(words, refused=refused)

    def _gone(self, room: int, style: Look) -> list[Line]:
        """What stands in the place of a task that is no longer there, and how to go on."""
        if self._ref is None:
            return []
        back = keys.sign_of(keys.key("program.close")).partition(" ")[0]
        words = f"{shown(self._ref)} is no longer in the file."
        words += f" {back} goes back." if back else ""
        return [[Piece(text, style.warn)] for text in wrapped(words, room)]

    def _made(self, room: int, style: Look) -> list[Line]:
        view, ref = self._view, self._ref
        task = None
        if view is not None and view.board is not None and ref is not None:
            task = view.board.get(ref)
        if task is None or view is None or view.board is None:
            return []
        self._shown = detail(task, view.board, view, room, style)
        return lit(self._shown.lines, self.stop, style)
