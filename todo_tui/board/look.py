"""Two looks at a file, and what is known about the time in between.

Owns how an event is made of it. Must not find or judge anything (``changes``, ``violations``).
"""

from __future__ import annotations

from types import MappingProxyType

from todo_tui.board.event import BoardEvent
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import Detail, Kind, Source, Violation
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.memory import Memory
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Task
    from todo_tui.board.thresholds import Thresholds


class Look(NamedTuple):
    """Two looks at a file, and what is known about the time in between.

    ``at`` is when ``new`` was seen. ``lost`` are the session history entries that went, by the
    name of the task that each names; ``fresh`` those that came and of which no journal tells;
    ``finished`` the ids of tasks that were done for a moment at least; ``judged`` is False where
    nothing can be a violation. ``again``: the file is what it was once before.
    """

    old: Board
    new: Board
    at: datetime
    source: Source
    actor: Actor | None
    memory: Memory
    thresholds: Thresholds
    lost: Mapping[str | None, Sequence[HistoryEntry]] = MappingProxyType({})
    fresh: frozenset[HistoryEntry] = frozenset()
    finished: frozenset[str] = frozenset()
    judged: bool = True
    again: bool = False

    def event(
        self,
        kind: Kind,
        before: Task | None = None,
        after: Task | None = None,
        *,
        who: tuple[str | None, bool] | None = None,
        broke: Violation | None = None,
        detail: Detail | None = None,
    ) -> BoardEvent:
        """An event of this moment; ``who`` (name, human) is the actor of the look where None."""
        if who is None:
            known = self.actor
            who = (known.name, known.human) if known is not None else (None, False)
        task = after or before
        return BoardEvent(
            kind,
            self.at,
            self.source,
            task.id if task is not None else None,
            task.ref if task is not None else None,
            *who,
            broke,
            before,
            after,
            detail,
        )
