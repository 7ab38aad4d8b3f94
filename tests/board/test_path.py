"""Which moves are believed of what was told of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import later
from todo_tui.board.path import Move, Step, broken_rule, moves_between
from todo_tui.board.task import BLOCKED, CLAIMED, DONE, IN_PROGRESS, TODO

if TYPE_CHECKING:
    from datetime import datetime

CLAIM = Step(TODO, CLAIMED, "bob", "bob", False, later(minutes=10), known=True)
AGAIN = (Move(CLAIMED, TODO), Move(TODO, CLAIMED, CLAIM))


@pytest.mark.parametrize(
    ("since", "moves"),
    [
        (later(minutes=9), AGAIN),
        (later(minutes=10), ()),
        (later(minutes=11), ()),
        (None, ()),
    ],
)
def test_what_a_look_saw_already_is_no_move_after_it(
    since: datetime | None, moves: tuple[Move, ...]
) -> None:
    assert moves_between(CLAIMED, CLAIMED, [CLAIM], since=since) == moves


def test_what_is_known_without_a_time_was_seen_already() -> None:
    undated = CLAIM._replace(at=None)
    assert moves_between(CLAIMED, CLAIMED, [undated], since=later()) == ()


def test_a_known_step_that_begins_where_the_look_was_is_a_move() -> None:
    assert moves_between(TODO, CLAIMED, [CLAIM]) == (Move(TODO, CLAIMED, CLAIM),)


def test_an_entry_that_leads_nowhere_is_not_believed() -> None:
    told = Step(DONE, TODO, "bob", "bob", False, None)
    assert moves_between(TODO, CLAIMED, [told]) == (Move(TODO, CLAIMED),)


def test_of_very_many_steps_the_last_are_believed() -> None:
    there = Step(TODO, CLAIMED, "bob", "bob", False, None)
    back = Step(CLAIMED, TODO, "bob", "bob", False, None)
    moves = moves_between(TODO, TODO, [there, back] * 40)
    assert [move.step for move in moves] == [there, back] * 32


def test_a_task_that_was_taken_was_free_in_between_where_a_way_says_so() -> None:
    release = Step(CLAIMED, TODO, "bob", "bob", False, None)
    claim = Step(TODO, CLAIMED, "eve", "eve", False, None)
    freed = (Move(CLAIMED, TODO, release), Move(TODO, CLAIMED, claim))
    assert moves_between(CLAIMED, CLAIMED, [release, claim], taken=True) == freed
    assert moves_between(CLAIMED, CLAIMED, [], taken=True) == ()


@pytest.mark.parametrize(
    ("here", "there", "rule"),
    [
        (TODO, CLAIMED, None),
        (TODO, IN_PROGRESS, "skipped_claim"),
        (TODO, BLOCKED, None),
        (TODO, DONE, "skipped_work"),
        (CLAIMED, IN_PROGRESS, None),
        (CLAIMED, DONE, "skipped_work"),
        (BLOCKED, DONE, None),
        (IN_PROGRESS, DONE, None),
        (DONE, TODO, "reopened"),
        (DONE, BLOCKED, "reopened"),
        (DONE, "review", None),
        ("review", TODO, "reopened"),
        ("review", CLAIMED, None),
        ("review", "paused", None),
    ],
)
def test_the_rule_of_each_way(here: str, there: str, rule: str | None) -> None:
    assert broken_rule(here, there) == rule
