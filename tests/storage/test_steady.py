"""Which states of a file are believed, and when."""

from __future__ import annotations

import os
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import FakeTime, put_by_rename
from todo_tui.errors import TodoError
from todo_tui.storage import steady
from todo_tui.storage.steady import Look, Stamp, Timing

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = b"one\ntwo\nthree\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "TODO.md"


@pytest.fixture
def clock() -> FakeTime:
    return FakeTime(time.time())


def read(
    path: Path,
    clock: FakeTime,
    previous: Look | None = None,
    believed: Stamp | None = None,
) -> bytes:
    timing = Timing(clock.wall, clock.monotonic, clock.pause)
    return steady.read(path, previous=previous, believed=lambda: believed, timing=timing).data


def aged(path: Path, data: bytes, clock: FakeTime, seconds: float = 10.0) -> None:
    """``path`` with ``data``, last changed that long ago by the clock of the test."""
    path.write_bytes(data)
    clock.now += seconds


def write_now(path: Path, data: bytes, clock: FakeTime) -> None:
    """``path`` with ``data``, changed just now by the clock of the test."""
    path.write_bytes(data)
    os.utime(path, (clock.wall(), clock.wall()))


def looked(path: Path) -> Look:
    look = steady.look(path)
    assert look is not None
    return look


def test_an_old_file_is_believed_at_one_look(path: Path, clock: FakeTime) -> None:
    aged(path, WHOLE, clock)
    before = clock.now
    assert read(path, clock) == WHOLE
    assert clock.now == before


def test_an_absent_file_is_waited_for(path: Path, clock: FakeTime) -> None:
    clock.at(0.9, lambda: path.write_bytes(WHOLE))
    assert read(path, clock) == WHOLE


def test_an_absent_file_is_believed_after_a_second(path: Path, clock: FakeTime) -> None:
    with pytest.raises(TodoError) as caught:
        read(path, clock)
    assert caught.value.code == "no_file"
    assert "todo-tui init" in caught.value.message
    assert 1.0 <= clock.now < 1.1


def test_an_absent_folder_is_an_absent_file(path: Path, clock: FakeTime) -> None:
    with pytest.raises(TodoError) as caught:
        read(path / "below" / "TODO.md", clock)
    assert caught.value.code == "no_file"


@pytest.mark.parametrize("age", [0.0, 100.0])
def test_an_empty_file_is_looked_at_again(path: Path, clock: FakeTime, age: float) -> None:
    aged(path, b"", clock, age)
    clock.at(clock.now + 0.9, lambda: path.write_bytes(WHOLE))
    assert read(path, clock) == WHOLE


def test_an_empty_file_is_believed_after_a_second(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"")
    assert read(path, clock) == b""
    assert 1.0 <= clock.now < 1.1


def test_an_empty_file_that_was_empty_before_is_believed_at_once(
    path: Path, clock: FakeTime
) -> None:
    path.write_bytes(b"")
    assert read(path, clock, previous=looked(path)) == b""
    assert clock.now == 0


