"""Those who wait for the lock: one carries out what all ask, and each has its own answer."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.storage.toy import litter, put_by_rename
from todo_tui import __version__
from todo_tui.board.request import (
    Actor,
    Block,
    Claim,
    ClaimNext,
    Finish,
    Note,
    Release,
    Seen,
    Start,
)
from todo_tui.board.thresholds import DEFAULT
from todo_tui.errors import TodoError
from todo_tui.storage import ask, company, exchange, gathering, lock, replace, todo_file
from todo_tui.storage.journal import START, Journal
from todo_tui.storage.journal_record import Committed
from todo_tui.storage.planner import Wish
from todo_tui.storage.snapshot import Commit
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from todo_tui.board.transition import Transition

if sys.platform == "win32":
    pytest.skip("each waits for itself there", allow_module_level=True)

TASKS: Final = 12
NOW: Final = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)


def text(tasks: int = TASKS) -> str:
    items = "".join(
        f'- TASK_{n:03}: "Task {n}"\n  priority: high\n  status: todo\n'
        for n in range(1, tasks + 1)
    )
    return f"# Work\n\nA line of prose.\n\n```yaml\n{items}```\n\n## Session History\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "work" / "TODO.md"
    file.parent.mkdir()
    file.write_text(text())
    with lock.held(lock.folder_of(file), wait=0, what="make it"):
        pass
    return file


class Waiter:
    """A thread that commits one request, with a TODO file of its own."""

    def __init__(
        self, path: Path, request: Transition, wait: float = 60, name: str | None = None
    ) -> None:
        self.file = TodoFile(path, wait=wait, clock=lambda: NOW)
        self.result: Commit | TodoError | None = None
        self._request = request
        self.thread = threading.Thread(target=self._work, name=name)
        self.thread.start()

    def _work(self) -> None:
        try:
            self.result = self.file.commit(self._request)
        except TodoError as error:
            self.result = error

    @property
    def done(self) -> Commit:
        """What it came to, which must be a commit."""
        self.thread.join(60)
        assert isinstance(self.result, Commit), self.result
        return self.result

    @property
    def refused(self) -> TodoError:
        """Why it was refused."""
        self.thread.join(60)
        assert isinstance(self.result, TodoError), self.result
        return self.result


def names(path: Path, kind: str) -> list[str]:
    folder = Path(lock.folder_of(path))
    return sorted(one.name for one in folder.iterdir() if one.name.startswith(kind))


def is_gathering(path: Path) -> bool:
    return (Path(lock.folder_of(path)) / lock.GATHERING).exists()


def waiting(path: Path, *requests: Transition, wait: float = 60) -> list[Waiter]:
    """Waiters, one after the other: the first waits for the lock, the others have asked."""
    waiters: list[Waiter] = []
    asked = len(names(path, ask.OPEN))
    for request in requests:
        leads = not is_gathering(path)
        waiter = Waiter(path, request, wait)
        while not (is_gathering(path) if leads else len(names(path, ask.OPEN)) > asked):
            assert waiter.thread.is_alive(), waiter.result
        asked += not leads
        waiters.append(waiter)
    return waiters


def commits(path: Path) -> list[Committed]:
    lines, problems = Journal(path).after(START)
    assert problems == ()
    return [line.record for line in lines if isinstance(line.record, Committed)]


def history(path: Path) -> list[str]:
    lines = path.read_text().partition("## Session History\n")[2].splitlines()
    return [line.partition("Z: ")[2] for line in lines if line]


def is_tidy(path: Path) -> bool:
    left = [n for kind in ("ask", "taken", "gathering") for n in names(path, kind)]
    return not left and litter(path) == []


def agent(number: int) -> Actor:
    return Actor(f"agent-{number}@s")


def test_all_who_wait_are_answered_by_one_replacement(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(ClaimNext(agent(n)) for n in range(TASKS)))
    won = [waiter.done.tasks[0] for waiter in waiters]
    assert [task.id for task in won] == [f"TASK_{n:03}" for n in range(1, TASKS + 1)]
    assert [task.holder for task in won] == [agent(n).name for n in range(TASKS)]
    assert all(waiter.done.changed and not waiter.done.merged for waiter in waiters)
    (told,) = commits(path)
    assert [(event.kind, event.actor) for event in told.events] == [
        (kind, agent(n).name) for n in range(TASKS) for kind in ("moved", "history")
    ]
    assert history(path) == [
        f"TASK_{n + 1:03} claimed by {agent(n).name} (todo -> claimed)" for n in range(TASKS)
    ]
    assert {waiter.done.stamp for waiter in waiters} == {TodoFile(path).read().stamp}
    assert is_tidy(path)


def test_who_is_answered_does_not_read_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[str] = []
    read = TodoFile._steady

    def reading(file: TodoFile, *args: object) -> object:
        readers.append(threading.current_thread().name)
        return read(file, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(TodoFile, "_steady", reading)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, ClaimNext(agent(1)), ClaimNext(agent(2)))
    done = waiters[1].done
    assert waiters[1].thread.name not in readers
    assert done.tasks[0].id == "TASK_002"
    board = done.snapshot.board
    assert [task.holder for task in board.tasks[:3]] == [agent(1).name, agent(2).name, None]
    assert done.board is board
    assert board.line(done.tasks[0]) > 1


def test_the_tasks_are_whole(path: Path) -> None:
    path.write_text(
        "```yaml\n- A-1: One\n  status: todo\n  tags: [x, [y]]\n  links:\n    a: 1\n"
        "  created_at: nonsense\n- A-1: One\n  status: todo\n- B-1: Two\n  status: todo\n```\n"
    )
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, Claim("B-1", agent(1)), Note("B-1", agent(2), "look"))
        put_by_rename(
            path, path.read_bytes().replace(b"One\n  status: todo\n-", b"X\n  status: todo\n-")
        )
    (noted,) = waiters[1].done.tasks
    (stands,) = [task for task in TodoFile(path).read().board.tasks if task.id == "B-1"]
    assert tuple(noted) == tuple(stands)


def test_one_task_has_one_winner_and_all_others_hear_who(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(Claim("TASK_001", agent(n)) for n in range(5)))
    assert waiters[0].done.changed
    for waiter in waiters[1:]:
        error = waiter.refused
        assert (error.code, error.task, error.status) == ("already_claimed", "TASK_001", "claimed")
        assert error.holder == agent(0).name
    assert len(history(path)) == 1
    assert is_tidy(path)


def test_each_is_planned_on_what_the_one_before_left(path: Path) -> None:
    ann, bob = agent(1), agent(2)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(
            path,
            Claim("TASK_001", ann),
            Start("TASK_001", ann),
            Claim("TASK_001", bob),
            Start("TASK_001", ann),
            Finish("TASK_001", bob),
            Release("TASK_001", ann, seen=Seen("claimed", ann.name)),
            Block("TASK_001", ann, "the bank"),
            Note("TASK_001", bob, "pity"),
        )
    for waiter in waiters:
        waiter.thread.join(60)
    came = [w.result.changed if isinstance(w.result, Commit) else w.refused.code for w in waiters]
    assert came == [True, True, "already_claimed", False, "not_holder", "changed", True, True]
    assert waiters[1].done.tasks[0].status == "in_progress"
    assert [line.split()[1] for line in history(path)] == ["claimed", "started", "blocked", "noted"]
    assert len(commits(path)) == 1


def test_no_replacement_is_made_for_refusals_alone(path: Path) -> None:
    before = path.stat().st_ino, path.read_bytes()
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, Start("TASK_001", agent(1)), Start("TASK_002", agent(2)))
    assert [waiter.refused.code for waiter in waiters] == ["illegal", "illegal"]
    assert (path.stat().st_ino, path.read_bytes()) == before
    assert is_tidy(path)


def test_history_is_written_for_those_who_want_it(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        first = waiting(path, Claim("TASK_001", agent(1)))
        silent = TodoFile(path, history=False, wait=60)
        thread = threading.Thread(target=lambda: silent.commit(Claim("TASK_002", agent(2))))
        thread.start()
        while not names(path, ask.OPEN):
            assert thread.is_alive()
    assert first[0].done.changed
    thread.join(60)
    assert [line.split()[0] for line in history(path)] == ["TASK_001"]
    assert path.read_text().count("status: claimed") == 2


def test_a_wait_that_ran_out_changes_nothing(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (first,) = waiting(path, Claim("TASK_001", agent(1)))
        late = Waiter(path, Claim("TASK_002", agent(2)), wait=0.05)
        error = late.refused
        assert error.code == "locked"
        assert "waited 0.05 s" in error.message
        assert names(path, ask.OPEN) == []
    assert first.done.changed
    assert path.read_text().count("status: claimed") == 1
    assert is_tidy(path)


def test_who_gathers_may_give_up_and_others_go_on(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        first = Waiter(path, Claim("TASK_001", agent(1)), wait=0.3)
        while not is_gathering(path):
            assert first.thread.is_alive()
        (second,) = waiting(path, Claim("TASK_002", agent(2)))
        assert first.refused.code == "locked"
    assert second.done.tasks[0].id == "TASK_002"
    assert path.read_text().count("status: claimed") == 1
    assert is_tidy(path)


class Stopped:
    """Stops whoever puts a file in place, right before it, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there, self.go = threading.Event(), threading.Event()
        put = exchange.put

        def stop(fresh: str, path: str) -> int:
            self.there.set()
            assert self.go.wait(60)
            return put(fresh, path)

        monkeypatch.setattr(exchange, "put", stop)


