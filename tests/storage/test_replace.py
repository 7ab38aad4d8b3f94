"""What a replacement keeps, and what the disk refuses: then the file is as it was."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import FakeTime, litter, take, toy
from todo_tui.errors import TodoError
from todo_tui.storage import exchange, replace
from todo_tui.storage.commit import commit
from todo_tui.storage.steady import Timing, look_at

if TYPE_CHECKING:
    from pathlib import Path

BASE = toy("A", "B")
WANTED = take("A", "us")(BASE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "TODO.md"
    file.write_bytes(BASE)
    return file


def run(path: Path) -> None:
    commit(path, take("A", "us"), wait=5, what="test")


def refusal(path: Path) -> str:
    """The message of the refusal, which must leave everything as it was."""
    before = path.stat()
    with pytest.raises(TodoError) as caught:
        run(path)
    assert caught.value.code == "disk"
    after = path.stat()
    assert path.read_bytes() == BASE
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert litter(path) == []
    return caught.value.message


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755, 0o620])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    old = os.umask(0o077)
    try:
        run(path)
    finally:
        os.umask(old)
    assert path.read_bytes() == WANTED
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(path: Path) -> None:
    os.chown(path, 12345, 54321)
    run(path)
    status = path.stat()
    assert (status.st_uid, status.st_gid) == (12345, 54321)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_group_is_kept_also_of_root_where_new_files_get_the_one_of_the_folder(
    path: Path,
) -> None:
    os.chown(path, 0, 0)
    os.chown(path.parent, -1, 54321)
    path.parent.chmod(0o2775)
    run(path)
    assert path.stat().st_gid == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows attributes on Linux alone")
def test_attributes_are_kept(path: Path) -> None:
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError as error:
        pytest.skip(f"no attributes on this file system: {error}")
    run(path)
    assert os.getxattr(path, "user.note") == b"kept"


def test_two_hard_links_are_refused(path: Path) -> None:
    path.with_name("other.md").hardlink_to(path)
    assert "hard links" in refusal(path)
    assert not (path.parent / ".todo-tui").exists()


def test_a_file_that_nobody_may_write_is_refused(path: Path) -> None:
    """For root, too, whom rights do not bind: the mode says what is meant."""
    path.chmod(0o444)
    assert "read-only" in refusal(path)
    assert not (path.parent / ".todo-tui").exists()


def test_a_folder_that_nobody_may_write_is_refused(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        message = refusal(path)
        assert not (path.parent / ".todo-tui").exists()
    finally:
        path.parent.chmod(0o755)
    assert str(path.parent) in message
    assert "read-only" in message


AS_SOMEBODY_ELSE = """
import os, sys
from pathlib import Path
from tests.storage.toy import take
from todo_tui.errors import TodoError
from todo_tui.storage.commit import commit
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
try:
    commit(Path(sys.argv[1]), take("A", "us"), wait=5, what="test")
except TodoError as error:
    print(error.code, error.message)
