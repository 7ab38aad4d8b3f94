"""Keys that come faster than the screen: each means what it would mean if it were typed slowly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = """# Plan

```yaml
- TASK_001: "One"
  priority: high
  status: todo
- TASK_002: "Two"
  status: claimed
  claimed_by: qa
- TASK_003: "Three"
  status: todo
```
"""


def board(path: Path) -> Terminal:
    argv = python("-m", "todo_tui", str(path), "--as", "alice")
    environ = {"XDG_STATE_HOME": str(path.parent)}
    return Terminal(argv, columns=100, rows=30, environ=environ)


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    path = tmp_path / "TODO.md"
    path.write_text(BEFORE)
    (tmp_path / "todo-tui").mkdir()
    (tmp_path / "todo-tui" / "state.json").write_text(json.dumps({"tour": "shown"}))
    return path


def wait_for_text(terminal: Terminal, path: Path, wanted: str) -> None:
    """Until the file says this, up to its history; at the latest when the limit is over."""
    terminal.wait_for(lambda _: path.read_text().partition("\n## Session")[0].strip() == wanted)


HELD = '"Three"\n  status: claimed\n  claimed_by: alice'


@pytest.mark.parametrize(
    ("keys", "changes"),
    [
        ("lrit waits\r:go TASK_003\rc", [("status: claimed\n  claimed_by: qa", "status: todo"),
                                        ('"Three"\n  status: todo', HELD)]),
        ("/two\rs", [("status: claimed", "status: in_progress")]),
        ("/o\x15tx\x7fhree\rc", [('"Three"\n  status: todo', HELD)]),
        (",pG:go TASK_003\rc", [('"Three"\n  status: todo', HELD)]),
        ("e, too\x13", [('"One"', '"One, too"')]),
        ("e\t\t\x15low\x13jc", [("high", "low"), ('"Three"\n  status: todo', HELD)]),
        ("?qGc", [('"Three"\n  status: todo', HELD)]),
        ("Gvk\x1bjc", [('"Three"\n  status: todo', HELD)]),
        ("\x1bGc", [('"Three"\n  status: todo', HELD)]),
    ],
)  # fmt: skip
def test_nothing_that_is_typed_ahead_is_lost(
    todo: Path, keys: str, changes: list[tuple[str, str]]
) -> None:
    wanted = BEFORE
    for old, new in changes:
        wanted = wanted.replace(old, new, 1)
    with board(todo) as it:
        it.wait_for("● live")
        it.press(keys)
        wait_for_text(it, todo, wanted.strip())
        it.press("\x11")
        assert it.wait_for_exit() == 0


def test_a_task_is_added_and_the_next_one_claimed(todo: Path) -> None:
    added = '- TASK_004: "New one"\n  priority: medium\n  status: todo\n'
    second = '- TASK_002: "Two"'
    wanted = BEFORE.replace(second, added + second).replace('"Three"\n  status: todo', HELD)
    with board(todo) as it:
        it.wait_for("● live")
        it.press("aNew one\x13jc")
        wait_for_text(it, todo, wanted.strip())
