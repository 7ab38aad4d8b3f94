"""The first minutes: no file, no task, the five lines that come once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import board
from todo_tui.errors import TodoError
from todo_tui.storage.beginning import begin
from todo_tui.storage.remembered import Remembered
from todo_tui.tui.tour import LINES, first_time
from todo_tui.tui.tour import begin as begin_tour

if TYPE_CHECKING:
    from pathlib import Path


def test_the_tour_comes_once(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    assert first_time(Remembered(environ))
    assert not first_time(Remembered(environ))


def test_a_tour_that_cannot_be_remembered_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    assert not first_time(Remembered({"HOME": "/", "XDG_STATE_HOME": str(tmp_path / "state")}))
    assert not first_time(None)


@pytest.mark.parametrize("key", ["q", "escape", "space"])
async def test_a_key_that_closes_things_closes_the_tour_and_no_more(
    tmp_path: Path, key: str
) -> None:
    text = "```yaml\n- TASK_1: One\n  status: todo\n- TASK_2: Two\n  status: todo\n```\n"
    async with desk(board(text)) as it:
        begin_tour(it.app, Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}))
        await it.settle()
        assert "Any key goes on" in it.text
        await it.press(key)
        assert "Any key goes on" not in it.text
        assert "marked" not in it.text
        await it.press("j")
        assert it.selected == "TASK_2"


async def test_any_other_key_does_what_it_does_on_the_board(tmp_path: Path) -> None:
    text = "```yaml\n- TASK_1: One\n  status: todo\n- TASK_2: Two\n  status: todo\n```\n"
    async with desk(board(text)) as it:
        begin_tour(it.app, Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}))
        await it.press("j")
        assert "Any key goes on" not in it.text
        assert it.selected == "TASK_2"


def test_the_tour_has_five_lines_that_fit() -> None:
    assert len(LINES) == 5
    assert all(len(words) <= 68 for _, words in LINES)


def test_a_file_is_made_and_never_overwritten(tmp_path: Path) -> None:
    from tests.tui.desk import NOW

    path = tmp_path / "TODO.md"
    begin(path, NOW)
    made = path.read_text()
    assert "TASK_001" in made
    with pytest.raises(TodoError, match="exists already"):
        begin(path, NOW)
    assert path.read_text() == made


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_a_file_without_tasks_shows_how_to_add_one(size: tuple[int, int]) -> None:
    async with desk(board("# Plan\n"), size) as it:
        assert "adds the first one" in it.text
        await it.press("a")
        assert "a new task" in it.text
        for c in "First":
            await it.pilot.press(c)
        await it.press("ctrl+s")
        assert [task.title for task in it.file.board.tasks] == ["First"]
        assert it.selected == "TASK_001"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24)])
async def test_what_is_seen_but_not_read_is_said_on_a_screen_of_any_size(
    size: tuple[int, int],
) -> None:
    async with desk(board("# Plan\n\n- [ ] one\n- [x] two\n"), size) as it:
        words = " ".join(it.text.split())
        assert "Seen in the file, but of a kind that is not read: 2 checkboxes." in words


async def test_the_example_shows_the_format() -> None:
    async with desk(board("# Plan\n"), (80, 24)) as it:
        assert '- TASK_001: "What is to be done"' in it.text


async def test_a_file_that_is_there_is_not_made() -> None:
    async with desk(board("# Plan\n"), (80, 24)) as it:
        await it.press("i")
        assert "the file is there already" in it.text