def test_who_was_taken_waits_beyond_its_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not say that it failed, since it will have succeeded."""
    stopped = Stopped(monkeypatch)
    withdrawn: list[bool] = []
    withdraw = ask.Ask.withdraw

    def watched(one: ask.Ask) -> bool:
        withdrawn.append(withdraw(one))
        stopped.go.set()
        return withdrawn[-1]

    monkeypatch.setattr(ask.Ask, "withdraw", watched)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (first,) = waiting(path, Claim("TASK_001", agent(1)))
        (late,) = waiting(path, Claim("TASK_002", agent(2)), wait=1)
    assert stopped.there.wait(60)
    assert late.done.tasks[0].id == "TASK_002"
    assert withdrawn == [False]
    assert first.done.changed


def test_who_was_taken_and_given_back_beyond_its_time_does_nothing_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took it was refused by the disk when its time was over."""
    go = threading.Event()
    withdraw = ask.Ask.withdraw

    def watched(one: ask.Ask) -> bool:
        withdrawn = withdraw(one)
        go.set()
        return withdrawn

    def full(*_: object) -> int:
        assert go.wait(60)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ask.Ask, "withdraw", watched)
    monkeypatch.setattr(exchange, "put", full)
    before = path.read_bytes()
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (first,) = waiting(path, Claim("TASK_001", agent(1)))
        (late,) = waiting(path, Claim("TASK_002", agent(2)), wait=1)
    assert first.refused.code == "disk"
    assert late.refused.code == "locked"
    assert path.read_bytes() == before
    assert is_tidy(path)


