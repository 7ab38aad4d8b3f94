"""The first row: what is cut where not everything fits."""

from __future__ import annotations

import pytest

from tests.tui.desk import desk, task
from todo_tui.board.transition import Actor
from todo_tui.errors import TodoError

FOLDER = "/home/maximiliane/work/customers/shop is new"
LONG = Actor("Maximiliane Freifrau von und zu Hohenstein", human=True)


@pytest.mark.parametrize("columns", [60, 70, 80, 90, 100, 120, 200])
async def test_a_long_name_is_cut_before_the_number_of_tasks_goes(columns: int) -> None:
    tasks = [task("T-1"), task("T-2"), task("T-3", status="nonsense")]
    async with desk(tasks, (columns, 24), actor=LONG) as it:
        assert "shop/TODO.md  3 tasks" in it.rows[0]
        assert "● live" in it.rows[0]
        assert ("you: " in it.rows[0]) is (columns >= 70)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (f"{FOLDER}/TODO.md is not a text file: byte 5 is NUL", "not a text file: byte 5 is NUL"),
        (f"{FOLDER}/TODO.md cannot be read: the disk is full.", "the disk is full"),
        (f"{FOLDER}/TODO.md is no regular file.", "no regular file"),
        ("the lights are out", "the lights are out"),
    ],
)
async def test_why_the_file_cannot_be_read_is_seen_whole(message: str, reason: str) -> None:
    async with desk([task("T-1")], (80, 24), name="shop is new/TODO.md") as it:
        await it.put(TodoError("disk", message))
        assert it.rows[0].endswith(f"✗ unreadable: {reason}")
