"""Every command that answers once: its JSON has the keys that the README states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import readme

if TYPE_CHECKING:
    from tests.cli.program import Folder

TEXT = readme.README.read_text(encoding="utf-8")
WORDS = {
    "show": "TASK_001",
    "add": "Title",
    "add --batch": "-",
    "claim": "TASK_003",
    "start": "TASK_003",
    "done": "TASK_004",
    "release": "TASK_004 --reason why",
    "release --stale": "--older-than 2h",
    "block": "TASK_004 --reason why",
    "unblock": "TASK_003",
    "reopen": "TASK_001 --reason why",
    "note": "TASK_001 words",
    "edit": "TASK_002 --priority high",
    "init": "--file NEW.md",
}
BEFORE = {
    "start": ["claim TASK_003"],
    "unblock": ["claim TASK_003", "block TASK_003 --reason why"],
    "undo": ["claim TASK_003"],
}
STATED = {
    command: re.findall(r"`(\w+)`", keys)
    for line in readme.table("json", TEXT).splitlines()[2:]
    for commands, keys in [line.strip("|").split(" | ")]
    for command in re.findall(r"`([^`]+)`", commands)
}


@pytest.mark.parametrize("command", STATED)
def test_the_keys_of_an_answer_are_those_of_the_readme(shop: Folder, command: str) -> None:
    for line in BEFORE.get(command, ()):
        shop.json(*line.split(), "--as", "alice")
    words = WORDS.get(command, "").split()
    answer = shop.json(*command.split(), *words, "--as", "alice", stdin=b'[{"title": "x"}]')
    assert list(answer) == ["version", *STATED[command]]


def test_the_keys_of_a_task_are_those_of_the_readme(shop: Folder) -> None:
    stated = TEXT.partition("\nA task has ")[2].partition(". ")[0]
    assert list(shop.json("show", "TASK_001")["task"]) == re.findall(r"`(\w+)`", stated)
