"""How long ago, in the words of a card, of a line of text and of a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from todo_tui.board.age import age, ago, span
from todo_tui.board.evidence import length, release_reason

NOW = datetime(2026, 11, 22, 12, 33, tzinfo=UTC)
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.mark.parametrize(
    ("seconds", "word"),
    [
        (-5, "now"),
        (59, "now"),
        (MINUTE, "1m"),
        (HOUR - 1, "59m"),
        (HOUR, "1h"),
        (DAY - 1, "23h"),
        (DAY, "1d"),
        (14 * DAY - 1, "13d"),
        (14 * DAY, "2w"),
        (365 * DAY - 1, "52w"),
        (365 * DAY, "1y"),
        (800 * DAY, "2y"),
    ],
)
def test_an_age_is_told_in_whole_units(seconds: int, word: str) -> None:
    then = NOW - timedelta(seconds=seconds)
    assert age(then, NOW) == word
    assert ago(then, NOW) == ("just now" if word == "now" else f"{word} ago")
    assert age(None, NOW) == ""


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (-5, "less than a minute", "0m"),
        (59, "less than a minute", "0m"),
        (MINUTE, "1 min", "1m"),
        (HOUR - 1, "59 min", "59m"),
        (HOUR, "1 h", "1h 00m"),
        (2 * HOUR + 4 * MINUTE, "2 h 04 min", "2h 04m"),
        (DAY + 5 * HOUR, "29 h", "1d 5h"),
        (2 * DAY - 1, "47 h 59 min", "1d 23h"),
        (2 * DAY, "2 days", "2d 0h"),
        (3 * DAY + HOUR, "3 days", "3d 1h"),
    ],
)
def test_a_length_of_time(seconds: int, words: str, short: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
    assert length(timedelta(seconds=seconds)) == short


def test_a_reason_says_what_is_missing_for_how_long() -> None:
    assert release_reason("stale", NOW - timedelta(minutes=22), NOW) == (
        "claimed and not started for 22m, since 2026-11-22T12:11:00Z"
    )
    assert release_reason("silent", NOW - timedelta(days=3), NOW).startswith("no sign of life for")
