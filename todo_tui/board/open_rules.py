"""Which broken rules need somebody still: until one deals with them, or the file undoes them.

Owns what undoes a broken rule by itself. Each event costs little, however many are open: a whole
file may go and come back. Must not know what a person did about them (``oversight``).
"""

from __future__ import annotations

from todo_tui.board.event import Lost, Several
from todo_tui.board.history import HistoryEntry
from todo_tui.board.memory import state_of
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import TypeAlias

    from todo_tui.board.event import BoardEvent

    _Thing: TypeAlias = str | tuple[datetime | None, str]


class OpenRules:
    """The violations that are open, by their keys."""

    def __init__(self) -> None:
        self._open: dict[str, BoardEvent] = {}
        self._about: dict[_Thing, list[str]] = {}
        self._left: dict[str, set[_Thing]] = {}
        self._back: dict[str | None, BoardEvent] = {}  # by reference: closed since it was added
        self._events: tuple[BoardEvent, ...] | None = None

    @property
    def events(self) -> tuple[BoardEvent, ...]:
        """The violations; of what several lines or tasks are about only those that are not back.

        The same tuple as long as nothing changed.
        """
        if self._events is None:
            self._events = tuple(_as_left(it, self._left[key]) for key, it in self._open.items())
        return self._events

    def add(self, event: BoardEvent) -> None:
        """A rule was broken, or needs somebody again."""
        key = event.key
        self.close(key)
        self._open[key], self._left[key] = event, set(_things(event))
        self._events = None
        for thing in self._left[key]:
            self._about.setdefault(thing, []).append(key)

    def close(self, key: str) -> None:
        """Somebody has dealt with it."""
        if self._open.pop(key, None) is not None:
            self._events = None
            for thing in self._left.pop(key):
                self._forget(thing, key)

    def learn(self, event: BoardEvent) -> None:
        """Close what this event has undone: what is in the file again needs nobody."""
        if isinstance(event.detail, HistoryEntry):
            self._return((event.detail.at, event.detail.text), event)
        elif event.kind in ("added", "moved", "reassigned") and event.ref is not None:
            self._return(event.ref, event)
        elif event.kind in ("removed", "renamed") and event.before is not None:
            self._return(event.before.ref, event)
            if event.after is not None:
                self._rename(event.before.ref, event.after.ref)
            elif event.violation is None and (broken := self._back.pop(event.ref, None)):
                # That it was added again was undone.
                self.add(broken)

    def _return(self, thing: _Thing, event: BoardEvent) -> None:
        for key in tuple(self._about.get(thing, ())):
            if _undoes(event, broken := self._open[key], thing):
                self._events = None
                self._left[key].remove(thing)
                self._forget(thing, key)
                if not self._left[key]:
                    self.close(key)
                    if event.kind == "added":
                        self._back[event.ref] = broken

    def _rename(self, old: str, new: str) -> None:
        """A task is called otherwise from now on; one of several is known by its old name alone."""
        for key in tuple(self._about.get(old, ())):
            if not isinstance(self._open[key].detail, Several):
                self._forget(old, key)
                self._left[key] = self._left[key] - {old} | {new}
                self._about.setdefault(new, []).append(key)

    def _forget(self, thing: _Thing, key: str) -> None:
        keys = self._about.get(thing, [])
        if key in keys:
            keys.remove(key)
        if not keys:
            self._about.pop(thing, None)


def _things(event: BoardEvent) -> Iterator[_Thing]:
    """What has to come back: lines by their time and text, tasks by their references."""
    match event.detail:
        case Lost(entries):
            yield from ((entry.at, entry.text) for entry in entries)
        case Several(after=tasks):
            yield from (task.ref for task in tasks)
        case _ if event.ref is not None:
            yield event.ref


def _undoes(event: BoardEvent, broken: BoardEvent, thing: _Thing) -> bool:
    """Whether a line, or a task, is in the file again as it was before a rule was broken.

    Or where it had vanished, whether a person has added another one of its id.
    """
    if isinstance(event.detail, HistoryEntry):
        return True
    was, back = broken.before, event.after
    if broken.violation == "duplicated":
        twin = event.kind == "renamed" and back is not None and back.ref != back.id
        same = back is not None and event.before is not None and back.id == event.before.id
        return event.kind in ("removed", "renamed") and not (twin and same)
    if isinstance(broken.detail, Several):
        pairs = zip(broken.detail.before, broken.detail.after, strict=True)
        was = next((old for old, new in pairs if new.ref == thing), None)
    if was is None or back is None or event.kind in ("removed", "renamed"):
        return False
    if broken.kind == "removed" or event.kind == "added":
        if broken.kind != "removed" or event.kind != "added":
            return False
        return was == back or (event.human and was.id == back.id)
    return state_of(was) == state_of(back)


def _as_left(event: BoardEvent, left: set[_Thing]) -> BoardEvent:
    match event.detail:
        case Lost(entries):
            lines = tuple(one for one in entries if (one.at, one.text) in left)
            return event._replace(detail=Lost(lines))
        case Several(before, after):
            pairs = [pair for pair in zip(before, after, strict=True) if pair[1].ref in left]
            olds, news = (tuple(pair[at] for pair in pairs) for at in (0, 1))
            return event._replace(detail=Several(olds, news))
    return event
