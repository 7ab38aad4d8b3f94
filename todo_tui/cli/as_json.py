"""Tasks, groups, faults, events and history entries as JSON bodies: the keys that scripts rely on.

Times are UTC, ISO 8601, ending in ``Z``; names of fields are canonical. Must not print.
"""

from __future__ import annotations

from collections import defaultdict

from todo_tui.board.event_json import to_json
from todo_tui.board.history import read_entry
from todo_tui.board.task import canonical_name
from todo_tui.board.task_json import read_task
from todo_tui.board.times import read_time, utc
from todo_tui.document.entry import Mapping
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.task import Fault, Task
    from todo_tui.document.document import Document
    from todo_tui.document.entry import Value

_TIMES: Final = frozenset({"created_at", "claimed_at", "started_at", "completed_at"})


def task_body(board: Board, task: Task) -> dict[str, object]:
    """One task of ``board``."""
    return next(iter(task_bodies(board, (task,))))


def task_bodies(board: Board, tasks: Sequence[Task]) -> list[dict[str, object]]:
    """Tasks of ``board``."""
    document = board.document
    places = [board.place(task) for task in tasks] if document else []
    lines = _lines(document, [board.positions[place] for place in places])
    return [
        {
            "id": task.id,
            "ref": task.ref,
            "title": task.title,
            "status": task.status,
            "raw_status": task.raw_status,
            "priority": task.priority,
            "raw_priority": task.raw_priority,
            "assigned_agent": task.assigned_agent,
            "claimed_by": task.claimed_by,
            "holder": task.holder,
            "group": task.group,
            "created_at": _time(task.created_at) if task.created_at else None,
            "dependencies": list(task.dependencies),
            "open_dependencies": list(board.open_dependencies(task)),
            "ready": board.ready(task),
            "fields": fields_body(task.fields),
            "line": line,
            "faults": [fault_body(board, fault) for fault in board.faults_of(task)],
            "since": utc(board.since(task)),
        }
        for task, line in zip(tasks, lines or [0] * len(tasks), strict=True)
    ]


def event_body(event: BoardEvent) -> dict[str, object]:
    """One event as scripts are told it: of its tasks all that one has without its board."""
    body = to_json(event)
    return body | {side: _told(body[side]) for side in ("before", "after")}


def _told(side: object) -> object:
    """A side of an event, its tasks with ``values`` and their time in UTC."""
    if isinstance(side, list):
        return [_told(one) for one in side]
    if not isinstance(side, dict) or "raw_status" not in side:
        return side
    task = read_task(side)
    created_at = _time(task.created_at) if task.created_at else None
    return side | {"created_at": created_at, "values": fields_body(task.fields)}


def fields_body(fields: Iterable[tuple[str, Value]]) -> dict[str, object]:
    """Fields by their canonical names; of a name that stands twice the first."""
    body: dict[str, object] = {}
    for written, value in fields:
        name = canonical_name(written)
        if name in _TIMES and isinstance(value, str):
            body.setdefault(name, _time(value) if value else None)
        else:
            body.setdefault(name, _value(value))
    return body


def group_bodies(board: Board) -> list[dict[str, object]]:
    """The groups of ``board``."""
    lines = _lines(board.document, board.group_positions)
    return [
        {
            "id": group.id,
            "title": group.title,
            "status": group.status,
            "priority": group.priority,
            "holder": group.holder,
            "dependencies": list(group.dependencies),
            "line": line,
        }
        for group, line in zip(board.groups, lines or [0] * len(board.groups), strict=True)
    ]


def _lines(document: Document | None, entries: Iterable[int]) -> list[int]:
    """The lines on which entries of the document begin, by their indices; in one pass."""
    if document is None:
        return []
    starts = [document.starts[entry] for entry in entries]
    ascending = sorted(starts)
    found = dict(zip(ascending, document.lines(ascending), strict=True))
    return [found[start] for start in starts]


def fault_body(board: Board, fault: Fault) -> dict[str, object]:
    """One fault of ``board``, with its place where it has one."""
    location = board.location(fault)
    return {
        "code": fault.code,
        "message": fault.message,
        "task": fault.task,
        "line": location.line if location else None,
        "column": location.column if location else None,
    }


def entry_bodies(board: Board, entries: Iterable[HistoryEntry]) -> list[dict[str, object]]:
    """Session history entries of ``board``."""
    lines = _entry_lines(board)
    return [
        {
            "at": utc(entry.at),
            "task": entry.task,
            "event": entry.event,
            "actor": entry.actor,
            "human": entry.human,
            "for": entry.for_agent,
            "from": entry.from_status,
            "to": entry.to_status,
            "note": entry.note,
            "text": entry.text,
            "line": next(lines[id(entry)], 0),
        }
        for entry in entries
    ]


def _entry_lines(board: Board) -> dict[int, Iterator[int]]:
    """For each entry object its line; for one that stands for equal lines, all of them."""
    lines: dict[int, list[int]] = {}
    document = board.document
    if document is not None:
        for section, place in zip(board.sections, document.sections, strict=True):
            items = [item for item in place.items if read_entry(item.text) is not None]
            starts = [item.span.start for item in items]
            for entry, line in zip(section.entries, document.lines(starts), strict=True):
                lines.setdefault(id(entry), []).append(line)
    return defaultdict(lambda: iter(()), {key: iter(found) for key, found in lines.items()})


def _time(text: str) -> str:
    """A time of the file in UTC; as it stands where it is impossible, which a fault says."""
    return utc(read_time(text)) or text


def _value(value: Value) -> object:
    if isinstance(value, Mapping):
        body: dict[str, object] = {}
        for name, inner in value.items:
            body.setdefault(name, _value(inner))
        return body
    if isinstance(value, tuple):
        return [_value(inner) for inner in value]
    return value
