"""A board arranged again after a change: the same as arranged anew, and no work for the rest."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, ENG, NOW, after, board
from todo_tui.board.arrangement import Arrangement, arrange
from todo_tui.board.matching import Context
from todo_tui.board.memory import Memory, Trace
from todo_tui.board.reading import read
from todo_tui.board.request import Amend, Claim, Finish, Transition
from todo_tui.document.document import Document

LINES = (
    '- TASK_001: "One"',
    "  status: todo",
    '- TASK_002: "Two"',
    "  status: in_progress",
    "  assigned_agent: eng@1",
    '- TASK_003: "Three"',
    "  status: done",
    '  completed_at: "2026-11-20T10:00:00Z"',
    '- TASK_004: "Four"',
    "  status: done",
    '  completed_at: "2026-11-21T10:00:00Z"',
)
HISTORY = "2026-11-22T10:00:00Z: TASK_003 finished by eng@1 (in_progress -> done)"

ARRANGEMENTS = [
    Arrangement(),
    Arrangement(order="priority"),
    Arrangement(order="oldest"),
    Arrangement(lanes="agent"),
    Arrangement(folded=frozenset({"done"})),
]

CHANGES = [
    Claim("TASK_001", ENG),
    Finish("TASK_002", ENG),
    Amend("TASK_003", BOSS, title="Another"),
    Amend("TASK_001", BOSS, priority="critical"),
]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_would_be_made(arrangement: Arrangement, change: Transition) -> None:
    first = board(*LINES, history=HISTORY)
    before = arrange(Context(first, NOW), arrangement)
    context = Context(after(first, change), NOW)
    assert arrange(context, arrangement, before) == arrange(context, arrangement)


def test_a_column_without_a_change_is_kept() -> None:
    first = board(*LINES)
    before = arrange(Context(first, NOW), Arrangement())
    text = "\n".join(("```yaml", *LINES, "```", "")).replace("One", "Another one")
    second = read(Document.decode(text.encode(), first.document), first)
    now = arrange(Context(second, NOW), Arrangement(), before)
    assert [new is old for new, old in zip(now.columns, before.columns, strict=True)] == [
        False,
        True,
        True,
        True,
    ]


def test_what_is_remembered_of_a_task_moves_it_among_the_done() -> None:
    first = board(*LINES)
    before = arrange(Context(first, NOW), Arrangement())
    assert [task.id for task in before.columns[-1].tasks] == ["TASK_004", "TASK_003"]
    memory = Memory({"TASK_003": Trace(entered=NOW)})
    now = arrange(Context(first, NOW, memory=memory), Arrangement(), before)
    assert [task.id for task in now.columns[-1].tasks] == ["TASK_003", "TASK_004"]


def test_of_the_todo_tasks_those_with_dependencies_may_wait() -> None:
    needs = "  dependencies: [TASK_003]"
    first = board(*LINES[:2], *(f"{line}" for line in LINES[2:]), needs, '- TASK_005: "Five"',
                  "  status: todo", needs)  # fmt: skip
    todo, *others = arrange(Context(first, NOW), Arrangement()).columns
    assert todo.dependent == (1,)
    assert all(column.dependent == () for column in others)
