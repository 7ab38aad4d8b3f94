"""Which command opens the file at a line, in which editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import shop
from todo_tui.errors import TodoError
from todo_tui.tui.editor import command

FILE = Path("/x/a b/TODO.md")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vi", ["vi", "+7", str(FILE)]),
        ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+7", str(FILE)]),
        ("nano", ["nano", "+7", str(FILE)]),
        ("emacs -nw", ["emacs", "-nw", "+7", str(FILE)]),
        ("emacsclient -t", ["emacsclient", "-t", "+7", str(FILE)]),
        ("micro", ["micro", "+7", str(FILE)]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("helix", ["helix", f"{FILE}:7"]),
        ("code", ["code", "--wait", "--goto", f"{FILE}:7"]),
        ("code -w -g", ["code", "-w", "-g", f"{FILE}:7"]),
        ("'/opt/My Editor/subl' --wait", ["/opt/My Editor/subl", "--wait", f"{FILE}:7"]),
        ("zed", ["zed", "--wait", f"{FILE}:7"]),
        ("gvim", ["gvim", "--nofork", "+7", str(FILE)]),
        ("kate", ["kate", "--line", "7", str(FILE)]),
        ("something; rm -rf $HOME", ["something;", "rm", "-rf", "$HOME", str(FILE)]),
    ],
)
def test_the_words_of_an_editor(editor: str, words: list[str]) -> None:
    assert command({"EDITOR": editor}, FILE, 7) == words


def test_visual_goes_first_and_vi_is_the_last_resort() -> None:
    assert command({"VISUAL": "hx", "EDITOR": "vi"}, FILE, 1)[0] == "hx"
    assert command({"VISUAL": " ", "EDITOR": "nano"}, FILE, 1)[0] == "nano"
    assert command({}, FILE, 1) == ["vi", "+1", str(FILE)]


def test_a_command_that_cannot_be_split() -> None:
    with pytest.raises(TodoError, match="is no command"):
        command({"EDITOR": "vi 'x"}, FILE, 1)


async def test_a_board_of_no_file_says_so() -> None:
    async with desk(shop(), (80, 24)) as it:
        await it.press("E")
        assert "this board is of no file on the disk" in it.text
        await it.press("enter", "E")
        assert "this board is of no file on the disk" in it.text
