"""The authority on YAML: ruamel's ``compose``, node text and marks, never constructed values.

Owns ruamel (the only file that imports it, and only when first needed) and how a scalar or a list
is written. A fresh instance reads each item. Must not read more than one item or mapping at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from todo_tui.document.entry import Field, Value


class YamlError(ValueError):
    """YAML refuses the text: ``message`` says why, ``offset`` (characters) where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def scan(text: str) -> tuple[tuple[str, Value], ...]:
    """The pairs of a list item's mapping, or of a mapping. Raises YamlError."""
    raise NotImplementedError


def locate(text: str) -> tuple[Field, ...]:
    """The same pairs as fields with spans relative to ``text``. Raises YamlError."""
    raise NotImplementedError


def scalar(value: str, *, like: str = "") -> str:
    """``value`` as a one-line YAML scalar that reads back as ``value`` and as a string.

    In the quotes of the source ``like`` where possible; plain only if ``like`` is plain (or empty)
    and the value can stand plain.
    """
    raise NotImplementedError


def sequence(values: tuple[str, ...], *, like: str = "") -> str:
    """``values`` as a flow list, items quoted as those of the source ``like`` are."""
    raise NotImplementedError
