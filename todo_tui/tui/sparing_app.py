"""An application that lays out, draws and sends what is other, where Textual begins anew.

Owns when a screen is painted whole, when its styles are loaded, and where that goes on which waits
for a picture of a screen that is left. Must not know what any screen shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from todo_tui.tui.dialog import Dialog
from todo_tui.tui.sent import Sent

if TYPE_CHECKING:
    from typing import Self

    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete


class SparingApp(App[int]):
    """The ways of Textual's application that paint. Its screens have no tooltips and no toasts."""

    def __init__(self, *, ansi_color: bool | None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._disable_tooltips = self._disable_notifications = True
        self._sent = Sent()

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._come_back)

    async def on_event(self, event: events.Event) -> None:
        """A terminal of another size may have moved what was on it."""
        if isinstance(event, events.Resize):
            self._sent.forget()
        await super().on_event(event)

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Put a screen in front. What lies below a dialog is not drawn again for that."""
        below = self.screen_stack[-1] if self.screen_stack else None
        drawn = below is not None and not below._repaint_required
        if isinstance(screen, Screen):
            # From Python 3.12 on its widgets get their styles as soon as the screen is known.
            self._load_screen_css(screen)
        pushed = super().push_screen(screen, *args, **kwargs)
        if below is not None and drawn and isinstance(self.screen, Dialog):
            below._repaint_required = False
            below._repaint_regions.clear()
        return pushed

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front. What waits for a picture waits for that of the one below.

        A screen that is being closed calls nothing any more, whoever asked it to.
        """
        left = self.screen
        popped = super().pop_screen()
        waiting, left._callbacks = left._callbacks, []
        for call, asker in waiting:
            if not isinstance(asker, DOMNode) or left not in asker.ancestors_with_self:
                self.screen._invoke_later(call, asker)
        return popped

    def refresh(
        self, *, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have the screen drawn again, or laid out: that draws what has another place by itself."""
        super().refresh(repaint=repaint and not layout, layout=layout, recompose=recompose)
        return self

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the styles anew; before there is a screen none has been applied yet."""
        if self.children:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send what of a picture is not on the terminal yet."""
        if isinstance(renderable, LayoutUpdate):
            for widget in screen._compositor.visible_widgets:
                widget._repaint_regions.clear()  # what they wanted painted is in the picture
        super()._display(screen, self._sent.new_in(renderable))

    def action_redraw(self) -> None:
        """Draw all: another program has written to the terminal."""
        self._sent.forget()
        self.refresh()

    def _come_back(self, _: App[Any]) -> None:
        self.action_redraw()
