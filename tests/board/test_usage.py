"""Requests that cannot be made at all, and what is said of them."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, ENG, board, refused
from todo_tui.board.request import (
    Actor,
    Add,
    Amend,
    Claim,
    Draft,
    Note,
    Reopen,
    Transition,
)

TODO = ('- TASK_001: "One"', "  status: todo")


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (
            Amend("TASK_001", BOSS, depends_on=("TASK_009",)),
            "no_dependency",
            "there is no task or group TASK_009: todo-tui list shows them all",
        ),
        (
            Amend("TASK_001", BOSS, depends_on=("TASK_002, TASK_003",)),
            "no_dependency",
            "TASK_002, TASK_003 are several ids: give --depends-on once for each",
        ),
        (
            Amend("TASK_001", BOSS, depends_on=("TASK_001",)),
            "cycle",
            "TASK_001 -> TASK_001 would wait for each other: leave one of these dependencies out",
        ),
        (
            Amend("TASK_001", BOSS, depends_on=("TASK_003",)),
            "cycle",
            (
                "TASK_001 -> TASK_003 -> TASK_002 -> TASK_001 would wait for each other: leave"
                " one of these dependencies out"
            ),
        ),
        (
            Add((Draft("x", id="TASK_002"),), BOSS),
            "id_taken",
            "the id TASK_002 is taken: leave it out to get a new one",
        ),
        (
            Add(tuple(Draft("x", depends_on=(name,)) for name in ("@2", "@3", "@1")), BOSS),
            "cycle",
            (
                "TASK_004 -> TASK_005 -> TASK_006 -> TASK_004 would wait for each other: leave one"
                " of these dependencies out"
            ),
        ),
        (
            Add((Draft("x", depends_on=("@3",)),), BOSS),
            "no_dependency",
            "@3 means none of the 1 tasks that are added together",
        ),
        (
            Add((Draft("x", under="EPIC_9"),), BOSS),
            "no_task",
            "there is no group EPIC_9: the file has no groups",
        ),
        (
            Add((Draft("x", id="task 9"),), BOSS),
            "usage",
            (
                '"task 9" cannot be an id here: write capitals and digits with _ or -, such as'
                " TASK_001"
            ),
        ),
        (Add((Draft("  "),), BOSS), "usage", 'a task needs a title: "" is read as none'),
        (Add((), BOSS), "usage", "there is no task to add: give one a title"),
        (
            Add((Draft("x", priority="urgent"),), BOSS),
            "usage",
            '"urgent" is no priority: name one of critical, high, medium, low, or p0 to p3',
        ),
        (
            Amend("TASK_001", BOSS, title="~"),
            "usage",
            'a task needs a title: "~" is read as none',
        ),
        (
            Amend("TASK_001", BOSS, title="ends with #"),
            "usage",
            "the title cannot end in # by itself: a heading would drop it",
        ),
        (
            Amend("TASK_001", BOSS, title="a\nb"),
            "usage",
            "the title must be one line of text, without the character U+000A",
        ),
        (
            Note("TASK_001", ENG, "\x1b[31m"),
            "usage",
            "the note must be one line of text, without the character U+001B",
        ),
        (Note("TASK_001", ENG, ""), "usage", "a note needs a text"),
        (
            Claim("TASK_001", Actor("None")),
            "usage",
            'the name of an agent cannot be "None", which stands for nobody',
        ),
        (
            Claim("TASK_001", Actor("alice (human)")),
            "usage",
            (
                'the session history would be read otherwise than meant: "TASK_001 claimed by alice'
                ' (human) (todo -> claimed)": take " by ", " (human)" or "(a -> b)" out of the name'
            ),
        ),
        (
            Reopen("TASK_001", Actor("", human=True), "x"),
            "usage",
            'the name of a person cannot be "", which stands for nobody',
        ),
    ],
)
def test_requests_that_cannot_be_made(asked: Transition, code: str, message: str) -> None:
    on = board(
        *TODO,
        '- TASK_002: "Two"', "  status: todo", "  dependencies: [TASK_001]",
        '- TASK_003: "Three"', "  status: todo", "  dependencies: [TASK_002]",
    )  # fmt: skip
    error = refused(on, asked)
    assert (error.code, error.message) == (code, message)


def test_a_new_task_that_an_old_one_waits_for_already() -> None:
    on = board(*TODO, "  dependencies: [TASK_050]")
    error = refused(on, Add((Draft("x", id="TASK_050", depends_on=("TASK_001",)),), BOSS))
    assert error.code == "cycle"
    assert error.message == (
        "TASK_050 -> TASK_001 -> TASK_050 would wait for each other: leave one of these"
        " dependencies out"
    )
