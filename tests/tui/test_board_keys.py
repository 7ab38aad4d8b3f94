"""Keys on the board: moving, acting on the selected task, and saying why not."""

from __future__ import annotations

import pytest
from textual.events import Key

from tests.tui.desk import ALICE, desk, task
from tests.tui.scenes import shop_with_faults
from todo_tui.board.transition import (
    Actor,
    Block,
    Claim,
    Finish,
    Release,
    Reopen,
    Seen,
    Start,
    Unblock,
)

FEW = [
    task("A-1", agent="eng"),
    task("A-2"),
    task("A-3", needs=["A-2"]),
    task("B-1", status="claimed", agent="eng"),
    task("C-1", status="in_progress", agent="eng", holder="eng@1"),
    task("E-1", status="blocked", holder="qa"),
]
MANY = [task(f"T-{number}") for number in range(100)]


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("j", "T-1"),
        ("down down", "T-2"),
        ("j j k", "T-1"),
        ("k", "T-0"),
        ("G", "T-99"),
        ("end j", "T-99"),
        ("G g", "T-0"),
        ("G home", "T-0"),
        ("ctrl+d", "T-10"),
        ("pagedown pageup", "T-0"),
        ("G ctrl+u", "T-89"),
    ],
)
async def test_moving_in_a_column(keys: str, selected: str) -> None:
    async with desk(MANY) as it:
        await it.press(*keys.split())
        assert it.selected == selected


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("l", "B-1"),
        ("right right", "C-1"),
        ("l h", "A-1"),
        ("h", "A-1"),
        ("3", "C-1"),
        ("5", "E-1"),
        ("j l h", "A-2"),
        ("j 3 1", "A-2"),
        ("4", ""),
        ("4 l", "E-1"),
        ("4 l l", "E-1"),
    ],
)
async def test_moving_between_columns(keys: str, selected: str) -> None:
    async with desk(FEW, (160, 40)) as it:
        await it.press(*keys.split())
        assert it.selected == selected


async def test_a_number_without_a_column_says_so() -> None:
    async with desk(FEW) as it:
        await it.press("9")
        assert "there are 5 columns" in it.foot


async def test_the_focused_column_comes_into_sight() -> None:
    async with desk(FEW, (80, 24)) as it:
        assert it.heads == "1 todo 3 │ 2 claimed 1 │ 3 in progress 1 done ›"
        await it.press("5")
        assert it.heads.endswith("3 in progress 1 │ 4 done 0 │ 5 blocked 1")
        assert it.selected == "E-1"
        await it.press("1")
        assert it.heads.startswith("1 todo 3")


async def test_claim_start_and_finish_follow_the_task_through_the_columns() -> None:
    async with desk(FEW) as it:
        await it.press("c")
        assert it.heads == "1 todo 2 │ 2 claimed 2 │ 3 in progress 1 │ 4 done 0 blocked ›"
        assert it.selected == "A-1"
        await it.press("s", "d")
        assert it.heads == "1 todo 2 │ 2 claimed 1 │ 3 in progress 1 │ 4 done 1 blocked ›"
        assert it.selected == "A-1"
        assert it.file.commits == [
            Claim("A-1", ALICE, agent="eng", seen=Seen("todo", None)),
            Start("A-1", ALICE, seen=Seen("claimed", "eng")),
            Finish("A-1", ALICE, seen=Seen("in_progress", "eng")),
        ]


async def test_claim_is_for_me_where_the_task_is_for_nobody() -> None:
    async with desk(FEW) as it:
        await it.press("j", "c")
        assert it.file.commits == [Claim("A-2", ALICE, seen=Seen("todo", None))]
        claimed = it.file.board.get("A-2")
        assert claimed is not None
        assert claimed.holder == "alice"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("s", "A-1 is todo and cannot be started: claim it, then start it"),
        ("d", "A-1 is todo and cannot be finished: claim it, then start it, then finish it"),
        ("r", "A-1 is todo already: there is nothing to do"),
        ("o", "A-1 is todo already: there is nothing to do"),
        ("less_than_sign", "A-1 is todo already: there is nothing to do"),
        ("2 c", "B-1 is claimed by eng"),
        ("2 C", "B-1 is claimed by eng"),
        ("2 d", "B-1 is claimed by eng and cannot be finished: start it, then finish it"),
        ("4 c", "no task is selected: this column is empty"),
        ("4 enter", "no task is selected: this column is empty"),
        ("4 y", "no task is selected: this column is empty"),
    ],
)
async def test_what_cannot_be_done_says_why_and_does_nothing(keys: str, said: str) -> None:
    async with desk(FEW) as it:
        await it.press(*keys.split())
        assert f"✗ {said}" in " ".join(it.text.split())
        assert it.file.commits == []


