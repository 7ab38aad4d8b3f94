"""The lock file's text: what is written is read, and what cannot be read is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.storage.record import (
    SIZE,
    Holder,
    Pending,
    Record,
    carried_name,
    draft_owner,
    is_carried_name,
    is_fresh_name,
    parse,
    render,
    unmerged_name,
)
from todo_tui.storage.steady import Stamp

NUMBER = st.integers(-(2**63), 2**64)
STAMP = st.builds(Stamp, NUMBER, NUMBER, NUMBER, NUMBER)
NAME = st.from_regex(r"new-[0-9]{1,7}-[0-9a-f]{1,8}", fullmatch=True)
RECORD = st.builds(
    Record,
    st.none() | st.builds(Holder, st.integers(0, 2**22), st.just("box"), st.just("T"), st.text()),
    st.none() | STAMP,
    st.none() | st.builds(Pending, NAME, STAMP, STAMP),
)


@given(RECORD)
def test_what_is_written_is_read(record: Record) -> None:
    text = render(record)
    read = parse(text)
    assert len(text) == SIZE
    assert read.last == record.last
    assert read.pending == record.pending
    assert (read.holder is None) == (record.holder is None)
    if read.holder and record.holder:
        assert read.holder[:3] == record.holder[:3]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record(data: bytes) -> None:
    assert isinstance(parse(data), Record)


@pytest.mark.parametrize(
    "line",
    [
        "pending ../../etc/passwd 1 2 3 4 5 6 7 8",
        "pending new-1-ab 1 2 3 4 5 6 7 8 9",
        "pending new-1-ab 1 2 3 4 5 6 7",
        "queue new-1-ab 1 2 3 4 5 6 7 8",
        "last 1 2 3",
        "last 1 2 3 x",
        "holder me box T what",
    ],
)
def test_a_line_that_is_not_ours_is_left_out(line: str) -> None:
    assert parse(line.encode()) == Record()


def test_words_of_a_holder_stay_on_their_line() -> None:
    text = render(Record(holder=Holder(1, "box", "T", "a\nlast 1 2 3 4\x1b[2J")))
    assert parse(text) == Record(holder=Holder(1, "box", "T", "a?last 1 2 3 4?[2J"))


def test_the_text_is_what_other_versions_read() -> None:
    record = Record(
        Holder(7, "box", "2026-11-22T12:33:00Z", "Claim by eng@1"),
        Stamp(1, 2, 3, 4),
        Pending("new-7-0f", Stamp(5, 6, 7, 8), Stamp(9, 10, 11, 12)),
    )
    text = (
        b"holder 7 box 2026-11-22T12:33:00Z Claim by eng@1\n"
        b"last 1 2 3 4\n"
        b"pending new-7-0f 5 6 7 8 9 10 11 12\n"
    )
    assert render(record) == text.ljust(1023) + b"\n"
    assert parse(render(record)) == record
    assert render(Record()) == b" " * 1023 + b"\n"


def test_a_long_word_of_a_holder_is_cut() -> None:
    read = parse(render(Record(Holder(1, "box", "T", "ab" * 60))))
    assert read.holder == Holder(1, "box", "T", "ab" * 50)


@pytest.mark.parametrize("broken", [b"last x", b"holder", b"pending new", b"\xff\xfe", b""])
def test_a_line_that_cannot_be_read_costs_itself_alone(broken: bytes) -> None:
    text = broken + b"\nlast 1 2 3 4\nholder 7 box T a b c\nlast 1\n"
    assert parse(text) == Record(Holder(7, "box", "T", "a b c"), Stamp(1, 2, 3, 4))


@pytest.mark.parametrize(
    ("name", "fresh", "carried"),
    [
        ("new-1-ab", True, False),
        ("new-1-0f9", True, False),
        ("new-1-AB", False, False),
        ("new-a-ab", False, False),
        ("new-1-ab0.md", False, False),
        ("a-new-1-ab", False, False),
        ("new-1", False, False),
        ("carried-1-ab", False, True),
        ("carried-1-ab~", False, False),
        ("carried-x-ab", False, False),
        ("draft-1-ab", False, False),
    ],
)
def test_which_names_are_ours(name: str, fresh: bool, carried: bool) -> None:
    assert (is_fresh_name(name), is_carried_name(name)) == (fresh, carried)


def test_the_names_that_one_file_is_given() -> None:
    assert carried_name("new-1-ab") == "carried-1-ab"
    assert unmerged_name("new-1-ab") == unmerged_name("carried-1-ab") == "unmerged-1-ab"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("draft-1-ab", 1),
        ("draft-0-ab", 0),
        ("draft-4194304-0f", 4194304),
        ("draft-123456789012345678-ab", 123456789012345678),
        ("draft-1234567890123456789-ab", None),
        ("draft-12", 12),
        ("draft--ab", None),
        ("draft-1x-ab", None),
        ("draft-\u0661-ab", None),
        ("draft-\u00b2-ab", None),
        ("drafts-1-ab", None),
        ("new-1-ab", None),
        ("draft", None),
    ],
)
def test_who_has_written_a_draft(name: str, owner: int | None) -> None:
    assert draft_owner(name) == owner