def test_nobody_waits_for_ever_for_who_does_not_answer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Stopped(monkeypatch)
    monkeypatch.setattr(company, "GRACE", 0.05)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (first,) = waiting(path, Claim("TASK_001", agent(1)))
        (late,) = waiting(path, Claim("TASK_002", agent(2)), wait=0.5)
    assert stopped.there.wait(60)
    error = late.refused
    assert error.code == "disk"
    assert "may have been written or not" in error.message
    stopped.go.set()
    assert first.done.changed


def test_an_edit_that_slips_in_is_planned_on_by_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers are made anew: one of the tasks is somebody else's by then."""
    put, edited = exchange.put, threading.Event()

    def slip_in(fresh: str, path: str) -> int:
        if not edited.is_set():
            edited.set()
            old, new = (
                b'2"\n  priority: high\n  status: todo',
                b'2"\n  status: claimed\n  owner: eve',
            )
            put_by_rename(path, Path(path).read_bytes().replace(old, new, 1))
        return put(fresh, path)

    monkeypatch.setattr(exchange, "put", slip_in)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(Claim(f"TASK_{n:03}", agent(n)) for n in range(1, 4)))
    assert waiters[1].refused.holder == "eve"
    assert waiters[0].done.merged
    assert waiters[2].done.changed
    assert path.read_text().count("status: claimed") == 3
    assert is_tidy(path)


