"""One TODO.md: snapshots of it, and transitions committed to it."""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import litter, put_by_rename
from todo_tui.board import writing
from todo_tui.board.transition import Actor, Add, Batch, Claim, ClaimNext, Draft, Start
from todo_tui.errors import TodoError
from todo_tui.storage import exchange, lock, recovery
from todo_tui.storage.journal import Journal
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.board import Board
    from todo_tui.board.writing import Plan

TEXT = """# Work

```yaml
- TASK_001: "First"
  priority: high
  assigned_agent: eng
  status: todo
  created_at: "2026-01-01T10:00:00Z"

- TASK_002: "Second"
  priority: low
  assigned_agent: null
  status: todo
  created_at: "2026-01-01T10:00:00Z"
```

## Session History

- 2026-01-01T10:00:00Z: TASK_001 created by planner
"""
NOW = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)
ENG, OPS = Actor("eng@1"), Actor("ops@1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "TODO.md"
    file.write_text(TEXT)
    return file


def opened(path: Path, wait: float = 10) -> TodoFile:
    return TodoFile(path, wait=wait, clock=lambda: NOW)


def refused(action: Callable[[], object]) -> TodoError:
    with pytest.raises(TodoError) as caught:
        action()
    return caught.value


def test_a_snapshot_is_the_file(path: Path) -> None:
    snapshot = opened(path).read()
    assert snapshot.data == TEXT.encode()
    assert [task.id for task in snapshot.board.tasks] == ["TASK_001", "TASK_002"]
    assert snapshot.stamp.inode == path.stat().st_ino


def test_an_unchanged_file_gives_the_same_snapshot(path: Path) -> None:
    file = opened(path)
    first = file.read()
    assert file.read() is first
    assert file.read(first) is first
    assert opened(path).read(first) is first
    os.utime(path)
    assert file.read(first) is first
    put_by_rename(path, TEXT.encode())
    assert file.read(first) is first


def test_a_changed_file_gives_a_new_one(path: Path) -> None:
    file = opened(path)
    first = file.read()
    put_by_rename(path, TEXT.replace("Second", "Other").encode())
    second = file.read(first)
    assert second is not first
    assert second.board.tasks[1].title == "Other"
    assert second.board.tasks[0] is first.board.tasks[0]


def test_a_change_of_the_same_size_at_the_same_time_is_seen(path: Path) -> None:
    """Within one tick of the disk's clock a stamp proves nothing."""
    file = opened(path)
    first = file.read()
    status = path.stat()
    path.write_text(TEXT.replace("Second", "secOND"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.read(first).board.tasks[1].title == "secOND"


def test_a_claim_is_written(path: Path) -> None:
    done = opened(path).commit(Claim("TASK_001", ENG))
    assert done.changed
    assert not done.merged
    assert [(task.id, task.status, task.holder) for task in done.tasks] == [
        ("TASK_001", "claimed", "eng@1")
    ]
    text = path.read_text()
    assert done.snapshot.data == text.encode()
    assert "status: claimed" in text
    assert "- 2026-11-22T12:33:00Z: TASK_001 claimed by eng@1 (todo -> claimed)\n" in text
    assert litter(path) == []
    assert opened(path).read().board == done.snapshot.board


def test_history_can_be_left_out(path: Path) -> None:
    TodoFile(path, history=False, clock=lambda: NOW).commit(Claim("TASK_001", ENG))
    assert "claimed by" not in path.read_text().partition("## Session History")[2]


def test_a_commit_is_the_next_snapshot(path: Path) -> None:
    file = opened(path)
    done = file.commit(Claim("TASK_001", ENG))
    assert file.read() is done.snapshot


def test_looking_makes_nothing(path: Path) -> None:
    file = opened(path)
    file.read()
    refused(lambda: file.commit(Claim("TASK_009", ENG)))
    assert sorted(p.name for p in path.parent.iterdir()) == ["TODO.md"]


def test_a_refusal_writes_nothing(path: Path) -> None:
    file = opened(path)
    error = refused(lambda: file.commit(Start("TASK_001", ENG)))
    assert error.code == "illegal"
    assert path.read_text() == TEXT
    assert not (path.parent / ".todo-tui").exists()


def test_a_batch_is_one_commit_or_none(path: Path) -> None:
    boss = Actor("alice", human=True)
    file = opened(path)
    both = Batch((Claim("TASK_001", boss, "eng"), Claim("TASK_002", boss, "ops")), boss)
    done = file.commit(both)
    assert [task.holder for task in done.tasks] == ["eng", "ops"]
    assert path.read_text().count("(todo -> claimed)") == 2
    moved = [event for event in Journal(path).read().events if event.kind == "moved"]
    assert [(event.ref, event.actor) for event in moved] == [
        ("TASK_001", "alice"),
        ("TASK_002", "alice"),
    ]
    before = path.read_bytes()
    with pytest.raises(TodoError, match="TASK_001") as refused:
        file.commit(Batch((Start("TASK_002", boss), Claim("TASK_001", boss)), boss))
    assert refused.value.code == "already_claimed"
    assert path.read_bytes() == before


def test_a_retry_writes_nothing(path: Path) -> None:
    opened(path).commit(Claim("TASK_001", ENG))
    before = path.stat()
    done = opened(path).commit(Claim("TASK_001", ENG))
    assert not done.changed
    assert done.tasks[0].holder == "eng@1"
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_task_that_was_taken_since_is_not_given_again(path: Path) -> None:
    late = opened(path)
    late.read()
    opened(path).commit(Claim("TASK_002", OPS))
    assert refused(lambda: late.commit(Claim("TASK_002", ENG))).code == "already_claimed"


def test_a_relative_path_is_one_of_then(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    file = TodoFile(Path("TODO.md"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert file.read().data == path.read_bytes()
    assert file.path == str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="a directory that one is in cannot go")
def test_a_whole_path_needs_no_working_directory(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert TodoFile(path).commit(Claim("TASK_001", ENG)).changed


def test_an_edit_that_slips_in_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = exchange.put
    theirs = TEXT.replace("Second", "Edited by hand").encode()

    def slip_in(fresh: str, path: str) -> int:
        monkeypatch.undo()
        put_by_rename(path, theirs)
        return put(fresh, path)

    monkeypatch.setattr(exchange, "put", slip_in)
    done = opened(path).commit(Claim("TASK_001", ENG))
    assert done.merged
    assert [(task.title, task.status) for task in done.snapshot.board.tasks] == [
        ("First", "claimed"),
        ("Edited by hand", "todo"),
    ]
    assert path.read_bytes() == done.snapshot.data


def test_a_claim_by_hand_that_slips_in_wins(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = exchange.put
    theirs = TEXT.replace("null\n  status: todo", "ops\n  status: claimed").encode()

    def slip_in(fresh: str, path: str) -> int:
        monkeypatch.undo()
        put_by_rename(path, theirs)
        return put(fresh, path)

    monkeypatch.setattr(exchange, "put", slip_in)
    assert refused(lambda: opened(path).commit(Claim("TASK_002", ENG))).code == "already_claimed"
    assert path.read_bytes() == theirs


def test_a_claim_of_one_who_died_before_it_was_sure_is_not_confirmed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file stands, and has displaced somebody's edit, which has to come back first."""
    put = exchange.put
    theirs = TEXT.replace("Second", "Edited by hand").encode()

    class Killed(BaseException):
        """Stands for the death of the process."""

    def die(fresh: str, path: str) -> int:
        put_by_rename(path, theirs)
        put(fresh, path)
        monkeypatch.setattr(recovery, "tidy", lambda *_: None)
        raise Killed

    monkeypatch.setattr(exchange, "put", die)
    with pytest.raises(Killed):
        opened(path).commit(Claim("TASK_001", ENG))
    monkeypatch.undo()
    assert b"status: claimed" in path.read_bytes()
    assert b"Edited by hand" not in path.read_bytes()
    again = opened(path).commit(Claim("TASK_001", ENG))
    assert again.changed
    assert b"Edited by hand" in path.read_bytes()
    assert b"status: claimed" in path.read_bytes()
    assert litter(path) == []


def test_what_would_not_read_back_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = writing.plan

    def forget(board: Board, wanted: object, now: datetime, *, history: bool = True) -> Plan:
        whole = plan(board, Claim("TASK_001", ENG), now, history=history)
        return writing.Plan(whole.edits[:-1], whole.outcome)

    monkeypatch.setattr(writing, "plan", forget)
    error = refused(lambda: opened(path).commit(Claim("TASK_001", ENG)))
    assert "nothing was written" in error.message
    assert path.read_text() == TEXT


def test_a_symlink_stays_one(path: Path) -> None:
    link = path.parent / "elsewhere" / "LINK.md"
    link.parent.mkdir()
    link.symlink_to(path)
    opened(link).commit(Claim("TASK_001", ENG))
    assert link.is_symlink()
    assert "status: claimed" in path.read_text()
    assert (path.parent / ".todo-tui").is_dir()
    assert sorted(p.name for p in link.parent.iterdir()) == ["LINK.md"]


def test_a_name_that_is_relative_means_the_same_file_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    file = opened(path.__class__("TODO.md"))
    monkeypatch.chdir("/")
    assert file.read().data == TEXT.encode()


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_bytes_that_nobody_asked_to_change_stay(path: Path, end: str) -> None:
    data = b"\xef\xbb\xbf# \xff\xfe caf\xc3\xa9\r\n\n" + TEXT.encode().rstrip(b"\n") + end.encode()
    path.write_bytes(data)
    opened(path).commit(Claim("TASK_002", ENG))
    after = path.read_bytes()
    assert after.startswith(data.partition(b"- TASK_002")[0])
    assert b"status: claimed" in after


def test_what_is_no_text_is_refused(path: Path) -> None:
    path.write_bytes(b"\x7fELF\0\0")
    assert refused(opened(path).read).code == "not_text"
    assert refused(lambda: opened(path).commit(ClaimNext(ENG))).code == "not_text"
    assert path.read_bytes() == b"\x7fELF\0\0"


def test_a_file_in_the_middle_of_a_merge_is_not_written(path: Path) -> None:
    text = TEXT.replace("# Work\n", "<<<<<<< a\n# Work\n=======\n# Job\n>>>>>>> b\n")
    path.write_text(text)
    assert opened(path).read().board.merging
    assert refused(lambda: opened(path).commit(Claim("TASK_001", ENG))).code == "conflict"
    assert path.read_text() == text


def test_a_directory_is_said_to_be_one(tmp_path: Path) -> None:
    error = refused(opened(tmp_path).read)
    assert error.code == "no_file"
    assert "directory" in error.message


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = opened(tmp_path / "TODO.md")
    assert refused(lambda: file.commit(Claim("TASK_001", ENG))).code == "no_file"
    assert list(tmp_path.iterdir()) == []


def test_the_first_task_goes_into_an_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    done = opened(path).commit(Add((Draft("Begin"),), ENG))
    assert done.tasks[0].title == "Begin"
    assert opened(path).read().board.tasks == done.snapshot.board.tasks


def test_a_lock_that_is_held_names_its_holder(path: Path) -> None:
    file = opened(path, wait=0)
    with lock.held(path.parent / ".todo-tui", wait=0, what="Claim by eng@1"):
        error = refused(lambda: file.commit(Claim("TASK_002", OPS)))
    assert error.code == "locked"
    assert f"process {os.getpid()}" in str(error.holder)
    assert "Claim by eng@1" in error.message
    assert path.read_text() == TEXT


def test_a_lock_that_is_held_hides_no_answer_that_needs_none(path: Path) -> None:
    file = opened(path, wait=0)
    file.commit(Claim("TASK_001", ENG))
    with lock.held(path.parent / ".todo-tui", wait=0, what="Claim by eng@1"):
        assert not file.commit(Claim("TASK_001", ENG)).changed
        assert refused(lambda: file.commit(Claim("TASK_001", OPS))).code == "already_claimed"
        assert refused(lambda: file.commit(Claim("TASK_002", OPS))).code == "locked"


def test_edits_that_cannot_be_made_are_a_refusal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clash(*_: object, **__: object) -> Plan:
        raise ValueError("two edits overlap")

    monkeypatch.setattr(writing, "plan", clash)
    error = refused(lambda: opened(path).commit(Claim("TASK_001", ENG)))
    assert (error.code, path.read_text()) == ("illegal", TEXT)


def test_threads_share_a_file(path: Path) -> None:
    file = opened(path)
    opened(path).commit(Add(tuple(Draft(f"Job {n}") for n in range(30)), ENG))
    won: list[str] = []
    lost: list[str] = []

    def work(name: str) -> None:
        while True:
            try:
                won.append(file.commit(ClaimNext(Actor(f"{name}@1"))).tasks[0].ref)
            except TodoError as error:
                lost.append(error.code)
                return

    threads = [threading.Thread(target=work, args=(f"agent{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert lost == ["nothing"] * 4
    assert len(won) == len(set(won)) == 31
    tasks = opened(path).read().board.tasks
    assert {task.ref for task in tasks if task.status == "claimed"} == set(won)
