"""A draft spares time under the lock, and never puts in place what the file has moved on from."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import edited, litter, put_by_rename, take, toy
from todo_tui.errors import TodoError
from todo_tui.storage import draft, lock, replace
from todo_tui.storage.commit import commit
from todo_tui.storage.steady import Look, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from todo_tui.storage.attempt import Written

BASE = toy("A", "B", "C", "D")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file beside which a commit was made before."""
    file = tmp_path / "TODO.md"
    file.write_bytes(BASE)
    (tmp_path / ".todo-tui").mkdir()
    return file


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of temporary files that are written, in order."""
    found: list[str] = []
    write = replace.write_fresh

    def noted(folder: Path, data: bytes, like: Path, kind: str = "new") -> replace.Fresh:
        found.append(kind)
        return write(folder, data, like, kind)

    monkeypatch.setattr(replace, "write_fresh", noted)
    return found


def seen(path: Path) -> Look:
    return Look(path.read_bytes(), Stamp.of(path.stat()))


def run(path: Path, name: str = "A", at: Look | None = None) -> Written:
    """Take a task that was planned on the file as it was seen."""
    look = at or seen(path)
    plan = take(name, "us")
    return commit(path, plan, wait=5, what="test", seen=look, planned=plan(look.data))


def taken(data: bytes, name: str = "A") -> bytes:
    made = take(name, "us")(data)
    assert made is not None
    return made


def test_a_draft_is_put_in_place(path: Path, kinds: list[str]) -> None:
    assert run(path).changed
    assert path.read_bytes() == taken(BASE)
    assert kinds == ["draft"]
    assert litter(path) == []


def change_mode(path: Path) -> None:
    path.chmod(0o600)


def touch(path: Path) -> None:
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))


def edit(path: Path) -> None:
    put_by_rename(path, edited(BASE, "- B: todo", "- B: them"))


@pytest.mark.parametrize("meanwhile", [change_mode, touch, edit])
def test_a_draft_of_a_file_that_has_changed_is_not(
    path: Path,
    kinds: list[str],
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Path], None],
) -> None:
    write = draft.write

    def slow(folder: Path, there: Path, stamp: Stamp, data: bytes) -> draft.Draft | None:
        made = write(folder, there, stamp, data)
        meanwhile(path)
        return made

    monkeypatch.setattr(draft, "write", slow)
    assert run(path).changed
    now = edited(BASE, "- B: todo", "- B: them") if meanwhile is edit else BASE
    assert path.read_bytes() == taken(now)
    assert kinds == ["draft", "new"]
    assert path.stat().st_mode & 0o777 == (0o600 if meanwhile is change_mode else 0o644)
    assert litter(path) == []


def test_none_is_made_of_a_look_that_is_old(path: Path, kinds: list[str]) -> None:
    old = seen(path)
    edit(path)
    run(path, at=old)
    assert path.read_bytes() == taken(edited(BASE, "- B: todo", "- B: them"))
    assert kinds == ["new"]


def test_none_is_made_where_it_would_be_the_first_file(path: Path, kinds: list[str]) -> None:
    (path.parent / ".todo-tui").rmdir()
    assert run(path).changed
    assert kinds == ["new"]


def test_none_is_made_through_a_link(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (path.parent / ".todo-tui").rename(elsewhere)
    (path.parent / ".todo-tui").symlink_to(elsewhere)
    with pytest.raises(TodoError):
        run(path)
    assert list(elsewhere.iterdir()) == []


def test_none_is_left_where_the_lock_is_not_free(path: Path) -> None:
    look = seen(path)
    with (
        lock.held(path.parent / ".todo-tui", wait=0, what="test"),
        pytest.raises(TodoError) as caught,
    ):
        commit(path, take("A", "us"), wait=0, what="test", seen=look, planned=taken(BASE))
    assert caught.value.code == "locked"
    assert litter(path) == []


def test_a_draft_of_one_who_died_is_cleared_away(path: Path) -> None:
    folder = path.parent / ".todo-tui"
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    (folder / f"draft-{dead.pid}-ab").write_bytes(b"of one who died")
    living = folder / f"draft-{os.getpid()}-ab"
    living.write_bytes(b"of one who lives")
    run(path)
    assert litter(path) == [living.name]
    os.utime(living, (1, 1))
    run(path, "B")
    assert litter(path) == []


def test_a_draft_that_somebody_took_away_is_written_again(
    path: Path, kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "is_abandoned", lambda *_: True)
    assert run(path).changed
    assert path.read_bytes() == taken(BASE)
    assert kinds == ["draft", "new"]
    assert litter(path) == []


@pytest.mark.parametrize(("age", "abandoned"), [(0.0, False), (59.5, False), (60.5, True)])
def test_a_draft_of_a_living_process_is_its_own_for_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: float, *, abandoned: bool
) -> None:
    path = tmp_path / "draft-1-ab"
    path.touch()
    now = path.stat().st_mtime + age
    monkeypatch.setattr(time, "time", lambda: now)
    assert draft.is_abandoned(path, os.getpid()) is abandoned
