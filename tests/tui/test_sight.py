"""The order of the tasks, swimlanes, columns that are put away, and the done that are many."""

from __future__ import annotations

import pytest

from tests.tui.desk import desk, task
from tests.tui.scenes import board
from todo_tui.board.board import board_of
from todo_tui.board.task import Group

TASKS = [
    task("A-1", priority="low", agent="zed", minutes=10),
    task("A-2", priority="critical", agent="eng", minutes=5),
    task("A-3", minutes=30),
    task("B-1", status="claimed", agent="eng"),
    task("D-1", status="done", minutes=50),
    task("D-2", status="done", minutes=5),
]
MANY = [task(f"D-{number}", status="done", minutes=number) for number in range(250)]


def order(text: str, *names: str) -> list[str]:
    """These names as they stand below each other."""
    return sorted((name for name in names if name in text), key=text.index)


@pytest.mark.parametrize(
    ("letter", "ids"),
    [
        ("p", ["A-2", "A-1", "A-3"]),
        ("a", ["A-2", "A-1", "A-3"]),
        ("o", ["A-3", "A-1", "A-2"]),
        ("n", ["A-2", "A-1", "A-3"]),
        ("f", ["A-1", "A-2", "A-3"]),
    ],
)
async def test_the_order_is_chosen_by_a_letter(letter: str, ids: list[str]) -> None:
    async with desk(TASKS) as it:
        await it.press("comma")
        assert "order the tasks by" in it.text
        assert "• f  file" in it.text
        await it.press(letter)
        assert order(it.text, "A-1", "A-2", "A-3") == ids
        assert it.selected == "A-1"


async def test_the_order_can_be_walked_to_and_given_up() -> None:
    async with desk(TASKS) as it:
        await it.press("comma", "j", "enter")
        assert order(it.text, "A-1", "A-2") == ["A-2", "A-1"]
        await it.press("comma", "escape")
        assert order(it.text, "A-1", "A-2") == ["A-2", "A-1"]
        await it.press("comma", "down", "enter", "comma")
        assert "• o  oldest" in it.text


async def test_done_tasks_come_newest_first() -> None:
    async with desk(TASKS) as it:
        assert order(it.text, "D-1", "D-2") == ["D-2", "D-1"]


async def test_swimlanes_by_agent() -> None:
    async with desk(TASKS) as it:
        await it.press("full_stop", "a")
        assert order(it.text, "─ @eng 1 ─", "A-2", "─ @zed 1 ─", "A-1", "─ nobody 1 ─", "A-3") == [
            "─ @eng 1 ─", "A-2", "─ @zed 1 ─", "A-1", "─ nobody 1 ─", "A-3",
        ]  # fmt: skip
        await it.press("g")
        assert it.selected == "A-2"
        await it.press("j", "j", "j")
        assert it.selected == "A-3"
        await it.press("full_stop", "n")
        assert "nobody" not in it.text


async def test_swimlanes_by_group() -> None:
    tasks = [TASKS[0]._replace(group="EPIC-1"), TASKS[1]]
    group = Group("EPIC-1", "The checkout", "todo", None, None, ())
    async with desk(board_of(tasks, groups=[group]), (80, 12)) as it:
        await it.press("full_stop", "g")
        assert "─ The checkout 1 ─" in it.text
        assert "─ no group 1 ─" in it.text


async def test_a_column_is_put_away_and_brought_back() -> None:
    async with desk(TASKS, (120, 30)) as it:
        before = it.text
        await it.press("4", "minus")
        assert it.body[1].endswith("│ 4")
        assert [row[-1:] for row in it.rows[3:10]] == ["d", "o", "n", "e", "│", "2", "│"]
        assert "D-1" not in it.text
        await it.press("d")
        assert "this column is put away" in it.foot
        await it.press("h", "l", "minus", "1")
        assert it.text == before


