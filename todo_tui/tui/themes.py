"""The themes that are ours, and which one a board begins with.

Owns their colours. What is derived from a theme, ours or another, is in ``look``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import Theme

from todo_tui.tui.readable import AA, AAA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DARK: Final = Theme(
    name="todo-dark",
    primary="#7fa9ee",
    secondary="#8fb8c4",
    accent="#7fa9ee",
    warning="#e3bd66",
    error="#f0877d",
    success="#8ccb97",
    foreground="#dde2ea",
    background="#12161c",
    surface="#191f27",
    panel="#222934",
    dark=True,
)

LIGHT: Final = Theme(
    name="todo-light",
    primary="#2456b3",
    secondary="#2f6474",
    accent="#2456b3",
    warning="#855700",
    error="#b3261e",
    success="#1f6638",
    foreground="#1f242c",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e8e5dc",
    dark=False,
)

HIGH_CONTRAST: Final = Theme(
    name="todo-high-contrast",
    primary="#5ee0ff",
    secondary="#ffffff",
    accent="#5ee0ff",
    warning="#ffe24d",
    error="#ffa69e",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
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
