"""The agents: their rows, their order, and the board of one of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from tests.tui.desk import desk
from tests.tui.scenes import board as text_board
from tests.tui.scenes import shop
from tests.tui.stories import while_away
from tests.tui.test_attention import QUIET, STOLEN, text_put
from todo_tui.board.agents import agent_rows
from todo_tui.board.attention import Item, attention, broken_rules
from todo_tui.board.changes import changes
from todo_tui.shown import width
from todo_tui.tui.activity import Scene
from todo_tui.tui.agents import (
    columns,
    evidence,
    heading,
    line_of,
    needs_of,
    ordered,
    short_line,
    sparkline,
)
from todo_tui.tui.look import MONOCHROME

NOW = later(hours=4)


def words(pieces: object) -> str:
    return "".join(piece.text for piece in pieces)  # type: ignore[attr-defined]


def test_rows_and_heads_are_as_wide_as_told() -> None:
    tasks = [
        task(f"T{number}", "claimed", by="a-long-name-\x1b[31m漢-of-an-agent")
        for number in range(9)
    ]
    now = board(*tasks, task("T99", "in_progress", by="alice"))
    rows = agent_rows(now, NOW)
    for room in (30, 57, 58, 78, 104, 105, 118, 198):
        scene = Scene("alice", NOW, now, room, MONOCHROME)
        at = columns(rows, "alice", room)
        for row in rows:
            drawn = words(line_of(row, at, scene) if room >= 58 else short_line(row, scene))
            assert width(drawn) <= room
            assert "\x1b" not in drawn
        assert room < 58 or heading(at).index("needs me") == 1 + at.before - 1


def test_what_does_not_fit_is_counted() -> None:
    now = board(*(task(f"TASK_{number:03}", "claimed", by="bob") for number in range(5)))
    (row,) = agent_rows(now, NOW)
    scene = Scene("alice", NOW, now, 78, MONOCHROME)
    assert "TASK_000, TASK_001 +3" in words(line_of(row, columns([row], "alice", 78), scene))


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), ""),
        ((Item("violation", "stolen", "", ("T1",)),), "1 stolen"),
        (
            (
                Item("violation", "skipped_claim", "", ("T1",)),
                Item("violation", "skipped_claim", "", ("T2",)),
                Item("stale", "stale", "", ("T3",), since=NOON),
            ),
            "2 skipped claim, T3 not started",
        ),
        ((Item("silent", "silent", "", ("T1",), since=NOON),), "silent 4h 00m"),
        ((Item("blocked", "blocked", "", ("T1",)),), "T1 blocked"),
    ],
)
def test_what_is_needed_in_words(items: tuple[Item, ...], said: str) -> None:
    (row,) = agent_rows(board(task("T1", "claimed", by="bob")), NOW)
    assert needs_of(replace(row, items=items), NOW) == said


def test_a_sparkline() -> None:
    assert sparkline((0, 1, 4, 8)) == "▁▂▅█"
    assert sparkline((0, 0)) == "▁▁"
    assert sparkline(()) == ""


def test_the_evidence() -> None:
    old = board(task("T1", "in_progress", by="bob@1"))
    new = board(task("T1", "in_progress", by="eve"))
    events = changes(old, new, at=NOW, source="file")
    (item,) = attention(new, NOW, violations=broken_rules(events))
    scene = Scene("alice", NOW, new, 90, MONOCHROME)
    assert [words(line) for line in evidence(item, scene)] == [
        "▲ 16:00:00  T1 was in progress with @bob@1; holder is now @eve, no release"
    ]
    for room in (14, 30, 60):
        narrow = scene._replace(room=room)
        assert all(width(words(line)) <= room for line in evidence(item, narrow))


def test_the_orders() -> None:
    history = (
        entry(later(hours=1), "T1", "finished", "zoe", "in_progress -> done"),
        entry(later(hours=3), "T2", "claimed", "bob", "todo -> claimed"),
    )
    now = board(
        task("T1", "done", by="zoe"),
        task("T2", "claimed", by="bob"),
        task("T3", "claimed", by="Al"),
        task("T4", "claimed", by="Al"),
        history=history,
    )
    rows = agent_rows(now, NOW)
    names = {order: [row.name for row in ordered(rows, order)] for order in (
        "needs me", "name", "holds", "done today", "last sign")}  # fmt: skip
    assert names["needs me"] == [row.name for row in rows]
    assert names["name"] == ["Al", "bob", "zoe"]
    assert names["holds"][:2] == ["Al", "bob"]
    assert names["done today"][0] == "zoe"
    assert names["last sign"] == ["bob", "zoe", "Al"]


async def test_the_agents_and_what_one_did() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("A")
        text = it.text
        assert " agents 7" in text
        assert "sorted by: needs me" in text
        assert "▌▲ @gemini        TASK_011 57m" in text
        assert "1 stolen" in text
        assert "@gemini   last changes" in text
        assert "took      TASK_011" in text
        assert "was in progress with @eng-frontend; holder is now" in text


async def test_what_broke_a_rule_is_put_right_from_here() -> None:
    async with desk(text_board(QUIET), (80, 24)) as it:
        await text_put(it, STOLEN)
        await it.press("A")
        assert "  x give back to @eng-a    X accept" in it.text
        await it.press("x")
        assert " A-2 stolen from @eng-a: give back to @eng-a?" in it.text
        await it.press("y")
        task = it.file.board.get("A-2")
        assert task is not None
        assert task.holder == "eng-a"


async def test_what_broke_a_rule_is_accepted_from_here() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("A", "X")
        it.clock.advance(1)
        await it.settle()
        assert " ▲ 1 needs you   skipped work TASK_014" in it.text
        await it.press("exclamation_mark")
        assert it.rows[1].startswith(" what needs you")
        assert "TASK_014" in it.text


async def test_moving_shows_the_next_one() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("A", "j")
        assert "@eng-data   last changes" in it.text
        await it.press("G")
        assert "you   last changes" in it.text
        await it.press("g")
        assert "@gemini   last changes" in it.text
        await it.press("ctrl+d", "ctrl+u")
        assert "@gemini   last changes" in it.text


async def test_a_click_selects_an_agent_and_a_second_one_shows_its_board() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("A")
        at = next(at for at, row in enumerate(it.rows) if "@eng-data" in row)
        await it.pilot.click(offset=(10, at))
        await it.settle()
        assert "@eng-data   last changes" in it.text
        await it.pilot.click(offset=(10, at + 12))
        await it.settle()
        assert "@eng-data   last changes" in it.text
        await it.pilot.click(offset=(10, at), times=2)
        await it.settle()
        assert ' / @"eng-data"' in it.text


async def test_the_order_changes_and_the_selection_stays() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("A", "o")
        assert "sorted by: name" in it.text
        assert "@gemini   last changes" in it.text
        assert it.selected == "▲"
        for order in ("holds", "done today", "last sign", "needs me"):
            await it.press("o")
            assert f"sorted by: {order}" in it.text


async def test_enter_shows_the_board_of_one_agent() -> None:
    async with desk(shop(), (120, 36)) as it:
        await while_away(it)
        await it.press("A", "enter")
        assert it.selected == "TASK_011"
        assert "TASK_009" not in it.text
        assert "TASK_012" not in it.text


async def test_the_rows_follow_the_file() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("A")
        it.clock.advance(1)
        it.file.amend("TASK_014", status="claimed", claimed_by="newcomer@1")
        await it.settle()
        it.clock.advance(1)
        await it.settle()
        assert "@newcomer" in it.text


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_back_to_the_board(key: str) -> None:
    async with desk(shop(), (80, 24)) as it:
        before = it.text
        await it.press("A", key)
        assert it.text == before


async def test_nobody_is_there() -> None:
    async with desk([task("T1")], (80, 24)) as it:
        await it.press("A")
        assert "No agent has a task" in it.text
        await it.press("enter")
        assert "there are no agents yet" in it.foot
        await it.press("question_mark")
        assert "keys and signs" in it.text


async def test_a_small_screen_has_a_name_and_a_need() -> None:
    async with desk(shop(), (40, 12)) as it:
        await while_away(it)
        await it.press("A")
        assert it.body[3] == "▌▲ @gemini                     1 stolen"
        assert it.body[5].endswith("fine")
        await it.press("j", "enter")
        assert it.selected == "TASK_014"
