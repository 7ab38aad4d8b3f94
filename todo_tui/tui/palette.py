"""The command palette: every action of the screen below it, by what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.keys import KEYS, sign_of
from todo_tui.tui.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, ClassVar

    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode
    from textual.widgets import OptionList


class Doable(NamedTuple):
    """An action that is bound where the palette was opened, and the words that find it."""

    words: str
    action: str
    node: DOMNode


def doable(app: App[Any]) -> list[Doable]:
    """The actions of the table that are bound on the screen in front, in the table's order."""
    active = app.screen.active_bindings.values()
    bound = {each.binding.action: each.node for each in active}
    found = []
    for key in KEYS:
        if key.action in bound and key.id not in ("program.palette", "program.command_line"):
            sign = sign_of(key)
            words = f"{key.words}  ({sign})" if sign else key.words
            found.append(Doable(words, key.action, bound[key.action]))
    return found


class Palette(Dialog[Doable | None]):
    """Asks which of ``actions``; its result is the one to do."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p,ctrl+x", "give_up", "give up", show=False, priority=True),
        Binding("down,ctrl+n", "move('down')", "down", show=False),
        Binding("up", "move('up')", "up", show=False),
        Binding("pagedown", "move('page_down')", "a page down", show=False),
        Binding("pageup", "move('page_up')", "a page up", show=False),
    ]

    def __init__(self, actions: Sequence[Doable]) -> None:
        super().__init__()
        self._actions = actions
        self._found: Sequence[Doable] = actions
        self._list = Listing(beside=4, markup=False)

    def compose(self) -> ComposeResult:
        """The line, and what it finds."""
        with Vertical():
            yield Input(placeholder="what do you want to do?", select_on_focus=False)
            yield self._list
            yield Static("Enter do it  Esc give up", markup=False)

    def on_mount(self) -> None:
        """Begin with all of them; the line is typed into."""
        self._list.can_focus = False
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what it finds."""
        self._show(event.value.strip())

    def on_input_submitted(self) -> None:
        """Do what the bar is on."""
        self._take(self._list.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was clicked."""
        self._take(event.option_index)

    def action_move(self, way: str) -> None:
        """Move the bar."""
        names = self._list
        moves = {
            "down": names.action_cursor_down,
            "up": names.action_cursor_up,
            "page_down": names.action_page_down,
            "page_up": names.action_page_up,
        }
        moves[way]()

    def action_give_up(self) -> None:
        """Do nothing."""
        self.dismiss(None)

    def _show(self, wanted: str) -> None:
        """Show what ``wanted`` finds, the best first."""
        names = self._list
        names.clear_options()
        if not wanted:
            self._found = self._actions
            names.add_options([Option(each.words) for each in self._found])
        else:
            matcher = Matcher(wanted)
            scored = [(matcher.match(each.words), each) for each in self._actions]
            best = sorted((it for it in scored if it[0] > 0), key=lambda it: -it[0])
            self._found = [each for _, each in best]
            names.add_options([Option(matcher.highlight(each.words)) for each in self._found])
        names.highlighted = 0 if self._found else None

    def _take(self, index: int | None) -> None:
        if index is not None and index < len(self._found):
            self.dismiss(self._found[index])


async def open_palette(app: App[Any]) -> None:
    """Ask what is to be done on the screen in front, and do it."""

    async def do(chosen: Doable | None) -> None:
        if chosen is not None:
            await app.run_action(chosen.action, chosen.node)

    await app.push_screen(Palette(doable(app)), do)
