"""Asks as files: made, taken, answered, given back, and settled after a death."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from todo_tui.board.request import Actor, Claim, Note
from todo_tui.board.task import Task
from todo_tui.board.thresholds import DEFAULT
from todo_tui.storage import ask
from todo_tui.storage.ask_lines import Answer, Lost, answer_line, wish_line, word_line
from todo_tui.storage.planner import Wish
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.storage.ask import Ask, Taken

if sys.platform == "win32":
    pytest.skip("each waits for itself there", allow_module_level=True)

WISH: Final = Wish(Claim("T1", Actor("bob@1")), True, "command", DEFAULT)
LINE: Final = wish_line(WISH)
LONGER: Final = wish_line(WISH._replace(transition=Claim("T12", Actor("bob@1"))))
DONE: Final = Answer(True, (), stamp=Stamp(1, 2, 3, 4))
UNTOLD: Final = DONE._replace(
    said="it is done, but may not be in the journal: the process that did it ended before it said"
    " so"
)
"""What is said for one that died before it could."""

REFUSED: Final = Answer(False, ())
NOW: Final = 1_800_000_000_000_000_000
MINUTE: Final = 60_000_000_000
"""Nanoseconds."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shop" / ".todo-tui"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def asked(folder: Path) -> Iterator[Ask]:
    """An ask that somebody waits for."""
    made = ask.make(folder, WISH, 7)
    assert made is not None
    yield made
    made.drop()


def files(folder: Path) -> dict[str, bytes]:
    """The asks by the kind of each; one of each kind at most."""
    return {path.name.partition("-")[0]: path.read_bytes() for path in folder.iterdir()}


def only(folder: Path) -> Taken:
    (taken,) = ask.take(folder)
    return taken


