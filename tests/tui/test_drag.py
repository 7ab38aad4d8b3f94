"""The mouse: a card is dragged to a column, legal or not, given up; and lit when pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python
from tests.tui.desk import ALICE, NOW, desk, task
from todo_tui.board.board import board_of
from todo_tui.board.transition import Block, Claim
from todo_tui.tui.dropping import Target, target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.desk import Desk

TASKS = [
    task("A-1", agent="eng"),
    task("A-2", needs=["A-1"]),
    task("B-1", status="claimed", agent="eng"),
    task("C-1", status="in_progress", agent="qa"),
    task("D-1", status="done", agent="qa"),
    task("E-1", status="blocked", agent="qa", blocker_reason="bank"),
]

TODO, CLAIMED, WORK, DONE = 5, 35, 65, 95
"""A cell in each column of a board of 120 cells; with a blocked one, of 150."""


async def mouse(it: Desk, kind: str, x: int, y: int) -> None:
    """One event of the mouse at a cell of the screen."""
    ways = {"down": it.pilot.mouse_down, "move": it.pilot.hover, "up": it.pilot.mouse_up}
    await ways[kind](offset=(x, y))
    await it.settle()


async def hold(it: Desk, start: tuple[int, int], over: int) -> None:
    """Take hold of the card at a cell, and hold it over the column ``over``."""
    await mouse(it, "down", *start)
    await mouse(it, "move", start[0] + 3, start[1])
    await mouse(it, "move", over, start[1] + 4)


async def test_a_card_is_dropped_where_it_may_go() -> None:
    async with desk(TASKS[:5]) as it:
        await hold(it, (TODO, 3), CLAIMED)
        assert "drop: claim" in it.rows[1]
        assert "in progress" in it.rows[1]
        assert it.foot == "drop: claim"
        await mouse(it, "up", CLAIMED, 7)
        (made,) = it.file.commits
        assert isinstance(made, Claim)
        assert (made.ref, made.agent) == ("A-1", "eng")
        assert "drop:" not in it.rows[1]
        assert it.selected == "A-1"


async def test_a_drag_is_of_the_card_that_is_dragged_whatever_is_marked() -> None:
    async with desk(TASKS[:5]) as it:
        await it.press("j", "space")
        await hold(it, (TODO, 3), CLAIMED)
        await mouse(it, "up", CLAIMED, 7)
        (made,) = it.file.commits
        assert isinstance(made, Claim)
        assert made.ref == "A-1"
        assert "A-2 ◆" in it.text


async def test_an_illegal_column_is_dim_and_says_why() -> None:
    async with desk(TASKS[:5]) as it:
        before = it.style("Title of D-1"), it.style("Title of A-1")
        await hold(it, (TODO, 3), DONE)
        assert it.foot == "✗ todo → done: claim it, then start it first"
        assert it.style("Title of D-1") != before[0]
        assert it.style("Title of A-1") != before[1]
        await mouse(it, "up", DONE, 7)
        assert it.file.commits == []
        assert "claim it, then start it first" in it.foot
        assert it.style("Title of D-1") == before[0]


async def test_escape_gives_up_and_nothing_else() -> None:
    async with desk(TASKS[:5]) as it:
        await it.press("slash", *"A", "enter")
        await hold(it, (TODO, 3), CLAIMED)
        await it.press("escape")
        assert "A-1 stays where it is" in it.foot
        assert "drop:" not in it.rows[1]
        assert it.app.mouse_captured is None
        await mouse(it, "up", CLAIMED, 7)
        assert it.file.commits == []
        assert " / A" in it.text  # the filter was not cleared


async def test_a_screen_that_opens_ends_the_drag() -> None:
    async with desk(TASKS[:5]) as it:
        await hold(it, (TODO, 3), CLAIMED)
        await it.press("question_mark")
        await it.press("q")
        assert "drop:" not in it.rows[1]
        await it.press("j")
        assert it.selected == "A-2"
        assert it.file.commits == []


async def test_dropped_in_its_own_column_it_is_only_selected() -> None:
    async with desk(TASKS[:5]) as it:
        await hold(it, (TODO, 7), TODO + 2)
        assert "drop A-2 on another column" in it.foot
        await mouse(it, "up", TODO + 2, 10)
        assert it.selected == "A-2"
        assert it.file.commits == []


async def test_what_needs_a_reason_asks_for_it() -> None:
    async with desk(TASKS, (150, 36)) as it:
        await hold(it, (WORK, 4), 140)
        assert "drop: block" in it.rows[2]
        await mouse(it, "up", 140, 7)
        await it.press(*"bank", "enter")
        (made,) = it.file.commits
        assert isinstance(made, Block)
        assert made.reason == "bank"


async def test_a_press_without_a_move_is_a_click() -> None:
    async with desk(TASKS[:5]) as it:
        await it.pilot.click(offset=(CLAIMED, 3))
        await it.settle()
        assert it.selected == "B-1"
        assert it.file.commits == []
        assert it.app.mouse_captured is None


async def test_the_card_under_the_pointer_is_lit() -> None:
    async with desk(TASKS[:5]) as it:
        before = it.style("Title of B-1")
        await mouse(it, "move", CLAIMED, 3)
        assert it.style("Title of B-1") != before
        await mouse(it, "move", CLAIMED, 20)
        assert it.style("Title of B-1") == before


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("A-1", "todo", Target(None, "")),
        ("A-1", "claimed", Target("claim", "drop: claim")),
        ("A-1", "in_progress", Target(None, "todo → in progress: claim it first")),
        ("B-1", "in_progress", Target("start", "drop: start")),
        ("B-1", "todo", Target("release", "drop: release")),
        ("C-1", "blocked", Target("block", "drop: block")),
        ("D-1", "todo", Target("reopen", "drop: reopen")),
        ("E-1", "todo", Target("block", "drop: unblock")),
        ("D-1", "review", Target(None, "done → review: no step leads there")),
    ],
)
def test_what_a_column_is_for_a_card(name: str, status: str, expected: Target) -> None:
    board = board_of(TASKS)
    found = board.get(name)
    assert found is not None
    assert target(board, found, status, ALICE, NOW) == expected


def test_a_drag_in_a_terminal(tmp_path: Path) -> None:
    todo = tmp_path / "TODO.md"
    text = '```yaml\n- TASK_001: "One"\n  assigned_agent: eng\n  status: claimed\n```\n'
    todo.write_text(text, encoding="utf-8")
    argv = python("-m", "todo_tui", str(todo), "--as", "alice")
    with Terminal(argv, columns=120, rows=30) as terminal:
        terminal.wait_for("▌TASK_001")
        terminal.press("\x1b[<0;40;5M\x1b[<32;44;5M\x1b[<32;75;8M")
        terminal.wait_for("drop: start")
        terminal.press("\x1b[<0;75;8m")
        terminal.wait_for("d done")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert "status: in_progress" in todo.read_text(encoding="utf-8")


async def test_the_edge_of_a_panel_is_dragged() -> None:
    async with desk(TASKS[:5], (200, 30)) as it:
        await it.press("L")
        edge = it.rows[5].rindex("│")
        assert 200 - edge == 57
        await mouse(it, "down", edge, 5)
        await mouse(it, "move", 120, 5)
        await mouse(it, "up", 120, 5)
        assert it.rows[5].rindex("│") == 120
        await mouse(it, "move", 60, 5)
        assert it.rows[5].rindex("│") == 120
        await mouse(it, "down", 120, 5)
        await mouse(it, "move", 199, 5)
        await mouse(it, "up", 199, 5)
        assert it.rows[5].rindex("│") == 169
