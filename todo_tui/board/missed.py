"""Tasks that were meant and are not read: items and headings that are nearly one, with faults.

Owns which of them were meant: what they say by their brackets or fields would be a task, and a word
of the workflow stands in them, or a status. Must not know how an item is written (``document``).
"""

from __future__ import annotations

from operator import itemgetter

from todo_tui.board.item import says_status, task_of
from todo_tui.board.task import Fault, canonical_priority, canonical_status
from todo_tui.board.workflow import STATUSES
from todo_tui.document.entry import Mapping
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.board.board import Board
    from todo_tui.board.roles import Pairs
    from todo_tui.document.document import Document
    from todo_tui.document.entry import Entry
    from todo_tui.document.near import Kind, Near

_REMEDIES: Final[dict[Kind, str]] = {
    "bullet": 'begin it with "- "',
    "words": 'write - {0}: "Title", and what is in brackets behind that',
    "deep": 'write three blanks at most before its "-"',
    "mapping": 'begin it with "- ", and write its fields two blanks deeper',
    "nested": "write - {0}: Title, and the fields below it level with {0}",
    "id": 'write its id in capitals from A to Z, such as TASK-1, or in YAML as "- id: {0}"',
    "title": 'write its title as a heading, "### {0}: Title", and its fields as a list below it',
    "fields": 'write the fields below its heading as a list, "- **Status**: todo"',
}
"""What to do about each kind of text that is nearly an item."""

_TITLED: Final[tuple[Kind, ...]] = ("title", "fields")
"""The kinds that have a title in any case."""


def of(board: Board) -> tuple[tuple[Fault, int], ...]:
    """The faults, in file order, and the offset in the text where each stands.

    Within conflict markers there are none.
    """
    document = board.document
    if document is None:
        return ()
    found = sorted((*_items(board, document), *_near(board, document)), key=itemgetter(1))
    return tuple(
        (fault, at)
        for fault, at in found
        if not any(span.start <= at < span.stop for span in document.conflicts)
    )


def about(board: Board, name: str) -> tuple[Fault, int] | None:
    """The fault of what was meant as the task ``name``, and its offset; None where nothing was."""
    begins = (f"{name} looks like a task but ", f"{name} looks like a task, but ")
    return next((one for one in board.missed if one[0].message.startswith(begins)), None)


def _items(board: Board, document: Document) -> Iterator[tuple[Fault, int]]:
    """The faults of items with an id that are no task."""
    if len(document.entries) == len(board.positions) + len(board.group_positions):
        return
    known = {*board.positions, *board.group_positions}
    for at, (entry, start) in enumerate(zip(document.entries, document.starts, strict=True)):
        if at in known or not entry.id_is_key or entry.dialect != "keyed":
            continue
        found = _nested(entry) or _bracketed(entry, in_fence=document.in_fence(start))
        if found is not None:
            message = f"{entry.pairs[0][0]} looks like a task but is not read: {found[0]}"
            yield Fault("invalid_item", message), start + found[1]


def _near(board: Board, document: Document) -> Iterator[tuple[Fault, int]]:
    """The faults of what is written otherwise than items are, with a status of the workflow.

    What has the id of a task or a group that is read tells of that one, and was not meant as one.
    """
    groups = {group.id for group in board.groups}
    for near in document.near("status"):
        if near.kind == "heading":
            name, status = near.name, near.pairs[1][1]
            if name in groups or not says_status(name, status):
                continue
            message = (
                f"{name} looks like a task, but its heading is not read: write the heading as"
                f' "{name}: Title"'
            )
        elif near.name in board.index.last or near.name in groups or not _is_meant(near):
            continue
        else:
            remedy = _REMEDIES[near.kind].format(near.name)
            message = f"{near.name} looks like a task but is not read: {remedy}"
        yield Fault("invalid_item", message), near.offset


def _is_meant(near: Near) -> bool:
    """Whether it would be a task with a title and a status of the workflow."""
    task = task_of(near.pairs, near.id_is_key, None)
    if task is None or not task.raw_status or task.status not in STATUSES:
        return False
    return near.kind in _TITLED or all(fault.code != "no_title" for fault in task.faults)


def _nested(entry: Entry) -> tuple[str, int] | None:
    """The remedy for an item whose fields are the value of its id, and the place in its text."""
    (name, value), *others = entry.pairs
    if others or not isinstance(value, Mapping) or not _is_task(((name, ""), *value.items)):
        return None
    remedy = f"write {name}: Title, and the fields below it level with {name}"
    return remedy, max(entry.text.find(name), 0)


def _bracketed(entry: Entry, *, in_fence: bool) -> tuple[str, int] | None:
    """The remedy for an item that is short but for what stands around its brackets.

    In a fence a title in quotes with brackets behind it can be nothing else; elsewhere one of the
    brackets has to hold a word of the workflow.
    """
    from todo_tui.document import short

    name = entry.pairs[0][0]
    for near in short.nearly(entry.text):
        if not ((in_fence and near.quoted) or any(map(_tells, near.pairs))):
            continue
        if task_of(((name, ""), *near.pairs, *entry.pairs[1:]), True, None) is not None:
            quotes = "" if near.quoted else "its title in quotes and "
            return f"write {quotes}nothing behind its brackets", near.offset
    return None


def _tells(bracket: tuple[str, str]) -> bool:
    """Whether a bracket holds a status of the workflow, or a priority."""
    kind, word = bracket
    known = canonical_status(word) in STATUSES or canonical_priority(word) is not None
    return kind == "[]" and bool(word) and known


def _is_task(pairs: Pairs) -> bool:
    """Whether pairs are those of a task with a status."""
    task = task_of(pairs, True, None)
    return task is not None and bool(task.raw_status)