async def test_a_column_that_is_put_away_makes_room_for_the_next() -> None:
    async with desk(TASKS, (80, 24)) as it:
        assert it.heads == "1 todo 3 │ 2 claimed 1 │ 3 in progress 0 done ›"
        await it.press("2", "minus", "1")
        assert it.heads == "1 todo 3 │ 2 │ 3 in progress 0 │ 4›"[:-4] + "done ›"


async def test_a_column_that_is_brought_back_has_its_selection() -> None:
    async with desk(TASKS) as it:
        await it.press("1", "j")
        before = it.selected
        await it.press("minus", "2", "1", "minus")
        assert it.selected == before


async def test_a_click_brings_a_column_back() -> None:
    async with desk(TASKS, (120, 30)) as it:
        before = it.text
        await it.press("4", "minus", "1")
        await it.pilot.click(offset=(119, 9))
        await it.settle()
        assert it.selected == "D-2"
        await it.press("1")
        assert it.text == before


async def test_with_room_for_one_column_what_is_put_away_says_so() -> None:
    async with desk(TASKS, (40, 12)) as it:
        await it.press("minus")
        assert it.body[1] == " [todo 3]  claimed 1 ›"
        assert it.rows[3] == " 3 put away"
        assert "- bring back" in it.foot
        await it.press("minus")
        assert it.selected == "A-1"


async def test_many_done_tasks_are_shown_a_part_at_a_time() -> None:
    async with desk(MANY, (120, 30)) as it:
        await it.press("4", "G")
        assert it.selected == "D-99"
        assert "↓ 150 older" in it.text
        assert "4 done 250" in it.heads
        await it.press("j")
        assert it.selected == "D-100"
        await it.press("G", "G")
        assert it.selected == "D-249"
        assert "older" not in it.text


async def test_an_order_that_is_asked_for_shows_all_done_tasks() -> None:
    async with desk(MANY, (120, 30)) as it:
        await it.press("comma", "o", "4", "g")
        assert it.selected == "D-249"


async def test_custom_columns_scroll_sideways_with_the_focus() -> None:
    many = [task(f"S-{n}", status=f"state{n}") for n in range(12)]
    async with desk(many, (80, 24)) as it:
        for _ in range(15):
            await it.press("l")
            number = it.heads.count("│") + 1
            assert number == 3
        assert it.selected == "S-11"
        for _ in range(15):
            await it.press("h")
        assert it.heads.startswith("1 todo")


async def test_the_next_task_of_an_open_one_is_the_next_that_is_shown() -> None:
    async with desk(TASKS, (120, 30)) as it:
        await it.press("comma", "p", "g", "enter", "n")
        assert it.rows[1].split()[0] == "A-1"
        await it.press("q")
        assert it.selected == "A-1"


async def test_the_stale_that_are_looked_for_are_those_that_are_marked() -> None:
    async with desk(
        [task("B-1", "Old", "claimed", holder="eng", minutes=900), task("B-2", status="claimed")]
    ) as it:
        await it.press("slash", *"is:stale", "enter")
        assert it.heads.startswith("1 todo 0 │ 2 claimed 1 of 2")
        assert "◌ stale" in it.text


RAW = """```yaml
- T-1: One
  status: done
  completed_at: 2026-03-01T10:00:00Z
- T-2: Two
  status: done
  completed_at: 2026-03-02T10:00:00Z
- T-3: Three
  status: in_progress
```
"""


async def test_when_a_task_was_seen_to_change_counts_where_the_file_does_not_say() -> None:
    async with desk(board(RAW)) as it:
        await it.press("4")
        assert order(it.text, "T-1", "T-2") == ["T-2", "T-1"]
        done = RAW.replace("status: in_progress", "status: done")
        await it.put(board(done))
        assert order(it.text, "T-1", "T-2", "T-3") == ["T-3", "T-2", "T-1"]
        it.clock.advance(13 * 60)
        await it.settle()
        assert any("T-3" in row and "12m" in row for row in it.rows)
        await it.press("g", "enter")
        assert "12m in status" in it.text
