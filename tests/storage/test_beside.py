"""Files of ours beside the shared one: nothing that others put there is followed or waited for."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import edited, take, toy
from todo_tui.board.request import Actor, ClaimNext
from todo_tui.errors import TodoError
from todo_tui.storage import beginning, beside, exchange, late, lock, recovery
from todo_tui.storage.commit import commit
from todo_tui.storage.gathering import Joined
from todo_tui.storage.record import Pending, Record
from todo_tui.storage.steady import Stamp
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = 4000
SECONDS = 20
"""After which a command that waits for what others have put there is ended, and the test fails."""


def link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def claim(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "todo_tui", "claim", "--next", "--agent", "eng@1"]
    return subprocess.run(
        [*command, "--wait", "0", "--file", str(path), *words],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "TODO.md"
    file.write_text("```yaml\n- T-1: One\n  status: todo\n```\n\n## Session History\n")
    (tmp_path / ".todo-tui").mkdir()
    return file


@pytest.mark.parametrize("make", [link, pipe])
@pytest.mark.parametrize("name", ["open-1-a", "open-1-a.copy", "journal.jsonl", "new-1-a"])
def test_what_is_no_file_is_neither_followed_nor_waited_for(
    path: Path, name: str, make: Callable[[Path], None]
) -> None:
    folder = path.parent / ".todo-tui"
    if name.endswith(".copy"):
        (folder / "open-1-a").write_text("- late\n")
    make(folder / name)
    done = claim(path)
    assert done.returncode == 0, done.stderr
    assert "claimed_by: eng@1" in path.read_text()


@pytest.mark.parametrize("make", [link, pipe])
def test_a_lock_that_is_no_file_is_refused_at_once(
    path: Path, make: Callable[[Path], None]
) -> None:
    make(path.parent / ".todo-tui" / "lock")
    before = path.read_bytes()
    done = claim(path)
    assert (done.returncode, path.read_bytes()) == (7, before)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["link", "pipe", "directory"])
def test_what_is_put_in_the_place_of_the_file_meanwhile_is_put_back(
    path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(toy("A"))
    put = exchange.put

    def late_one(fresh: str, file: str) -> int:
        path.rename(path.with_name("elsewhere"))
        if kind == "link":
            path.symlink_to("elsewhere")
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
        return put(fresh, file)

    monkeypatch.setattr(exchange, "put", late_one)
    with pytest.raises(TodoError) as refused:
        commit(str(path), take("A", "eng"), wait=1, what="test")
    assert refused.value.code == "disk"
    assert stat.S_IFMT(path.lstat().st_mode) == {
        "link": stat.S_IFLNK, "pipe": stat.S_IFIFO, "directory": stat.S_IFDIR,
    }[kind]  # fmt: skip
    assert path.with_name("elsewhere").read_bytes() == toy("A")


@pytest.mark.parametrize("then", ["nothing", "an edit", "another claim"])
def test_who_takes_the_folder_away_right_after_our_version_was_put_in_place(
    path: Path, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done is done once, and told so; what others have done instead is not."""
    path.write_bytes(toy("A", "B"))
    open_file = beside.open_file

    def opened(name: str, flags: int, mode: int = 0o666) -> int:
        if Path(name).name.startswith("new-"):
            monkeypatch.setattr(beside, "open_file", open_file)
            shutil.rmtree(path.parent / ".todo-tui")
            if then == "an edit":
                path.write_bytes(edited(path.read_bytes(), "- B: todo", "- B: theirs"))
            elif then == "another claim":
                path.write_bytes(taken_of(toy("A", "B"), "other"))
        return open_file(name, flags, mode)

    monkeypatch.setattr(beside, "open_file", opened)
    if then == "another claim":
        with pytest.raises(TodoError) as refused:
            commit(str(path), take("A", "eng"), wait=1, what="test")
        assert refused.value.code == "already_claimed"
        return
    written = commit(str(path), take("A", "eng"), wait=1, what="test")
    assert (written.changed, written.merged) == (True, then == "an edit")
    assert path.read_bytes().count(b"A by eng") == 1
    assert (b"B: theirs" in path.read_bytes()) == (then == "an edit")


