"""Errors as JSON, as words and as exit codes; who acts."""

from __future__ import annotations

import pytest

from todo_tui.board.transition import Actor
from todo_tui.cli.actor import actor
from todo_tui.cli.excerpt import excerpt_lines
from todo_tui.cli.exit_code import exit_code
from todo_tui.cli.output import error_body, error_lines
from todo_tui.errors import Code, Location, Place, TodoError
from todo_tui.static import get_args

FULL = TodoError(
    "ambiguous",
    "what happened",
    task="TASK_001",
    status="todo",
    holder="eng",
    since="2026-11-22T12:33:00Z",
    by="alice",
    reason="lunch",
    legal=("todo-tui show TASK_001#c4",),
    places=(Place("TASK_001#c4", 7, "One"),),
    counts={"done": 12},
    location=Location(3, 5, "abc: def"),
)


def test_an_error_as_json_has_all_that_applies() -> None:
    assert error_body(FULL) == {
        "code": "ambiguous",
        "message": "what happened",
        "task": "TASK_001",
        "status": "todo",
        "holder": "eng",
        "since": "2026-11-22T12:33:00Z",
        "by": "alice",
        "reason": "lunch",
        "line": 3,
        "column": 5,
        "legal": ["todo-tui show TASK_001#c4"],
        "places": [{"ref": "TASK_001#c4", "line": 7, "title": "One"}],
        "counts": {"done": 12},
    }
    assert error_body(TodoError("disk", "full")) == {"code": "disk", "message": "full"}


def test_an_error_for_people_shows_the_place_and_what_is_legal() -> None:
    assert error_lines(FULL) == [
        "todo-tui: what happened",
        "    3 | abc: def",
        "      |     ^",
        "  TASK_001#c4  line 7  One",
        "next:",
        "  todo-tui show TASK_001#c4",
    ]


@pytest.mark.parametrize(
    ("source", "column", "lines"),
    [
        ("ab", 1, ["    7 | ab", "      | ^"]),
        ("ab", 3, ["    7 | ab", "      |   ^"]),
        ("\t中b", 3, ["    7 |  中b", "      |    ^"]),
        ("\x1b\u200d!", 3, ["    7 | ␛!", "      |  ^"]),
        ("a" * 100 + "!" + "b" * 100, 101,
         ["    7 | …" + "a" * 60 + "!" + "b" * 59 + "…", "      |  " + " " * 60 + "^"]),
    ],
)  # fmt: skip
def test_the_caret_stands_below_its_character(source: str, column: int, lines: list[str]) -> None:
    assert excerpt_lines(Location(7, column, source)) == lines


def test_every_code_has_its_exit_code() -> None:
    assert {code: exit_code(code) for code in get_args(Code)} == {
        "usage": 2,
        "no_file": 3, "no_task": 3, "no_dependency": 3,
        "ambiguous": 4, "illegal": 4, "already_claimed": 4, "not_holder": 4,
        "assigned_to_other": 4, "not_ready": 4, "released": 4, "reassigned": 4, "id_taken": 4,
        "cycle": 4, "needs_reason": 4, "needs_supervisor": 4, "changed": 4,
        "conflict": 5, "not_text": 5,
        "locked": 6,
        "disk": 7,
        "nothing": 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("agent", "person", "environ", "expected"),
    [
        (None, None, {}, None),
        (None, None, {"TODO_TUI_AGENT": ""}, None),
        (None, None, {"TODO_TUI_SESSION": "7f"}, None),
        (None, None, {"TODO_TUI_AGENT": "a"}, Actor("a")),
        (None, None, {"TODO_TUI_AGENT": "a", "TODO_TUI_SESSION": "7f"}, Actor("a@7f")),
        (None, None, {"TODO_TUI_AGENT": "a@1", "TODO_TUI_SESSION": "7f"}, Actor("a@1")),
        ("b", None, {"TODO_TUI_AGENT": "a", "TODO_TUI_SESSION": "7f"}, Actor("b@7f")),
        ("b@1", None, {"TODO_TUI_SESSION": "7f"}, Actor("b@1")),
        (None, "p", {"TODO_TUI_AGENT": "a"}, Actor("p", human=True)),
        ("b", "p", {"TODO_TUI_SESSION": "7f"}, Actor("p", human=True, for_agent="b")),
    ],
)
def test_who_acts(
    agent: str | None, person: str | None, environ: dict[str, str], expected: Actor | None
) -> None:
    assert actor(agent, person, environ) == expected
