"""A journal that is cut, gone, newer or no file at all: said, and the commands go on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_watch import watching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.program import Folder

ME = ("--agent", "eng@1")


def cut(journal: Path) -> str:
    journal.write_bytes(journal.read_bytes()[:-20])
    return "the last line is cut off"


def newer(journal: Path) -> str:
    with journal.open("ab") as file:
        file.write(b'{"version": 99, "record": "dream"}\n')
    return "of a newer version of todo-tui left out"


def garbage(journal: Path) -> str:
    with journal.open("ab") as file:
        file.write(b"\x00\xff{[\n" + b"[" * 100_000 + b"\n")
    return "that cannot be read left out"


def gone(journal: Path) -> str:
    journal.unlink()
    return "the journal is gone"


def directory(journal: Path) -> str:
    journal.unlink()
    journal.mkdir()
    return "journal.jsonl"


BROKEN = pytest.mark.parametrize("harm", [cut, newer, garbage, gone, directory])


@pytest.fixture
def journal(shop: Folder) -> Path:
    """A journal with two deeds in it."""
    shop.json("claim", "TASK_003", *ME)
    shop.json("start", "TASK_003", *ME)
    return shop.path / ".todo-tui" / "journal.jsonl"


@BROKEN
@pytest.mark.parametrize("words", [["log"], ["log", "--violations"], ["stale"]])
def test_what_reads_says_it_and_goes_on(
    shop: Folder, journal: Path, harm: Callable[[Path], str], words: list[str]
) -> None:
    said = harm(journal)
    done = shop.run(*words)
    assert done.code == 0
    assert said in done.err
    assert json.loads(shop.run("--json", *words).out)["version"] == 1


def test_the_history_tells_what_a_lost_journal_does_not(shop: Folder, journal: Path) -> None:
    before = shop.run("log").out.splitlines()
    gone(journal)
    after = shop.run("log").out.splitlines()
    assert len(after) == len(before) == 7
    assert "TASK_003 started by eng@1 (claimed -> in_progress)" in after[-1]


@BROKEN
def test_stale_tasks_are_released_all_the_same(
    shop: Folder, journal: Path, harm: Callable[[Path], str]
) -> None:
    said = harm(journal)
    done = shop.run("release", "--stale", "--older-than", "2h", "--as", "alice")
    assert (done.code, done.out.split()[0]) == (0, "TASK_004")
    assert said in done.err


@BROKEN
def test_a_deed_is_done_all_the_same(
    shop: Folder, journal: Path, harm: Callable[[Path], str]
) -> None:
    harm(journal)
    assert shop.json("done", "TASK_003", *ME)["task"]["status"] == "done"


@BROKEN
def test_undo_undoes_what_is_known(
    shop: Folder, journal: Path, harm: Callable[[Path], str]
) -> None:
    said = harm(journal)
    done = shop.run("undo", *ME)
    assert said in done.err
    assert done.code == (0 if harm in (newer, garbage) else 8 if harm in (gone, directory) else 4)


def test_a_journal_that_goes_while_it_is_watched(shop: Folder, journal: Path) -> None:
    with watching(shop, "--json") as out:
        journal.unlink()
        shop.write(shop.text.replace("Sell tea", "Sell coffee"))
        assert json.loads(out.readline())["event"] == "retitled"
        shop.json("done", "TASK_003", *ME)
        assert json.loads(out.readline())["to"] == "done"
    assert len(journal.read_text().splitlines()) == 2


def test_a_cut_journal_is_gone_on_with(shop: Folder, journal: Path) -> None:
    cut(journal)
    with watching(shop, "--json") as out:
        shop.write(shop.text.replace("Sell tea", "Sell coffee"))
        assert json.loads(out.readline())["event"] == "retitled"
    assert "retitled" in shop.run("log").out


@pytest.mark.parametrize(("limit", "broken"), [("1h", ["too_fast"]), ("10m", [])])
def test_a_command_is_judged_by_the_limits_of_the_settings(
    shop: Folder, limit: str, broken: list[str]
) -> None:
    earlier = datetime.now(UTC) - timedelta(minutes=30)
    task = '```yaml\n- TASK_001: "Sell tea"\n  assigned_agent: eng@1\n  status: in_progress\n'
    shop.write(f'{task}  started_at: "{earlier:%Y-%m-%dT%H:%M:%SZ}"\n```\n')
    (shop.path / "config.toml").write_text(f'[thresholds]\ntoo_fast = "{limit}"\n')
    shop.json("done", "TASK_001", *ME, TODO_TUI_CONFIG=str(shop.path / "config.toml"))
    told = shop.json("log")["entries"]
    assert [one["violation"] for one in told if one.get("violation")] == broken


def test_what_happened_to_another_file_of_the_folder_is_not_told(shop: Folder) -> None:
    other = shop.path / "OTHER.md"
    other.write_bytes((shop.path / "TODO.md").read_bytes())
    shop.json("claim", "TASK_003", *ME)
    assert shop.json("log", "--file", str(other), "--violations")["entries"] == []
    shop.json("claim", "TASK_003", "--file", str(other), "--agent", "eng@2")
    told = [
        [
            entry["actor"]
            for entry in shop.json("log", *file)["entries"]
            if entry["event"] == "moved"
        ]
        for file in ((), ("--file", str(other)))
    ]
    assert told == [["eng@1"], ["eng@2"]]
    assert shop.json("undo", *ME)["task"]["holder"] is None
