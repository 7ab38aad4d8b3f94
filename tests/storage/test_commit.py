"""A commit on bytes, alone and with writers that take no lock and slip in at the worst moment."""

from __future__ import annotations

import errno
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.storage.toy import FakeTime, edited, litter, put_by_rename, take, toy
from todo_tui.errors import TodoError
from todo_tui.storage import attempt, beside, exchange, lock, recovery, replace
from todo_tui.storage.commit import commit
from todo_tui.storage.steady import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from todo_tui.storage.attempt import Planner, Written

BASE = toy("A", "B", "C", "D")


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "TODO.md"
    file.write_bytes(BASE)
    return file


@pytest.fixture
def clock() -> FakeTime:
    return FakeTime(time.time())


class Moments:
    """Lets others act right before and right after each time that a file is put in place.

    A version that somebody slips in is given back at once: that is a time of its own.
    """

    def __init__(self) -> None:
        self.before: list[Callable[[], object]] = []
        self.after: list[Callable[[], object]] = []
        self.count = 0

    def put(self, fresh: str, path: str) -> int:
        self.count += 1
        if self.before:
            self.before.pop(0)()
        handle = PUT(fresh, path)
        if self.after:
            self.after.pop(0)()
        return handle


PUT = exchange.put


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Moments:
    moments = Moments()
    monkeypatch.setattr(exchange, "put", moments.put)
    return moments


