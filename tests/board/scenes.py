"""Tasks, boards and moments in few words, for tests of what happens to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from todo_tui.board.board import Board
from todo_tui.board.history import Section, event_entry
from todo_tui.board.refs import index_of, with_refs
from todo_tui.board.task import Task, canonical_priority, canonical_status

if TYPE_CHECKING:
    from todo_tui.board.history import Event, HistoryEntry
    from todo_tui.board.task import Fault, Group
    from todo_tui.document.entry import Value

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def later(*, seconds: float = 0, minutes: float = 0, hours: float = 0) -> datetime:
    """A moment after noon."""
    return NOON + timedelta(seconds=seconds, minutes=minutes, hours=hours)


def task(
    task_id: str,
    status: str = "todo",
    *,
    title: str | None = None,
    priority: str = "medium",
    agent: str | None = None,
    by: str | None = None,
    needs: tuple[str, ...] = (),
    created: str = "",
    group: str | None = None,
    faults: tuple[Fault, ...] = (),
    fields: tuple[tuple[str, Value], ...] = (),
) -> Task:
    """A task; ``agent`` is for whom it is, ``by`` who claimed it."""
    return Task(
        id=task_id,
        ref=task_id,
        title=f"Work on {task_id}" if title is None else title,
        status=canonical_status(status),
        raw_status=status,
        priority=canonical_priority(priority),
        raw_priority=priority,
        assigned_agent=agent,
        claimed_by=by,
        dependencies=needs,
        created_at=created,
        group=group,
        fields=fields,
        faults=faults,
    )


def board(
    *tasks: Task,
    history: tuple[HistoryEntry, ...] = (),
    groups: tuple[Group, ...] = (),
    merging: bool = False,
    text_faults: tuple[Fault, ...] = (),
) -> Board:
    """A board of ``tasks``, each under its reference."""
    named = with_refs(tasks, index_of(tasks))
    sections = (Section(history),) if history else ()
    return Board(named, groups, sections, text_faults, merging)


def entry(
    at: datetime,
    task_id: str,
    event: Event,
    actor: str,
    way: str,
    *,
    human: bool = False,
    for_agent: str | None = None,
    note: str | None = None,
) -> HistoryEntry:
    """An entry of our own grammar; ``way`` is ``todo -> claimed``."""
    start, end = way.split(" -> ")
    return event_entry(
        at, task_id, event, actor, start, end, human=human, for_agent=for_agent, note=note
    )
