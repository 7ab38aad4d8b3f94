"""One process carries out what three ask, and at each of its system calls something goes wrong.

Whatever it is, the file is whole, and each of the two others has won exactly one task, which the
file says is theirs. What the first one says of itself is true. So it is when a fourth comes after
that, and the first one, which has the lock still, carries out what it asks.
"""

from __future__ import annotations

import re
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from tests.faults.child import KINDS, NEW, STAYS, WAYS, Event
from tests.faults.lab import Ended, Lab, litter
from todo_tui.board.reading import read
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST: Final = 400
FEWEST: Final = 60
MORE: Final = (
    b'- TASK_003: "Three"\n  status: todo\n- TASK_004: "Four"\n  status: todo\n'
    b'- TASK_005: "Five"\n  status: todo\n```'
)
LONG: Final = partial(pytest.param, marks=pytest.mark.long)
CLAIM: Final = re.compile(rb": (TASK_00[0-9]) claimed by (\S+) \(todo -> claimed\)")


def new(lab: Lab) -> Path:
    """A file with three more tasks, beside which a commit was made."""
    path = lab.new(used=True)
    path.write_bytes(path.read_bytes().replace(b"```\n\n##", MORE + b"\n\n##"))
    return path


def wrong(path: Path, first: Ended, *others: Ended) -> str | None:
    """What is wrong with how processes ended, and what they left in the file."""
    data = path.read_bytes()
    board = read(Document.decode(data))
    holders = {task.id: task.holder for task in board.tasks if task.holder is not None}
    told = dict(CLAIM.findall(data))
    if holders != {task.decode(): name.decode() for task, name in told.items()}:
        return f"tasks and history differ: {data!r}"
    if len(board.tasks) != 5 or len(told) != len(CLAIM.findall(data)):
        return f"the file is another one: {data!r}"
    for name, ended in zip(("bob@1", "cid@1", "dan@1"), others, strict=False):
        won = [task for task, holder in holders.items() if holder == name]
        if ended.code != 0 or won != [ended.answer["task"]["id"]]:
            return f"{name}: {ended.code}, {ended.said}, has {won}"
    if first.code < 0:
        return None
    won = [task for task, holder in holders.items() if holder == "ann@1"]
    if first.code == 0:
        return None if won == ["TASK_001"] else f"it said yes: {data!r}"
    if first.code == 4 and first.answer["error"]["code"] == "already_claimed":
        return None if not won else f"it said that it lost: {data!r}"
    if first.code not in (3, 7):
        return f"exit code {first.code}: {first.said}"
    if first.code == 3 or "The file is as it was" in first.message or "read" in first.message:
        return None if not won else f"it said no: {first.message}"
    return None if won else f"it did not say no: {first.message}"


def each_step(lab: Lab, what: str) -> Iterator[tuple[str, Path, tuple[Ended, ...]]]:
    """Three that wait, with the event at the first call of the first one, the second, and so on."""
    for step in range(1, MOST):
        path = new(lab)
        ends = lab.company(path, Event(step, what))
        calls = ends[0].calls
        if what not in calls:
            assert step > FEWEST, "it makes more calls"
            return
        yield f"{what} at call {step}, {' '.join(calls)}", path, ends
    raise AssertionError("it makes fewer calls")


def left(lab: Lab, path: Path) -> str | None:
    """What is wrong after one more commit."""
    further = lab.claim(path, task="TASK_005")
    there = litter(path)
    return None if further.code == 0 and not there else f"further: {further.code}, left: {there}"


@pytest.mark.parametrize("what", KINDS)
def test_a_call_that_fails_or_is_the_last(lab: Lab, what: str) -> None:
    found = []
    for name, path, ends in each_step(lab, what):
        bad = wrong(path, *ends) or left(lab, path)
        if bad:
            found.append(f"{name}: {bad}")
    assert found == []


@pytest.mark.parametrize("what", WAYS)
def test_somebody_edits_the_file_between_two_calls(lab: Lab, what: str) -> None:
    found = []
    for name, path, ends in each_step(lab, what):
        bad = wrong(path, *ends) or left(lab, path)
        if bad or NEW not in path.read_bytes():
            found.append(f"{name}: {bad}, {path.read_bytes()!r}")
    assert found == []


def test_a_kill_after_somebody_edited_loses_nobodys_edit(lab: Lab) -> None:
    rng = Random(1)
    found = []
    for _ in range(60):
        edit, kill = sorted(rng.sample(range(20, 150), 2))
        way, path = rng.choice(WAYS), new(lab)
        ends = lab.company(path, Event(edit, way), Event(kill, "kill"))
        if way in ends[0].calls:
            bad = wrong(path, *ends) or left(lab, path)
            if bad or NEW not in path.read_bytes():
                found.append(f"{way} at {edit}, killed at {kill}: {bad}, {path.read_bytes()!r}")
    assert found == []


def each_later_step(lab: Lab, what: str) -> Iterator[tuple[str, Path, tuple[Ended, ...]]]:
    """Three and one that comes later, with the event at each call after it has asked.

    A file that is old enough is not read again, so the calls before are not as many each time: an
    event among them is left to the tests of what comes first.
    """
    before = lab.company(new(lab), late=True)[0].calls.index(STAYS)
    for step in range(before + 1, MOST):
        path = new(lab)
        ends = lab.company(path, Event(step, what), late=True)
        calls = ends[0].calls
        if what not in calls:
            assert step > before + FEWEST, "it makes more calls"
            return
        if STAYS not in calls or calls.index(what) < calls.index(STAYS):
            continue
        yield f"{what} at call {step}, {' '.join(calls[before:])}", path, ends
    raise AssertionError("it makes fewer calls")


@pytest.mark.parametrize("what", [*KINDS[:2], KINDS[3], *map(LONG, (KINDS[2], *KINDS[4:]))])
def test_a_call_for_one_who_came_later_fails_or_is_the_last(lab: Lab, what: str) -> None:
    found = []
    for name, path, ends in each_later_step(lab, what):
        bad = wrong(path, *ends) or left(lab, path)
        if bad or ends[0].code not in (0, -9):
            found.append(f"{name}: {bad}, {ends[0]}")
    assert found == []


@pytest.mark.parametrize("what", [WAYS[0], *map(LONG, WAYS[1:])])
def test_somebody_edits_the_file_while_one_who_came_later_is_served(lab: Lab, what: str) -> None:
    found = []
    for name, path, ends in each_later_step(lab, what):
        bad = wrong(path, *ends) or left(lab, path)
        if bad or ends[0].code or NEW not in path.read_bytes():
            found.append(f"{name}: {bad}, {ends[0]}, {path.read_bytes()!r}")
    assert found == []


def test_three_that_nothing_happens_to(lab: Lab) -> None:
    path = new(lab)
    ends = lab.company(path)
    assert [ended.code for ended in ends] == [0, 0, 0]
    assert wrong(path, *ends) is None
    assert ends[0].answer["task"]["id"] == "TASK_001"
    assert {"mkfifo", "link", "pwrite", "pread", "exchange"} <= set(ends[0].calls)
    assert litter(path) == []
