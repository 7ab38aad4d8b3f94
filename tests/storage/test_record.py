"""The lock file's text: what is written is read, and what cannot be read is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.storage.record import SIZE, Holder, Pending, Record, parse, render
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
