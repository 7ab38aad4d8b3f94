"""The first row: what is cut where not everything fits."""

from __future__ import annotations

import pytest

from tests.tui.desk import desk, task
from todo_tui.board.transition import Actor

LONG = Actor("Maximiliane Freifrau von und zu Hohenstein", human=True)


@pytest.mark.parametrize("columns", [60, 70, 80, 90, 100, 120, 200])
async def test_a_long_name_is_cut_before_the_number_of_tasks_goes(columns: int) -> None:
    tasks = [task("T-1"), task("T-2"), task("T-3", status="nonsense")]
    async with desk(tasks, (columns, 24), actor=LONG) as it:
        assert "shop/TODO.md  3 tasks" in it.rows[0]
        assert "● live" in it.rows[0]
        assert ("you: " in it.rows[0]) is (columns >= 70)
