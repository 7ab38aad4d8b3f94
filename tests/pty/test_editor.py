"""The person's editor on the board's terminal: at the task's line, and back to the task."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

FILE = b"""\
# Plan

```yaml
- TASK_001: "One"
  status: todo
- TASK_002: "Two"
  status: todo
- TASK_003: "Three"
  status: todo
```
"""

EDITOR = """
import sys
line, path = sys.argv[-2:]
print("\\r\\nan editor at", line)
word = input()
with open(path) as file:
    text = file.read()
with open(path, "w") as file:
    file.write(text.replace("Two", word))
print("\\r\\nwritten", flush=True)
input()
"""


def opened(tmp_path: Path, name: str = "vi") -> tuple[Path, Terminal]:
    todo, editor = tmp_path / "TODO.md", tmp_path / name
    todo.write_bytes(FILE)
    interpreter = python()[0]
    editor.write_text(f"#!{interpreter}\n{EDITOR}")
    editor.chmod(0o755)
    argv = python("-m", "todo_tui", str(todo), "--as", "alice")
    return todo, Terminal(argv, environ={"VISUAL": f"'{editor}' -x"})


def test_the_editor_is_at_the_line_and_the_board_comes_back_to_the_task(tmp_path: Path) -> None:
    todo, terminal = opened(tmp_path)
    with terminal as it:
        it.wait_for("live")
        it.press("j")
        it.wait_for("▌TASK_002")
        it.press("E")
        it.wait_for("an editor at +6")
        claimed = subprocess.run(
            python("-m", "todo_tui", "claim", "TASK_003", "--agent", "qa@1", "--file", str(todo)),
            check=False,
            capture_output=True,
            timeout=20,
        )
        assert claimed.returncode == 0
        it.press("Second\r")
        it.wait_for("written")
        it.press("cccsss\r")
        it.wait_for("▌Second")
        assert "▌TASK_002" in it.text
        it.press("q")
        assert it.wait_for_exit() == 0
    text = todo.read_text()
    assert '- TASK_002: "Second"\n  status: todo\n' in text
    assert "TASK_003 claimed by qa@1" in text


def test_an_editor_that_is_not_there_is_said(tmp_path: Path) -> None:
    todo = tmp_path / "TODO.md"
    todo.write_bytes(FILE)
    argv = python("-m", "todo_tui", str(todo), "--as", "alice")
    with Terminal(argv, environ={"VISUAL": "no-such-editor-here"}) as it:
        it.wait_for("live")
        it.press("E")
        it.wait_for("no-such-editor-here cannot be started")
        it.wait_for("▌TASK_001")
        it.press("q")
        assert it.wait_for_exit() == 0


def test_an_editor_that_crashes_leaves_the_terminal_to_the_shell_as_it_was(tmp_path: Path) -> None:
    todo, editor = tmp_path / "TODO.md", tmp_path / "crashing"
    todo.write_bytes(FILE)
    editor.write_text("#!/bin/sh\nstty raw -echo\nkill -KILL $$\n")
    editor.chmod(0o755)
    argv = python("-m", "todo_tui", str(todo), "--as", "alice")
    with Terminal(argv, columns=200, environ={"EDITOR": str(editor)}) as it:
        it.wait_for("live")
        it.press("E")
        it.wait_for("crashing was ended by SIGKILL")
        it.press("q")
        assert it.wait_for_exit() == 0
        assert it.modes_on() == set()
        assert it.settings() == it.before
