"""A screen that others may come over: what changes in it is told to the one in front, which paints.

Owns that one step. Textual has both screens note the places as a picture of their own that is still
to be painted; what changes in them until then is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen, Screen

if TYPE_CHECKING:
    from typing import Any

Result = TypeVar("Result")


class Layer(Screen[Result]):
    """A screen of which parts stay in sight when a dialog comes over it."""

    def _compositor_refresh(self) -> None:
        if not told_above(self):
            super()._compositor_refresh()


def told_above(screen: Screen[Any]) -> bool:
    """Have the screen in front paint what changed in ``screen``; False where that is in front.

    One that is not laid out yet asks for it then.
    """
    front, dirty = screen.app.screen, screen._compositor._dirty_regions
    if screen is front:
        return False
    seen = isinstance(front, ModalScreen) and screen in screen.app._background_screens
    if seen and front._compositor.root is None:
        return True
    screen._compositor.update_widgets(screen._dirty_widgets)
    # Of two screens one hears of another size of the terminal first.
    room = front._compositor.size.region
    places = {place for one in dirty if (place := one.intersection(room))} if seen else set()
    dirty.clear()
    screen._dirty_widgets.clear()
    if places:
        front._compositor._dirty_regions.update(places)
        front._compositor_refresh()
    return True
