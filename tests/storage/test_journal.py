"""The journal: every deed and every sighting once, whatever became of its file."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_tui.board.request import Actor, Claim, Finish, Release, Restore, Start
from todo_tui.errors import TodoError
from todo_tui.storage import journal_file, lock
from todo_tui.storage.journal import START, Journal
from todo_tui.storage.journal_record import Mark, digest
from todo_tui.storage.observer import Observer
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from pathlib import Path

    from todo_tui.board.event import BoardEvent

TEXT = """# Work

```yaml
- TASK_001: "First"
  priority: high
  assigned_agent: null
  status: todo

- TASK_002: "Second"
  priority: low
  assigned_agent: null
  status: todo
```
"""
NOW = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)
ENG, OPS = Actor("eng@1"), Actor("ops@1")


class Clock:
    """A clock that goes on by a minute with each look at it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


class Desk:
    """One file, commits to it, edits without a lock, and boards open on it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "TODO.md"
        self.path.write_text(TEXT)
        self.clock = Clock()
        self.age()

    def age(self) -> None:
        """Make the file old enough to be believed at once."""
        self.clock.now += timedelta(seconds=1)
        when = 1_700_000_000 + int((self.clock.now - NOW).total_seconds())
        os.utime(self.path, (when, when))

    @property
    def journal(self) -> Journal:
        return Journal(self.path)

    @property
    def lines(self) -> list[bytes]:
        return (self.path.parent / ".todo-tui" / "journal.jsonl").read_bytes().splitlines(True)

    def write(self, *lines: bytes) -> None:
        (self.path.parent / ".todo-tui" / "journal.jsonl").write_bytes(b"".join(lines))

    def commit(self, transition: Claim | Start | Finish | Release | Restore) -> None:
        done = TodoFile(self.path, clock=self.clock).commit(transition)
        assert done.unwritten is None
        self.age()

    def edit(self, old: str, new: str) -> None:
        text = self.path.read_text()
        assert old in text
        self.path.write_text(text.replace(old, new, 1))
        self.age()

    def board(self) -> Board:
        return Board(self)

    def told(self) -> list[str]:
        return [brief(event) for event in self.journal.read().events]


class Board:
    """An open board."""

    def __init__(self, desk: Desk) -> None:
        self.file = TodoFile(desk.path, clock=desk.clock)
        self.observer = Observer(desk.path, desk.journal, desk.clock)
        assert self.observer.see(self.file.read()).events == ()

    def look(self) -> list[str]:
        seen = self.observer.see(self.file.read())
        assert seen.problem is None
        return [brief(event) for event in seen.events]


def brief(event: BoardEvent) -> str:
    words = (event.source, event.kind, event.ref, event.to_text, event.violation)
    return " ".join(word for word in words if word)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


CLAIMED = ["command moved TASK_001 claimed", "command history TASK_001 claimed"]
STOLEN = "file reassigned TASK_001 ops stolen"


def test_a_commit_is_told(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    assert desk.told() == CLAIMED
    moved = desk.journal.read().events[0]
    assert (moved.actor, moved.human) == ("eng@1", False)
    assert moved.before is not None
    assert moved.before.status == "todo"


def test_a_person_and_where_it_came_from_are_told(desk: Desk) -> None:
    file = TodoFile(desk.path, clock=desk.clock, source="board")
    file.commit(Claim("TASK_001", Actor("alice", human=True), "eng"))
    event = desk.journal.read().events[0]
    assert (event.source, event.actor, event.human) == ("board", "alice", True)


def test_a_retry_and_a_refusal_are_not(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    before = desk.lines
    desk.commit(Claim("TASK_001", ENG))
    with pytest.raises(TodoError):
        desk.commit(Claim("TASK_001", OPS))
    assert desk.lines == before


def test_what_two_boards_see_is_told_once(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    one, two = desk.board(), desk.board()
    desk.edit("claimed_by: eng@1", "claimed_by: ops")
    assert one.look() == [STOLEN]
    assert two.look() == [STOLEN]
    assert desk.told() == [*CLAIMED, STOLEN]
    assert one.look() == two.look() == []


def test_a_board_that_missed_a_state_tells_none_of_it_again(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    one, two = desk.board(), desk.board()
    desk.edit("claimed_by: eng@1", "claimed_by: ops")
    assert one.look() == [STOLEN]
    desk.edit('"Second"', '"Third"')
    assert two.look() == [STOLEN, "file retitled TASK_002 Third"]
    assert one.look() == ["file retitled TASK_002 Third"]
    desk.commit(Start("TASK_001", Actor("ops")))
    assert one.look() == two.look()
    assert len(desk.told()) == len(CLAIMED) + 2 + 2


def test_a_commit_is_not_told_again_by_a_board(desk: Desk) -> None:
    board = desk.board()
    desk.commit(Claim("TASK_001", ENG))
    assert board.look() == CLAIMED
    assert desk.told() == CLAIMED


def test_an_edit_just_before_a_commit_is_told_by_the_board(desk: Desk) -> None:
    desk.commit(Claim("TASK_002", ENG))
    one, two = desk.board(), desk.board()
    desk.edit("status: todo", "status: done")
    desk.commit(Start("TASK_002", ENG))
    events = one.look()
    assert "file moved TASK_001 done skipped_work" in events
    assert two.look() == events
    assert sum("skipped_work" in line for line in desk.told()) == 1
    assert sum("moved TASK_002 in_progress" in line for line in desk.told()) == 1


def test_a_state_that_was_there_before_is_news(desk: Desk) -> None:
    desk.commit(Claim("TASK_002", ENG))
    one, two = desk.board(), desk.board()
    for _ in range(2):
        desk.edit('"First"', '"Other"')
        assert one.look() == ["file retitled TASK_001 Other"]
        desk.edit('"Other"', '"First"')
        assert one.look() == ["file retitled TASK_001 First"]
    retitled = [line for line in desk.told() if "retitled" in line]
    assert len(retitled) == 4
    assert two.look() == retitled
    assert one.look() == two.look() == []


@pytest.mark.parametrize("seen", [True, False], ids=["seen in between", "not seen in between"])
def test_a_commit_that_a_stale_text_was_written_over_is_told(desk: Desk, *, seen: bool) -> None:
    board, other = desk.board(), desk.board()
    stale = desk.path.read_text()
    desk.commit(Claim("TASK_001", ENG))
    if seen:
        assert board.look() == CLAIMED
    desk.path.write_text(stale)
    desk.age()
    reverted = "file moved TASK_001 todo reverted"
    assert board.look()[0 if seen else len(CLAIMED) :][0] == reverted
    assert other.look()[: len(CLAIMED) + 1] == [*CLAIMED, reverted]
    assert desk.told().count(reverted) == 1
    assert desk.journal.read().violations[0].ref == "TASK_001"
    assert board.look() == other.look() == []
    desk.commit(Claim("TASK_001", OPS))
    assert board.look() == CLAIMED


def test_the_last_of_several_commits_that_is_undone_is_told(desk: Desk) -> None:
    board = desk.board()
    desk.commit(Claim("TASK_001", ENG))
    stale = desk.path.read_text()
    desk.commit(Start("TASK_001", ENG))
    desk.path.write_text(stale)
    desk.age()
    told = board.look()
    assert told[: len(CLAIMED)] == CLAIMED
    assert "file moved TASK_001 claimed reverted" in told
    assert board.look() == []


def test_a_look_makes_no_folder(desk: Desk) -> None:
    board = desk.board()
    desk.edit("status: todo", "status: done")
    assert board.look() == ["file moved TASK_001 done skipped_work"]
    assert [one.name for one in desk.path.parent.iterdir()] == ["TODO.md"]
    read = desk.journal.read()
    assert (read.events, read.problems) == ((), ())


def test_a_line_cut_in_the_middle_costs_itself_alone(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    desk.commit(Start("TASK_001", ENG))
    first, second = desk.lines
    desk.write(first, second[: len(second) // 2])
    read = desk.journal.read()
    assert [event.kind for event in read.events] == ["moved", "history"]
    assert read.problems == ("journal.jsonl: the last line is cut off, and left out",)
    desk.commit(Release("TASK_001", ENG))
    read = desk.journal.read()
    assert [event.to_text for event in read.events if event.kind == "moved"] == ["claimed", "todo"]
    assert read.problems == ("journal.jsonl: 1 line that cannot be read left out",)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_journal_is_read_or_said(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.commit(Claim("TASK_001", ENG))
    (line,) = desk.lines
    at = data.draw(st.integers(0, len(line) - 2))
    desk.write(line[:at], data.draw(st.binary(max_size=8)), line[at + 1 :], line)
    read = desk.journal.read()
    assert [event.kind for event in read.events][-2:] == ["moved", "history"]
    assert len(read.events) == 4 or read.problems


def test_a_line_of_a_newer_version_is_said(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    newer = json.dumps({"version": 2, "record": "dream"}).encode() + b"\n"
    desk.write(newer, *desk.lines)
    read = desk.journal.read()
    assert read.problems == ("journal.jsonl: 1 line of a newer version of todo-tui left out",)
    assert len(read.events) == 2


def test_a_journal_that_is_deleted_is_begun_anew(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    one, two = desk.board(), desk.board()
    assert not desk.journal.lacks(desk.journal.end())
    end = desk.journal.end()
    (desk.path.parent / ".todo-tui" / "journal.jsonl").unlink()
    assert desk.journal.lacks(end)
    desk.edit("claimed_by: eng@1", "claimed_by: ops")
    assert one.look() == two.look() == [STOLEN]
    assert desk.told() == [STOLEN]


def test_which_journal_lacks_what_was_read_of_it(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    folder = desk.path.parent / ".todo-tui"
    data, end = (folder / "journal.jsonl").read_bytes(), desk.journal.end()
    (folder / "journal.jsonl").write_bytes(data * 2)
    assert not desk.journal.lacks(end)
    (folder / "journal.jsonl").write_bytes(data[:-1])
    assert desk.journal.lacks(end)
    (folder / "journal.jsonl").write_bytes(data)
    assert not desk.journal.lacks(end)
    (folder / "journal.jsonl").rename(folder / "journal.1.jsonl")
    assert not desk.journal.lacks(end)
    (folder / "journal.1.jsonl").rename(folder / "kept")
    (folder / "journal.jsonl").write_bytes(data * 2)
    assert desk.journal.lacks(end)
    assert not desk.journal.lacks(START)


@pytest.mark.parametrize(
    ("there", "then"),
    [
        (b"", b"new\n"),
        (b"old\n", b"old\nnew\n"),
        (b"cut", b"cut\nnew\n"),
        (b"cut\t", b"cut\t\nnew\n"),
        (b"cut\0", b"cut\0\nnew\n"),
        (b"\n", b"\nnew\n"),
    ],
)
def test_a_line_is_added_behind_whole_lines(tmp_path: Path, there: bytes, then: bytes) -> None:
    (tmp_path / "journal.jsonl").write_bytes(there)
    journal_file.append(tmp_path, b"new\n", tmp_path)
    assert (tmp_path / "journal.jsonl").read_bytes() == then


@pytest.mark.parametrize(("limit", "aside"), [(8, False), (7, True)])
def test_a_journal_may_be_as_long_as_its_limit(
    tmp_path: Path, limit: int, aside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "LIMIT", limit)
    journal_file.append(tmp_path, b"a line longer than that\n"[-4:], tmp_path)
    journal_file.append(tmp_path, b"new\n", tmp_path)
    kept = sorted((one.name, one.read_bytes()) for one in tmp_path.iterdir())
    assert kept == (
        [("journal.1.jsonl", b"hat\n"), ("journal.jsonl", b"new\n")]
        if aside
        else [("journal.jsonl", b"hat\nnew\n")]
    )


def test_a_first_line_longer_than_the_limit_is_put_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "LIMIT", 3)
    journal_file.append(tmp_path, b"a long line\n", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["journal.jsonl"]


@pytest.mark.parametrize("rights", [0o666, 0o640, 0o600])
def test_who_may_write_the_file_may_write_it_down(
    tmp_path: Path, rights: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / "folder", tmp_path / "TODO.md"
    folder.mkdir()
    file.touch()
    file.chmod(rights)
    monkeypatch.setattr(journal_file, "LIMIT", 4)
    old = os.umask(0o077)
    try:
        for _ in range(2):
            journal_file.append(folder, b"new\n", file)
    finally:
        os.umask(old)
    assert [one.stat().st_mode & 0o777 for one in folder.iterdir()] == [rights] * 2


def test_a_file_larger_than_any_journal_is_not_read(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    with (desk.path.parent / ".todo-tui" / "journal.jsonl").open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(TodoError, match="larger than any journal"):
        desk.journal.read()


def test_what_is_told_of_a_file_that_is_gone_is_written_down(tmp_path: Path) -> None:
    folder = tmp_path / ".todo-tui"
    folder.mkdir()
    tmp_path.chmod(0o750)
    journal_file.append(folder, b"new\n", tmp_path / "TODO.md")
    assert (folder / "journal.jsonl").read_bytes() == b"new\n"
    assert (folder / "journal.jsonl").stat().st_mode & 0o777 == 0o640


def test_a_short_write_of_a_line_is_continued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    journal_file.append(tmp_path, b"a long line\n", tmp_path)
    assert (tmp_path / "journal.jsonl").read_bytes() == b"a long line\n"


def test_a_journal_that_has_grown_is_put_aside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.commit(Claim("TASK_001", ENG))
    one, two = desk.board(), desk.board()
    monkeypatch.setattr(journal_file, "LIMIT", len(desk.lines[0]) + 10)
    end = desk.journal.end()
    desk.commit(Start("TASK_001", ENG))
    assert not desk.journal.lacks(end)
    names = sorted(one.name for one in (desk.path.parent / ".todo-tui").iterdir())
    assert names == [".gitignore", "journal.1.jsonl", "journal.jsonl", "lock"]
    assert len(desk.told()) == 4
    assert one.look() == two.look() != []
    assert len(desk.told()) == 4


def test_a_journal_that_was_put_aside_by_one_who_died_then_is_read(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    board = desk.board()
    folder = desk.path.parent / ".todo-tui"
    (folder / "journal.jsonl").rename(folder / "journal.1.jsonl")
    assert desk.told() == CLAIMED
    desk.commit(Start("TASK_001", ENG))
    assert len(desk.told()) == 4
    assert board.look() == desk.told()[2:]


RELEASED = ["command moved TASK_001 todo", "command history TASK_001 todo"]


def test_of_a_journal_put_aside_the_part_behind_a_look_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.commit(Claim("TASK_001", ENG))
    desk.commit(Release("TASK_001", ENG))
    before = desk.board()
    desk.commit(Claim("TASK_001", ENG))
    between = desk.board()
    monkeypatch.setattr(journal_file, "LIMIT", sum(map(len, desk.lines)) + 10)
    desk.commit(Release("TASK_001", ENG))
    desk.commit(Claim("TASK_001", ENG))
    desk.commit(Release("TASK_001", ENG))
    assert before.look() == [*CLAIMED, *RELEASED] * 2
    assert between.look() == [*RELEASED, *CLAIMED, *RELEASED]
    assert before.look() == between.look() == []


def test_of_other_files_all_is_told_wherever_one_was_in_the_last(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    journal, folder = desk.journal, desk.path.parent / ".todo-tui"
    position = journal.end()
    desk.commit(Start("TASK_001", ENG))
    lines = [line.record for line in journal.after(START)[0]]
    assert len(lines) == 2
    (folder / "journal.1.jsonl").write_bytes((folder / "journal.jsonl").read_bytes())
    (folder / "journal.jsonl").rename(folder / "kept")
    (folder / "journal.jsonl").touch()
    found, problems = journal.after(position)
    assert [line.record for line in found] == lines
    assert problems == ()


def test_what_one_undoes_breaks_no_rule(desk: Desk) -> None:
    for request in (Claim, Start, Finish):
        desk.commit(request("TASK_001", ENG))
    last = [event for event in desk.journal.read().events if event.kind == "moved"][-1]
    desk.commit(Restore(last, ENG, undo=True))
    read = desk.journal.read()
    assert [event.to_text for event in read.events if event.kind == "moved"][-1] == "in_progress"
    assert read.violations == ()


def test_events_since_a_time(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    first = desk.journal.read().events[-1].at
    desk.commit(Start("TASK_001", ENG))
    later = desk.journal.read(since=first + timedelta(seconds=1)).events
    assert [event.to_text for event in later if event.kind == "moved"] == ["in_progress"]


def test_marks(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    board = desk.board()
    desk.edit("claimed_by: eng@1", "claimed_by: ops")
    board.look()
    (stolen,) = desk.journal.read().violations
    desk.journal.mark(Mark("accepted", desk.clock(), "alice", stolen.key))
    at = desk.clock()
    desk.journal.mark(Mark("seen", at, "alice"))
    read = desk.journal.read()
    assert read.violations == ()
    assert read.dealt[stolen.key].by == "alice"
    assert read.seen == {"alice": at}


def test_a_journal_that_cannot_be_written_undoes_nothing(desk: Desk) -> None:
    folder = desk.path.parent / ".todo-tui"
    folder.mkdir()
    (folder / "journal.jsonl").symlink_to(desk.path.parent / "elsewhere")
    done = TodoFile(desk.path, clock=desk.clock).commit(Claim("TASK_001", ENG))
    assert done.changed
    assert done.unwritten is not None
    assert "journal" in done.unwritten
    assert not (desk.path.parent / "elsewhere").exists()


def test_a_board_that_cannot_write_still_sees(desk: Desk) -> None:
    desk.commit(Claim("TASK_001", ENG))
    board = Board(desk)
    board.observer = Observer(desk.path, Journal(desk.path, wait=0), desk.clock)
    board.observer.see(board.file.read())
    desk.edit("claimed_by: eng@1", "claimed_by: ops")
    with lock.held(desk.path.parent / ".todo-tui", wait=1, what="a test"):
        seen = board.observer.see(board.file.read())
    assert [brief(event) for event in seen.events] == [STOLEN]
    assert seen.problem is not None
    assert seen.problem.code == "locked"


def test_a_late_look_counts_and_the_next_one_goes_on_behind_what_it_told(desk: Desk) -> None:
    """A commit was made between the look at the file and the look into the journal."""
    before, start = digest(desk.path.read_bytes()), desk.journal.end()
    desk.commit(Claim("TASK_001", ENG))
    seen, between = digest(desk.path.read_bytes()), desk.journal.end()
    desk.commit(Start("TASK_001", ENG))
    witnessed = desk.journal.witness(
        before, seen, start, lambda _: pytest.fail("all was told"), lambda: "other"
    )
    assert [brief(event) for event in witnessed.events] == CLAIMED
    assert (witnessed.told, witnessed.position, witnessed.passed) == (True, between, frozenset())
