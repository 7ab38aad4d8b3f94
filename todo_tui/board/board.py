"""The board: all tasks of a file, and the questions that can be asked of them.

Owns: references, columns, readiness, how the file spells a value that is written.
Pure and lazy: what costs time on 50,000 tasks is computed when first asked for and kept. Must not
read text (``reading``) or change anything (``transition``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import chain

from todo_tui.board import faults as board_faults
from todo_tui.board import lookup
from todo_tui.board.events_by_id import Events, Past
from todo_tui.board.graph import Graph
from todo_tui.board.history import HistoryEntry, Section, is_about
from todo_tui.board.refs import Index, index_of, title_hash
from todo_tui.board.tally import Tally
from todo_tui.board.task import (
    BLOCKED,
    CLAIMED,
    DONE,
    IN_PROGRESS,
    TODO,
    Fault,
    Group,
    Task,
    canonical_name,
)
from todo_tui.board.times import read_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from todo_tui.document.document import Document
    from todo_tui.errors import Location

_ALWAYS = (TODO, CLAIMED, IN_PROGRESS, DONE)
_TIME_OF = {
    TODO: "created_at",
    CLAIMED: "claimed_at",
    IN_PROGRESS: "started_at",
    DONE: "completed_at",
}


class Column(NamedTuple):
    """One status and its tasks in file order. ``title`` is the word for its head, as spelt."""

    status: str
    title: str
    tasks: tuple[Task, ...]


class Board:
    """A file's tasks, groups, history and faults. Two boards are equal wherever things stand.

    ``document`` and ``positions`` (for each task the index of its entry) are what locations are
    asked of; a board made by ``transition.apply`` or by a test has none, and no locations; it may
    have ``places`` instead, for each task and then each group a number for the fence or section
    that it stands in. ``index``, ``events`` and ``tally`` save the work where a maker has them.
    """

    def __init__(
        self,
        tasks: tuple[Task, ...],
        groups: tuple[Group, ...] = (),
        sections: tuple[Section, ...] = (),
        text_faults: tuple[Fault, ...] = (),
        merging: bool = False,
        document: Document | None = None,
        positions: tuple[int, ...] = (),
        group_positions: tuple[int, ...] = (),
        places: tuple[int, ...] = (),
        index: Index | None = None,
        events: Events | None = None,
        tally: Tally | None = None,
    ) -> None:
        self.tasks: Final = tasks
        self.groups: Final = groups
        self.sections: Final = sections
        self.text_faults: Final = text_faults
        self.merging: Final = merging
        self.document: Final = document
        self.positions: Final = positions
        self.group_positions: Final = group_positions
        self.places: Final = places
        self.tally: Final = tally or Tally(tasks)
        self._known_index: Final = index
        self._past: Final = Past(sections, events)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __repr__(self) -> str:
        return f"Board{self._content()!r}"

    def _content(self) -> tuple[object, ...]:
        return (self.tasks, self.groups, self.sections, self.text_faults, self.merging)

    @cached_property
    def index(self) -> Index:
        """Where ids stand among the tasks."""
        return self._known_index or index_of(self.tasks)

    @cached_property
    def _by_ref(self) -> dict[str, int]:
        if not self.index.twins:
            return self.index.last
        return {task.ref: at for at, task in enumerate(self.tasks)}

    @cached_property
    def scopes(self) -> tuple[int, ...]:
        """For each task and then each group, a number for the fence or section it stands in.

        Empty where that is not known.
        """
        return self._scopes()

    @property
    def _scopes(self) -> Callable[[], tuple[int, ...]]:
        document, places = self.document, self.places
        at = (self.positions, self.group_positions)
        if document is None:
            return lambda: places
        return lambda: tuple(map(document.scopes.__getitem__, chain(*at)))

    @cached_property
    def graph(self) -> Graph:
        """The dependencies between tasks and groups.

        It does not know the board that keeps it: two that know each other stay in memory until
        the collector looks for them, and of a board that is followed there are many.
        """
        return Graph(self.tasks, self.groups, self.index, self._scopes, self._past.finished)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """todo, claimed, in_progress, done (even when empty), then blocked and any other."""
        tasks: dict[str, list[Task]] = {status: [] for status in _ALWAYS}
        for task in self.tasks:
            tasks.setdefault(task.status, []).append(task)
        others = sorted(tasks.keys() - set(_ALWAYS), key=list(tasks).index)
        others.sort(key=lambda status: status != BLOCKED)
        return tuple(
            Column(status, self._head(status), tuple(tasks[status]))
            for status in (*_ALWAYS, *others)
        )

    def _head(self, status: str) -> str:
        if status in _ALWAYS or status == BLOCKED:
            return status.replace("_", " ")
        return self.spelling(status)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault: of the text, of single tasks, and between tasks; in file order."""
        return board_faults.of(self)

    @cached_property
    def missed(self) -> tuple[tuple[Fault, int], ...]:
        """The faults of what was meant as a task and is not read, and where each stands."""
        from todo_tui.board import missed

        return missed.of(self)

    @cached_property
    def text_places(self) -> tuple[dict[int, int], dict[Fault, int]]:
        """Where the faults of no task stand: by the identity of each, and by what it says."""
        return board_faults.text_places(self)

    @cached_property
    def _faults_by_ref(self) -> dict[str | None, tuple[Fault, ...]]:
        found: dict[str | None, list[Fault]] = {}
        for _, fault in board_faults.of_tasks(self):
            found.setdefault(fault.task, []).append(fault)
        return {ref: tuple(faults) for ref, faults in found.items()}

    def faults_of(self, task: Task) -> tuple[Fault, ...]:
        """The faults of one task: those it shows by itself, and those between it and others."""
        return self._faults_by_ref.get(task.ref, ())

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """All entries of all sections, oldest first, undated ones at their neighbour's place."""
        return self._past.entries

    def grown_events(self, new: Iterable[HistoryEntry]) -> Events | None:
        """The events with ``new`` behind all others; None where they are to be read anew."""
        return self._past.grown(new)

    def moves_of(self, task: Task) -> tuple[HistoryEntry, ...]:
        """The events that changed the task's status or holder, oldest first.

        Those that name its reference; where its id stands once, those that name the id, too.
        """
        entries = self._past.events.by_id.get(task.id)
        if entries is None:
            return ()
        alone = task.id not in self.index.twins
        digits = title_hash(task.title) if any(e.task != task.id for e in entries) else ""
        return tuple(
            entry
            for entry in entries
            if (entry.task == task.id and alone)
            or entry.task == task.ref
            or (digits and entry.task and digits.startswith(entry.task[len(task.id) + 1 :] or "-"))
        )

    @cached_property
    def growing(self) -> int | None:
        """The section that new history goes to: the one with the newest entry; None for none.

        Of several alike, or all undated, the last.
        """
        if len(self.sections) < 2:
            return len(self.sections) - 1 if self.sections else None
        newest = [section.newest for section in self.sections]
        dated = [at for at in newest if at is not None]
        if not dated:
            return len(newest) - 1 if newest else None
        return len(newest) - 1 - newest[::-1].index(max(dated))

    @property
    def whole_text(self) -> str:
        """All text in which an id may stand; of a board without a document what it holds."""
        if self.document is not None:
            return self.document.text
        names = (name for task in self.tasks for name in (task.id, task.title, *task.dependencies))
        return "\n".join((*names, *(entry.text for entry in self.history)))

    def group_of(self, place: int) -> Group | None:
        """The group of the task at ``place``."""
        if self.tasks[place].group is None:
            return None
        if self.document is not None:
            parent = self.document.parents[self.positions[place]]
            return self.groups[bisect_left(self.group_positions, parent)]
        alike = [at for at, group in enumerate(self.groups) if group.id == self.tasks[place].group]
        if self.places:
            scope = self.places[place]
            near = [at for at in alike if self.places[len(self.tasks) + at] == scope]
            alike = near or alike
        return self.groups[alike[0]] if alike else None

    def place_behind(self, place: int) -> int:
        """The index in ``tasks`` of a task that is written after the one at ``place``.

        Below a heading it is behind all that stands in its section.
        """
        if self.document is None or place < 0:
            return place + 1
        from todo_tui.document import dialects

        edit = dialects.insert_entries(self.document, self.positions[place], ())
        return bisect_left(
            self.positions, bisect_left(self.document.starts, edit.span.start), place + 1
        )

    def place_at_end(self) -> int:
        """The index in ``tasks`` of a task that is written where there is no neighbour."""
        if self.document is None:
            return len(self.tasks)
        from todo_tui.document import dialects

        edit = dialects.insert_entries(self.document, None, ())
        return bisect_left(self.positions, bisect_left(self.document.starts, edit.span.start))

    def get(self, ref: str) -> Task | None:
        """The task with exactly this reference."""
        at = self._by_ref.get(ref)
        return None if at is None or self.tasks[at].ref != ref else self.tasks[at]

    def place(self, task: Task) -> int:
        """The index of a task of this board (by its reference) in ``tasks``. Raises KeyError."""
        return self._by_ref[task.ref]

    def find(self, name: str) -> Task:
        """The task that a person's word means: an id, a reference, an id in another case.

        Raises TodoError: ``ambiguous`` with the places, ``no_task`` with a "did you mean".
        """
        return lookup.find(self, name)

    def with_id(self, task_id: str) -> tuple[Task, ...]:
        """All tasks with this id, in file order."""
        at = self.index.last.get(task_id)
        if at is None:
            return ()
        return tuple(self.tasks[place] for place in self.index.twins.get(task_id, (at,)))

    def open_dependencies(self, task: Task) -> tuple[str, ...]:
        """The ids among ``task.dependencies`` that are not met."""
        if not task.dependencies:
            return ()
        at = self._by_ref.get(task.ref, 0)
        return tuple(name for name in task.dependencies if not self.graph.met(name, at))

    def dependents(self, task: Task) -> tuple[Task, ...]:
        """The tasks that depend on this one."""
        at = self.place(task)
        found = self.graph.dependents.get(task.id, ())
        return tuple(self.tasks[place] for place in found if self.graph.waits_for(place, at))

    def ready(self, task: Task) -> bool:
        """Whether it is todo and every dependency is met."""
        return task.status == TODO and not self.open_dependencies(task)

    def history_of(self, task: Task) -> tuple[HistoryEntry, ...]:
        """The entries about this task, oldest first."""
        return tuple(entry for entry in self.history if is_about(entry, task.id))

    def since(self, task: Task) -> datetime | None:
        """When the task entered its status, UTC, where the file knows it.

        The last transition in the history, where it led into this status; else claimed_at,
        started_at, completed_at or created_at, whichever belongs to the status.
        """
        for entry in reversed(self.moves_of(task)) if task.id in self._past.events.by_id else ():
            if entry.from_status != entry.to_status:
                if entry.to_status == task.status and entry.at is not None:
                    return entry.at
                break
        name = _TIME_OF.get(task.status)
        if name == "created_at":
            return read_time(task.created_at)
        for key, value in task.fields:
            if isinstance(value, str) and canonical_name(key) == name:
                return read_time(value)
        return None

    def spelling(self, status: str) -> str:
        """How this file spells a canonical status: as most of its tasks do, else canonical."""
        return self.tally.spelling(status) or status

    def counts(self) -> dict[str, int]:
        """Number of tasks for each status that occurs, in the order of the columns."""
        return {column.status: len(column.tasks) for column in self.columns if column.tasks}

    def _offset(self, task: Task) -> int:
        """The offset of the task's item in the document's text; -1 without a document."""
        at = self._by_ref.get(task.ref)
        if self.document is None or at is None:
            return -1
        return self.document.starts[self.positions[at]]

    def line(self, task: Task) -> int:
        """The line on which the task begins, from 1; 0 for a board without a document."""
        offset = self._offset(task)
        if self.document is None or offset < 0:
            return 0
        return self.document.line(board_faults.first_ink(self.document.text, offset))

    def source(self, task: Task) -> str:
        """The task's exact text in the file; "" for a board without a document."""
        at = self._by_ref.get(task.ref)
        if self.document is None or at is None:
            return ""
        return self.document.entries[self.positions[at]].text

    @property
    def first_conflict(self) -> Location | None:
        """Where the first conflict marker stands; None where the file is in no merge."""
        document = self.document
        if document is None or not document.conflicts:
            return None
        return document.location(document.conflicts[0].start)

    def location(self, fault: Fault) -> Location | None:
        """Where a fault of this board stands; None for a board without a document."""
        return board_faults.location(self, fault)


def board_of(tasks: Iterable[Task], *, groups: Iterable[Group] = ()) -> Board:
    """A board without a document, as tests and the demo's scenes need it."""
    return Board(tuple(tasks), tuple(groups))
