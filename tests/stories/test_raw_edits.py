"""Twenty agents that know nothing of the program and write the file themselves, under its eyes."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from tests.stories.cast import Agent, at_once, counts, open_board, watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.program import Folder

RAW = 20
OURS = 5


def by_rename(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"TODO.md.tmp.{threading.get_ident():x}")
    fresh.write_bytes(data)
    fresh.replace(path)


def by_truncating(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def in_place(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()


def by_recreating(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


WAYS = (by_rename, by_truncating, in_place, by_recreating)


def test_twenty_agents_edit_the_file_raw_under_an_open_board(folder: Folder) -> None:
    """Each takes its task through the statuses by hand; five others claim by the program."""
    items = "".join(
        f'- RAW_{n:03}: "By hand {n}"\n  priority: low\n  assigned_agent: raw-{n}\n  status: todo\n'
        for n in range(RAW)
    ) + "".join(
        f'- OUR_{n:03}: "By the program {n}"\n  priority: high\n  assigned_agent: eng-{n}\n'
        f"  status: todo\n"
        for n in range(OURS)
    )
    folder.write(f"# Plan\n\n```yaml\n{items}```\n\n## Session History\n")
    # They do not know of the lock. Among themselves they take turns, as edits between two of them
    # are nobody else's to save.
    turn = threading.Lock()

    def edit(number: int) -> None:
        write: Callable[[Path, bytes], None] = WAYS[number % len(WAYS)]
        head = b'- RAW_%03d: "By hand %d"\n  priority: low\n  assigned_agent: raw-%d\n'
        for before, after in (
            (b"todo", b"claimed"),
            (b"claimed", b"in_progress"),
            (b"in_progress", b"done"),
        ):
            with turn:
                # One that reads an empty or a half file looks again, as every one of them would.
                old = head % (number, number, number) + b"  status: %s\n" % before
                while (data := _there(folder.todo)).count(old) != 1 or not _whole(data):
                    pass
                new = head % (number, number, number) + b"  status: %s\n" % after
                write(folder.todo, data.replace(old, new))

    def claim(number: int) -> None:
        agent = Agent(folder, f"eng-{number}@1")
        for words in (("claim", "--next"), ("start",), ("done",)):
            task = () if "--next" in words else (f"OUR_{number:03}",)
            assert agent.says(*words, *task)["task"]["id"] == f"OUR_{number:03}"

    with open_board(folder) as board, watch(folder) as told:
        board.wait_for("● live")
        assert counts(board) == {"todo": RAW + OURS, "claimed": 0, "in progress": 0, "done": 0}
        drawn = len(board.sent)
        at_once(
            [lambda n=n: edit(n) for n in range(RAW)] + [lambda n=n: claim(n) for n in range(OURS)]
        )
        board.wait_for(lambda it: counts(it).get("done") == RAW + OURS)
        done: dict[str, str] = {}
        assert told.stdout is not None
        while len(done) < RAW + OURS:
            event = json.loads(told.stdout.readline())
            if event["event"] == "moved" and event["to"] == "done":
                done[event["task"]] = event["source"]
        told.terminate()
        board.press("q")
        assert board.wait_for_exit() == 0
        # At no moment was there less on the screen than a board.
        for words in (b"No tasks", b"unreadable", b"no file", b"is gone"):
            assert words not in board.sent[drawn:]

    # No edit of anybody is gone: every task is done, in the bytes that its own agent wrote.
    raw = "".join(
        f'- RAW_{n:03}: "By hand {n}"\n  priority: low\n  assigned_agent: raw-{n}\n  status: done\n'
        for n in range(RAW)
    )
    text = folder.text
    assert text.startswith(f"# Plan\n\n```yaml\n{raw}")
    assert text.count("  status: done\n") == RAW + OURS
    assert text.count(" finished by eng-") == OURS
    # Who went through the program and who did not is known.
    assert {name for name, source in done.items() if source == "file"} == {
        f"RAW_{n:03}" for n in range(RAW)
    }


def _there(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _whole(data: bytes) -> bool:
    return b"\n## Session History\n" in data and data.endswith(b"\n")
