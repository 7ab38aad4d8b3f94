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
    entry = _only_entry(old, new)
    after = new.get(entry.task) if entry is not None and entry.task is not None else None
    if entry is None or after is None or old.groups != new.groups:
        return None
    place = new.place(after)
    if not _is_alone(old.tasks, new.tasks, place) or not _is_move(old.tasks[place], after):
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
        old.tasks[place],
        after,
    )
    told = BoardEvent(
        "history",
        at,
        source,
        after.id,
        after.ref,
        entry.actor,
        entry.human,
        detail=entry,
    )
    return moved, told


def _is_alone(old: Sequence[Task], new: Sequence[Task], place: int) -> bool:
    """Whether all other tasks stand where they stood and say what they said."""
    return (
        len(old) == len(new) and old[:place] == new[:place] and old[place + 1 :] == new[place + 1 :]
    )


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
