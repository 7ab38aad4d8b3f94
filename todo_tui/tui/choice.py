"""A choice of a few things, at the foot of the screen: one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from todo_tui.shown import shown
from todo_tui.tui.dialog import Dialog
from todo_tui.tui.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

    from todo_tui.tui.menu import Menu, Offer


def choose(screen: Screen[Any], menu: Menu, then: Callable[[str, bool], None]) -> None:
    """Ask it; ``then`` is told what the answer did, if there is one, and that nothing is wrong.

    Where there is nothing to choose from it is told the question, and that this is a refusal.
    """

    def take(index: int | None) -> None:
        if index is not None:
            then(menu.take(index), False)

    if not menu.offers:
        then(menu.question, True)
        return
    screen.app.push_screen(Choice(menu.question, menu.offers, now=menu.now), take)


class Choice(Dialog[int | None]):
    """Asks ``question``; its result is the index of what was chosen, None where nothing was.

    Each can be chosen by its key and by its number from 1.

    ``now``: the index of what is in force already.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "give up", show=False),
        Binding("j", "down", "down", show=False),
        Binding("k", "up", "up", show=False),
    ]

    def __init__(self, question: str, offers: Sequence[Offer], *, now: int | None = None) -> None:
        super().__init__()
        self._question = question
        self._offers = offers
        self._now = now
        self._list = Listing(*map(self._option, range(len(offers))), beside=5, markup=False)

    def compose(self) -> ComposeResult:
        """The question, and below it what there is to choose from."""
        with Vertical():
            keys = ("Enter", "bold"), (" choose  ", "dim"), ("Esc", "bold"), (" back", "dim")
            question = Content.assemble((shown(self._question), "bold"), "   ", *keys)
            yield Static(question, id="question", markup=False)
            yield self._list

    def on_mount(self) -> None:
        """Begin at what is in force."""
        self._list.highlighted = self._now or 0

    def on_key(self, event: events.Key) -> None:
        """Take what the key stands for."""
        if event.character is None:
            return
        keys = [offer.key for offer in self._offers]
        if event.character in keys:
            event.stop()
            self.dismiss(keys.index(event.character))
        elif event.character in "123456789" and int(event.character) <= len(keys):
            event.stop()
            self.dismiss(int(event.character) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what the bar is on."""
        self.dismiss(event.option_index)

    def action_down(self) -> None:
        """Move the bar down."""
        self._list.action_cursor_down()

    def action_up(self) -> None:
        """Move the bar up."""
        self._list.action_cursor_up()

    def action_give_up(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _option(self, at: int) -> Option:
        offer = self._offers[at]
        width = max(len(shown(one.name)) for one in self._offers)
        return Option(
            Content.assemble(
                (" • " if at == self._now else "   ", "bold"),
                (offer.key, "bold"),
                f"  {shown(offer.name):<{width}}",
                (f"   {shown(offer.words)}", "dim"),
            )
        )
