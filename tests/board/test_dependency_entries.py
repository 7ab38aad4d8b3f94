"""Dependencies that are given anew: entries that stay keep what is written beside their id."""

from __future__ import annotations

import pytest

from tests.board.words import BOSS, after, board, lines
from todo_tui.board.request import Amend

OTHERS = tuple(
    line for n in (2, 3, 4) for line in (f'- TASK_00{n}: "x"', "  status: todo", "  priority: low")
)
LIST = (
    "  dependencies:",
    "    - TASK_002 (must exist first)   # since it is the base",
    "    # the shop needs it",
    "    - TASK_003  # and so do we",
)


def amended(written: tuple[str, ...], *names: str) -> list[str]:
    """The lines of the field, written as ``written``, after it was given ``names``."""
    on = board('- TASK_001: "One"', "  status: todo", *written, *OTHERS)
    found = lines(after(on, Amend("TASK_001", BOSS, depends_on=names)))
    return found[2 : len(found) - len(OTHERS)]


@pytest.mark.parametrize(
    "written",
    [
        LIST,
        ("  dependencies: TASK_002 (must exist first), TASK_003",),
        ("  dependencies: [ TASK_002 (must exist first),TASK_003 ] # so",),
        ("  dependencies: {TASK_002: done, TASK_003: soon}",),
        ("  dependencies: [{id: TASK_002, why: it is the base}, TASK_003]",),
        ("  depends_on: [TASK_002, # base", "    TASK_003]"),
    ],
)
def test_the_same_dependencies_are_no_change(written: tuple[str, ...]) -> None:
    assert amended(written, "TASK_002", "TASK_003") == list(written)
    titled = board('- TASK_001: "One"', "  status: todo", *written, *OTHERS)
    asked = Amend("TASK_001", BOSS, title="Two", depends_on=("TASK_002", "TASK_003"))
    assert lines(after(titled, asked))[2 : 2 + len(written)] == list(written)


def test_an_entry_that_stays_keeps_its_lines() -> None:
    more = amended(LIST, "TASK_002", "TASK_003", "TASK_004")
    assert more == [*LIST, "    - TASK_004"]
    assert amended(LIST, "TASK_002") == [*LIST[:2]]
    assert amended(LIST, "TASK_003") == [LIST[0], *LIST[2:]]
    assert amended(LIST, "TASK_003", "TASK_002") == [LIST[0], *LIST[2:], LIST[1]]


def test_an_entry_that_stays_keeps_its_words_in_a_list_on_one_line() -> None:
    written = ("  dependencies: [TASK_002 (must exist first), TASK_003]",)
    assert amended(written, "TASK_002", "TASK_004") == [
        "  dependencies: [TASK_002 (must exist first), TASK_004]"
    ]


def test_a_name_that_is_not_read_does_not_stay() -> None:
    written = ("  dependencies: TASK_002 and TASK_003",)
    assert amended(written, "TASK_002") == ["  dependencies: [TASK_002]"]
    written = ("  dependencies: [TASK_002 and TASK_003, TASK_004]",)
    assert amended(written, "TASK_002", "TASK_004") == ["  dependencies: [TASK_002, TASK_004]"]
