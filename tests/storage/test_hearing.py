"""Hearing of a file: at once, of the names that are listened to, and of their folder itself."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import watchfiles

from todo_tui.storage import hearing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform != "linux":
    pytest.skip("the system tells at once on Linux", allow_module_level=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir()
    (made / "TODO.md").write_bytes(b"- A: todo\n")
    return made


@pytest.fixture
def ears(folder: Path) -> Iterator[hearing.Ears]:
    made = hearing.hear([str(folder)], ["TODO.md", "LINK.md"])
    yield made
    made.close()


def ends(ears: hearing.Ears) -> bool:
    """Whether the waiting for an event ends, long before its time does."""
    waiting = threading.Thread(target=ears.wait, args=(100_000.0,), daemon=True)
    waiting.start()
    waiting.join(20)
    return not waiting.is_alive()


def rewrite(folder: Path) -> None:
    (folder / "TODO.md").write_bytes(b"- A: done\n")


def remove(folder: Path) -> None:
    (folder / "TODO.md").unlink()


def bring(folder: Path) -> None:
    (folder.parent / "fresh").touch()
    (folder.parent / "fresh").rename(folder / "LINK.md")


def take_away(folder: Path) -> None:
    (folder / "TODO.md").rename(folder.parent / "away")


def move_folder(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def remove_folder(folder: Path) -> None:
    (folder / "other").touch()
    shutil.rmtree(folder)


@pytest.mark.parametrize("change", [rewrite, remove, bring, take_away, move_folder, remove_folder])
def test_a_change_ends_the_waiting(
    folder: Path, ears: hearing.Ears, change: Callable[[Path], None]
) -> None:
    change(folder)
    assert ends(ears)


def test_a_change_among_many_of_other_names_ends_the_waiting(
    folder: Path, ears: hearing.Ears
) -> None:
    for number in range(50):
        (folder / ("n" * (1 + number * 5))).touch()
    rewrite(folder)
    for number in range(50):
        (folder / f"later {number}").touch()
    assert ends(ears)


@pytest.mark.parametrize("folders", [True, False], ids=["listening", "deaf"])
def test_who_waits_can_be_woken(folder: Path, folders: bool) -> None:
    """Also where the process has many files open already."""
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(300)]
    try:
        ears = hearing.hear([str(folder)] if folders else [], ["TODO.md"])
        ears.wake()
        assert ends(ears)
        ears.close()
    finally:
        for handle in opened:
            os.close(handle)


@pytest.mark.parametrize("folders", [True, False], ids=["listening", "deaf"])
def test_where_nothing_happens_the_time_is_waited_for(folder: Path, folders: bool) -> None:
    ears = hearing.hear([str(folder)] if folders else [], ["TODO.md"])
    (folder / "other").touch()
    began = time.monotonic()
    ears.wait(0.1)
    assert time.monotonic() - began > 0.09
    ears.close()


def test_a_folder_that_is_not_there_cannot_be_heard(folder: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError):
        hearing.hear([str(folder), str(folder / "gone")], ["TODO.md"])
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_names_in_deeper_folders_are_not_heard_by_the_way_of_other_systems_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: set[str] = set()
    watch = watchfiles.watch

    def told(*folders: str, **options: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        for changes in watch(*folders, **options):
            heard.update(path for _, path in changes)
            yield changes

    monkeypatch.setattr(watchfiles, "watch", told)
    monkeypatch.setattr(hearing, "_Inotify", hearing._Watchfiles)
    (folder / "deep").mkdir()
    ears = hearing.hear([str(folder)], ["TODO.md"])
    end = time.monotonic() + 20
    while not heard and time.monotonic() < end:
        for place in (folder / "deep", folder):
            (place / "TODO.md").write_bytes(b"- A: done\n")
        ears.wait(0.2)
    ears.close()
    assert heard == {str(folder / "TODO.md")}
