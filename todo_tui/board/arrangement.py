"""The board as a person looks at it: filtered, in an order, in swimlanes, with columns put away.

Owns which tasks are shown, and where. A cursor walks what is shown, so that it never stands on a
task that is hidden; what is done to a task is done on the real board. Must not draw anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from todo_tui.board import sorting
from todo_tui.board.memory import NOTHING
from todo_tui.board.pairing import different
from todo_tui.board.query import Query
from todo_tui.board.task import DONE, TODO
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.board.board import Board, Column
    from todo_tui.board.matching import Context
    from todo_tui.board.memory import Memory
    from todo_tui.board.sorting import Lanes, Order
    from todo_tui.board.task import Task

SOME: Final = 100
"""So many done tasks are shown at first, and so many more each time that more are asked for."""


class Arrangement(NamedTuple):
    """How the columns are looked at.

    ``folded`` are the statuses whose columns are put away. ``done`` is the number of done tasks
    that are shown at most as long as they come newest first, as they do in the file's order.
    """

    query: Query = Query()
    order: Order = "file"
    lanes: Lanes | None = None
    folded: frozenset[str] = frozenset()
    done: int = SOME


class LaneHead(NamedTuple):
    """The rule over a swimlane: the index of its first task in the column, its name, its size.

    ``title`` is text from the file; empty for the tasks that belong nowhere.
    """

    at: int
    title: str
    tasks: int


@dataclass(frozen=True)
class ShownColumn:
    """A column as it is shown.

    ``found``: so many of ``all`` its tasks meet the filter; ``tasks`` are those that are shown, in
    the order in which they are.
    """

    status: str
    title: str
    tasks: tuple[Task, ...]
    found: int
    all: int
    folded: bool = False
    lanes: tuple[LaneHead, ...] = ()

    @property
    def older(self) -> int:
        """The number of done tasks that are left out since they are too many."""
        return 0 if self.folded else self.found - len(self.tasks)

    @cached_property
    def dependent(self) -> tuple[int, ...]:
        """The indices of the tasks that may wait for others."""
        if self.status != TODO:
            return ()
        return tuple(at for at, task in enumerate(self.tasks) if task.dependencies)

    @cached_property
    def refs(self) -> frozenset[str]:
        """The references of the tasks that are shown."""
        return frozenset(task.ref for task in self.tasks)


@dataclass(frozen=True)
class Shown:
    """``board`` in an arrangement."""

    board: Board
    arrangement: Arrangement
    columns: tuple[ShownColumn, ...]
    memory: Memory = NOTHING

    def get(self, ref: str) -> Task | None:
        """The task with exactly this reference, where it is shown."""
        task = self.board.get(ref)
        if task is None:
            return None
        column = next(column for column in self.columns if column.status == task.status)
        whole = len(column.tasks) == column.all
        return task if whole or ref in column.refs else None

    @property
    def found(self) -> int:
        """The number of tasks that meet the filter."""
        return sum(column.found for column in self.columns)


def arrange(context: Context, arrangement: Arrangement, before: Shown | None = None) -> Shown:
    """The context's board, arranged; columns of ``before`` that would be the same are kept."""
    board = context.board
    kept: dict[str, tuple[Column, ShownColumn]] = {}
    if before is not None and _alike(before, context, arrangement):
        pairs = zip(before.board.columns, before.columns, strict=True)
        kept = {column.status: (column, shown) for column, shown in pairs}
    columns = []
    for column in board.columns:
        old, shown = kept.get(column.status, (None, None))
        if old is None or shown is None or not _unchanged(old, column):
            shown = _column(column, context, arrangement)
        columns.append(shown)
    return Shown(board, arrangement, tuple(columns), context.memory)


def _alike(before: Shown, context: Context, arrangement: Arrangement) -> bool:
    """Whether columns with the same tasks in them come out the same."""
    old, new = before.board, context.board
    return (
        arrangement == before.arrangement
        and not arrangement.query.terms
        and context.memory is before.memory
        and new.sections == old.sections
        and new.groups == old.groups
    )


def _unchanged(old: Column, new: Column) -> bool:
    return (
        old.title == new.title
        and len(old.tasks) == len(new.tasks)
        and different(old.tasks, new.tasks)[0] == len(new.tasks)
    )


def _column(column: Column, context: Context, arrangement: Arrangement) -> ShownColumn:
    status, title, number = column.status, column.title, len(column.tasks)
    order = arrangement.order
    if status == DONE and order == "file":
        order = "newest"
    sieve = context.sieve(
        (status, order),
        lambda: sorting.arranged(context.board, column.tasks, order, memory=context.memory),
    )
    tasks = sieve.matching(arrangement.query, context)
    found = len(tasks)
    if status in arrangement.folded:
        return ShownColumn(status, title, (), found, number, True)
    if status == DONE and order == "newest":
        tasks = tasks[: arrangement.done]
    lanes: list[LaneHead] = []
    if arrangement.lanes is not None:
        laned: list[Task] = []
        for lane in sorting.lanes(context.board, tasks, arrangement.lanes):
            lanes.append(LaneHead(len(laned), lane.title, len(lane.tasks)))
            laned += lane.tasks
        tasks = tuple(laned)
    return ShownColumn(status, title, tasks, found, number, lanes=tuple(lanes))
