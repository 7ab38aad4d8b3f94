"""The lock: one holder, named, freed by death; what it leaves and what it refuses."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import pytest

from todo_tui.errors import TodoError
from todo_tui.storage import lock
from todo_tui.storage.record import Holder, Record, render

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / lock.FOLDER


def actor(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.actors", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def holder(folder: Path, kind: str = "hold") -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock."""
    with actor(kind, str(folder)) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def waited_for(inode: int) -> bool:
    """Whether the kernel's table of locks shows somebody in the queue for that file."""
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return any("->" in line and f":{inode} " in line for line in lines)


def refused(folder: Path, wait: float = 0) -> TodoError:
    with pytest.raises(TodoError) as caught, lock.held(folder, wait=wait, what="test"):
        pass
    return caught.value


def test_the_folder_hides_itself_from_git(folder: Path) -> None:
    with lock.held(folder, wait=0, what="test"):
        assert sorted(p.name for p in folder.iterdir()) == [".gitignore", "lock"]
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_look_at_the_record_makes_nothing(folder: Path) -> None:
    assert lock.peek(folder) == Record()
    assert not folder.exists()


def test_a_look_at_the_record_follows_no_link(folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "elsewhere").write_bytes(render(Record(Holder(1, "box", "T", "Claim"))))
    (folder / "lock").symlink_to(folder.parent / "elsewhere")
    assert lock.peek(folder) == Record()


