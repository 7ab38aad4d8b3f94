"""Agents that edit the file themselves break rules, and a person puts each right with one key."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEFORE = b"""\
# Plan

```yaml
- TASK_001: "Refuse a coupon that has expired"  # urgent
  priority: high
  status:  todo
- TASK_002: 'Keep the cart'
  assigned_agent: qa
  status: in_progress

- TASK_003: "Round totals"
  assigned_agent:   eng-backend
  status: done   # by hand
  notes: [one,
    two]

- TASK_004: "Send the invoices"
  assigned_agent: eng-backend
  status: todo
```

Caf\xe9, not UTF-8.
"""

CLAIMED = BEFORE.replace(b"eng-backend\n  status: todo", b"eng-backend\n  status: claimed")


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "TODO.md"
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    (tmp_path / "config.toml").write_text("history = false\n")
    return path


def environ(path: Path) -> dict[str, str]:
    return {"TODO_TUI_CONFIG": str(path.parent.parent / "config.toml")}


def claim(path: Path) -> None:
    argv = python("-m", "todo_tui", "claim", "TASK_004", "--agent", "eng-backend")
    plain = {name: value for name, value in os.environ.items() if "TODO_TUI" not in name}
    subprocess.run(
        [*argv, "--file", str(path)],
        check=True,
        capture_output=True,
        timeout=60,
        env=plain | environ(path),
    )
    assert path.read_bytes() == CLAIMED


def board(path: Path) -> Terminal:
    argv = python("-m", "todo_tui", str(path), "--as", "alice")
    return Terminal(argv, columns=100, rows=30, environ=environ(path))


def edit(path: Path, data: bytes) -> None:
    """An agent writes the file as editors do: a new one in its place."""
    fresh = path.with_suffix(".tmp")
    fresh.write_bytes(data)
    fresh.replace(path)


def holds(path: Path, data: bytes) -> Callable[[Terminal], bool]:
    return lambda _: path.read_bytes() == data


def lacks(words: str) -> Callable[[Terminal], bool]:
    return lambda terminal: words not in terminal.text


def test_each_broken_rule_is_seen_and_put_right_by_a_key(todo: Path) -> None:
    claim(todo)
    third = CLAIMED[CLAIMED.index(b"- TASK_003") : CLAIMED.index(b"- TASK_004")]
    broken = {
        "skipped claim": CLAIMED.replace(b"status:  todo", b"status:  in_progress"),
        "stolen from @qa": CLAIMED.replace(b"assigned_agent: qa", b"assigned_agent: gemini"),
        "vanished": CLAIMED.replace(third, b""),
        "reverted": BEFORE,
    }
    with board(todo) as terminal:
        terminal.wait_for("● live")
        for words, data in broken.items():
            edit(todo, data)
            terminal.wait_for("! walk through")
            terminal.wait_for("▲")
            terminal.press("!")
            terminal.wait_for(f"▲ {words}")
            terminal.press("x")
            terminal.wait_for("Enter do it")
            assert todo.read_bytes() == data
            terminal.press("\r")
            terminal.wait_for(holds(todo, CLAIMED))
            terminal.wait_for(lacks(f"▲ {words}"))
            terminal.press("q")
            terminal.wait_for("c claim")
            terminal.wait_for(lacks("▲"))
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert todo.read_bytes() == CLAIMED


def test_a_journal_that_is_damaged_is_said_and_the_board_opens(todo: Path) -> None:
    claim(todo)
    journal = todo.parent / ".todo-tui" / "journal.jsonl"
    whole = journal.read_bytes()
    newer = whole.replace(b'{"version":1', b'{"version":9')
    for data, words in (
        (whole[:-20], "the last line is cut off"),
        (newer, "1 line of a newer version of todo-tui left out"),
        (b"}{\n" + whole, "1 line that cannot be read left out"),
    ):
        journal.write_bytes(data)
        with board(todo) as terminal:
            terminal.wait_for(words)
            terminal.wait_for("TASK_001")
            terminal.press("q")
            assert terminal.wait_for_exit() == 0
    journal.unlink()
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("c")
        terminal.wait_for(lambda _: b"claimed_by: alice" in todo.read_bytes())
        terminal.press("u")
        terminal.wait_for(holds(todo, CLAIMED))
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
