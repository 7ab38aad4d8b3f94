"""The detail of a task: all that the file says about it, each thing once and in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import ALICE, NOW, desk, task
from tests.tui.scenes import board, shop_with_faults
from todo_tui.board.board import board_of
from todo_tui.tui.detail import detail
from todo_tui.tui.findings import find
from todo_tui.tui.look import MONOCHROME
from todo_tui.tui.view import View

if TYPE_CHECKING:
    from todo_tui.board.task import Task

TEXT = """\
# Plan

```yaml
- TASK_001: "The one that is looked at, with a title that is too long for any head of it"
  priority: p9
  assigned_agent: eng
  claimed_by: eng@7f3a
  status: in_progress
  started_at: 2026-03-01T10:00:00Z
  dependencies: [TASK_002, TASK_003, TASK_404, EPIC_1]
  description: "Two lines\\n\\nand a gap"
  estimate:
    hours: 3
    parts: [one, "two: three"]
    nothing:
  tags: [ux, "[bold]"]
  links: []
- TASK_002: "Done before"
  status: done
- TASK_003: "Twice"
  status: todo
- TASK_003: "Twice again"
  status: todo
- TASK_009: "Waits"
  status: todo
  priority: low
  depends_on: TASK_001
```

## Session History
- 2026-03-02T14:00:00Z: TASK_001 noted by eng@7f3a (in_progress -> in_progress): half of it
- 2026-03-01T10:00:00Z: TASK_001 started for eng by eng@7f3a (claimed -> in_progress)
- 2026-02-01T09:30:00Z: TASK_001 planned by hand
"""


def lines(room: int, ref: str = "TASK_001", text: str = TEXT) -> list[str]:
    made = board(text)
    task = made.get(ref)
    assert task is not None
    view = View("TODO.md", ALICE, NOW, find(made), made)
    drawn = detail(task, made, view, room, MONOCHROME)
    return ["".join(piece.text for piece in line) for line in drawn.lines]


def part(rows: list[str], heading: str) -> list[str]:
    """The lines below a heading, up to the next blank one at its level."""
    start = next(at for at, row in enumerate(rows) if row.startswith(heading))
    found = []
    for row in rows[start + 1 :]:
        if row and not row.startswith(" "):
            break
        found.append(row)
    while found and not found[-1]:
        found.pop()
    return found


def test_the_facts_come_first_and_the_long_title_is_whole() -> None:
    facts = "p9   @eng@7f3a   assigned to @eng   1d in status   since 2026-03-01 10:00   line 4"
    assert lines(100)[0] == facts
    assert lines(90)[:3] == [
        "The one that is looked at, with a title that is too long for any head of it",
        "",
        facts,
    ]


def test_prose_keeps_its_paragraphs() -> None:
    assert part(lines(100), "Description") == ["  Two lines", "  ", "  and a gap"]


def test_what_it_needs_and_what_needs_it() -> None:
    rows = lines(60)
    assert part(rows, "Needs") == [
        "  ✓ TASK_002 Done before",
        "  ○ TASK_003 stands 2 times",
        "  ○ TASK_404 is not in the file",
        "  ○ EPIC_1 is not in the file",
    ]
    assert part(rows, "Needed by") == ["  ○ TASK_009 Waits"]
    wide = next(row for row in lines(100) if row.startswith("Needs"))
    assert wide.split() == ["Needs", "Needed", "by"]


def test_other_fields_are_a_table_whatever_their_shape() -> None:
    fields = part(lines(100), "Fields")
    assert [row.strip() for row in fields] == [
        "started at  2026-03-01T10:00:00Z",
        "estimate    hours: 3",
        "parts:",
        "- one",
        "- two: three",
        "nothing:",
        "tags        - ux",
        "- [bold]",
        "links       –",
    ]


def test_history_is_newest_first_in_the_zone_of_the_clock() -> None:
    assert part(lines(100), "History") == [
        "             14:00  noted by @eng@7f3a: half of it",
        "  2026-03-01 10:00  started by @eng@7f3a for @eng",
        "  2026-02-01 09:30  TASK_001 planned by hand",
    ]


def test_the_source_is_numbered_as_in_the_file() -> None:
    rows = lines(100)
    heading = next(row for row in rows if row.startswith("Raw"))
    assert heading == "Raw   lines 4–17"
    raw = part(rows, "Raw")
    assert raw[0].startswith('   4  - TASK_001: "The one')
    assert raw[-1] == "  17    links: []"
    assert [row[2:].lstrip() for row in raw][3] == "7    claimed_by: eng@7f3a"


def test_a_task_that_waits_says_for_what() -> None:
    assert "⊘ not ready: needs TASK_001" in lines(100, "TASK_009")


def test_no_line_is_wider_than_the_screen() -> None:
    for room in (20, 38, 60, 100):
        assert max(map(len, lines(room))) <= room


async def test_the_detail_follows_the_file() -> None:
    async with desk(board(TEXT), (100, 40)) as it:
        await it.press("3", "enter")
        assert it.body[1].split()[-2:] == ["in", "progress"]
        await it.put(board(TEXT.replace("status: in_progress", "status: done")))
        assert it.body[1].split()[-1] == "done"
        assert it.foot.startswith("o reopen")
        await it.put(board(TEXT.replace("TASK_001:", "TASK_005:")))
        assert "no longer in the file" in it.body[1]
        await it.press("c")
        assert "this task is no longer in the file" in it.foot
        await it.press("q")
        assert it.app.is_running


async def test_scrolling_the_detail() -> None:
    async with desk(shop_with_faults(), (80, 24)) as it:
        await it.press("3", "enter")
        top = it.body[3]
        await it.press("j")
        assert it.body[3] != top
        await it.press("G")
        assert "estimated_hours: 6" in it.text
        await it.press("g")
        assert it.body[3] == top
        await it.press("ctrl+d", "ctrl+u")
        assert it.body[3] == top


async def test_a_task_that_is_gone_says_so_and_the_next_one_is_that_of_its_column() -> None:
    def of(*numbers: int) -> list[Task]:
        return [
            task(f"{status[0]}-{number}", status=status)
            for status in ("todo", "claimed")
            for number in numbers
        ]

    for size in ((80, 24), (40, 12)):
        for key, other in (("n", "c-3"), ("N", "c-1")):
            async with desk(of(1, 2, 3), size) as it:
                await it.press("2", "j", "enter")
                await it.put(board_of(of(1, 3)))
                assert "c-2 is no longer in the file" in it.text
                assert "q back" in it.foot
                await it.press(key)
                assert it.body[1].startswith(f" {other} ")
                await it.press("q")
                assert it.selected == other


@pytest.mark.parametrize(("left", "key"), [((1, 2), "n"), ((2, 3), "N")])
async def test_there_is_no_next_one_of_a_task_that_was_the_last(
    left: tuple[int, ...], key: str
) -> None:
    tasks = [task(f"c-{number}", status="claimed") for number in (1, 2, 3)]
    async with desk([task("t-1"), *tasks], (80, 24)) as it:
        await it.press("2", "G" if key == "n" else "g", "enter")
        await it.put(board_of([task("t-1"), *(tasks[number - 1] for number in left)]))
        await it.press(key)
        assert f"this is the {'last' if key == 'n' else 'first'} task of its column" in it.foot
        await it.press("N" if key == "n" else "n")
        assert it.body[1].startswith(" c-2 ")


async def test_where_its_whole_column_is_gone_it_stays() -> None:
    async with desk([task("t-1"), task("r-1", status="review")], (80, 24)) as it:
        await it.press("5", "enter")
        await it.put(board_of([task("t-1")]))
        await it.press("n", "N")
        assert "r-1 is no longer in the file" in it.text
        await it.press("q")
        assert it.selected == "t-1"
