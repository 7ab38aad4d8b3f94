"""Keys, one after the other: each goes to what is there when the one before it was answered.

Owns what was typed ahead: a key that opens a line, a menu or a form is answered when that can take
keys, one that leaves it when what lies below is in front again. So nothing that is typed fast is
lost, or means something else than what is typed slowly. Must not know what a key does.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from textual.events import Key

from todo_tui.tui.view import Awaits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.events import Paste
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.widget import Widget

_LIMIT: Final = 1.0
"""Seconds that a key waits at most for the one before it."""

_LOOKS: Final = 2
"""A new screen says first what has the focus in it; then that gets ready."""


class Keyboard:
    """The keys of ``app``; ``hand_on`` gives one to what is in front. All on the app's own task."""

    def __init__(self, app: App[Any], hand_on: Callable[[Key | Paste], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Key | Paste] = deque()
        self._looked: WeakKeyDictionary[Screen[Any], int] = WeakKeyDictionary()
        self._held: asyncio.TimerHandle | None = None
        self._awaits = False

    async def press(self, event: Key | Paste) -> None:
        """Hand it on, or keep it until those before it are answered."""
        self._waiting.extend(_meant(event))
        if self._held is None:
            await self._go_on()

    async def delivered(self) -> None:
        """What a screen awaited has come."""
        if self._awaits:
            await self._go_on()

    async def _go_on(self) -> None:
        """Hand on the next that waits, if what is in front can take it."""
        if self._held is not None:
            self._held.cancel()
            self._held = None
        self._awaits = False
        if not self._waiting:
            return
        screen = self._app.screen
        target = self._app.focused or screen
        looked = self._looked.get(screen, 0)
        if looked < _LOOKS:
            self._looked[screen] = looked + 1
            self._when_handled(target)
        elif isinstance(screen, Awaits) and screen.awaiting:
            self._awaits = True
            self._hold()
        else:
            await self._hand_on(self._waiting.popleft())
            self._when_handled(target)

    def _when_handled(self, target: Widget) -> None:
        """Go on when all from ``target`` up to the app have done what they had to do.

        Twice: a key goes up to the app, which may have ``target`` do something. What a widget says,
        it says to itself before that goes up.
        """
        self._hold()
        widgets = [pump for pump in target.ancestors_with_self if pump is not self._app]
        said = [pump for widget in widgets for pump in (widget, widget)]
        self._pass([*widgets, self._app, *said, self._app])

    def _pass(self, pumps: list[MessagePump]) -> None:
        for at, pump in enumerate(pumps):
            if pump.call_later(self._pass, pumps[at + 1 :]):
                return
        self._app.call_later(self._go_on)

    def _hold(self) -> None:
        """Let keys wait until the answer, or until the time is over."""
        loop = asyncio.get_running_loop()
        self._held = loop.call_later(_LIMIT, self._app.call_later, self._go_on)


def _meant(event: Key | Paste) -> list[Key | Paste]:
    """What a key is: Alt and a letter is Esc and, within a tenth of a second, the letter."""
    if isinstance(event, Key) and event.key.startswith("alt+") and event.is_printable:
        letter = event.character or ""
        return [Key("escape", "\x1b"), Key(letter, letter)]
    return [event]
