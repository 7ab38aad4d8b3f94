"""A list to choose from, in whatever room there is for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size


class Listing(OptionList):
    """Textual's list of options, which may also have no room at all: then a page is nothing."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Have its lines made again where the size is another, before they are drawn in it."""
        if size != self._size:
            self._clear_caches()
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _on_resize(self, event: events.Resize) -> None:  # type: ignore[override]
        """Do not draw the list again that was drawn in this size."""
        event.prevent_default()

    def action_page_up(self) -> None:
        """Go a page up."""
        if self.scrollable_content_region.height:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go a page down."""
        if self.scrollable_content_region.height:
            super().action_page_down()  # type: ignore[no-untyped-call]
