"""The activity: docked or alone, selected, filtered, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, later, task
from tests.tui.desk import desk
from tests.tui.scenes import shop
from tests.tui.stories import while_away
from todo_tui.board.changes import changes
from todo_tui.board.event import BoardEvent, Lost, Order, Several
from todo_tui.board.request import Actor
from todo_tui.board.task import Fault
from todo_tui.board.timeline import Happening, timeline
from todo_tui.shown import width
from todo_tui.tui.activity import EVERYTHING, Lines, Only, Scene, next_filter
from todo_tui.tui.line_view import Across
from todo_tui.tui.look import MONOCHROME
from todo_tui.tui.supervision import Away
from todo_tui.tui.told import Told, told

if TYPE_CHECKING:
    from tests.tui.desk import Desk

BOB = Actor("bob@1")
ALICE = Actor("alice", human=True)
OLD = task("T1", title="Old title", needs=("T0",))


def one(old: object, new: object, *, by: Actor | None = None, **fields: object) -> Told:
    """What is told of the first event between two boards."""
    events = changes(old, new, at=NOON, source="file" if by is None else "command", actor=by)  # type: ignore[arg-type]
    return told(Happening(events[0]), "alice", None)


@pytest.mark.parametrize(
    ("before", "after", "by", "who", "verb", "text", "tail"),
    [
        (task("T1"), task("T1", "claimed", by="bob@1"), BOB, "@bob", "claimed", "Work on T1", ""),
        (task("T1", "claimed", by="bob@1"), task("T1"), BOB, "@bob", "released", "Work on T1", ""),
        (task("T1", "blocked", by="bob@1"), task("T1"), BOB, "@bob", "unblocked", "Work on T1", ""),
        (task("T1", "done"), task("T1"), ALICE, "you", "reopened", "Work on T1", ""),
        (
            task("T1", "claimed", by="bob@1"), task("T1", "in_progress", by="bob@1"),
            BOB, "@bob", "started", "Work on T1", "",
        ),
        (
            task("T1", "in_progress", by="x"), task("T1", "done", by="x"),
            Actor("eve", human=True), "eve", "done", "Work on T1", "",
        ),
        (
            task("T1", "in_progress", by="x"), task("T1", "blocked", by="x"),
            BOB, "@bob", "blocked", "Work on T1", "",
        ),
        (
            task("T1", "in_progress", by="x"), task("T1", "review", by="x"),
            BOB, "@bob", "moved", "to review  Work on T1", "",
        ),
        (task("T1"), task("T1", title="New"), None, "file", "retitled", "New", "direct edit"),
        (
            task("T1"), task("T1", priority="high"),
            None, "file", "edited", "priority medium → high", "direct edit",
        ),
        (
            task("T1"), task("T1", fields=(("due_on", "now"),), needs=("T2",)),
            None, "file", "edited", "dependencies, due on", "direct edit",
        ),
        (task("T1"), None, None, "file", "removed", "Work on T1", "▲ vanished"),
        (None, task("T1"), ALICE, "you", "added", "Work on T1", ""),
        (
            task("T1", "claimed", by="x"), task("T1", "claimed", by="bob@1"),
            None, "@bob", "took", "Work on T1", "▲ stolen from @x",
        ),
        (
            task("T1", "claimed", by="x"), task("T1", "claimed", by="bob@1"),
            ALICE, "you", "assigned", "@x → @bob", "",
        ),
    ],
)  # fmt: skip
def test_the_words_for_each_event(
    before: object, after: object, by: Actor | None, who: str, verb: str, text: str, tail: str
) -> None:
    old, new = (board(*(() if side is None else (side,))) for side in (before, after))
    found = one(old, new, by=by)
    assert (found.who, found.verb, found.text, found.tail) == (who, verb, text, tail)
    assert found.broken == tail.startswith("▲")


@pytest.mark.parametrize(
    ("event", "verb", "text"),
    [
        (BoardEvent("fault", NOON, "file", detail=Fault("cycle", "a \x1b[0m b")), "fault",
         "a ␛[0m b"),
        (BoardEvent("fault_cleared", NOON, "file", detail=Fault("cycle", "round")), "mended",
         "round"),
        (BoardEvent("reordered", NOON, "file", detail=Order(("a", "b"), ("b", "a"))), "reordered",
         "2 tasks"),
        (BoardEvent("history", NOON, "file", detail=Lost((entry(NOON, "T1", "noted", "b",
         "todo -> todo"),))), "history", "1 entry of the session history gone"),
        (BoardEvent("violation", NOON, "file", violation="bulk_done",
                    detail=Several((OLD, OLD), (OLD, OLD))), "broke", "2 tasks"),
    ],
)  # fmt: skip
def test_the_words_for_what_is_about_no_task(event: BoardEvent, verb: str, text: str) -> None:
    found = told(Happening(event), "alice", None)
    assert (found.verb, found.text, found.tail.startswith("▲")) == (
        verb, text, event.violation is not None,
    )  # fmt: skip


def test_of_a_line_of_the_history_the_board_knows_the_title() -> None:
    now = board(OLD)
    lines = (
        entry(NOON, "T1", "finished", "bob", "in_progress -> done", note="it rings"),
        entry(later(minutes=1), "T1", "noted", "al", "done -> done", human=True, note="well"),
    )
    first, second = (told(row, "alice", now) for row in timeline(lines, ()))
    assert (first.verb, first.text) == ("done", "Old title  “it rings”")
    assert (second.who, second.verb, second.text) == ("al", "noted", "“well”")


def drawn(room: int, away: Away | None = None) -> list[str]:
    old = board(task("T1", title="x" * 90), task("T2", "claimed", by="very-long-name-of-an-agent"))
    new = board(
        task("T1", "claimed", by="b", title="x" * 90), task("T2", "claimed", by="\x1b[31m漢" * 9)
    )
    events = changes(old, new, at=NOON, source="file")
    scene = Scene("alice", later(minutes=9), new, room, MONOCHROME)
    lines = Lines(timeline((), events)[::-1], away, scene)
    rows = (line.pieces if isinstance(line, Across) else line for line in lines)
    return ["".join(piece.text for piece in row) for row in rows]


@pytest.mark.parametrize("room", [12, 30, 38, 53, 54, 78, 99, 118, 198])
def test_no_line_is_wider_than_its_room(room: int) -> None:
    assert all(width(line) <= room for line in drawn(room))
    assert len(drawn(room)) == (2 if room >= 54 else 4)
    away = Away(NOON.replace(hour=11), NOON)
    assert [line for line in drawn(room, away) if width(line) > room + 2] == []


def test_the_rule_stands_over_what_came_while_the_person_was_away() -> None:
    events = [
        event
        for minute in (0, 10, 20)
        for event in changes(
            board(task("T1")), board(task("T1", "done", by="b")), at=later(minutes=minute),
            source="file",
        )
    ]  # fmt: skip
    rows = timeline((), events)[::-1]
    scene = Scene("alice", later(minutes=30), None, 78, MONOCHROME)
    lines = Lines(rows, Away(later(minutes=5), later(minutes=14)), scene)
    assert [isinstance(line, Across) for line in lines] == [False, True, False, False]
    rule = lines[1]
    assert isinstance(rule, Across)
    assert rule.pieces[1].text == "while you were away, 9 min: 1 change, 1 violation"
    assert [lines.span(at) for at in range(3)] == [range(1), range(2, 3), range(3, 4)]
    assert [lines.at(line) for line in range(5)] == [0, None, 1, 2, None]
    nothing = Lines(rows, Away(later(minutes=11), later(minutes=19)), scene)
    assert not any(isinstance(line, Across) for line in nothing)


def test_a_filter_goes_round_agent_task_and_all() -> None:
    first, second = timeline(
        (),
        [
            *changes(board(task("T1")), board(task("T1", "claimed", by="bob@1")), at=NOON,
                     source="file"),
            *changes(board(task("T2")), board(task("T2", priority="low")), at=NOON, source="file"),
        ],
    )  # fmt: skip
    agent = next_filter(EVERYTHING, first)
    assert (agent, agent.takes(first), agent.takes(second)) == (Only(agent="bob"), True, False)
    ref = next_filter(agent, first)
    assert (ref, ref.takes(first), ref.takes(second)) == (Only(ref="T1"), True, False)
    assert next_filter(ref, first) == EVERYTHING
    assert next_filter(EVERYTHING, second) == Only(ref="T2")
    assert next_filter(agent, None) == EVERYTHING


async def test_the_activity_opens_below_and_closes() -> None:
    async with desk(shop(), (80, 24)) as it:
        before = it.text
        await it.press("L")
        assert it.rows[15].startswith(" activity   all agents")
        assert it.rows[15].endswith("f filter  Enter go to task  L close")
        assert "done      TASK_008  Show delivery" in it.rows[17]
        await it.press("j")
        assert it.selected != ""
        await it.press("k", "L")
        assert it.text == before


async def test_it_stands_at_the_right_of_a_wide_board_and_alone_on_a_small_one() -> None:
    async with desk(shop(), (150, 30)) as it:
        await it.press("L")
        assert it.body[1].split("│")[-1].startswith(" activity")
        assert all(len(row.rpartition("│")[2]) <= 56 for row in it.body[1:-1])
    async with desk(shop(), (59, 30)) as it:
        await it.press("L")
        assert it.body[1].startswith(" activity")
        await it.press("L")
        assert "activity" not in it.body[1]
    async with desk(shop(), (80, 19)) as it:
        await it.press("L")
        assert it.body[1].startswith(" activity")
        await it.press("escape")
        assert "activity" not in it.body[1]
        await it.press("L", "q")
        assert "activity" not in it.body[1]


async def test_what_happens_comes_in_at_the_top() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L")
        it.clock.advance(1)
        it.file.amend("TASK_011", claimed_by="gemini")
        await it.settle()
        it.clock.advance(1)
        await it.settle()
        assert (
            it.rows[17] == " 14:05  @gemini        took      TASK_011  ▲ stolen from @eng-frontend"
        )


@pytest.mark.parametrize("away", ["closed", "behind the detail", "no room"])
async def test_what_happened_while_it_was_away_is_there_when_it_is_back(away: str) -> None:
    size = (160, 40)
    async with desk(shop(), size) as it:
        await it.press("L")
        if away == "no room":
            await it.pilot.resize_terminal(59, 40)
        else:
            await it.press("L" if away == "closed" else "enter")
        it.clock.advance(1)
        it.file.amend("TASK_011", claimed_by="gemini")
        await it.settle()
        it.clock.advance(1)
        await it.settle()
        if away == "no room":
            await it.pilot.resize_terminal(*size)
            await it.settle()
        else:
            await it.press("L" if away == "closed" else "enter")
        assert it.body[1].split("│")[-1].startswith(" activity")
        assert "@gemini" in it.body[3].split("│")[-1]


async def test_tab_gives_it_the_keys_and_takes_them_back() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("tab")
        assert "no panel is open" in it.foot
        await it.press("L", "tab", "j")
        assert "━━━" in it.rows[16]
        assert it.rows[18].startswith("▌13:17")
        assert it.foot.startswith("Enter go to task  f filter  L close")
        await it.press("shift+tab")
        assert "━━━" not in it.rows[16]
        assert "▌" not in it.rows[18]
        await it.press("tab", "escape", "tab", "q", "L")
        assert "activity" not in it.text.replace("L activity", "")


async def test_enter_goes_to_the_task() -> None:
    for size in ((80, 24), (40, 12)):
        async with desk(shop(), size) as it:
            await it.press("L", "tab", "j", "enter")
            assert it.selected == "TASK_011"
            assert it.foot.startswith("d done")


async def test_enter_says_where_there_is_no_task() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", "tab", "G", "enter")
        assert "not about one task" in it.foot
    async with desk([task("T1")], (80, 24)) as it:
        await it.press("L", "tab", "enter")
        assert "nothing has happened yet" in it.foot


async def test_the_filter_in_the_panel() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", "tab", "f")
        assert it.rows[15].startswith(" activity   only eng-frontend")
        assert [row[8:14] for row in it.rows[17:21]] == ["@eng-f", "@eng-f", "@eng-f", ""]
        await it.press("j", "f")
        assert it.rows[15].startswith(" activity   only TASK_011")
        assert sum("TASK_011" in row for row in it.rows[17:23]) == 3
        await it.press("f")
        assert it.rows[15].startswith(" activity   all agents")


async def test_first_last_and_page() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", "tab", "G")
        assert it.rows[21].startswith("▌03-01")
        await it.press("g")
        assert it.rows[17].startswith("▌13:59")
        await it.press("ctrl+d")
        assert it.rows[21].startswith("▌03-01")
        await it.press("ctrl+u")
        assert it.rows[17].startswith("▌13:59")


async def test_the_selection_stays_on_its_happening() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", "tab", "j")
        it.clock.advance(1)
        it.file.amend("TASK_009", status="in_progress")
        await it.settle()
        it.clock.advance(1)
        await it.settle()
        assert it.rows[19].startswith("▌13:17")


async def test_a_click_selects_and_a_second_one_goes_there() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L")
        await it.pilot.click(offset=(20, 18))
        await it.settle()
        assert it.rows[18].startswith("▌13:17")
        await it.pilot.click(offset=(20, 18), times=2)
        await it.settle()
        assert it.selected == "TASK_011"
        assert "▌" not in it.rows[18]


async def test_a_click_on_the_head_selects_nothing_that_was_scrolled_away() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", *["underscore"] * 6, "tab", "G")
        before = it.rows[-8:]
        head = next(at for at, row in enumerate(it.rows) if row.startswith(" activity "))
        await it.pilot.click(offset=(20, head))
        await it.settle()
        assert it.rows[-8:] == before


async def test_coming_back_draws_the_rule() -> None:
    async with desk(shop(), (80, 24)) as it:
        await while_away(it)
        await it.press("L")
        assert "while you were away, 9 min: 6 changes, 2 violations" in it.rows[19]


async def test_a_smaller_window_puts_it_away_and_a_larger_one_brings_it_back() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("L", "tab")
        await it.pilot.resize_terminal(80, 18)
        await it.settle()
        assert "activity " not in it.text.replace("L activity", "")
        await it.press("j")
        await it.pilot.resize_terminal(80, 24)
        await it.settle()
        assert it.rows[15].startswith(" activity")


async def test_help_and_palette_from_the_panel() -> None:
    async with desk(shop(), (120, 36)) as it:
        await it.press("L", "tab", "question_mark", "G")
        assert "in the activity: go to the task" in it.text
        await it.press("q", "ctrl+p", *"only", "space", *"this", "enter")
        assert "only eng-frontend" in it.text


async def test_the_activity_and_a_detail_share_the_right_side() -> None:
    async with desk(shop(), (160, 40)) as it:
        await it.press("3", "enter")
        assert "TASK_011" in it.rows[2].split("│")[-1]
        await it.press("L")
        assert it.rows[2].split("│")[-1].startswith(" activity")
        await it.press("j", "L")
        assert "TASK_012" in it.rows[2].split("│")[-1]
        await it.press("L", "enter")
        assert "TASK_012" in it.rows[2].split("│")[-1]
        await it.press("enter")
        assert it.rows[2].split("│")[-1].startswith(" activity")
        await it.press("L")
        assert len(it.rows[2].split("│")) == 4


async def test_a_broken_rule_is_put_right_or_accepted_where_it_is_told() -> None:
    for size in ((80, 24), (40, 12)):
        async with desk(shop(), size) as it:
            await while_away(it)
            opened = len(open_rules(it))
            await it.press("L", *(["tab"] if size == (80, 24) else []), "g")
            assert "restore" not in it.foot
            await it.press(*["j"] * newest_rule(it))
            assert it.foot.startswith("x restore  X accept")
            await it.press("k")
            assert "restore" not in it.foot
            await it.press("x")
            assert "no rule was broken here" in it.foot
            await it.press("j", "X")
            assert "accepted: " in it.foot
            assert len(open_rules(it)) == opened - 1
            await it.press("X")
            assert "no rule was broken here" in it.foot


def open_rules(it: Desk) -> list[str]:
    """The tasks of the broken rules that nobody has dealt with."""
    return [event.ref or "" for event in it.file.journal.read().violations]


def newest_rule(it: Desk) -> int:
    """How far down the newest broken rule is told."""
    rows = timeline(it.file.board.history, it.file.journal.read().events)[::-1]
    return next(at for at, row in enumerate(rows) if row.event.violation is not None)
