"""A board that is opened again looks as it was left, but for its filter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tui.desk import desk, task
from tests.tui.test_sight import TASKS, order
from todo_tui.board.arrangement import Arrangement
from todo_tui.storage.remembered import Remembered
from todo_tui.tui.as_left import Left, left_of, words_of
from todo_tui.tui.card import Density

FILE = Path("/shop/TODO.md")


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    known = Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)})
    known.remember("tour", "shown")
    return known


def state(tmp_path: Path) -> Any:
    return json.loads((tmp_path / "todo-tui" / "state.json").read_text())


@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        (("comma", "p"), "the order"),
        (("full_stop", "a"), "swimlanes"),
        (("4", "minus"), "put away"),
        (("z",), "density"),
    ],
)
async def test_a_board_is_opened_as_it_was_left(
    remembered: Remembered, keys: tuple[str, ...], seen: str
) -> None:
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        usual = it.text
        await it.press(*keys, "1", "g")
        left = it.text
        assert left != usual, seen
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        await it.press("1", "g")
        assert it.text == left


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_an_order_that_was_left_is_said_below_the_head_of_the_column(
    remembered: Remembered, size: tuple[int, int]
) -> None:
    async with desk(TASKS, size, remembered=remembered, path=FILE) as it:
        usual = it.body[2]
        await it.press("comma", "n")
        assert "━ newest first ━" in it.body[2]
    async with desk(TASKS, size, remembered=remembered, path=FILE) as it:
        assert "━ newest first ━" in it.body[2]
        assert len(it.body[2]) == len(usual)
        await it.press("comma", "f")
        assert it.body[2] == usual


async def test_each_file_is_remembered_by_itself(remembered: Remembered) -> None:
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        await it.press("comma", "p")
        assert order(it.text, "A-1", "A-2") == ["A-2", "A-1"]
    async with desk(TASKS, remembered=remembered, path=Path("/garden/TODO.md")) as it:
        assert order(it.text, "A-1", "A-2") == ["A-1", "A-2"]


async def test_what_is_as_usual_again_is_remembered_no_longer(
    remembered: Remembered, tmp_path: Path
) -> None:
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        await it.press("comma", "p", "full_stop", "a")
        assert state(tmp_path)["left"] == {str(FILE): {"order": "priority", "lanes": "agent"}}
        await it.press("comma", "f", "full_stop", "n")
        assert state(tmp_path)["left"] == {}


async def test_a_filter_is_not_remembered(remembered: Remembered, tmp_path: Path) -> None:
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        await it.press("slash", *"eng", "enter", "m")
        assert "A-3" not in it.text
    assert "left" not in state(tmp_path)
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        assert "A-3" in it.text


async def test_a_state_that_cannot_be_kept_is_said_once(tmp_path: Path) -> None:
    remembered = Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "x")})
    remembered.remember("tour", "shown")
    async with desk(TASKS, remembered=remembered, path=FILE) as it:
        (tmp_path / "x" / "todo-tui" / "state.json").unlink()
        (tmp_path / "x" / "todo-tui").rmdir()
        (tmp_path / "x" / "todo-tui").write_text("in the way")
        await it.press("z")
        assert "state.json" in it.text
        await it.press("j", "z")
        assert "state.json" not in it.text


async def test_a_column_that_is_gone_was_put_away(remembered: Remembered) -> None:
    remembered.remember_left(FILE, {"folded": ["review", "done"], "order": "newest"})
    async with desk([task("A-1")], remembered=remembered, path=FILE) as it:
        assert "A-1" in it.text


@pytest.mark.parametrize(
    "left",
    [
        Left(),
        Left(Arrangement(order="oldest", lanes="group"), Density.ROOMY),
        Left(Arrangement(folded=frozenset({"done", "in review"})), Density.COMPACT),
    ],
)
def test_what_is_remembered_is_what_was_left(left: Left) -> None:
    assert left_of(json.loads(json.dumps(words_of(left)))) == left


@pytest.mark.parametrize(
    "words",
    [
        {"order": "upside down", "lanes": 1, "folded": "done", "density": None},
        {"order": ["file"], "lanes": {}, "folded": [1, None, {}], "density": 3},
        {"folded": {"a": 1}, "density": ["compact"], "other": True},
    ],
)
def test_what_cannot_be_is_as_usual(words: dict[str, object]) -> None:
    assert left_of(words) == Left()
