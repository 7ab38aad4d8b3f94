"""``typing.NamedTuple``, whose classes cost little to make.

The modules of a command define a hundred of them, and the library compiles code for each of their
annotations and for the class besides: together that took as long as to start Python. To a type
checker this is the library's own, and it behaves as that does.
"""

from __future__ import annotations

from todo_tui.static import TYPE_CHECKING, Any, Final

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    # The library's own: a property in C, where there is one.
    from collections import _tuplegetter

    class _Tuple(tuple):
        """What all named tuples have in common."""

        __slots__ = ()

        def __new__(cls, *values: Any, **named: Any) -> Any:
            if named or len(values) != len(cls._fields):
                values = _completed(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values: Any) -> Any:
            return cls(*values)

        def _replace(self, /, **named: Any) -> Any:
            found = [named.pop(*pair) for pair in zip(self._fields, self, strict=True)]
            if named:
                raise ValueError(f"Got unexpected field names: {list(named)!r}")
            return tuple.__new__(self.__class__, found)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            pairs = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({pairs})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _Maker(type):
        """Makes a class below ``NamedTuple`` one of tuples."""

        def __new__(cls, name: str, bases: Any, body: dict[str, Any]) -> Any:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = {}
            for at, field in enumerate(fields):
                if field in body:
                    defaults[field] = body[field]
                elif defaults:
                    raise TypeError(f"{name}: a field without a default follows one that has one")
                body[field] = _tuplegetter(at, None)
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = defaults
            body["__slots__"] = ()
            return type(name, (_Tuple,), body)

    class NamedTuple(metaclass=_Maker):
        """The base of named tuples in class syntax."""


def _completed(cls: Any, values: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """All values of a tuple of which some are given by name or by default."""
    fields: Final = cls._fields
    found = list(values)
    for field in fields[len(values) :]:
        if field in named:
            found.append(named.pop(field))
        elif field in cls._field_defaults:
            found.append(cls._field_defaults[field])
        else:
            raise TypeError(f"{cls.__name__}: no {field}")
    if named or len(found) > len(fields):
        raise TypeError(f"{cls.__name__}: too much given: {values!r} {named!r}")
    return found
