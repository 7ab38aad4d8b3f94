"""The three dialects: which text is an entry, and how each writes a field or a new entry.

Owns everything that differs between dialects, for reading and for writing. Must not know what a
field means: a dialect is told the name, the place and the value. Pairs of the short dialect whose
place is their name are called ``()`` (in round brackets) and ``[]`` (in square brackets).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.document import Document
    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Entry, Field, Value


class NewEntry(NamedTuple):
    """An entry to be written: ``fields`` in order, their names canonical (``assigned_agent``).

    A dialect spells a name as its neighbour does (``**Assigned Agent**``), where that has it.
    """

    id: str
    title: str
    fields: tuple[tuple[str, Value], ...]


def locate(entry: Entry) -> tuple[Field, ...]:
    """The fields of an entry with their spans, one for each of ``entry.pairs``, in their order."""
    raise NotImplementedError


def replace_value(entry: Entry, field: Field, value: Value, *, verbatim: bool = False) -> Edit:
    """Write ``value`` (text, or a list of texts) in the place of a field's.

    In the field's own quotes or list style where the value can stand so, else in the mildest style
    that keeps it what it is. ``verbatim`` writes the text as it stands (``null``, ``~``, nothing).
    The edit is relative to the entry's text.
    """
    raise NotImplementedError


def insert_field(entry: Entry, after: Field, name: str, value: Value) -> Edit:
    """Add a field on the line after ``after``, in that line's indent, marker, style and line end.

    ``name`` is canonical (``claimed_by``) and spelt in the style of the entry's other names.
    """
    raise NotImplementedError


def remove_field(entry: Entry, field: Field) -> Edit:
    """Take away a field's lines (in a one-line dialect, its brackets and the blank before them)."""
    raise NotImplementedError


def insert_entries(document: Document, after: int | None, new: Sequence[NewEntry]) -> Edit:
    """Put new entries after ``document.entries[after]``, in its dialect, indent and line end.

    None: in a new yaml fence at the end of the document, before the session history. The edit is
    relative to the document's text. Blank lines between items are as between the neighbours.
    """
    raise NotImplementedError
