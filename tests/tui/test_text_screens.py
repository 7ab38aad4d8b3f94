"""What the screens look like, cell by cell. UPDATE_GOLDENS=1 writes what they look like now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import board, shop, shop_with_faults
from tests.tui.stories import stolen, while_away
from todo_tui.shown import width

GOLDENS = Path(__file__).parent / "goldens"
SIZES = [(40, 12), (60, 20), (80, 24), (120, 36), (200, 50)]
SCENES = {
    "board": (shop, []),
    "compact": (shop, ["z", "z", "j"]),
    "roomy": (shop_with_faults, ["z", "5"]),
    "progress": (shop, ["l", "l"]),
    "done": (shop, ["4", "G"]),
    "detail": (shop, ["3", "enter"]),
    "help": (shop, ["question_mark"]),
    "more": (shop_with_faults, ["6"]),
    "faults": (shop_with_faults, ["f", "j"]),
    "filter": (shop, ["slash", *"the @eng"]),
    "filtered": (shop, ["slash", *"!high", "enter"]),
    "lanes": (shop, ["full_stop", "a", "j"]),
    "away": (shop, ["2", "minus", "1"]),
    "order": (shop, ["comma"]),
    "marked": (shop, ["v", "j", "j"]),
    "rest": (shop, ["space", "space", "2", "space", "s"]),
    "refused": (shop, ["d"]),
    "reason": (shop, ["3", "r"]),
    "empty": (lambda: board("# Plan\n\n- [ ] one\n- [ ] two\n"), []),
}

SUPERVISED = {
    "activity": ["L"],
    "activity-focused": ["L", "tab", "j", "j"],
    "agents": ["A"],
    "agents-second": ["A", "j"],
}


@pytest.mark.parametrize("size", [*SIZES, (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SUPERVISED)
async def test_supervision(scene: str, size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        await while_away(it)
        await it.press(*SUPERVISED[scene])
        it.clock.advance(2)
        await it.settle()
        check(scene, size, it.rows)


ATTENDED = {
    "attention": ["3"],
    "attention-walk": ["exclamation_mark"],
    "attention-diff": ["exclamation_mark", "x"],
}


@pytest.mark.parametrize(
    "size", [(40, 12), (80, 24), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}"
)
@pytest.mark.parametrize("scene", ATTENDED)
async def test_attention(scene: str, size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        await stolen(it)
        it.clock.advance(2)
        await it.settle()
        await it.press(*ATTENDED[scene])
        check(scene, size, it.rows)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_screen(scene: str, size: tuple[int, int]) -> None:
    make, keys = SCENES[scene]
    async with desk(make(), size) as it:
        await it.press(*keys)
        rows = it.rows
    check(scene, size, rows)


def check(scene: str, size: tuple[int, int], rows: list[str]) -> None:
    assert len(rows) == size[1]
    assert all(width(row) <= size[0] for row in rows)
    golden = GOLDENS / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8").split("\n")[:-1] == rows
