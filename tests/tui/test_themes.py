"""Themes: which one a board begins with, how another is chosen, and what is kept of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python
from tests.tui.desk import desk, task
from todo_tui.storage.configuration import Configuration
from todo_tui.storage.configuration_file import parse
from todo_tui.storage.remembered import Remembered
from todo_tui.tui import themes
from todo_tui.tui.looks import monochrome

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.desk import Desk

TASKS = [task("A-1"), task("A-2")]


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    made = Remembered({"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)})
    made.remember("tour", "shown")  # nothing lies over the board
    return made


def bar(it: Desk) -> str:
    """The theme that the bar is on."""
    from textual.widgets import OptionList

    names = it.app.screen.query_one(OptionList)
    assert names.highlighted is not None
    return names.get_option_at_index(names.highlighted).id or ""


async def test_a_theme_is_shown_while_the_bar_is_on_it_and_kept_with_enter(
    remembered: Remembered,
) -> None:
    async with desk(TASKS, theme="nord", remembered=remembered) as it:
        before = it.style("Title of A-1")
        await it.press("T")
        assert bar(it) == "nord"
        await it.press("j")
        shown = bar(it)
        assert it.app.theme == shown != "nord"
        assert it.style("Title of A-1") != before
        await it.press("enter")
        assert it.app.theme == shown
        assert it.foot == f"{shown}, from now on"
    async with desk(TASKS, theme=None, remembered=remembered) as it:
        assert it.app.theme == shown


async def test_escape_goes_back_to_the_theme_before(remembered: Remembered) -> None:
    for key in ("escape", "q"):
        async with desk(TASKS, theme="nord", remembered=remembered) as it:
            before = it.style("Title of A-1")
            await it.press("T", "j", "down", "k", "up", "j", key)
            assert it.app.theme == "nord"
            assert it.style("Title of A-1") == before
            assert it.selected == "A-1"
    assert remembered.word("theme") is None


async def test_it_is_chosen_in_the_palette(remembered: Remembered) -> None:
    async with desk(TASKS, remembered=remembered) as it:
        await it.press("ctrl+p", *"colours", "enter")
        await it.press("end", "enter")
        assert remembered.word("theme") == it.app.theme != "textual-dark"


async def test_what_the_settings_say_holds_at_every_start(remembered: Remembered) -> None:
    settings = Configuration(theme="dracula")
    remembered.remember("theme", "nord")
    async with desk(TASKS, theme=None, settings=settings, remembered=remembered) as it:
        assert it.app.theme == "dracula"
        await it.press("T", "j", "enter")
        assert "this time only" in it.foot
    assert remembered.word("theme") == "nord"


async def test_a_state_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    state = Remembered({"HOME": "/", "XDG_STATE_HOME": str(tmp_path / "file")})
    async with desk(TASKS, remembered=state) as it:
        await it.press("T", "j", "enter")
        assert "cannot be written" in " ".join(it.text.split()), "wherever the line is broken"


def test_a_terminal_begins_with_a_theme_that_suits_it() -> None:
    assert themes.first([None], {}, sixteen=False) == "todo-dark"
    assert themes.first([None], {"COLORFGBG": "15;0"}, sixteen=False) == "todo-dark"
    assert themes.first([None], {"COLORFGBG": "0;default;15"}, sixteen=False) == "todo-light"
    assert themes.first([None], {"COLORFGBG": "0;15"}, sixteen=True) == "ansi-dark"
    assert themes.first([None, "nord", "x"], {}, sixteen=True) == "nord"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "vt100"}, True),
        ({"TERM": "vt220-w"}, True),
        ({"TERM": "xterm-mono"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True),
        ({"NO_COLOR": ""}, False),
        ({}, False),
    ],
)
def test_some_terminals_have_no_colour(environ: dict[str, str], expected: bool) -> None:
    assert monochrome(environ) is expected


def test_the_settings_are_read_before_anything_is_drawn(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('ascii = true\ntheme = "todo-drak"\n', encoding="utf-8")
    todo = tmp_path / "TODO.md"
    todo.write_text("", encoding="utf-8")
    argv = python("-m", "todo_tui", str(todo))
    with Terminal(argv, environ={"TODO_TUI_CONFIG": str(settings)}) as terminal:
        assert terminal.wait_for_exit() == 2
        assert "did you mean todo-dark?" in terminal.text.replace("\n", "")
        assert '    2 | theme = "todo-drak"' in terminal.text
        assert b"\x1b[?1049h" not in terminal.sent


def test_a_terminal_that_is_neither_coloured_nor_utf8_gets_plain_ascii(tmp_path: Path) -> None:
    todo = tmp_path / "TODO.md"
    text = '```yaml\n- TASK_001: "Größe"\n  status: todo\n```\n'
    todo.write_text(text, encoding="utf-8")
    argv = python("-m", "todo_tui", str(todo))
    environ = {"TERM": "vt100", "COLORTERM": "", "LC_ALL": "C", "LANG": ""}
    with Terminal(argv, environ=environ) as terminal:
        terminal.wait_for("o live")
        assert ">TASK_001" in terminal.text
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.sent.isascii()
        assert b"[38" not in terminal.sent
        assert b"[48" not in terminal.sent


def test_settings_say_where_a_theme_is_wrong() -> None:
    settings = parse(b'theme = "nord"\n', "some.toml")
    assert settings.source is not None
    location = settings.source.refuse("theme", "no").location
    assert location is not None
    assert (location.line, location.column) == (1, 1)
