"""The look: glyphs, and one table of styles for each kind of terminal.

Owns every glyph and colour that is drawn cell by cell (the stylesheet has the rest). Colour only
repeats what a glyph or a word says. Must not know a task.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

from rich.style import Style
from textual.color import Color

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui import themes
from todo_tui.tui.readable import readable

if TYPE_CHECKING:
    from textual.app import App
    from textual.theme import Theme
    from textual.widget import Widget

BAR: Final = "▌"
PIPE: Final = "│"
HEAVY: Final = "━"
THIN: Final = "─"
AWAY: Final = "╌"
VIOLATION: Final = "▲"
STALE: Final = "◌"
BLOCKED: Final = "⊘"
FAULT: Final = "?"
CHANGED: Final = "•"
MARKED: Final = "◆"
LIVE: Final = "●"
OPEN: Final = "○"
CHECK: Final = "✓"
CROSS: Final = "✗"
LEFT: Final = "‹"
RIGHT: Final = "›"
UP: Final = "↑"
DOWN: Final = "↓"
MENU: Final = "≡"

PRIORITY: Final = {"critical": "!!!", "high": "!!", "medium": "!", "low": ""}

_DARK_HUES: Final = ("#7fb2f0", "#5cc8d7", "#7fcfa6", "#b79df0", "#e69ad0", "#a3b5cc")
_LIGHT_HUES: Final = ("#1f5fb0", "#0c7285", "#1d7a4f", "#6a3fc0", "#a02c86", "#4a5d78")
_ANSI_HUES: Final = ("blue", "cyan", "green", "magenta", "bright_blue", "bright_cyan")


class Look(NamedTuple):
    """The styles by what they say.

    ``text`` is a title, ``dim`` what stands around it, ``faint`` rules and separators, ``strong``
    a head; ``ground`` what is under all of them. ``accent`` is the focus, ``key`` a key's sign.
    ``good``, ``warn`` and ``bad`` are green, yellow and red. ``selected`` and ``flash`` are laid
    over the rows of a card, ``hover`` where the pointer is on it, ``match`` over what a filter
    found in it. ``hues`` are for names of agents: never yellow or red.
    """

    ground: Style
    text: Style
    dim: Style
    faint: Style
    strong: Style
    accent: Style
    key: Style
    good: Style
    warn: Style
    bad: Style
    selected: Style
    flash: Style
    hover: Style
    match: Style
    hues: tuple[Style, ...]

    def agent(self, name: str) -> Style:
        """The style for an agent's name: the same at each start, and on each machine."""
        return self.hues[crc32(name.encode("utf-8", "replace")) % len(self.hues)]


MONOCHROME: Final = Look(
    ground=Style(),
    text=Style(),
    dim=Style(dim=True),
    faint=Style(dim=True),
    strong=Style(bold=True),
    accent=Style(bold=True),
    key=Style(bold=True),
    good=Style(),
    warn=Style(bold=True),
    bad=Style(bold=True),
    selected=Style(reverse=True),
    flash=Style(bold=True),
    hover=Style(underline=True),
    match=Style(bold=True, underline=True),
    hues=(Style(),),
)
"""No colour at all: bold, dim and reverse."""

SIXTEEN: Final = Look(
    ground=Style(),
    text=Style(),
    dim=Style(dim=True),
    faint=Style(dim=True),
    strong=Style(bold=True),
    accent=Style(color="blue", bold=True),
    key=Style(bold=True),
    good=Style(color="green"),
    warn=Style(color="yellow"),
    bad=Style(color="red"),
    selected=Style(reverse=True),
    flash=Style(bold=True),
    hover=Style(underline=True),
    match=Style(bold=True, underline=True),
    hues=tuple(Style(color=name) for name in _ANSI_HUES),
)
"""The terminal's own palette."""


_KNOWN: dict[tuple[bool, bool | None, str], Look] = {}


def look(widget: Widget) -> Look:
    """The look of a widget's application: another object once its theme was changed."""
    app = widget.app
    key = app.no_color, app.ansi_color, app.theme
    known = _KNOWN.get(key)
    if known is None:
        known = _KNOWN[key] = _look(app)
    return known


def _look(app: App[object]) -> Look:
    if app.no_color:
        return MONOCHROME
    return SIXTEEN if app.native_ansi_color else look_of(app.current_theme)


def look_of(theme: Theme) -> Look:
    """The look in the colours of a theme that has real ones: all of its text can be read.

    Where a theme's colour has too little contrast on what lies under it, it is moved away from it.
    """
    colors = theme.to_color_system().generate()
    ground, front, primary, good = (
        Color.parse(colors[name]) for name in ("background", "foreground", "primary", "success")
    )
    selected, flash = ground.blend(primary, 0.24), ground.blend(good, 0.2)
    hover = ground.blend(front, 0.07)
    grounds = [_opaque(color) for color in (ground, selected, flash, hover)]
    ratio = themes.ratio(theme.name)

    def fore(color: Color, *, bold: bool | None = None) -> Style:
        return Style(color=readable(_opaque(color), grounds, ratio).rich_color, bold=bold)

    accent = primary.blend(front, 0.25)
    hues = _DARK_HUES if theme.dark else _LIGHT_HUES
    return Look(
        ground=Style(bgcolor=ground.rich_color),
        text=fore(front),
        dim=fore(ground.blend(front, 0.55)),
        faint=Style(color=ground.blend(front, 0.25).rich_color),
        strong=fore(front, bold=True),
        accent=fore(accent, bold=True),
        key=fore(accent, bold=True),
        good=fore(good),
        warn=fore(Color.parse(colors["warning"])),
        bad=fore(Color.parse(colors["error"]).blend(front, 0.2)),
        selected=Style(bgcolor=selected.rich_color),
        flash=Style(bgcolor=flash.rich_color),
        hover=Style(bgcolor=hover.rich_color),
        match=fore(accent, bold=True) + Style(underline=True),
        hues=tuple(fore(Color.parse(hue)) for hue in hues),
    )


def _opaque(color: Color) -> Color:
    """The colour in whole steps, as a terminal is told it."""
    return Color.from_rich_color(color.rich_color)