async def test_a_letter_that_is_not_bound_does_nothing() -> None:
    async with desk(FEW) as it:
        before = it.text
        await it.press("Q", "W", "w", "Z")
        assert it.text == before


async def test_the_status_line_gives_way_to_the_keys_after_four_seconds() -> None:
    async with desk(FEW) as it:
        keys = it.foot
        assert keys.startswith("c claim")
        await it.press("s")
        assert "✗" in it.foot
        it.clock.advance(3.9)
        await it.settle()
        assert "✗" in it.foot
        it.clock.advance(0.2)
        await it.settle()
        assert it.foot == keys


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("1", "c claim Enter open / find Space mark C claim for…"),
        ("2", "s start r release b block Enter open"),
        ("3", "d done r release b block Enter open"),
        ("5", "b unblock Enter open"),
        ("4", "/ find a add z density L activity A agents"),
    ],
)
async def test_the_footer_shows_the_keys_that_act(keys: str, shown: str) -> None:
    async with desk(FEW) as it:
        await it.press(keys)
        assert " ".join(it.foot.split()).startswith(shown)


async def test_an_agent_is_shown_only_what_an_agent_may_do() -> None:
    async with desk(FEW, actor=Actor("alice", human=True, for_agent="other")) as it:
        await it.press("3")
        assert it.foot.startswith("Enter open")
        await it.press("d")
        assert "✗ C-1 is in progress with eng@1, not other" in it.text
        assert it.file.commits == []


@pytest.mark.parametrize(
    ("keys", "transition"),
    [
        ("2 r", Release("B-1", ALICE, reason="no time", seen=Seen("claimed", "eng"))),
        ("3 b", Block("C-1", ALICE, reason="no time", seen=Seen("in_progress", "eng@1"))),
        (
            "3 less_than_sign",
            Release("C-1", ALICE, reason="no time", seen=Seen("in_progress", "eng@1")),
        ),
    ],
)
async def test_a_reason_is_asked_for(keys: str, transition: object) -> None:
    async with desk(FEW) as it:
        await it.press(*keys.split())
        assert "why?" in it.text
        await it.press("enter")
        assert "a reason is needed" in it.text
        assert "Esc back" in it.foot
        await it.press(*"no", "space", *"time", "enter")
        assert it.file.commits == [transition]


async def test_what_is_typed_before_the_question_is_there_does_nothing_to_the_board() -> None:
    async with desk(FEW) as it:
        await it.press("3")
        for key in "bdd":
            it.app.post_message(Key(key, key))
        await it.settle()
        assert "block C-1: why?" in it.text
        assert it.file.commits == []


async def test_a_reason_can_be_given_up() -> None:
    async with desk(FEW) as it:
        before = it.text
        await it.press("2")
        there = it.text
        await it.press("r", *"no", "escape")
        assert it.text == there != before
        assert it.file.commits == []


async def test_reopen_and_unblock() -> None:
    async with desk([*FEW, task("D-1", status="done"), task("F-1", status="paused")]) as it:
        await it.press("4", "o", *"bad", "enter")
        await it.press("5", "b")
        await it.press("5", "o", *"on", "enter")
        assert it.file.commits == [
            Reopen("D-1", ALICE, reason="bad", seen=Seen("done", None)),
            Unblock("E-1", ALICE, seen=Seen("blocked", "qa")),
            Reopen("F-1", ALICE, reason="on", seen=Seen("paused", None)),
        ]


async def test_steps_forward() -> None:
    async with desk(FEW) as it:
        await it.press("greater_than_sign", "shift+right", "greater_than_sign")
        assert [type(made) for made in it.file.commits] == [Claim, Start, Finish]
        await it.press("greater_than_sign")
        assert "✗ A-1 is done already" in it.text


