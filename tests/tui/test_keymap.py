"""Other keys: the sets that ship, what the settings put in their place, and what cannot be."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, get_args

import pytest

from tests.pty.terminal import Terminal, python
from tests.tui.desk import desk, task
from todo_tui.errors import TodoError
from todo_tui.storage.configuration_file import parse
from todo_tui.tui import keys
from todo_tui.tui.key import Where
from todo_tui.tui.key_names import written
from todo_tui.tui.keymap import SETS, key_name, remapped
from todo_tui.tui.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from todo_tui.storage.configuration import Configuration

TASKS = [task("A-1"), task("A-2"), task("B-1", status="claimed", agent="eng")]


def settings(text: str) -> Configuration:
    return parse(text.encode(), "some.toml")


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    keys.put_in_force({})


@pytest.mark.parametrize("name", SETS)
def test_a_set_that_ships_is_free_of_clashes(name: str) -> None:
    wanted = remapped(settings(f'keys = "{name}"'))
    assert wanted == SETS[name]
    for where in get_args(Where):
        taken = [key for each in KEYS if where in each.where for key in wanted.get(each.id, ())]
        assert len(taken) == len(set(taken))
    assert not any(key.startswith("alt+") for named in wanted.values() for key in named)


async def test_emacs_keys_move_and_the_palette_has_another() -> None:
    async with desk(TASKS, settings=settings('keys = "emacs"')) as it:
        await it.press("ctrl+n")
        assert it.selected == "A-2"
        await it.press("ctrl+p")
        assert it.selected == "A-1"
        await it.press("ctrl+f")
        assert it.selected == "B-1"
        await it.press("ctrl+b", "j", "l")
        assert it.selected == "A-1"
        await it.press("ctrl+x", *"open it", "enter")
        assert "Title of A-1" in it.rows[1]
        await it.press("ctrl+g")
        assert it.selected == "A-1"


async def test_a_key_of_the_settings_does_what_it_says_and_the_old_one_nothing() -> None:
    async with desk(TASKS, settings=settings('[keys]\ntask.claim = ["w", "Ctrl+T"]\n')) as it:
        await it.press("c")
        assert it.file.commits == []
        await it.press("w")
        assert len(it.file.commits) == 1
        await it.press("j", "h", "ctrl+t")
        assert len(it.file.commits) == 2


async def test_two_actions_can_change_keys() -> None:
    text = '[keys]\ntask.claim = "y"\ntask.copy = "c"\n'
    async with desk(TASKS, settings=settings(text)) as it:
        await it.press("c")
        assert it.file.commits == []
        assert it.foot == "copied A-1"
        await it.press("y")
        assert len(it.file.commits) == 1


async def test_an_action_without_a_key_is_still_in_the_palette() -> None:
    async with desk(TASKS, settings=settings("[keys]\ntask.copy = []\n")) as it:
        assert "copy id" not in it.foot
        await it.press("y")
        assert "copied" not in it.text
        await it.press("ctrl+p", *"copy its", "enter")
        assert it.foot == "copied A-1"


async def test_footer_help_and_palette_show_the_keys_in_force() -> None:
    text = '[keys]\n"task.claim" = "Ctrl+T"\nlook.help = "F2"\n'
    async with desk(TASKS, (120, 60), settings=settings(text)) as it:
        assert it.foot.startswith("Ctrl+T claim ")
        assert it.foot.endswith("F2 help")
        await it.press("f2")
        row = next(row for row in it.rows if "claim it for its" in row)
        assert "Ctrl+T " in row
        await it.press("q", "ctrl+p", *"claim it")
        assert "(Ctrl+T)" in it.text


async def test_columns_can_have_other_keys() -> None:
    named = ", ".join(f'"f{number}"' for number in range(2, 11))
    async with desk(TASKS, settings=settings(f"[keys]\nmove.column = [{named}]\n")) as it:
        await it.press("f3")
        assert it.selected == "B-1"
        await it.press("1")
        assert it.selected == "B-1"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('keys = "vi"\n', 1, "there are vim and emacs"),
        ('[keys]\nbase = "vi"\ntask.copy = "Y"\n', 2, "there are vim and emacs"),
        ('[keys]\n"task.clame" = "c"\n', 2, "did you mean task.claim?"),
        ('[keys]\n"task.claim" = "F99"\n', 2, "there is no key 'F99'"),
        ('[keys]\n"task.claim" = "cc"\n', 2, "there is no key 'cc'"),
        ('[keys]\n"task.claim" = "Alt+C"\n', 2, "a terminal sends Esc"),
        ('[keys]\n"move.column" = "1"\n', 2, "needs 9 keys"),
        ('[keys]\n\n"task.claim" = "s"\n', 3, '"task.start" = []'),
        ('[keys]\n"task.claim" = "?"\n', 2, '"look.help" = []'),
    ],
)
def test_what_cannot_be_is_said_with_its_place(text: str, line: int, words: str) -> None:
    with pytest.raises(TodoError) as caught:
        remapped(settings(text))
    assert caught.value.code == "usage"
    assert words in caught.value.message
    assert caught.value.location is not None
    assert caught.value.location.line == line


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("c", "c"),
        ("C", "C"),
        ("shift+c", "C"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("é", "é"),
        (" ", "space"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("Ctrl+X", "ctrl+x"),
        ("Shift+←", "shift+left"),
        ("F5", "f5"),
        ("hyper+x", None),
        ("", None),
        ("\n", None),
    ],
)
def test_keys_are_written_as_people_write_them(written: str, name: str | None) -> None:
    assert key_name(written) == name


def test_the_table_writes_each_key_as_it_is_generated() -> None:
    """What a remapped action shows is written like what the table has by hand."""
    for key in KEYS:
        if "{key}" in key.action:
            continue
        hand = key.sign.removesuffix(" twice").split()
        made = [written(name) for name in key.keys]
        assert made[: len(hand)] == hand or set(hand) <= set(made), key.id


def test_a_board_without_such_settings_loads_no_keymap() -> None:
    script = (
        "import sys, todo_tui.tui.board_app\n"
        "assert not {'todo_tui.tui.keymap', 'tomllib'} & set(sys.modules)\n"
    )
    subprocess.run(python("-c", script), check=True)


def test_a_keymap_that_cannot_be_is_told_before_the_board_opens(tmp_path: Path) -> None:
    config, todo = tmp_path / "config.toml", tmp_path / "TODO.md"
    config.write_text('[keys]\n"task.clame" = "c"\n', encoding="utf-8")
    todo.touch()
    argv = python("-m", "todo_tui", str(todo))
    with Terminal(argv, columns=200, environ={"TODO_TUI_CONFIG": str(config)}) as terminal:
        assert terminal.wait_for_exit() == 2
        assert "did you mean task.claim?" in terminal.text
        assert '    2 | "task.clame" = "c"' in terminal.text
        assert b"\x1b[?1049h" not in terminal.sent
