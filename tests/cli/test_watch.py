from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def watching(folder: Folder, *words: str) -> Iterator[IO[bytes]]:
    """A running watch that has seen the file; what it prints."""
    process = subprocess.Popen(
        [*PROGRAM, "watch", *words],
        cwd=folder.path,
        env=environment(folder.path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        assert process.stdout is not None
        said = process.stderr.readline()
        while said.startswith(b"todo-tui: journal"):
            said = process.stderr.readline()
        assert said.startswith(b"watching ")
        yield process.stdout
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)


def test_each_event_is_a_line(shop: Folder) -> None:
    with watching(shop) as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        line = out.readline().decode()
        assert line.endswith("Z  TASK_003  moved todo -> claimed by eng@1  Brew tea\n")
        shop.json("done", "TASK_004", "--agent", "qa@1", "--note", "all of them")
        assert out.readline().decode().endswith("by qa@1  Wash the cups: all of them\n")
        shop.write(shop.text.replace("Sell tea", "Sell \x1b[2Jtea"))
        assert "TASK_002  retitled  Sell ␛[2Jtea" in out.readline().decode()


def test_each_event_is_an_object(shop: Folder) -> None:
    with watching(shop, "--json") as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        event: dict[str, Any] = json.loads(out.readline())
        assert event.keys() == {
            "version", "at", "event", "task", "ref", "actor", "human", "from", "to", "violation",
            "before", "after", "source",
        }  # fmt: skip
        assert (event["event"], event["from"], event["to"]) == ("moved", "todo", "claimed")
        assert (event["source"], event["actor"]) == ("command", "eng@1")
        assert event["before"]["holder"] is None
        assert event["after"]["holder"] == "eng@1"


def test_broken_rules_alone(shop: Folder) -> None:
    with watching(shop, "--json", "--violations") as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        shop.write(shop.text.replace("claimed_by: qa@1", "claimed_by: thief"))
        event = json.loads(out.readline())
        assert (event["violation"], event["ref"], event["source"]) == ("stolen", "TASK_004", "file")


def test_what_concerns_one_agent(shop: Folder) -> None:
    with watching(shop, "--json", "--agent", "qa") as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        shop.json("done", "TASK_004", "--agent", "qa@1")
        assert json.loads(out.readline())["ref"] == "TASK_004"


def test_a_command_is_run_without_a_shell(shop: Folder) -> None:
    told = shop.path / "told"
    os.mkfifo(told)
    (shop.path / "tell.py").write_text(
        "import os, sys\n"
        "open(sys.argv[1], 'w').write(sys.stdin.read() + os.environ['TODO_TUI_EVENT_REF']"
        " + sys.argv[2] + os.environ['TODO_TUI_FILE'])\n"
    )
    command = f"{sys.executable} tell.py told '$(id) ; x'"
    with watching(shop, "--violations", "--exec", command):
        shop.write(shop.text.replace("Sell tea", "$(touch gone)").replace(": todo", ": done", 1))
        body, _, rest = told.read_text().partition("\n")
    event = json.loads(body)
    assert (event["violation"], event["after"]["title"]) == ("skipped_work", "$(touch gone)")
    assert rest == f"TASK_002$(id) ; x{shop.todo}"
    assert not (shop.path / "gone").exists()


def test_a_command_that_is_none(shop: Folder) -> None:
    assert shop.json("watch", "--exec", "'", code=2)["error"]["code"] == "usage"
    assert shop.json("watch", "--exec", "", code=2)["error"]["code"] == "usage"


def test_a_file_that_goes_and_comes_back(shop: Folder) -> None:
    text = shop.text
    with watching(shop) as out:
        shop.todo.unlink()
        shop.write(text.replace("Brew tea", "Brew coffee"))
        assert "TASK_003  retitled  Brew coffee" in out.readline().decode()


def test_a_merge_is_told_once_and_nothing_of_it(shop: Folder) -> None:
    text = shop.text
    with watching(shop, "--json") as out:
        shop.write(f"{text}<<<<<<< ours\n=======\n>>>>>>> theirs\n")
        told = json.loads(out.readline())
        assert told["at"].endswith("Z")
        assert told["error"]["code"] == "conflict"
        assert told["error"]["line"] == text.count("\n") + 1
        shop.write(f"{text}<<<<<<< ours\n=======\n\n>>>>>>> theirs\n")
        shop.write(text.replace("Brew tea", "Brew coffee"))
        assert json.loads(out.readline())["event"] == "retitled"


def test_what_is_back_is_watched_again(shop: Folder) -> None:
    text = shop.text
    process = subprocess.Popen(
        [*PROGRAM, "watch"],
        cwd=shop.path,
        env=environment(shop.path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        begun = process.stderr.readline()
        assert begun == f"watching {shop.todo}\n"
        shop.todo.unlink()
        assert "There is no file" in process.stderr.readline()
        shop.write(text)
        assert process.stderr.readline() == begun
        shop.write(f"{text}<<<<<<< ours\n=======\n>>>>>>> theirs\n")
        assert "in the middle of a merge" in process.stderr.readline()
        assert [process.stderr.readline()[6:9] for _ in range(2)] == ["| <", "| ^"]
        shop.write(f"{text}<<<<<<< ours\n=======\n\n>>>>>>> theirs\n")
        shop.todo.unlink()
        assert "There is no file" in process.stderr.readline()
        shop.write(text)
        assert process.stderr.readline() == begun
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)
