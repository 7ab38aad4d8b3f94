"""Regular expressions that are compiled when they are first used.

The modules of a command hold a hundred of them, of which it uses a third, and to compile them all
takes as long as to start Python. Must not know what an expression is for.
"""

from __future__ import annotations

import re

from todo_tui.static import Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(source, flags)``, as late as can be; ``re.error`` is raised then, too."""
    return cast("re.Pattern[str]", _Expression(source, flags))


class _Expression:
    """A pattern's methods; from its first use on they are the compiled pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
