"""Colours repeat what glyphs and words say; without colour nothing is lost."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorType
from textual.theme import BUILTIN_THEMES

from tests.tui.desk import Desk, desk, task
from tests.tui.scenes import shop_with_faults
from todo_tui.tui.look import MONOCHROME, SIXTEEN, look_of

TASKS = [
    task("A-1", priority="critical"),
    task("B-1", status="claimed", agent="eng"),
    task("B-2", status="claimed", agent="eng@7f3a"),
    task("B-3", status="claimed", agent="qa"),
]


def colors(it: Desk) -> list[Color]:
    """All colours of the screen."""
    strips = it.app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    return [color for style in styles for color in (style.color, style.bgcolor) if color]


async def test_without_colour_no_colour_is_sent_and_the_selection_is_reversed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(shop_with_faults(), theme=None) as it:
        assert {color.type for color in colors(it)} == {ColorType.DEFAULT}
        assert "reverse" in it.style("Refuse a coupon")
        assert "reverse" not in it.style("Keep the cart")
        assert "bold" in it.style("todo")
        assert "bold" not in it.style("claimed")


async def test_sixteen_colours_are_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with desk(shop_with_faults(), theme="ansi-dark") as it:
        assert {color.type for color in colors(it)} <= {ColorType.DEFAULT, ColorType.STANDARD}
        assert "reverse" in it.style("Refuse a coupon")


async def test_the_screen_has_the_same_text_in_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    for theme in ("textual-dark", "textual-light", "ansi-dark", "nord"):
        async with desk(shop_with_faults(), theme=theme) as it:
            texts.append(it.text)
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(shop_with_faults(), theme=None) as it:
        texts.append(it.text)
    assert len(set(texts)) == 1


async def test_an_agent_has_one_colour_whatever_its_session() -> None:
    async with desk(TASKS) as it:
        assert it.style("@eng@7f3a") == it.style("@eng")
        assert it.style("@qa") != it.style("@eng")


@pytest.mark.parametrize("name", [name for name in BUILTIN_THEMES if not name.startswith("ansi")])
def test_agents_are_never_red_or_yellow(name: str) -> None:
    look = look_of(BUILTIN_THEMES[name])
    for style in (*look.hues, *SIXTEEN.hues):
        assert style.color is not None
        red, green, blue = style.color.get_truecolor()
        assert not (red > blue + 40 and red > green + 40)
        assert not (red > blue + 40 and green > blue + 40)


def test_every_look_can_tell_a_selection() -> None:
    for look in (MONOCHROME, SIXTEEN, look_of(BUILTIN_THEMES["textual-dark"])):
        assert look.selected != look.ground
