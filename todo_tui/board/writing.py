"""plan(board, transition) -> edits: the only writer of field names; the smallest edits.

Owns: which fields a transition changes and how the file spells them. Must not change text itself
(``document.edit``) or decide what is legal (``transition``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.transition import Outcome, Transition
    from todo_tui.document.edit import Edit


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits of the board's document that bring about ``outcome``; none if nothing changes."""

    edits: tuple[Edit, ...]
    outcome: Outcome


def plan(board: Board, transition: Transition, now: datetime, *, history: bool = True) -> Plan:
    """The smallest edits for ``transition``. ``board`` must have been read from a document.

    Raises TodoError as ``transition.apply`` does; ``conflict`` in the middle of a merge.
    """
    raise NotImplementedError
