"""Markdown as lines: what is drawn of it, where its links are, and that nothing in it acts."""

from __future__ import annotations

import pytest

from todo_tui.shown import shown, width
from todo_tui.tui.look import MONOCHROME
from todo_tui.tui.markdown import rendered


def drawn(text: str, room: int = 40) -> list[str]:
    return [
        "".join(piece.text for piece in line) for line in rendered(text, room, MONOCHROME).lines
    ]


def links(text: str, room: int = 40) -> list[tuple[str, str]]:
    found = rendered(text, room, MONOCHROME)
    return [
        (
            "".join(piece.text for piece in found.lines[stop.line][stop.first : stop.last]),
            stop.value,
        )
        for stop in found.stops
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo", ["one two"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("# Head #\nwords", ["Head", "words"]),
        ("- a\n  goes on\n- [x] b\n  * c\n1. d", ["• a goes on", "[x] b", "  • c", "1. d"]),
        ("> said", ["│ said"]),
        ("---", ["─" * 20]),
        ("```py\nx = 1\n\n  # no head\n```\nend", ["  x = 1", "  ", "    # no head", "end"]),
        ("~~~\nnever closed", ["  never closed"]),
        ("| a | b |\n|---|---|", ["| a | b |", "|---|---|"]),
        ("**bold** _weak_ `co*de*` 2*3*4 a_b_c", ["bold weak co*de* 2*3*4 a_b_c"]),
        ("a [b] c ** d", ["a [b] c ** d"]),
        ("<b>no</b> &amp;", ["<b>no</b> &amp;"]),
    ],
)  # fmt: skip
def test_blocks_and_marks(text: str, lines: list[str]) -> None:
    assert drawn(text) == lines


def test_words_are_broken_at_blanks_and_lists_hang() -> None:
    assert drawn("- one two three four", 12) == ["• one two", "  three four"]
    assert drawn("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_links_show_their_targets() -> None:
    text = "see [the docs](https://example.org/a) and <https://b.example>, http://c.example/x."
    assert links(text, 100) == [
        ("the docs", "https://example.org/a"),
        ("https://b.example", "https://b.example"),
        ("http://c.example/x", "http://c.example/x"),
    ]
    assert "the docs (https://example.org/a)" in drawn(text, 100)[0]


def test_a_link_over_several_lines_is_one_place() -> None:
    found = rendered("[one two three](https://x.example)", 8, MONOCHROME)
    assert len(found.stops) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b]0;title\x07b \x1b[2J **\x9b31m**",
        "[click](javascript:alert\u202e1)",
        "- \u200f\u2066x\u2069\n> \r\r\n`\x00`",
        "```\n\x1b[31mred\n```",
    ],
)
def test_hostile_text_is_made_safe(text: str) -> None:
    for line in drawn(text):
        assert shown(line) == line


@pytest.mark.parametrize("room", [8, 11, 40])
def test_no_line_is_wider_than_the_room(room: int) -> None:
    text = (
        "# 日本語のとても長い見出し\n- ❤️ emoji and "
        + "w" * 50
        + "\n\n| "
        + "c" * 60
        + " |\n```\n"
        + "v" * 99
    )
    assert all(width(line) <= room for line in drawn(text, room))


def test_a_bomb_of_marks_takes_no_time() -> None:
    assert drawn("*_[(`" * 4000)
    assert drawn("[" * 20000)
    assert drawn("**a" * 8000)
