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


def block_list(
    text: str,
    field: Field,
    items: Sequence[Value],
    write: Callable[[str], str],
    *,
    comments: bool,
) -> Edit:
    """The edit that makes ``items`` the list of lines that is the value of ``field``.

    An item that is there already keeps its lines as they are, its comments included: behind it, and
    above it up to the item before. ``write`` gives the source of a new one, which is a text.
    ``comments``: there are such lines, and deeper items are part of the one above.
    """
    start = text.rfind("\n", 0, field.value_span.start) + 1
    last = max(field.value_span.start, field.value_span.stop - 1)
    stop = text.find("\n", last) + 1 or len(text)
    end = line_end(text, stop)
    indent = text[start : field.value_span.start]
    bullet = BULLET.match(text, field.value_span.start)
    lead = indent + (bullet[0] if bullet else "- ")
    old = _chunks(text, Span(start, stop), len(indent), comments=comments)
    values = field.value if isinstance(field.value, tuple) else ()
    known: dict[Value, str] = {}
    kept = len(values) == len(old)
    if kept:
        for value, source in zip(values, old, strict=True):
            known.setdefault(value, source)
    rows = [
        known.get(item) or lead + write(item if isinstance(item, str) else "") for item in items
    ]
    if kept and len(items) == len(old) and items[-1] not in known and values[-1] not in items:
        rows[-1] += text[field.value_span.stop : stop].rstrip()  # another one in its place
    whole = "".join(row if row.endswith("\n") else row + end for row in rows)
    size = len(whole) - (0 if text[stop - 1] == "\n" else len(line_end(whole, len(whole))))
    return Edit(Span(start, stop), whole[:size])


def _chunks(text: str, span: Span, indent: int, *, comments: bool) -> list[str]:
    """The items of a list of lines, ``indent`` deep: the lines of each, and those above it.

    Lines that are less deep, or no item, go on with the one before. None where items that are read
    line by line (without ``comments``) stand at different depths.
    """
    found: list[str] = []
    above = ""
    for start, stop in lines(text, *span):
        line = text[start:stop]
        begin = len(line) - len(line.lstrip(" \t"))
        listed = BULLET.match(line) is not None
        if listed and begin != indent and not comments:
            return []
        if not found or (listed and begin == indent):
            found.append(above + line)
            above = ""
        elif not line.strip() or (comments and line[begin] == "#"):
            above += line
        else:
            found[-1] += above + line
            above = ""
    return [*found[:-1], found[-1] + above]
