"""How many rows each card of a column takes: measured once, and kept as long as that holds.

Owns what of it a change leaves as it was. Must not know where a card stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.pairing import different
from todo_tui.tui.card import heights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.task import Task
    from todo_tui.tui.card import Density
    from todo_tui.tui.contents import Contents


class Heights:
    """The rows of the cards of one column, whatever is shown of it, in whichever order."""

    def __init__(self) -> None:
        self._contents: Contents | None = None  # what was measured last, and the rows of its cards
        self._rows: list[int] = []
        self._known: dict[str, int] = {}  # the rows of other tasks that would be what they were

    def of(self, contents: Contents) -> list[int]:
        """The rows of each card of ``contents``, the blank one below it included.

        The list of the last time itself where no card has another height.
        """
        before = self._contents
        if (
            before is None
            or _frame(before) != _frame(contents)
            or before.faults is not contents.faults
        ):
            rows = self._measured(contents, contents.column.tasks)
        elif before.board is contents.board and before.items is contents.items:
            rows = self._found(contents, before)
        else:
            rows = self._changed(contents, before)
        self._contents, self._rows = contents, rows
        return rows

    def _measured(self, contents: Contents, tasks: Sequence[Task]) -> list[int]:
        """The rows of ``tasks``, of which nothing was known that holds any longer."""
        self._known = {}
        return [*heights(tasks, contents.marked, contents.room, contents.density)]

    def _found(self, contents: Contents, before: Contents) -> list[int]:
        """The rows where other tasks of the same board are shown, or the same in another order."""
        known, tasks = self._known, contents.column.tasks
        if not known:
            shown = (task.ref for task in before.column.tasks)
            known.update(zip(shown, self._rows, strict=True))
        new = [task for task in tasks if task.ref not in known]
        room, density = contents.room, contents.density
        rows = heights(new, contents.marked, room, density)
        known.update(zip((task.ref for task in new), rows, strict=True))
        return [known[task.ref] for task in tasks]

    def _changed(self, contents: Contents, before: Contents) -> list[int]:
        """The rows on another state of the board; those of tasks that are the same are kept.

        Whether a task waits for another is asked anew, and where what needs the person is other
        than it was, whether that is about a task: that may be what changed.
        """
        tasks, rows = contents.column.tasks, self._rows
        if before.column is not contents.column:
            start, stop_before, stop = different(before.column.tasks, tasks)
            between = self._measured(contents, tasks[start:stop])
            if between != rows[start:stop_before]:
                rows = [*rows[:start], *between, *rows[stop_before:]]
        asked = list(contents.column.dependent)
        if before.items is not contents.items:
            about = {*before.items, *contents.items}
            asked += [at for at, task in enumerate(tasks) if task.ref in about]
        again = self._measured(contents, [tasks[at] for at in asked])
        others = [(at, high) for at, high in zip(asked, again, strict=True) if rows[at] != high]
        if others and rows is self._rows:
            rows = list(rows)
        for at, height in others:
            rows[at] = height
        return rows


def _frame(contents: Contents) -> tuple[int, Density]:
    return contents.room, contents.density
