"""What is passed around between the parts of the board cannot be changed by one of them."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from todo_tui import board

MODULES = [
    importlib.import_module(f"{board.__name__}.{found.name}")
    for found in pkgutil.iter_modules(board.__path__)
]
VALUES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__ and is_dataclass(kind)
]


def test_there_are_such_values() -> None:
    assert VALUES


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__qualname__)
def test_a_value_refuses_another_field(kind: type) -> None:
    value: object = object.__new__(kind)
    for field in fields(kind):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)
