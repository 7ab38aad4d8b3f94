"""Several files as tabs: their counts and marks, going from one to another, each with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python
from tests.tui.desk import desk, replace_tasks, task
from todo_tui.board.board import board_of
from todo_tui.errors import TodoError
from todo_tui.storage.remembered import Remembered

if TYPE_CHECKING:
    from pathlib import Path

SHOP = [task("S-1"), task("S-2"), task("S-3", status="done")]
API = board_of([task("A-1"), task("A-2", status="in_progress", agent="eng")])
DOCS = board_of([task("D-1", status="done")])
BESIDE = {"api/TODO.md": API, "docs/plan.md": DOCS}


async def test_each_file_has_a_tab_with_what_is_open_in_it() -> None:
    async with desk(SHOP, beside=BESIDE) as it:
        assert it.rows[0].startswith(" [shop 2]  api 2")
        assert "docs/plan.md 0" in it.rows[0]
        assert it.rows[0].endswith("● live")
        assert it.selected == "S-1"


async def test_keys_go_from_one_to_the_next_and_each_keeps_its_place() -> None:
    async with desk(SHOP, beside=BESIDE) as it:
        await it.press("j", "right_square_bracket")
        assert "[api 2]" in it.rows[0]
        assert it.selected == "A-1"
        await it.press("l", "l", "left_square_bracket")
        assert "[shop 2]" in it.rows[0]
        assert it.selected == "S-2"
        await it.press("left_square_bracket")
        assert "[docs/plan.md 0]" in it.rows[0]
        await it.press("right_square_bracket", "right_square_bracket")
        assert it.selected == "A-2"


async def test_a_key_writes_the_file_that_is_in_front() -> None:
    async with desk(SHOP, beside=BESIDE) as it:
        await it.press("right_square_bracket", "c")
        assert it.file.commits == []
        assert len(it.others["api/TODO.md"].commits) == 1
        assert "[api 2]" in it.rows[0]
        await it.press("left_square_bracket", "c")
        assert len(it.file.commits) == 1


async def test_a_change_of_a_file_behind_is_in_its_tab_and_there_when_it_comes_to_the_front() -> (
    None
):
    async with desk(SHOP, beside=BESIDE) as it:
        more = replace_tasks(API, [*API.tasks, task("A-3"), task("A-4")])
        it.others["api/TODO.md"].put(more)
        await it.settle()
        assert "api 4" in it.rows[0]
        assert "A-3" not in it.text
        await it.press("right_square_bracket")
        assert "A-3" in it.text


async def test_what_needs_a_person_is_marked_on_the_tab() -> None:
    held = board_of([task("A-1", status="blocked", holder="eng", blocker_reason="the bank")])
    async with desk(SHOP, beside={"api/TODO.md": held}) as it:
        assert "api 1 ⊘1" in it.rows[0]
        it.others["api/TODO.md"].put(TodoError("disk", "the disk is on fire"))
        await it.settle()
        assert "api 1 ✗" in it.rows[0]
        assert "live" in it.rows[0]


async def test_a_tab_is_clicked() -> None:
    async with desk(SHOP, beside=BESIDE) as it:
        await it.pilot.click(offset=(it.rows[0].index("api"), 0))
        await it.settle()
        assert "[api 2]" in it.rows[0]


async def test_screens_over_a_board_stay_with_it() -> None:
    async with desk(SHOP, beside=BESIDE) as it:
        await it.press("enter", "right_square_bracket")
        assert it.selected == "A-1"
        await it.press("left_square_bracket")
        assert "Title of S-1" in it.body[1]
        await it.press("q")
        assert it.selected == "S-1"


async def test_where_there_is_little_room_the_others_are_numbers() -> None:
    more = {**BESIDE, "the website/TODO.md": API}
    async with desk(SHOP, (40, 12), beside=more) as it:
        assert it.rows[0].startswith(" [shop 2] 2 3  the website 2 ")
        await it.press("left_square_bracket")
        assert "[the website 2]" in it.rows[0]
        assert "live" in it.rows[0]


async def test_with_one_file_there_are_no_tabs() -> None:
    async with desk(SHOP) as it:
        assert "shop/TODO.md" in it.rows[0]
        await it.press("right_square_bracket")
        assert "only one file is open" in it.text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("", "a", "b"):
        place = tmp_path / "work" / name
        place.mkdir(exist_ok=True, parents=True)
        text = f'```yaml\n- TASK_{name or "HERE"}1: "In {name}"\n  status: todo\n```\n'.upper()
        text = text.replace("YAML", "yaml").replace("STATUS: TODO", "status: todo")
        (place / "TODO.md").write_text(text, encoding="utf-8")
    return tmp_path / "work"


def test_the_files_that_were_named_are_opened_again_from_there(
    folder: Path, tmp_path: Path
) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path / "state")}
    remembered = Remembered({"HOME": "/", **environ})
    remembered.remember("tour", "shown")  # nothing lies over the board

    def opened(*names: str) -> Terminal:
        return Terminal(python("-m", "todo_tui", *names), directory=folder, environ=environ)

    with opened() as terminal:
        terminal.wait_for("▌TASK_HERE1")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert remembered.boards(folder) == ()
    with opened("a/TODO.md", "b") as terminal:
        terminal.wait_for("[a 1]  b 1")
        terminal.press("]")
        terminal.wait_for("▌TASK_B1")
        terminal.press("c")
        terminal.wait_for("s start")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.settings() == terminal.before
    assert "claimed" in (folder / "b" / "TODO.md").read_text(encoding="utf-8")
    assert "claimed" not in (folder / "a" / "TODO.md").read_text(encoding="utf-8")
    with opened() as terminal:
        terminal.wait_for("[a 1]  b 1")
        terminal.press("q")
    with opened("TODO.md") as terminal:
        terminal.wait_for("▌TASK_HERE1")
        terminal.wait_for("live")
        terminal.press("q")
        terminal.wait_for_exit()
    assert remembered.boards(folder) == (str(folder / "TODO.md"),)


def test_without_a_terminal_each_board_is_printed(folder: Path) -> None:
    import subprocess

    done = subprocess.run(
        python("-m", "todo_tui", "a/TODO.md", "b/TODO.md"),
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.index("a/TODO.md:") < done.stdout.index("TASK_A1")
    assert done.stdout.index("TASK_A1") < done.stdout.index("b/TODO.md:")
    failed = subprocess.run(
        python("-m", "todo_tui", "a/TODO.md", "b/TODO.md", "--json"),
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert failed.returncode == 2
