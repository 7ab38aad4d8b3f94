"""How the board of a file was left: at the next start it is looked at in the same way.

Owns what of that is remembered: the order, the swimlanes, which columns are put away, how dense the
cards are. A filter is not: it would hide tasks from who has forgotten it. Must not know where that
is kept; what comes from there may be anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.arrangement import Arrangement
from todo_tui.board.sorting import LANES, ORDERS
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.card import Density

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from todo_tui.storage.remembered import Remembered


class Left(NamedTuple):
    """How a board was left. ``density``: None where a person has not asked for one."""

    arrangement: Arrangement = Arrangement()
    density: Density | None = None


class AsLeft:
    """What is remembered of the file at ``path``; nothing where there is no ``remembered``.

    ``refused`` is told why it cannot be kept, once.
    """

    def __init__(
        self,
        remembered: Remembered | None = None,
        path: Path | None = None,
        refused: Callable[[str], object] = str,
    ) -> None:
        self._remembered = remembered
        self._path = path
        self._refused = refused
        self.left = Left()
        if remembered is not None and path is not None:
            self.left = left_of(remembered.left(path))

    def see(self, left: Left) -> None:
        """Remember how the board is looked at now, where that is another way than before."""
        words = words_of(left)
        if words == words_of(self.left):
            return
        self.left = left
        if self._remembered is not None and self._path is not None:
            try:
                self._remembered.remember_left(self._path, words)
            except TodoError as error:
                self._remembered = None
                self._refused(error.message)


def words_of(left: Left) -> dict[str, object]:
    """What is to be remembered, as JSON has it: only what is other than usual."""
    arrangement, usual = left.arrangement, Arrangement()
    words: dict[str, object] = {}
    if arrangement.order != usual.order:
        words["order"] = arrangement.order
    if arrangement.lanes is not None:
        words["lanes"] = arrangement.lanes
    if arrangement.folded:
        words["folded"] = sorted(arrangement.folded)
    if left.density is not None:
        words["density"] = left.density.value
    return words


def left_of(words: Mapping[str, object]) -> Left:
    """What was remembered; as usual where that cannot be."""
    folded = words.get("folded")
    statuses = folded if isinstance(folded, list) else []
    arrangement = Arrangement(
        order=next((order for order in ORDERS if order == words.get("order")), "file"),
        lanes=next((lanes for lanes in LANES if lanes == words.get("lanes")), None),
        folded=frozenset(status for status in statuses if isinstance(status, str)),
    )
    density = next((it for it in Density if it.value == words.get("density")), None)
    return Left(arrangement, density)
