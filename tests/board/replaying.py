"""Replaying events over the board that they began with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from todo_tui.board.board import Board
from todo_tui.board.event import Lost, Order, Regrouping, Slot
from todo_tui.board.history import HistoryEntry, Section
from todo_tui.board.task import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.task import Task


def replay(board: Board, events: Iterable[BoardEvent]) -> Board:
    """``board`` after ``events``, which are those of one look; its history as one section."""
    slots: dict[str, Task] = {task.ref: task for task in board.tasks}
    order: list[str] = list(slots)
    groups = board.groups
    entries = [entry for section in board.sections for entry in section.entries]
    faults = Counter(board.faults)
    wanted: tuple[str, ...] = ()
    added: list[tuple[int, Task]] = []
    for event in events:
        match event.detail:
            case Slot() if event.before is not None:
                order.remove(event.before.ref)
            case Slot(place) if event.after is not None:
                added.append((place, event.after))
            case Order(after=after):
                wanted = after
            case Regrouping(after=after_groups):
                groups = after_groups
            case HistoryEntry() as entry:
                entries.append(entry)
            case Lost(lost):
                for entry in lost:
                    entries.remove(entry)
            case Fault() as fault:
                faults[fault] += 1 if event.kind == "fault" else -1
            case None if event.before is not None and event.after is not None:
                slots[event.before.ref] = event.after
    tasks = _ordered([slots[ref] for ref in order], wanted)
    for place, task in sorted(added, key=lambda pair: pair[0]):
        tasks.insert(place, task)
    text_faults = tuple(fault for fault in faults.elements() if fault.task is None)
    sections = (Section(tuple(entries)),) if entries else ()
    return Board(tuple(tasks), groups, sections, text_faults)


def _ordered(tasks: list[Task], wanted: tuple[str, ...]) -> list[Task]:
    """``tasks``, those of ``wanted`` in its order, where the first of them stands."""
    if not wanted:
        return tasks
    by_ref = {task.ref: task for task in tasks}
    places = [at for at, task in enumerate(tasks) if task.ref in set(wanted)]
    assert places == list(range(places[0], places[-1] + 1))
    return [
        *tasks[: places[0]],
        *(by_ref[ref] for ref in wanted),
        *tasks[places[-1] + 1 :],
    ]
