"""The command line on the board: the commands of the shell, and all that the palette has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tests.tui.desk import ALICE, desk, task
from todo_tui.board.transition import Claim, Release, Seen
from todo_tui.tui import keys

if TYPE_CHECKING:
    from tests.tui.desk import Desk

TASKS = [
    task("T-1", agent="eng"),
    task("T-2"),
    task("T-3", status="claimed", agent="qa"),
    task("T-4", status="in_progress", agent="qa", priority="high"),
]


async def say(it: Desk, line: str) -> None:
    """Type a line, and Enter."""
    await it.press("colon")
    it.app.screen.query_one(Input).value = line
    await it.settle()
    await it.press("enter")


async def test_a_task_is_claimed_by_its_id_for_its_agent() -> None:
    async with desk(TASKS) as it:
        await it.press("colon", *"claim T-1", "enter")
        assert it.file.commits == [Claim("T-1", ALICE, agent="eng", seen=Seen("todo", None))]
        assert it.selected == "T-1"


async def test_without_an_id_the_selected_task_is_meant() -> None:
    async with desk(TASKS) as it:
        await it.press("2")
        await say(it, "release --reason waits for the bank")
        seen = Seen("claimed", "qa")
        assert it.file.commits == [Release("T-3", ALICE, reason="waits for the bank", seen=seen)]


async def test_what_cannot_be_done_is_said_and_the_line_stays() -> None:
    async with desk(TASKS) as it:
        await say(it, "done T-1")
        assert "claim it, then start it" in it.text
        assert it.app.screen.query_one(Input).value == "done T-1"
        await it.press("escape")
        await say(it, "claim T-9")
        assert "there is no task T-9" in it.text
        await it.press("escape")
        await say(it, "block T-3")
        assert "reason" in it.text
        await it.press(*" --reason bank", "enter")
        assert len(it.file.commits) == 1
        assert "T-3" in it.text


async def test_an_error_puts_the_cursor_where_it_is() -> None:
    async with desk(TASKS) as it:
        await say(it, "claim T-1 T-2")
        assert "T-2 is too much" in it.text
        assert it.app.screen.query_one(Input).cursor_position == 10


async def test_tab_completes_verbs_ids_and_names() -> None:
    async with desk(TASKS) as it:
        await it.press("colon", *"cla")
        assert "claim  claim_for" in it.rows[-2]
        line = it.app.screen.query_one(Input)
        await it.press("tab")
        assert line.value == "claim"
        await it.press("space", "tab")
        assert line.value == "claim T-"
        await it.press("tab")
        assert line.value == "claim T-1"
        await it.press("tab")
        assert line.value == "claim T-2"
        await it.press("tab", "shift+tab")
        assert line.value == "claim T-2"
        await it.press("enter")
        assert [each.ref for each in it.file.commits if isinstance(each, Claim)] == ["T-2"]


async def test_go_open_filter_and_sort_look_at_the_board() -> None:
    async with desk(TASKS) as it:
        await say(it, "go T-4")
        assert it.selected == "T-4"
        await say(it, "filter @eng")
        assert "T-2" not in it.text
        await say(it, "go t-2")
        assert it.selected == "T-2"
        await say(it, "filter is:nonsense")
        assert "nonsense" in it.text
        await it.press("escape")
        await say(it, "sort nonsense")
        assert "sort how?" in it.text
        await it.press("escape")
        await say(it, "sort priority")
        await say(it, "open T-3")
        assert "Title of T-3" in it.body[1]
        await say(it, "go T-1")
        assert it.selected == "T-1"


async def test_a_theme_is_named() -> None:
    async with desk(TASKS) as it:
        await say(it, "theme nord")
        assert it.app.theme == "nord"
        await say(it, "theme nrod")
        assert "there is no theme nrod" in it.text
        await it.press("escape")
        await say(it, "theme")
        assert "Esc as before" in it.text


async def test_every_action_of_the_palette_can_be_said() -> None:
    async with desk(TASKS) as it:
        await say(it, "density")
        assert "needs nothing" in it.text
        await say(it, "look.help")
        assert "keys and signs" in it.text
        await it.press("q")
        await it.press("colon")
        bound = {
            active.binding.action for active in it.app.screen_stack[0].active_bindings.values()
        }
        known = it.app.screen._commands  # type: ignore[attr-defined]
        for key in keys.KEYS:
            if key.action in bound and "{key}" not in key.action:
                assert key.id in known
        await it.press("escape")
        await say(it, "copy")
        assert it.foot == "copied T-1"


async def test_quit_leaves() -> None:
    async with desk(TASKS) as it:
        await it.press("colon", *"quit", "enter")
        assert await it.left() == 0


async def test_lines_that_were_said_come_back_with_up() -> None:
    async with desk(TASKS) as it:
        await say(it, "go T-4")
        await say(it, "go T-3")
        await it.press("colon", "up", "up", "up", "down", "up", "enter")
        assert it.selected == "T-4"


async def test_a_task_is_added_in_words() -> None:
    async with desk(TASKS) as it:
        await say(it, "add --priority high Keep the cart")
        assert "Keep the cart" in it.text
        assert "Keep the cart" in [each.title for each in it.file.board.tasks]


async def test_nothing_said_does_nothing() -> None:
    async with desk(TASKS) as it:
        await it.press("colon", "enter")
        assert it.selected == "T-1"
        await it.press("colon", "escape", "j")
        assert it.selected == "T-2"
        assert it.file.commits == []
