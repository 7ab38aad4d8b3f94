"""What stands around a screen: the header above, the footer with its keys and a line said below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.tui.footer import Footer
from todo_tui.tui.header import Header
from todo_tui.tui.status import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from todo_tui.tui.clock import Clock


class Frame:
    """The widgets around what a screen shows; ``attention``: a row for what needs a person."""

    def __init__(self, clock: Clock, *, attention: bool = True) -> None:
        self.header = Header(attention=attention)
        self.footer = Footer()
        self.status = Status(clock)

    def around(self, *shown: Widget) -> ComposeResult:
        """All widgets of the screen, from its top to its foot."""
        yield self.header
        yield from shown
        yield self.footer
        yield self.status
