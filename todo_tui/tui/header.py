"""The top of every screen: which file, how many tasks, who is here, whether it is live.

Below that, where something needs a person, a row that says what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from todo_tui.board.age import ago
from todo_tui.shown import cut, shown
from todo_tui.tui import keys, tabs
from todo_tui.tui import look as glyph
from todo_tui.tui.attention_bar import attention_bar
from todo_tui.tui.messages import TabClicked
from todo_tui.tui.painted import Painted
from todo_tui.tui.row import Piece, cells, fitted, joined, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip

    from todo_tui.board.attention import Item
    from todo_tui.tui.look import Look
    from todo_tui.tui.view import View

_NARROW: Final = 60
"""Below this many cells the header says only the file's name and whether it is live."""

_NAMES: Final = (20, 12, 6)
"""Cells that the name of the person gets at most; less where it would push out other facts."""

_GAP: Final = "   "


class Header(Widget):
    """One row that says what is on the screen, and one for what needs a person.

    ``attention``: whether there is room for the second one.
    """

    def __init__(self, *, attention: bool = True) -> None:
        super().__init__()
        self._view: View | None = None
        self._spans: list[int] = []
        self._attention = attention
        self._height = 1
        self._bar: tuple[Sequence[Item], int, Look, Strip] | None = None
        self._painted = Painted(self, self._drawn)

    def show(self, view: View) -> None:
        """Show the facts of ``view``."""
        self._view = view
        height = 2 if self._attention and view.supervision.items else 1
        if height != self._height:
            self._height = self.styles.height = height
        self._painted.renew()

    def render_line(self, y: int) -> Strip:
        """The row, in the width that there is."""
        return self._painted.line(y)

    def _drawn(self, lines: range, size: Size, style: Look) -> list[Strip]:
        return [self._line(y, size, style) for y in lines]

    def _line(self, y: int, size: Size, style: Look) -> Strip:
        room, view = size.width, self._view
        if view is None:
            return row(style, room)
        if y == 1 and (items := view.supervision.items):
            return self._attention_bar(items, room, style)
        if not view.tabs:
            return header(view, room, style)
        right = [*fitted(_state(view, style), room // 2), Piece(" ", style.text)]
        left, self._spans = tabs.strip(view.tabs, room - cells(right) - 1, style)
        return row(style, room, left, right)

    def _attention_bar(self, items: Sequence[Item], room: int, style: Look) -> Strip:
        """The row for ``items``: the one of the last time, where it is for the same ones."""
        known = self._bar
        if known is not None and known[0] is items and known[1] == room and known[2] is style:
            return known[3]
        bar = attention_bar(items, room, style)
        self._bar = (items, room, style, bar)
        return bar

    async def on_click(self, event: events.Click) -> None:
        """Ask for the file whose tab is under the pointer, or walk through what needs a person."""
        view = self._view
        if event.y:
            await self.app.run_action("attention")
            return
        if view is None or not view.tabs:
            return
        if (index := tabs.at(self._spans, event.x)) is not None:
            self.post_message(TabClicked(index))


def header(view: View, room: int, style: Look) -> Strip:
    """The header in ``room`` cells: what fits of it, the least important left out first."""
    state = fitted(_state(view, style), room * 2 // 3)
    if room < _NARROW:
        left = [Piece(" " + shown(view.name.rpartition("/")[2]), style.strong)]
        left += [Piece("  ", style.dim), *_faults(view, style, short=True)]
        return row(style, room, left, [*state, Piece(" ", style.text)])
    for left, right in _forms(view, state, style):
        if cells(left) + cells(right) + 3 <= room:
            break
    return row(style, room, left, right)


def _forms(
    view: View, state: list[Piece], style: Look
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Both sides of the header, the fullest form first."""
    name = [Piece(f" {glyph.MENU} ", style.dim), Piece(shown(view.name), style.strong)]
    tasks = _tasks(view, style)
    faults = _faults(view, style, short=False)
    working = []
    if number := view.findings.working:
        working = [Piece(f"{number} agent{'s' * (number > 1)} working", style.dim)]
    newest, written = _newest(view, style), _written(view, style)
    full = _you(view, style, _NAMES[0])
    for facts in ([newest, full, state], [written, full, state]):
        yield _joined([name, tasks, working, faults], facts, style)
        yield _joined([name, tasks, faults], facts, style)
    for most in _NAMES[1:]:
        yield _joined([name, tasks, faults], [written, _you(view, style, most), state], style)
    yield _joined([name, tasks, faults], [written, state], style)
    yield _joined([name, tasks, faults], [state], style)
    yield _joined([name, faults], [state], style)


def _joined(
    left: list[list[Piece]], right: list[list[Piece]], style: Look
) -> tuple[list[Piece], list[Piece]]:
    return joined(left, "  ", style.dim), [*joined(right, _GAP, style.dim), Piece(" ", style.text)]


def _you(view: View, style: Look, most: int) -> list[Piece]:
    name = cut(shown(view.actor.holds_as), most)
    return [Piece("you: ", style.dim), Piece(name, style.text)]


def _tasks(view: View, style: Look) -> list[Piece]:
    if view.board is None:
        return []
    number = len(view.board.tasks)
    return [Piece(f"{number:,} task{'s' * (number != 1)}", style.dim)]


def _faults(view: View, style: Look, *, short: bool) -> list[Piece]:
    number = len(view.findings.faults)
    if not number:
        return []
    words = f"{number:,}" if short else f"{number:,} fault{'s' * (number != 1)}"
    return [Piece(f"{glyph.FAULT} {words}", style.bad)]


def _newest(view: View, style: Look) -> list[Piece]:
    entry = view.findings.newest
    if entry is None or entry.at is None or entry.actor is None or entry.task is None:
        return _written(view, style)
    who = "you" if entry.actor == view.actor.name else shown(entry.for_agent or entry.actor)
    what = f"{who} {entry.event} {shown(entry.task)} {ago(entry.at, view.now)}"
    return [Piece(what, style.dim)]


def _written(view: View, style: Look) -> list[Piece]:
    if view.wrote is None:
        return []
    return [Piece(f"changed {ago(view.wrote, view.now)}", style.dim)]


def _state(view: View, style: Look) -> list[Piece]:
    if view.missing and view.board is None:
        return [Piece(f"{glyph.OPEN} no file", style.warn)]
    if view.problem is not None:
        why = _reason(view.problem, view.name)
        sign = keys.sign_of(keys.key("program.begin")) if view.missing else ""
        remedy = f"; {sign} makes it anew" if sign else ""
        return [Piece(f"{glyph.CROSS} unreadable: {shown(why)}{remedy}", style.bad)]
    if view.board is not None and view.board.merging:
        return [Piece(f"{glyph.CROSS} in a merge: nothing is written", style.bad)]
    if view.live:
        return [Piece(glyph.LIVE, style.good), Piece(" live", style.dim)]
    return [Piece(f"{glyph.OPEN} reading", style.dim)]


def _reason(problem: str, name: str) -> str:
    """The problem without the path of the file, which is named in the same row."""
    for lead in (" cannot be read: ", " is "):
        _, found, rest = problem.partition(name.rpartition("/")[2] + lead)
        if found:
            return rest.removesuffix(".")
    return problem
