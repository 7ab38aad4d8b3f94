"""What is offered while a filter is typed."""

from __future__ import annotations

import pytest

from tests.board.scenes import board, task
from todo_tui.board.query import Query, parse
from todo_tui.board.query_completion import MOST, completion

BOARD = board(
    task("TASK_1", agent="eng-ui", fields=(("tags", "ui, store"),)),
    task("TASK_2", "claimed", by="eng-api@1", fields=(("tags", "ui"),), needs=("TASK_9",)),
    task("TASK_3", "claimed", by="eng-api@2", fields=(("tags", ("two words",)),)),
    task("AUTH-4", "review", agent='odd "name"', needs=("TASK_1",)),
    task("TASK_5", "done", by="design ux"),
    task("TASK_6", "done", by="@claude"),
)

OFFERED = [
    ("|", []),
    ("fix |", []),
    ("@|", ["@eng-api", "@eng-ui", '@"design ux"', "@claude"]),
    ("@e|", ["@eng-api", "@eng-ui"]),
    ("@ENG-U|", ["@eng-ui"]),
    ("-@e|", ["@eng-api", "@eng-ui"]),
    ("fix @e| rest", ["@eng-api", "@eng-ui"]),
    ("@eng-api@|", ["@eng-api@1", "@eng-api@2"]),
    ('@"d|', ['@"design ux"']),
    ('@"d"|', ['@"design ux"']),
    ("@eng-ui|", []),
    ("@odd|", []),
    ("#|", ["#ui", "#store", "#two", "#words"]),
    ("#s|", ["#store"]),
    ("!|", ["!critical", "!high", "!medium", "!low", "!none"]),
    ("!h|", ["!high"]),
    ("is:|", ["is:ready", "is:blocked", "is:stale", "is:mine", "is:faulty", "is:changed"]),
    ("is:r|", ["is:ready"]),
    ("is:r|x", ["is:ready"]),
    ("i|", ["is:"]),
    ("st|atus:", []),
    ("sta|t", ["status:"]),
    ("status:|", ["status:todo", "status:claimed", "status:in_progress", "status:done",
                  "status:review"]),
    ("status:re|", ["status:review"]),
    ("dep:|", ["dep:TASK_9", "dep:TASK_1", "dep:TASK_2", "dep:TASK_3", "dep:AUTH-4", "dep:TASK_5",
               "dep:TASK_6"]),
    ("dep:a|", ["dep:AUTH-4"]),
    ("au|", ["AUTH-4"]),
    ("ag|", ["age>1h", "age>1d", "age<1h", "age<1d"]),
    ("age>|", ["age>1h", "age>1d"]),
    ("task_|", ["TASK_1", "TASK_2", "TASK_3", "TASK_5", "TASK_6"]),
    ('"ta|', []),
    ("fix:|", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), OFFERED)
def test_what_is_offered(line: str, expected: list[str]) -> None:
    cursor = line.index("|")
    text = line.replace("|", "")
    found = completion(text, cursor, BOARD)
    assert list(found.candidates) == expected
    for candidate in expected:
        whole = text[: found.span.start] + candidate + text[found.span.stop :]
        if not candidate.endswith(":"):
            assert isinstance(parse(whole), Query)
    if expected:
        assert found.span.start <= cursor <= found.span.stop


def test_of_many_a_few_are_offered() -> None:
    many = board(*(task(f"T_{n}") for n in range(200)))
    assert len(completion("t_", 2, many).candidates) == MOST
