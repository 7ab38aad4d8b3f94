"""The first start in a real terminal: the five lines, a file that is made, the first task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pty.terminal import Terminal, python

if TYPE_CHECKING:
    from pathlib import Path


def started(tmp_path: Path) -> Terminal:
    folder = tmp_path / "new"
    folder.mkdir(exist_ok=True)
    (folder / ".git").mkdir(exist_ok=True)
    argv = python("-m", "todo_tui", "--as", "alice")
    return Terminal(argv, environ={"XDG_STATE_HOME": str(tmp_path / "state")}, directory=folder)


@pytest.mark.parametrize("key", ["i", "\r"])
def test_an_empty_repository_offers_to_make_a_file(tmp_path: Path, key: str) -> None:
    with started(tmp_path) as it:
        it.wait_for("Any key goes on")
        it.wait_for("makes one to begin with")
        assert "claim a task, start it, finish it" in it.text
        it.press(key)
        it.wait_for("Replace this example by")
        it.wait_for("● live")
        it.wait_for(lambda terminal: "Any key goes on" not in terminal.text)
        it.press("q")
        assert it.wait_for_exit() == 0
    assert (tmp_path / "new" / "TODO.md").read_text().startswith("# TODO")
    with started(tmp_path) as it:
        it.wait_for("live")
        assert "Any key goes on" not in it.text
        it.press("q")
        assert it.wait_for_exit() == 0


def test_a_file_that_was_deleted_under_an_open_board_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "new" / "TODO.md"
    path.parent.mkdir()
    path.write_text("```yaml\n- TASK_007: Old\n  status: todo\n```\n")
    with started(tmp_path) as it:
        it.wait_for("● live")
        it.wait_for("Any key goes on")
        it.press(" ")
        it.wait_for(lambda terminal: "Any key goes on" not in terminal.text)
        path.unlink()
        it.wait_for("the file is gone")
        assert "TASK_007" in it.text
        it.press("i")
        it.wait_for("Replace this example by")
        it.wait_for("● live")
        it.press("q")
        assert it.wait_for_exit() == 0
    assert path.read_text().startswith("# TODO")


def test_the_files_that_were_named_are_those_of_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "PLAN.md").write_text("```yaml\n- TASK_001: Named\n  status: todo\n```\n")
    environ = {"XDG_STATE_HOME": str(tmp_path / "state")}
    for words in (["PLAN.md"], []):
        argv = python("-m", "todo_tui", "--as", "alice", *words)
        with Terminal(argv, environ=environ, directory=folder) as it:
            it.wait_for("TASK_001")
            it.wait_for("● live")
            if words:  # the first time there is the tour
                it.wait_for("Any key goes on")
                it.press("q")
                it.wait_for(lambda terminal: "Any key goes on" not in terminal.text)
            it.press("q")
            assert it.wait_for_exit() == 0
