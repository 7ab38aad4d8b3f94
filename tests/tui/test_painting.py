"""What is drawn again when something changes: that, and nothing else."""

from __future__ import annotations

import gc
import random
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.desk import desk, replace_tasks, task
from todo_tui.board.board import board_of
from todo_tui.tui.column_view import ColumnView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.desk import Desk

TASKS = [
    *(task(f"T-{number}", minutes=number) for number in range(40)),
    *(task(f"C-{number}", status="claimed", agent="eng", minutes=3) for number in range(3)),
    *(task(f"D-{number}", status="done", minutes=90) for number in range(3)),
]


@contextmanager
def drawn() -> Iterator[Counter[str]]:
    """How many lines of each column are drawn meanwhile."""
    lines: Counter[str] = Counter()
    draw = ColumnView.render_line

    def counted(column: ColumnView, y: int) -> Strip:
        lines[column.status] += 1
        return draw(column, y)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ColumnView, "render_line", counted)
        yield lines


async def test_only_the_card_that_changed_is_drawn_again() -> None:
    async with desk(TASKS) as it:
        with drawn() as lines:
            it.file.amend("T-2", title="Another title")
            await it.settle()
            assert "Another title" in it.text
            assert lines.keys() == {"todo"}
            assert lines["todo"] == 2  # its id, with the mark that it changed, and its title
            it.clock.advance(0.4)
            it.file.amend("C-1", title="A third title")
            await it.settle()
            assert "A third title" in it.text
            assert lines["claimed"] == 2
            assert lines["todo"] == 4, "the light of the first went on to the second"


async def test_a_light_that_goes_out_is_drawn_and_nothing_else() -> None:
    async with desk(TASKS) as it:
        it.file.amend("T-2", title="Another title")
        await it.settle()
        lit = it.style("Another title")
        with drawn() as lines:
            it.clock.advance(1)
            await it.settle()
        assert it.style("Another title") != lit
        assert lines == {"todo": 2}


async def test_ages_go_on_and_only_those_are_drawn() -> None:
    async with desk(TASKS) as it:
        assert "59m" not in it.text
        with drawn() as lines:
            it.clock.advance(60)
            await it.settle()
        assert " 4m" in next(row for row in it.rows if "C-0" in row)
        assert lines["claimed"] == 3, "a line with an age for each card"
        assert lines["done"] == 0, "they are told in hours"


async def test_cards_that_come_above_those_in_sight_leave_their_lines_as_they_are() -> None:
    async with desk(TASKS) as it:
        await it.scroll((5, 10), times=5)
        with drawn() as lines:
            await it.put(board_of([task("N-1"), *TASKS]))
        assert " T-9 " in it.text
        assert lines["todo"] == 1, "the foot, which tells how many are above"


async def test_a_move_of_the_selection_draws_two_cards() -> None:
    async with desk(TASKS) as it:
        with drawn() as lines:
            await it.press("j")
        assert it.selected == "T-1"
        assert lines == {"todo": 6}


async def test_all_is_drawn_in_another_theme_and_in_another_size() -> None:
    async with desk(TASKS) as it:
        height = it.app.screen.query(ColumnView).first().size.height
        with drawn() as lines:
            it.app.theme = "nord"
            await it.settle()
        assert all(lines[status] >= height for status in ("todo", "claimed", "done"))
        with drawn() as lines:
            await it.pilot.resize_terminal(100, 30)
            await it.settle()
        assert all(lines[status] >= height - 6 for status in ("todo", "claimed", "done"))


@pytest.mark.parametrize("size", [(120, 36), (44, 14), (200, 50)])
async def test_the_screen_is_always_what_it_would_be_if_all_were_drawn_again(
    size: tuple[int, int],
) -> None:
    choice = random.Random(sum(size))
    keys = ["j", "k", "h", "l", "G", "g", "ctrl+d", "space", "V", "f", "v", "L", "enter", "escape"]
    async with desk(TASKS, size) as it:
        for _ in range(40):
            it.clock.advance(0.4)
            match choice.choice(["change", "change", "come", "go", "key", "key", "time", "scroll"]):
                case "change":
                    one = choice.choice(it.file.board.tasks)
                    status = choice.choice(["todo", "claimed", "in_progress", "done", one.status])
                    it.file.amend(
                        one.ref,
                        status=status,
                        raw_status=status,
                        title=choice.choice(
                            ["short", "a title that is longer than one row is wide"]
                        ),
                    )
                case "come":
                    tasks = list(it.file.board.tasks)
                    tasks.insert(
                        choice.randrange(len(tasks)), task(f"N-{len(tasks)}-{choice.random()}")
                    )
                    it.file.put(replace_tasks(it.file.board, tasks))
                case "go" if len(it.file.board.tasks) > 30:
                    tasks = list(it.file.board.tasks)
                    del tasks[choice.randrange(len(tasks))]
                    it.file.put(replace_tasks(it.file.board, tasks))
                case "key":
                    await it.press(choice.choice(keys))
                case "time":
                    it.clock.advance(choice.choice([1, 61]))
                case "scroll":
                    await it.scroll((5, 8), times=2)
            await it.settle()
            await assert_fresh(it)


async def assert_fresh(it: Desk) -> None:
    """Nothing on the screen was left as it was although it looks otherwise now."""
    left = runs(it)
    for widget in it.app.screen.query(Widget):
        widget._styles_cache.clear()
    assert left == runs(it)


def runs(it: Desk) -> list[list[tuple[str, str]]]:
    """The text and the style of each run of cells on the screen."""
    strips = it.app.screen._compositor.render_strips()
    return [[(segment.text, str(segment.style)) for segment in strip] for strip in strips]


async def test_lines_that_were_on_the_screen_are_gone_without_the_collector() -> None:
    async with desk(TASKS) as it:
        await it.settle()
        gc.collect()
        gc.disable()
        try:
            for columns in (100, 90, 80):
                await it.pilot.resize_terminal(columns, 24)
                await it.settle()
            kept = _lines_in_memory()
            gc.collect()
            assert _lines_in_memory() == kept
        finally:
            gc.enable()


def _lines_in_memory() -> int:
    """How many strips with words on them there are."""
    strips = (one for one in gc.get_objects() if isinstance(one, Strip))
    return sum(bool(strip.text.strip()) for strip in strips)
