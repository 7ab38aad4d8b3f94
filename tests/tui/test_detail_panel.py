"""The detail at the keyboard: docked and whole, its criteria, tasks and links."""

from __future__ import annotations

import pytest

from tests.tui.desk import ALICE, Desk, desk
from tests.tui.scenes import board, shop
from todo_tui.board.criteria import criteria
from todo_tui.board.transition import Tick
from todo_tui.tui.detail_panel import DetailPanel
from todo_tui.tui.task_screen import TaskScreen

TEXT = """\
```yaml
- A-1: "One"
  status: todo
  dependencies: [A-2, A-9]
  description: |
    See [the docs](https://example.org/x) and [a file](./here.md).
  acceptance_criteria:
    - "[ ] half"
    - "[x] whole"
- A-2: "Two"
  status: todo
  dependencies: [A-3]
- A-3: "Three"
  status: done
- A-4: "Four"
  status: blocked
  claimed_by: qa
  dependencies: [A-1]
```
"""

WIDE = (200, 50)


def docked(it: Desk) -> bool:
    return it.app.screen.query_one(DetailPanel).display


async def test_criteria_are_ticked_in_the_file() -> None:
    async with desk(board(TEXT), (80, 30)) as it:
        await it.press("enter")
        assert "Criteria   1 of 2" in it.text
        await it.press("l", "l", "l", "space")
        assert it.file.commits[-1] == Tick("A-1", ALICE, 0, "half")
        assert "Criteria   2 of 2" in it.text
        await it.press("l", "space")
        assert [one.done for one in criteria(it.file.board.tasks[0])] == [True, False]


async def click(it: Desk, words: str, *, times: int = 1) -> None:
    y = next(at for at, row in enumerate(it.rows) if words in row)
    await it.pilot.click(offset=(it.rows[y].rindex(words) + 1, y), times=times)
    await it.settle()


@pytest.mark.parametrize("size", [(80, 30), WIDE])
async def test_a_click_goes_to_a_place_and_a_second_one_does_what_is_done_there(
    size: tuple[int, int],
) -> None:
    async with desk(board(TEXT), size) as it:
        await it.press("enter")
        await click(it, "half")
        await it.press("space")
        assert it.file.commits[-1] == Tick("A-1", ALICE, 0, "half")
        await click(it, "whole", times=2)
        assert [one.done for one in criteria(it.file.board.tasks[0])] == [True, False]
        await click(it, "Needs", times=2)
        await click(it, "A-2 Two", times=2)
        assert it.selected == "A-2" if size == WIDE else it.body[1].startswith(" A-2  Two")


async def test_a_key_says_what_to_go_to_first() -> None:
    async with desk(board(TEXT), (80, 30)) as it:
        await it.press("enter", "space")
        assert "go to a criterion first" in it.text
        await it.press("enter")
        assert "go to a task or a link first" in it.text
        await it.press("escape", "j", "j", "enter")


async def test_a_task_without_places_says_so() -> None:
    async with desk(board("```yaml\n- A-1: T\n  status: todo\n```\n"), (80, 24)) as it:
        await it.press("enter", "l")
        assert "there is no criterion, task or link in it" in it.text


async def test_dependencies_are_a_tree_and_lead_to_their_tasks() -> None:
    async with desk(board(TEXT), (100, 36)) as it:
        await it.press("enter")
        rows = [row.rstrip() for row in it.rows]
        top = next(at for at, row in enumerate(rows) if "Needs" in row)
        assert [row[:40].split() for row in rows[top + 1 : top + 4]] == [
            ["○", "A-2", "Two"],
            ["✓", "A-3", "Three"],
            ["○", "A-9", "is", "not", "in", "the", "file"],
        ]
        assert "⊘ A-4 Four" in rows[top + 1]
        await it.press("l", "l", "l", "l", "l", "enter")
        assert it.body[1].startswith(" A-2  Two")
        await it.press("escape")
        assert it.selected == "A-2"


