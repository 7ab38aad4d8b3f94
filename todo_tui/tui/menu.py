"""A question and what can be answered: a choice of a few things, one key each.

Must not know how it is shown.
"""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Offer(NamedTuple):
    """One of the things: the key that takes it, its name, and a few words about it."""

    key: str
    name: str
    words: str = ""


class Menu(NamedTuple):
    """A question: what can be answered, which is in force (its index), and what takes an answer.

    ``take`` returns what that did, in words.
    """

    question: str
    offers: tuple[Offer, ...]
    now: int | None
    take: Callable[[int], str]
