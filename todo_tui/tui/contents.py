"""What a column shows, and how much of what was measured or drawn of it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.arrangement import Arrangement
from todo_tui.board.memory import NOTHING
from todo_tui.board.task import BLOCKED, TODO
from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.card import MARKED, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from todo_tui.board.arrangement import ShownColumn
    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.memory import Memory
    from todo_tui.board.task import Fault, Task
    from todo_tui.tui.card import Density


class Contents(NamedTuple):
    """What a column shows.

    ``faults`` are those that were found, ``items`` what needs a person, by task; ``changed`` and
    ``flash`` are references of tasks. ``room`` is the width of a card in cells; ``edge``: a
    separator stands right of the column. What the filter of the ``arrangement`` finds in a card is
    marked. ``marked_refs`` are the tasks that a person has marked. ``memory`` is what is known of
    the tasks beside the file.
    """

    board: Board
    column: ShownColumn
    faults: Mapping[str, tuple[Fault, ...]]
    items: Mapping[str, tuple[Item, ...]]
    density: Density
    now: datetime
    you: str
    changed: frozenset[str]
    flash: frozenset[str]
    room: int
    edge: bool
    arrangement: Arrangement = Arrangement()
    marked_refs: frozenset[str] = frozenset()
    memory: Memory = NOTHING

    def trouble_of(self, task: Task) -> Trouble:
        """The faults of a task, all that were found or else those that it shows by itself, and why
        it needs a person.
        """
        return Trouble(self.faults.get(task.ref, task.faults), self.items.get(task.ref, ()))

    def marked(self, task: Task) -> bool:
        """Whether its card has a row of marks; cheap, since it is asked of every task."""
        if task.faults or task.status == BLOCKED or task.ref in self.faults:
            return True
        items = self.items.get(task.ref)
        if items and any(item.need in MARKED for item in items):
            return True
        if not task.dependencies or task.status != TODO:
            return False
        return bool(self.board.open_dependencies(task))


def same(before: Contents, after: Contents) -> bool:
    """Whether nothing is drawn otherwise."""
    return (
        same_heights(before, after)
        and before.now == after.now
        and before.changed == after.changed
        and before.flash == after.flash
        and before.arrangement.query == after.arrangement.query
        and before.marked_refs == after.marked_refs
        and before.memory is after.memory
    )


def same_heights(before: Contents, after: Contents) -> bool:
    """Whether each card has the height that it had; any task may have got a row of marks.

    On another board those that depend on others may have; how long a task is in its status is asked
    when the time is another.
    """
    return (
        (before.board is after.board or not after.column.dependent)
        and before.column == after.column
        and before.faults is after.faults
        and before.items is after.items
        and before.density is after.density
        and before.room == after.room
        and before.edge == after.edge
    )
