"""Document -> Board: which entry is a task, and whose.

Owns: inheritance from groups, references of twins, the session history as entries, and the reuse
of tasks whose entries have not changed. Must not know what a field is called (``item``) or how a
value is written (``writing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board import item
from todo_tui.board.board import Board
from todo_tui.board.history import Section, read_entry
from todo_tui.board.refs import index_of, with_refs
from todo_tui.board.task import Fault

if TYPE_CHECKING:
    from todo_tui.board.task import Group, Task
    from todo_tui.document.document import Document


def read(document: Document, previous: Board | None = None) -> Board:
    """The board that ``document`` states; tasks of unchanged entries are ``previous``'s own."""
    owners = set(document.parents)
    groups: dict[int, Group] = {}
    tasks: list[Task] = []
    positions: list[int] = []
    for at, (entry, parent) in enumerate(zip(document.entries, document.parents, strict=True)):
        if at in owners:
            name = item.group_id(entry.pairs, entry.id_is_key)
            heading = document.heading_title(at, name)
            groups[at] = item.group_of(entry.pairs, entry.id_is_key, heading, groups.get(parent))
            continue
        task = item.task_of(entry.pairs, entry.id_is_key, groups.get(parent))
        if task is not None:
            tasks.append(task)
            positions.append(at)
    index = index_of(tasks)
    return Board(
        with_refs(tasks, index) if index.twins else tuple(tasks),
        tuple(groups.values()),
        _sections(document),
        tuple(Fault(fault.code, fault.message) for fault in document.faults),
        document.merging,
        document,
        tuple(positions),
        tuple(groups),
        known_index=index,
    )


def _sections(document: Document) -> tuple[Section, ...]:
    return tuple(
        Section(tuple(entry for line in section.items if (entry := read_entry(line.text))))
        for section in document.sections
    )
