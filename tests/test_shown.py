from __future__ import annotations

import sys
import unicodedata
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from todo_tui.shown import cut, shown, width

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Mn", "Me", "Mc", "Cf", "Cc", "So"]),
        st.sampled_from(
            "a中e\u0301\u200d\ufe0f\U0001f3fd\U0001f1e9\u1112\u1161\u202e\x1b\x9b\udc80"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain words, 100%", "plain words, 100%"),
        ("Tâche prête — 中文", "Tâche prête — 中文"),
        ("a\tb\nc\u2028d\u2029e", "a b c d e"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\rb\x00\x7f", "a␍b␀␡"),
        ("\x9b31mred", "·31mred"),
        ("\x85", "·"),
        ("abc\u202etxt.exe", "abc·txt.exe"),
        ("zero\u200bwidth\ufeff\u00ad", "zero·width··"),
        ("bad \udcff byte", "bad · byte"),
        ("\ue000\U000f0000\u0378", "···"),
        ("❤\ufe0f 1\ufe0f\u20e3", "❤ 1"),
        ("👍\U0001f3fd", "👍"),
        ("👩\u200d💻", "👩💻"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
        ("\U0001f1e9\U0001f1ea", "DE"),
        ("\u0301a", "◌\u0301a"),
        ("\u200d\u0301", "◌\u0301"),
        ("e\u0301", "e\u0301"),
        ("a" + "\u0300" * 50 + "b", "a" + "\u0300" * 4 + "b"),
        ("\u1161", "◌\u1161"),
        ("a\u3164b\u115fc", "a·b·c"),
        ("☰", "·"),
        ("", ""),
    ],
)
def test_what_is_drawn(text: str, drawn: str) -> None:
    assert shown(text) == drawn


def test_every_character_is_safe_and_as_wide_as_the_screen_library_thinks() -> None:
    wrong = []
    planes = chain(range(0x40000), range(0xE0000, 0xE1000), (0xF0000, sys.maxunicode))
    for code in planes:
        drawn = shown("a" + chr(code))
        unsafe = any(
            unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in drawn
        )
        if unsafe or width(drawn) != cell_len(drawn):
            wrong.append(hex(code))
    assert wrong == []


@given(NASTY)
def test_any_text_is_safe_measured_and_settled(text: str) -> None:
    drawn = shown(text)
    assert drawn.isprintable() or all(
        c.isprintable() or unicodedata.category(c) == "Zs" for c in drawn
    )
    assert width(drawn) == cell_len(drawn)
    assert shown(drawn) == drawn


@given(NASTY, st.integers(-1, 30))
def test_a_cut_text_fits_and_is_a_beginning(text: str, cells: int) -> None:
    drawn = shown(text)
    part = cut(drawn, cells)
    assert width(part) <= max(cells, 0)
    if width(drawn) <= cells:
        assert part == drawn
    elif cells > 0:
        assert part.endswith("…")
        assert drawn.startswith(part[:-1])
        assert width(part) >= cells - 1


@pytest.mark.parametrize(
    ("text", "cells", "part"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("中文字", 6, "中文字"),
        ("中文字", 5, "中文…"),
        ("中文字", 4, "中…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301 noir", 5, "cafe\u0301…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_cutting_never_halves_a_character(text: str, cells: int, part: str) -> None:
    assert cut(text, cells) == part


def test_a_long_text_is_drawn_like_a_short_one() -> None:
    assert shown("\x1b" * 2000) == "␛" * 2000
