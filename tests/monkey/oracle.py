"""Whether a state of the file is one that the board may have brought about.

Reads the history by its own grammar and plays it by its own table: each line about a task is a
legal move from the state that the line before left, and the last one leaves the state that the file
gives. What is no task is as it was, and no task is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from todo_tui.board.reading import read
from todo_tui.document.document import Document

STATUSES: Final = ("todo", "claimed", "in_progress", "done", "blocked")

_TASKS: Final = 40


def _item(number: int) -> str:
    status = ("todo", "todo", "todo", "claimed", "in_progress", "done")[number % 6]
    holder = f"\n  assigned_agent: eng-{number % 3}" if status != "todo" else ""
    needs = f"\n  dependencies: [TASK_{number - 1:03}]" if number % 7 == 3 else ""
    priority = ("low", "medium", "high", "critical")[number % 4]
    return (
        f'- TASK_{number:03}: "Task number {number}"  # kept {number}\n  priority: {priority}'
        f"{holder}{needs}\n  status: {status}\n  note_{number}: kept\n"
    )


BEFORE: Final = (
    "# Plan\n\nKept: prose before, with *marks* and ünïcode.\n\n```yaml\n"
    + "".join(_item(number) for number in range(1, _TASKS + 1))
    + "```\n\nKept: prose after.\n\n### TASK_H_001: By heading\n\n- **Status**: todo\n"
    "- **Priority**: high\n\n## Session History\n\n- 2026-01-01T00:00:00Z: planned it all\n"
).encode()

_FIRST: Final = {task.id: task.status for task in read(Document.decode(BEFORE)).tasks}

_KEPT: Final = (
    "# Plan", "Kept: prose before, with *marks* and ünïcode.", "Kept: prose after.", "```yaml",
    "- 2026-01-01T00:00:00Z: planned it all",
)  # fmt: skip

_MOVES: Final = {
    "claimed": (("todo",), "claimed"),
    "started": (("claimed",), "in_progress"),
    "finished": (("in_progress",), "done"),
    "released": (("claimed", "in_progress"), "todo"),
    "blocked": (("claimed", "in_progress"), "blocked"),
    "unblocked": (("blocked",), "todo"),
    "reopened": (("done",), "todo"),
}

_LINE: Final = re.compile(
    r"- \S+Z: (?P<task>\S+) (?P<event>[a-z]+)(?: for .+?)? by (?P<who>.+?) "
    r"\((?P<before>[a-z_]+) -> (?P<after>[a-z_]+)\)(?:: (?P<note>.*))?"
)


class Found(NamedTuple):
    """The number of lines of the history, and what is wrong."""

    lines: int
    problems: tuple[str, ...]


def judge(data: bytes) -> Found:
    """Whether this may have come about."""
    text = data.decode("utf-8", "surrogateescape")
    problems = [
        f"{line!r} stands there {count} times"
        for line, count in _count(text, _KEPT).items()
        if count != 1
    ]
    board = read(Document.decode(data))
    ids = Counter(task.id for task in board.tasks)
    problems += [f"{name} stands there {count} times" for name, count in ids.items() if count > 1]
    problems += [f"{name} is gone" for name in _FIRST if name not in ids]
    problems += [
        f"{fault.code}: {fault.message}"
        for fault in board.faults
        if fault.code not in {"unknown_dependency", "dependency_cycle"}
    ]
    states = dict(_FIRST)
    lines = [found for line in text.split("\n") if (found := _LINE.fullmatch(line))]
    for found in lines:
        problems += _played(found, states)
    for task in board.tasks:
        expected = states.get(task.id, "todo")
        if task.status != expected:
            problems.append(f"{task.id} is {task.status}, and by its history {expected}")
    return Found(len(lines), tuple(problems))


def _played(line: re.Match[str], states: dict[str, str]) -> list[str]:
    task, event, before, after = line["task"], line["event"], line["before"], line["after"]
    if event == "created":
        states[task] = after
        return [] if (before, after) == ("none", "todo") else [f"no way to begin: {line[0]}"]
    known = states.get(task, "todo")
    states[task] = after
    if before != known:
        return [f"{task} was {known}: {line[0]}"]
    undone = (line["note"] or "").startswith("undone")
    if event == "noted" and after == "none":
        return [] if undone else [f"no way to go: {line[0]}"]
    if event in {"noted", "reassigned"}:
        return [] if before == after else [f"that changes no status: {line[0]}"]
    if undone:
        return []
    sources, target = _MOVES.get(event, ((), ""))
    legal = before in sources and after == target
    return [] if legal else [f"no legal move: {line[0]}"]


def _count(text: str, kept: tuple[str, ...]) -> dict[str, int]:
    lines = Counter(text.split("\n"))
    return {line: lines[line] for line in kept}
