"""What a person may type or paste: text without control characters, in widgets that keep them out.

Owns the two input widgets that all forms and prompts use. Must not know what is asked for.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.document._document import EditResult
    from textual.document._edit import Edit

_JOINERS: Final = "\u200c\u200d"
_REFUSED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def typed_line(text: str) -> str:
    """``text`` as one line: line ends and tabs become blanks, other control characters go."""
    return "".join(" " if c in "\n\t" else c for c in text.replace("\r\n", "\n") if _fit(c))


def typed_text(text: str) -> str:
    """The same, lines kept; a tab becomes four blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(c for c in text if _fit(c))


def _fit(c: str) -> bool:
    return c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _REFUSED


def can_be_typed(text: str) -> bool:
    """Whether a text from a file can be put into a widget as it is, and comes back the same."""
    return typed_text(text) == text


class LineInput(Input):
    """An input of one line that nothing but text gets into."""

    def validate_value(self, value: str) -> str:
        """What is typed, pasted or set, without control characters."""
        return typed_line(value)


class TextInput(TextArea):
    """An input of many lines that nothing but text gets into."""

    def edit(self, edit: Edit) -> EditResult:
        """What is typed or pasted, without control characters."""
        edit.text = typed_text(edit.text)
        return super().edit(edit)
