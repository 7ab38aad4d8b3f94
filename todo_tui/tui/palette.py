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
    from textual.dom import DOMNode

    from todo_tui.tui.keys import Key


class Actions(Provider):
    """The keys that are bound where the palette was opened, as commands."""

    async def discover(self) -> Hits:
        """All of them, in the order of their table."""
        for key, node, words in self._commands():
            yield DiscoveryHit(Content(words), partial(self._do, key, node), text=words)

    async def search(self, query: str) -> Hits:
        """Those that ``query`` finds."""
        matcher = self.matcher(query)
        for key, node, words in self._commands():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), partial(self._do, key, node), text=words)

    def _commands(self) -> Iterator[tuple[Key, DOMNode, str]]:
        active = self.screen.active_bindings.values()
        bound = {each.binding.action: each.node for each in active}
        for key in KEYS:
            if key.action in bound and key.id != "program.palette":
                sign = sign_of(key)
                words = f"{key.words}  ({sign})" if sign else key.words
                yield key, bound[key.action], words

    async def _do(self, key: Key, node: DOMNode) -> None:
        await self.app.run_action(key.action, node)
