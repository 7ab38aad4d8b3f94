"""The texts that words are searched in: made once for each task, and kept with it.

Owns what of a task is searched. A task is known by being the same object: after a reload only those
that are new are read again. Must not know a query.
"""

from __future__ import annotations

from todo_tui.board.task import canonical_name
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.task import Task
    from todo_tui.document.entry import Value


class Texts:
    """The texts of tasks, as they are written and in small letters."""

    def __init__(self) -> None:
        self._kept: dict[int, Task] = {}  # by identity, which is theirs as long as they are here
        self._written: dict[int, str] = {}
        self._small: dict[int, str] = {}

    def written(self, tasks: Sequence[Task]) -> list[str]:
        """The text of each of ``tasks``, as it is written."""
        return self._of(tasks, self._written)

    def small(self, tasks: Sequence[Task]) -> list[str]:
        """The text of each of ``tasks``, in small letters."""
        return self._of(tasks, self._small)

    def forget(self, tasks: Sequence[Task]) -> None:
        """Keep only what is known of ``tasks``, where half of what is known is not of these."""
        if len(self._kept) > 2 * len(tasks):
            known = {id(task): task for task in tasks if id(task) in self._kept}
            self._written = {key: self._written[key] for key in known}
            self._small = {key: self._small[key] for key in known}
            self._kept = known

    def _of(self, tasks: Sequence[Task], texts: dict[int, str]) -> list[str]:
        try:
            return list(map(texts.__getitem__, map(id, tasks)))
        except KeyError:
            self._learn(tasks)
            return list(map(texts.__getitem__, map(id, tasks)))

    def _learn(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            key = id(task)
            if key not in self._kept:
                self._kept[key] = task
                text = self._written[key] = text_of(task)
                self._small[key] = text.lower()


def text_of(task: Task) -> str:
    """What words are searched in: title, reference, description and notes, as they are written."""
    parts = [task.title, task.ref]
    for name, value in task.fields:
        if canonical_name(name) in ("description", "notes"):
            parts += texts_in(value)
    return "\n".join(parts)


def texts_in(value: Value) -> list[str]:
    """The texts in a value; a mapping's are its values."""
    if isinstance(value, str):
        return [value]
    inner = value if isinstance(value, tuple) else [item for _, item in value.items]
    return [text for one in inner for text in texts_in(one)]
