"""Document -> Board: which entry is a task, and whose.

Owns: inheritance from groups, references of twins, the session history as entries, and the reuse
of tasks whose entries have not changed. Must not know what a field is called (``item``) or how a
value is written (``writing``).
"""

from __future__ import annotations

from bisect import bisect_left

from todo_tui.board import item
from todo_tui.board.board import Board
from todo_tui.board.history import Section, read_entry
from todo_tui.board.refs import index_of, with_refs
from todo_tui.board.task import Fault
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.board.task import Group, Task
    from todo_tui.document.document import Document


_NONE: Final = (None, None)


class _Rows(NamedTuple):
    """Tasks, and for each the index of its entry."""

    tasks: tuple[Task, ...]
    positions: tuple[int, ...]


def read(document: Document, previous: Board | None = None) -> Board:
    """The board that ``document`` states; tasks of unchanged entries are ``previous``'s own.

    What is taken over is what ``document.reused`` says, if ``document`` was read after the one of
    ``previous``; else everything is read anew.
    """
    groups = _groups(document)
    lead, trail = _reused(document, previous)
    others: range | None = None
    if previous is None or previous.document is None:
        rows = _Rows(*_read(document, range(len(document.entries)), groups, {}))
        index = index_of(rows.tasks)
    else:
        rows, others = _read_again(document, previous, previous.document, groups, (lead, trail))
        index = previous.index if others is not None else index_of(rows.tasks)
    tasks = rows.tasks
    if index.twins or (previous is not None and previous.index.twins):
        tasks = with_refs(tasks, index)
    return Board(
        tasks,
        tuple(groups.values()),
        _sections(document),
        tuple(Fault(fault.code, fault.message) for fault in document.faults),
        document.merging,
        document,
        rows.positions,
        tuple(groups),
        index=index,
        tally=previous.tally.after(tasks, others) if previous and others is not None else None,
    )


def _groups(document: Document) -> dict[int, Group]:
    """The groups, by the indices of their entries."""
    groups: dict[int, Group] = {}
    for at in sorted(set(document.parents) - {-1}):
        entry = document.entries[at]
        name = item.group_id(entry.pairs, entry.id_is_key)
        parent = groups.get(document.parents[at])
        heading = document.heading_title(at, name)
        groups[at] = item.group_of(entry.pairs, entry.id_is_key, heading, parent)
    return groups


def _read(
    document: Document,
    places: Sequence[int],
    groups: dict[int, Group],
    known: dict[int, tuple[Task, Group | None]],
) -> tuple[tuple[Task, ...], tuple[int, ...]]:
    """The tasks of the entries at ``places``, and these places.

    ``known`` are tasks that may stand there, with their groups, by the identity of their pairs.
    """
    tasks: list[Task] = []
    positions: list[int] = []
    entries, parents = document.entries, document.parents
    for at in places:
        if at in groups:
            continue
        entry = entries[at]
        group = groups.get(parents[at])
        task, before = known.get(id(entry.pairs), _NONE) if known else _NONE
        if task is None or before != group:
            task = item.task_of(entry.pairs, entry.id_is_key, group, entry.fault is not None)
            if task is None:
                continue
        tasks.append(task)
        positions.append(at)
    return tuple(tasks), tuple(positions)


def _reused(document: Document, previous: Board | None) -> tuple[int, int]:
    """How many leading and trailing entries are those of ``previous``'s document."""
    if previous is None or previous.document is None:
        return 0, 0
    lead, trail = document.reused
    now, before = document.entries, previous.document.entries
    trail = min(trail, len(now) - lead, len(before) - lead)
    if now[:lead] != before[:lead] or now[len(now) - trail :] != before[len(before) - trail :]:
        return 0, 0
    return lead, trail


def _read_again(
    document: Document,
    previous: Board,
    old: Document,
    groups: dict[int, Group],
    reused: tuple[int, int],
) -> tuple[_Rows, range | None]:
    """The tasks, and where others may stand than before; None for that where the ids are others."""
    lead, trail = reused
    stop, old_stop = len(document.entries) - trail, len(old.entries) - trail
    low, high = (bisect_left(previous.positions, at) for at in (lead, old_stop))
    owners = dict(zip(previous.group_positions, previous.groups, strict=True))
    known = {
        id(task.pairs): (task, owners.get(old.parents[at]))
        for task, at in zip(previous.tasks[low:high], previous.positions[low:high], strict=True)
    }
    tasks, positions = _read(document, range(lead, stop), groups, known)
    shift = stop - old_stop
    behind = previous.positions[high:]
    if shift:
        behind = tuple([at + shift for at in behind])
    same_ids = [task.id for task in tasks] == [task.id for task in previous.tasks[low:high]]
    others = range(low, high)
    found = _Rows(
        (*previous.tasks[:low], *tasks, *previous.tasks[high:]),
        (*previous.positions[:low], *positions, *behind),
    )
    if not groups and not previous.groups:
        return found, others if same_ids else None
    others = range(len(found.tasks))
    found = _regrouped(document, previous, old, groups, found, (lead, stop, shift))
    return found, others if same_ids else None


def _regrouped(
    document: Document,
    previous: Board,
    old: Document,
    groups: dict[int, Group],
    rows: _Rows,
    middle: tuple[int, int, int],
) -> _Rows:
    """``rows``, with those tasks read anew whose entries are the same but whose groups are not."""
    lead, stop, shift = middle
    before = dict(zip(previous.group_positions, previous.groups, strict=True))
    tasks: list[Task] = []
    for at, task in zip(rows.positions, rows.tasks, strict=True):
        parent = document.parents[at]
        if lead <= at < stop:
            tasks.append(task)
            continue
        old_parent = old.parents[at if at < lead else at - shift]
        if groups.get(parent) == before.get(old_parent):
            tasks.append(task)
            continue
        entry = document.entries[at]
        again = item.task_of(
            entry.pairs, entry.id_is_key, groups.get(parent), entry.fault is not None
        )
        tasks.append(task if again is None else again)
    return _Rows(tuple(tasks), rows.positions)


def _sections(document: Document) -> tuple[Section, ...]:
    return tuple(
        Section(tuple(entry for text in section.texts if (entry := read_entry(text))))
        for section in document.sections
    )
