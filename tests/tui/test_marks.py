"""Many tasks at once: marking them, and what a key does with all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import ALICE, desk, task
from todo_tui.board.board import board_of
from todo_tui.board.request import Batch, Claim, Release, Seen, Start

if TYPE_CHECKING:
    from tests.tui.desk import Desk

TASKS = [
    *(task(f"A-{number}") for number in range(1, 6)),
    task("B-1", status="claimed", agent="eng"),
    task("B-2", status="claimed", agent="qa"),
    task("C-1", status="in_progress", agent="eng"),
]
FREE = Seen("todo", None)


@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        ("space space", "A-1 A-2"),
        ("space k space", ""),
        ("v j j", "A-1 A-2 A-3"),
        ("v j j v j", "A-1 A-2 A-3"),
        ("v j space j", "A-1 A-2"),
        ("j j v k k", "A-1 A-2 A-3"),
        ("shift+down shift+down", "A-1 A-2 A-3"),
        ("G shift+up", "A-4 A-5"),
        ("asterisk", "A-1 A-2 A-3 A-4 A-5"),
        ("asterisk asterisk", ""),
        ("space asterisk", "A-1 A-2 A-3 A-4 A-5"),
        ("v j l", "A-1 A-2"),
        ("space l asterisk", "A-1 B-1 B-2"),
        ("space j v j escape", "A-1"),
        ("space escape", ""),
        ("v j escape escape", ""),
    ],
)
async def test_marking(keys: str, marked: str) -> None:
    async with desk(TASKS) as it:
        await it.press(*keys.split())
        names = marked.split()
        shown = [name for made in TASKS if f"{(name := made.id)} ◆" in it.text]
        assert shown == names
        assert it.foot.startswith(f"◆ {len(names)} marked" if names else ("c claim", "s start"))


async def test_a_key_acts_on_all_marked_as_one_commit() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "space", "j", "c")
        assert it.heads.startswith("1 todo 3 │ 2 claimed 4")
        assert "2 tasks claimed" in it.foot
        assert it.file.commits == [
            Batch((Claim("A-1", ALICE, seen=FREE), Claim("A-2", ALICE, seen=FREE)), ALICE)
        ]
        assert marked(it) == ["A-1", "A-2"]
        await it.press("s", "escape", "3")
        assert it.heads.startswith("1 todo 3 │ 2 claimed 2 │ 3 in progress 3")
        assert "marked" not in it.foot


def marked(it: Desk) -> list[str]:
    """The ids of the marked tasks that are in sight, sorted."""
    return sorted(re.findall(r"(\S+) ◆", it.text.replace("▌", " ")))


@pytest.mark.parametrize("key", ["c", "d", "p"])
async def test_what_is_asked_of_a_range_ends_it(key: str) -> None:
    async with desk(TASKS) as it:
        await it.press("v", "j", key)
        if key == "d":
            await it.press("escape")
        await it.press("j", "k", "k", "j", "j")
        assert marked(it) == ["A-1", "A-2"]


async def test_what_is_asked_of_a_range_in_a_filter_ends_it() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"status:todo", "enter", "v", "j", "c", "j", "j")
        assert it.foot.startswith("◆ 2 marked")
        await it.press("escape")
        assert marked(it) == ["A-1", "A-2"]


@pytest.mark.parametrize("moved", ["A-1", "A-3", "both"])
async def test_a_range_of_which_an_end_goes_elsewhere_marks_what_it_was(moved: str) -> None:
    async with desk(TASKS) as it:
        await it.press("v", "j", "j")
        await it.put(
            board_of(
                made._replace(status="claimed", raw_status="claimed", claimed_by="eng")
                if made.id == moved or (moved == "both" and made.id in ("A-1", "A-3"))
                else made
                for made in TASKS
            )
        )
        await it.press("j", "j")
        assert marked(it) == ["A-1", "A-2", "A-3"]


async def test_a_range_stays_open_while_others_change_other_tasks() -> None:
    async with desk(TASKS) as it:
        await it.press("v", "j")
        await it.put(board_of([*TASKS, task("N-1", status="done")]))
        await it.press("j")
        assert marked(it) == ["A-1", "A-2", "A-3"]


async def test_what_is_refused_is_told_and_the_rest_done_when_wanted() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "l", "asterisk", "s")
        assert "start: 1 of 3 would be refused" in it.text
        assert "✗ A-1 is todo and cannot be started: claim it, then start it" in it.text
        assert "y do the other 2" in it.text
        await it.press("escape")
        assert it.file.commits == []
        await it.press("s", "y")
        assert it.file.commits == [
            Batch(
                (
                    Start("B-1", ALICE, seen=Seen("claimed", "eng")),
                    Start("B-2", ALICE, seen=Seen("claimed", "qa")),
                ),
                ALICE,
            )
        ]


async def test_where_all_are_refused_there_is_no_rest() -> None:
    async with desk(TASKS) as it:
        await it.press("asterisk", "d")
        assert it.rows[-4:] == [
            " done: 5 of 5 would be refused",
            " ✗ A-1 is todo and cannot be finished: claim it, then start it, then finish it",
            "   the same: A-2  A-3  A-4  A-5",
            " Esc do nothing",
        ]
        assert "do the other" not in it.text
        await it.press("y")
        assert it.file.commits == []
        await it.press("escape", "space", "d")
        assert "✗ A-1 is todo and cannot be finished" in it.text


async def test_reasons_that_do_not_fit_are_counted_and_scrolled_to() -> None:
    many = [task(f"B-{number}", status="claimed", holder=f"eng{number}") for number in range(20)]
    async with desk([*many, task("A-1")], (80, 24)) as it:
        await it.press("asterisk", "l", "asterisk", "d")
        assert "done: 21 of 21 would be refused" in it.text
        assert it.foot == "Esc do nothing   ↑ ↓ 9 more rows"
        assert "B-19" not in it.text
        await it.press(*["j"] * 9)
        assert "B-19" in it.text


async def test_a_reason_is_asked_for_once() -> None:
    async with desk(TASKS) as it:
        await it.press("2", "asterisk", "r")
        assert "release 2 tasks: why?" in it.text
        await it.press(*"late", "enter")
        assert it.file.commits == [
            Batch(
                (
                    Release("B-1", ALICE, reason="late", seen=Seen("claimed", "eng")),
                    Release("B-2", ALICE, reason="late", seen=Seen("claimed", "qa")),
                ),
                ALICE,
            )
        ]


async def test_all_marked_are_claimed_for_one() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "space", "C", *"zed", "enter")
        assert [task.holder for task in it.file.board.tasks[:2]] == ["zed", "zed"]
        assert len(it.file.commits) == 1


async def test_the_one_that_is_left_is_asked_for_alone() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "l", "space", "s", "y")
        assert it.file.commits == [Start("B-1", ALICE, seen=Seen("claimed", "eng"))]


async def test_marks_stay_over_a_reload_and_go_with_their_task() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "space")
        await it.put(board_of([task("N-1"), *TASKS[1:]]))
        assert "A-2 ◆" in it.text
        assert it.foot.startswith("◆ 1 marked")


async def test_those_that_are_hidden_are_said_and_asked_about() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "space", "slash", *"status:claimed", "enter", "asterisk")
        assert it.foot.startswith("◆ 4 marked, 2 hidden  ")
        await it.press("greater_than_sign")
        assert it.rows[-3:] == [
            " claim/start which? 2 of 4 marked are hidden   Enter choose  Esc back",
            "   s  the 2 in sight",
            "   a  all 4            hidden ones, too",
        ]
        await it.press("escape")
        assert it.file.commits == []
        await it.press("s", "enter")
        assert it.file.commits == [
            Batch(
                (
                    Start("B-1", ALICE, seen=Seen("claimed", "eng")),
                    Start("B-2", ALICE, seen=Seen("claimed", "qa")),
                ),
                ALICE,
            )
        ]
        assert it.foot.startswith("2 tasks started")


async def test_where_all_are_hidden_they_are_named_before_anything_happens() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "space", "1", "minus", "2", "c")
        assert "claim which? 2 of 2 marked are hidden" in it.text
        assert "in sight" not in it.text
        await it.press("a")
        assert it.file.commits == [
            Batch((Claim("A-1", ALICE, seen=FREE), Claim("A-2", ALICE, seen=FREE)), ALICE)
        ]


async def test_marks_are_kept_while_another_filter_is_on() -> None:
    async with desk(TASKS) as it:
        await it.press("space", "slash", *"status:claimed", "enter", "asterisk")
        assert it.foot.startswith("◆ 3 marked")
        await it.press("escape")
        assert "A-1 ◆" in it.text
        await it.press("escape")
        assert "◆" not in it.text
