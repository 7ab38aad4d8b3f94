"""The command palette: every action of the screen below it, by what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content

from todo_tui.tui.keys import KEYS, sign_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits

    from todo_tui.tui.keys import Key


class Actions(Provider):
    """The keys that are bound where the palette was opened, as commands."""

    async def discover(self) -> Hits:
        """All of them, in the order of their table."""
        for key, words in self._commands():
            yield DiscoveryHit(Content(words), partial(self._do, key), text=words)

    async def search(self, query: str) -> Hits:
        """Those that ``query`` finds."""
        matcher = self.matcher(query)
        for key, words in self._commands():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), partial(self._do, key), text=words)

    def _commands(self) -> Iterator[tuple[Key, str]]:
        bound = {active.binding.action for active in self.screen.active_bindings.values()}
        for key in KEYS:
            if key.action in bound and key.id != "program.palette":
                sign = sign_of(key)
                yield key, f"{key.words}  ({sign})" if sign else key.words

    async def _do(self, key: Key) -> None:
        await self.screen.run_action(key.action)
