"""The demo's file, its agents' decisions, and the command without a terminal."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment
from todo_tui.board.reading import read
from todo_tui.board.transition import apply
from todo_tui.cli.demo_agents import ROGUE, breach, turn
from todo_tui.cli.demo_shop import AGENTS, text
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)


def test_the_file_is_a_good_example() -> None:
    board = read(Document.decode(text(NOW).encode()))
    assert board.faults == ()
    assert len(board.tasks) == 41
    assert [group.id for group in board.groups] == ["EPIC_CHECKOUT", "EPIC_SEARCH"]
    assert {column.status for column in board.columns if column.tasks} == {
        "todo", "claimed", "in_progress", "blocked", "done",
    }  # fmt: skip
    assert all(board.since(task) is not None for task in board.tasks)
    assert all(entry.event is not None for entry in board.history)
    assert any(board.ready(task) for task in board.tasks)


@pytest.mark.parametrize("seed", range(5))
def test_agents_that_keep_the_protocol_are_never_refused(seed: int) -> None:
    dice = Random(seed)
    board = read(Document.decode(text(NOW).encode()))
    done = 0
    for _ in range(150):
        transition, pause = turn(board, dice.choice(AGENTS), dice)
        assert 0 < pause < 20
        if transition is not None:
            board = apply(board, transition, NOW).board
            done += 1
    assert done > 100


def test_the_rogue_spoils_what_others_did() -> None:
    before = text(NOW)
    old = before.replace("TASK_029", "TASK_099")
    dice = Random(1)
    made = [breach(before, old, dice) for _ in range(30)]
    words = {one.words.split(" ", 1)[1].split(" ")[0] for one in made if one is not None}
    assert words == {"started,", "stolen", "raised"}
    assert all(one.text != before for one in made if one is not None)
    stolen = next(one for one in made if one is not None and "stolen" in one.words)
    assert ROGUE in stolen.text
    assert breach("nothing here", "nothing here", dice) is None


def test_without_a_terminal_the_events_are_lines(tmp_path: Path) -> None:
    words = ("demo", "--speed", "200", "--for", "1", "--seed", "3")
    done = Folder(tmp_path).run(*words, TMPDIR=str(tmp_path))
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) > 5
    assert any(" claimed " in line for line in lines)
    assert list(tmp_path.iterdir()) == []


def test_a_signal_leaves_no_folder_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "demo", "--speed", "200"],
        env=environment(tmp_path) | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
    ) as playing:
        assert playing.stdout is not None
        assert playing.stdout.readline()
        assert list(tmp_path.iterdir())
        playing.terminate()
        assert playing.wait(TIMEOUT) == 143
    assert list(tmp_path.iterdir()) == []


def test_the_events_as_objects(tmp_path: Path) -> None:
    done = Folder(tmp_path).run("demo", "--speed", "200", "--for", "1", "--json")
    for line in done.out.splitlines():
        event = json.loads(line)
        assert event.keys() == {"version", "at", "agent", "words", "task", "title"}
        assert event["agent"] in {*AGENTS, ROGUE}
