"""What is counted over all tasks of a board, and goes on from one board to the next.

Owns how often each status is spelt in which way, and which tasks wait, by what decides when they
are taken. Both are counted when they are first asked for; where a few tasks became others, they are
counted on instead of anew. Must not know who may take a task (``next_task``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from operator import attrgetter

from todo_tui.board.task import TODO, canonical_status, is_missing, without_suffix
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from todo_tui.board.task import Task

Kind: TypeAlias = "tuple[str | None, str | None]"
"""The priority of a task, and the agent that it is assigned to."""

_RAW_STATUS: Final = attrgetter("raw_status")


class Tally:
    """What is counted over ``tasks``."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks: Final = tasks
        self._spelt: dict[str, int] | None = None
        self._words: dict[str, dict[str, int]] | None = None
        self._is_in_order = False
        """Whether what was counted stands in the order of the file."""
        self._waiting: dict[Kind, tuple[int, ...]] | None = None

    @property
    def waiting(self) -> Mapping[Kind, tuple[int, ...]]:
        """Where the tasks stand that are todo, in file order, by their kind."""
        if self._waiting is None:
            found: dict[Kind, list[int]] = {}
            for at, task in enumerate(self._tasks):
                if task.status == TODO:
                    found.setdefault((task.priority, task.assigned_agent), []).append(at)
            self._waiting = {kind: tuple(places) for kind, places in found.items()}
        return self._waiting

    def spelling(self, status: str) -> str | None:
        """How most of the tasks of a canonical status spell it, of several the first in the file.

        None where none says it in words that can be written.
        """
        words = self._words_for(status)
        most = max(words.values(), default=0)
        if not self._is_in_order and list(words.values()).count(most) > 1:
            self._spelt = self._words = None
            words = self._words_for(status)
        return max(words, key=words.__getitem__) if words else None

    def _words_for(self, status: str) -> dict[str, int]:
        """How often each word that can be written stands for a canonical status."""
        if self._spelt is None:
            self._spelt = dict(Counter(map(_RAW_STATUS, self._tasks)))
            self._is_in_order = True
        if self._words is None:
            self._words = {}
            for raw, times in self._spelt.items():
                if not is_missing(raw):
                    word = without_suffix(raw)
                    if not set(word) & set("()[]"):
                        words = self._words.setdefault(canonical_status(raw), {})
                        words[word] = words.get(word, 0) + times
        return self._words.get(status, {})

    def after(self, tasks: Sequence[Task], places: Iterable[int]) -> Tally:
        """The tally of as many tasks, which differ at ``places`` alone."""
        tally = Tally(tasks)
        if self._spelt is None and self._waiting is None:
            return tally
        other = [
            (at, self._tasks[at], tasks[at])
            for at in set(places)
            if self._tasks[at] is not tasks[at]
        ]
        if self._spelt is not None:
            tally._spelt = dict(self._spelt)
            for _, before, now in other:
                tally._spelt[now.raw_status] = tally._spelt.get(now.raw_status, 0) + 1
                left = tally._spelt[before.raw_status] - 1
                if left:
                    tally._spelt[before.raw_status] = left
                else:
                    del tally._spelt[before.raw_status]
        if self._waiting is not None:
            tally._waiting = dict(self._waiting)
            for at, before, now in other:
                _move(tally._waiting, at, before, now)
        return tally


def _move(waiting: dict[Kind, tuple[int, ...]], at: int, before: Task, now: Task) -> None:
    """Put the place of a task where it belongs now."""
    old = (before.priority, before.assigned_agent) if before.status == TODO else None
    new = (now.priority, now.assigned_agent) if now.status == TODO else None
    if old == new:
        return
    if old is not None:
        places = waiting[old]
        where = bisect_left(places, at)
        waiting[old] = places[:where] + places[where + 1 :]
    if new is not None:
        places = waiting.get(new, ())
        where = bisect_left(places, at)
        waiting[new] = (*places[:where], at, *places[where:])
