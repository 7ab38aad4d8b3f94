"""What a person sees of the agents' doings, in a real terminal over a real file."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = """\
# Plan

```yaml
- TASK_001: "Refuse a coupon that has expired"
  priority: high
  assigned_agent: eng-backend
  status: todo
- TASK_002: "Keep the cart"
  priority: low
  assigned_agent: qa
  status: todo
- TASK_003: "Round totals"
  status: todo
```
"""


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "TODO.md"
    path.parent.mkdir()
    path.write_text(BEFORE)
    return path


def board(path: Path, columns: int = 80, rows: int = 24) -> Terminal:
    argv = python("-m", "todo_tui", str(path), "--as", "alice")
    return Terminal(argv, columns=columns, rows=rows)


def run(path: Path, *words: str) -> str:
    """What a command over the file says."""
    argv = python("-m", "todo_tui", *words, "--file", str(path))
    environ = {name: value for name, value in os.environ.items() if "TODO_TUI" not in name}
    done = subprocess.run(argv, check=True, capture_output=True, timeout=60, env=environ)
    return done.stdout.decode()


def rewrite(path: Path, old: str, new: str) -> None:
    """Somebody edits the file as editors do: a new one in its place."""
    text = path.read_text()
    assert text.count(old) == 1
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text.replace(old, new))
    fresh.replace(path)


def test_what_happens_is_told_live_and_after_an_absence(todo: Path) -> None:
    run(todo, "claim", "TASK_001", "--agent", "eng-backend")
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("L")
        terminal.wait_for("@eng-backend  claimed   TASK_001")
        rewrite(todo, "qa\n  status: todo", "qa\n  status: in_progress")
        terminal.wait_for("started   TASK_002  Keep the cart   ▲ skipped claim")
        run(todo, "start", "TASK_001", "--agent", "eng-backend")
        terminal.wait_for("@eng-backend  started   TASK_001")
        terminal.press("\tjf")
        terminal.wait_for("activity   only qa")
        terminal.press("\r")
        terminal.wait_for("▌TASK_002")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert "TASK_001" not in run(todo, "log", "--since-seen", "--as", "alice")
    run(todo, "done", "TASK_001", "--agent", "eng-backend", "--note", "it rings")
    assert "it rings" in run(todo, "log", "--since-seen", "--as", "alice")
    assert "TASK_002" in run(todo, "log", "--violations")
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("L")
        terminal.wait_for("╌ while you were away, less than a minute: 1 change")
        assert "done      TASK_001" in terminal.text.partition("while you were away")[2]
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_the_agents_and_the_board_of_one(todo: Path) -> None:
    run(todo, "claim", "TASK_001", "--agent", "eng-backend")
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("A")
        terminal.wait_for("@eng-backend  TASK_001 now")
        rewrite(todo, "qa\n  status: todo", "qa\n  status: in_progress")
        terminal.wait_for("1 skipped claim")
        terminal.press("g\r")
        terminal.wait_for(lambda it: "▌TASK_002" in it.text and "TASK_001" not in it.text)
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_what_agents_break_is_seen_and_put_right_with_one_key(todo: Path) -> None:
    run(todo, "claim", "TASK_001", "--agent", "eng-backend")
    run(todo, "start", "TASK_001", "--agent", "eng-backend")
    run(todo, "claim", "TASK_002", "--agent", "qa")
    stale = todo.read_text()
    run(todo, "start", "TASK_002", "--agent", "qa")
    whole = todo.read_text()
    third = "- TASK_003" + whole.partition("- TASK_003")[2].partition("```")[0]
    harms: tuple[tuple[str, tuple[str, ...], str | None, str], ...] = (
        ("skipped claim", ("back to todo",), third, third.replace("todo", "in_progress")),
        ("stolen", ("give back to @eng-backend",), "agent: eng-backend", "agent: thief"),
        ("vanished", ("put back",), third, ""),
        ("reverted", ("back to in progress", "put the lines back"), None, stale),
    )
    with board(todo) as terminal:
        terminal.wait_for("● live")
        for broken, remedies, old, new in harms:
            history = entries(todo.read_text())
            rewrite(todo, old if old is not None else todo.read_text(), new)
            terminal.wait_for(broken)
            terminal.press("!")
            for remedy in remedies:
                terminal.wait_for(f"x {remedy}")
                terminal.press("x")
                terminal.wait_for("Enter do it")
                terminal.press("\r")
                terminal.wait_for(lambda it: "Enter do it" not in it.text)
            terminal.wait_for("Nothing needs you any more.")
            terminal.press("q")
            terminal.wait_for(lambda it: "▲" not in it.text)
            assert tasks(todo.read_text()) == tasks(whole)
            assert history <= entries(todo.read_text())
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert run(todo, "check") == ""


def tasks(text: str) -> str:
    """What stands before the session history."""
    return text.partition("## Session History")[0]


def entries(text: str) -> set[str]:
    """The lines of the session history."""
    return {line for line in text.partition("## Session History")[2].splitlines() if line}