async def test_claim_for_somebody_offers_the_names_in_the_file() -> None:
    async with desk(FEW) as it:
        await it.press("j", "C")
        assert "claim A-2 for whom?   eng   eng@1   qa" in it.text
        assert it.foot == "Enter claim  Esc back"
        await it.press("q")
        assert it.rows[-3:] == [
            " claim A-2 for whom?   qa",
            " qa",
            " Enter claim  Tab complete  Esc back",
        ]
        await it.press("tab")
        assert it.foot == "Enter claim  Esc back"
        await it.press("enter")
        assert it.file.commits == [Claim("A-2", ALICE, agent="qa", seen=Seen("todo", None))]


async def test_an_empty_answer_claims_for_me() -> None:
    async with desk(FEW) as it:
        await it.press("j", "C", "enter")
        assert it.file.commits == [Claim("A-2", ALICE, agent="alice", seen=Seen("todo", None))]


async def test_density_shows_one_row_a_card() -> None:
    async with desk(MANY, (120, 36)) as it:
        assert it.rows[3].startswith("▌T-0 ")
        assert it.rows[4].startswith("▌Title of T-0")
        await it.press("G", "z")
        assert it.rows[-2].strip("▌ ").startswith("needs nothing")
        await it.press("z")
        assert it.selected == "T-99"
        assert it.rows[-2].startswith("▌T-99")
        assert "Title of T-99" in it.rows[-2]
        await it.press("z", "g")
        assert it.rows[4].startswith("▌Title of T-0")


async def test_the_id_is_copied() -> None:
    async with desk(FEW) as it:
        await it.press("2", "y")
        assert it.app.clipboard == "B-1"
        assert "copied B-1" in it.foot


async def test_detail_opens_walks_the_column_and_comes_back_to_the_task() -> None:
    async with desk(FEW) as it:
        await it.press("enter")
        assert it.body[1].split() == ["A-1", "Title", "of", "A-1", "todo"]
        await it.press("n", "n", "n")
        assert it.body[1].split()[0] == "A-3"
        assert "this is the last task of its column" in it.foot
        await it.press("N", "c")
        assert it.body[1].split() == ["A-2", "Title", "of", "A-2", "claimed"]
        await it.press("q")
        assert it.selected == "A-2"


async def test_faults_open_their_task() -> None:
    async with desk(shop_with_faults()) as it:
        await it.press("f", "j", "j")
        assert it.selected == "?"
        await it.press("enter")
        assert it.body[1].split()[0] == "TASK_023"
        await it.press("escape", "escape")
        assert it.selected == "TASK_023"


async def test_a_click_selects_a_fault_and_a_second_one_opens_its_task() -> None:
    async with desk(shop_with_faults()) as it:
        await it.press("f")
        at = next(at for at, row in enumerate(it.rows) if "TASK_023" in row)
        await it.pilot.click(offset=(10, at))
        await it.settle()
        assert it.rows[at].startswith("▌?")
        await it.pilot.click(offset=(10, at), times=2)
        await it.settle()
        assert it.body[1].split()[0] == "TASK_023"


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_faults_that_were_only_looked_at_leave_the_board_where_it_was(key: str) -> None:
    async with desk(shop_with_faults()) as it:
        await it.press("2")
        before = it.selected
        await it.press("f", "j", "j", key)
        assert it.selected == before


async def test_without_faults_the_key_says_so() -> None:
    async with desk(FEW[:2]) as it:
        await it.press("f")
        assert "nothing is wrong in this file" in it.foot


async def test_escape_never_leaves_the_board_and_q_does() -> None:
    async with desk(FEW) as it:
        await it.press("escape")
        assert it.app.is_running
        await it.pilot.press("q")
        assert it.app.return_value == 0


async def test_control_c_leaves_at_the_second_time() -> None:
    async with desk(FEW) as it:
        await it.press("ctrl+c")
        assert "Ctrl+C again to leave" in it.foot
        it.clock.advance(5)
        await it.press("ctrl+c")
        assert it.app.return_value is None
        await it.pilot.press("ctrl+c")
        assert it.app.return_value == 0