"""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root becomes another user")
@pytest.mark.parametrize(("file", "folder"), [(0o644, 0o777), (0o666, 0o755)])
def test_what_this_user_may_not_write_is_refused(path: Path, file: int, folder: int) -> None:
    path.chmod(file)
    path.parent.chmod(folder)
    for parent in path.parent.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(0o711)
    done = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY_ELSE, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.startswith("disk ")
    assert path.read_bytes() == BASE
    assert litter(path) == []


WITH_A_LIMIT = """
import resource, sys
from pathlib import Path
from tests.storage.toy import take
from todo_tui.errors import TodoError
from todo_tui.storage.commit import commit
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    commit(Path(sys.argv[1]), take("A", "us"), wait=5, what="test")
except TodoError as error:
    print(error.code, error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits on file sizes are POSIX")
def test_a_file_that_does_not_fit_is_refused(path: Path) -> None:
    """A limit on file sizes breaks a write off in its middle, as a full disk does."""
    large = toy("A", lines=1000)
    path.write_bytes(large)
    done = subprocess.run(
        [sys.executable, "-c", WITH_A_LIMIT, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.startswith("disk ")
    assert path.read_bytes() == large
    assert litter(path) == []
    run(path)
    assert path.read_bytes() == take("A", "us")(large)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EIO, "input/output"),
        (errno.EROFS, "read-only"),
    ],
)
def test_a_write_that_fails_leaves_the_file(
    path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def fail(handle: int, data: bytes | memoryview[int]) -> int:
        if isinstance(data, memoryview) and len(data) < len(BASE):
            raise OSError(number, os.strerror(number))
        return write(handle, data[: len(data) // 2] if isinstance(data, memoryview) else data)

    monkeypatch.setattr(os, "write", fail)
    assert words in refusal(path)


def test_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(
        os,
        "write",
        lambda handle, data: write(handle, data[:7] if isinstance(data, memoryview) else data),
    )
    run(path)
    assert path.read_bytes() == WANTED


def test_a_sync_that_fails_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    assert "input/output" in refusal(path)


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EBUSY, "mounted by itself"), (errno.EXDEV, "another file system")]
)
def test_a_place_that_cannot_be_taken_leaves_the_file(
    path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(fresh: bytes, place: bytes) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(exchange, "_swap", lambda: fail)
    assert words in refusal(path)


def test_a_file_that_is_mounted_by_itself_is_refused(path: Path) -> None:
    source = path.with_name("source.md")
    source.write_bytes(BASE)
    mounted = subprocess.run(
        ["mount", "--bind", str(source), str(path)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no mounts here: {mounted.stderr.strip()}")
    try:
        assert "mounted by itself" in refusal(path)
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_a_folder_on_another_file_system_is_refused(path: Path) -> None:
    folder = path.parent / ".todo-tui"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "none", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no mounts here: {mounted.stderr.strip()}")
    try:
        assert "another file system" in refusal(path)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def with_folders_that_say(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail)


def test_a_file_that_cannot_be_made_lasting_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_folders_that_say(errno.EIO, monkeypatch)
    with pytest.raises(TodoError) as caught:
        run(path)
    assert caught.value.code == "disk"
    assert "was written" in caught.value.message
    assert path.read_bytes() == WANTED


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_whose_folders_cannot_be_made_lasting_has_that_in_its_care(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_folders_that_say(number, monkeypatch)
    run(path)
    assert path.read_bytes() == WANTED


@pytest.mark.skipif(sys.platform != "linux", reason="the call of Linux")
def test_what_a_place_is_taken_with_is_loaded_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.prepare()

    def load(*_: object, **__: object) -> ctypes.CDLL:
        raise AssertionError("others wait for the lock")

    monkeypatch.setattr(ctypes, "CDLL", load)
    fresh = path.with_name("fresh")
    fresh.write_bytes(BASE + b"- more\n")
    os.close(exchange.put(fresh, path))
    assert (path.read_bytes(), fresh.read_bytes()) == (BASE + b"- more\n", BASE)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells who has a file open")
def test_who_has_a_file_open_for_writing_is_known(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        assert exchange.may_be_written(handle) is False
        with path.open("r+b"):
            assert exchange.may_be_written(handle) is True
        with path.open("rb"):
            assert exchange.may_be_written(handle) is False
    finally:
        os.close(handle)


def test_the_names_in_a_folder_are_made_lasting_with_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasting: set[int] = set()
    fsync = os.fsync

    def noted(handle: int) -> None:
        fsync(handle)
        lasting.add(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    run(path)
    assert {path.stat().st_ino, path.parent.stat().st_ino} <= lasting


def test_a_displaced_file_that_grows_still_is_read_when_two_looks_agree(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "may_be_written", lambda _: None)
    clock = FakeTime(0.0)
    handle = os.open(path, os.O_RDONLY)
    try:
        expected = look_at(handle)
        path.write_bytes(BASE + b"- one\n")
        clock.at(0.001, lambda: path.write_bytes(BASE + b"- one\n- two\n"))
        timing = Timing(clock.wall, clock.monotonic, clock.pause)
        assert replace.settle(handle, expected, timing).data == BASE + b"- one\n- two\n"
    finally:
        os.close(handle)
