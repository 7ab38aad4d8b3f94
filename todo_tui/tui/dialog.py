"""A question over a screen that stays in sight around it: painted once, when it is laid out.

Owns how a modal screen comes up, and what is drawn around it. Textual draws that anew through Rich
for each picture, and lays out, styles and paints a modal screen three times until it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual._time import get_time
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from todo_tui.tui.layer import told_above
from todo_tui.tui.view import Shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Self

    from rich.segment import Segment
    from textual import events, messages
    from textual.binding import BindingType
    from textual.geometry import Region, Size
    from textual.message import Message

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A modal screen without a ground of its own: beside its widgets one sees what lies below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Those of the application, which a modal screen keeps from the keys.
        Binding("ctrl+c", "interrupt", show=False, id="program.interrupt"),
        Binding("ctrl+q", "app.quit", show=False, id="program.quit"),
    ]

    _stands_since: float | None = None  # when it was laid out and painted first
    _wanted: Callable[[int], bool] | None = None  # which rows are painted now; None: any may be

    @property
    def typed(self) -> bool:
        """Whether something was typed here that is lost unless it is saved."""
        return False

    async def action_interrupt(self) -> None:
        """Give up what is asked, below which it is said how to leave; the second time leave."""
        await self.run_action("app.interrupt")
        if self.app.screen is self and not isinstance(self, Shows):
            escape = self._bindings.key_to_bindings["escape"][0]
            await self.run_action(escape.action)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come to the front, laid out and painted once."""
        event.prevent_default()
        self.stack_updates += 1
        self._update_auto_focus()
        if self._size == self.app.size:
            self.refresh()
        elif self.is_attached:
            self._refresh_layout(self.app.size)
            self._settle()

    def _settle(self) -> None:
        """Take all that was asked for before the first picture as done: it is in that picture.

        Each widget asks for a layout and a picture when it is made, and again when it is told its
        first size.
        """
        self._stands_since = get_time()
        for widget in self.walk_children(Widget, with_self=True):
            widget._layout_required = widget._repaint_required = False
            widget._exchange_repaint_regions()
        self._layout_widgets.clear()
        self._dirty_widgets.clear()
        for screen in self.app._background_screens:
            screen._compositor_refresh()

    async def _on_layout(self, message: messages.Layout) -> None:
        self._drop_early(message)

    async def _on_update(self, message: messages.Update) -> None:
        self._drop_early(message)

    def _drop_early(self, message: Message) -> None:
        """Do not do what the first picture has done."""
        if self._stands_since is not None and message.time < self._stands_since:
            message.stop()
            message.prevent_default()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Have it laid out, or drawn again: its widgets move, what lies below does not."""
        super().refresh(
            *regions, repaint=repaint and not layout, layout=layout, recompose=recompose
        )
        return self

    def _screen_resized(self, size: Size) -> None:
        """Lay it out in another size."""
        if size != self._size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if told_above(self):
            return
        dirty = self._compositor._dirty_regions
        if self._stands_since is None:  # what lies around its widgets is on the screen
            places = self._compositor.visible_widgets.items()
            dirty.clear()
            dirty.update(
                region.intersection(clip) for it, (region, clip) in places if it is not self
            )
        rows = {y for region in dirty for y in region.line_range}
        self._wanted = rows.__contains__
        try:
            super()._compositor_refresh()
        finally:
            self._wanted = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """What lies below, as that is drawn there; only rows that are painted."""
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        if not at:
            return super().render_lines(crop)
        below = stack[at - 1]
        wanted = self._wanted
        chops = below._compositor._render_chops(below.size.region, wanted or _every)
        rows = crop.line_range
        blank = Strip.blank(crop.width)
        strips = []
        for y in rows:
            if y >= len(chops) or (wanted is not None and not wanted(y)):
                strips.append(blank)
                continue
            strip = Strip.join(chops[y].values())
            if wanted is None:
                strip = Strip(_plain(strip), strip.cell_length)
            # What lies below hears of another size of the terminal after what lies above.
            strips.append(strip.crop(crop.x, crop.right).adjust_cell_length(crop.width))
        return strips


def _every(_: int) -> bool:
    return True


def _plain(strip: Iterable[Segment]) -> list[Segment]:
    """The same to look at, but nothing that a click on it could find."""
    return [
        segment._replace(style=segment.style.clear_meta_and_links())
        if segment.style is not None
        else segment
        for segment in strip
    ]
