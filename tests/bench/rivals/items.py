"""The tasks that every tool is filled with: the same words for all, from one seed."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 20260127
KNOWN_TITLE: Final = re.compile(rb"item-(\d{4})")
"""What tells a card of ours in a stream of bytes; one word, so that no tool wraps it."""

_VERBS: Final = ("tidy", "measure", "rename", "document", "split", "harden", "speed up", "review")
_NOUNS: Final = ("parser", "cache", "login form", "importer", "scheduler", "footer", "index", "log")
_PRIORITIES: Final = ("high", "medium", "low")
_STATUSES: Final = ("todo", "todo", "todo", "doing", "done")


class Item(NamedTuple):
    """One task. ``number`` counts from 1; ``status`` is todo, doing or done."""

    number: int
    title: str
    description: str
    priority: str
    status: str


def mixed(count: int) -> tuple[Item, ...]:
    """``count`` tasks, three in five of them free. The first is free and of high priority."""
    return tuple(_items(count, _STATUSES))


def free(count: int) -> tuple[Item, ...]:
    """``count`` tasks that nobody has."""
    return tuple(_items(count, ("todo",)))


def titles(count: int) -> frozenset[bytes]:
    """The word by which each of ``count`` tasks is known."""
    return frozenset(_known(number).encode() for number in range(1, count + 1))


def _items(count: int, statuses: tuple[str, ...]) -> Iterator[Item]:
    rng = random.Random(SEED)
    for number in range(1, count + 1):
        title = f"{_known(number)} {rng.choice(_VERBS)} the {rng.choice(_NOUNS)}"
        description = f"Say what to do about the {rng.choice(_NOUNS)} and why it matters now."
        priority, status = rng.choice(_PRIORITIES), rng.choice(statuses)
        if number == 1:
            priority, status = "high", "todo"
        yield Item(number, title, description, priority, status)


def _known(number: int) -> str:
    return f"item-{number:04d}"
