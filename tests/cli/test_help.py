"""The help of the program: enough to begin with, and true."""

from __future__ import annotations

import re

import pytest

from tests import readme
from todo_tui.cli import exit_code
from todo_tui.cli.main import COMMANDS, command_parser

HELP = command_parser(None).format_help()


def section(name: str) -> str:
    return HELP.partition(f"\n{name}:\n")[2].partition("\n\n")[0]


def test_it_names_every_command() -> None:
    assert re.findall(r"(?m)^  (\w+)", section("commands")) == list(COMMANDS)


def test_it_names_every_variable_that_the_readme_does() -> None:
    named = re.findall(r"(?m)^  (\w+)", section("environment"))
    stated = set(re.findall(r"TODO_TUI_[A-Z]+", readme.README.read_text(encoding="utf-8")))
    assert set(named) == stated - {"TODO_TUI_EVENT"}


def test_it_says_what_each_exit_code_means() -> None:
    codes = {value for value in vars(exit_code).values() if isinstance(value, int)}
    assert {int(code) for code in re.findall(r"(?m)^  (\d+)  ", section("exit codes"))} == codes


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_no_line_is_wider_than_a_terminal(name: str | None) -> None:
    assert max(map(len, command_parser(name).format_help().split("\n"))) <= 80
