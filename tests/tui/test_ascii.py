"""The board in ASCII: nothing else is drawn, and no cell moves."""

from __future__ import annotations

from pathlib import Path

import pytest

import todo_tui
from tests.tui.desk import desk, task
from tests.tui.scenes import shop_with_faults
from todo_tui.shown import shown, width
from todo_tui.storage.configuration import Configuration
from todo_tui.tui import look
from todo_tui.tui.ascii import GLYPHS, in_ascii, utf8, wanted

TUI = Path(todo_tui.__file__).parent / "tui"

ASCII = Configuration(ascii=True)


@pytest.mark.parametrize("keys", [(), ("enter",), ("f",), ("question_mark",), ("1", "d"), ("C",)])
async def test_every_screen_is_in_ascii_and_as_wide(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(shop_with_faults(), (80, 24)) as it:
        await it.press(*keys)
        full = it.rows
    monkeypatch.setenv("LC_ALL", "C")
    async with desk(shop_with_faults(), (80, 24)) as it:
        await it.press(*keys)
        assert it.text.isascii()
        assert [len(row) for row in it.rows] == [width(row) for row in full]


async def test_the_signs_are_those_of_the_table() -> None:
    async with desk(shop_with_faults(), (80, 24), settings=ASCII) as it:
        assert ">TASK_014" in it.text
        assert "* live" not in it.text
        assert "o live" in it.rows[0]
        assert " x TASK_011" in it.text
        assert "=====" in it.body[2]
        assert it.body[2].count("|") == 2


async def test_letters_stay_where_the_terminal_has_them() -> None:
    titles = [task("A-1", "Größe 漢字 → neu"), task("A-2", "x")]
    async with desk(titles, (80, 24), settings=ASCII) as it:
        assert "Größe 漢字 > neu" in it.text


async def test_letters_lose_their_marks_where_it_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    async with desk([task("A-1", "Größe 漢字 → neu")], (80, 24)) as it:
        assert "Gro?e ???? > neu" in it.text


def test_every_glyph_that_the_screens_draw_has_its_sign() -> None:
    drawn = {
        character
        for path in TUI.glob("*.py")
        if path.name != "ascii.py"
        for character in path.read_text(encoding="utf-8")
        if not character.isascii() and character not in look.__doc__
    }
    assert drawn - set(GLYPHS) == set()
    assert all(len(sign) == 1 and sign.isascii() for sign in GLYPHS.values())


@pytest.mark.parametrize("text", ["é", "ﬁ", "漢", "😀", "½", "═╬", "\u0301", "ẞ"])
def test_the_width_stays(text: str) -> None:
    safe = shown(text)
    assert len(in_ascii(safe, letters=False)) == width(safe)
    assert width(in_ascii(safe, letters=True)) == width(safe)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, True),
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "en_US.utf8"}, True),
        ({"LANG": "en_US"}, True),
        ({"LANG": "de_DE.ISO-8859-1@euro"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "POSIX"}, False),
    ],
)
def test_the_locale_says_whether_the_terminal_is_utf8(
    environ: dict[str, str], expected: bool
) -> None:
    assert utf8(environ) is expected
    assert wanted(None, environ) is not expected
    assert wanted(True, environ)
    assert not wanted(False, environ)
