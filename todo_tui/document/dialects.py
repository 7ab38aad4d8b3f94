"""The three dialects: which text is an entry, and how each writes a field or a new entry.

Owns everything that differs between dialects, for reading and for writing. Must not know what a
field means: a dialect is told the name, the place and the value. Pairs of the short dialect whose
place is their name are called ``()`` (in round brackets) and ``[]`` (in square brackets).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from todo_tui.document import fieldlines, heading, keyed, short
from todo_tui.document.edit import Edit
from todo_tui.document.entry import Dialect
from todo_tui.document.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.document import Document
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
    match entry.dialect:
        case Dialect.KEYED:
            return keyed.locate(entry)
        case Dialect.HEADING:
            return heading.locate(entry.text)
        case Dialect.SHORT:
            return short.locate(entry.text) or ()


def replace_value(entry: Entry, field: Field, value: Value, *, verbatim: bool = False) -> Edit:
    """Write ``value`` (text, or a list of texts) in the place of a field's.

    In the field's own quotes or list style where the value can stand so, else in the mildest style
    that keeps it what it is. ``verbatim`` writes the text as it stands (``null``, ``~``, nothing).
    The edit is relative to the entry's text.
    """
    source = field.value_span.of(entry.text)
    if verbatim:
        return _put(entry.text, field, value if isinstance(value, str) else "")
    if entry.dialect is Dialect.KEYED:
        return _put(entry.text, field, keyed.written(value, like=source))
    return _put(entry.text, field, fieldlines.written(value, like=source))


def insert_field(entry: Entry, after: Field, name: str, value: Value) -> Edit:
    """Add a field on the line after ``after``, in that line's indent, marker, style and line end.

    ``name`` is canonical (``claimed_by``) and spelt in the style of the entry's other names.
    """
    match entry.dialect:
        case Dialect.KEYED:
            return keyed.insert(entry, locate(entry), after, name, value)
        case Dialect.HEADING:
            return heading.insert(entry.text, locate(entry), after, name, value)
        case Dialect.SHORT:
            return short.insert(entry.text, locate(entry), after, name, value)


def remove_field(entry: Entry, field: Field) -> Edit:
    """Take away a field's lines (in a one-line dialect, its brackets and the blank before them)."""
    start, stop = field.lines
    if field.name in ("()", "[]") and entry.dialect is Dialect.SHORT:
        while entry.text[start - 1] in " \t":
            start -= 1
    elif stop == len(entry.text) and entry.text[stop - 1] != "\n" and start:
        start -= 2 if entry.text.endswith("\r\n", 0, start) else 1
    return Edit(Span(start, stop), "")


def insert_entries(document: Document, after: int | None, new: Sequence[NewEntry]) -> Edit:
    """Put new entries after ``document.entries[after]``, in its dialect, indent and line end.

    None: in a new yaml fence at the end of the document, before the session history. The edit is
    relative to the document's text. Blank lines between items are as between the neighbours.
    """
    raise NotImplementedError


def _put(text: str, field: Field, written: str) -> Edit:
    span = field.value_span
    if span.start == span.stop and written and text[span.start - 1 : span.start] not in (" ", "\t"):
        written = " " + written
    return Edit(span, written)
