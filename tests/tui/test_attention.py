"""What needs the person: the row that says so, the marks of cards, and the walk through it all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.tui.desk import NOW, Desk, desk
from tests.tui.scenes import board
from todo_tui.board.transition import Actor, Release
from todo_tui.errors import TodoError
from todo_tui.storage.journal import START
from todo_tui.storage.journal_record import Mark

QUIET = """\
# Plan

```yaml
- A-1: "First"
  assigned_agent: null
  status: todo
- A-2: "Second"
  assigned_agent: eng-a
  status: in_progress
  started_at: "2026-03-02T13:45:00Z"
- A-3: "Third"
  status: done
  assigned_agent: eng-b
- A-4: "Fourth"
  assigned_agent: eng-b
  status: claimed
  claimed_at: "2026-03-02T14:00:00Z"
```

## Session History

- 2026-03-02T13:45:00Z: A-2 started by eng-a (claimed -> in_progress)
- 2026-03-02T13:44:00Z: A-2 claimed by eng-a (todo -> claimed)
"""

STOLEN = QUIET.replace("assigned_agent: eng-a", "assigned_agent: eng-z")
SKIPPED = QUIET.replace("status: todo", "status: in_progress")
DONE = QUIET.replace("status: todo", "status: done")
GONE = QUIET.replace('- A-3: "Third"\n  status: done\n  assigned_agent: eng-b\n', "")
TWICE = QUIET.replace("```\n\n##", '- A-4: "Another"\n  status: todo\n```\n\n##')
REOPENED = QUIET.replace("status: done", "status: todo")
CUT = QUIET.replace(
    "- 2026-03-02T13:44:00Z: A-2 claimed by eng-a (todo -> claimed)\n", ""
)  # fmt: skip
STASHED = (
    QUIET.split("- 2026")[0]
    .replace("status: in_progress", "status: todo")
    .replace('  started_at: "2026-03-02T13:45:00Z"\n', "")
)
"""The file from before A-2 was claimed."""


async def text_put(it: Desk, text: str) -> None:
    """Somebody else writes this text."""
    await it.put(board(text))


def bar(it: Desk) -> str:
    """The row of attention, blanks squeezed; "" where there is none."""
    return " ".join(it.rows[1].split()) if it.bar else ""


async def test_there_is_a_row_only_where_something_needs_a_person() -> None:
    async with desk(board(QUIET)) as it:
        assert bar(it) == ""
        await text_put(it, STOLEN)
        assert bar(it) == "▲ 1 needs you stolen A-2 ! walk through"
        await it.press("l", "l", "enter")
        assert bar(it) == "▲ 1 needs you stolen A-2 ! walk through"


async def test_a_click_on_the_row_begins_the_walk() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, STOLEN)
        await it.pilot.click(offset=(10, 1))
        await it.settle()
        assert "what needs you" in it.rows[1]
        assert "A-2  Second" in it.text


async def test_while_changes_keep_coming_it_is_shown_with_the_next_paint() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, QUIET.replace("First", "Premier"))
        it.file.put(board(STOLEN))
        await it.settle_watch()
        it.clock.advance(0.4)
        await it.settle()
        assert "eng-z" in it.text
        assert bar(it) == ""
        it.clock.advance(0.4)
        await it.settle()
        assert bar(it) == "▲ 1 needs you stolen A-2 ! walk through"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (120, "▲ 3 need you vanished A-3 stolen A-2 fault A-4 ! walk through"),
        (60, "▲ 3 need you vanished A-3 stolen A-2 ! walk through"),
        (40, "▲ 3 need you ! look"),
    ],
)
async def test_the_row_holds_what_fits_the_worst_first(columns: int, words: str) -> None:
    async with desk(board(QUIET), (columns, 20)) as it:
        text = STOLEN.replace('- A-3: "Third"\n  status: done\n  assigned_agent: eng-b\n', "")
        await text_put(it, text.replace("A-4:", "A-4: Fix: the bug\n  x:"))
        assert bar(it) == words


async def test_cards_say_what_is_the_matter() -> None:
    async with desk(board(QUIET), (200, 36)) as it:
        await text_put(it, STOLEN)
        assert "▲ stolen from @eng-a" in it.text
        it.clock.advance(20 * 60)
        await it.settle()
        assert "◌ stale" in it.text
        it.clock.advance(2 * 3600)
        await it.settle()
        assert "◌ silent 2h" in it.text
        await it.press("z", "z")
        assert " ▲ • Second" in it.text
        assert " ◌ Fourth" in it.text


async def test_the_detail_says_what_is_the_matter_and_what_can_be_done() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, STOLEN)
        await it.press("3", "enter")
        assert "▲ stolen from @eng-a" in it.text
        assert "x give back to @eng-a    X accept" in it.text
        assert it.foot.startswith("x restore  X accept  d done")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_walk_goes_through_all_of_it(size: tuple[int, int]) -> None:
    async with desk(board(QUIET), size) as it:
        await text_put(it, STOLEN.replace("null\n  status: todo", "bob\n  status: blocked"))
        it.clock.advance(20 * 60)
        await it.settle()
        await it.press("exclamation_mark")
        assert it.rows[1].split() == ["what", "needs", "you", "1", "of", "3"]
        assert "▲ stolen from @eng-a" in it.text
        await it.press("exclamation_mark")
        assert "2 of 3" in it.rows[1]
        assert "◌ stale 25m" in it.text
        await it.press("n")
        assert "⊘ blocked" in it.text
        await it.press("n")
        assert it.foot.endswith("that was the last one")
        await it.press("N", "N")
        assert "1 of 3" in it.rows[1]
        await it.press("exclamation_mark", "exclamation_mark", "exclamation_mark")
        assert "that was all that needs you" in it.foot
        assert it.selected == "A-1"


async def test_there_is_nothing_to_walk_through() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("exclamation_mark")
        assert it.foot == "✗ nothing needs you"


async def test_what_is_added_anew_in_the_form_needs_nobody_until_that_is_undone() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("4", "e", "x")
        await text_put(it, GONE)
        assert bar(it).startswith("▲ 1 needs you vanished A-3")
        it.clock.advance(1)
        await it.press("ctrl+s")
        assert it.selected == "A-3"
        assert bar(it) == ""
        it.clock.advance(1)
        await it.press("u")
        assert bar(it).startswith("▲ 1 needs you vanished A-3")
        await it.press("exclamation_mark", "x", "enter")
        assert it.file.board.get("A-3").title == "Third"  # type: ignore[union-attr]


async def test_the_walk_goes_on_where_something_was_dealt_with() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, STOLEN)
        it.clock.advance(20 * 60)
        await it.settle()
        await it.press("exclamation_mark", "X")
        assert "accepted: stolen A-2" in it.foot
        assert "1 of 1" in it.rows[1]
        assert "◌ stale" in it.text
        await it.press("r")
        assert "claimed and not started for 25m, since 2026-03-02T14:00:00Z" in it.text
        await it.press("enter")
        assert "Nothing needs you any more." in it.text
        await it.press("q")
        assert bar(it) == ""


@pytest.mark.parametrize("text", [GONE, CUT, STASHED], ids=["gone", "history", "status"])
async def test_what_is_in_the_file_again_needs_nobody(text: str) -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, text)
        assert "▲" in bar(it)
        await text_put(it, QUIET)
        assert bar(it) == ""
        await text_put(it, text)
        assert "▲" in bar(it)


async def test_a_large_file_that_went_and_came_back_needs_nobody() -> None:
    items = "".join(f'- A-{n}: "Task {n}"\n  status: todo\n' for n in range(4_000))
    lines = "".join(
        f"- 2026-03-01T{n // 60 % 24:02}:{n % 60:02}:00Z: line {n}\n" for n in range(4_000)
    )
    full = f"```yaml\n{items}```\n\n## Session History\n\n{lines}"
    async with desk(board(full)) as it:
        for text, row in (("", "▲ 2 need you vanished 4,000"), (full, "")):
            it.clock.advance(1)
            await text_put(it, text)
            assert bar(it).startswith(row)
            assert it.bar == bool(row)


@pytest.mark.parametrize(
    ("text", "words", "key_words"),
    [
        (STOLEN, "stolen from @eng-a", "give back to @eng-a"),
        (SKIPPED, "skipped claim", "back to todo"),
        (DONE, "skipped work", "back to todo"),
        (GONE, "vanished", "put back"),
        (TWICE, "duplicated", "renumber"),
        (REOPENED, "reopened", "back to done"),
        (CUT, "history rewritten", "put the lines back"),
    ],
    ids=["stolen", "claim", "work", "gone", "twice", "reopened", "history"],
)
async def test_what_broke_a_rule_is_put_right(text: str, words: str, key_words: str) -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, text)
        await it.press("exclamation_mark")
        assert f"▲ {words}" in it.text
        assert f"x {key_words}    X accept" in it.text
        await it.press("x")
        assert f"{words}: {key_words}?" in it.text
        assert "Enter do it  Esc leave it" in it.text
        await it.press("escape")
        assert it.file.commits == []
        await it.press("x", "enter")
        assert len(it.file.commits) == 1
        await it.press("q")
        assert "▲" not in it.text


@pytest.mark.parametrize("text", [STOLEN, SKIPPED, DONE, GONE, REOPENED])
async def test_what_was_put_right_and_undone_needs_the_person_again(text: str) -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, text)
        needed = bar(it)
        await it.press("exclamation_mark", "x", "enter")
        assert "▲" not in it.text
        it.clock.advance(1)
        await it.press("u")
        it.clock.advance(1)
        await it.settle()
        await it.press("escape")
        assert bar(it) == needed
        assert [bad.ref for bad in it.file.journal.read().violations] == [needed.split()[-4]]
        await it.press("exclamation_mark", "x", "enter")
        it.clock.advance(1)
        await it.settle()
        assert "▲" not in it.text
        assert it.file.journal.read().violations == ()


async def test_a_sweep_that_was_put_right_needs_nobody() -> None:
    tasks = "".join(
        f'- A-{at}: "Task {at}"\n  assigned_agent: eng-a\n  status: in_progress\n'
        for at in range(5)
    )
    text = f"# Plan\n\n```yaml\n{tasks}```\n"
    async with desk(board(text)) as it:
        await text_put(it, text.replace("in_progress", "done"))
        assert "bulk done" in bar(it)
        await it.press("exclamation_mark", "x", "enter")
        assert len(it.file.commits) == 5
        await it.press("q")
        assert bar(it) == ""


async def test_x_and_capital_x_act_on_the_selected_card() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("x")
        assert it.foot == "✗ no rule was broken here"
        await it.press("X")
        assert it.foot == "✗ no rule was broken here"
        await text_put(it, STOLEN)
        await it.press("3")
        assert it.foot.startswith("x restore  X accept")
        await it.press("x", "y")
        assert it.file.board.get("A-2").holder == "eng-a"  # type: ignore[union-attr]
        document = it.file.board.document
        assert document is not None
        await text_put(it, document.text.replace("agent: eng-a", "agent: eng-z"))
        await it.press("X")
        assert bar(it) == ""
        marks = [line.record for line in it.file.journal.after(START)[0]]
        assert [mark.kind for mark in marks if isinstance(mark, Mark)] == ["restored", "accepted"]


async def test_what_was_accepted_at_another_board_leaves_the_bar() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, STOLEN)
        (event,) = it.file.journal.read().violations
        it.file.journal.mark(Mark("accepted", NOW, "bob", event.key))
        it.clock.advance(60)
        await it.settle()
        assert bar(it) == ""


async def test_a_journal_that_goes_while_the_board_is_open_is_said() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, SKIPPED)
        journal = Path(it.file.journal.folder) / "journal.jsonl"
        journal.unlink()
        await text_put(it, STOLEN)
        assert "the journal is gone" in it.text
        assert "stolen A-2" in bar(it)
        await it.press("j")
        await text_put(it, QUIET)
        assert "the journal is gone" not in it.text


async def test_it_is_too_late_to_put_right_what_was_changed_again() -> None:
    async with desk(board(QUIET)) as it:
        await text_put(it, STOLEN)
        later = STOLEN.replace("eng-z\n  status: in_progress", "eng-y\n  status: in_progress")
        await text_put(it, later)
        await it.press("exclamation_mark", "n", "x")
        assert "A-2" in it.foot
        assert it.file.commits == []


async def test_an_agent_cannot_put_right() -> None:
    async with desk(board(QUIET), actor=Actor("alice", human=True, for_agent="eng-b")) as it:
        await text_put(it, STOLEN)
        await it.press("exclamation_mark", "x")
        assert "only a supervisor can put right" in it.text


async def test_what_could_not_be_written_waits_until_it_can() -> None:
    async with desk(board(QUIET)) as it:
        it.file.refuses = TodoError("disk", "No space left on device")
        await it.press("c")
        assert bar(it) == "✗ 1 needs you not written A-1 ! walk through"
        await it.press("exclamation_mark")
        assert "No space left on device" in it.text
        await it.press("x")
        assert "1 of 1" in it.rows[1]
        it.file.refuses = None
        await it.press("x")
        assert it.file.board.get("A-1").status == "claimed"  # type: ignore[union-attr]
        await it.press("q")
        assert bar(it) == ""


async def test_a_refusal_is_no_failed_write() -> None:
    async with desk(board(QUIET)) as it:
        it.file.refuses = TodoError("changed", "A-1 is claimed now")
        await it.press("c")
        assert bar(it) == ""


async def test_undo_takes_back_the_last_deed_and_then_the_one_before() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("c")
        it.clock.advance(1)
        await it.press("s")
        assert it.file.board.get("A-1").status == "in_progress"  # type: ignore[union-attr]
        it.clock.advance(1)
        await it.press("u")
        assert it.file.board.get("A-1").status == "claimed"  # type: ignore[union-attr]
        assert "undone: A-1 is claimed" in it.foot
        it.clock.advance(1)
        await it.press("u")
        assert it.file.board.get("A-1").status == "todo"  # type: ignore[union-attr]
        await it.press("u")
        assert "the journal tells of nothing that alice did" in it.text


async def test_undo_takes_back_a_task_that_was_added() -> None:
    async with desk(board(QUIET)) as it:
        before = [task.ref for task in it.file.board.tasks]
        await it.press("c")
        it.clock.advance(1)
        await it.press("a", *"New", "ctrl+s")
        assert len(it.file.board.tasks) == len(before) + 1
        it.clock.advance(1)
        await it.press("u")
        assert [task.ref for task in it.file.board.tasks] == before
        assert "is gone again" in it.foot
        it.clock.advance(1)
        await it.press("u")
        assert it.file.board.get("A-1").status == "todo"  # type: ignore[union-attr]


async def test_undo_is_refused_where_somebody_changed_the_task_since() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("c")
        await it.put(
            board(QUIET.replace("assigned_agent: null\n  status: todo",
                                "assigned_agent: null\n  claimed_by: bob\n  status: claimed"))
        )  # fmt: skip
        await it.press("u")
        assert "✗ A-1" in it.text
        assert len(it.file.commits) == 1


async def test_a_release_of_what_is_stale_says_why() -> None:
    async with desk(board(QUIET)) as it:
        await it.press("4")
        it.clock.advance((timedelta(hours=3)).total_seconds())
        await it.settle()
        await it.press("3", "r")
        reason = (
            "no sign of life for 3h 20m, since 2026-03-02T13:45:00Z;"
            " last entry: started by eng-a at 2026-03-02T13:45:00Z"
        )
        await it.press("enter")
        (asked,) = it.file.commits
        assert isinstance(asked, Release)
        assert asked.reason == reason
