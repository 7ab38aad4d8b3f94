"""The file changes under the board: selection, scroll, marks, and how often it is painted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import NOW, desk, replace_tasks, task
from todo_tui.board.board import board_of
from todo_tui.board.reading import read
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from pathlib import Path

TASKS = [task(f"T-{number}") for number in range(100)]
CLAIMED = [task("C-1", status="claimed", agent="eng"), task("C-2", status="claimed", agent="eng")]


def line_of(rows: list[str], words: str) -> int:
    return next(at for at, row in enumerate(rows) if words in row)


async def test_the_selected_card_stays_where_it_is_on_the_screen() -> None:
    async with desk(TASKS) as it:
        await it.press("G", "k", "k")
        before = line_of(it.rows, "▌T-97") - it.bar
        more = [task(f"N-{number}") for number in range(5)]
        await it.put(board_of([*more, *TASKS[3:]]))
        assert it.selected == "T-97"
        assert line_of(it.rows, "▌T-97") - it.bar == before


async def test_what_is_in_sight_stays_where_the_selection_is_out_of_sight() -> None:
    async with desk(TASKS) as it:
        await it.scroll((5, 10), times=10)
        before = line_of(it.rows, " T-12 ") - it.bar
        await it.put(board_of(TASKS[5:]))
        assert line_of(it.rows, " T-12 ") - it.bar == before
        assert it.selected == ""


async def test_the_neighbour_is_selected_when_the_selected_task_is_gone() -> None:
    async with desk(TASKS) as it:
        await it.press("j", "j")
        await it.put(board_of(TASKS[:2] + TASKS[3:]))
        assert it.selected == "T-3"
        await it.put(board_of(TASKS[:2]))
        assert it.selected == "T-1"
        await it.put(board_of([]))
        assert "No tasks in shop/TODO.md yet." in it.text
        await it.put(board_of(TASKS))
        assert it.selected == "T-0"


async def test_an_empty_board_says_that_something_could_not_be_read() -> None:
    async with desk([]) as it:
        assert "cannot be read" not in it.text
        await it.put(read(Document.decode(b"* T-1: Sweep [todo]\n")))
        await it.settle()
        assert "f                       shows what cannot be read: 1 fault" in it.text


async def test_the_selection_goes_with_the_task_into_another_column() -> None:
    async with desk([*TASKS[:3], *CLAIMED]) as it:
        await it.press("j")
        it.file.amend("T-1", status="claimed", assigned_agent="eng")
        await it.settle()
        assert it.heads.startswith("1 todo 2 │ 2 claimed 3")
        assert it.selected == "T-1"
        await it.press("h")
        assert it.selected == "T-2"


async def test_a_column_that_is_gone_gives_its_place_to_the_first() -> None:
    async with desk([*TASKS[:3], task("P-1", status="paused")], (160, 40)) as it:
        await it.press("5")
        assert it.selected == "P-1"
        await it.put(board_of(TASKS[:3]))
        assert it.selected == "T-0"
        assert "paused" not in it.text


async def test_a_new_status_gets_a_column_of_its_own() -> None:
    async with desk(TASKS[:3], (160, 40)) as it:
        it.file.amend("T-2", status="in_review", raw_status="In Review")
        await it.settle()
        assert it.heads == "1 todo 2 │ 2 claimed 0 │ 3 in progress 0 │ 4 done 0 │ 5 In Review 1 •"


async def test_a_changed_card_is_marked_until_it_is_selected() -> None:
    async with desk(TASKS[:3]) as it:
        it.file.amend("T-2", title="Another title")
        await it.settle()
        assert it.heads.startswith("1 todo 3 •")
        assert any(row.startswith(" T-2 •") for row in it.rows)
        await it.press("j", "j", "k")
        assert "•" not in it.text


async def test_a_change_out_of_sight_is_marked_at_the_edge() -> None:
    async with desk([*TASKS[:3], task("D-1", status="done")], (80, 24)) as it:
        it.file.amend("D-1", title="Another title")
        await it.settle()
        assert it.heads.endswith("done • ›")


@pytest.mark.parametrize(
    ("working", "here", "there", "end"),
    [
        (1, False, True, "3 in progress 1 done • ›"),
        (10, False, True, "3 in progress 10 done ›"),
        (1, True, False, "3 in progress 1 • done ›"),
        (1, True, True, "3 in progress 1 • done ›"),
        (10, True, True, "3 in progress 10 done ›"),
    ],
)
async def test_a_name_at_the_edge_comes_before_the_marks(
    working: int, here: bool, there: bool, end: str
) -> None:
    tasks = [task(f"P-{n}", status="in_progress", agent="eng") for n in range(working)]
    tasks += [*TASKS[:3], task("D-1", status="done")]
    changed = {"P-0": here, "D-1": there}
    async with desk(tasks, (80, 24)) as it:
        await it.put(
            board_of(one._replace(title="Other") if changed.get(one.ref) else one for one in tasks)
        )
        assert it.heads.endswith(end)


async def test_a_card_has_its_row_of_marks_as_long_as_it_waits() -> None:
    tasks = [task("T-1", needs=["C-1"]), task("T-2"), task("C-1", status="in_progress")]
    async with desk(tasks) as it:
        assert line_of(it.rows, " T-2") - line_of(it.rows, "T-1") == 4
        it.file.amend("C-1", status="done")
        await it.settle()
        assert line_of(it.rows, " T-2") - line_of(it.rows, "T-1") == 3
        it.clock.advance(0.4)
        it.file.amend("C-1", status="in_progress")
        await it.settle()
        assert line_of(it.rows, " T-2") - line_of(it.rows, "T-1") == 4


async def test_moving_a_task_in_the_file_is_no_change_of_it() -> None:
    async with desk(TASKS[:3]) as it:
        await it.put(board_of(TASKS[2::-1]))
        assert "•" not in it.text
        assert it.selected == "T-0"


async def test_what_i_change_myself_is_not_marked() -> None:
    async with desk(TASKS[:3]) as it:
        await it.press("c")
        assert "•" not in it.text


async def test_a_changed_card_is_lit_for_a_second() -> None:
    async with desk(TASKS[:3]) as it:
        plain = it.style("Title of T-2")
        it.file.amend("T-2", title="Another title")
        await it.settle()
        assert it.style("Another title") != plain
        it.clock.advance(1.1)
        await it.settle()
        assert it.style("Another title") == plain


async def test_changes_are_painted_at_once_and_then_each_300_ms() -> None:
    async with desk(TASKS[:3]) as it:
        titles = ["one", "two", "three"]
        for title in titles:
            it.file.amend("T-0", title=title)
            await it.settle_watch()
        assert "▌one" in it.text
        it.clock.advance(0.29)
        await it.settle_watch()
        assert "▌one" in it.text
        it.clock.advance(0.02)
        await it.settle()
        assert "▌three" in it.text
        assert "two" not in it.text


async def test_a_commit_of_mine_is_painted_without_waiting() -> None:
    async with desk(TASKS[:3]) as it:
        it.file.amend("T-2", title="one")
        await it.settle_watch()
        await it.press("c")
        assert it.heads.startswith("1 todo 2 • │ 2 claimed 1")


async def test_a_file_that_cannot_be_read_leaves_the_last_board_and_says_so() -> None:
    async with desk(TASKS[:3]) as it:
        before = it.text
        await it.put(TodoError("not_text", "shop/TODO.md is not text: byte 3 is NUL"))
        assert "✗ unreadable: not text: byte 3 is NUL" in it.rows[0]
        assert it.rows[1:] == before.split("\n")[1:]
        it.file.put(board_of(TASKS[:3]))
        await it.settle()
        assert it.text == before


async def test_a_board_without_a_file_waits_for_it() -> None:
    async with desk(TodoError("no_file", "there is no shop/TODO.md")) as it:
        assert "There is no shop/TODO.md yet." in it.text
        assert "todo-tui init" in it.text
        await it.press("j", "c", "enter", "z", "f")
        await it.put(board_of(TASKS[:3]))
        assert it.selected == "T-0"
        assert "● live" in it.rows[0]


async def test_a_board_of_no_tasks_says_what_to_do_where_its_file_is_gone() -> None:
    async with desk([], (160, 30)) as it:
        assert "adds the first one" in it.text
        await it.put(TodoError("no_file", "there is no shop/TODO.md"))
        assert "✗ unreadable: the file is gone" in it.rows[0]
        assert "There is no shop/TODO.md yet." in it.text


async def test_a_board_that_stands_still_tells_the_same_age_everywhere() -> None:
    started = (NOW - timedelta(minutes=4, seconds=58)).isoformat()
    mine = task("C-1", status="in_progress", holder="eng", started_at=started)
    async with desk([mine, task("A-1")], (120, 36)) as it:
        it.clock.advance(3)
        await it.put(board_of([mine, task("A-1"), task("A-2")]))
        await it.press("3")
        card = re.search(r"C-1 +@eng (\S+)", it.text)
        await it.press("enter")
        detail = re.search(r"(\S+) in status", it.text)
        await it.press("q", "A")
        agents = re.search(r"C-1 (\S+)", it.text)
        assert card is not None
        assert detail is not None
        assert agents is not None
        assert (card[1], detail[1]) == (agents[1], agents[1])


async def test_a_folder_in_the_place_of_the_file_is_said_and_stays(tmp_path: Path) -> None:
    place = tmp_path / "TODO.md"
    async with desk(TASKS[:3], path=place) as it:
        place.mkdir()
        await it.put(TodoError("no_file", f"{place} is a directory; name the file in it."))
        assert "✗ unreadable: a directory; name the file in it" in it.rows[0]
        await it.press("i")
        assert "is a directory; name the file in it" in it.text.replace("\n   ", " ")
        place.rmdir()
        await it.put(TodoError("no_file", f"There is no file {place}"))
        assert "✗ unreadable: the file is gone; i makes it anew" in it.rows[0]


async def test_ages_are_told_anew_once_a_minute() -> None:
    async with desk([task("T-1", minutes=3)]) as it:
        assert it.rows[3].split()[:2] == ["▌T-1", "3m"]
        it.clock.advance(60)
        await it.settle()
        assert it.rows[3].split()[:2] == ["▌T-1", "4m"]
        assert "changed 3m ago" in it.rows[0]


async def test_a_state_that_is_older_than_what_is_shown_is_looked_at_again() -> None:
    """The watch may have read before a commit of ours and be heard after it."""
    async with desk(TASKS[:3]) as it:
        old = it.file.read()
        await it.press("c")
        it.file.tell(old)
        await it.settle()
        assert it.heads.startswith("1 todo 2 │ 2 claimed 1")


async def test_a_task_that_changed_meanwhile_is_not_written() -> None:
    """The transition says what was seen; a screen that is behind cannot overrule the file."""
    async with desk(TASKS[:3]) as it:
        it.file.behind(replace_tasks(it.file.board, [
            TASKS[0]._replace(status="claimed", raw_status="claimed", assigned_agent="eng"),
            *TASKS[1:3],
        ]))  # fmt: skip
        await it.press("c")
        assert it.file.commits == []
        assert "✗" in it.text


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_the_selected_card_stays_in_sight_at_any_size(size: tuple[int, int]) -> None:
    async with desk(TASKS, (120, 50)) as it:
        await it.press("G", "k", "k")
        await it.pilot.resize_terminal(*size)
        await it.settle()
        assert it.selected == "T-97"
        await it.pilot.resize_terminal(120, 50)
        await it.settle()
        assert it.selected == "T-97"
