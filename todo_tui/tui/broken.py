"""Broken rules that nobody has dealt with yet, and what came back of what they took, by itself.

Owns which are open. A file of many thousand tasks may vanish and come back in one moment: what
came back is looked up, and taken in where somebody asks. Must not know what a person does about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.attention import broken_rules, still_gone
from todo_tui.board.event import BoardEvent, Lost
from todo_tui.board.history import HistoryEntry

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from todo_tui.board.attention import Item


class Broken:
    """The violations that are open, by their keys."""

    def __init__(self) -> None:
        self._open: dict[str, BoardEvent] = {}
        self._lost: dict[Hashable, dict[str, None]] = {}  # what is gone -> keys of what took it
        self._back: dict[str, list[BoardEvent]] = {}  # by key: what came back since
        self._returned: dict[str, BoardEvent] = {}  # by reference: what was open until it was back
        self._items: tuple[Item, ...] | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All that are open, as what needs a person; the same ones as long as they are."""
        self._settle()
        if self._items is None:
            self._items = broken_rules(self._open.values())
        return self._items

    def _settle(self) -> None:
        """Take in what came back."""
        back, self._back = self._back, {}
        for key, events in back.items():
            broken = self._open[key]
            left = still_gone(broken, events)
            if left is None:
                self.close(key)
                if broken.ref is not None:
                    self._returned[broken.ref] = broken
            elif left is not broken:
                self._forget(key, broken)
                self.open(key, left)

    def open(self, key: str, broken: BoardEvent) -> None:
        """This was broken."""
        self._open[key], self._items = broken, None
        for name in _taken(broken):
            self._lost.setdefault(name, {})[key] = None

    def bring_back(self, event: BoardEvent) -> None:
        """Note what this brought back into the file."""
        for key in self._lost.get(_brought(event), ()):
            self._back.setdefault(key, []).append(event)

    def take_away(self, event: BoardEvent) -> None:
        """Open again what was closed by what this took: that it was added anew was undone."""
        self._settle()
        broken = None if event.ref is None else self._returned.pop(event.ref, None)
        if broken is not None:
            self.open(broken.key, broken)

    def close(self, key: str) -> None:
        """This needs nobody any more, if it did."""
        broken = self._open.pop(key, None)
        if broken is None:
            return
        self._items = None
        self._back.pop(key, None)
        self._forget(key, broken)

    def _forget(self, key: str, broken: BoardEvent) -> None:
        """What this took is not looked for any more."""
        for name in _taken(broken):
            keys = self._lost[name]
            keys.pop(key, None)
            if not keys:
                del self._lost[name]


def _taken(broken: BoardEvent) -> Iterator[Hashable]:
    """What went when a rule was broken, by what it is known by when it comes back."""
    match broken:
        case BoardEvent(kind="removed" | "moved" | "reassigned" | "violation"):
            yield broken.ref
        case BoardEvent(violation="history_rewritten", detail=Lost(entries)):
            yield from {(entry.at, entry.text) for entry in entries}


def _brought(event: BoardEvent) -> Hashable:
    """The same of what came back."""
    line = event.detail
    return (line.at, line.text) if isinstance(line, HistoryEntry) else event.ref
