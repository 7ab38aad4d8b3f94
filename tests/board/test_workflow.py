"""Every cell of the workflow: verb, status, and who asks."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, DEPUTY, ENG, NOW, OTHER, board, refused
from todo_tui.board import workflow
from todo_tui.board.request import (
    Actor,
    Block,
    Claim,
    Finish,
    Release,
    Reopen,
    Start,
    Transition,
    Unblock,
)
from todo_tui.board.transition import apply
from todo_tui.errors import TodoError

STATUSES = ("todo", "claimed", "in_progress", "blocked", "done", "review")
ACTORS = {"holder": ENG, "other": OTHER, "supervisor": BOSS, "for the holder": DEPUTY}

ILLEGAL = ("illegal",) * 4
FOREIGN = ("illegal", "not_holder", "illegal", "illegal")
TAKEN = ("already_claimed",) * 4
HOLDERS = ("ok", "not_holder", "ok", "ok")

CELLS = {
    "claim": (
        ("ok", "assigned_to_other", "ok", "ok"),
        ("same", "already_claimed", "already_claimed", "same"),
        TAKEN,
        TAKEN,
        ILLEGAL,
        ILLEGAL,
    ),
    "start": (
        ILLEGAL,
        HOLDERS,
        ("same", "not_holder", "illegal", "same"),
        FOREIGN,
        ILLEGAL,
        ILLEGAL,
    ),
    "done": (
        ILLEGAL,
        FOREIGN,
        HOLDERS,
        FOREIGN,
        ("same", "illegal", "illegal", "same"),
        ILLEGAL,
    ),
    "release": (ILLEGAL, HOLDERS, HOLDERS, FOREIGN, ILLEGAL, ILLEGAL),
    "block": (ILLEGAL, HOLDERS, HOLDERS, FOREIGN, ILLEGAL, ILLEGAL),
    "unblock": (ILLEGAL, FOREIGN, FOREIGN, HOLDERS, ILLEGAL, ILLEGAL),
    "reopen": (
        ILLEGAL,
        ILLEGAL,
        ILLEGAL,
        ILLEGAL,
        ("needs_supervisor", "needs_supervisor", "ok", "needs_supervisor"),
        ("needs_supervisor", "needs_supervisor", "ok", "needs_supervisor"),
    ),
}
TARGETS = {
    "claim": "claimed",
    "start": "in_progress",
    "done": "done",
    "release": "todo",
    "block": "blocked",
    "unblock": "todo",
    "reopen": "todo",
}


def transition(verb: str, by: Actor) -> Transition:
    """The request for a verb, with a reason wherever one can be given."""
    match verb:
        case "claim":
            return Claim("TASK_001", by)
        case "start":
            return Start("TASK_001", by)
        case "done":
            return Finish("TASK_001", by, "a note")
        case "release":
            return Release("TASK_001", by, "why")
        case "block":
            return Block("TASK_001", by, "why")
        case "unblock":
            return Unblock("TASK_001", by, "why")
        case _:
            return Reopen("TASK_001", by, "why")


CASES = [
    (verb, status, who, cells[row][column])
    for verb, cells in CELLS.items()
    for row, status in enumerate(STATUSES)
    for column, who in enumerate(ACTORS)
]


@pytest.mark.parametrize(("verb", "status", "who", "expected"), CASES)
def test_cell(verb: str, status: str, who: str, expected: str) -> None:
    on = board(
        '- TASK_001: "One"',
        "  assigned_agent: eng",
        f"  status: {status}",
        "  claimed_by:" + (" eng@1" if status not in ("todo", "review") else ""),
    )
    asked = transition(verb, ACTORS[who])
    if expected not in ("ok", "same"):
        error = refused(on, asked)
        assert (error.code, error.task, error.status) == (expected, "TASK_001", status)
        assert error.legal
        return
    outcome = apply(on, asked, NOW)
    assert ("ok" if outcome.changed else "same") == expected
    (task,) = outcome.tasks
    assert task.status == (TARGETS[verb] if outcome.changed else status)
    assert len(outcome.entries) == (1 if outcome.changed else 0)
    assert outcome.board.tasks == outcome.tasks


@pytest.mark.parametrize("status", STATUSES)
def test_legal_commands_are_accepted(status: str) -> None:
    on = board(
        '- TASK_001: "One"',
        "  assigned_agent: eng",
        f"  status: {status}",
        "  claimed_by:" + (" eng@1" if status not in ("todo", "review") else ""),
    )
    for by in ACTORS.values():
        for verb in CELLS:
            try:
                apply(on, transition(verb, by), NOW)
            except TodoError as error:
                for command in error.legal:
                    program, word, *rest = command.split()
                    assert program == "todo-tui"
                    if word in CELLS and rest[0] == "TASK_001":
                        assert apply(on, transition(word, by), NOW).changed


def test_the_table_names_each_verb_once_and_only_statuses_of_the_workflow() -> None:
    assert [row.verb for row in workflow.STEPS] == list(CELLS)
    for row in workflow.STEPS:
        assert {*row.sources, row.target} <= set(workflow.STATUSES)


@pytest.mark.parametrize(
    ("status", "target", "path"),
    [
        ("todo", "done", ("claim", "start", "done")),
        ("todo", "todo", ()),
        ("claimed", "done", ("start", "done")),
        ("blocked", "in_progress", ("unblock", "claim", "start")),
        ("done", "in_progress", ("reopen", "claim", "start")),
        ("review", "done", ("reopen", "claim", "start", "done")),
        ("in_progress", "claimed", ("release", "claim")),
        ("todo", "review", ()),
    ],
)
def test_path(status: str, target: str, path: tuple[str, ...]) -> None:
    assert workflow.path(status, target) == path


def test_the_verbs_of_a_status_outside_the_workflow() -> None:
    assert workflow.legal("review") == ("reopen",)
    assert workflow.legal("claimed") == ("start", "release", "block")
    assert workflow.step("start", "todo") is None