@pytest.mark.parametrize(("name", "host"), [("my own box", "my_own_box"), ("", "-"), ("b", "b")])
def test_the_name_of_a_machine_is_one_word(
    folder: Path, name: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.uname_result(("Linux", name, "6", "1", "x86_64"))
    monkeypatch.setattr(os, "uname", lambda: here)
    with lock.held(folder, wait=0, what="Claim by eng"):
        holder = lock.peek(folder).holder
    assert holder is not None
    assert (holder.pid, holder.host, holder.what) == (os.getpid(), host, "Claim by eng")


def test_what_is_made_nobody_may_run_where_no_mode_can_be_set(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchmod", refuse)
    old = os.umask(0)
    try:
        with lock.held(folder, wait=0, what="test"):
            pass
    finally:
        os.umask(old)
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o666}


def test_an_ignore_file_that_was_cut_off_is_completed(folder: Path) -> None:
    folder.mkdir()
    (folder / ".gitignore").touch()
    with lock.held(folder, wait=0, what="test"):
        pass
    assert (folder / ".gitignore").read_text() == "*\n"


def test_whoever_may_write_beside_the_file_may_lock_it(folder: Path) -> None:
    folder.parent.chmod(0o2775)
    old = os.umask(0o077)
    try:
        with lock.held(folder, wait=0, what="test"):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2775
    assert stat.S_IMODE((folder / "lock").stat().st_mode) == 0o664


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_a_lock_that_root_makes_is_the_owners(folder: Path) -> None:
    os.chown(folder.parent, 12345, 54321)
    with lock.held(folder, wait=0, what="test"):
        pass
    for file in (folder, folder / "lock"):
        assert (file.stat().st_uid, file.stat().st_gid) == (12345, 54321)


def test_a_full_disk_does_not_leave_the_lock_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lock.held(folder, wait=0, what="make it"):
        pass

    def fail(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        assert "disk is full" in refused(folder).message
    with lock.held(folder, wait=0, what="test"):
        pass


def test_one_process_at_a_time(folder: Path) -> None:
    with holder(folder) as process:
        error = refused(folder)
        assert error.code == "locked"
        assert f"process {process.pid} on " in str(error.holder)
        assert "hold still" in error.message
        assert "waited 0 s" in error.message
        assert error.since is not None


def test_the_wait_ends_in_time(folder: Path) -> None:
    with holder(folder):
        assert "waited 0.05 s" in refused(folder, wait=0.05).message


def test_who_waits_for_less_than_a_second_stands_in_the_queue(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, queued = fcntl.flock, threading.Event()

    def noted(handle: int, how: int) -> None:
        if how == fcntl.LOCK_EX:
            queued.set()
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", noted)
    with lock.held(folder, wait=0, what="first"):
        assert refused(folder, wait=0.05).code == "locked"
        assert queued.wait(10)


def test_who_does_not_wait_stands_in_no_queue(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def thread(**_: object) -> threading.Thread:
        raise AssertionError("a queue takes a thread")

    with lock.held(folder, wait=0, what="first"):
        monkeypatch.setattr(threading, "Thread", thread)
        monkeypatch.setattr(time, "monotonic", lambda: 7.0)
        assert refused(folder, wait=0).code == "locked"


def test_one_thread_at_a_time(folder: Path) -> None:
    with lock.held(folder, wait=0, what="first"):
        assert "(first)" in refused(folder).message
    with lock.held(folder, wait=0, what="again"):
        pass


@pytest.mark.parametrize("seconds", [10, 1e300])
def test_a_waiting_thread_gets_its_turn(folder: Path, seconds: float) -> None:
    turns: list[str] = []

    def second() -> None:
        with lock.held(folder, wait=seconds, what="second"):
            turns.append("second")

    thread = threading.Thread(target=second)
    with lock.held(folder, wait=0, what="first"):
        thread.start()
        turns.append("first")
    thread.join(10)
    assert turns == ["first", "second"]


def test_who_gave_up_waiting_does_not_keep_the_lock(folder: Path) -> None:
    with lock.held(folder, wait=0, what="first"):
        refused(folder, wait=0.01)
    with lock.held(folder, wait=5, what="next"):
        pass


def handles() -> int:
    """How many files this process has open."""
    return sum(1 for _ in Path("/dev/fd").iterdir())


def waiting_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "todo-tui lock"]


def test_who_gives_up_again_and_again_leaves_one_thread_and_one_file_open(folder: Path) -> None:
    for thread in waiting_threads():
        thread.join(10)
    before = handles()
    with lock.held(folder, wait=0, what="first"):
        for _ in range(20):
            refused(folder, wait=0.001)
        left = waiting_threads()
        assert len(left) == 1
        assert handles() == before + 2
    with lock.held(folder, wait=5, what="next"):
        pass
    left[0].join(10)
    assert handles() == before


def test_one_wait_takes_over_what_another_has_left(folder: Path) -> None:
    turns: list[str] = []

    def wait(name: str) -> None:
        with lock.held(folder, wait=10, what=name):
            turns.append(name)

    threads = [threading.Thread(target=wait, args=(name,)) for name in ("one", "other")]
    with lock.held(folder, wait=0, what="first"):
        refused(folder, wait=0.001)
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(turns) == ["one", "other"]


def test_a_forked_process_takes_over_nothing(folder: Path) -> None:
    with lock.held(folder, wait=0, what="first"):
        refused(folder, wait=0.001)
        reader, writer = os.pipe()
        pid = os.fork()
        if not pid:
            code = 1
            try:
                os.write(writer, b".")
                with lock.held(folder, wait=10, what="child"):
                    code = 0
            finally:
                os._exit(code)
        os.read(reader, 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(reader)
    os.close(writer)


GIVES_UP = """
import sys
from pathlib import Path
from todo_tui.errors import TodoError
from todo_tui.storage import lock
try:
    with lock.held(Path(sys.argv[1]), wait=0.01, what="second"):
        pass
except TodoError as error:
    print(error.code)
"""


def test_a_process_that_gave_up_waiting_ends(folder: Path) -> None:
    with lock.held(folder, wait=0, what="first"):
        done = subprocess.run(
            [sys.executable, "-c", GIVES_UP, str(folder)],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    assert done.stdout == "locked\n"


LOCK = threading.Lock


class Interrupted:
    """A lock whose first waiting with a limit of time ends as somebody presses Ctrl+C."""

    def __init__(self) -> None:
        self._lock = LOCK()
        self._pressed = False

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if timeout > 0 and not self._pressed:
            self._pressed = True
            raise KeyboardInterrupt
        return self._lock.acquire(blocking, timeout)

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_who_was_interrupted_while_waiting_does_not_keep_the_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lock.held(folder, wait=0, what="first"), monkeypatch.context() as patch:
        patch.setattr(lock, "allocate_lock", Interrupted)
        with pytest.raises(KeyboardInterrupt), lock.held(folder, wait=3600, what="second"):
            pass
    with lock.held(folder, wait=10, what="next"):
        pass


def test_death_frees_the_lock_at_once(folder: Path) -> None:
    with holder(folder) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with lock.held(folder, wait=0, what="test"):
            pass


def test_the_dead_are_not_named(folder: Path) -> None:
    with holder(folder) as process:
        process.kill()
        process.wait()
    with holder(folder, "hold_with_filelock"):
        error = refused(folder)
        assert error.holder is None
        assert "did not leave its name" in error.message


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="asks Linux who is in the queue")
def test_a_lock_file_that_is_deleted_meanwhile_is_noticed(folder: Path) -> None:
    """Whoever waits for a lock file that has lost its name must not count as its holder."""
    inside = threading.Event()

    def second() -> None:
        with lock.held(folder, wait=10, what="second") as holding:
            assert holding.handle is not None
            same = os.path.samestat(os.fstat(holding.handle), (folder / "lock").stat())
        found.append(same)
        inside.set()

    found: list[bool] = []
    thread = threading.Thread(target=second)
    with lock.held(folder, wait=0, what="first"):
        thread.start()
        # The second one is in the queue when the kernel shows that somebody waits for the file.
        inode = (folder / "lock").stat().st_ino
        while not waited_for(inode):
            assert thread.is_alive()
        (folder / "lock").unlink()
    assert inside.wait(10)
    thread.join()
    assert found == [True]


def test_the_folder_may_be_deleted_between_two_holders(folder: Path) -> None:
    with lock.held(folder, wait=0, what="test"):
        pass
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    with lock.held(folder, wait=0, what="test"):
        assert (folder / ".gitignore").exists()


def taking_away(folder: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Somebody who takes the folder away right before its lock file is made, that often."""
    real, left = os.open, [times]

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        if left[0] and flags & os.O_CREAT and Path(path) == folder / "lock":
            left[0] -= 1
            (folder / ".gitignore").unlink()
            folder.rmdir()
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", opened)
    return left


def test_a_folder_that_is_deleted_while_it_is_made_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = taking_away(folder, 2, monkeypatch)
    with lock.held(folder, wait=60, what="test"):
        assert sorted(p.name for p in folder.iterdir()) == [".gitignore", "lock"]
    assert left == [0]


def test_a_folder_that_is_deleted_all_the_time_is_given_up_in_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock two seconds are over at its third tick."""
    seconds = iter(range(100))
    left = taking_away(folder, 50, monkeypatch)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    error = refused(folder, wait=2)
    assert error.code == "disk"
    assert "was taken away" in error.message
    assert left == [47]


def test_where_the_file_has_no_folder_nobody_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    error = refused(folder / "gone" / lock.FOLDER, wait=50)
    assert error.code == "disk"
    assert next(seconds) == 2, "the clock was asked when it began and when it failed"


def test_filelock_excludes_us(folder: Path) -> None:
    with lock.held(folder, wait=0, what="make it"):
        pass
    with holder(folder, "hold_with_filelock"):
        assert refused(folder).code == "locked"


def test_we_exclude_filelock(folder: Path) -> None:
    with (
        holder(folder),
        pytest.raises(filelock.Timeout),
        filelock.FileLock(folder / "lock", timeout=0),
    ):
        pass


@pytest.mark.parametrize("kinds", [("ours",) * 4, ("ours", "filelock", "both", "both")])
def test_nothing_is_lost_between_processes(folder: Path, kinds: tuple[str, ...]) -> None:
    with lock.held(folder, wait=0, what="make it"):
        pass
    number = folder.parent / "number"
    number.write_text("0")
    processes = [actor("count", str(folder), "50", kind) for kind in kinds]
    for process in processes:
        with process:
            assert process.wait(60) == 0
    assert number.read_text() == "200"


def test_nobody_starves(folder: Path) -> None:
    go = folder.parent / "go"
    processes = [actor("share", str(folder), "1", str(go)) for _ in range(8)]
    go.touch()
    shares = []
    for process in processes:
        out, _ = process.communicate(timeout=60)
        shares.append(int(out))
    assert min(shares) >= sum(shares) / len(shares) / 5, shares


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_locks_is_refused(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(handle: int, how: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    error = refused(folder)
    assert error.code == "disk"
    assert "has no locks" in error.message


def test_a_folder_that_is_a_symlink_is_refused(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    assert refused(folder).code == "disk"
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["lock", ".gitignore"])
def test_a_symlink_in_the_folder_is_not_followed(folder: Path, name: str) -> None:
    victim = folder.parent / "victim"
    victim.write_text("precious")
    folder.mkdir()
    (folder / name).symlink_to(victim)
    assert refused(folder).code == "disk"
    assert victim.read_text() == "precious"


def test_a_file_in_the_folders_place_is_refused(folder: Path) -> None:
    folder.write_text("")
    assert refused(folder).code == "disk"


def test_a_holder_on_another_machine_is_named(folder: Path) -> None:
    with lock.held(folder, wait=0, what="test"):
        holder = Holder(1, "elsewhere", "2026-01-01T00:00:00Z", "Claim by eng")
        (folder / "lock").write_bytes(render(Record(holder)))
        error = refused(folder)
    assert error.holder == "process 1 on elsewhere (Claim by eng)"
    assert error.since == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("pid", "refusal", "named"),
    [
        (os.getpid(), None, True),
        (1, PermissionError, True),
        (1, ProcessLookupError, False),
        (2**70, None, False),
    ],
    ids=["ours", "another user's", "a dead one's", "no process at all"],
)
def test_a_holder_here_is_named_unless_it_is_known_to_be_dead(
    folder: Path,
    pid: int,
    refusal: type[OSError] | None,
    named: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kill = os.kill

    def asked(process: int, number: int) -> None:
        assert (process, number) == (pid, 0), "it is asked for, and nothing is sent to it"
        if refusal is not None:
            raise refusal
        kill(process, number)

    with lock.held(folder, wait=0, what="test") as holding:
        assert holding.record.holder is not None
        host = holding.record.holder.host
        holding.write(Record(Holder(pid, host, "2026-01-01T00:00:00Z", "Claim")))
        monkeypatch.setattr(os, "kill", asked)
        error = refused(folder)
    assert error.holder == (f"process {pid} on {host} (Claim)" if named else None)


@pytest.mark.parametrize("name", ["OTHER.md", "TODO.md~", "lock", "new-1-ab", f"{'ä' * 125}.md"])
def test_each_file_of_a_folder_has_a_lock_of_its_own(tmp_path: Path, name: str) -> None:
    folders = [lock.folder_of(tmp_path / each) for each in ("TODO.md", name)]
    assert folders[0] == str(tmp_path / ".todo-tui")
    for folder in folders:
        assert lock.place_of(folder) == str(tmp_path)
    with (
        lock.held(folders[0], wait=0, what="one"),
        lock.held(folders[1], wait=0, what="another") as other,
    ):
        assert lock.peek(folders[0]).holder != other.record.holder
        with pytest.raises(TodoError, match="another"), lock.held(folders[1], wait=0, what="x"):
            pass
    assert (tmp_path / ".todo-tui" / ".gitignore").read_bytes() == b"*\n"
    assert not list((tmp_path / ".todo-tui").glob("*/.gitignore"))


@pytest.mark.parametrize(
    ("one", "other"), [("TODO.md", "todo.md"), ("Plan.md", "PLAN.md"), ("\xc4.md", "a\u0308.md")]
)
def test_spellings_of_a_name_that_are_one_on_macos_have_one_lock_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str, other: str
) -> None:
    for platform, same in (("darwin", True), ("linux", False)):
        monkeypatch.setattr(sys, "platform", platform)
        assert (lock.folder_of(tmp_path / one) == lock.folder_of(tmp_path / other)) is same


def test_a_folder_of_a_file_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "file-OTHER.md").mkdir(parents=True)
    (tmp_path / ".todo-tui").symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(TodoError, match="symbolic link"),
        lock.held(lock.folder_of(tmp_path / "OTHER.md"), wait=0, what="x"),
    ):
        pass
    assert list((tmp_path / "elsewhere" / "file-OTHER.md").iterdir()) == []
