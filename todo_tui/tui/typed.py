"""What a person may type or paste: text without control characters, in widgets that keep them out.

Owns the two input widgets that all forms and prompts use. Must not know what is asked for.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


def begun(names: Iterable[str]) -> Callable[[str], str | None]:
    """Offers the first of ``names`` that begins with what was typed, in any case.

    None where what was typed is one of them: it may be meant as it is.
    """
    known = [(name.casefold(), name) for name in names]

    def offer(text: str) -> str | None:
        sought = text.casefold()
        found = [(folded, name) for folded, name in known if folded.startswith(sought)]
        if not sought or not found or any(folded == sought for folded, _ in found):
            return None
        return found[0][1]

    return offer


class LineInput(Input):
    """An input of one line that nothing but text gets into.

    ``offer`` finds what a line may become: the rest of that stands behind what was typed, and is
    there before the next key.
    """

    offer: Callable[[str], str | None] | None = None

    @property
    def offered(self) -> str:
        """The whole line that is offered now; "" where none is."""
        return self._suggestion if len(self._suggestion) > len(self.value) else ""

    def take(self) -> None:
        """Have the line say what is offered."""
        if self.offered:
            self.value = self.offered
            self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        """What is typed, pasted or set, without control characters."""
        return typed_line(value)

    def watch_value(self, value: str) -> None:
        """Offer what it may become."""
        self._suggestion = (self.offer(value) if self.offer is not None else None) or ""


class TextInput(TextArea):
    """An input of many lines that nothing but text gets into."""

    def edit(self, edit: Edit) -> EditResult:
        """What is typed or pasted, without control characters."""
        edit.text = typed_text(edit.text)
        return super().edit(edit)
