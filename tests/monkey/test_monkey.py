"""A monkey at the board breaks nothing; and its oracle sees what is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.monkey import oracle
from tests.monkey.monkey import Monkey

if TYPE_CHECKING:
    from pathlib import Path


def test_a_monkey_for_a_moment(tmp_path: Path) -> None:
    report = Monkey(tmp_path, seed=3).play(10)
    assert report.problems == [], report.text()
    assert report.keys > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", [11, 12])
def test_a_monkey_for_five_minutes(tmp_path: Path, seed: int) -> None:
    report = Monkey(tmp_path, seed=seed).play(300)
    assert report.problems == [], report.text()


def test_the_file_of_the_beginning_is_well() -> None:
    assert oracle.judge(oracle.BEFORE) == (0, ())


LINE = "- 2026-01-02T00:00:00Z: TASK_006 claimed by x (todo -> claimed)\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("status: todo", "status: done", 1), "by its history"),
        (lambda text: text.replace("Kept: prose after.", ""), "0 times"),
        (lambda text: text.replace("# kept 2\n", "\n").replace("TASK_002:", "TASK_999:"), "gone"),
        (lambda text: text.replace("TASK_002:", "TASK_003:"), "2 times"),
        (lambda text: text + LINE, "by its history claimed"),
        (lambda text: text + LINE.replace("todo -> claimed", "todo -> done"), "no legal move"),
        (lambda text: text + LINE.replace("TASK_006", "TASK_004"), "TASK_004 was in_progress"),
        (lambda text: text.replace("TASK_002:", "TASK_002"), ""),
    ],
)
def test_what_is_broken_is_seen(change: object, words: str) -> None:
    assert callable(change)
    problems = oracle.judge(change(oracle.BEFORE.decode()).encode()).problems
    assert problems
    assert any(words in problem for problem in problems)