def test_a_disk_that_refuses_is_said_to_each_by_itself(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> replace.Fresh:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(replace, "write_fresh", full)
        with lock.held(lock.folder_of(path), wait=0, what="hold"):
            waiters = waiting(path, *(Claim(f"TASK_{n:03}", agent(n)) for n in range(1, 4)))
        assert [(w.refused.code, "disk is full" in w.refused.message) for w in waiters] == [
            ("disk", True)
        ] * 3
    assert path.read_bytes() == before
    assert is_tidy(path)


def test_an_answer_that_cannot_be_written_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each does then what it wants by itself."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ask.Taken, "write", full)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(Claim(f"TASK_{n:03}", agent(n)) for n in range(1, 3)))
    assert waiters[0].refused.code == "disk"
    assert waiters[1].done.changed
    assert history(path) == [f"TASK_002 claimed by {agent(2).name} (todo -> claimed)"]
    assert is_tidy(path)


def test_a_word_that_cannot_be_written_is_written_by_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ask.Taken, "confirm", full)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(ClaimNext(agent(n)) for n in range(1, 4)))
    assert [waiter.done.tasks[0].id for waiter in waiters] == ["TASK_001", "TASK_002", "TASK_003"]
    assert len(history(path)) == 3
    TodoFile(path).commit(Claim("TASK_009", agent(9)))
    assert is_tidy(path)


def test_a_journal_that_cannot_be_written_is_told_to_all(path: Path) -> None:
    (Path(lock.folder_of(path)) / "journal.jsonl").mkdir()
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(ClaimNext(agent(n)) for n in range(1, 4)))
    assert all("not in the journal" in (waiter.done.unwritten or "") for waiter in waiters)


def test_a_disk_that_does_not_confirm_is_told_to_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, *(ClaimNext(agent(n)) for n in range(1, 4)))
        monkeypatch.setattr(replace, "sync_folder", fail)
    assert "does not confirm" in waiters[0].refused.message
    for waiter in waiters[1:]:
        assert "does not confirm" in (waiter.done.unwritten or "")


ASKER: Final = """\
import sys
from pathlib import Path
from todo_tui.board.request import Actor, Claim
from todo_tui.storage.todo_file import TodoFile
TodoFile(Path(sys.argv[1]), wait=60).commit(Claim("TASK_002", Actor("dead@1")))
"""


