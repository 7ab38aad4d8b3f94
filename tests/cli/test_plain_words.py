"""A command line that is read without argparse says what argparse says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.cli.main import COMMANDS, command_module, command_parser
from todo_tui.cli.options import HelpAsked, add_common
from todo_tui.cli.plain_words import PlainWords
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from types import SimpleNamespace

OPTIONS: Final = (
    "--file", "--agent", "--as", "--json", "--wait", "--next", "--note", "--reason", "--stale",
    "--older-than", "--status", "--priority", "--ready", "--mine", "--depends-on", "--assign",
    "--unassign", "--id", "--under", "--title", "--description", "--batch", "--since", "--plain",
    "--violations", "--agents", "--speed", "--seed", "--for", "--exec",
)  # fmt: skip
VALUES: Final = (
    "TASK_001", "eng@1", "some words", "", "3", "2.5", "bash", "a=b", "é",
    "-", "--", "-1", "-x", "--agent=me", "--jso", "--help", "-- x", "- x", "-h", "nan", "99",
)  # fmt: skip


def plain(name: str, words: list[str]) -> SimpleNamespace | None:
    reader = PlainWords()
    add_common(reader)
    command_module(name).add_arguments(reader, name)
    return reader.read(words)


@pytest.mark.parametrize("name", sorted(COMMANDS))
@given(words=st.lists(st.sampled_from(OPTIONS) | st.sampled_from(VALUES), max_size=7))
def test_what_is_read_plainly_is_what_argparse_reads(name: str, words: list[str]) -> None:
    read = plain(name, words)
    if read is not None:
        assert read == command_parser(name).read(words)


@pytest.mark.parametrize(
    "line",
    [
        "claim TASK_001 --agent eng@1",
        "claim --next --agent eng@1 --json",
        "--file x.md claim TASK_001",
        "done TASK_001 --note some",
        "list --status todo --status done --ready one two",
        "add title --depends-on A --depends-on B --wait 3",
        "next",
        "status --json",
    ],
)
def test_ordinary_lines_are_read_plainly(line: str) -> None:
    words = line.split()
    name = next(word for word in words if word in COMMANDS)
    words.remove(name)
    read = plain(name, words)
    assert read is not None
    assert read == command_parser(name).read(words)


@pytest.mark.parametrize(
    "line",
    ["claim a b", "start", "list --nothing", "next --agent", "next --wait x", "demo --seed a"],
)
def test_what_is_wrong_is_said_by_argparse(line: str) -> None:
    name, *words = line.split()
    assert plain(name, words) is None
    with pytest.raises(TodoError) as caught:
        command_parser(name).read(words)
    assert caught.value.code == "usage"


def test_help_is_argparses() -> None:
    assert plain("next", ["--help"]) is None
    with pytest.raises(HelpAsked, match="options of every command"):
        command_parser("next").read(["--help"])
