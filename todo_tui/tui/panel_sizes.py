"""How large the panels are that are docked to the board, as a person made them.

Owns under which names that is remembered. Must not know what there is room for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from todo_tui.storage.remembered import Remembered

Docked: TypeAlias = Literal["activity", "detail", "below"]
"""The activity and the detail at the right of the board, in cells; what is below it, in rows."""


class PanelSizes:
    """The sizes of one run of the program, which begin as they are remembered."""

    def __init__(self, remembered: Remembered | None = None) -> None:
        self._remembered = remembered
        self._sizes: dict[Docked, int | None] = {}

    def size(self, docked: Docked) -> int | None:
        """How large it was made; None where nobody did."""
        if docked not in self._sizes:
            word = self._remembered.word(_name(docked)) if self._remembered is not None else None
            known = word is not None and word.isascii() and word.isdecimal() and len(word) < 5
            self._sizes[docked] = int(word) if word is not None and known else None
        return self._sizes[docked]

    def make(self, docked: Docked, size: int | None) -> None:
        """It is so large from now on; None: as large as nobody made it."""
        self._sizes[docked] = size

    def keep(self, docked: Docked) -> None:
        """Remember how large it is. Raises TodoError (``disk``)."""
        size = self.size(docked)
        if self._remembered is not None and size is not None:
            self._remembered.remember(_name(docked), str(size))


def _name(docked: Docked) -> str:
    return f"panel.{docked}"
