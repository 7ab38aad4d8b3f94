"""A terminal that changes its size while questions lie over one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import board
from todo_tui.storage.configuration import Configuration

if TYPE_CHECKING:
    from tests.tui.desk import Desk

TEXT = "```yaml\n- T-1: One\n  status: todo\n- T-2: Two\n  status: todo\n```\n"


@pytest.mark.parametrize("size", [(120, 30), (60, 20), (80, 40), (120, 24), (40, 12)])
async def test_a_question_over_a_form_follows_the_size(size: tuple[int, int]) -> None:
    async with desk(board(TEXT), (80, 24)) as it:
        await it.press("a", "x", "escape")
        assert "throw away what you typed?" in it.text
        await it.pilot.resize_terminal(*size)
        await it.settle()
        assert "throw away what you typed?" in it.text
        assert all(len(row) <= size[0] for row in it.rows)
        await it.press("y")
        assert "a new task" not in it.text
        assert "T-1" in it.text


MANY = Configuration(filters={f"name{number}": f"word{number}" for number in range(1, 15)})


@pytest.mark.parametrize(
    ("keys", "last", "said"),
    [
        ("apostrophe end", "name14", "show what meets"),
        ("ctrl+p up", "back; on the board: leave", "Enter do it  Esc give up"),
        ("T end", "tokyo-night", "Enter keep  Esc as before"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_all_that_can_be_chosen_comes_into_sight_with_its_keys(
    size: tuple[int, int], keys: str, last: str, said: str
) -> None:
    async with desk(board(TEXT), (120, 36), settings=MANY) as it:
        await it.press(keys.split()[0])
        await it.pilot.resize_terminal(*size)
        await it.settle()
        await it.press(keys.split()[1])
        assert last in it.text
        assert said in it.text


@pytest.mark.parametrize(
    "keys",
    [
        ("comma",),
        ("full_stop",),
        ("apostrophe",),
        ("C",),
        ("colon",),
        ("ctrl+p",),
        ("T",),
        ("D",),
        ("e",),
        ("a", "x", "escape"),
        ("question_mark",),
        ("A",),
        ("L",),
        ("f",),
        ("slash",),
    ],
    ids=" ".join,
)
async def test_what_lies_below_is_as_if_it_had_always_been_of_that_size(
    keys: tuple[str, ...],
) -> None:
    async def left(it: Desk) -> list[str]:
        await it.press("escape", "escape", "escape")
        if "throw away" in it.text:
            await it.press("y")
        return it.rows

    for size in ((120, 30), (60, 20)):
        async with desk(board(TEXT), (80, 24)) as it:
            await it.press(*keys)
            await it.pilot.resize_terminal(*size)
            await it.settle()
            resized = it.rows
            found = await left(it)
        async with desk(board(TEXT), size) as it:
            await it.press(*keys)
            assert it.rows == resized
            assert await left(it) == found