def test_an_ask_is_a_line_that_all_who_may_write_the_file_may_answer(
    folder: Path, asked: Ask
) -> None:
    folder.parent.chmod(0o770)
    second = ask.make(folder, WISH, 8)
    assert second is not None
    assert {path.read_bytes() for path in folder.iterdir()} == {LINE}
    modes = {path.name[:5]: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes["ask-8"] == 0o660
    assert {path.name.partition("-")[0] for path in folder.iterdir()} == {"ask"}
    assert asked.answer() is None
    second.drop()
    assert [path.name[:5] for path in folder.iterdir()] == ["ask-7"]


def test_a_request_that_is_too_long_is_not_asked(folder: Path) -> None:
    room = (1 << 16) - len(wish_line(WISH._replace(transition=Note("T1", Actor("b"), ""))))
    for length, asked in ((room, True), (room + 1, False)):
        made = ask.make(folder, WISH._replace(transition=Note("T1", Actor("b"), "x" * length)), 1)
        assert (made is not None) is asked
        if made is not None:
            assert [one.wish.transition for one in ask.take(folder)] == [
                Note("T1", Actor("b"), "x" * length)
            ]
            made.drop()
    assert files(folder) == {}


def test_where_nothing_can_be_made_nothing_is_asked(folder: Path) -> None:
    folder.rmdir()
    assert ask.make(folder, WISH, 1) is None
    folder.write_text("a file")
    assert ask.make(folder, WISH, 1) is None


def test_one_of_both_takes_it(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    assert (taken.wish, taken.since) == (WISH, 7)
    assert files(folder).keys() == {"taken"}
    assert not asked.withdraw()
    assert ask.take(folder) == []
    assert files(folder) == {"taken": LINE}
    taken.close()


def test_what_was_withdrawn_is_not_taken(folder: Path, asked: Ask) -> None:
    assert asked.withdraw()
    assert ask.take(folder) == []


def test_what_is_withdrawn_while_it_is_read_is_not_taken_either(
    folder: Path, asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pread = os.pread
    withdrawn: list[bool] = []

    def slow(handle: int, size: int, offset: int) -> bytes:
        withdrawn.append(asked.withdraw())
        return pread(handle, size, offset)

    monkeypatch.setattr(os, "pread", slow)
    assert ask.take(folder) == []
    assert withdrawn == [True]
    assert files(folder) == {}


def test_what_is_withdrawn_between_the_list_and_the_look_is_not_either(
    folder: Path, asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def late(path: Path, flags: int, mode: int = 0o777) -> int:
        asked.withdraw()
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", late)
    assert ask.take(folder) == []


def test_a_disk_that_refuses_leaves_nothing_of_an_ask(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may write nothing at all and call that a success."""
    for done in (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 0):

        def write(*_: object, done: OSError | int = done) -> int:
            if isinstance(done, OSError):
                raise done
            return done

        monkeypatch.setattr(os, "pwrite", write)
        before = len(list(Path("/proc/self/fd").iterdir()))
        assert ask.make(folder, WISH, 1) is None
        assert files(folder) == {}
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_short_writes_of_an_ask_are_continued(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda handle, data, at: pwrite(handle, data[:7], at))
    made = ask.make(folder, WISH, 1)
    assert made is not None
    assert files(folder) == {"ask": LINE}
    taken = only(folder)
    taken.write("new-1", DONE)
    taken.confirm(DONE)
    assert made.answer() == DONE
    taken.close()
    made.drop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_an_ask_is_whose_the_file_is(folder: Path) -> None:
    os.chown(folder.parent, 12345, 54321)
    made = ask.make(folder, WISH, 1)
    assert made is not None
    (path,) = folder.iterdir()
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)
    made.drop()


def test_they_are_taken_in_the_order_in_which_they_were_made(folder: Path) -> None:
    made = [ask.make(folder, WISH, since) for since in (30, 4, 200)]
    taken = ask.take(folder)
    assert [one.since for one in taken] == [4, 30, 200]
    for one in (*made, *taken):
        assert one is not None
        one.drop() if isinstance(one, ask.Ask) else one.close()


def test_an_answer_counts_with_its_word(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.write("new-1", DONE)
    assert asked.answer() is None
    assert files(folder) == {"taken": LINE + answer_line("new-1", DONE)}
    taken.confirm(DONE)
    assert asked.answer() == DONE
    taken.close()


def test_a_second_answer_takes_the_place_of_the_first(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.write("new-1", DONE._replace(said="a long word about the journal " * 9))
    taken.write("new-2", DONE)
    assert files(folder) == {"taken": LINE + answer_line("new-2", DONE)}
    taken.confirm(DONE)
    taken.amend("new-2", DONE._replace(merged=True, said="x"))
    taken.amend("new-2", DONE._replace(merged=True))
    found = DONE._replace(merged=True)
    assert asked.answer() == found
    assert files(folder) == {"taken": LINE + answer_line("new-2", found) + word_line(found)}
    taken.close()


def test_what_is_not_answered_is_open_again(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.reopen()
    taken.close()
    assert files(folder) == {"ask": LINE}
    again = only(folder)
    again.write("new-1", DONE)
    again.reopen()
    again.close()
    assert files(folder) == {"ask": LINE}


def test_what_is_answered_is_not(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.write("new-1", DONE)
    taken.confirm(DONE)
    taken.reopen()
    assert asked.answer() == DONE
    assert files(folder).keys() == {"taken"}
    taken.close()


def test_an_amended_answer_is_not_opened_either(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.amend("new-1", REFUSED)
    taken.reopen()
    assert asked.answer() == REFUSED
    taken.close()


def test_the_dead_are_not_asked_for(folder: Path) -> None:
    (folder / "ask-1-1-00").write_bytes(LINE)
    assert ask.take(folder) == []
    assert files(folder) == {}


@pytest.mark.parametrize(
    ("name", "since"),
    [("5-1-0", 5), ("x-1-0", 0), ("²-1-0", 0), ("", 0), ("9" * 19 + "-1", 10**19 - 1),
     ("9" * 20 + "-1", 0), ("-5-1", 0)],
)  # fmt: skip
def test_when_an_ask_was_made(folder: Path, name: str, since: int) -> None:
    handle = _lock(folder / f"ask-{name}", LINE)
    assert only(folder).since == since
    os.close(handle)


def test_an_answer_that_is_too_long_to_be_read_is_given_without_its_tasks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "_MOST", 200)
    task = Task("A", "A", "t", "todo", "todo", None, "", None, None, (), "", None, (), ())
    made = ask.make(folder, WISH, NOW)
    assert made is not None
    (taken,) = ask.take(folder)
    long = DONE._replace(tasks=(task,))
    taken.write("new-1", long)
    taken.confirm(long)
    assert made.answer() == DONE
    taken.amend("new-1", long)
    assert made.answer() == DONE
    taken.close()
    made.drop()


def _lock(path: Path, data: bytes) -> int:
    """A file that is made by hand and locked as an ask is."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    os.write(handle, data)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def test_an_ask_that_holds_more_than_its_line_is_left_alone(folder: Path) -> None:
    handle = _lock(folder / "ask-1-1-00", LINE + b"{}\n")
    assert ask.take(folder) == []
    assert files(folder) == {"ask": LINE + b"{}\n"}
    os.close(handle)


def settle(folder: Path, *known: object) -> None:
    """Settle what is in the folder, all that ``known`` says of the replacement."""
    names = [path.name for path in folder.iterdir()]
    ask.settle(folder, names, *known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fate", "written", "left"),
    [
        ("made", LINE, {"ask": LINE}),
        ("unknown", LINE, {"ask": LINE}),
        ("not made", LINE + answer_line("new-1", DONE), {"ask": LINE}),
        ("not made", LONGER + answer_line("new-1", DONE), {"ask": LONGER}),
        ("made", LINE + answer_line("new-0", DONE), {"ask": LINE}),
        ("made", LINE + answer_line("new-1", DONE)[:-1], {"ask": LINE}),
        (
            "made", LINE + answer_line("new-1", DONE),
            {"taken": LINE + answer_line("new-1", DONE) + word_line(UNTOLD)},
        ),
        (
            "made", LINE + answer_line("new-1", DONE) + word_line(UNTOLD)[:9],
            {"taken": LINE + answer_line("new-1", DONE) + word_line(UNTOLD)},
        ),
        (
            "unknown", LINE + answer_line("new-1", DONE),
            {"taken": LINE + answer_line("new-1", DONE) + word_line(None)},
        ),
        (
            "not made", LINE + answer_line("new-1", DONE) + word_line(DONE),
            {"taken": LINE + answer_line("new-1", DONE) + word_line(DONE)},
        ),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_the_dead_had_taken_is_settled(
    folder: Path, fate: str, written: bytes, left: dict[str, bytes]
) -> None:
    handle = _lock(folder / f"taken-{NOW}-1-00", written)
    settle(folder, "new-1", fate, DONE.stamp)
    assert files(folder) == left
    os.close(handle)


def test_one_who_cannot_be_told_anything_hears_that(folder: Path, asked: Ask) -> None:
    taken = only(folder)
    taken.write("new-1", DONE)
    taken.close()
    settle(folder, "new-1", "unknown", None)
    with pytest.raises(Lost):
        asked.answer()


@pytest.mark.parametrize("kind", ["ask", "taken", "asking"])
@pytest.mark.parametrize(("age", "stays"), [(MINUTE - 1, True), (MINUTE, False)])
def test_what_nobody_waits_for_goes_when_it_is_old(
    folder: Path, kind: str, age: int, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: NOW)
    path = folder / f"{kind}-{NOW - age}-1-00"
    path.write_bytes(LINE)
    settle(folder, None, "unknown", None)
    assert path.exists() is stays
    settle(folder, "new-1", "not made", None)
    assert not path.exists(), "there is a death to clear up after"


def test_what_somebody_waits_for_stays_however_old(folder: Path, asked: Ask) -> None:
    settle(folder, None, "unknown", None)
    assert files(folder) == {"ask": LINE}
    taken = only(folder)
    settle(folder, None, "unknown", None)
    assert files(folder) == {"taken": LINE}
    taken.close()


def test_other_files_are_not_settled(folder: Path) -> None:
    for name in ("lock", "journal.jsonl", "asks-1", "draft-1-00", "taken"):
        (folder / name).write_bytes(b"x")
    (folder / "ask-1-1-00").mkdir()
    settle(folder, "new-1", "made", None)
    assert sorted(path.name for path in folder.iterdir()) == [
        "ask-1-1-00", "asks-1", "draft-1-00", "journal.jsonl", "lock", "taken",
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["lock", "ask-folder", "ask-link", "ask-pipe"])
def test_what_is_not_to_be_settled_keeps_nothing_else_from_it(folder: Path, first: str) -> None:
    (folder / "lock").write_bytes(b"x")
    (folder / "ask-folder").mkdir()
    (folder / "ask-link").symlink_to("lock")
    os.mkfifo(folder / "ask-pipe")
    dead = folder / f"ask-{NOW}-1-00"
    dead.write_bytes(LINE)
    ask.settle(folder, [first, dead.name], "new-1", "made", None)
    assert not dead.exists()
