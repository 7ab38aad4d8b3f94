"""The criteria of a task as its file has them, and what ticking one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board import scenes
from tests.board.words import ENG, NOW, after, board, lines, refused
from todo_tui.board.criteria import Criterion, criteria
from todo_tui.board.request import Tick
from todo_tui.board.transition import apply
from todo_tui.document.entry import Mapping

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

PLACE = 4


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        ((), []),
        ("all of it", [("all of it", False, False, 0)]),
        ("- [x] one\n\n* two\n  [ ] three",
         [("one", True, True, 0), ("two", False, False, 2), ("three", False, True, 3)]),
        (("[X] one", "", "[y] two", "[x]three", "+ [x] four", "[ ]"),
         [("one", True, True, 0), ("[y] two", False, False, 2), ("[x]three", False, False, 3),
          ("four", True, True, 4), ("", False, True, 5)]),
        ((("one", "two"), "three"), [("one, two", False, False, -1), ("three", False, False, 1)]),
        (Mapping((("one", "two"),)), [("one: two", False, False, -1)]),
        (Mapping(()), []),
    ],
)  # fmt: skip
def test_what_the_criteria_are(value: Value, found: list[tuple[str, bool, bool, int]]) -> None:
    one = scenes.task("T1", fields=(("notes", "[x] no criterion"), ("Checklist", value)))
    rows = [Criterion(text, done, boxed, PLACE, row) for text, done, boxed, row in found]
    assert list(criteria(one)) == rows


ITEM = ('- T-1: "x"', "  status: todo", "  criteria:")


@pytest.mark.parametrize(
    ("source", "text", "done", "ticked"),
    [
        ('"[ ] one"', "one", True, '"[x] one"'),
        ('"[x] one"', "one", False, '"[ ] one"'),
        ("one", "one", True, '"[x] one"'),
    ],
)
def test_ticking_writes_the_mark_alone(source: str, text: str, done: bool, ticked: str) -> None:
    on = board(*ITEM, f"    - {source}", '    - "[ ] two"')
    found = after(on, Tick("T-1", ENG, 0, text, done))
    assert [line.strip() for line in lines(found)[3:]] == [f"- {ticked}", '- "[ ] two"']


def test_what_is_ticked_already_is_not_written() -> None:
    on = board(*ITEM, '    - "[x] one"', "    - two")
    assert not apply(on, Tick("T-1", ENG, 0, "one", True), NOW).changed
    assert not apply(on, Tick("T-1", ENG, 1, "two", False), NOW).changed


@pytest.mark.parametrize(("at", "text"), [(-1, "two"), (0, "two"), (1, "one"), (2, "two")])
def test_a_criterion_that_is_not_there_is_not_ticked(at: int, text: str) -> None:
    on = board(*ITEM, "    - one", "    - two")
    assert refused(on, Tick("T-1", ENG, at, text, True)).code == "changed"


def test_a_criterion_of_several_values_is_not_ticked() -> None:
    on = board(*ITEM, "    - one: two")
    assert refused(on, Tick("T-1", ENG, 0, "one: two", True)).code == "usage"
