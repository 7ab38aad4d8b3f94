"""Regular expressions that are compiled when they are first used.

The modules of a command hold a hundred of them, of which it uses none where its file is written
plainly. To compile them all takes as long as to start Python, and to load the library for it half
as long. Must not know what an expression is for.
"""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    import re

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


def expression(source: str) -> re.Pattern[str]:
    """``re.compile(source)``, as late as can be; ``re.error`` is raised then, too."""
    return cast("re.Pattern[str]", _Expression(source))


class _Expression:
    """A pattern's methods; from its first use on they are the compiled pattern's own."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        import re

        compiled = re.compile(self._source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