def test_a_young_file_is_believed_when_two_looks_agree(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    assert read(path, clock) == WHOLE
    assert 0 < clock.now < steady.YOUNG


def test_a_young_file_that_grows_is_read_to_its_end(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"one\n")
    clock.at(0.001, lambda: path.write_bytes(b"one\ntwo\n"))
    clock.at(0.004, lambda: path.write_bytes(WHOLE))
    assert read(path, clock) == WHOLE


def test_a_young_file_without_a_line_end_is_given_more_time(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"one\ntw")
    clock.at(0.04, lambda: path.write_bytes(WHOLE))
    assert read(path, clock) == WHOLE


def test_a_file_that_never_ends_in_a_line_end_is_read(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"one\ntwo")
    assert read(path, clock) == b"one\ntwo"
    assert clock.now < 0.1


def test_a_file_from_the_future_is_read(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"one\ntwo")
    os.utime(path, (clock.wall() + 1000, clock.wall() + 1000))
    assert read(path, clock) == b"one\ntwo"
    assert clock.now < 0.1


def test_what_our_own_commit_left_is_believed_at_once(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    assert read(path, clock, believed=looked(path).stamp) == WHOLE
    assert clock.now == 0


def test_what_somebody_made_of_our_commit_is_not(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    ours = looked(path).stamp
    path.write_bytes(b"")
    clock.at(0.5, lambda: path.write_bytes(WHOLE))
    assert read(path, clock, believed=ours) == WHOLE
    assert clock.now >= 0.5


@pytest.mark.parametrize("part", [b"one\n", b"one\ntwo", b"ONE\ntw"])
def test_a_file_that_was_cut_short_in_place_is_waited_for(
    path: Path, clock: FakeTime, part: bytes
) -> None:
    path.write_bytes(WHOLE)
    previous = looked(path)
    path.write_bytes(part)
    clock.at(0.8, lambda: path.write_bytes(WHOLE + b"four\n"))
    assert read(path, clock, previous=previous) == WHOLE + b"four\n"


def test_a_file_that_stays_short_is_believed_after_a_second(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    previous = looked(path)
    path.write_bytes(b"one\n")
    assert read(path, clock, previous=previous) == b"one\n"
    assert 0.9 < clock.now < 1.1


def test_a_file_that_is_written_for_long_is_waited_for(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    previous = looked(path)
    path.write_bytes(b"")
    for size in range(1, len(WHOLE) + 1):
        clock.at(0.2 * size, partial(write_now, path, WHOLE[:size], clock))
    assert read(path, clock, previous=previous) == WHOLE


def test_a_file_that_never_stands_still_is_read_all_the_same(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"one")
    for step in range(200):
        clock.at(0.04 * step, partial(write_now, path, b"one" * (step % 7 + 1), clock))
    assert read(path, clock).startswith(b"one")
    assert 4.9 < clock.now < 5.2


def test_a_short_file_that_was_renamed_into_place_is_whole(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    previous = looked(path)
    put_by_rename(path, b"one\n")
    assert read(path, clock, previous=previous) == b"one\n"
    assert clock.now < steady.YOUNG


def test_a_directory_is_named_as_such(tmp_path: Path, clock: FakeTime) -> None:
    with pytest.raises(TodoError) as caught:
        read(tmp_path, clock)
    assert caught.value.code == "no_file"
    assert "directory" in caught.value.message


def test_a_pipe_does_not_hold_the_reader(path: Path, clock: FakeTime) -> None:
    os.mkfifo(path)
    with pytest.raises(TodoError) as caught:
        read(path, clock)
    assert caught.value.code == "disk"


def test_a_circle_of_symlinks_is_a_disk_error(path: Path, clock: FakeTime) -> None:
    path.symlink_to(path)
    with pytest.raises(TodoError) as caught:
        read(path, clock)
    assert caught.value.code == "disk"


def test_a_stamp_proves_content_only_of_an_old_file(path: Path, clock: FakeTime) -> None:
    path.write_bytes(WHOLE)
    timing = Timing(clock.wall, clock.monotonic, clock.pause)
    young = steady.read(path, timing=timing)
    assert not young.still(young.stamp)
    clock.now += 1
    old = steady.read(path, timing=timing)
    assert old.still(old.stamp)
    path.write_bytes(WHOLE + b"four\n")
    assert not old.still(looked(path).stamp)


def test_a_file_that_is_written_while_it_is_read_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"- old\n")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    read = os.read

    def slow(handle: int, size: int) -> bytes:
        data = read(handle, size)
        monkeypatch.setattr(os, "read", read)
        path.write_bytes(b"- new\n")
        return data

    handle = os.open(path, os.O_RDONLY)
    try:
        monkeypatch.setattr(os, "read", slow)
        assert steady.look_at(handle).data == b"- new\n"
    finally:
        os.close(handle)


def test_a_file_that_changes_at_each_look_is_taken_as_it_is_at_the_hundredth(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(WHOLE)
    read, looks = os.read, 0

    def busy(handle: int, size: int) -> bytes:
        nonlocal looks
        looks += 1
        os.utime(path, (looks, looks))
        return read(handle, size)

    handle = os.open(path, os.O_RDONLY)
    try:
        monkeypatch.setattr(os, "read", busy)
        assert steady.look_at(handle) == Look(WHOLE, Stamp.of(path.stat()))
    finally:
        os.close(handle)
    assert looks == 100


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(WHOLE)
    read = os.read
    long = b"a line of many\n" * 20_000

    def slow(handle: int, size: int) -> bytes:
        path.write_bytes(long)
        return read(handle, size)

    handle = os.open(path, os.O_RDONLY)
    try:
        monkeypatch.setattr(os, "read", slow)
        assert steady.look_at(handle).data == long
    finally:
        os.close(handle)


@pytest.mark.parametrize("size", [0, 1, steady._PIECE - 1, steady._PIECE, 3 * steady._PIECE + 7])
def test_what_is_like_the_file_is_given_for_it_and_nothing_else(path: Path, size: int) -> None:
    random = Random(size)
    data = random.randbytes(size)
    path.write_bytes(data)
    like = bytearray(data)
    same = bytes(like)
    assert (look := steady.look(path, same)) is not None
    assert look.data is same
    others = [same + b"x", same[:-1], b"", random.randbytes(size)]
    for at in {0, size // 2, size - 1} if size else ():
        like[at] ^= 1
        others.append(bytes(like))
        like[at] ^= 1
    for other in others:
        assert (look := steady.look(path, other)) is not None
        assert look.data == data
        assert look.stamp == Stamp.of(path.stat())


def test_a_file_that_changes_while_it_is_compared_is_looked_at_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = b"- old\n" * 10_000, b"- new\n" * 10_000
    path.write_bytes(old)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    read = os.read

    def slow(handle: int, size: int) -> bytes:
        data = read(handle, size)
        monkeypatch.setattr(os, "read", read)
        path.write_bytes(new)
        return data

    handle = os.open(path, os.O_RDONLY)
    try:
        monkeypatch.setattr(os, "read", slow)
        assert steady.look_at(handle, old).data == new
    finally:
        os.close(handle)