@pytest.fixture(params=["exchange", "replace"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a file in place: this system's best one, and the one for all systems."""
    if request.param == "replace":
        monkeypatch.setattr(exchange, "_swap", lambda: None)
    return str(request.param)


def run(path: Path, plan: Planner, clock: FakeTime | None = None) -> Written:
    timing = Timing(clock.wall, clock.monotonic, clock.pause) if clock else Timing()
    return commit(path, plan, wait=5, what="test", timing=timing)


def taken_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """We are killed on the way, and others write what they have next."""
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    monkeypatch.undo()
    return run(path, take("C", "others"))


def kept_aside(path: Path, said: str | None) -> bytes:
    """The version of others that was kept beside ``path``, which must be the only one and said."""
    (name,) = litter(path)
    assert name.startswith("unmerged-")
    assert name in (said or "")
    return (path.parent / ".todo-tui" / name).read_bytes()


def nothing() -> None:
    """Nobody acts this time."""


def take_of(data: bytes, name: str, holder: str = "us") -> bytes:
    planned = take(name, holder)(data)
    assert planned is not None
    return planned


def test_a_commit_changes_the_file_and_leaves_only_the_lock(path: Path, ways: str) -> None:
    written = run(path, take("A", "us"))
    assert written.changed
    assert not written.merged
    assert path.read_bytes() == written.look.data == take("A", "us")(BASE)
    assert litter(path) == []
    assert (path.parent / ".todo-tui" / ".gitignore").read_text() == "*\n"


def test_the_stamp_is_that_of_the_file_and_is_kept_with_the_lock(path: Path, ways: str) -> None:
    written = run(path, take("A", "us"))
    status = path.stat()
    assert written.look.stamp == (
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    record = lock.peek(path.parent / ".todo-tui")
    assert record.last == written.look.stamp
    assert record.holder is None
    assert record.pending is None


def test_the_next_commit_believes_what_the_last_one_left(path: Path, clock: FakeTime) -> None:
    run(path, take("A", "us"), clock)
    waited = clock.now
    run(path, take("B", "us"), clock)
    assert clock.now == waited


def test_a_plan_that_changes_nothing_writes_nothing(path: Path) -> None:
    path.write_bytes(edited(BASE, "- A: todo", "- A: us"))
    before = path.stat()
    written = run(path, take("A", "us"))
    assert not written.changed
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_refusal_writes_nothing(path: Path) -> None:
    before = path.stat()
    with pytest.raises(TodoError) as caught:
        run(path, take("Z", "us"))
    assert caught.value.code == "already_claimed"
    assert path.stat().st_ino == before.st_ino
    assert litter(path) == []


def test_a_fault_in_the_plan_leaves_the_file_and_frees_the_lock(path: Path) -> None:
    def plan(data: bytes) -> bytes | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(path, plan)
    assert path.read_bytes() == BASE
    assert run(path, take("A", "us")).changed


def test_the_time_of_the_file_always_moves_by_a_millisecond(path: Path) -> None:
    ahead = time.time_ns() + 3_600_000_000_000
    os.utime(path, ns=(ahead, ahead))
    before = path.stat().st_mtime_ns
    for name in "ABCD":
        run(path, take(name, "us"))
        after = path.stat().st_mtime_ns
        assert after >= before + 1_000_000
        before = after


def test_a_rename_that_slips_in_is_merged(path: Path, moments: Moments, ways: str) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    written = run(path, take("A", "us"))
    assert written.merged
    assert path.read_bytes() == take("A", "us")(theirs)
    assert litter(path) == []


def test_a_writer_in_place_that_slips_in_is_merged(path: Path, moments: Moments, ways: str) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: path.write_bytes(theirs)]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take("A", "us")(theirs)


def test_whoever_slips_in_and_takes_the_task_keeps_it(
    path: Path, moments: Moments, ways: str
) -> None:
    theirs = edited(BASE, "- A: todo", "- A: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "already_claimed"
    assert path.read_bytes() == theirs
    assert litter(path) == []


def test_whoever_slips_in_and_does_the_same_leaves_nothing_to_do(
    path: Path, moments: Moments
) -> None:
    theirs = edited(BASE, "- A: todo", "- A: us")
    moments.before = [lambda: put_by_rename(path, theirs)]
    written = run(path, take("A", "us"))
    assert not written.changed
    assert path.read_bytes() == theirs


def test_an_edit_between_the_read_and_the_write_is_planned_on(path: Path) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    inner = take("A", "us")
    calls: list[bytes] = []

    def plan(data: bytes) -> bytes | None:
        calls.append(data)
        if len(calls) == 1:
            put_by_rename(path, theirs)
        return inner(data)

    assert run(path, plan).merged
    assert path.read_bytes() == inner(theirs)
    assert calls == [BASE, theirs]


@pytest.mark.parametrize("knows", [True, False], ids=["writers known", "writers unknown"])
def test_a_truncated_file_is_never_taken_for_a_board(
    path: Path,
    moments: Moments,
    clock: FakeTime,
    monkeypatch: pytest.MonkeyPatch,
    knows: bool,
) -> None:
    if not knows:
        monkeypatch.setattr(exchange, "may_be_written", lambda _: None)
    theirs = edited(BASE, "- B: todo", "- B: them")

    def truncate() -> None:
        handle = os.open(path, os.O_WRONLY | os.O_TRUNC)

        def finish() -> None:
            os.write(handle, theirs)
            os.close(handle)

        clock.at(clock.now + 0.5, finish)

    moments.before = [truncate]
    assert run(path, take("A", "us"), clock).merged
    assert path.read_bytes() == take("A", "us")(theirs)


def test_a_writer_that_stops_after_truncating_loses_nothing(
    path: Path, moments: Moments, clock: FakeTime
) -> None:
    moments.before = [lambda: path.write_bytes(b"")]
    run(path, take("A", "us"), clock)
    assert path.read_bytes() == take("A", "us")(BASE)


@linux
def test_a_writer_that_has_the_file_open_is_waited_for(
    path: Path, moments: Moments, clock: FakeTime
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")

    def open_it() -> None:
        file = path.open("r+b", buffering=0)

        def change() -> None:
            file.write(theirs)
            file.close()

        clock.at(clock.now + 0.05, change)

    moments.before = [open_it]
    assert run(path, take("A", "us"), clock).merged
    assert path.read_bytes() == take("A", "us")(theirs)


@linux
def test_a_file_that_somebody_keeps_open_holds_nobody_up_for_long(
    path: Path, clock: FakeTime
) -> None:
    locked: list[float] = []

    def plan(data: bytes) -> bytes | None:
        locked.append(clock.now)
        return take("A", "us")(data)

    def other() -> None:
        # The lock is free, and the file that stands is open to nobody.
        before = clock.now
        run(path, take("B", "others"), clock)
        assert clock.now == before

    with path.open("r+b"):
        clock.at(0.2, other)
        run(path, plan, clock)
        assert path.read_bytes() == take_of(take_of(BASE, "A"), "B", "others")
        assert clock.now < 1.2
        assert len(litter(path)) == 2, "the displaced file and a copy of what it held"
    run(path, take("C", "us"), clock)
    assert litter(path) == []


@linux
@pytest.mark.parametrize("who", ["them", "whom"])
def test_what_is_written_late_to_a_displaced_file_is_merged(
    path: Path, clock: FakeTime, who: str
) -> None:
    """Whether their text stands before ours in the order of the bytes, or behind it."""
    file = path.open("r+b", buffering=0)

    def change() -> None:
        file.write(edited(BASE, "- B: todo", f"- B: {who}"))
        file.close()

    clock.at(0.7, change)
    written = run(path, take("A", "us"), clock)
    assert written.merged
    assert path.read_bytes() == edited(take_of(BASE, "A"), "- B: todo", f"- B: {who}")
    assert written.look.data == path.read_bytes()
    assert litter(path) == []


@linux
@pytest.mark.parametrize("who", ["them", "whom"])
@pytest.mark.parametrize("slips_in", [False, True])
def test_what_is_written_much_later_is_merged_by_the_next_commit(
    path: Path, clock: FakeTime, moments: Moments, slips_in: bool, who: str
) -> None:
    file = path.open("r+b", buffering=0)
    run(path, take("A", "us"), clock)
    file.write(edited(BASE, "- B: todo", f"- B: {who}"))
    file.close()
    assert path.read_bytes() == take_of(BASE, "A")
    both = edited(take_of(BASE, "A"), "- B: todo", f"- B: {who}")
    if slips_in:
        theirs = edited(take_of(BASE, "A"), "line 1 of D", "line one of D")
        moments.before = [lambda: put_by_rename(path, theirs)]
        both = edited(both, "line 1 of D", "line one of D")
    run(path, take("C", "us"), clock)
    assert path.read_bytes() == take_of(both, "C")
    assert litter(path) == []


@linux
def test_even_a_refusal_merges_it(path: Path, clock: FakeTime) -> None:
    file = path.open("r+b", buffering=0)
    run(path, take("A", "us"), clock)
    theirs = edited(BASE, "- B: todo", "- B: them")
    file.write(theirs)
    file.close()
    with pytest.raises(TodoError):
        run(path, take("B", "us"), clock)
    assert path.read_bytes() == edited(take_of(BASE, "A"), "- B: todo", "- B: them")
    assert litter(path) == []


@linux
def test_who_is_in_the_middle_of_writing_is_merged_when_it_has_ended(
    path: Path, clock: FakeTime, moments: Moments
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    opened: list[BinaryIO] = []

    def begin() -> None:
        opened.append(path.open("wb", buffering=0))
        opened[0].write(theirs[:20])

    moments.before = [begin]
    run(path, take("A", "us"), clock)
    assert path.read_bytes() == take_of(BASE, "A")
    opened[0].write(theirs[20:])
    opened[0].close()
    run(path, take("C", "us"), clock)
    assert path.read_bytes() == take("C", "us")(take_of(theirs, "A"))


@linux
def test_what_is_written_late_to_the_same_lines_is_kept_aside(path: Path, clock: FakeTime) -> None:
    file = path.open("r+b", buffering=0)
    run(path, take("A", "us"), clock)
    theirs = edited(BASE, "- A: todo", "- A: them")
    file.write(theirs)
    file.close()
    written = run(path, take("C", "us"), clock)
    assert path.read_bytes() == take_of(take_of(BASE, "A"), "C")
    assert kept_aside(path, written.kept) == theirs


@linux
def test_a_late_edit_survives_the_death_of_who_displaced_the_file(
    path: Path, clock: FakeTime, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = path.open("r+b", buffering=0)
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"), clock)
    monkeypatch.undo()
    run(path, take("C", "us"), clock)
    file.write(edited(BASE, "- B: todo", "- B: them"))
    file.close()
    run(path, take("D", "us"), clock)
    after = take_of(take_of(take_of(BASE, "A"), "C"), "D")
    assert path.read_bytes() == edited(after, "- B: todo", "- B: them")
    assert litter(path) == []


@linux
def test_a_late_edit_survives_the_death_of_who_merges_it(
    path: Path, clock: FakeTime, moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = path.open("r+b", buffering=0)
    run(path, take("A", "us"), clock)
    file.write(edited(BASE, "- B: todo", "- B: them"))
    file.close()
    for moment in (moments.before, moments.after):
        moment.append(die)
        with monkeypatch.context() as patch:
            patch.setattr(recovery, "tidy", lambda *_: None)
            with pytest.raises(Killed):
                run(path, take("C", "us"), clock)
    run(path, take("C", "us"), clock)
    assert path.read_bytes() == take("C", "us")(
        edited(take_of(BASE, "A"), "- B: todo", "- B: them")
    )
    assert litter(path) == []


def test_the_file_truncated_under_the_lock_is_waited_for(path: Path, clock: FakeTime) -> None:
    path.write_bytes(b"")
    clock.at(0.5, lambda: path.write_bytes(BASE))
    run(path, take("A", "us"), clock)
    assert path.read_bytes() == take("A", "us")(BASE)


def test_the_file_taken_away_and_put_back_is_waited_for(
    path: Path, moments: Moments, clock: FakeTime, ways: str
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")

    def save_like_vim() -> None:
        path.rename(path.with_name("TODO.md~"))
        clock.at(clock.now + 0.5, lambda: path.write_bytes(theirs))

    moments.before = [save_like_vim]
    assert run(path, take("A", "us"), clock).merged
    assert path.read_bytes() == take("A", "us")(theirs)
    assert litter(path) == []


def test_a_file_that_is_deleted_meanwhile_stays_deleted(
    path: Path, moments: Moments, clock: FakeTime, ways: str
) -> None:
    moments.before = [path.unlink]
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"), clock)
    assert caught.value.code == "no_file"
    assert not path.exists()
    assert litter(path) == []


def test_a_stale_rename_over_our_commit_is_repaired(path: Path, moments: Moments) -> None:
    stale = edited(BASE, "- B: todo", "- B: them")
    moments.after = [lambda: put_by_rename(path, stale)]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take("A", "us")(stale)


def test_an_edit_of_our_commit_right_after_it_stands(path: Path, moments: Moments) -> None:
    def follow() -> None:
        put_by_rename(path, edited(path.read_bytes(), "- B: todo", "- B: them"))

    moments.after = [follow]
    assert run(path, take("A", "us")).merged
    assert moments.count == 1
    assert path.read_bytes() == edited(take_of(BASE, "A"), "- B: todo", "- B: them")


def test_a_second_one_that_slips_in_with_our_change_in_its_text(
    path: Path, moments: Moments, ways: str
) -> None:
    """The first one's edit is displaced; the second one was made from our first version."""
    first = edited(BASE, "- B: todo", "- B: first")

    def second() -> None:
        put_by_rename(path, edited(path.read_bytes(), "- D: todo", "- D: second"))

    moments.before = [lambda: put_by_rename(path, first), second]
    assert run(path, take("A", "us")).merged
    wanted = edited(take_of(first, "A"), "- D: todo", "- D: second")
    assert path.read_bytes() == wanted
    assert litter(path) == []


def test_a_second_one_that_slips_in_upon_the_first(path: Path, moments: Moments, ways: str) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(first, "- D: todo", "- D: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take_of(second, "A")


def test_a_second_one_that_has_seen_neither_of_us(path: Path, moments: Moments, ways: str) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(BASE, "- D: todo", "- D: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take_of(edited(second, "- B: todo", "- B: first"), "A")


def test_a_second_one_that_has_seen_neither_and_writes_over_the_first(
    path: Path, moments: Moments, ways: str
) -> None:
    first = edited(edited(BASE, "- B: todo", "- B: first"), "line 1 of D", "first, too")
    second = edited(BASE, "- B: todo", "- B: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]
    written = run(path, take("A", "us"))
    assert path.read_bytes() == take_of(second, "A")
    assert kept_aside(path, written.kept) == first


def test_after_a_refusal_a_second_one_keeps_its_edit_without_ours(
    path: Path, moments: Moments, ways: str
) -> None:
    first = edited(BASE, "- A: todo", "- A: first")

    def second() -> None:
        put_by_rename(path, edited(path.read_bytes(), "- D: todo", "- D: second"))

    moments.before = [lambda: put_by_rename(path, first), second]
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "already_claimed"
    assert path.read_bytes() == edited(first, "- D: todo", "- D: second")


def test_one_who_has_read_our_version_and_writes_it_later(
    path: Path, moments: Moments, ways: str
) -> None:
    """For a moment the file was without the first one's edit; somebody looked just then."""
    first = edited(BASE, "- B: todo", "- B: first")
    seen: list[bytes] = []

    def write() -> None:
        put_by_rename(path, edited(seen[0], "- D: todo", "- D: second"))

    moments.before = [
        lambda: put_by_rename(path, first),
        lambda: seen.append(path.read_bytes()),
        write,
    ]
    assert run(path, take("A", "us")).merged
    assert seen == [take_of(BASE, "A")]
    assert path.read_bytes() == take_of(edited(first, "- D: todo", "- D: second"), "A")
    assert litter(path) == []


def test_an_edit_of_our_version_survives_however_many_slip_in_after_it(
    path: Path, moments: Moments, ways: str
) -> None:
    edits = [("- B: todo", "- B: first"), ("line 1 of D", "third"), ("# Toy", "# Toy toy")]
    whole = edited(BASE, "line 1 of C", "second, of our version")
    others = [BASE]
    for edit in edits:
        others.append(edited(others[-1], *edit))
        whole = edited(whole, *edit)
    ours = edited(take_of(BASE, "A"), "line 1 of C", "second, of our version")
    moments.before = [
        partial(put_by_rename, path, others[1]),
        partial(put_by_rename, path, ours),
        partial(put_by_rename, path, others[2]),
        nothing,
        partial(path.write_bytes, others[3]),
    ]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take_of(whole, "A")
    assert litter(path) == []


def test_neighbouring_lines_of_two_others_are_both_kept(path: Path, moments: Moments) -> None:
    first = edited(BASE, "  line 1 of B", "  first")

    def second() -> None:
        put_by_rename(path, edited(path.read_bytes(), "  line 2 of B", "  second"))

    moments.before = [lambda: put_by_rename(path, first), second]
    assert run(path, take("A", "us")).merged
    assert path.read_bytes() == take_of(edited(first, "  line 2 of B", "  second"), "A")


def test_the_same_line_of_two_others_stands_as_the_later_one_wrote_it(
    path: Path, moments: Moments
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")

    def second() -> None:
        put_by_rename(path, edited(path.read_bytes(), "- B: todo", "- B: second"))

    moments.before = [lambda: put_by_rename(path, first), second]
    written = run(path, take("A", "us"))
    assert written.changed
    assert path.read_bytes() == edited(take_of(BASE, "A"), "- B: todo", "- B: second")
    assert kept_aside(path, written.kept) == first


@pytest.mark.parametrize(("us", "who"), [("us", "Tom"), ("us", "Tub"), ("her", "Tom")])
@pytest.mark.parametrize("when", ["planned", "put", "given back", "verified"])
def test_others_are_merged_wherever_their_text_stands_in_the_order_of_bytes(
    path: Path, moments: Moments, ways: str, when: str, us: str, who: str
) -> None:
    """Versions are told apart, and never put in an order, whenever another one slips in."""
    theirs = edited(BASE, "# Toy", f"# {who}")
    slip_in = partial(put_by_rename, path, theirs)
    wanted = take_of(theirs, "A", us)
    match when:
        case "planned":
            planning = [slip_in]
        case "put":
            planning, moments.before = [], [slip_in]
        case "given back":
            first = edited(BASE, "- D: todo", f"- D: {who}")
            planning, moments.before = [], [partial(put_by_rename, path, first), slip_in]
            wanted = edited(wanted, "- D: todo", f"- D: {who}")
        case _:
            planning, moments.after = [], [slip_in]

    def plan(data: bytes) -> bytes | None:
        if planning:
            planning.pop()()
        return take("A", us)(data)

    assert run(path, plan).merged
    assert path.read_bytes() == wanted
    assert litter(path) == []


@pytest.mark.parametrize("who", ["them", "whom"])
def test_who_edits_our_change_itself_without_having_seen_the_first_one(
    path: Path, moments: Moments, ways: str, who: str
) -> None:
    """It stands as they wrote it, and what it was written over is kept aside."""
    first = edited(BASE, "- B: todo", f"- B: {who}")
    second = edited(take_of(BASE, "A"), "- A: us", "- A: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]
    written = run(path, take("A", "us"))
    assert (written.changed, written.merged) == (True, True)
    assert path.read_bytes() == second
    assert kept_aside(path, written.kept) == first


def test_a_stale_text_after_an_edit_of_our_version_takes_nothing_back(
    path: Path, moments: Moments, ways: str
) -> None:
    """What stood over our version alone is no version that others could have begun with."""
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(take_of(BASE, "A"), "- D: todo", "- D: second")
    third = edited(BASE, "- C: todo", "- C: third")
    moments.before = [
        partial(put_by_rename, path, first),
        partial(put_by_rename, path, second),
        partial(put_by_rename, path, third),
    ]
    assert run(path, take("A", "us")).merged
    wanted = edited(first, "- D: todo", "- D: second")
    assert path.read_bytes() == take_of(edited(wanted, "- C: todo", "- C: third"), "A")
    assert litter(path) == []


@pytest.mark.parametrize(("times", "made"), [(99, True), (100, False)])
def test_others_may_slip_in_in_all_rounds_but_one(
    path: Path, moments: Moments, clock: FakeTime, times: int, made: bool
) -> None:
    written = [BASE]

    def again() -> None:
        written.append(edited(written[-1], "# Toy", "# Toy toy"))
        put_by_rename(path, written[-1])

    moments.before = [again, nothing] * times
    if made:
        assert run(path, take("A", "us"), clock).merged
        assert path.read_bytes() == take_of(written[-1], "A")
    else:
        with pytest.raises(TodoError) as caught:
            run(path, take("A", "us"), clock)
        assert caught.value.code == "changed"
        assert path.read_bytes() == written[-1]
    assert len(written) == times + 1


@linux
@pytest.mark.parametrize("us", ["us", "her"])
@pytest.mark.parametrize(("seconds", "made"), [(3.0, True), (3.1, False)])
def test_others_may_slip_in_for_three_seconds(
    path: Path, moments: Moments, clock: FakeTime, seconds: float, made: bool, us: str
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    begun: list[float] = []

    def plan(data: bytes) -> bytes | None:
        begun.append(clock.now)
        return take("A", us)(data)

    def slip_in() -> None:
        put_by_rename(path, theirs)
        clock.now = begun[0] + seconds

    moments.before = [slip_in]
    if made:
        assert run(path, plan, clock).merged
        assert path.read_bytes() == take_of(theirs, "A", us)
    else:
        with pytest.raises(TodoError) as caught:
            run(path, plan, clock)
        assert caught.value.code == "changed"
        assert path.read_bytes() == theirs


@pytest.mark.parametrize("kept", [False, True], ids=["changed", "refused"])
def test_what_was_made_is_made_however_long_the_disk_took(
    path: Path, moments: Moments, clock: FakeTime, kept: bool
) -> None:
    theirs = edited(BASE, "- A: todo", "- A: them")

    def slow() -> None:
        if kept:
            put_by_rename(path, theirs)
        clock.now += 60

    moments.before = [slow]
    if kept:
        with pytest.raises(TodoError) as caught:
            run(path, take("A", "us"), clock)
        assert caught.value.code == "already_claimed"
        assert path.read_bytes() == theirs
    else:
        written = run(path, take("A", "us"), clock)
        assert (written.changed, written.merged) == (True, False)
        assert path.read_bytes() == written.look.data == take_of(BASE, "A")
    assert litter(path) == []


def test_one_who_never_stops_is_given_the_file(
    path: Path, moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "ROUNDS", 5)
    written: list[bytes] = []

    def again() -> None:
        written.append(edited(written[-1] if written else BASE, "# Toy", "# Toy toy"))
        put_by_rename(path, written[-1])

    moments.before = [again, nothing] * 5
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "changed"
    assert path.read_bytes() == written[-1]
    assert litter(path) == []


def test_a_disk_that_fills_up_in_the_second_round_gives_theirs_back(
    path: Path, moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    write = replace.write_fresh
    calls: list[bytes] = []

    def write_once(folder: Path, data: bytes, like: Path) -> replace.Fresh:
        calls.append(data)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return write(folder, data, like)

    monkeypatch.setattr(replace, "write_fresh", write_once)
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "disk"
    assert path.read_bytes() == theirs
    assert litter(path) == []


def test_a_disk_that_fails_after_the_file_was_put_in_place_has_written_it(
    path: Path, moments: Moments, monkeypatch: pytest.MonkeyPatch, ways: str
) -> None:
    settle = replace.settle

    def fail(*_: object) -> bytes:
        monkeypatch.setattr(replace, "settle", settle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(replace, "settle", fail)
    assert run(path, take("A", "us")).changed
    assert path.read_bytes() == take_of(BASE, "A")
    assert litter(path) == []


def test_a_disk_that_fails_and_a_file_that_somebody_took_away_then_has_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, ways: str
) -> None:
    settle = replace.settle

    def fail(*_: object) -> bytes:
        monkeypatch.setattr(replace, "settle", settle)
        path.unlink()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(replace, "settle", fail)
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "disk"
    assert not path.exists()


def test_a_disk_that_fails_while_somebody_slips_in_has_not_written(
    path: Path, moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    settle = replace.settle

    def fail(*_: object) -> bytes:
        monkeypatch.setattr(replace, "settle", settle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(replace, "settle", fail)
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "disk"
    assert path.read_bytes() == theirs
    assert litter(path) == []


def test_a_disk_that_does_not_tell_whether_it_has_written(
    path: Path, moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidy = recovery.tidy

    def fail(*_: object) -> bytes:
        monkeypatch.setattr(recovery, "tidy", fail)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(replace, "settle", fail)
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "disk"
    assert "may have been written or not" in caught.value.message
    assert path.read_bytes() == take_of(BASE, "A")
    monkeypatch.undo()
    assert recovery.tidy is tidy
    assert run(path, take("B", "us")).changed
    assert litter(path) == []


def test_a_disk_that_fails_before_anything_was_put_in_place_has_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        monkeypatch.setattr(recovery, "tidy", fail)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(replace, "write_fresh", fail)
    with pytest.raises(TodoError) as caught:
        run(path, take("A", "us"))
    assert caught.value.code == "disk"
    assert "The file is as it was" in caught.value.message
    assert path.read_bytes() == BASE


class Killed(BaseException):
    """Stands for the death of the process: nothing of the commit runs after it."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No commit clears up behind itself, as if its process had died."""
    tidy = recovery.tidy
    alive = [True]

    def tidy_if_alive(holding: lock.Lock, folder: Path, path: Path, names: set[str]) -> str | None:
        if not alive:
            return None
        alive.clear()
        return tidy(holding, folder, path, names)

    monkeypatch.setattr(recovery, "tidy", tidy_if_alive)
    yield
    monkeypatch.setattr(recovery, "tidy", tidy)


def die() -> None:
    raise Killed


def test_a_version_displaced_by_one_who_died_is_put_back(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    assert path.read_bytes() == take_of(BASE, "A")
    monkeypatch.undo()
    run(path, take("C", "others"))
    assert path.read_bytes() == take("C", "others")(theirs)
    assert litter(path) == []


@pytest.mark.parametrize("point", ["before it is given back", "after", "before the next round"])
def test_a_version_that_is_being_given_back_is_not_lost(
    path: Path,
    moments: Moments,
    dying: None,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    moments.before = [lambda: put_by_rename(path, theirs)]
    match point:
        case "before it is given back":
            moments.before += [die]
        case "after":
            moments.after = [nothing, die]
        case _:
            moments.before += [nothing, die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    assert litter(path) != []
    monkeypatch.undo()
    run(path, take("C", "others"))
    assert path.read_bytes() == take("C", "others")(theirs)
    assert litter(path) == []


def test_a_version_is_not_lost_where_ours_is_made_again_by_another_while_it_is_given_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who made the file anew had read ours, so that all of ours stands there, but not theirs."""
    theirs = edited(BASE, "- B: todo", "- B: them")
    times = 0

    def put(fresh: str, file: str) -> int:
        nonlocal times
        times += 1
        if times == 1:
            put_by_rename(path, theirs)
        if times != 2:
            return PUT(fresh, file)
        ours = path.read_bytes()
        path.unlink()
        try:
            return PUT(fresh, file)
        finally:
            path.write_bytes(edited(ours, "- D: todo", "- D: third"))

    monkeypatch.setattr(exchange, "put", put)
    written = run(path, take("A", "us"))
    assert written.changed
    for line in (b"- A: us", b"- B: them", b"- D: third"):
        assert line in path.read_bytes()
    assert path.read_bytes().count(b"A by us") == 1
    assert litter(path) == []


def test_the_version_of_a_second_one_is_not_lost_either(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was displaced by the first one's, which went back to its place: it is kept aside."""
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(BASE, "- D: todo", "- D: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]
    moments.after = [nothing, die]
    written = taken_up(path, monkeypatch)
    assert path.read_bytes() == take("C", "others")(first)
    assert kept_aside(path, written.kept) == second


def test_nor_when_the_next_round_was_about_to_put_it_in_place(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(BASE, "- D: todo", "- D: second")
    moments.before = [
        partial(put_by_rename, path, first),
        partial(put_by_rename, path, second),
        die,
    ]
    written = taken_up(path, monkeypatch)
    assert path.read_bytes() == take("C", "others")(first)
    assert kept_aside(path, written.kept) == second


def test_a_second_one_who_edits_our_version_where_it_stands(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(take_of(BASE, "A"), "- D: todo", "- D: 2nd!")
    moments.before = [partial(put_by_rename, path, first), partial(path.write_bytes, second)]
    moments.after = [nothing, die]
    written = taken_up(path, monkeypatch)
    assert path.read_bytes() == take("C", "others")(first)
    assert kept_aside(path, written.kept) == second


def test_somebody_who_writes_while_a_version_is_put_back_stays(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(take_of(BASE, "A"), "- D: todo", "- D: second")
    moments.before = [lambda: put_by_rename(path, first)]
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    monkeypatch.undo()
    monkeypatch.setattr(exchange, "put", moments.put)
    moments.before = [lambda: put_by_rename(path, second)]
    written = run(path, take("C", "others"))
    assert path.read_bytes() == take("C", "others")(second)
    assert kept_aside(path, written.kept) == first


@pytest.mark.parametrize("point", ["before it is kept aside", "after"])
def test_death_while_one_of_two_edits_of_a_line_is_kept_aside(
    path: Path,
    moments: Moments,
    dying: None,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(take_of(BASE, "A"), "- B: todo", "- B: second")
    moments.before = [partial(put_by_rename, path, first), partial(put_by_rename, path, second)]

    create = beside.create

    def created(name: str, data: bytes, like: os.stat_result) -> None:
        if not Path(name).name.startswith("unmerged-"):
            create(name, data, like)
            return
        if point == "after":
            create(name, data, like)
        raise Killed

    monkeypatch.setattr(beside, "create", created)
    written = taken_up(path, monkeypatch)
    assert path.read_bytes() == take("C", "others")(first)
    kept = {path.parent.joinpath(".todo-tui", name).read_bytes() for name in litter(path)}
    assert kept == ({second} if point != "after" else {first, second})
    assert "is kept in" in (written.kept or "")


def test_what_is_kept_aside_is_said_with_a_refusal_too(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = edited(BASE, "- B: todo", "- B: first")
    second = edited(BASE, "- D: todo", "- D: second")
    moments.before = [lambda: put_by_rename(path, first)]
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    put_by_rename(path, second)
    monkeypatch.undo()
    with pytest.raises(TodoError) as caught:
        run(path, take("D", "others"))
    assert caught.value.code == "already_claimed"
    assert path.read_bytes() == second
    assert kept_aside(path, caught.value.message) == first


@pytest.mark.parametrize("step", ["link", "replace"])
@pytest.mark.parametrize("slips_in", [False, True])
def test_death_between_the_steps_of_a_system_that_needs_several(
    path: Path, dying: None, monkeypatch: pytest.MonkeyPatch, step: str, slips_in: bool
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    monkeypatch.setattr(exchange, "_swap", lambda: None)
    real = getattr(os, step)

    def last(one: str, other: str) -> None:
        real(one, other)
        if path in (Path(one), Path(other)):
            die()

    def put(fresh: str, there: str) -> int:
        if slips_in:
            put_by_rename(path, theirs)
        monkeypatch.setattr(os, step, last)
        return PUT(fresh, there)

    monkeypatch.setattr(exchange, "put", put)
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    placed = path.read_bytes()
    assert (placed == take_of(BASE, "A")) == (step == "replace")
    monkeypatch.undo()
    run(path, take("C", "others"))
    assert path.read_bytes() == take_of(theirs if slips_in else placed, "C", "others")
    assert litter(path) == []


def test_a_displaced_version_that_cannot_be_put_back_is_kept(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = edited(BASE, "- B: todo", "- B: them")
    later = edited(take_of(BASE, "A"), "- D: todo", "- D: later")
    moments.before = [lambda: put_by_rename(path, theirs)]
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    put_by_rename(path, later)
    monkeypatch.undo()
    written = run(path, take("C", "others"))
    assert path.read_bytes() == take("C", "others")(later)
    assert kept_aside(path, written.kept) == theirs


def test_what_a_commit_displaced_is_no_version_of_others(
    path: Path, moments: Moments, dying: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments.after = [die]
    with pytest.raises(Killed):
        run(path, take("A", "us"))
    assert len(litter(path)) == 1
    monkeypatch.undo()
    run(path, take("B", "us"))
    assert path.read_bytes() == take_of(take_of(BASE, "A"), "B")
    assert litter(path) == []
