"""How a command ends when its reader, its terminal or its disk goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment
from todo_tui.storage import lock

NEEDS_FULL = pytest.mark.skipif(
    not os.path.exists("/dev/full"),  # noqa: PTH110
    reason="/dev/full is Linux's",
)


def test_a_reader_that_goes_away_is_no_trouble(folder: Folder) -> None:
    items = "".join(f"- TASK_{n:05}: {'x' * 60}\n  status: todo\n  priority: low\n"
                    for n in range(3000))  # fmt: skip
    folder.write(f"```yaml\n{items}```\n")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "list"],
        cwd=folder.path,
        env=environment(folder.path),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=TIMEOUT,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_help_into_a_closed_pipe(folder: Folder) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "--help"], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=TIMEOUT
    )
    os.close(writing)
    assert done.stderr == b""


def test_no_stdout_at_all(shop: Folder) -> None:
    words = f"{PROGRAM[0]} -m todo_tui list >&-"
    done = subprocess.run(
        ["/bin/sh", "-c", words],
        cwd=shop.path,
        env=environment(shop.path),
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
    )
    assert b"Traceback" not in done.stderr


FULL = "todo-tui: No space left on device\n"
DONE = (
    "todo-tui: what was asked for is done; only the answer could not be written: "
    "No space left on device\n"
)


def into_a_full_disk(folder: Folder, *words: str) -> tuple[int, str]:
    """The exit code and stderr of a command whose answer finds no room."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*PROGRAM, *words],
            cwd=folder.path,
            env=environment(folder.path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=TIMEOUT,
        )
    return done.returncode, done.stderr


@NEEDS_FULL
@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["--json", "claim", "TASK_001", "--agent", "eng@1"],
        ["claim", "--help"],
    ],
)
def test_an_answer_that_finds_no_room(shop: Folder, words: list[str]) -> None:
    before = shop.text
    assert into_a_full_disk(shop, *words) == (74, FULL)
    assert shop.text == before


@NEEDS_FULL
def test_what_is_done_is_said_where_the_answer_finds_no_room(shop: Folder) -> None:
    shop.write(shop.text.replace("  estimated_hours: 3", f"  description: {'long ' * 20_000}"))
    alice = ("--as", "alice")
    for words in (
        ["claim", "TASK_003", "--agent", "eng@1"],
        ["--json", "claim", "TASK_003", "--agent", "eng@1"],  # it is so already
        ["add", "Eat cake", *alice],
        ["--json", "undo", *alice],
        ["release", "--stale", "--older-than", "1h", *alice],
        ["--json", "init", "--file", "other.md"],
    ):
        assert into_a_full_disk(shop, *words) == (74, DONE), words
    statuses = {task["id"]: task["status"] for task in shop.json("list")["tasks"]}
    assert statuses == {
        "TASK_001": "done",
        "TASK_002": "todo",
        "TASK_003": "claimed",
        "TASK_004": "todo",
        "TASK_005": "todo",
    }
    assert (shop.path / "other.md").exists()


def test_an_interrupt_ends_quietly(shop: Folder) -> None:
    """Also where this test runs in the background of a script, which has interrupts ignored."""
    code = "import signal; signal.signal(2, signal.default_int_handler); "
    code += "from todo_tui.__main__ import run; raise SystemExit(run())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "watch"],
        cwd=shop.path,
        env=environment(shop.path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as watching:
        assert watching.stderr is not None
        assert watching.stderr.readline().startswith(b"watching ")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(TIMEOUT) == 130
        assert watching.stderr.read() == b""


def test_a_folder_in_the_place_of_the_file(folder: Folder) -> None:
    folder.todo.mkdir()
    assert folder.json("list", code=3)["error"]["code"] == "no_file"


def test_a_lock_that_is_held_is_waited_for_no_longer_than_asked(shop: Folder) -> None:
    before = shop.text
    words = ("claim", "TASK_003", "--agent", "eng@1", "--wait", "0.05")
    with lock.held(lock.folder_of(shop.todo), wait=1, what="a test"):
        error = shop.json(*words, code=6)["error"]
        assert error["code"] == "locked"
        assert str(os.getpid()) in error["holder"]
        assert "a test" in shop.run(*words).err
        assert shop.json("list")["tasks"]
    assert shop.text == before
    assert shop.json(*words)["changed"] is True


def test_a_file_with_a_second_name_is_not_replaced(shop: Folder) -> None:
    (shop.path / "other.md").hardlink_to(shop.todo)
    before = shop.text
    assert shop.json("claim", "TASK_003", "--agent", "eng@1", code=7)["error"]["code"] == "disk"
    assert shop.text == before
