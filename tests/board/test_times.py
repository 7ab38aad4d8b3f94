"""Times as files write them: the usual way is read without the pattern, and no otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from todo_tui.board.times import _TIME, read_length, read_time, time_of, utc, write_time


def usual(places: list[tuple[int, str]]) -> str:
    text = list("2026-01-30T10:20:30Z")
    for place, character in places:
        text[place] = character
    return "".join(text)


MUTATED = st.lists(
    st.tuples(st.integers(0, 19), st.sampled_from("0123456789:TZ-+., z٣")), max_size=4
)


@given(MUTATED.map(usual))
@example("2026-01-30T24:00:00Z")
@example("2026-W05-1T10:00:00Z")
@example("0000-01-30T10:00:00Z")
def test_the_usual_way_is_read_as_the_pattern_reads_it(text: str) -> None:
    match = _TIME.fullmatch(text.strip())
    assert read_time(text) == (time_of(match) if match else None)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("1w", timedelta(weeks=1)),
        ("0s", timedelta(0)),
        ("999999999w", timedelta.max),
        ("1" * 5000 + "s", timedelta.max),
        ("", None),
        ("h", None),
        ("-1h", None),
        ("1.5h", None),
        ("٣h", None),
        ("2 h", None),
        ("2", None),
    ],
)
def test_a_length_of_time(text: str, length: timedelta | None) -> None:
    assert read_length(text) == length


@pytest.mark.parametrize(
    ("at", "text"),
    [(None, None), (datetime(2026, 1, 30, 10, 20, 30, tzinfo=UTC), "2026-01-30T10:20:30Z")],
)
def test_a_moment_that_is_not_known_is_none_in_words_either(
    at: datetime | None, text: str | None
) -> None:
    assert utc(at) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 22, 12, 33, 5, 999_999, tzinfo=UTC), "2026-11-22T12:33:05Z"),
        (datetime(999, 1, 2, tzinfo=UTC), "0999-01-02T00:00:00Z"),
        (datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "2025-12-31T23:00:00Z"),
        (datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(0))), "2026-01-01T01:00:00Z"),
    ],
)
def test_a_time_is_written_in_utc_to_the_second(moment: datetime, text: str) -> None:
    assert write_time(moment) == text