def test_what_the_dead_have_asked_is_not_done(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (first,) = waiting(path, Claim("TASK_001", agent(1)))
        with subprocess.Popen([sys.executable, "-c", ASKER, str(path)]) as process:
            while not names(path, ask.OPEN):
                assert process.poll() is None
            process.send_signal(signal.SIGKILL)
    assert first.done.changed
    assert "dead@1" not in path.read_text()
    assert is_tidy(path)


def wish() -> Wish:
    return Wish(Claim("TASK_002", agent(2)), True, "command", DEFAULT)


def locked_file(path: Path, data: bytes) -> int:
    """A file that is made by hand and locked as an ask is."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    os.write(handle, data)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def asked_by_hand(path: Path, data: bytes) -> bytes:
    """What is left of an ask that holds ``data`` after somebody carried out all that wait."""
    name = Path(lock.folder_of(path)) / f"{ask.OPEN}1-1-00"
    handle = locked_file(name, data)
    try:
        with lock.held(lock.folder_of(path), wait=0, what="hold"):
            waiters = waiting(path, Claim("TASK_001", agent(1)))
        assert waiters[0].done.changed
        assert path.read_text().count("status: claimed") == 1
        return name.read_bytes()
    finally:
        os.close(handle)


def test_an_ask_of_another_version_is_left_alone(path: Path) -> None:
    made = ask.make(Path(lock.folder_of(path)), wish(), 1)
    assert made is not None
    (name,) = names(path, ask.OPEN)
    line = (Path(lock.folder_of(path)) / name).read_bytes()
    made.drop()
    assert __version__.encode() in line
    other = line.replace(f'"{__version__}"'.encode(), b'"0.0.0"')
    assert asked_by_hand(path, other) == other


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"no JSON\n",
        b"\x00\xff\xfe\n",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"[" * 60_000 + b"\n",
        b'{"version":' * 5_000 + b"\n",
        b"{" + b'"a":1,' * 30_000,
        json.dumps({"version": __version__, "source": "command"}).encode() + b"\n",
        json.dumps(
            {"version": __version__, "source": "command", "request": {"kind": "Claim"}}
        ).encode()
        + b"\n",
        json.dumps(
            {
                "version": __version__,
                "source": "command",
                "history": True,
                "request": {"kind": "__import__", "by": ["x", True, None]},
            }
        ).encode()
        + b"\n",
    ],
    ids=range(13),
)
def test_a_hostile_ask_is_left_alone(path: Path, data: bytes) -> None:
    assert asked_by_hand(path, data) == data


def test_what_is_no_file_is_no_ask(path: Path) -> None:
    folder = Path(lock.folder_of(path))
    victim = path.parent / "victim"
    victim.write_text("precious")
    (folder / f"{ask.OPEN}1-1-0a").symlink_to(victim)
    (folder / f"{ask.OPEN}1-1-0b").mkdir()
    os.mkfifo(folder / f"{ask.OPEN}1-1-0c")
    (folder / f"{ask.OPEN}1-1-0d").write_text("nobody waits for this one")
    with lock.held(folder, wait=0, what="hold"):
        waiters = [Waiter(path, Claim(f"TASK_{n:03}", agent(n))) for n in range(1, 3)]
        while len(names(path, ask.OPEN)) < 5:
            assert all(waiter.thread.is_alive() for waiter in waiters)
    assert all(waiter.done.changed for waiter in waiters)
    assert victim.read_text() == "precious"
    assert names(path, ask.OPEN) == [f"{ask.OPEN}1-1-0{letter}" for letter in "abc"]


@pytest.mark.parametrize("kind", ["file", "symlink", "folder"])
def test_where_no_gathering_can_be_each_waits_for_itself(path: Path, kind: str) -> None:
    place = Path(lock.folder_of(path)) / lock.GATHERING
    if kind == "file":
        place.write_text("")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(path)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = [Waiter(path, ClaimNext(agent(n))) for n in range(3)]
    assert {w.done.tasks[0].id for w in waiters} == {"TASK_001", "TASK_002", "TASK_003"}
    assert place.exists()


def test_a_disk_without_pipes_does_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "mkfifo", none)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = [Waiter(path, ClaimNext(agent(n))) for n in range(3)]
    assert {w.done.tasks[0].id for w in waiters} == {"TASK_001", "TASK_002", "TASK_003"}


def test_a_gathering_that_nobody_keeps_is_taken_over(path: Path) -> None:
    os.mkfifo(Path(lock.folder_of(path)) / lock.GATHERING)
    os.mkfifo(Path(lock.folder_of(path)) / f"{lock.GATHERING}-1-00")
    assert TodoFile(path).commit(Claim("TASK_001", agent(1))).changed
    assert is_tidy(path)


def test_a_gathering_is_kept_by_one(path: Path) -> None:
    folder = Path(lock.folder_of(path))
    first = gathering.enter(folder)
    assert isinstance(first, gathering.Gathering)
    second = gathering.enter(folder)
    assert isinstance(second, gathering.Joined)
    assert not second.wait(0)
    first.shut_door()
    third = gathering.enter(folder)
    assert isinstance(third, gathering.Gathering)
    assert not second.wait(0)
    first.end()
    assert second.wait(0)
    second.leave()
    third.end()
    assert names(path, lock.GATHERING) == []


def test_who_waits_for_another_file_of_the_folder_is_answered_for_that(path: Path) -> None:
    other = path.with_name("OTHER.md")
    other.write_text(path.read_text().replace("TASK_", "WORK_"))
    holding = [lock.held(lock.folder_of(one), wait=0, what="hold") for one in (path, other)]
    with holding[0], holding[1]:
        waiters = [Waiter(one, ClaimNext(agent(n))) for n in range(4) for one in (path, other)]
    won = [waiter.done.tasks[0].id for waiter in waiters]
    assert sorted(won[0::2]) == [f"TASK_00{n}" for n in range(1, 5)]
    assert sorted(won[1::2]) == [f"WORK_00{n}" for n in range(1, 5)]


def test_the_end_of_a_gathering_is_noticed_though_it_is_not_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(lock.folder_of(path))
    first, joined = gathering.enter(folder), gathering.enter(folder)
    assert isinstance(first, gathering.Gathering)
    assert isinstance(joined, gathering.Joined)
    polled: list[float] = []
    end = first.end

    class Deaf:
        def register(self, handle: int, events: int) -> None: ...

        def poll(self, milliseconds: float) -> list[tuple[int, int]]:
            polled.append(milliseconds)
            if len(polled) == 3:
                end()
            return []

    monkeypatch.setattr(select, "poll", Deaf)
    assert not joined.wait(0)
    assert joined.wait(1_000_000)
    assert polled == [0, 1000, 1000]
    joined.leave()


def test_an_answer_stands_though_the_file_is_gone(path: Path) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        waiters = waiting(path, ClaimNext(agent(1)), ClaimNext(agent(2)))
    done = waiters[1].done
    put_by_rename(path, b"# Nothing\n")
    assert [task.id for task in done.board.tasks] == ["TASK_002"]
    assert done.snapshot.data == b"# Nothing\n"


def test_asks_and_others_take_turns(path: Path) -> None:
    """Who takes the lock otherwise, or waits with filelock, is excluded as ever."""
    number = Path(lock.folder_of(path)).parent / "number"
    number.write_text("0")
    folder = str(Path(lock.folder_of(path)))
    counters = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.actors", "count", folder, "40", kind]
        )
        for kind in ("ours", "filelock")
    ]
    for turn in range(10):
        waiters = [Waiter(path, Note("TASK_001", agent(n), f"turn {turn}")) for n in range(3)]
        assert all(waiter.done.changed for waiter in waiters)
    for process in counters:
        with process:
            assert process.wait(60) == 0
    assert number.read_text() == "80"
    assert len(history(path)) == 30


def test_what_nobody_took_is_left_alone_where_that_of_a_dead_one_is_settled(path: Path) -> None:
    folder = Path(lock.folder_of(path))
    made = ask.make(folder, wish(), 1)
    assert made is not None
    open_asks = names(path, ask.OPEN)
    with lock.held(folder, wait=0, what="settle"):
        ask.settle(folder, open_asks, "draft-1", "made", None)
    assert names(path, ask.OPEN) == open_asks
    assert made.withdraw()


class Stay:
    """Lets others ask when all who were there first are answered, and counts who takes the lock.

    ``ask`` is called, so many ``times``, by who has the lock and may go on, before it looks who has
    asked.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], None], times: int = 1
    ) -> None:
        self.holders: list[str] = []
        self.rounds = 0
        another, acquire = company.Company.another, lock._acquire

        def going_on(one: company.Company) -> bool:
            self.rounds += 1
            if self.rounds <= times:
                ask()
            return another(one)

        def acquired(folder: Path, deadline: float) -> int | None:
            handle = acquire(folder, deadline)
            if handle is not None:
                self.holders.append(threading.current_thread().name)
            return handle

        monkeypatch.setattr(company, "MANY", 0)
        monkeypatch.setattr(company.Company, "another", going_on)
        monkeypatch.setattr(lock, "_acquire", acquired)


