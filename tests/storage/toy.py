"""A small kind of file and plans on it, so that the disk is tried without boards.

A toy file is a list of tasks, ``- NAME: todo`` each, and below a heading a list of notes. ``take``
changes a task's line and adds a note, as a transition would.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import StrPath

    from todo_tui.storage.attempt import Planner

HEADING = b"\n## Notes\n\n"


def toy(*names: str, lines: int = 3) -> bytes:
    """A toy file with a task of each name, each followed by ``lines`` of text."""
    text = "".join(
        f"- {name}: todo\n" + "".join(f"  line {line} of {name}\n" for line in range(lines))
        for name in names
    )
    return b"# Toy\n\n" + text.encode() + HEADING + b"- made\n"


def take(name: str, holder: str) -> Planner:
    """The plan to take a task; refused where it is taken, nothing to do where it is ours."""

    def plan(data: bytes) -> bytes | None:
        line = f"- {name}: todo\n".encode()
        ours = f"- {name}: {holder}\n".encode()
        if ours in data:
            return None
        if line not in data:
            raise TodoError("already_claimed", f"{name} is not to be had")
        return data.replace(line, ours, 1) + f"- {name} by {holder}\n".encode()

    return plan


def edited(data: bytes, old: str, new: str) -> bytes:
    """``data`` with one piece of text changed, which must be there."""
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


def put_by_rename(path: StrPath, data: bytes) -> None:
    """Write as agents' edit tools do: a new file, renamed into place."""
    fresh = Path(f"{os.fspath(path)}.tmp")
    fresh.write_bytes(data)
    fresh.replace(path)


def litter(path: Path) -> list[str]:
    """What stands in the lock's folder besides what is meant to stay there."""
    folder = path.parent / ".todo-tui"
    if not folder.exists():
        return []
    meant = {"lock", ".gitignore", "journal.jsonl"}
    return sorted(p.name for p in folder.iterdir() if p.name not in meant)


class FakeTime:
    """Clocks that stand still until somebody pauses; ``at`` makes something happen meanwhile."""

    def __init__(self, wall: float) -> None:
        self.now = 0.0
        self._wall = wall
        self._events: list[tuple[float, Callable[[], object]]] = []

    def at(self, seconds: float, action: Callable[[], object]) -> None:
        self._events.append((seconds, action))
        self._events.sort(key=lambda event: event[0])

    def wall(self) -> float:
        return self._wall + self.now

    def monotonic(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds
        while self._events and self._events[0][0] <= self.now:
            self._events.pop(0)[1]()
