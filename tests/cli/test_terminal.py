"""The commands on a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.program import PROGRAM, Folder
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


def test_a_row_is_cut_to_the_terminal(shop: Folder) -> None:
    shop.write(shop.text.replace("Brew tea", "Brew 中文 tea " * 20))
    with Terminal([*PROGRAM, "list"], columns=60, directory=shop.path) as terminal:
        assert terminal.wait_for_exit() == 0
        rows = [row for row in terminal.text.split("\n") if row]
    assert [row.split()[0] for row in rows] == [f"TASK_00{n}" for n in range(1, 6)]
    assert rows[2].endswith("…")
    assert not rows[1].endswith("…")


def test_a_terminal_that_cannot_draw_gets_the_plain_board(shop: Folder) -> None:
    with Terminal(PROGRAM, environ={"TERM": "dumb"}, directory=shop.path) as terminal:
        assert terminal.wait_for_exit() == 0
        assert "in progress (1)" in terminal.text
        assert b"\x1b" not in terminal.sent


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    environ = {"TMPDIR": str(tmp_path)}
    with Terminal([*PROGRAM, "demo", "--speed", "20"], environ=environ) as terminal:
        terminal.wait_for("teapots/TODO.md")
        terminal.wait_for("just now")
        assert list(tmp_path.glob("todo-tui-demo-*/teapots/TODO.md"))
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert list(tmp_path.iterdir()) == []
