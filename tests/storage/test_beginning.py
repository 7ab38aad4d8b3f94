"""A file to begin with: what it says, and that it is written over nothing."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from todo_tui.cli.main import command_parser
from todo_tui.errors import TodoError
from todo_tui.storage.beginning import begin
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(TodoError) as caught:
        begin(path, NOW)
    return caught.value.code, caught.value.message


def test_a_file_to_begin_with_has_one_task_that_is_to_be_done(tmp_path: Path) -> None:
    begin(tmp_path / "TODO.md", NOW)
    board = TodoFile(tmp_path / "TODO.md").read().board
    assert [(task.ref, task.status, task.holder) for task in board.tasks] == [
        ("TASK_001", "todo", None)
    ]
    assert board.history == ()
    assert 'created_at: "2026-11-22T12:33:00Z"' in (tmp_path / "TODO.md").read_text()


def test_each_command_in_it_can_be_given_as_it_stands(tmp_path: Path) -> None:
    begin(tmp_path / "TODO.md", NOW)
    commands = re.findall(r"`todo-tui ([^`]+)`", (tmp_path / "TODO.md").read_text())
    assert len(commands) == 6
    for command in commands:
        name, *words = shlex.split(command)
        assert command_parser(name).read(words).agent == "NAME@SESSION"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "TODO.md"
    path.write_bytes(b"mine\n")
    words = f"{path} exists already: go on with it, init overwrites nothing"
    assert refused(path) == ("illegal", words)
    assert path.read_bytes() == b"mine\n"


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "TODO.md"
    assert refused(path) == ("no_file", f"there is no folder {path.parent}: make it first")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "TODO.md"
    assert refused(path) == ("disk", f"{path} cannot be written: Not a directory")


def test_what_the_system_does_not_permit_is_said_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "loop" / "TODO.md"
    path.parent.symlink_to("loop")
    assert refused(path) == (
        "disk",
        f"{path} cannot be written: a symbolic link stands where none may, or leads in a circle",
    )
