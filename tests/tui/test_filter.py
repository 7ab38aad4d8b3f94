"""The filter: typed at the foot, live, marked in the cards, walked and cleared."""

from __future__ import annotations

import pytest
from textual.events import Key

from tests.tui.desk import desk, task
from tests.tui.scenes import shop
from todo_tui.storage.configuration import Configuration

TASKS = [
    task("A-1", "Fix the tax table", priority="high", tags="ui, store"),
    task("A-2", "Widen the form", agent="eng"),
    task("A-3", "Retire the fixtures"),
    task("B-1", "Form of address", "claimed", agent="eng"),
    task("C-1", "Ask the bank", "in_progress", holder="alice"),
    task("D-1", "Old form", "done", holder="qa"),
]


async def test_typing_filters_at_each_letter_and_escape_clears() -> None:
    async with desk(TASKS) as it:
        before = it.text
        await it.press("slash", "f")
        assert it.heads == "1 todo 3 │ 2 claimed 1 │ 3 in progress 0 of 1 │ 4 done 1"
        await it.press("o", "r", "m")
        assert it.heads == "1 todo 1 of 3 │ 2 claimed 1 │ 3 in progress 0 of 1 │ 4 done 1"
        assert it.rows[-2].startswith(" / form")
        assert it.rows[-2].endswith("3 of 6")
        assert it.selected == "A-2"
        await it.press("escape")
        assert it.text == before


async def test_enter_keeps_the_filter_and_n_walks_what_was_found() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"form", "enter")
        assert it.rows[-2].split() == ["/", "form", "3", "of", "6", "n", "next", "Esc", "clear"]
        assert it.foot.startswith("c claim")
        walked = [it.selected]
        for _ in range(3):
            await it.press("n")
            walked.append(it.selected)
        await it.press("N")
        assert [*walked, it.selected] == ["A-2", "B-1", "D-1", "A-2", "D-1"]
        await it.press("escape")
        assert it.selected == "D-1"
        assert " / form" not in it.text
        await it.press("n")
        assert "there is no filter: / makes one" in it.foot


async def test_letters_that_are_keys_of_the_board_are_typed() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"hjkl q5?/")
        assert it.rows[-2].startswith(" / hjkl q5?/")
        assert it.file.commits == []
        await it.press("enter", "m")
        assert "nothing meets" not in it.text
        await it.press("n")
        assert "nothing meets the filter" in it.foot


async def test_what_is_typed_before_the_line_is_there_goes_into_it() -> None:
    async with desk(TASKS) as it:
        for key in ("slash", *"cform"):
            character = "/" if key == "slash" else key
            it.app.post_message(Key(key, character))
        await it.settle()
        assert it.rows[-2].startswith(" / cform")
        assert it.file.commits == []


async def test_the_place_of_an_error_is_shown_and_the_last_filter_stays() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"form is:wrong")
        assert it.rows[-1].startswith(" " * 11 + "^ no such state: ready, blocked")
        assert it.heads.startswith("1 todo 0 of 3")
        await it.press("enter")
        assert "no such state" in it.rows[-1]
        await it.press(*["backspace"] * 5, *"ready", "enter")
        assert it.rows[-2].startswith(" / form is:ready ")


async def test_what_was_found_is_marked_in_titles_and_ids() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"form")
        assert "underline" in it.style("form")
        await it.press("escape")
        assert "underline" not in it.style("form")


async def test_a_phrase_is_marked_across_the_end_of_a_row() -> None:
    title = "Show why a card was declined, and what to try next"
    async with desk([task("A-1", title)], (60, 20)) as it:
        await it.press("slash", *"declined, and")
        assert "underline" in it.style("and")


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("@ e tab", "@eng"),
        ("@ tab tab", "@alice"),
        ("@ tab tab shift+tab", "@eng"),
        ("number_sign s tab", "#store"),
        ("d e p colon A tab", "dep:A-1"),
        ("B tab", "B-1"),
        ("i s colon r tab", "is:ready"),
        ("z z tab", "zz"),
    ],
)
async def test_tab_completes(keys: str, line: str) -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *keys.split())
        assert it.rows[-2].split("  ")[0].strip() == f"/ {line}"


async def test_what_was_said_before_does_not_stand_over_what_can_be_typed() -> None:
    async with desk(TASKS) as it:
        await it.press("y")
        assert it.foot == "copied A-1"
        await it.press("slash")
        assert "@agent" in it.foot


async def test_mine_shows_what_is_mine_and_then_everything() -> None:
    async with desk(TASKS) as it:
        await it.press("m")
        assert it.heads.endswith("3 in progress 1 │ 4 done 0 of 1")
        assert " / is:mine" in it.text
        await it.press("slash", *" bank", "enter", "m")
        assert " / bank " in it.text
        await it.press("m", "m", "escape")
        assert not any(row.startswith(" / ") for row in it.rows)


