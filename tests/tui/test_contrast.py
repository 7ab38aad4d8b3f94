"""All text can be read in every theme: each style of the look, and whatever the screens draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tests.tui.desk import desk
from tests.tui.scenes import shop_with_faults
from todo_tui.tui import themes
from todo_tui.tui.look import look_of
from todo_tui.tui.readable import AA, Readable, contrast, readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.desk import Desk

THEMES: Final = {
    theme.name: theme for theme in (*BUILTIN_THEMES.values(), *themes.OURS) if not theme.ansi
}

WALKS: Final = (
    (),
    ("enter",),
    ("q", "question_mark"),
    ("q", "f"),
    ("q", "C"),
    ("escape", "ctrl+p"),
)
"""Keys from one screen to the next: board, task, help, faults, a question, the palette."""


def colour(found: object) -> Color:
    from rich.color import Color as RichColor

    assert isinstance(found, RichColor)
    return Color.from_rich_color(found)


@pytest.mark.parametrize("name", THEMES)
def test_every_style_of_the_look_can_be_read_on_every_ground(name: str) -> None:
    look = look_of(THEMES[name])
    grounds: dict[str, Style] = {}
    texts = {f"hue {at}": style for at, style in enumerate(look.hues)}
    for field, style in look._asdict().items():
        if isinstance(style, Style):
            (grounds if style.bgcolor is not None else texts)[field] = style
    assert {"ground", "selected", "flash"} <= set(grounds)
    assert {"text", "dim", "good", "warn", "bad", "accent", "key", "strong"} <= set(texts)
    del texts["faint"]  # rules and separators, no text
    for ground in grounds.values():
        for field, style in texts.items():
            found = contrast(colour(style.color), colour(ground.bgcolor))
            assert found >= themes.ratio(name), (field, found)


def pale(it: Desk, ratio: float) -> Iterator[tuple[str, float]]:
    """The words on the screen that have less contrast than they need."""
    for strip in it.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if not any(map(str.isalnum, text)):
                continue
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert style.color.type is style.bgcolor.type is ColorType.TRUECOLOR
            assert not style.dim, text
            found = contrast(colour(style.color), colour(style.bgcolor))
            if found < ratio:
                yield text, found


@pytest.mark.parametrize("name", THEMES)
async def test_every_word_that_is_drawn_can_be_read(name: str) -> None:
    async with desk(shop_with_faults(), (100, 30), theme=name) as it:
        for keys in WALKS:
            await it.press(*keys)
            assert list(pale(it, themes.ratio(name))) == [], keys


def test_contrast_is_what_the_guidelines_say() -> None:
    white, black, grey = Color.parse("#fff"), Color.parse("#000"), Color.parse("#777")
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#777777", "#b08000", "#204080"])
def test_a_colour_is_moved_until_it_can_be_read(ground: str) -> None:
    for text in ("#777777", "#ff0000", "#0000ff", "#ffff00"):
        moved = readable(Color.parse(text), [Color.parse(ground)])
        assert contrast(moved, Color.parse(ground)) >= AA


def test_only_words_in_real_colours_are_touched() -> None:
    pale = Style.parse("#333333 on #303030")
    segments = [
        Segment("\u2500\u2500", pale),
        Segment("a", Style.parse("red on blue")),
        Segment("b", Style.parse("default")),
        Segment("c", None),
        Segment("d", pale),
    ]
    done = Readable(AA).apply(segments, Color.parse("#303030"))
    assert done[:4] == segments[:4]
    assert done[4].style != pale