def first_and_late(
    path: Path, monkeypatch: pytest.MonkeyPatch, late: Sequence[Transition]
) -> tuple[Waiter, list[Waiter], Stay]:
    """One who waits for the lock beside another, and those who ask when these are answered."""
    came: list[Waiter] = []
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        stay = Stay(monkeypatch, lambda: came.extend(waiting(path, *late)))
        first, second = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert second.done.changed
    first.thread.join(60)
    return first, came, stay


def test_who_has_the_lock_goes_on_for_those_who_come_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [*(Claim(f"TASK_{n:03}", agent(n)) for n in (3, 4)), Claim("TASK_001", agent(5))]
    first, came, stay = first_and_late(path, monkeypatch, late)
    assert [task.holder for task in first.done.tasks] == [agent(1).name]
    assert first.done.snapshot.data.count(b"status: claimed") == 2, "the file as its commit left it"
    assert [came[at].done.tasks[0].id for at in (0, 1)] == ["TASK_003", "TASK_004"]
    assert came[2].refused.holder == agent(1).name
    assert stay.holders == [first.thread.name]
    assert [len(told.events) for told in commits(path)] == [4, 4]
    assert [line.split()[0] for line in history(path)] == [f"TASK_00{n}" for n in range(1, 5)]
    assert is_tidy(path)