@pytest.mark.parametrize("asks", [(":",), ("C",), ("D",), ("T",), ("a",), ("e",), ("ctrl+p",)])
async def test_what_leaves_leaves_also_while_something_is_asked(asks: tuple[str, ...]) -> None:
    async with desk(FEW) as it:
        await it.press(*asks)
        await it.pilot.press("ctrl+q")
        assert it.app.return_value == 0
    async with desk(FEW) as it:
        await it.press(*asks, "ctrl+c")
        assert "Ctrl+C again to leave" in it.text
        await it.pilot.press("ctrl+c")
        assert it.app.return_value == 0


async def test_control_c_gives_up_what_is_asked_and_says_how_to_leave() -> None:
    async with desk(FEW) as it:
        await it.press("T", "down", "ctrl+c")
        assert "as before" not in it.text
        assert "Ctrl+C again to leave" in it.foot
        it.clock.advance(5)
        await it.press("j")
        assert it.selected == "A-2"


@pytest.mark.parametrize("leave", ["ctrl+q", "ctrl+c"])
async def test_what_was_typed_into_a_form_is_not_thrown_away_unasked(leave: str) -> None:
    twice = [leave] * (2 if leave == "ctrl+c" else 1)
    async with desk(FEW) as it:
        await it.press("e", "x", *twice)
        assert "leave, and throw away what you typed?" in it.text
        await it.press("escape")
        assert "edit A-1" in it.text
        await it.press(*twice)
        await it.pilot.press("y")
        assert it.app.return_value == 0
        assert it.file.commits == []


async def test_the_palette_has_the_actions_of_the_screen() -> None:
    async with desk(FEW) as it:
        await it.press("ctrl+p")
        assert "claim it for its assigned agent, else for you  (c)" in it.text
        await it.press(*"claim it for its", "enter")
        assert len(it.file.commits) == 1


async def test_a_click_selects_and_a_second_one_opens() -> None:
    async with desk(FEW) as it:
        await it.pilot.click(offset=(5, 7 + it.bar))
        await it.settle()
        assert it.selected == "A-2"
        await it.pilot.click(offset=(40, 4 + it.bar))
        await it.settle()
        assert it.selected == "B-1"
        await it.pilot.click(offset=(5, 1 + it.bar))
        await it.settle()
        assert it.selected == "A-2"
        await it.pilot.click(offset=(70, 4 + it.bar), times=2)
        await it.settle()
        assert it.body[1].split()[0] == "C-1"


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_a_click_on_the_name_of_a_hidden_column_goes_there(size: tuple[int, int]) -> None:
    async with desk(FEW, size) as it:
        gone = []
        for way in ("›", "›", "‹", "‹"):
            for _ in range(4):
                if way not in it.body[1]:
                    break
                name = it.body[1].rindex(way) - 2 if way == "›" else 3
                await it.pilot.click(offset=(name, 1 + it.bar))
                await it.settle()
            gone.append(it.selected)
        assert gone == ["E-1", "E-1", "A-1", "A-1"]


async def test_a_click_on_how_many_more_there_are_goes_on_to_them() -> None:
    async with desk(MANY, (80, 24)) as it:
        assert it.rows[-2].startswith(" ↓ 94 more ")
        await it.pilot.click(offset=(5, 22))
        await it.settle()
        assert it.rows[-2].startswith(" ↓ 87 more   ↑ 7")
        assert it.selected == ""
        await it.press("j")
        assert it.selected == "T-1"


async def test_a_screen_that_is_left_twice_takes_no_other_with_it() -> None:
    async with desk(FEW) as it:
        await it.press("enter", "T")
        screen = it.app.screen
        await it.pilot.press("escape", "escape", "escape", "escape")
        screen.post_message(Key("escape", "\x1b"))
        await it.settle()
        assert it.selected == "A-1"


async def test_a_palette_that_finds_nothing_does_nothing() -> None:
    async with desk(FEW) as it:
        await it.press("ctrl+p", *"xyzzy", "enter", "pageup", "down", "pagedown", "escape", "j")
        assert it.selected == "A-2"
        assert it.file.commits == []


async def test_the_palette_is_walked_with_the_arrows_and_clicked() -> None:
    async with desk(FEW) as it:
        await it.press("ctrl+p", "down", "up", "pagedown", "pageup", "down", "escape")
        assert it.selected == "A-1"
        await it.press("z", "ctrl+p", *"one row, what")
        row = max(at for at, text in enumerate(it.rows) if "one row, what" in text)
        await it.pilot.click(offset=(30, row))
        await it.settle()
        assert "A-2" in it.body[4]
