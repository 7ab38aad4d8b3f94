"""What is said to type checkers alone: the names of ``typing`` that mean nothing to a program.

To a type checker they are the library's own. A program that runs needs next to nothing of them,
and to load the library takes a third of the time in which Python starts. Where they do something
while the program runs, as in a dataclass or a protocol that is asked for at run time, the library's
are to be imported.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Final, Literal, NoReturn, TypeAlias, cast, get_args
else:
    Any = Final = NoReturn = TypeAlias = None

    class Literal(tuple):
        """The alternatives of a literal type: ``Literal["a", "b"]``."""

        __slots__ = ()

        def __class_getitem__(cls, alternatives):
            """The type of these alternatives."""
            return cls(alternatives if type(alternatives) is tuple else (alternatives,))

    def cast(_type, value):
        """``value``, which is of that type."""
        return value

    def get_args(literal):
        """The alternatives of a literal type."""
        return tuple(literal)


__all__ = [
    "TYPE_CHECKING",
    "Any",
    "Final",
    "Literal",
    "NoReturn",
    "TypeAlias",
    "cast",
    "get_args",
]
