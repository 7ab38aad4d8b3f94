"""Two branches changed one task, and the merge stops with markers in the file, under the board."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.cli.program import environment
from tests.stories.cast import Agent, counts, open_board

if TYPE_CHECKING:
    from tests.cli.program import Folder

PLAN = """\
# Plan

```yaml
- TASK_001: "Bake bread"
  priority: high
  assigned_agent: null
  status: todo

- TASK_002: "Brew tea"
  priority: low
  assigned_agent: null
  status: todo
```
"""


def git(folder: Folder, *words: str, code: int = 0) -> None:
    settings = ("-c", "user.name=Git", "-c", "user.email=git@example.org", "-c", "core.hooksPath=")
    done = subprocess.run(
        ["git", *settings, *words],
        cwd=folder.path,
        env=environment(folder.path) | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr


def test_a_conflict_appears_under_the_open_board_and_is_resolved(folder: Folder) -> None:
    folder.write(PLAN)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "TODO.md")
    git(folder, "commit", "--quiet", "--message=plan")
    git(folder, "switch", "--quiet", "--create=theirs")
    folder.todo.write_text(PLAN.replace("Bake bread", "Bake rolls today"), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=rolls")
    git(folder, "switch", "--quiet", "main")
    folder.todo.write_text(PLAN.replace("Bake bread", "Bake cake today"), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=cake")
    eng = Agent(folder, "eng@1")

    with open_board(folder) as board:
        board.wait_for("● live")
        board.wait_for("Bake cake today")

        # The merge stops. The board says so, and goes on showing what can be read.
        git(folder, "merge", "theirs", code=1)
        assert "<<<<<<< HEAD" in folder.text
        board.wait_for("in a merge: nothing is written")
        board.wait_for("Brew tea")
        board.wait_for("? 1 fault")
        conflict = folder.text

        # Nobody writes into it: neither the person at the board nor an agent at the shell.
        board.press("Gc")
        board.wait_for("in the middle of a merge")
        assert eng.says("claim", "TASK_002", code=5)["error"]["code"] == "conflict"
        (fault,) = folder.json("check", code=1)["faults"]
        assert fault["code"] == "conflict"
        assert conflict.splitlines()[fault["line"] - 1].startswith("<<<<<<<")
        assert folder.text == conflict

        # Somebody resolves it. The board shows that at once, and both can go on.
        git(folder, "checkout", "--theirs", "TODO.md")
        git(folder, "commit", "--quiet", "--all", "--message=merged")
        board.wait_for("● live")
        board.wait_for("Bake rolls today")
        board.wait_for(lambda it: "fault" not in it.text)
        assert eng.says("claim", "TASK_002")["changed"] is True
        board.wait_for(lambda it: counts(it).get("claimed") == 1)
        board.press("1c")
        board.wait_for(lambda it: counts(it).get("claimed") == 2)
        board.press("q")
        assert board.wait_for_exit() == 0
    assert "Bake rolls today" in folder.text
    assert "<<<<" not in folder.text
