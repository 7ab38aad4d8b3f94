"""Files that were displaced while somebody had them open, and what is written to them later."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from todo_tui.storage import late

if TYPE_CHECKING:
    from pathlib import Path

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells who has a file open")

OLD, NEW = b"- A: todo\n", b"- A: done\n"


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def put(folder: Path, name: str, held: bytes | None, holds: bytes | None) -> Path:
    """A kept file that held something before, as its copy tells, and what it holds now."""
    path = folder / name
    if held is not None:
        path.with_name(f"{name}.copy").write_bytes(held)
    if holds is not None:
        path.write_bytes(holds)
    return path


def test_a_file_is_kept_beside_a_copy_of_what_it_held(tmp_path: Path) -> None:
    displaced = tmp_path / "new-7-0f"
    displaced.write_bytes(NEW)
    inode = displaced.stat().st_ino
    assert late.keep(str(displaced), OLD) == str(tmp_path / "open-7-0f")
    assert names(tmp_path) == ["open-7-0f", "open-7-0f.copy"]
    assert (tmp_path / "open-7-0f").stat().st_ino == inode
    assert (tmp_path / "open-7-0f.copy").read_bytes() == OLD


@linux
@pytest.mark.parametrize(
    ("held", "holds"),
    [(OLD, OLD), (OLD, b""), (None, NEW), (OLD, None)],
    ids=["not changed", "emptied", "no copy", "a copy alone"],
)
def test_what_says_nothing_new_is_taken_away(
    tmp_path: Path, held: bytes | None, holds: bytes | None
) -> None:
    put(tmp_path, "open-1-ab", held, holds)
    later = put(tmp_path, "open-2-cd", OLD, NEW)
    assert late.written(tmp_path, names(tmp_path)) == [late.Late(str(later), OLD, NEW)]
    assert names(tmp_path) == ["open-2-cd", "open-2-cd.copy"]


@linux
def test_what_is_no_file_is_taken_away_and_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "open-1-ab").symlink_to("/dev/zero")
    later = put(tmp_path, "open-2-cd", OLD, NEW)
    assert late.written(tmp_path, names(tmp_path)) == [late.Late(str(later), OLD, NEW)]
    assert names(tmp_path) == ["open-2-cd", "open-2-cd.copy"]


@linux
def test_what_was_written_later_is_told_until_it_is_dropped(tmp_path: Path) -> None:
    second = put(tmp_path, "open-2-cd", OLD, NEW)
    first = put(tmp_path, "open-1-ab", NEW, OLD)
    found = [late.Late(str(first), NEW, OLD), late.Late(str(second), OLD, NEW)]
    assert late.written(tmp_path, names(tmp_path)) == found
    assert late.written(tmp_path, names(tmp_path)) == found
    late.drop(str(first))
    assert late.written(tmp_path, names(tmp_path)) == found[1:]
    assert names(tmp_path) == ["open-2-cd", "open-2-cd.copy"]
    late.drop(str(first))


@pytest.mark.parametrize(
    "name", ["open-house", "open-1-xyz", "open-1-ab.md", "open-", "reopen-1-ab"]
)
def test_what_has_another_name_is_left_alone(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, OLD, NEW)
    put(tmp_path, f"{name}2", OLD, None)
    before = names(tmp_path)
    assert late.written(tmp_path, names(tmp_path)) == []
    assert names(tmp_path) == before


@linux
def test_while_somebody_has_it_open_nothing_is_told_of_it(tmp_path: Path) -> None:
    path = put(tmp_path, "open-1-ab", OLD, NEW)
    with path.open("r+b"):
        assert late.is_open(str(path))
        assert late.written(tmp_path, names(tmp_path)) == []
    assert not late.is_open(str(path))
    assert late.written(tmp_path, names(tmp_path)) == [late.Late(str(path), OLD, NEW)]


def test_what_is_gone_or_a_link_is_not_open(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.touch()
    (tmp_path / "open-1-ab").symlink_to(target)
    with target.open("r+b"):
        assert not late.is_open(str(tmp_path / "open-1-ab"))
    assert not late.is_open(str(tmp_path / "open-2-cd"))
