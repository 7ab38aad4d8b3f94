"""Text from the file is data: shown as it is, never obeyed, never wider than its card."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import NOW, Desk, desk, task
from tests.tui.scenes import board
from todo_tui.board.task import Fault
from todo_tui.shown import width

if TYPE_CHECKING:
    from todo_tui.board.task import Task

MARKUP = [
    "[bold]loud[/bold]",
    "[/]",
    "[todo] fix",
    "[@click=app.quit]go[/]",
    "{x} %s $HOME `ls`",
    "\\[a]",
]
CONTROL = [
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31mcsi",
    "a\rb\nc\td\x08e\x00f",
    "rtl \u202eevil\u202c \u2067x\u2069",
    "wide 漢字かな交じり文を書く",
    "emoji 👩‍👩‍👧 ⚠️ 1️⃣ 🏳️‍🌈 🇩🇪 👍🏽",
    "zero\u200bwidth\ufeff\u00ad joiner\u200d",
    "marks e" + "\u0301" * 40,
    "\u0301leads",
    "tag \U000e0041\U000e007f",
    "surrogate \udcff",
    "private \ue000 \U000f0000",
    "हिन्दी में शीर्षक",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "ﷺ" * 20,
    "x" * 400,
    "漢" * 200,
    "   ",
]


@pytest.mark.parametrize("title", MARKUP)
async def test_markup_is_shown_literally(title: str) -> None:
    async with desk([task("A-1", title), task("A-2", "quiet")]) as it:
        assert title in it.text
        await it.press("enter")
        assert title in it.text
        await it.press("q", "r", "j", "k", "c")
        assert title in it.text
        assert it.app.is_running


IDS = ["[b]A-1[/b]", "\x1b[31mA", "A\u202eB", "漢字-1", "A" * 60, "surrogate \udcff"]


def hostile_tasks() -> list[Task]:
    """Every text in every place of a task."""
    texts = [*MARKUP, *CONTROL]
    tasks = [
        made
        for at, text in enumerate(texts)
        for made in (
            task(f"T-{at}", text, priority=text, needs=[text], note=text),
            task(f"C-{at}", text, status="claimed", agent=text or None, note=text),
            task(f"B-{at}", text, status="blocked", holder=text or None, blocker_reason=text),
            task(f"S-{at}", text, status=text.strip().lower() or "odd"),
        )
    ]
    return tasks + [task(name, "x", status="in_progress", agent="eng") for name in IDS]


def check(it: Desk, size: tuple[int, int]) -> None:
    assert len(it.rows) == size[1]
    for row in it.rows:
        assert width(row) <= size[0]
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in row)
        assert not any(c in row for c in "\u202e\u2067\u200b\ufeff\u200d\ufe0f")
    for strip in it.app.screen._compositor.render_strips():
        assert width("".join(segment.text for segment in strip)) == size[0]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)], ids=str)
async def test_nothing_widens_a_card_or_reaches_the_terminal(size: tuple[int, int]) -> None:
    async with desk(hostile_tasks(), size, name="dir/\x1b[2J\u202e.md") as it:
        for keys in ("1 d", "5", "3 y", "j y", "G y", "z", "2 enter n n n", "G", "q 9", "ctrl+d"):
            await it.press(*keys.split())
            check(it, size)
        for _ in range(6):
            await it.press("pagedown", "l")
            check(it, size)


@pytest.mark.parametrize("text", [*MARKUP, *CONTROL], ids=ascii)
async def test_a_task_is_opened_and_asked_about_whatever_it_says(text: str) -> None:
    made = task("A-1", text, status="claimed", agent=text or None, priority=text, note=text)
    async with desk([made], (60, 20)) as it:
        await it.press("2", "enter", "G")
        check(it, (60, 20))
        await it.press("b")
        check(it, (60, 20))
        await it.press("escape", "q", "C")
        check(it, (60, 20))


@pytest.mark.parametrize(
    ("text", "size"),
    list(zip([*MARKUP, *CONTROL], cycle([(40, 12), (80, 24), (160, 50)]), strict=False)),
    ids=ascii,
)
async def test_what_happens_is_told_whatever_it_says(text: str, size: tuple[int, int]) -> None:
    made = [task(name, text, "in_progress", holder=f"{text or 'x'}@1") for name in ("A-1", text)]
    async with desk(made, size) as it:
        it.clock.advance(1)
        it.file.amend("A-1", claimed_by=f"thief {text}", raw_priority=text)
        await it.settle()
        it.clock.advance(1)
        it.file.amend("A-1", status="done", raw_status=text)
        await it.settle()
        await it.press("L", "tab", "j", "f")
        check(it, size)
        await it.press("f", "f", "enter", "escape", "A", "j")
        check(it, size)
        await it.press("enter")
        check(it, size)


async def test_columns_stay_under_each_other() -> None:
    """Every separator of a row of cards stands in the same column of cells."""
    tasks = [task(f"A-{at}", text) for at, text in enumerate(CONTROL)]
    async with desk([*tasks, task("B-1", CONTROL[5], status="claimed")], (120, 50)) as it:
        places = set()
        for row in it.rows[1:-1]:
            at = row.find("│")
            places.add(width(row[:at]))
        assert len(places) == 1


async def test_faults_are_shown_literally() -> None:
    text = (
        '```yaml\n- TASK_001: "x" [/] \x1b[31m\n  status: [bold]\n  priority: high\n'
        "- TASK_002: [@click=app.quit]\n  status: todo\n  dependencies: [[/red], '\x9b']\n```\n"
    )
    async with desk(board(text)) as it:
        await it.press("f", "j", "j", "enter")
        assert it.app.is_running
        for row in it.rows:
            assert "\x1b" not in row
            assert "\x9b" not in row


async def test_a_message_with_markup_is_said_literally() -> None:
    async with desk([task("[b]x[/b]", "[/]", status="claimed", agent="[red]")]) as it:
        await it.press("2", "d")
        assert "[b]x[/b] is claimed by [red] and cannot be finished" in " ".join(it.text.split())
        await it.press("r")
        assert "release [b]x[/b]: why?" in it.text


async def test_names_to_choose_from_are_shown_literally() -> None:
    tasks = [task("A-1"), task("A-2", agent="[/]"), task("A-3", agent="e\x1b[31m")]
    async with desk(tasks, (80, 24)) as it:
        await it.press("C")
        assert "for whom?   [/]" in it.text
        await it.press("[")
        check(it, (80, 24))
        await it.press("backspace", "e")
        check(it, (80, 24))


def test_the_fault_of_a_task_is_shown_by_its_words() -> None:
    from todo_tui.board.board import board_of
    from todo_tui.tui.card import Trouble, marks_of

    it = task("A-1")
    trouble = Trouble([Fault("no_status", "A-1 has no status", "A-1")])
    marks = marks_of(board_of([it]), it, trouble, now=NOW, you="alice")
    assert [mark.words for mark in marks] == ["no status"]
