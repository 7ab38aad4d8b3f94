"""Document -> Board: the only reader of field names.

Owns: which entry is a task, aliases of fields, inheritance from groups, references of twins, the
faults that a task shows by itself. Reuses the tasks of entries that it has read before. Must not
know how a value is written (``writing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.document.document import Document


def read(document: Document, previous: Board | None = None) -> Board:
    """The board that ``document`` states; tasks of unchanged entries are ``previous``'s own."""
    raise NotImplementedError
