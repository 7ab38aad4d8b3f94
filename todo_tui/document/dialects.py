"""The three dialects: which text is an entry, and how each writes a field or a new entry.

Owns everything that differs between dialects, for reading and for writing. Must not know what a
field means: a dialect is told the name, the place and the value. Pairs of the short dialect whose
place is their name are called ``()`` (in round brackets) and ``[]`` (in square brackets).
"""

from __future__ import annotations

from functools import partial

from todo_tui.document import keyed
from todo_tui.document.edit import Edit
from todo_tui.document.entry import BRACKETS, Entry, NewEntry
from todo_tui.document.sections import block
from todo_tui.document.span import Span
from todo_tui.document.syntax import is_id, line_end
from todo_tui.document.written import as_yaml, block_list, is_block
from todo_tui.static import TYPE_CHECKING, Final

__all__ = [
    "NewEntry",
    "insert_entries",
    "insert_field",
    "locate",
    "remove_field",
    "replace_value",
]

from todo_tui.expression import expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.document import Document
    from todo_tui.document.entry import Field, Value

_BOX: Final = expression(r"\[[ xX]\]")
_NUMBER: Final = expression(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?")


def locate(entry: Entry) -> tuple[Field, ...]:
    """The fields of an entry with their spans, one for each of ``entry.pairs``, in their order."""
    match entry.dialect:
        case "keyed":
            return keyed.locate(entry)
        case "heading":
            from todo_tui.document import heading

            return heading.locate(entry.text)
        case "short":
            from todo_tui.document import short

            return short.locate(entry.text) or ()


def read_again(entry: Entry, text: str) -> tuple[tuple[str, Value], ...] | None:
    """The pairs of an item of the dialect of ``entry`` with another text; None where it is none."""
    match entry.dialect:
        case "heading":
            from todo_tui.document import heading

            found = heading.read(text)
        case _:
            item = keyed.read(text)
            found = item if isinstance(item, Entry) else None
    return found.pairs if found is not None and found.dialect is entry.dialect else None


def flips(item: Entry, at: int, value: Value) -> bool:
    """Whether ``value`` differs from that of the field ``at`` by marks in boxes alone."""
    old = item.pairs[at][1]
    if isinstance(old, str) and "[" not in old:
        return False
    texts = [one if isinstance(one, tuple) else (one,) for one in (old, value)]
    cleared = [[_BOX.sub("[ ]", one) for one in each if isinstance(one, str)] for each in texts]
    return old != value and cleared[0] == cleared[1] and any(map(_BOX.search, cleared[0]))


def _is_number(text: str) -> bool:
    return text[-1:].isdigit() and _NUMBER.fullmatch(text) is not None


def takes_lines(entry: Entry) -> bool:
    """Whether a text of several lines can stand in a field of an entry, and of one like it."""
    return entry.dialect == "keyed" and entry.fault is None and not keyed.is_flow(entry.text)


def keeps_items(entry: Entry, at: int) -> bool:
    """Whether what stays of the list that is the value of the field ``at`` keeps its lines."""
    if entry.dialect != "keyed" or entry.fault is not None:
        return False
    return locate(entry)[at].value_span.of(entry.text).startswith("- ")


def replace_value(entry: Entry, field: Field, value: Value, *, verbatim: bool = False) -> Edit:
    """Write ``value`` (text, or a list of texts) in the place of a field's.

    A text of several lines ends with a line end, and stands only where ``takes_lines``.

    In the field's own quotes or list style where the value can stand so, else in the mildest style
    that keeps it what it is. ``verbatim`` writes the text as it stands (``null``, ``~``, nothing).
    The edit is relative to the entry's text. Raises ValueError for a text that cannot stand in the
    brackets of the short dialect (it has brackets itself).
    """
    text, span = entry.text, field.value_span
    source = span.of(text)
    if verbatim:
        new = value if isinstance(value, str) else ""
        if entry.dialect == "short" and field.name in BRACKETS:
            return Edit(span, new)
    elif entry.dialect == "keyed":
        if isinstance(value, str) and is_block(value):
            return keyed.put_lines(text, field, value)
        if isinstance(value, tuple) and value and source.startswith("- "):
            like = source[1:].partition("\n")[0].lstrip()
            write = partial(as_yaml, like=like)
            return block_list(text, field, value, write, comments=entry.fault is None)
        # Brackets behind a plain title alone would make the item short.
        alone = len(entry.pairs) == 1 and source[:1] not in ("'", '"')
        bracketed = alone and isinstance(value, str) and value[-1:] in (")", "]")
        # Deeper lines that are no value of the one above would go on with a plain one.
        below = text[span.stop : field.lines.stop].partition("\n")[2]
        runs_on = entry.fault is not None and below.strip()
        like = '"' if bracketed or runs_on else source
        new = as_yaml(value, like=like, flow=keyed.is_flow(text))
        if isinstance(value, str) and _is_number(source) and _is_number(value):
            new = value  # a number stays one
    elif isinstance(value, tuple) and value and "\n" in text[field.lines.start : span.start]:
        from todo_tui.document.fieldlines import listed

        return block_list(text, field, value, listed, comments=False)
    elif entry.dialect == "short":
        if field.lines.start == 0 or field.name in BRACKETS:
            from todo_tui.document import short

            return short.replace(text, field, value)
        new = as_yaml(value, like=source)
    elif field.lines.start == 0 and isinstance(value, str):
        from todo_tui.document import heading

        new = heading.written_title(text, field, value)
    else:
        from todo_tui.document.fieldlines import as_text

        new = as_text(value, like=source)
    if not new and entry.dialect != "keyed":
        # The deeper lines behind a value would be the value then.
        field = field._replace(value_span=Span(span.start, _stop_of_lines(text, field)))
    return _put(text, field, new)


def _stop_of_lines(text: str, field: Field) -> int:
    """Where the last of a field's lines ends, blank ones and the line end left out."""
    return max(field.value_span.stop, field.lines.start + len(field.lines.of(text).rstrip()))


def _put(text: str, field: Field, new: str) -> Edit:
    """The edit that writes ``new`` on one line, with the blanks that it needs around it."""
    start, stop = field.value_span
    key_stop = text.find("\n", field.lines.start, start)
    name = text.find(field.name, field.lines.start)
    colon = text.find(":", name + len(field.name))
    if 0 <= name < colon < key_stop:
        # The value stands below its key: it moves up, in front of a comment there.
        comment = text[colon + 1 : key_stop].rstrip()
        return Edit(Span(colon + 1, stop), f"{' ' * bool(new)}{new}{comment}")
    if new and new[0] != ":" and text[start - 1 : start] not in (" ", "\t"):
        new = f" {new}"
    if new and stop < len(text) and text[stop] not in " \t\r\n,}":
        new = f"{new} "
    if not new and text[stop : stop + 1] in ("", "\r", "\n"):
        while text[start - 1] in " \t":
            start -= 1
    if text[start:stop].endswith("\n"):
        new += line_end(text, stop)
    return Edit(Span(start, stop), new)


def insert_field(entry: Entry, after: Field, name: str, value: Value) -> Edit:
    """Add a field on the line after ``after``, in that line's indent, marker, style and line end.

    ``name`` is canonical (``claimed_by``) and spelt in the style of the entry's other names.
    """
    match entry.dialect:
        case "keyed":
            return keyed.insert(entry, locate(entry), after, name, value)
        case "heading":
            from todo_tui.document import heading

            return heading.insert(entry.text, locate(entry), after, name, value)
        case "short":
            from todo_tui.document import short

            return short.insert(entry.text, locate(entry), after, name, value)


def remove_field(entry: Entry, field: Field) -> Edit:
    """Take away a field's lines (in a one-line dialect, its brackets and the blank before them)."""
    text = entry.text
    start, stop = field.lines
    if field.name in BRACKETS and entry.dialect == "short":
        while text[start - 1] in " \t":
            start -= 1
    elif stop == len(text) and text[stop - 1] != "\n" and start:
        start -= len(line_end(text, start))
    return Edit(Span(start, stop), "")


def insert_entries(document: Document, after: int | None, new: Sequence[NewEntry]) -> Edit:
    """Put new entries after ``document.entries[after]``, in its dialect, indent and line end.

    None: in a new yaml fence at the end of the document, before the session history that ends it.
    The edit is relative to the document's text. What stands between items is as between the
    neighbours: blank lines, or a rule between headings.
    """
    from todo_tui.document import places

    text = document.text
    if after is None:
        return block(text, places.end_of_tasks(text, document.reading), fenced(new))
    entry, start = document.entries[after], document.starts[after]
    stop = start + len(entry.text)
    if entry.dialect == "heading":
        at = places.section_end(text, document.reading, start)
        between = places.between(document, after).splitlines() or [""]
    else:
        at = stop
        between = [""] * gap(document, after)
    lines: list[str] = []
    for one in new:
        lines += [*between, *composed(entry, one)]
    end = line_end(text, at)
    if at and text[at - 1] != "\n":
        return Edit(Span(at, at), "".join(end + line for line in lines))
    return Edit(Span(at, at), "".join(line + end for line in lines))


def composed(entry: Entry, new: NewEntry) -> list[str]:
    """The lines of a new entry in the dialect and style of ``entry``, without line ends."""
    if entry.dialect == "keyed":
        return keyed.composed(entry, new)
    if not is_id(new.id):
        return fenced((new,))
    if entry.dialect == "heading":
        from todo_tui.document import heading

        return heading.composed(entry.text, new)
    from todo_tui.document import short

    return short.composed(entry.text, new)


def fenced(new: Sequence[NewEntry]) -> list[str]:
    """The lines of a yaml fence with new entries in it, without line ends."""
    found = ["```yaml"]
    for number, one in enumerate(new):
        found += [*[""] * (number > 0), *keyed.composed(None, one)]
    return [*found, "```"]


def gap(document: Document, index: int) -> int:
    """How many blank lines stand between an entry and one next to it; none where it is alone."""
    for one in (index, index - 1):
        if 0 <= one < len(document.entries) - 1:
            stop = document.starts[one] + len(document.entries[one].text)
            between = document.text[stop : document.starts[one + 1]]
            if not between.strip():
                return between.count("\n")
    return 0
