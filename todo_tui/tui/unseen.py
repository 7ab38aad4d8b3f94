"""Which cards changed and were not looked at since, and which are lit since they just did.

Owns both sets. Must not know how a card is marked or lit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from todo_tui.board.pairing import different

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board
    from todo_tui.tui.clock import Clock

_FLASH: Final = 1.0
"""Seconds that a changed card is lit."""


class Unseen:
    """``refs`` are those of changed tasks, ``lit`` of those that just changed.

    ``redraw`` is called when a light goes out.
    """

    def __init__(self, clock: Clock, redraw: Callable[[], None]) -> None:
        self.refs: frozenset[str] = frozenset()
        self.lit: frozenset[str] = frozenset()
        self._clock = clock
        self._redraw = redraw

    def learn(self, before: Board | None, board: Board) -> None:
        """Compare two boards that came one after the other."""
        if before is None or before is board:
            return
        changed, alike = _changed(before, board)
        kept = self.refs
        if not alike:
            kept = frozenset(ref for ref in kept if board.get(ref) is not None)
        self.refs = kept | changed
        if changed:
            self.lit = changed
            self._clock.after(_FLASH, lambda: self._unlight(changed))

    def look_at(self, ref: str | None) -> bool:
        """A task is looked at; whether it had changed."""
        if ref not in self.refs:
            return False
        self.refs -= {ref}
        return True

    def _unlight(self, lit: frozenset[str]) -> None:
        if self.lit is lit:
            self.lit = frozenset()
            self._redraw()


def _changed(before: Board, board: Board) -> tuple[frozenset[str], bool]:
    """The references of the tasks that are new, or other than they were.

    Behind them whether both boards are known to have the same references.
    """
    start, stop_before, stop = different(before.tasks, board.tasks)
    old, new = before.tasks[start:stop_before], board.tasks[start:stop]
    if len(old) == len(new):
        # Most are the very tasks that they were, in their places: told apart by that alone.
        others = [(was, now) for was, now in zip(old, new, strict=True) if was is not now]
        if all(was.ref == now.ref for was, now in others):
            return frozenset(now.ref for was, now in others if was != now), True
    known = {task.ref: task for task in old}
    return frozenset(task.ref for task in new if known.get(task.ref) != task), False
