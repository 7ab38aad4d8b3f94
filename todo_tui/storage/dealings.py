"""What was done about the events that the journal tells of, mark after mark.

Pure. Must not know where the marks come from, or what is still open.
"""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.storage.journal_record import Mark


class Dealings:
    """``marks`` holds the last one about each event, by the event's key.

    One that says that a rule was put right goes when the deed that did it is undone.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.marks: dict[str, Mark] = {}
        self._restored: dict[str, str] = {}  # by its moment, what a deed put right
        for mark in marks:
            self.add(mark)

    def add(self, mark: Mark) -> str | None:
        """Take in the next mark; the key of the violation that is open again because of it."""
        self.marks[mark.key] = mark
        if mark.kind == "restored":
            self._restored[f"{mark.at.timestamp():.6f}"] = mark.key
        elif mark.kind == "undone":
            # A key begins with the moment of its event: that of the deed that is undone.
            broken = self._restored.pop(mark.key.partition(" ")[0], None)
            if broken is not None and self.marks.pop(broken, None) is not None:
                return broken
        return None
