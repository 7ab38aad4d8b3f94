"""The whole file as text and entries, lossless.

Owns: decoding and encoding, which text is an entry and which entry is whose group, the sections
of the session history, the faults of the text itself, reuse of what did not change since the
previous document. Must not: know what a status is, touch the disk, convert a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from todo_tui.document.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Entry
    from todo_tui.errors import Location


class NotTextError(ValueError):
    """The bytes are not a text file (they hold a NUL). ``offset`` is that of the first, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"not a text file: byte {offset} is NUL")
        self.offset = offset


class TextFault(NamedTuple):
    """Something in the text that cannot be read, as an offset into the whole text."""

    code: Literal["invalid_item", "unreadable_fence", "conflict"]
    message: str
    offset: int


class HistoryItem(NamedTuple):
    """One list item of a session history section.

    ``span`` covers its whole lines (continuation lines too), line end included; ``text`` is what
    stands after the bullet on those lines, bold marks kept, continuation lines joined by a blank.
    """

    span: Span
    text: str


class HistorySection(NamedTuple):
    """One session history section: its heading's span and its list items in file order.

    ``end`` is where an item could be appended after the last one (or after the heading and its
    blank line where there is none): the start of a line, or the end of the text.
    """

    heading: Span
    items: tuple[HistoryItem, ...]
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """A decoded file. ``entries`` are in file order, groups before their members.

    ``starts[i]`` is the offset of ``entries[i].text`` in ``text`` (offsets are characters);
    ``parents[i]`` is the index in ``entries`` of its group, or -1. A group's entry has the pairs of
    the mapping without the list of members. ``scopes[i]`` names the fence or section that an entry
    stands in: equal numbers, same fence (or, outside fences, same section under a heading).
    ``unread`` counts what looks like tasks of a kind that is out of scope, by name
    (``checkboxes``, ``front_matter``, ``statuses_by_section``).
    """

    text: str
    entries: tuple[Entry, ...]
    starts: tuple[int, ...]
    parents: tuple[int, ...]
    scopes: tuple[int, ...]
    sections: tuple[HistorySection, ...]
    faults: tuple[TextFault, ...]
    unread: dict[str, int]

    @staticmethod
    def decode(data: bytes, previous: Document | None = None) -> Document:
        """Read ``data``; what did not change since ``previous`` is taken over, not read again.

        Never raises for text of any content. Raises NotTextError where a NUL byte occurs.
        """
        raise NotImplementedError

    def encode(self) -> bytes:
        """The very bytes that were decoded."""
        raise NotImplementedError

    def splice(self, edits: Iterable[Edit]) -> Document:
        """The document after ``edits``, read again where it changed only."""
        raise NotImplementedError

    def location(self, offset: int) -> Location:
        """Line, column and source line of ``offset`` (characters)."""
        raise NotImplementedError

    def line(self, offset: int) -> int:
        """The line of ``offset``, from 1."""
        raise NotImplementedError

    def insert_history(self, section: int | None, time: str, text: str, *, first: bool) -> Edit:
        """Add an item ``TIME: text`` to ``sections[section]``, at its top (``first``) or its end.

        With the list's own bullet, bold and line end. None: in a section that is made at the end
        of the text, or before a fence or comment that is never closed.
        """
        raise NotImplementedError
