"""Ctrl+Z in a real terminal: the shell has it until fg."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
```yaml
- TASK_001: "One"
  status: todo
- TASK_002: "Two"
  status: todo
```
"""


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    path = tmp_path / "TODO.md"
    path.write_text(FILE)
    return path


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell with jobs")
@pytest.mark.parametrize("script", [False, True], ids=["alone", "in a script"])
def test_the_shell_has_the_terminal_until_the_board_comes_back(todo: Path, script: bool) -> None:
    command = shlex.join(python("-m", "todo_tui", str(todo), "--as", "alice"))
    if script:
        command = shlex.join(["sh", "-c", f"{command}; true"])
    with Terminal(["bash", "--norc", "-i"], environ={"PS1": "its shell> "}) as it:
        it.wait_for("its shell>")
        it.press(f"{command}\r")
        it.wait_for("● live")
        for title in ("Other", "Another"):
            it.press("\x1a")
            it.wait_for("Stopped")
            it.press("echo $((40 + 2))\r")
            it.wait_for("42")
            assert it.modes_on() <= {"bracketed paste"}  # which is the shell's own
            todo.write_text(FILE.replace("One", title))
            it.press("fg\r")
            it.wait_for(f"▌{title}")
            it.wait_for("● live")
        it.press("j")
        it.wait_for("▌TASK_002")
        it.press("q")
        it.wait_for(lambda terminal: terminal.sent.endswith(b"its shell> "))
        it.press("exit\r")
        assert it.wait_for_exit() == 0


def test_without_a_shell_it_goes_on_and_says_so(todo: Path) -> None:
    with Terminal(python("-m", "todo_tui", str(todo), "--as", "alice")) as it:
        it.wait_for("● live")
        it.press("\x1a")
        it.wait_for("no shell has started this board")
        it.press("j")
        it.wait_for("▌TASK_002")
        it.press("q")
        assert it.wait_for_exit() == 0
        assert it.settings() == it.before
