"""One plain transition of this program as events, for little.

Says what ``changes`` says of the two boards around a commit, or nothing where that takes more than
a look at the one task: it is what nearly every command does, while others wait for the lock. Must
agree with ``changes`` wherever it answers.
"""

from __future__ import annotations

from todo_tui.board.event import BoardEvent
from todo_tui.board.task import DONE, canonical_name
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.event import Source
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.request import Actor
    from todo_tui.board.task import Task

MOVED_ALONG: Final = frozenset(
    {"status", "claimed_by", "claimed_at", "started_at", "completed_at", "blocker_reason"}
)
"""Fields that a transition changes: with it, they are no change of their own."""


def events_of_move(
    old: Board, new: Board, *, at: datetime, source: Source, actor: Actor
) -> tuple[BoardEvent, ...] | None:
    """What a commit by ``actor`` did to ``old``, if it moved one task; None where it is not plain.

    Plain is a task that is not done now, of which nothing changed but what belongs to a move, and
    an entry about it at an end of a history section.
    """
    place = _only(old.tasks, new.tasks)
    entry = _only_entry(old, new)
    if place is None or entry is None or old.groups != new.groups:
        return None
    before, after = old.tasks[place], new.tasks[place]
    if not _is_move(before, after) or entry.task not in (after.id, after.ref):
        return None
    if old.text_faults != new.text_faults or entry.actor is None:
        return None
    moved = BoardEvent(
        "moved",
        at,
        source,
        after.id,
        after.ref,
        actor.name,
        actor.human,
        None,
        before,
        after,
    )
    about = new.get(entry.task)
    told = BoardEvent(
        "history",
        at,
        source,
        about.id if about else entry.task,
        about.ref if about else None,
        entry.actor,
        entry.human,
        detail=entry,
    )
    return moved, told


def _only(old: Sequence[Task], new: Sequence[Task]) -> int | None:
    """The one place at which the tasks are not equal; None where it is not one alone."""
    if len(old) != len(new):
        return None
    low, high = 0, len(new)
    while high - low > 1:
        middle = (low + high) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        elif old[middle:high] == new[middle:high]:
            high = middle
        else:
            return None
    return low if old[low:high] != new[low:high] else None


def _only_entry(old: Board, new: Board) -> HistoryEntry | None:
    """The one entry that ``new`` has at an end of a section, and ``old`` has not."""
    if len(old.sections) != len(new.sections):
        return None
    grown = [at for at, section in enumerate(new.sections) if section != old.sections[at]]
    if len(grown) != 1:
        return None
    entries, known = new.sections[grown[0]].entries, old.sections[grown[0]].entries
    if entries[:-1] == known:
        return entries[-1]
    return entries[0] if entries[1:] == known else None


def _is_move(before: Task, after: Task) -> bool:
    """Whether the status is another, but not done, and the rest is the same or goes with it."""
    return (
        before.status != after.status != DONE
        and not (before.guessed or after.guessed)
        and before.faults == after.faults
        and _rest(before) == _rest(after)
    )


def _rest(task: Task) -> tuple[object, ...]:
    """All of a task that does not go with a move."""
    return (
        task.id,
        task.ref,
        task.title,
        task.priority,
        task.raw_priority,
        task.assigned_agent,
        task.dependencies,
        task.created_at,
        task.group,
        [pair for pair in task.fields if canonical_name(pair[0]) not in MOVED_ALONG],
    )