def test_who_has_gone_on_knows_what_it_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, came, _ = first_and_late(path, monkeypatch, [Claim("TASK_003", agent(3))])
    assert came[0].done.changed
    monkeypatch.setattr(todo_file, "board_of", lambda *_: pytest.fail("it knows what it says"))
    board = first.file.read().board
    assert [task.holder for task in board.tasks[:4]] == [*(agent(n).name for n in (1, 2, 3)), None]


def test_after_a_while_it_is_on_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "STAY", 0)
    first, came, stay = first_and_late(path, monkeypatch, [])
    assert first.done.changed
    assert (came, stay.rounds) == ([], 0)
    assert is_tidy(path)


@pytest.mark.parametrize(("many", "stays"), [(2, 0), (1, 1)])
def test_who_has_answered_a_few_does_not_stay(
    path: Path, monkeypatch: pytest.MonkeyPatch, many: int, stays: int
) -> None:
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        stay = Stay(monkeypatch, lambda: None)
        monkeypatch.setattr(company, "MANY", many)
        both = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert [waiter.done.changed for waiter in both] == [True, True]
    assert stay.rounds == stays


def test_after_some_rounds_it_is_on_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The door of a further gathering is not opened any more: who comes then opens one."""
    monkeypatch.setattr(company, "STAYS", 2)
    monkeypatch.setattr(company, "STAY", 60)
    came: list[Waiter] = []
    numbers = iter(range(3, TASKS))

    def ask_for_more() -> None:
        number = next(numbers)
        came.extend(waiting(path, Claim(f"TASK_{number:03}", agent(number))))

    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        stay = Stay(monkeypatch, ask_for_more, times=3)
        first, second = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert (first.done.changed, second.done.changed) == (True, True)
    won = [waiter.done.tasks[0].id for waiter in came]
    assert won == ["TASK_003", "TASK_004", "TASK_005"]
    assert stay.holders == [first.thread.name, came[2].thread.name]
    assert is_tidy(path)


def test_who_has_answered_nobody_waits_for_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company, "MANY", 0)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("nobody may be waited for"))
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        (alone,) = waiting(path, Claim("TASK_001", agent(1)))
    assert alone.done.changed
    assert is_tidy(path)


def test_what_the_disk_refuses_those_who_came_later_is_theirs_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_fresh = replace.write_fresh
    written: list[Path] = []

    def once(folder: Path, data: bytes, like: Path) -> replace.Fresh:
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(folder)
        return write_fresh(folder, data, like)

    monkeypatch.setattr(replace, "write_fresh", once)
    late = [Claim(f"TASK_{n:03}", agent(n)) for n in (3, 4)]
    first, came, _ = first_and_late(path, monkeypatch, late)
    assert first.done.changed
    assert [waiter.refused.code for waiter in came] == ["disk", "disk"]
    assert path.read_text().count("status: claimed") == 2
    assert is_tidy(path)


def test_a_disk_that_does_not_confirm_later_is_told_to_those_who_came_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_folder = replace.sync_folder
    synced: list[Path] = []

    def once(folder: Path) -> None:
        if synced:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        synced.append(folder)
        sync_folder(folder)

    monkeypatch.setattr(replace, "sync_folder", once)
    first, came, _ = first_and_late(path, monkeypatch, [Claim("TASK_003", agent(3))])
    assert first.done.unwritten is None
    assert "does not confirm" in (came[0].done.unwritten or "")


def test_a_journal_that_cannot_be_written_later_is_told_to_those_who_came_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Path(lock.folder_of(path)) / "journal.jsonl"
    came: list[Waiter] = []

    def break_it() -> None:
        journal.unlink()
        journal.mkdir()
        came.extend(waiting(path, Claim("TASK_003", agent(3))))

    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        Stay(monkeypatch, break_it)
        first, second = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert first.done.unwritten is None
    assert second.done.unwritten is None
    assert "not in the journal" in (came[0].done.unwritten or "")


def test_an_edit_before_those_who_came_later_are_served_stands(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[Waiter] = []

    def edit() -> None:
        came.extend(waiting(path, Claim("TASK_003", agent(3)), Claim("TASK_004", agent(4))))
        old = b'3"\n  priority: high\n  status: todo'
        put_by_rename(
            path, path.read_bytes().replace(old, old[:-4] + b"claimed\n  claimed_by: eve")
        )

    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        stay = Stay(monkeypatch, edit)
        first, second = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert (first.done.changed, second.done.changed) == (True, True)
    assert came[0].refused.holder == "eve"
    assert came[1].done.changed
    assert stay.holders == [first.thread.name]
    assert path.read_text().count("status: claimed") == 4
    assert is_tidy(path)


def test_those_who_have_not_asked_when_all_is_done_take_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who joins and asks only when nobody looks any more is not forgotten."""
    came: list[Waiter] = []
    make, asked = ask.make, threading.Event()

    def slow(folder: Path, wish: Wish, since: int) -> ask.Ask | None:
        if threading.current_thread().name == "slow":
            assert asked.wait(60)
        return make(folder, wish, since)

    def join() -> None:
        waiter = Waiter(path, Claim("TASK_003", agent(3)), name="slow")
        came.append(waiter)

    monkeypatch.setattr(ask, "make", slow)
    with lock.held(lock.folder_of(path), wait=0, what="hold"):
        Stay(monkeypatch, join)
        first, second = waiting(path, Claim("TASK_001", agent(1)), Claim("TASK_002", agent(2)))
    assert (first.done.changed, second.done.changed) == (True, True)
    asked.set()
    assert came[0].done.tasks[0].id == "TASK_003"
    assert is_tidy(path)


def test_the_next_gathering_is_open_as_soon_as_the_last_one_shuts(path: Path) -> None:
    folder = Path(lock.folder_of(path))
    first = gathering.enter(folder)
    assert isinstance(first, gathering.Gathering)
    joined = gathering.enter(folder)
    assert isinstance(joined, gathering.Joined)
    second = first.follow()
    assert second is not None
    assert first.follow() is None, "its door is shut"
    later = gathering.enter(folder)
    assert isinstance(later, gathering.Joined)
    first.end()
    assert joined.wait(0)
    assert not later.wait(0)
    second.end()
    assert later.wait(0)
    joined.leave()
    later.leave()
    assert names(path, lock.GATHERING) == []
