"""Text that was there before, put back as it was: items, lines of the history, ids.

Owns where such a text goes. Must not know why it went.
"""

from __future__ import annotations

from todo_tui.document import dialects, places, sections
from todo_tui.document.edit import Edit, apply
from todo_tui.document.span import Span
from todo_tui.document.syntax import line_end
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.document import Document
    from todo_tui.document.entry import Entry, Field, Value
    from todo_tui.document.sections import HistorySection

_BOX: Final = expression(r"\[[ xX]\]")


def entry(document: Document, beside: int | None, source: str, *, behind: bool) -> Edit:
    """Put an item's exact text behind or before ``document.entries[beside]``, or at the end.

    Blank lines between the two are as many as the neighbour has to another one. At the end it
    stands in a yaml fence of its own, unless it is a heading.
    """
    text = document.text
    lines = source.removesuffix("\n").split("\n")
    if beside is None:
        if not source.lstrip().startswith("#"):
            lines = ["```yaml", *lines, "```"]
        at = places.end_of_tasks(text, document.reading)
        return sections.block(text, at, [line.removesuffix("\r") for line in lines])
    neighbour = document.entries[beside]
    gap = 1 if neighbour.dialect == "heading" else dialects.gap(document, beside)
    if not behind:
        at = document.starts[beside]
        end = line_end(text, at)
        whole = source if source.endswith("\n") else source + end
        return Edit(Span(at, at), whole + end * gap)
    at = dialects.insert_entries(document, beside, ()).span.start
    end = line_end(text, at)
    if at and text[at - 1] != "\n":
        return Edit(Span(at, at), end * (gap + 1) + source.removesuffix("\n").removesuffix("\r"))
    whole = source if source.endswith("\n") else source + end
    return Edit(Span(at, at), end * gap + whole)


def history(
    document: Document, section: HistorySection, at: int, new: Sequence[tuple[str, str]]
) -> Edit:
    """Put items (time and text) before the item ``at`` of a section, or behind its last."""
    return sections.insert(document.text, section, at, new)


def another_id(item: Entry, field: Field, task_id: str) -> Edit:
    """Write another id where an item's first key is its id."""
    name = item.pairs[0][0]
    at = item.text.rfind(name, 0, max(field.value_span.start, len(name)))
    return Edit(Span(at, at + len(name)), task_id)


def flipped(item: Entry, at: int, value: Value) -> Edit:
    """Write ``value``, which differs from that of the field ``at`` by the mark in one box.

    One character where that is enough; else the value is written anew.
    """
    field = dialects.locate(item)[at]
    for box in _BOX.finditer(item.text, *field.value_span):
        for mark in "x ":
            edit = Edit(Span(box.start() + 1, box.end() - 1), mark)
            found = dialects.read_again(item, apply(item.text, [edit]))
            if found is not None and len(found) == len(item.pairs) and found[at][1] == value:
                return edit
    return dialects.replace_value(item, field, value)
