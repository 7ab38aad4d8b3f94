"""How the board is drawn for this person on this terminal: theme, contrast, characters.

Owns what is decided at the start, from the settings, from what is remembered and from the
terminal, and what is kept of a choice at the screen. A theme that the settings name is the one of
every start: another is then for this time only.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from todo_tui.errors import TodoError
from todo_tui.tui import ascii as in_ascii
from todo_tui.tui import themes
from todo_tui.tui.readable import Readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.filter import LineFilter

    from todo_tui.storage.configuration import Configuration
    from todo_tui.storage.remembered import Remembered

_THEME: Final = "theme"
"""The name under which the theme is set, and remembered."""

_MONOCHROME: Final = re.compile(r"vt(52|1\d\d|2[02]\d|3\d\d|4\d\d)(-.*)?|.*-(m|mono)")
"""Names of terminals without colour, as the terminfo database has them."""


def monochrome(environ: Mapping[str, str]) -> bool:
    """Whether no colour may be sent: it is not wanted (no-color.org), or there is none."""
    return bool(environ.get("NO_COLOR") or _MONOCHROME.fullmatch(environ.get("TERM", "")))


class Looks:
    """The look of one run of the program."""

    def __init__(
        self,
        settings: Configuration,
        remembered: Remembered | None,
        environ: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._remembered = remembered
        self._environ = environ
        ascii_only = in_ascii.wanted(settings.ascii, environ)
        letters = in_ascii.utf8(environ)
        self._characters = [in_ascii.Ascii(letters=letters)] if ascii_only else []

    def begin(self, app: App[int]) -> None:
        """Give the application its themes, and the first one. Raises TodoError (``usage``)."""
        for theme in themes.OURS:
            app.register_theme(theme)
        known = app.available_themes
        set_ = self._settings.theme
        if set_ is not None and set_ not in known:
            raise self._unknown(set_, known)
        kept = None if self._remembered is None else self._remembered.word(_THEME)
        wanted = (set_, kept if kept in known else None, self._environ.get("TEXTUAL_THEME"))
        sixteen = app.console.color_system in (None, "standard")
        app.theme = themes.first(wanted, self._environ, sixteen=sixteen and not app.no_color)

    def filters(self, app: App[int]) -> list[LineFilter]:
        """What everything drawn passes."""
        plain = app.no_color or app.native_ansi_color
        contrast = [] if plain else [_readable(themes.ratio(app.theme))]
        return [*contrast, *self._characters]

    def keep(self, theme: str) -> str:
        """Remember a theme that was chosen; what to say about it. Raises TodoError (``disk``)."""
        if self._settings.theme not in (None, theme):
            return f"{theme}, this time only: the settings say theme = {self._settings.theme!r}"
        if self._remembered is not None:
            self._remembered.remember(_THEME, theme)
        return f"{theme}, from now on"

    def _unknown(self, name: str, known: Mapping[str, object]) -> TodoError:
        close = get_close_matches(name, known, n=1)
        meant = f"did you mean {close[0]}? " if close else ""
        words = f"there is no theme {name!r}: {meant}There are {', '.join(sorted(known))}."
        source = self._settings.source
        return TodoError("usage", words) if source is None else source.refuse(_THEME, words)


@lru_cache(4)
def _readable(ratio: float) -> Readable:
    return Readable(ratio)
