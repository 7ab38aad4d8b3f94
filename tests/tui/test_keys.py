"""The table of keys: complete, free of clashes, and true of the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.desk import ALICE, NOW, desk, task
from todo_tui.board.board import board_of
from todo_tui.tui import keys
from todo_tui.tui.board_app import BoardApp
from todo_tui.tui.board_screen import BoardScreen
from todo_tui.tui.faults_screen import FaultsScreen
from todo_tui.tui.help_screen import HelpScreen
from todo_tui.tui.key import Situation
from todo_tui.tui.task_screen import TaskScreen
from todo_tui.tui.walk_screen import WalkScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from todo_tui.tui.key import Where

SCREENS: dict[Where, type[Screen[Any]]] = {
    "walk": WalkScreen,
    "board": BoardScreen,
    "task": TaskScreen,
    "faults": FaultsScreen,
    "help": HelpScreen,
}


@pytest.mark.parametrize("where", SCREENS)
def test_no_key_means_two_things_on_a_screen(where: Where) -> None:
    bound = [name for key in keys.KEYS if where in key.where for name in key.keys]
    assert len(bound) == len(set(bound))


def test_ids_are_distinct() -> None:
    ids = [key.id for key in keys.KEYS]
    assert len(ids) == len(set(ids))


def test_no_key_uses_alt_or_what_a_terminal_needs() -> None:
    taken = {"ctrl+a", "ctrl+b", "ctrl+j", "ctrl+k", "ctrl+s", "circumflex_accent"}
    assert [key.id for key in keys.KEYS if "ctrl+z" in key.keys] == ["program.stop"]
    for key in keys.KEYS:
        for name in key.keys:
            assert not name.startswith("alt+")
            assert name not in taken


@pytest.mark.parametrize("where", SCREENS)
def test_each_action_of_a_screen_is_there(where: Where) -> None:
    for key in keys.KEYS:
        if where in key.where:
            owner: type[Any] = SCREENS[where]
            name = key.action.partition("(")[0]
            if name.startswith("app."):
                owner, name = BoardApp, name.removeprefix("app.")
            assert callable(getattr(owner, f"action_{name}")), key.id


def test_the_table_for_people_has_every_key() -> None:
    table = keys.markdown()
    for key in keys.KEYS:
        assert key.words in table
        assert key.sign.split()[0] in table
    assert len(table.splitlines()) == 2 + len(keys.KEYS) + len(keys.groups())


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("todo", ["c"]),
        ("claimed", ["s", "r", "b"]),
        ("in_progress", ["d", "r", "b"]),
        ("blocked", ["b"]),
        ("done", ["o"]),
        ("paused", ["o"]),
    ],
)
def test_the_footer_agrees_with_the_refusals(status: str, shown: list[str]) -> None:
    """A key is in the footer exactly where it would not be refused."""
    made = task("A-1", status=status, holder="eng", agent="eng")
    at = Situation(board_of([made]), made, ALICE, NOW, 0)
    moves = [key for key in keys.KEYS if key.move and len(key.keys) == 1 and key.keys != ("C",)]
    assert [key.sign for key in moves if key.label(at) is not None] == shown
    assert [key.sign for key in moves if key.off(at) is None] == shown


async def test_the_help_shows_every_key() -> None:
    async with desk([task("A-1")], (120, 100)) as it:
        await it.press("question_mark")
        for key in keys.KEYS:
            assert key.sign in it.text
        await it.press("q")
        assert it.selected == "A-1"
