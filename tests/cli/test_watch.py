from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment
from todo_tui.board.board import board_of
from todo_tui.board.task import Task
from todo_tui.cli.watch import changes

if TYPE_CHECKING:
    from collections.abc import Iterator


def a_task(name: str, status: str = "todo", holder: str | None = None, title: str = "t") -> Task:
    return Task(
        id=name,
        ref=name,
        title=title,
        status=status,
        raw_status=status,
        priority=None,
        raw_priority="",
        assigned_agent=None,
        claimed_by=holder,
        dependencies=(),
        created_at="",
        group=None,
        fields=(),
        faults=(),
    )


def test_what_happens_between_two_boards() -> None:
    old = board_of([a_task("A"), a_task("B"), a_task("C", "claimed", "x"), a_task("D"),
                    a_task("E")])  # fmt: skip
    new = board_of([a_task("F"), a_task("B", "claimed", "x"), a_task("C", "claimed", "y"),
                    a_task("D", title="other"), a_task("E")])  # fmt: skip
    assert [
        (c.event, c.before and c.before.ref, c.after and c.after.ref) for c in changes(old, new)
    ] == [
        ("added", None, "F"),
        ("moved", "B", "B"),
        ("reassigned", "C", "C"),
        ("changed", "D", "D"),
        ("removed", "A", None),
    ]
    assert list(changes(old, old)) == []


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
        assert process.stderr.readline().startswith(b"watching ")
        yield process.stdout
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)


def test_each_change_is_a_line(shop: Folder) -> None:
    with watching(shop) as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        line = out.readline().decode()
        assert line.endswith("Z  TASK_003  moved todo -> claimed by eng@1  Brew tea\n")
        shop.write(shop.text.replace("Sell tea", "Sell \x1b[2Jtea"))
        assert "TASK_002  changed  Sell ␛[2Jtea" in out.readline().decode()


def test_each_change_is_an_object(shop: Folder) -> None:
    with watching(shop, "--json") as out:
        shop.json("claim", "TASK_003", "--agent", "eng@1")
        change: dict[str, Any] = json.loads(out.readline())
        assert change.keys() == {
            "version", "at", "event", "task", "ref", "from", "to", "before", "after",
        }  # fmt: skip
        assert (change["event"], change["from"], change["to"]) == ("moved", "todo", "claimed")
        assert change["before"]["holder"] is None
        assert change["after"]["holder"] == "eng@1"
        shop.json("add", "New", "--as", "alice")
        assert json.loads(out.readline())["event"] == "added"


def test_a_file_that_goes_and_comes_back(shop: Folder) -> None:
    text = shop.text
    with watching(shop) as out:
        shop.todo.unlink()
        shop.write(text.replace("Brew tea", "Brew coffee"))
        assert "TASK_003  changed  Brew coffee" in out.readline().decode()