def taken_of(data: bytes, holder: str) -> bytes:
    taken = take("A", holder)(data)
    assert taken is not None
    return taken


def test_who_waits_for_a_month_may() -> None:
    read, write = os.pipe()
    os.close(write)
    assert Joined(read).wait(31 * 86_400)
    os.close(read)


def test_a_first_file_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    class Full(io.FileIO):
        write = full

    monkeypatch.setattr(beginning, "open", Full, raising=False)
    with pytest.raises(TodoError, match="the disk is full"):
        beginning.begin(str(tmp_path / "TODO.md"), datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_not_written_through_a_link(tmp_path: Path) -> None:
    secret = tmp_path / "of another"
    secret.write_text("theirs")
    displaced = tmp_path / "new-7-0f"
    displaced.write_text("now")
    (tmp_path / "open-7-0f.copy").symlink_to(secret)
    late.keep(str(displaced), b"before")
    assert secret.read_text() == "theirs"
    assert (tmp_path / "open-7-0f.copy").read_text() == "before"


@pytest.mark.parametrize("rights", [0o660, 0o600, 0o644])
def test_what_is_kept_may_be_read_by_those_who_may_read_the_file(
    tmp_path: Path, rights: int
) -> None:
    displaced = tmp_path / "new-7-0f"
    displaced.write_text("now")
    displaced.chmod(rights)
    old = os.umask(0o077)
    try:
        late.keep(str(displaced), b"before")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "open-7-0f.copy").stat().st_mode) == rights


def test_who_may_not_give_a_file_away_shares_it_with_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []

    def fchown(_: int, owner: int, group: int) -> None:
        if owner != -1:
            raise PermissionError(errno.EPERM, "no")
        given.append((owner, group))

    monkeypatch.setattr(os, "fchown", fchown)
    handle = os.open(tmp_path / "file", os.O_CREAT | os.O_WRONLY)
    like = tmp_path.stat()
    beside.give(handle, like)
    os.close(handle)
    assert given == [(-1, like.st_gid)]


def claim_as(user: int, path: Path) -> int:
    """Claim in a process of another user, whose umask is strict; its exit code."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = 1
    try:
        os.umask(0o077)
        os.setgroups([GROUP])
        os.setgid(user)
        os.setuid(user)
        made = TodoFile(path).commit(ClaimNext(Actor(f"user{user}@1")))
        code = 0 if made.changed and made.unwritten is None else 2
    finally:
        os._exit(code)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can act as several users"
)
def test_users_of_one_group_share_a_folder_whoever_was_first(tmp_path: Path) -> None:
    items = "".join(f"- T-{n}: One\n  status: todo\n" for n in range(1, 6))
    text = f"```yaml\n{items}```\n\n## Session History\n"
    (tmp_path / "TODO.md").write_text(text)
    # All that a claim needs is loaded here: other users may not read where it is.
    TodoFile(tmp_path / "TODO.md").commit(ClaimNext(Actor("first@1")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "shared", "TODO.md")
        path.parent.mkdir()
        path.write_text(text)
        for each, rights in ((path, 0o664), (path.parent, 0o775)):
            os.chown(each, 3001, GROUP)
            each.chmod(rights)
        Path(folder).chmod(0o711)
        assert [claim_as(user, path) for user in (3002, 3001, 3002, 3001)] == [0, 0, 0, 0]
        assert path.read_text().count("claimed_by") == 4
        journal = path.parent / ".todo-tui" / "journal.jsonl"
        assert journal.read_bytes().count(b'"commit"') == 4


def test_a_replacement_that_was_given_back_and_kept_was_not_made(tmp_path: Path) -> None:
    """Who waited for it is not told that it was."""
    path, folder = tmp_path / "TODO.md", tmp_path / ".todo-tui"
    folder.mkdir()
    path.write_text("- theirs\n")
    ours = folder / "open-1-a"
    ours.write_text("- ours\n")
    pending = Pending("new-1-a", Stamp.of(ours.stat()), Stamp.of(path.stat()))
    assert recovery._fate(folder, pending, {"open-1-a", "lock"}) == "not made"
    ours.unlink()
    assert recovery._fate(folder, pending, {"lock"}) == "made"
    assert lock.peek(folder) == Record()
