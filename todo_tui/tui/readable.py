"""Contrast: colours of text moved as far from what is under them as it takes to be read.

Owns the arithmetic of the Web Content Accessibility Guidelines (2.2, success criteria 1.4.3 and
1.4.6), and the filter that everything drawn passes, whichever widget drew it. What holds no letter
or digit (rules, bars, separators) is left as it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

if TYPE_CHECKING:
    from collections.abc import Iterable

AA: Final = 4.5
"""The ratio that text needs."""

AAA: Final = 7.0
"""The ratio that it needs where contrast is to be high."""

_STEPS: Final = 50
_DIM: Final = 0.6
"""How much of its colour dim text keeps, where colours can be mixed."""


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: Color, grounds: Iterable[Color], ratio: float = AA) -> Color:
    """``color``, moved towards white or black until it has ``ratio`` on each of ``grounds``.

    Where none has it on all of them, the end that comes nearest.
    """
    under = list(grounds)

    def worst(candidate: Color) -> float:
        return min(contrast(candidate, ground) for ground in under)

    if worst(color) >= ratio:
        return color
    end = max((WHITE, BLACK), key=worst)
    for step in range(1, _STEPS):
        moved = Color.from_rich_color(color.blend(end, step / _STEPS).rich_color)
        if worst(moved) >= ratio:
            return moved
    return end


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


class Readable(LineFilter):
    """Gives all text that is drawn in real colours the contrast ``ratio``."""

    def __init__(self, ratio: float) -> None:
        super().__init__()
        self._ratio = ratio

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, those with words in another style where theirs cannot be read."""
        under = background.rgb if background.ansi is None else None
        return [
            Segment(text, _restyled(style, under, self._ratio), control)
            if style is not None and control is None and any(map(str.isalnum, text))
            else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


@lru_cache(4096)
def _restyled(style: Style, under: tuple[int, int, int] | None, ratio: float) -> Style:
    front, ground = style.color, style.bgcolor
    if front is None or front.type is not ColorType.TRUECOLOR:
        return style
    if ground is not None and ground.type is ColorType.TRUECOLOR:
        below = Color.from_rich_color(ground)
    elif ground is None and under is not None:
        below = Color(*under)
    else:
        return style
    color = Color.from_rich_color(front)
    if style.dim:
        color = Color.from_rich_color(below.blend(color, _DIM).rich_color)
    moved = readable(color, [below], ratio)
    if moved.rgb == Color.from_rich_color(front).rgb:
        return style
    return style + Style(color=moved.rich_color, dim=False)
