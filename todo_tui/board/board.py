"""The board: all tasks of a file, and the questions that can be asked of them.

Owns: references, columns, readiness, dependencies, cycles, ``next``, the faults that only show
between tasks. Pure and lazy: what costs time on 50,000 tasks is computed when first asked for and
kept. Must not read text (``reading``) or change anything (``transition``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from todo_tui.board.history import HistoryEntry, Section
    from todo_tui.board.task import Fault, Group, Task
    from todo_tui.document.document import Document
    from todo_tui.errors import Location


@dataclass(frozen=True)
class Column:
    """One status and its tasks in file order. ``title`` is the word for its head, as spelt."""

    status: str
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Board:
    """A file's tasks, groups, history and faults. Two boards are equal wherever things stand.

    ``document`` and ``positions`` (for each task the index of its entry) are what locations are
    asked of; a board made by ``transition.apply`` or by a test has none, and no locations.
    """

    tasks: tuple[Task, ...]
    groups: tuple[Group, ...] = ()
    sections: tuple[Section, ...] = ()
    text_faults: tuple[Fault, ...] = ()
    merging: bool = False
    document: Document | None = field(default=None, compare=False, repr=False)
    positions: tuple[int, ...] = field(default=(), compare=False, repr=False)
    group_positions: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        """todo, claimed, in_progress, done (even when empty), then blocked and any other."""
        raise NotImplementedError

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault: of the text, of single tasks, and between tasks; in file order."""
        raise NotImplementedError

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """All entries of all sections, oldest first, undated ones at their neighbour's place."""
        raise NotImplementedError

    def get(self, ref: str) -> Task | None:
        """The task with exactly this reference."""
        raise NotImplementedError

    def find(self, name: str) -> Task:
        """The task that a person's word means: a reference, an id, an id in another case.

        Raises TodoError: ``ambiguous`` with the places, ``no_task`` with a "did you mean".
        """
        raise NotImplementedError

    def with_id(self, task_id: str) -> tuple[Task, ...]:
        """All tasks with this id, in file order."""
        raise NotImplementedError

    def open_dependencies(self, task: Task) -> tuple[str, ...]:
        """The ids among ``task.dependencies`` that are not met."""
        raise NotImplementedError

    def dependents(self, task: Task) -> tuple[Task, ...]:
        """The tasks that depend on this one."""
        raise NotImplementedError

    def ready(self, task: Task) -> bool:
        """Whether it is todo and every dependency is met."""
        raise NotImplementedError

    def next_for(self, agent: str | None) -> Task | None:
        """What ``claim --next`` would take for ``agent`` (None: only what is for nobody).

        Ready, assigned to the agent (by name up to ``@``) or to nobody; by priority, then those
        assigned to it, then file order.
        """
        raise NotImplementedError

    def why_nothing(self, agent: str | None) -> dict[str, int]:
        """Counts for an empty ``next``: done, assigned_to_others, dependencies_open, held, other."""
        raise NotImplementedError

    def history_of(self, task: Task) -> tuple[HistoryEntry, ...]:
        """The entries about this task, oldest first."""
        raise NotImplementedError

    def since(self, task: Task) -> datetime | None:
        """When the task entered its status, UTC, where the file knows it.

        The last transition into its status in the history, else claimed_at, started_at,
        completed_at or created_at, whichever belongs to the status.
        """
        raise NotImplementedError

    def spelling(self, status: str) -> str:
        """How this file spells a canonical status: as most of its tasks do, else canonical."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Number of tasks for each status that occurs, in the order of the columns."""
        raise NotImplementedError

    def line(self, task: Task) -> int:
        """The line on which the task begins, from 1; 0 for a board without a document."""
        raise NotImplementedError

    def source(self, task: Task) -> str:
        """The task's exact text in the file; "" for a board without a document."""
        raise NotImplementedError

    def location(self, fault: Fault) -> Location | None:
        """Where a fault of this board stands; None for a board without a document."""
        raise NotImplementedError


def board_of(tasks: Iterable[Task], *, groups: Iterable[Group] = ()) -> Board:
    """A board without a document, as tests and the demo's scenes need it."""
    return Board(tuple(tasks), tuple(groups))
