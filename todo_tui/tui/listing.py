"""A list to choose from, in whatever room there is for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.geometry import Size


class Listing(OptionList):
    """Textual's list of options, which may also have no room at all: then a page is nothing.

    ``beside``: so many rows of the screen are for others, whatever there is to choose from.
    """

    def __init__(self, *options: Any, beside: int, markup: bool) -> None:
        super().__init__(*options, markup=markup)
        self._beside = beside

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the options take, of those that there are."""
        rows = super().get_content_height(container, viewport, width)
        return max(1, min(rows, viewport.height - self._beside))

    def action_page_up(self) -> None:
        """Go a page up."""
        if self.scrollable_content_region.height:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go a page down."""
        if self.scrollable_content_region.height:
            super().action_page_down()  # type: ignore[no-untyped-call]
