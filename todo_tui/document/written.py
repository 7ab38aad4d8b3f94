"""How values and lines of fields are written: as YAML, or as Markdown has them.

Owns the style in which something is written, asked of what stands there. Must not know a dialect.
"""

from __future__ import annotations

from todo_tui.document.fieldlines import BLOCK, BULLET, value_of
from todo_tui.document.scalar import scalar, sequence
from todo_tui.document.syntax import (
    flow_list,
    is_scalar,
    line_end,
    lines,
    quoted,
    spelt,
    texts,
    unquoted,
)
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from todo_tui.document.entry import Field, Value

_COLON_END = expression(r"""["']?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?""")


def as_yaml(value: Value, *, like: str, flow: bool = False) -> str:
    """``value`` as YAML, in the style of the source ``like``: its quotes, its kind of list.

    ``flow``: inside braces.
    """
    if isinstance(value, tuple):
        return sequence(texts(value), like=like)
    text = value if isinstance(value, str) else ""
    return scalar(text, like=like if is_scalar(like) else "", flow=flow)


def as_text(value: Value, *, like: str = "") -> str:
    """``value`` on one line, in the style of the source ``like``: its quotes, its kind of list.

    In quotes as well where it would be read as something else without.
    """
    if isinstance(value, tuple):
        items = texts(value)
        listed = [_listed(item) for item in items]
        bare = "," in like and flow_list(like) is None and listed == list(items) and len(items) > 1
        return ", ".join(items) if bare else f"[{', '.join(listed)}]"
    text = value if isinstance(value, str) else ""
    if unquoted(like) is not None:
        return quoted(text, like[0])
    if value_of(text.strip()) != text or BLOCK.fullmatch(text):
        return quoted(text, '"')
    return text


def _listed(text: str) -> str:
    if text == text.strip() and text and not any(c in text for c in ",[]{}\"'"):
        return text
    return quoted(text, '"')


def listed(text: str) -> str:
    """``text`` as an item of a list of lines that is not YAML."""
    if not text or text != text.strip() or unquoted(text) is not None:
        return quoted(text, '"')
    return quoted(text, '"') if BULLET.match(text) or BLOCK.fullmatch(text) else text


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


def field_line(text: str, model: Field, names: Iterable[str], name: str, source: str) -> str:
    """A line that gives ``name`` the value ``source`` as the line of ``model`` gives its own."""
    line = model.lines.of(text)
    at = line.index(model.name)
    marks = _COLON_END.match(line, at + len(model.name))
    return f"{line[:at]}{spelt(name, names)}{marks[0] if marks else ':'} {source}".rstrip()
