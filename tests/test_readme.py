"""The README says what the program does: its tables, commands and code blocks are held to it."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests import readme
from todo_tui.board import reading
from todo_tui.board.thresholds import DEFAULT
from todo_tui.board.workflow import STEPS
from todo_tui.cli import exit_code
from todo_tui.cli.main import COMMANDS, command_parser
from todo_tui.document.document import Document
from todo_tui.errors import Code
from todo_tui.static import get_args
from todo_tui.storage.configuration_file import parse

TEXT = readme.README.read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    lines = readme.table(name, TEXT).splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("name", ["keys", "modules"])
def test_tables_made_from_the_code_are_of_today(name: str) -> None:
    assert readme.table(name, TEXT) == readme.generated()[name], "run python -m tests.readme"


def test_every_command_is_in_the_table() -> None:
    named = set(re.findall(r"`(?:todo-tui )?([a-z]+)", readme.table("commands", TEXT)))
    assert set(COMMANDS) - {"board"} <= named


def test_every_exit_code_is_in_the_table() -> None:
    stated = {int(row[0]) for row in rows("exit codes")}
    assert {value for value in vars(exit_code).values() if isinstance(value, int)} == stated
    assert {exit_code.exit_code(code) for code in get_args(Code)} < stated


def test_the_workflow_is_the_one_in_force() -> None:
    stated = {row[0]: row[2].replace(" ", "_") for row in rows("workflow")}
    assert stated == {step.verb: step.target for step in STEPS}


def test_the_example_file_reads_without_a_fault() -> None:
    example = re.search(r"````markdown\n(.*?)````", TEXT, re.DOTALL)
    assert example is not None
    board = reading.read(Document.decode(example[1].encode()))
    assert [(task.id, task.status) for task in board.tasks] == [
        ("TASK_001", "todo"),
        ("TASK_UX_001", "in_progress"),
        ("TASK_003", "todo"),
    ]
    assert [fault.code for fault in board.faults] == ["unknown_dependency"]


def test_the_agents_commands_are_understood() -> None:
    block = re.search(r"```text\n(Tasks are in.*?)```", TEXT, re.DOTALL)
    assert block is not None
    lines = re.findall(r"^  todo-tui (.*?)(?:  +| / |$)", block[1], re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line)
        assert words[0] in COMMANDS
        command_parser(words[0]).read(words[1:])


def test_the_supervisors_commands_are_understood() -> None:
    section = TEXT.partition("## Supervising agents\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^todo-tui (.*?)$", section, re.MULTILINE)
    assert len(lines) >= 8
    for line in lines:
        words = shlex.split(line, comments=True)
        command_parser(words[0]).read(words[1:])


def test_the_thresholds_are_the_defaults(tmp_path: Path) -> None:
    stated = re.search(r"```toml\n(\[thresholds\].*?)```", TEXT, re.DOTALL)
    assert stated is not None
    assert parse(stated[1].encode(), str(tmp_path)).thresholds == DEFAULT


def test_ci_calls_the_test_command_of_the_readme() -> None:
    assert "```sh\npython3 tests/run.py\n```" in TEXT
    assert "python3 tests/run.py" in Path(readme.ROOT, ".ci", "run").read_text(encoding="utf-8")


def test_pictures_are_there() -> None:
    for path in re.findall(r"!\[[^]]*]\(([^)]+)\)", TEXT):
        assert Path(readme.ROOT, path).is_file()


def test_the_roadmap_is_a_file_that_the_program_reads() -> None:
    data = Path(readme.ROOT, "TODO.md").read_bytes()
    board = reading.read(Document.decode(data))
    assert board.tasks
    assert board.faults == ()


def test_the_version_is_in_the_changelog() -> None:
    project = tomllib.loads(Path(readme.ROOT, "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    from todo_tui import __version__

    assert f"## {__version__}" in Path(readme.ROOT, "CHANGELOG.md").read_text(encoding="utf-8")
