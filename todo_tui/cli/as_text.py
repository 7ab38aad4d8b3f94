"""Tasks, faults and history entries as lines for people. Must not print, or cut to a terminal."""

from __future__ import annotations

from todo_tui.board.age import age
from todo_tui.board.task import DONE, is_missing
from todo_tui.board.times import utc
from todo_tui.document.entry import Mapping
from todo_tui.shown import shown, width
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.task import Fault, Task
    from todo_tui.document.entry import Value

_NOTHING: Final = "-"
_WIDEST: Final = 24
"""Cells that a column is widened to at most; a longer value pushes its own line alone."""


def task_rows(board: Board, tasks: Sequence[Task], now: datetime) -> list[str]:
    """A line for each task: reference, priority, status, holder or agent, age, title."""
    return aligned(
        (
            task.ref,
            _priority(task),
            task.status,
            _who(task),
            age(board.since(task), now),
            task.title,
        )
        for task in tasks
    )


def _priority(task: Task) -> str:
    """Its own as the file writes it, else its group's."""
    return (task.priority or "") if is_missing(task.raw_priority) else task.raw_priority


def _who(task: Task) -> str:
    """Who has the task, who finished it, or for whom it is."""
    finished = task.claimed_by if task.status == DONE else None
    return task.holder or finished or task.assigned_agent or ""


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of cells as lines with columns; an empty cell is a ``-``, the last is not padded."""
    drawn = [[shown(cell) or _NOTHING for cell in row] for row in rows]
    widths = [min(max(map(width, column)), _WIDEST) for column in zip(*drawn, strict=True)]
    return ["  ".join([*map(_padded, row[:-1], widths), row[-1]]) for row in drawn]


def task_lines(board: Board, task: Task, now: datetime) -> list[str]:
    """One task whole."""
    since = board.since(task)
    status = task.status if task.raw_status == task.status else f"{task.status} ({task.raw_status})"
    facts: list[tuple[str, Value]] = [
        ("status", f"{status}, since {utc(since)} ({age(since, now)})" if since else status),
        ("priority", _priority(task)),
        ("for", task.assigned_agent or ""),
        ("holder", task.holder or ""),
        ("group", task.group or ""),
        ("created", task.created_at),
        ("depends on", task.dependencies),
        ("waits for", board.open_dependencies(task)),
        *task.fields,
        ("line", str(board.line(task))),
    ]
    filled = [(shown(name), value) for name, value in facts if value not in ("", ())]
    names = min(max(width(name) for name, _ in filled), _WIDEST)
    lines = [f"{task.ref}: {task.title}"]
    for name, value in filled:
        lines += _fact(_padded(name, names), value)
    lines += [f"  fault: {fault.message}" for fault in board.faults_of(task)]
    return lines


def history_lines(entries: Iterable[HistoryEntry]) -> list[str]:
    """A line for each entry: its time and its text."""
    return [f"{utc(entry.at) or 'no known time':<20}  {entry.text}" for entry in entries]


def fault_lines(board: Board, fault: Fault, path: str) -> list[str]:
    """A fault as compilers say it, ``path:line:column: message``, and the source below."""
    location = board.location(fault)
    if location is None:
        return [f"{path}: {fault.message} [{fault.code}]"]
    head = f"{path}:{location.line}:{location.column}: {fault.message} [{fault.code}]"
    from todo_tui.cli.excerpt import excerpt_lines

    return [head, *excerpt_lines(location)]


def _fact(name: str, value: Value) -> list[str]:
    lines = _value_lines(value)
    if len(lines) == 1 and not isinstance(value, Mapping):
        return [f"  {name}  {lines[0]}"]
    return [f"  {name}", *(f"    {line}" for line in lines)]


def _value_lines(value: Value) -> list[str]:
    if isinstance(value, str):
        return value.split("\n") if value else [""]
    if isinstance(value, Mapping):
        return [line for name, inner in value.items for line in _pair_lines(name, inner)]
    if all(isinstance(inner, str) for inner in value) and len(value) <= 1:
        return [str(inner) for inner in value]
    lines: list[str] = []
    for inner in value:
        first, *others = _value_lines(inner) or [""]
        lines += [f"- {first}", *(f"  {line}" for line in others)]
    return lines


def _pair_lines(name: str, value: Value) -> list[str]:
    if isinstance(value, str) and "\n" not in value:
        return [f"{name}: {value}"]
    return [f"{name}:", *(f"  {line}" for line in _value_lines(value))]


def _padded(cell: str, cells: int) -> str:
    return cell + " " * (cells - width(cell))
