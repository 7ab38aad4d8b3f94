"""A place in the file, shown to people: the source line, and a caret below the column."""

from __future__ import annotations

from todo_tui.shown import shown, width
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.errors import Location

_BEFORE: Final = 60
_BEHIND: Final = 60
"""Characters of a long source line that are kept on both sides of the column."""


def excerpt_lines(location: Location) -> list[str]:
    """Two lines; the caret stands below the character, however wide those before it are."""
    at = location.column - 1
    start = max(0, at - _BEFORE) if at > _BEFORE + 1 else 0
    stop = at + _BEHIND
    lead = ("…" if start else "") + shown(location.source[start:at])
    rest = shown(location.source[at:stop]) + ("…" if stop < len(location.source) else "")
    number = f"{location.line:>5} "
    return [f"{number}| {lead}{rest}", f"{' ' * len(number)}| {' ' * width(lead)}^"]
