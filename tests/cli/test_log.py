"""``log``: the journal, the session history and git as one row of events."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.program import Folder


def texts(entries: list[dict[str, Any]]) -> list[str]:
    return [f"{e['source']} {e['event']} {e.get('ref') or e.get('task')}" for e in entries]


def test_the_history_alone(shop: Folder) -> None:
    entries = shop.json("log")["entries"]
    assert texts(entries)[:2] == ["history claimed TASK_001", "history started TASK_001"]
    assert len(entries) == 5
    assert not (shop.path / ".todo-tui").exists()


def test_a_deed_is_told_once(shop: Folder) -> None:
    shop.json("claim", "TASK_003", "--agent", "eng@1")
    entries = shop.json("log")["entries"]
    assert len(entries) == 6
    assert texts(entries)[-1] == "command moved TASK_003"
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)


def test_a_task_of_an_event_has_what_a_task_of_a_list_has(shop: Folder) -> None:
    """But for what is of the board around it: ``fields`` is as written, ``values`` as there."""
    shop.json("claim", "TASK_003", "--agent", "eng@1")
    shop.json("add", "Taste it", "--as", "ann", "--description", "with\nsugar")
    moved, added = shop.json("log")["entries"][-2:]
    listed = {task["id"]: task for task in shop.json("list")["tasks"]}
    for told, name in ((moved["after"], "TASK_003"), (added["after"], "TASK_006")):
        task = listed[name]
        of_the_board = {"open_dependencies", "ready", "line", "since", "faults"}
        assert told.keys() >= task.keys() - of_the_board
        assert told.pop("values") == task.pop("fields")
        for key in task.keys() - of_the_board:
            assert told[key] == task[key], key
    assert moved["before"]["values"] == {"estimated_hours": "3"}
    assert moved["before"]["fields"] == [["estimated_hours", "3"]]
    assert moved["before"]["created_at"] == "2026-11-01T10:00:00Z"


def test_since(shop: Folder) -> None:
    shop.json("claim", "TASK_003", "--agent", "eng@1")
    assert texts(shop.json("log", "--since", "1h")["entries"]) == ["command moved TASK_003"]
    assert shop.json("log", "--since", "soon", code=2)["error"]["code"] == "usage"
    assert shop.json("log", "--since-seen", code=2)["error"]["code"] == "usage"
    assert len(shop.json("log", "--since-seen", "--as", "alice")["entries"]) == 6


def test_what_concerns_one_agent(shop: Folder) -> None:
    shop.json("claim", "TASK_003", "--agent", "eng@1")
    shop.json("note", "TASK_002", "words", "--as", "ann", "--agent", "eng@2")
    shop.json("done", "TASK_004", "--as", "ann")
    mine = texts(shop.json("log", "--agent", "eng")["entries"])
    assert mine[-2:] == ["command moved TASK_003", "command history TASK_002"]
    assert [line.split()[-1] for line in mine[:-2]] == ["TASK_001"] * 3
    assert texts(shop.json("log", "--agent", "eng@1")["entries"]) == mine[-2:-1]
    held = texts(shop.json("log", "--agent", "qa@1")["entries"])
    assert held[-1] == "command moved TASK_004"
    assert shop.json("log", TODO_TUI_AGENT="eng") == shop.json("log")
    shop.write(shop.text.replace("claimed_by: eng@1", "claimed_by: thief"))
    assert shop.json("log", "--violations", "--agent", "qa")["entries"] == []


def test_a_line_for_people(shop: Folder) -> None:
    shop.json("claim", "TASK_003", "--agent", "eng@1")
    last = shop.run("log").out.splitlines()[-1]
    assert last.endswith("Z  TASK_003  moved todo -> claimed by eng@1  Brew tea")


def test_a_note_stays_with_its_deed(shop: Folder) -> None:
    shop.json("done", "TASK_004", "--agent", "qa@1", "--note", "all of them")
    last = shop.run("log").out.splitlines()[-1]
    assert last.endswith("moved in_progress -> done by qa@1  Wash the cups: all of them")
    entry = shop.json("log")["entries"][-1]
    assert (entry["event"], entry["note"]) == ("moved", "all of them")


def test_who_noted_what_is_told_once(shop: Folder) -> None:
    shop.json("note", "TASK_002", "two sorts of it", "--agent", "q")
    shop.json("note", "TASK_004", "for him", "--as", "ann", "--agent", "qa@1")
    lines = shop.run("log").out.splitlines()[-2:]
    assert lines[0].endswith("Z  TASK_002  noted by q: two sorts of it")
    assert lines[1].endswith("Z  TASK_004  noted for qa@1 by ann (human): for him")


def test_for_whom_a_person_acted_is_told(shop: Folder) -> None:
    ann = ("--as", "ann")
    shop.json("claim", "TASK_003", *ann, "--agent", "eng")
    shop.json("edit", "TASK_002", *ann, "--assign", "qa")
    shop.json("start", "TASK_003", *ann)
    said = [line[line.index("Z  ") + 3 :] for line in shop.run("log").out.splitlines()[-3:]]
    assert said == [
        "TASK_003  moved todo -> claimed for eng by ann (human)  Brew tea",
        "TASK_002  reassigned nobody -> qa by ann (human)  Sell tea",
        "TASK_003  moved claimed -> in_progress by ann (human)  Brew tea",
    ]


def test_who_never_looked_is_told_all(shop: Folder) -> None:
    done = shop.run("log", "--since-seen", "--as", "alice")
    assert len(done.out.splitlines()) == 5
    assert "alice has not closed a board of this file yet" in done.err


def test_commits_of_git(shop: Folder) -> None:
    (shop.path / ".git").rmdir()
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "TODO.md"], ["commit", "-qm", "Plan $(x)"]):
        subprocess.run([*git, *words], cwd=shop.path, check=True, timeout=30)
    entry = shop.json("log")["entries"][-1]
    assert (entry["source"], entry["actor"], entry["text"]) == ("git", "Ann", "Plan $(x)")


def test_what_was_seen_in_a_second_stands_before_what_names_that_second_alone(
    shop: Folder,
) -> None:
    """As in the activity on the board."""
    while True:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        at = shop.json("log")["entries"][-1]["at"]
        if "." in at:
            break
        shop.json("release", "TASK_003", "--agent", "eng@1")
    second = at.partition(".")[0]
    (shop.path / ".git").rmdir()
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=a@b.c"]
    date = {"GIT_COMMITTER_DATE": f"{second}Z", "PATH": os.environ["PATH"]}
    for words in (["init", "-q"], ["add", "TODO.md"], ["commit", "-qm", "Plan"]):
        subprocess.run([*git, *words], cwd=shop.path, env=date, check=True, timeout=30)
    heading = "## Session History\n"
    assert heading in shop.text
    shop.write(f"{shop.text}\n{heading}\n- {second}Z: TASK_002 noted by q (todo -> todo): hm\n")
    assert texts(shop.json("log")["entries"])[-3:] == [
        "command moved TASK_003", "history noted TASK_002", "git git None",
    ]  # fmt: skip


def test_commits_of_one_second_stand_in_their_order(shop: Folder) -> None:
    (shop.path / ".git").rmdir()
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=a@b.c"]
    date = {"GIT_COMMITTER_DATE": "2026-11-05T08:00:00Z", "PATH": os.environ["PATH"]}
    subprocess.run([*git, "init", "-q"], cwd=shop.path, check=True, timeout=30)
    for subject in ("one", "two", "three"):
        shop.write(f"{shop.text}\n{subject}\n")
        for words in (["add", "TODO.md"], ["commit", "-qm", subject]):
            subprocess.run([*git, *words], cwd=shop.path, env=date, check=True, timeout=30)
    assert [entry["text"] for entry in shop.json("log")["entries"][-3:]] == ["one", "two", "three"]
