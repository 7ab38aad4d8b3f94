"""What needs the person, one thing after the other, with the keys that fit each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from todo_tui.tui import keys
from todo_tui.tui.acting import press
from todo_tui.tui.concern import about, block
from todo_tui.tui.frame import Frame
from todo_tui.tui.key import Situation
from todo_tui.tui.layer import Layer
from todo_tui.tui.line_view import LineView
from todo_tui.tui.messages import Copied
from todo_tui.tui.row import Piece
from todo_tui.tui.title_bar import TitleBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from todo_tui.board.attention import Item
    from todo_tui.tui.acting import Want
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View


class WalkScreen(Layer[str | None]):
    """One thing that needs a person. Its result is the reference of the task shown last."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("walk")]

    def __init__(self, view: View, clock: Clock, want: Want) -> None:
        super().__init__()
        self._view = view
        self._clock = clock
        self._want = want
        self._index = 0
        self._item: Item | None = None
        self._frame = Frame(clock, attention=False)
        self._title = TitleBar("")
        self._lines = LineView()

    def compose(self) -> ComposeResult:
        """Header, title, lines, footer."""
        yield from self._frame.around(self._title, self._lines)

    def on_mount(self) -> None:
        """Show the first."""
        self.show(self._view)

    @property
    def picked(self) -> Item | None:
        """What the keys are about."""
        return self._item

    def show(self, view: View) -> None:
        """Show ``view`` from now on: the same thing, or where that is dealt with the next."""
        self._view = view
        self._frame.header.show(view)
        items = view.supervision.items
        if self._item is not None:
            self._index = place_of(self._item, items, self._index)
        self._turn_to(self._index)

    def say(self, words: str, *, refused: bool) -> None:
        """Say one line over the footer."""
        self._frame.status.say(words, refused=refused)

    def action_walk(self, by: int) -> None:
        """Go to the thing ``by`` further."""
        index = self._index + by
        if not 0 <= index < len(self._view.supervision.items):
            self.say("that was the last one" if by > 0 else "this is the first one", refused=True)
            return
        self._frame.status.hush()
        self._lines.to(end=False)
        self._turn_to(index)

    def next(self) -> bool:
        """Go to the next thing; whether there was one."""
        there = self._index + 1 < len(self._view.supervision.items)
        if there:
            self.action_walk(1)
        return there

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

    def action_act(self, move: str) -> None:
        """Ask for a transition of the task."""
        self._press(f"task.{move}")

    def action_claim_for(self) -> None:
        """Claim the task for somebody."""
        self._press("task.claim_for")

    def action_copy(self) -> None:
        """Copy the task's id."""
        at = self._situation()
        if at is not None and at.task is not None:
            self.post_message(Copied(at.task.ref))

    def action_open(self) -> None:
        """Open the task."""
        from todo_tui.tui.task_screen import TaskScreen

        at = self._situation()
        if at is None or at.task is None:
            self.say("this is not about one task that is in the file", refused=True)
            return
        self.app.push_screen(TaskScreen(self._view, at.task.ref, self._clock, self._want))

    def action_faults(self) -> None:
        """Show what is wrong in the file."""
        from todo_tui.tui.faults_screen import FaultsScreen

        self.app.push_screen(FaultsScreen(self._view, self._clock, self._want))

    def action_help(self) -> None:
        """Show the keys."""
        from todo_tui.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self._view, self._clock))

    def action_back(self) -> None:
        """Go back, to the task that was shown last."""
        item = self._item
        self.dismiss(item.refs[0] if item is not None and item.refs else None)

    def action_close(self) -> None:
        """Go back, to the task that was shown last."""
        self.action_back()

    def _turn_to(self, index: int) -> None:
        items = self._view.supervision.items
        self._index = max(0, min(index, len(items) - 1))
        self._item = items[self._index] if items else None
        number = f"{self._index + 1:,} of {len(items):,}" if items else ""
        self._title.show("what needs you", "", number)
        self._lines.show(self._build)
        at = self._situation()
        self._frame.footer.show(keys.labels("walk", at) if at is not None else [])

    def _build(self, room: int, style: Look) -> Sequence[Sequence[Piece]]:
        item, board = self._item, self._view.board
        if item is None:
            return [[Piece("Nothing needs you any more.", style.dim)]]
        found = about(item, board, room, style)
        return [*block(item, self._view, room, style), *([[]] if found else []), *found]

    def _situation(self) -> Situation | None:
        view, item = self._view, self._item
        if view.board is None:
            return None
        single = item is not None and len(item.refs) == 1
        task = view.board.get(item.refs[0]) if item is not None and single else None
        faults, waiting = len(view.findings.faults), len(view.supervision.items)
        return Situation(view.board, task, view.actor, view.now, faults, item=item, waiting=waiting)

    def _press(self, name: str) -> None:
        at = self._situation()
        if at is None or at.task is None:
            self.say("this is not about one task that is in the file", refused=True)
            return
        press(self, self._frame.status, name, at, self._view.findings.agents, self._want)


def place_of(item: Item, items: Sequence[Item], index: int) -> int:
    """Where a thing is among those of now; where it is gone, what has come to its place."""
    named = _name(item)
    return next((at for at, one in enumerate(items) if _name(one) == named), index)


def _name(item: Item) -> tuple[object, ...]:
    """What stays the same of a thing as long as it needs somebody."""
    key = item.events[0].key if item.events else ""
    return item.need, item.word, item.refs if not item.faults else (), key