async def test_mine_goes_to_what_is_mine_and_back_to_where_it_was_pressed() -> None:
    async with desk(TASKS) as it:
        await it.press("j", "m")
        assert it.selected == "C-1"
        await it.press("m")
        assert it.selected == "A-2"
        await it.press("m", "s", "m")
        assert it.selected == "A-2"
        await it.press("m", "h", "m")
        assert it.selected == "B-1"


async def test_where_nothing_is_mine_that_is_said_and_the_selection_comes_back() -> None:
    async with desk(TASKS[:4]) as it:
        await it.press("j", "m")
        assert it.selected == ""
        assert it.foot == "nothing here is yours; the same key shows everything again"
        await it.press("m")
        assert it.selected == "A-2"
        assert "yours" not in it.foot
        await it.press("m", "l", "escape")
        assert it.selected == "B-1"


async def test_the_selection_stays_where_it_can_and_comes_back() -> None:
    async with desk(TASKS) as it:
        await it.press("j", "j", "slash", *"f")
        assert it.selected == "A-3"
        await it.press("o")
        assert it.selected == "A-2"
        await it.press("backspace")
        assert it.selected == "A-3"
        await it.press("o", "escape")
        assert it.selected == "A-3"


async def test_arrows_move_on_the_board_while_a_filter_is_typed() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", "f", "down")
        assert it.selected == "A-2"
        await it.press("o")
        assert it.selected == "A-2"


async def test_a_task_that_no_longer_meets_the_filter_gives_the_bar_to_the_next() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"status:todo", "enter", "j", "c")
        assert it.heads.startswith("1 todo 2 │ 2 claimed 0 of 2")
        assert it.selected == "A-3"


async def test_enter_goes_to_what_was_found_in_another_column() -> None:
    async with desk(TASKS) as it:
        await it.press("slash", *"bank", "enter")
        assert it.selected == "C-1"


async def test_text_of_the_terminal_does_not_get_into_the_line() -> None:
    async with desk(TASKS) as it:
        await it.press("slash")
        from textual.events import Paste

        it.app.post_message(Paste("fo\x1b[31mrm"))
        await it.settle()
        assert "/ fo␛[31mrm" in it.rows[-2]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (300, 80)])
async def test_the_filter_has_room_at_any_size(size: tuple[int, int]) -> None:
    async with desk(shop(), size) as it:
        await it.press("slash", *"the receipt")
        assert " / the receipt" in it.rows[-2]
        await it.press("enter")
        assert "Esc clear" in it.rows[-2]
        assert it.selected == "TASK_021" or size[0] == 40


SAVED = Configuration(
    filters={"forms": "form", "fixes": "fix", "mine": "is:mine", "odd one": "zzz"},
)


@pytest.mark.parametrize(
    ("key", "line"), [("f", "/ form"), ("i", "/ fix"), ("2", "/ fix"), ("m", "/ is:mine")]
)
async def test_a_saved_filter_is_chosen_by_its_number_or_letter(key: str, line: str) -> None:
    async with desk(TASKS, settings=SAVED) as it:
        await it.press("apostrophe")
        assert "i  2  fixes     fix" in it.text
        await it.press(key)
        assert it.rows[-2].split("  ")[0].strip() == line
        await it.press("apostrophe")
        assert "• " in it.text


async def test_a_saved_filter_goes_to_what_it_found_or_says_that_it_found_nothing() -> None:
    async with desk(TASKS, settings=SAVED) as it:
        await it.press("3", "apostrophe", "i")
        assert it.selected == "A-1"
        await it.press("apostrophe", "4")
        assert it.foot == "filter: odd one; nothing meets it"
        await it.press("escape")
        assert it.selected == "C-1"


async def test_without_a_saved_filter_the_key_says_how_to_save_one() -> None:
    async with desk(TASKS) as it:
        await it.press("apostrophe")
        assert "[filters] in config.toml" in it.foot


async def test_a_head_without_room_for_both_counts_says_what_was_found() -> None:
    many = [task(f"C-{n}", f"number {n}", "in_progress") for n in range(1200)]
    async with desk([*many, task("D-1", status="done")], (80, 24)) as it:
        await it.press("slash", *"5", "enter")
        assert it.heads.endswith("3 in progress 309 done ›")


async def test_a_filter_that_was_never_typed_takes_one_row() -> None:
    async with desk(TASKS) as it:
        await it.press("m")
        assert it.rows[-2].startswith(" / is:mine")
        assert "age>2h" not in it.text
