"""A list to choose from, in whatever room there is for it."""

from __future__ import annotations

from textual.widgets import OptionList


class Listing(OptionList):
    """Textual's list of options, which may also have no room at all: then a page is nothing."""

    def action_page_up(self) -> None:
        """Go a page up."""
        if self.scrollable_content_region.height:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go a page down."""
        if self.scrollable_content_region.height:
            super().action_page_down()  # type: ignore[no-untyped-call]