async def test_a_link_is_opened_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(board(TEXT), (80, 30)) as it:
        opened: list[str] = []
        monkeypatch.setattr(it.app, "open_url", opened.append)
        await it.press("enter", "l", "enter")
        assert "open https://example.org/x ?" in it.text
        await it.press("escape")
        assert opened == []
        await it.press("enter", "y")
        assert opened == ["https://example.org/x"]
        await it.press("l", "enter")
        assert "only links to http and https are opened" in it.text


async def test_the_place_is_seen_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(board(TEXT), (80, 30), theme=None) as it:
        await it.press("enter", "l", "l", "l")
        assert "reverse" in it.style("[ ] ")


async def test_the_detail_is_docked_where_there_is_room_and_follows_the_selection() -> None:
    async with desk(board(TEXT), WIDE) as it:
        await it.press("enter")
        assert docked(it)
        assert not isinstance(it.app.screen, TaskScreen)
        assert "A-1  One" in it.body[1]
        await it.press("j")
        assert "A-2  Two" in it.body[1]
        assert it.selected == "A-2"
        await it.press("enter")
        assert not docked(it)
        for key in ("q", "escape"):
            await it.press("enter", key)
            assert not docked(it)
            assert it.app.return_value is None


async def test_the_keys_go_into_the_docked_detail_and_back() -> None:
    async with desk(board(TEXT), WIDE) as it:
        await it.press("enter", "tab", "l", "l", "l", "space")
        assert criteria(it.file.board.tasks[0])[0].done
        await it.press("l", "l", "enter")
        assert it.selected == "A-2"
        assert "A-2  Two" in it.body[1]
        await it.press("tab", "k", "escape", "k")
        assert it.selected == "A-1"
        await it.press("tab", "q")
        assert not docked(it)


async def test_a_second_click_opens_it_and_closes_nothing() -> None:
    async with desk(board(TEXT), WIDE) as it:
        for _ in range(2):
            await it.pilot.click(offset=(5, 4), times=2)
            await it.settle()
            assert docked(it)


async def test_a_smaller_terminal_puts_the_detail_away_and_a_larger_one_brings_it_back() -> None:
    async with desk(shop(), WIDE) as it:
        await it.press("enter")
        assert docked(it)
        await it.pilot.resize_terminal(100, 30)
        await it.settle()
        assert not docked(it)
        await it.pilot.resize_terminal(*WIDE)
        await it.settle()
        assert docked(it)


async def test_what_is_docked_again_is_of_the_task_that_is_selected_by_then() -> None:
    async with desk(board(TEXT), WIDE) as it:
        await it.press("enter")
        assert "[the docs]" in it.text
        await it.press("q", "j", "enter")
        assert "A-2  Two" in it.body[1]
        assert "[the docs]" not in it.text
        assert '- A-2: "Two"' in it.text


async def test_what_a_larger_terminal_brings_back_is_of_the_task_that_is_selected_by_then() -> None:
    async with desk(board(TEXT), WIDE) as it:
        await it.press("enter")
        await it.pilot.resize_terminal(100, 30)
        await it.settle()
        await it.press("j")
        await it.pilot.resize_terminal(*WIDE)
        await it.settle()
        assert "A-2  Two" in it.body[1]
        assert "[the docs]" not in it.text
        assert '- A-2: "Two"' in it.text


async def test_the_detail_takes_the_place_of_the_activity() -> None:
    async with desk(shop(), WIDE) as it:
        await it.press("L", "enter")
        assert docked(it)
        assert "activity   " not in it.text
        await it.press("q")
        assert "activity" in it.text


async def test_a_docked_task_that_vanishes_gives_way_to_the_selected_one() -> None:
    async with desk(board(TEXT), WIDE) as it:
        await it.press("enter")
        start, stop = TEXT.index("- A-1"), TEXT.index("- A-2")
        await it.put(board(TEXT[:start] + TEXT[stop:]))
        assert "A-2  Two" in it.body[1]
