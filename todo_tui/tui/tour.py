"""Five lines for somebody who sees the board for the first time; they never come again.

Owns their words, and when they are shown. Must not take a key away from the board, except one that
is pressed to be rid of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from todo_tui.errors import TodoError
from todo_tui.tui.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

    from todo_tui.storage.remembered import Remembered

_NAME: Final = "tour"

_CLOSING: Final = frozenset({"q", "escape", "space"})
"""Keys that close what lies over something, in most programs: here they do no more than that."""

LINES: Final = (
    ("j k h l", "or the arrows: go from task to task, from column to column"),
    ("c s d", "claim a task, start it, finish it; a key that cannot act says why"),
    ("Enter", "all that the file says about a task; / finds one; q goes back"),
    ("a e", "add a task below this one, edit it; u undoes what you did"),
    ("?", "every key; : takes a command in words. Any key goes on."),
)


class Tour(Dialog[events.Key | None]):
    """The lines, over the foot of the board until the first key, which is the result."""

    CSS_PATH = "forms.tcss"

    def compose(self) -> ComposeResult:
        """The lines."""
        width = max(len(keys) for keys, _ in LINES)
        rows = [Content.assemble((f"{keys:<{width}}  ", "bold"), words) for keys, words in LINES]
        with Vertical():
            yield Static(Content("\n").join(rows), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Go."""
        event.stop()
        closing = event.key in _CLOSING
        self.dismiss(None if closing else events.Key(event.key, event.character))

    def on_click(self) -> None:
        """Go."""
        self.dismiss(None)


def first_time(remembered: Remembered | None) -> bool:
    """Whether nobody was shown the lines yet; it is remembered that they are now.

    Where that cannot be kept they are not shown: they would come again at each start.
    """
    if remembered is None or remembered.word(_NAME) is not None:
        return False
    try:
        remembered.remember(_NAME, "shown")
    except TodoError:
        return False
    return True


def begin(app: App[Any], remembered: Remembered | None) -> None:
    """Show the lines at the first start; the key that ends them is the board's."""

    def hand_on(key: events.Key | None) -> None:
        if key is not None:
            app.post_message(key)

    if first_time(remembered):
        app.push_screen(Tour(), hand_on)
