"""How large the panels are: made so by keys and by the mouse, kept, and remembered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import Desk, desk
from tests.tui.scenes import shop
from tests.tui.test_drag import mouse
from todo_tui.storage.remembered import Remembered

if TYPE_CHECKING:
    from pathlib import Path


def width(it: Desk) -> int:
    """The cells of what stands at the right of the board, as its last row has them."""
    return it.app.size.width - it.body[4].rindex("│") - 1


def height(it: Desk) -> int:
    """The rows of what stands below the board."""
    return len(it.rows) - 1 - next(at for at, row in enumerate(it.rows) if "activity  " in row)


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")})


async def test_keys_make_a_panel_larger_and_smaller(remembered: Remembered) -> None:
    async with desk(shop(), (80, 24), remembered=remembered) as it:
        await it.press("1")  # the first minutes are over
        await it.press("L")
        assert height(it) == 8
        await it.press("plus", "plus")
        assert height(it) == 10
        await it.press("underscore")
        assert height(it) == 9
        await it.press("L")
        assert "activity  " not in it.text
        await it.press("L")
        assert height(it) == 9
    assert remembered.word("panel.below") == "9"
    async with desk(shop(), (80, 24), remembered=remembered) as it:
        await it.press("L")
        assert height(it) == 9
    async with desk(shop(), (80, 20), remembered=remembered) as it:
        await it.press("L")
        assert height(it) == 8


async def test_each_panel_at_the_right_has_its_own_width(remembered: Remembered) -> None:
    async with desk(shop(), (200, 50), remembered=remembered) as it:
        await it.press("enter", "equals_sign")
        assert width(it) == 92
        await it.press("L", "underscore")
        assert width(it) == 52
        await it.press("L")
        assert width(it) == 92
    assert (remembered.word("panel.detail"), remembered.word("panel.activity")) == ("92", "52")


async def test_no_panel_takes_all_the_room_or_gives_up_all_of_its_own() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("plus")
        assert "no panel is open: L opens the activity" in it.foot
        await it.press("L", *["plus"] * 5)
        assert "cannot be larger" in it.foot
        assert height(it) == 12
        await it.press(*["underscore"] * 9)
        assert "cannot be smaller" in it.foot
        assert height(it) == 4
    async with desk(shop(), (150, 30)) as it:
        await it.press("L", *["plus"] * 10)
        assert width(it) == 90
        await it.press(*["underscore"] * 16)
        assert width(it) == 30


async def test_the_edge_at_the_side_is_dragged(remembered: Remembered) -> None:
    async with desk(shop(), (200, 50), remembered=remembered) as it:
        await it.press("L")
        edge = 200 - width(it) - 1
        await mouse(it, "down", edge, 20)
        await mouse(it, "move", edge - 14, 21)
        assert width(it) == 70
        assert remembered.word("panel.activity") is None
        await mouse(it, "up", edge - 14, 21)
        assert width(it) == 70
        await mouse(it, "move", 20, 20)
        assert width(it) == 70
    assert remembered.word("panel.activity") == "70"


async def test_the_head_of_what_is_below_is_dragged(remembered: Remembered) -> None:
    async with desk(shop(), (80, 24), remembered=remembered) as it:
        await it.press("L")
        await mouse(it, "down", 40, 15)
        await mouse(it, "move", 42, 12)
        assert height(it) == 11
        await mouse(it, "up", 42, 12)
    assert remembered.word("panel.below") == "11"


async def test_escape_puts_the_edge_back() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L")
        await mouse(it, "down", 40, 15)
        await mouse(it, "move", 42, 12)
        await it.press("escape")
        assert height(it) == 8
        await mouse(it, "move", 42, 10)
        assert height(it) == 8


@pytest.mark.parametrize("word", ["", "-3", "many", "99999", "²"])
async def test_a_size_that_nobody_can_have_made_is_none(remembered: Remembered, word: str) -> None:
    remembered.remember("tour", "shown")
    remembered.remember("panel.below", word)
    async with desk(shop(), (80, 24), remembered=remembered) as it:
        await it.press("L")
        assert height(it) == 8


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_what_cannot_be_remembered_is_said(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o500)
    kept = Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(state)})
    async with desk(shop(), (80, 24), remembered=kept) as it:
        await it.press("L", "plus")
        assert height(it) == 9
        assert "✗" in it.foot
