"""The board line by line: what a screen reader hears, and what single keys do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import PROGRAM
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from tests.cli.program import Folder

TEXT = """```yaml
- TASK_001: "One"
  priority: high
  status: todo
- TASK_002: "Two"
  assigned_agent: eng
  status: claimed
```
"""


def said(folder: Path, lines: str) -> str:
    """What is said to these lines on a stdin that is no terminal."""
    (folder / "TODO.md").write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, "--plain", "--as", "alice"],
        input=lines,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    return done.stdout


def test_lines_say_all_that_the_board_shows(tmp_path: Path) -> None:
    text = said(tmp_path, "j\n\nl\n=\n!\nf\nh\n2\nhelp\nk\nk\nx\n9\n")
    assert text.startswith("1 todo, 1 claimed, 0 in progress, 0 done\n")
    assert text.count("TASK_001") >= 4
    assert "claimed: 1\nTASK_002" in text
    assert "nothing needs you" in text
    assert "no faults" in text
    assert "this is the first task" in text
    assert "there are 4 columns" in text
    assert "x is no key" in text


def test_commands_are_those_of_the_shell(tmp_path: Path) -> None:
    text = said(tmp_path, "claim TASK_001\ndone TASK_001\nadd Three --priority low\nclame x\nq\n")
    assert "TASK_001  high  claimed  alice" in text
    assert "cannot be finished" in text
    assert "TASK_003" in text
    assert "did you mean claim?" in text
    after = (tmp_path / "TODO.md").read_text(encoding="utf-8")
    assert "TASK_001 claimed by alice (human)" in after


def test_the_end_of_the_input_is_the_end(tmp_path: Path) -> None:
    assert "TASK_001" in said(tmp_path, "j\n")


@pytest.mark.parametrize("lines", ["", "j\nl\n", "j\nq\nl\n", "l\n" * 4000])
def test_a_file_is_read_as_a_pipe_is(tmp_path: Path, lines: str) -> None:
    piped = said(tmp_path, lines)
    asked = tmp_path / "asked"
    asked.write_text(lines, encoding="utf-8")
    with (asked if lines else Path(os.devnull)).open("rb") as stdin:
        done = subprocess.run(
            [*PROGRAM, "--plain", "--as", "alice"],
            stdin=stdin,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, piped, "")


def test_keys_that_are_typed_ahead_count(shop: Folder) -> None:
    argv = [*PROGRAM, "--plain", "--as", "alice"]
    with Terminal(argv, columns=100, rows=40, directory=shop.path) as terminal:
        terminal.press("1")
        terminal.wait_for(lambda it: "\nTASK_" in it.text)
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_keys_act_and_changes_are_said_as_they_happen(shop: Folder) -> None:
    argv = [*PROGRAM, "--plain", "--as", "alice"]
    with Terminal(argv, columns=100, rows=40, directory=shop.path) as terminal:
        terminal.wait_for("? tells the keys")
        terminal.press("1")
        terminal.wait_for(lambda it: "\nTASK_" in it.text)
        first = next(row for row in terminal.text.split("\n") if row.startswith("TASK_"))
        name = first.split()[0]
        terminal.press("c")
        terminal.wait_for("claimed  ")
        terminal.press("b")
        terminal.wait_for("why?")
        terminal.press("the bamk\x7f\x7fnk\r")
        terminal.wait_for("blocked  ")
        terminal.press("?")
        terminal.wait_for("q leave")
        shop.write((shop.path / "TODO.md").read_text(encoding="utf-8").replace("Brew", "Boil"))
        terminal.wait_for("Boil")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.settings() == terminal.before
        assert b"\x1b" not in terminal.sent
    history = (shop.path / "TODO.md").read_text(encoding="utf-8")
    assert f"{name} blocked by alice (human) (claimed -> blocked): the bank" in history or (
        f"{name} blocked for" in history
    )


def test_it_is_for_one_file_and_for_people(shop: Folder) -> None:
    for words in (["--plain", "--json"], ["--plain", "TODO.md", "TODO.md"]):
        done = subprocess.run(
            [*PROGRAM, *words], cwd=shop.path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
