"""The themes to choose from: each is shown while the bar is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from todo_tui.tui.dialog import Dialog
from todo_tui.tui.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class ThemeScreen(Dialog[str | None]):
    """Shows each theme on the board below; its result is the one to keep, None for that before."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "give_up", "as before", show=False),
        Binding("j", "step(1)", "down", show=False),
        Binding("k", "step(-1)", "up", show=False),
    ]

    def __init__(self, names: Sequence[str], now: str) -> None:
        super().__init__()
        self._names = names
        self._now = now
        self._list = Listing(*(Option(name, id=name) for name in names), beside=1, markup=False)

    def compose(self) -> ComposeResult:
        """The names, and what can be done."""
        with Vertical():
            yield self._list
            yield Static("Enter keep  Esc as before", markup=False)

    def on_mount(self) -> None:
        """Begin with the theme that is on."""
        if self._now in self._names:
            self._list.highlighted = self._names.index(self._now)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show it."""
        if event.option.id is not None and event.option.id != self.app.theme:
            self.app.theme = event.option.id

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep it."""
        self.dismiss(event.option.id)

    def action_step(self, by: int) -> None:
        """Go to the next, or to the one before."""
        if by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_give_up(self) -> None:
        """Go back to the theme that was on."""
        self.app.theme = self._now
        self.dismiss(None)
