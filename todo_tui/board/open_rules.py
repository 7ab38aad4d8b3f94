"""Which broken rules need somebody still: until one deals with them, or the file undoes them.

Owns what undoes a broken rule by itself. Each event costs little, however many are open: a whole
file may go and come back. Must not know what a person did about them (``oversight``).
"""

from __future__ import annotations

from todo_tui.board.event import BoardEvent, Lost
from todo_tui.board.history import HistoryEntry
from todo_tui.board.memory import state_of
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TypeAlias

    _Line: TypeAlias = tuple[datetime | None, str]


class OpenRules:
    """The violations that are open, by their keys."""

    def __init__(self) -> None:
        self._open: dict[str, BoardEvent] = {}
        self._by_ref: dict[str, list[str]] = {}
        self._by_line: dict[_Line, list[str]] = {}
        self._left: dict[str, set[_Line]] = {}  # of the lines that went those that are not back
        self._back: dict[
            str | None, BoardEvent
        ] = {}  # by reference: what vanished and was there again
        self._events: tuple[BoardEvent, ...] | None = None

    @property
    def events(self) -> tuple[BoardEvent, ...]:
        """The violations; of lines of the history that went only those that are not back.

        The same tuple as long as nothing changed.
        """
        if self._events is None:
            self._events = tuple(self._as_left(*pair) for pair in self._open.items())
        return self._events

    def add(self, event: BoardEvent) -> None:
        """A rule was broken."""
        key = event.key
        self._open[key] = event
        self._events = None
        if event.before is not None:
            self._by_ref.setdefault(event.before.ref, []).append(key)
        if isinstance(event.detail, Lost):
            lines = {(entry.at, entry.text) for entry in event.detail.entries}
            self._left[key] = lines
            for line in lines:
                self._by_line.setdefault(line, []).append(key)

    def close(self, key: str) -> None:
        """Somebody has dealt with it."""
        event = self._open.pop(key, None)
        if event is None:
            return
        self._events = None
        self._left.pop(key, None)
        if event.before is not None:
            keys = self._by_ref[event.before.ref]
            keys.remove(key)
            if not keys:
                del self._by_ref[event.before.ref]

    def learn(self, event: BoardEvent) -> None:
        """Close what this event has undone: what is in the file again needs nobody."""
        if isinstance(event.detail, HistoryEntry):
            line = (event.detail.at, event.detail.text)
            for key in self._by_line.pop(line, ()):
                if left := self._left.get(key):
                    self._events = None
                    left.discard(line)
                    if not left:
                        self.close(key)
        elif event.after is not None and event.kind in ("added", "moved", "reassigned"):
            for key in tuple(self._by_ref.get(event.after.ref, ())):
                broken = self._open[key]
                if _undoes(event, broken):
                    self.close(key)
                    if event.kind == "added":
                        self._back[event.ref] = broken
        elif event.kind == "removed" and event.violation is None and event.ref in self._back:
            # That it was added again was undone.
            self.add(self._back.pop(event.ref))

    def _as_left(self, key: str, event: BoardEvent) -> BoardEvent:
        left = self._left.get(key)
        if left is None or not isinstance(event.detail, Lost):
            return event
        entries = (one for one in event.detail.entries if (one.at, one.text) in left)
        return event._replace(detail=Lost(tuple(entries)))


def _undoes(event: BoardEvent, broken: BoardEvent) -> bool:
    """Whether a task is in the file again as it was before a rule was broken.

    Or where it had vanished, whether a person has added another one of its id.
    """
    was, back = broken.before, event.after
    if was is None or back is None:
        return False
    if broken.kind == "removed" or event.kind == "added":
        if broken.kind != "removed" or event.kind != "added":
            return False
        return was == back or (event.human and was.id == back.id)
    return broken.kind in ("moved", "reassigned", "violation") and state_of(was) == state_of(back)
