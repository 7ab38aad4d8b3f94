"""Rows and cards: exactly as wide as they are told to be, and as high as was counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.desk import NOW, task
from todo_tui.board.age import age, ago
from todo_tui.board.board import board_of
from todo_tui.shown import shown, width
from todo_tui.tui.card import Density, Frame, Light, Trouble, card_of, draw, heights
from todo_tui.tui.look import MONOCHROME
from todo_tui.tui.row import Piece, row
from todo_tui.tui.wrap import folded, wrapped

TEXT = st.text(st.characters(), max_size=60) | st.text("ab 漢é\u0301👩‍", max_size=80)
PIECES = st.lists(TEXT.map(lambda text: Piece(shown(text), MONOCHROME.text)), max_size=5)


@given(TEXT.map(shown), st.integers(2, 60))
def test_wrapping_loses_no_word_and_keeps_the_width(text: str, room: int) -> None:
    rows = wrapped(text, room)
    assert rows
    assert all(width(line) <= room for line in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@given(TEXT.map(shown), st.integers(2, 60))
def test_a_title_is_one_row_where_it_fits_and_two_where_not(text: str, room: int) -> None:
    rows = folded(text, room)
    assert len(rows) == (1 if width(text) <= room else 2)
    assert all(width(line) <= room for line in rows)


@given(PIECES, PIECES, st.integers(1, 80))
def test_a_row_is_as_wide_as_it_is_told(left: list[Piece], right: list[Piece], room: int) -> None:
    strip = row(MONOCHROME, room, left, right)
    assert width(strip.text) == room == strip.cell_length


@given(
    st.tuples(TEXT, TEXT, TEXT),
    st.sampled_from(["todo", "claimed", "blocked", "done"]),
    st.integers(20, 70),
    st.sampled_from(Density),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_card_is_as_wide_and_high_as_was_counted(
    texts: tuple[str, str, str],
    status: str,
    room: int,
    density: Density,
    flags: tuple[bool, bool, bool],
) -> None:
    title, name, agent = texts
    made = task(name, title, status=status, agent=agent or None, needs=[agent], minutes=70)
    board = board_of([made])
    card = card_of(board, made, Trouble(), now=NOW, you="alice", changed=flags[0])
    light = Light(flags[1], False, flags[2])
    strips = draw(card, Frame(room, False, density, MONOCHROME), light)
    assert [len(strips)] == list(heights([made], lambda _: bool(card.marks), room, density))
    for strip in strips:
        assert width(strip.text) == room
    assert strips[0].text.startswith("▌" if flags[1] else " ")


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1m"),
        (timedelta(minutes=59, seconds=59), "59m"),
        (timedelta(hours=1), "1h"),
        (timedelta(hours=23, minutes=59), "23h"),
        (timedelta(days=1), "1d"),
        (timedelta(days=13, hours=23), "13d"),
        (timedelta(days=14), "2w"),
        (timedelta(days=364), "52w"),
        (timedelta(days=365), "1y"),
    ],
)
def test_ages(passed: timedelta, told: str) -> None:
    assert age(NOW - passed, NOW) == told
    assert ago(NOW - passed, NOW) == ("just now" if told == "now" else f"{told} ago")


def test_an_unknown_age_is_not_told() -> None:
    assert age(None, NOW) == ""
