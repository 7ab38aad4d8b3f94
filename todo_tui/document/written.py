"""How values are written as YAML.

Owns the style in which something is written, asked of what stands there. Must not know a dialect.
"""

from __future__ import annotations

from todo_tui.document.edit import Edit
from todo_tui.document.scalar import scalar, sequence
from todo_tui.document.span import Span
from todo_tui.document.syntax import BULLET, is_scalar, line_end, lines, texts
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from todo_tui.document.entry import Field, Value


def as_yaml(value: Value, *, like: str, flow: bool = False) -> str:
    """``value`` as YAML, in the style of the source ``like``: its quotes, its kind of list.

    ``flow``: inside braces.
    """
    if isinstance(value, tuple):
        return sequence(texts(value), like=like)
    text = value if isinstance(value, str) else ""
    return scalar(text, like=like if is_scalar(like) else "", flow=flow)


def is_block(value: Value) -> bool:
    """Whether a value is best written as a literal block: text of several lines.

    Unless it has the keys of a group, which would be taken for one where they stand in a group.
    """
    if not isinstance(value, str) or "\n" not in value:
        return False
    return not any(key in value for key in ("asks:", "odos:", "tems:"))


def text_block(text: str, indent: str) -> list[str]:
    """A text of several lines as a literal block: its mark, then its lines, ``indent`` deep."""
    rows = text.rstrip("\n").split("\n")
    mark = "|2" if rows[0][:1] == " " else "|"
    return [mark, *(f"{indent}  {row}".rstrip() for row in rows)]


def block_list(text: str, field: Field, items: Sequence[str], write: Callable[[str], str]) -> Edit:
    """``items`` as the list of lines that stands in the place of ``field``'s value.

    An item that is there already keeps its line as it is, its comment and those on the lines above
    it included. Behind the last of them stays what stood there. ``write`` gives the source of a new
    one.
    """
    start, stop = field.value_span
    last = field.value[-1] if isinstance(field.value, tuple) and field.value else None
    if last in items[:-1] and not text.endswith("\n", start, stop):
        line = text.find("\n", stop)
        stop = max(stop, start + len(text[start : None if line < 0 else line].rstrip()))
    source = text[start:stop]
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    bullet = BULLET.match(source)
    lead = bullet[0] if bullet else "- "
    end = line_end(text, stop)
    rows: list[str] = []
    above = ""
    for span in lines(source):
        row = source[span.start : span.stop].strip()
        if row.startswith("#"):
            above += row + end + indent
        else:
            rows.append(above + row)
            above = ""
    old = field.value if isinstance(field.value, tuple) and len(field.value) == len(rows) else ()
    known = {item: row for item, row in zip(old, rows, strict=False) if isinstance(item, str)}
    new = (end + indent).join(known.get(item) or lead + write(item) for item in items)
    return Edit(Span(start, stop), new)
