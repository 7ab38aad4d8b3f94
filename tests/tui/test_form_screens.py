"""What forms, choices and the first lines look like, cell by cell, at three sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screenshots import meanwhile
from tests.tui.desk import desk
from tests.tui.scenes import board, shop
from tests.tui.test_text_screens import check
from todo_tui.tui.tour import Tour

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board

SIZES = [(40, 12), (80, 24), (200, 50)]
SCENES: dict[str, tuple[Callable[[], Board], list[str]]] = {
    "form-add": (shop, ["j", "a"]),
    "form-edit": (shop, ["3", "e", *["tab"] * 3]),
    "form-wrong": (shop, ["a", *"New", "tab", "tab", *"urg", "tab", "tab", *"TASK_099"]),
    "form-leave": (shop, ["e", "x", "escape"]),
    "dependencies": (shop, ["3", "D", "space", *"pri"]),
    "detail-place": (shop, ["3", "enter", "tab", "l", "l"]),
    "no-task": (lambda: board("# Plan\n"), []),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_screen(scene: str, size: tuple[int, int]) -> None:
    make, keys = SCENES[scene]
    async with desk(make(), size) as it:
        await it.press(*keys)
        check(scene, size, it.rows)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_conflict(size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        await meanwhile(it)
        check("form-conflict", size, it.rows)
        await it.press("ctrl+t")
        check("conflict", size, it.rows)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_tour(size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        it.app.push_screen(Tour())
        await it.settle()
        check("tour", size, it.rows)
