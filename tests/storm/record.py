"""What each process asked and what it was told, as JSON lines that a kill cannot take back.

A line is one ``write`` to the kernel, made before the next call: of a killed process only the
answer to its last question is unknown.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Verb = Literal[
    "claim", "claim next", "start", "done", "release", "block", "unblock", "reopen", "note", "add",
]  # fmt: skip


class Ask(NamedTuple):
    """A request: ``said`` is its reason, note or title, unlike any other's where there is one.

    ``parts``: how many tasks are added together.
    """

    verb: Verb
    ref: str = ""
    said: str | None = None
    parts: int = 1


class Told(NamedTuple):
    """An answer. ``code``: of the refusal, None for a success; ``refs``: the tasks it is about.

    ``placed``: when the new file came to be, in nanoseconds (0 where that is not known).
    """

    code: str | None
    changed: bool = False
    refs: tuple[str, ...] = ()
    merged: bool = False
    placed: int = 0
    message: str = ""


class Call(NamedTuple):
    """One call of an actor: when it asked and was answered (nanoseconds); None: never told."""

    actor: str
    human: bool
    asked: int
    ask: Ask
    answered: int | None
    told: Told | None


class Edit(NamedTuple):
    """One edit of an editor: it read, and then wrote a text that it kept in a file ``version``.

    ``token``: what it put in; ``replaced``: the token of an earlier edit that it put it over.
    ``finished`` is None where nothing was written.
    """

    editor: str
    way: str
    token: str
    replaced: str | None
    began: int
    wrote: int
    finished: int
    version: str


class Sight(NamedTuple):
    """What a board that looked on saw: a violation of the protocol, and of which task."""

    violation: str
    ref: str | None


class Recorder:
    """Appends to the record of one process."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, kind: str, what: tuple[Any, ...]) -> None:
        """One line, stamped with the time."""
        line = json.dumps([kind, time.time_ns(), list(what)]) + "\n"
        os.write(self._handle, line.encode())

    def close(self) -> None:
        os.close(self._handle)


def lines(path: Path) -> Iterator[tuple[str, int, list[Any]]]:
    """The kinds, times and contents of a record; a line cut off at the end is none."""
    for line in path.read_bytes().split(b"\n"):
        if line:
            kind, at, what = json.loads(line)
            yield kind, at, what


def calls(path: Path) -> list[Call]:
    """The calls of an actor's record, whose file is named for it."""
    actor = path.stem
    human = actor.startswith("boss")
    found: list[Call] = []
    open_: tuple[int, Ask] | None = None
    for kind, at, what in lines(path):
        if kind == "ask":
            open_ = (at, Ask(*what))
        elif kind == "told" and open_ is not None:
            code, changed, refs, *rest = what
            told = Told(code, changed, tuple(refs), *rest)
            found.append(Call(actor, human, *open_, at, told))
            open_ = None
    if open_ is not None:
        found.append(Call(actor, human, *open_, None, None))
    return found


def edits(path: Path) -> list[Edit]:
    """The edits of an editor's record."""
    return [Edit(*what) for kind, _, what in lines(path) if kind == "edit"]


def sights(path: Path) -> list[Sight]:
    """What a watcher's record says."""
    return [Sight(*what) for kind, _, what in lines(path) if kind == "sight"]
