"""How values are written as YAML.

Owns the style in which something is written, asked of what stands there. Must not know a dialect.
"""

from __future__ import annotations

from todo_tui.document.scalar import scalar, sequence
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


def block_list(text: str, field: Field, items: Sequence[str], write: Callable[[str], str]) -> str:
    """``items`` as the list of lines that stands in the place of ``field``'s value.

    An item that is there already keeps its line as it is, its comment included. ``write`` gives
    the source of a new one.
    """
    source = field.value_span.of(text)
    start = field.value_span.start
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    bullet = BULLET.match(source)
    lead = bullet[0] if bullet else "- "
    rows = [source[span.start : span.stop].strip() for span in lines(source)]
    old = field.value if isinstance(field.value, tuple) and len(field.value) == len(rows) else ()
    known = {item: row for item, row in zip(old, rows, strict=False) if isinstance(item, str)}
    end = line_end(text, field.value_span.stop)
    return (end + indent).join(known.get(item) or lead + write(item) for item in items)
