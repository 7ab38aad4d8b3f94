"""Which task is selected: by reference, so that a reload cannot move the selection elsewhere.

Owns the one cursor of a board and how each key moves it. Each column remembers its place, so that
walking to a neighbour column and back changes nothing. It walks a whole board, or what is shown of
one. Must not know what is on a screen (a front end turns a page into a number of tasks) or draw
anything.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from todo_tui.board.task import TODO
from todo_tui.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from todo_tui.board.task import Task


class Lined(Protocol):
    """A column to walk: the tasks below each other."""

    @property
    def status(self) -> str:
        """The status that all of them have."""

    @property
    def tasks(self) -> Sequence[Task]:
        """Those that can be walked to, from above."""


class Walked(Protocol):
    """What a cursor walks: a board, or what is shown of it."""

    @property
    def columns(self) -> Sequence[Lined]:
        """From left to right; a task of the status of a column stands nowhere else."""

    def get(self, ref: str) -> Task | None:
        """The task with this reference, where one can walk to it."""


class Place(NamedTuple):
    """The place in a column: the reference of the task there, and its index there."""

    ref: str
    row: int


class Cursor(NamedTuple):
    """The column in focus, by its status, and the place in each column that has been visited.

    A cursor belongs to the board that it was last settled on.
    """

    status: str = TODO
    places: Mapping[str, Place] = MappingProxyType({})

    @property
    def place(self) -> Place | None:
        """The place in the focused column; None where that is empty."""
        return self.places.get(self.status)

    @property
    def ref(self) -> str | None:
        """The reference of the selected task; None where the focused column is empty."""
        return self.place.ref if self.place is not None else None


def begin(board: Walked) -> Cursor:
    """The cursor of a board that was just opened: the first task of the first column with any."""
    filled = (column.status for column in board.columns if column.tasks)
    return settle(board, Cursor(next(filled, TODO)))


def selected(board: Walked, cursor: Cursor) -> Task | None:
    """The selected task."""
    return board.get(cursor.ref) if cursor.ref is not None else None


def settle(board: Walked, cursor: Cursor) -> Cursor:
    """The same selection on another state of the file.

    A task that is there still stays selected, in whichever column it is now. Where it is gone, the
    task that took its index is selected, or the last of the column.
    """
    columns = {column.status: column for column in board.columns}
    status = cursor.status
    task = selected(board, cursor)
    if task is not None:
        status = task.status
    elif status not in columns:
        status = next(iter(columns))
    places: dict[str, Place] = {}
    for visited in {*cursor.places, status}:
        ref = cursor.ref if visited == status and task is not None else None
        column = columns.get(visited)
        if column is not None and (place := _settled(column, cursor.places.get(visited), ref)):
            places[visited] = place
    return Cursor(status, places)


def step(board: Walked, cursor: Cursor, by: int) -> Cursor:
    """The task ``by`` further down (up where negative), stopping at the ends of the column."""
    return jump(board, cursor, (cursor.place.row if cursor.place is not None else 0) + by)


def jump(board: Walked, cursor: Cursor, index: int) -> Cursor:
    """The task at ``index`` of the focused column, or the nearest one to it."""
    tasks = _column(board, cursor.status).tasks
    if not tasks:
        return cursor
    index = max(0, min(index, len(tasks) - 1))
    return _at(cursor, cursor.status, Place(tasks[index].ref, index))


def last(board: Walked, cursor: Cursor) -> Cursor:
    """The last task of the focused column."""
    return jump(board, cursor, len(_column(board, cursor.status).tasks))


def turn(board: Walked, cursor: Cursor, by: int) -> Cursor:
    """The column ``by`` further to the right (left where negative), stopping at the ends."""
    statuses = [column.status for column in board.columns]
    return column(board, cursor, max(0, statuses.index(cursor.status) + by))


def column(board: Walked, cursor: Cursor, index: int) -> Cursor:
    """The column at ``index``, or the last one; its own place is remembered."""
    target = board.columns[min(index, len(board.columns) - 1)]
    place = _settled(target, cursor.places.get(target.status), None)
    return _at(cursor, target.status, place)


def walk(board: Walked, cursor: Cursor, by: int) -> Cursor:
    """The next task (the one before where ``by`` is -1): through all columns, and round.

    The same cursor where there is no other.
    """
    columns = [column for column in board.columns if column.tasks]
    here = [at for at, column in enumerate(columns) if column.status == cursor.status]
    if not columns:
        return cursor
    if here and cursor.place is not None:
        row = cursor.place.row + by
        if 0 <= row < len(columns[here[0]].tasks):
            return jump(board, cursor, row)
        at = (here[0] + by) % len(columns)
    else:
        statuses = [column.status for column in board.columns]
        focus = statuses.index(cursor.status)
        behind = [at for at, it in enumerate(columns) if statuses.index(it.status) > focus]
        at = (min(behind, default=0) - (by < 0)) % len(columns)
    tasks = columns[at].tasks
    row = 0 if by > 0 else len(tasks) - 1
    return _at(cursor, columns[at].status, Place(tasks[row].ref, row))


def follow(before: Walked, after: Walked, cursor: Cursor) -> Cursor:
    """The same selection where other tasks are shown.

    Where the selected one is hidden, the nearest task behind it that is shown is selected, else
    the nearest before it.
    """
    place = cursor.place
    if place is None or after.get(place.ref) is not None:
        return settle(after, cursor)
    settled, tasks = settle(after, cursor), _column(before, cursor.status).tasks
    there = {
        task.ref
        for column in after.columns
        if column.status == cursor.status
        for task in column.tasks
    }
    for task in (*tasks[place.row + 1 :], *tasks[: place.row][::-1]):
        if task.ref in there:
            return point(after, settled, task.ref)
    return settled


def point(board: Walked, cursor: Cursor, ref: str) -> Cursor:
    """The task with this reference; the same cursor where there is none."""
    task = board.get(ref)
    if task is None:
        return cursor
    place = _settled(_column(board, task.status), cursor.places.get(task.status), ref)
    return _at(cursor, task.status, place)


def _at(cursor: Cursor, status: str, place: Place | None) -> Cursor:
    if place is None:
        return Cursor(status, cursor.places)
    return Cursor(status, {**cursor.places, status: place})


def _column(board: Walked, status: str) -> Lined:
    return next(column for column in board.columns if column.status == status)


def _settled(column: Lined, place: Place | None, ref: str | None) -> Place | None:
    """Where ``ref`` (else the remembered reference, else its index) is in the column now."""
    tasks = column.tasks
    if not tasks:
        return None
    index = min(place.row, len(tasks) - 1) if place is not None else 0
    wanted = ref if ref is not None else (place.ref if place is not None else None)
    if wanted is not None and tasks[index].ref != wanted:
        index = next((i for i, task in enumerate(tasks) if task.ref == wanted), index)
    return Place(tasks[index].ref, index)
