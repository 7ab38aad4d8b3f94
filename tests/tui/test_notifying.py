"""A person who looks elsewhere is told what their settings ask for, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import AppBlur, AppFocus

from tests.tui.desk import Desk, desk
from tests.tui.scenes import board
from tests.tui.test_attention import DONE, QUIET, SKIPPED, STOLEN, text_put
from todo_tui.errors import TodoError
from todo_tui.storage.configuration_file import parse
from todo_tui.tui.notifying import sequence

if TYPE_CHECKING:
    from todo_tui.storage.configuration import Configuration


def settings(text: str) -> Configuration:
    return parse(text.encode(), "some.toml")


ALL = settings('[notify]\non = ["violation", "done", "blocked", "all_done"]\n')


def bells(it: Desk) -> list[int]:
    """Counts the bells of a desk from now on: one number each."""
    rung: list[int] = []
    it.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
    return rung


async def test_nobody_is_told_unless_the_settings_ask_for_it() -> None:
    async with desk(board(QUIET)) as it:
        rung = bells(it)
        it.app.post_message(AppBlur())
        await text_put(it, STOLEN)
        assert rung == []


async def test_the_bell_rings_where_the_person_looks_elsewhere() -> None:
    async with desk(board(QUIET), settings=ALL) as it:
        rung = bells(it)
        it.app.post_message(AppFocus())
        await text_put(it, STOLEN)
        assert rung == []
        it.app.post_message(AppBlur())
        await text_put(it, SKIPPED)
        assert rung == [1]
        await text_put(it, SKIPPED.replace("First", "1st"))
        assert rung == [1]


async def test_a_broken_rule_that_is_undone_rings_no_bell() -> None:
    async with desk(board(QUIET), settings=ALL) as it:
        rung = bells(it)
        it.app.post_message(AppBlur())
        await text_put(it, STOLEN)
        assert rung == [1]
        await text_put(it, QUIET)
        assert rung == [1]


async def test_where_the_terminal_does_not_say_a_minute_without_a_key_is_elsewhere() -> None:
    async with desk(board(QUIET), settings=ALL) as it:
        rung = bells(it)
        await it.press("j")
        await text_put(it, STOLEN)
        assert rung == []
        it.clock.advance(61)
        await it.settle()
        await text_put(it, SKIPPED)
        assert rung == [1]


async def test_own_deeds_are_not_told() -> None:
    async with desk(board(QUIET), settings=ALL) as it:
        rung = bells(it)
        it.app.post_message(AppBlur())
        await it.press("4", "3", "d")
        assert it.file.board.get("A-2").status == "done"  # type: ignore[union-attr]
        assert rung == []


@pytest.mark.parametrize(
    ("on", "text", "rings"),
    [
        ("violation", SKIPPED, True),
        ("done", SKIPPED, False),
        ("done", DONE, True),
        ("all_done", DONE, False),
        ("all_done", QUIET.replace("in_progress", "done").replace("status: todo", "status: done")
         .replace("status: claimed", "status: done"), True),
        ("blocked", QUIET.replace("status: claimed", "status: blocked"), True),
        ("blocked", STOLEN, False),
    ],
)  # fmt: skip
async def test_what_is_told_is_asked_for(on: str, text: str, rings: bool) -> None:
    async with desk(board(QUIET), settings=settings(f'[notify]\non = ["{on}"]\n')) as it:
        rung = bells(it)
        it.app.post_message(AppBlur())
        await text_put(it, text)
        assert rung == [1] * rings


def test_a_line_goes_through_the_terminal_and_through_tmux() -> None:
    assert sequence("bell", "x", {}) == ""
    assert sequence("osc9", "A-1 done", {}) == "\x1b]9;todo-tui: A-1 done\x07"
    assert sequence("osc777", "a; b", {}) == "\x1b]777;notify;todo-tui;a, b\x07"
    assert sequence("osc9", "x", {"TMUX": "1"}) == ("\x1bPtmux;\x1b\x1b]9;todo-tui: x\x07\x1b\\")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[notify]\non = ["never"]', "on is a list of: violation, done, blocked, all_done."),
        ('[notify]\nhow = "mail"', "how is one of: bell, osc9, osc777."),
        ("notify = true", "notify is a table with on, and how."),
    ],
)
def test_settings_that_cannot_be_are_refused(text: str, words: str) -> None:
    with pytest.raises(TodoError) as caught:
        settings(text)
    assert words in caught.value.message
