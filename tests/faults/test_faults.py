"""At each system call of a claim something goes wrong, in turn; for each of them it holds that

- the file is the old or the new one, whole;
- exit code and message say which (a killed process says nothing);
- asked again, the claim is there; after one more commit nothing is left behind but ``.todo-tui``.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.faults.child import ERRORS, KINDS, NEW, OLD, WAYS, Event
from tests.faults.lab import Ended, Lab, is_new, is_old, litter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST = 400
"""More calls than any claim makes."""


def happened(ended: Ended, what: str) -> str | None:
    """The call at which an event happened: its name. None where the claim made fewer calls."""
    return ended.calls[ended.calls.index(what) - 1] if what in ended.calls else None


def each_step(lab: Lab, what: str, *, used: bool) -> Iterator[tuple[str, Path, Ended]]:
    """A claim with the event at its first call, one with it at its second, and so on."""
    for step in range(1, MOST):
        path = lab.new(used=used)
        ended = lab.claim(path, Event(step, what))
        name = happened(ended, what)
        if name is None:
            assert step > 40, "a claim makes more calls"
            return
        yield f"{what} at call {step}, {' '.join(ended.calls)}", path, ended
    raise AssertionError("a claim makes fewer calls")


def wrong(path: Path, ended: Ended) -> str | None:
    """What is wrong with how a claim ended, and what it left in the file."""
    data = path.read_bytes()
    if not is_old(data) and not is_new(data):
        return f"the file is neither the old nor the new one: {data!r}"
    if ended.code < 0:
        return None
    if ended.code == 0:
        return None if is_new(data) else "it said yes, and the file is the old one"
    if ended.code not in (3, 7):
        return f"exit code {ended.code}: {ended.said}"
    if ended.code == 3 or "The file is as it was" in ended.message or "read" in ended.message:
        return None if is_old(data) else f"the file has changed: {ended.message}"
    return None if is_new(data) else f"the file has not changed: {ended.message}"


def try_again(lab: Lab, path: Path) -> str | None:
    """What is wrong when the claim is asked again, and after a further commit."""
    again = lab.claim(path)
    if again.code != 0 or not is_new(path.read_bytes()):
        return f"asked again: {again.code} {again.said} {path.read_bytes()!r}"
    further = lab.claim(path, task="TASK_002")
    left = litter(path)
    return None if further.code == 0 and not left else f"further: {further.code}, left: {left}"


@pytest.mark.parametrize("used", [False, True], ids=["first commit", "later commit"])
@pytest.mark.parametrize("what", KINDS)
def test_a_call_that_fails_or_is_the_last(lab: Lab, what: str, used: bool) -> None:
    found = []
    for name, path, ended in each_step(lab, what, used=used):
        bad = wrong(path, ended) or try_again(lab, path)
        if bad:
            found.append(f"{name}: {bad}")
    assert found == []


@pytest.mark.parametrize("used", [False, True], ids=["first commit", "later commit"])
@pytest.mark.parametrize("what", WAYS)
def test_somebody_edits_the_file_between_two_calls(lab: Lab, what: str, used: bool) -> None:
    """Both the edit and the claim are in the file afterwards, whenever the edit was made."""
    found = []
    for name, path, ended in each_step(lab, what, used=used):
        data = path.read_bytes()
        if ended.code != 0 or not is_new(data) or NEW not in data or litter(path):
            found.append(f"{name}: {ended.code}, {data!r}, {litter(path)}")
    assert found == []


def killed_after_an_edit(lab: Lab, way: str, edit: int, kill: int) -> str | None:
    """Somebody edits, then the claim is killed; what is wrong when it is asked again, and later."""
    path = lab.new(used=True)
    ended = lab.claim(path, Event(edit, way), Event(kill, "kill"))
    if way not in ended.calls:
        return None
    again = lab.claim(path)
    further = lab.claim(path, task="TASK_002")
    data = path.read_bytes()
    told = (again.code, further.code)
    if told != (0, 0) or NEW not in data or data.count(b"claimed_by: ann@1") != 2 or litter(path):
        return f"{way} at {edit}, killed at {kill}: {told}, {data!r}, {litter(path)}"
    return None


def test_a_kill_after_somebody_edited_loses_nobodys_edit(lab: Lab) -> None:
    rng = Random(1)
    pairs = [sorted(rng.sample(range(1, 130), 2)) for _ in range(150)]
    found = [killed_after_an_edit(lab, rng.choice(WAYS), *pair) for pair in pairs]
    assert list(filter(None, found)) == []


@pytest.mark.long
def test_a_kill_at_any_call_after_an_edit_at_any_call(lab: Lab) -> None:
    found = [
        killed_after_an_edit(lab, way, edit, kill)
        for way in WAYS
        for edit in range(30, 110)
        for kill in range(edit, 130)
    ]
    assert list(filter(None, found)) == []


def test_a_file_system_that_cannot_exchange_names_gets_a_plain_replace(lab: Lab) -> None:
    number = ERRORS["exchange"].index("EINVAL")
    ends = [
        (path, ended)
        for _, path, ended in each_step(lab, f"error {number}", used=True)
        if happened(ended, f"error {number}") == "exchange"
    ]
    assert ends
    for path, ended in ends:
        assert ended.code == 0
        assert is_new(path.read_bytes())
        assert "replace" in ended.calls


def test_the_laboratory_itself(lab: Lab) -> None:
    path = lab.new()
    assert is_old(path.read_bytes())
    ended = lab.claim(path)
    assert ended.code == 0
    assert is_new(path.read_bytes())
    assert {"open", "write", "fsync", "flock", "exchange", "unlink", "mkdir"} <= set(ended.calls)
    path.write_bytes(path.read_bytes().replace(OLD, b""))
    assert not is_new(path.read_bytes())
