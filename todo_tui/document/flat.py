"""The fast scanner for YAML items that are plainly simple; says "not mine" for all others.

Must agree with ``yaml`` on every item that it does not refuse: that equality is its test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.document.entry import Field, Value


def scan(text: str) -> tuple[tuple[str, Value], ...] | None:
    """The pairs of one list item's mapping; None for anything that is not plainly simple.

    ``text`` is the item's whole lines, from the indent of its dash to its last line end.
    """
    del text
    return None


def locate(text: str) -> tuple[Field, ...] | None:
    """The same pairs as fields with spans relative to ``text``; None where ``scan`` gives None."""
    del text
    return None
