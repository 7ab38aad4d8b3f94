"""The themes that are ours, and which one a board begins with.

Owns their colours. What is derived from a theme, ours or another, is in ``look``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import Theme

from todo_tui.tui.readable import AA, AAA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _theme(name: str, signals: str, grounds: str, *, dark: bool) -> Theme:
    """A theme: primary (and accent), secondary, warning, error, success; text, and what is below.

    That is the background, the surface and the panel.
    """
    primary, secondary, warning, error, success = signals.split()
    foreground, background, surface, panel = grounds.split()
    return Theme(
        name,
        primary=primary,
        secondary=secondary,
        accent=primary,
        warning=warning,
        error=error,
        success=success,
        foreground=foreground,
        background=background,
        surface=surface,
        panel=panel,
        dark=dark,
    )


DARK: Final = _theme(
    "todo-dark",
    "#7fa9ee #8fb8c4 #e3bd66 #f0877d #8ccb97",
    "#dde2ea #12161c #191f27 #222934",
    dark=True,
)
LIGHT: Final = _theme(
    "todo-light",
    "#2456b3 #2f6474 #855700 #b3261e #1f6638",
    "#1f242c #fbfaf6 #f3f1ea #e8e5dc",
    dark=False,
)
HIGH_CONTRAST: Final = _theme(
    "todo-high-contrast",
    "#5ee0ff #ffffff #ffe24d #ffa69e #7dff9b",
    "#ffffff #000000 #000000 #1c1c1c",
    dark=True,
)

OURS: Final = (DARK, LIGHT, HIGH_CONTRAST)

SIXTEEN_COLOURS: Final = "ansi-dark"
"""The theme that sends the terminal's own colours."""

_LIGHT_GROUNDS: Final = frozenset({"7", "15"})


def ratio(theme: str) -> float:
    """The contrast that text has in the theme of this name."""
    return AAA if theme == HIGH_CONTRAST.name else AA


def first(wanted: Iterable[str | None], environ: Mapping[str, str], *, sixteen: bool) -> str:
    """The theme to begin with: the first that is ``wanted``, else one for the terminal.

    ``sixteen``: it has no more colours than that. Where ``COLORFGBG`` says that its ground is
    light, the light one.
    """
    for name in wanted:
        if name is not None:
            return name
    if sixteen:
        return SIXTEEN_COLOURS
    light = environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_GROUNDS
    return LIGHT.name if light else DARK.name
