"""Fields on a line each, read and written without YAML.

For the lists below headings, the lines below short items, and items that YAML refuses. Owns how a
value continues on deeper lines. Must not know where an entry begins or ends.
"""

from __future__ import annotations

from todo_tui.document import flat
from todo_tui.document.entry import Field
from todo_tui.document.span import Span
from todo_tui.document.syntax import (
    BLOCK,
    BULLET,
    flow_list,
    lines,
    quoted,
    spelt,
    texts,
    trimmed,
    unquoted,
)
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from todo_tui.document.entry import Value

KEY: Final = expression(
    r"""(?P<lead>[ \t]*(?:[-*+][ \t]+)?)(?P<bold>\*\*|__)?(?P<quote>["']?)"""
    r"""(?P<name>[^\s:#*"'`>|{}\[\],&!%@?-][^:\n"'`*]{0,60}?)(?P=quote)[ \t]*"""
    r"""(?:(?P<colon>:)(?P<close>\*\*|__)|(?P<close_first>\*\*|__)?[ \t]*:)(?=[ \t\r\n]|$)"""
)
"""A line that gives a field: its lead (indent and bullet), its name, and a colon."""

_COMMENT = expression(r"[ \t]#[^\n]*")
_COLON_END = expression(r"""["']?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?""")


class Open(NamedTuple):
    """A field that may still go on: where its first line and its value begin.

    ``column`` is that of its name, for the first field of an item.
    """

    name: str
    start: int
    value: int
    head: int  # the end of its first line
    column: int = 0


def width(text: str, start: int, stop: int) -> int:
    """The columns that the blanks from ``start`` to ``stop`` take; a tab goes to the next 4."""
    if "\t" not in text[start:stop]:
        return stop - start
    return len(text[start:stop].expandtabs(4))


def indent_of(text: str, start: int, stop: int) -> tuple[int, int]:
    """The columns of a line's indent, and the offset of its first other character."""
    at = start
    while at < stop and text[at] in " \t":
        at += 1
    return width(text, start, at), at


def read(text: str, at: int, *, strip_comments: bool, first: Open | None = None) -> list[Field]:
    """The fields on the lines of ``text`` from ``at`` on; ``first`` is one that is open already.

    A line deeper than the fields' own indent belongs to the field above it where that has no value
    on its own line, or where the line gives no field itself.
    """
    found: list[Field] = []
    current = first
    base = -1
    last = at
    for start, stop in lines(text, at):
        indent, begin = indent_of(text, start, stop)
        if begin >= stop or text[begin] in "\r\n":
            continue
        if strip_comments and text[begin] == "#":
            continue
        key = KEY.match(text, start, stop)
        below = False
        if current is not None and _waits(text, current):
            level = base if base >= 0 else current.column
            listed = current is not first and _listed(text, current.start)
            below = indent > level or (indent == level and not listed and _listed(text, start))
        if key is not None and balanced(key) and not below:
            if current is not None:
                found.append(close(text, current, last, strip_comments=strip_comments))
            current = Open(key["name"].rstrip(), start, key.end(), stop)
            base = indent if base < 0 else min(base, indent)
        last = stop
    if current is not None:
        found.append(close(text, current, last, strip_comments=strip_comments))
    return found


def balanced(key: re.Match[str]) -> bool:
    """Whether the bold marks of a field's name are none or a pair."""
    closing = key["close"] or key["close_first"]
    return key["bold"] == closing


def _listed(text: str, at: int) -> bool:
    """Whether the line at ``at`` begins with a bullet."""
    return BULLET.match(text, at) is not None


def _waits(text: str, current: Open) -> bool:
    value = text[current.value : current.head].strip()
    return not value or BLOCK.fullmatch(value) is not None


def close(text: str, field: Open, stop: int, *, strip_comments: bool) -> Field:
    """The field with its value, its lines ending at ``stop``."""
    inline = trimmed(text, field.value, field.head)
    if strip_comments:
        inline = _uncommented(text, inline)
    whole = Span(field.start, max(stop, field.head))
    source = inline.of(text)
    block = BLOCK.fullmatch(source) is not None
    if source and not block:
        return Field(field.name, value_of(source), inline, whole)
    nested = [
        piece
        for span in lines(text, field.head, whole.stop)
        if (piece := trimmed(text, *span)).stop > piece.start
    ]
    if not nested:
        at = field.value + (text[field.value : field.value + 1] in (" ", "\t"))
        return Field(field.name, "", Span(min(at, inline.start) if not source else at, at), whole)
    covered = Span(inline.start if block else nested[0].start, nested[-1].stop)
    value: Value
    if not block and BULLET.match(text, *nested[0]):
        value = tuple(_items(text, nested))
    else:
        value = "\n".join(piece.of(text) for piece in nested)
    return Field(field.name, value, covered, whole)


def _items(text: str, nested: list[Span]) -> list[str]:
    found: list[str] = []
    for piece in nested:
        bullet = BULLET.match(text, *piece)
        if bullet is not None:
            source = text[bullet.end() : piece.stop]
            quoted = unquoted(source)
            found.append(source if quoted is None else quoted)
        else:
            found[-1] = f"{found[-1]} {piece.of(text)}"
    return found


def _uncommented(text: str, span: Span) -> Span:
    source = span.of(text)
    if source[:1] in ("'", '"'):
        end = source.rfind(source[0])
        comment = _COMMENT.search(source, end)
    else:
        comment = _COMMENT.search(source)
    if comment is None:
        return span if not source.startswith("#") else Span(span.start, span.start)
    return trimmed(text, span.start, span.start + comment.start())


def value_of(source: str) -> Value:
    """What a value on one line says: a list in brackets, a text in quotes or marks, or a text."""
    listed = flow_list(source)
    if listed is not None:
        return listed
    quoted = unquoted(source)
    return source if quoted is None else quoted


def by_itself(text: str, field: Field) -> Field | None:
    """The field as YAML reads its lines alone; None where they are not one field's YAML."""
    lines = field.lines.of(text)
    whole = lines if lines[-1:] == "\n" else f"{lines}\n"
    found = flat.locate(whole)
    if found is None and whole.count("\n") > 1:
        from todo_tui.document import yaml

        try:
            found = yaml.locate(whole)
        except yaml.YamlError:
            return None
    if found is None or len(found) != 1 or found[0].name != field.name:
        return None
    return found[0].within(len(lines)).shift(field.lines.start)._replace(lines=field.lines)


def as_text(value: Value, *, like: str = "") -> str:
    """``value`` on one line, in the style of the source ``like``: its quotes, its kind of list.

    In quotes as well where it would be read as something else without.
    """
    if isinstance(value, tuple):
        items = texts(value)
        listed = [_in_line(item) for item in items]
        bare = "," in like and flow_list(like) is None and listed == list(items) and len(items) > 1
        return ", ".join(items) if bare else f"[{', '.join(listed)}]"
    text = value if isinstance(value, str) else ""
    if unquoted(like) is not None:
        return quoted(text, like[0])
    if value_of(text.strip()) != text or BLOCK.fullmatch(text):
        return quoted(text, '"')
    return text


def _in_line(text: str) -> str:
    if text == text.strip() and text and not any(c in text for c in ",[]{}\"'"):
        return text
    return quoted(text, '"')


def listed(text: str) -> str:
    """``text`` as an item of a list of lines that is not YAML."""
    if not text or text != text.strip() or unquoted(text) is not None:
        return quoted(text, '"')
    return quoted(text, '"') if BULLET.match(text) or BLOCK.fullmatch(text) else text


def field_line(text: str, model: Field, names: Iterable[str], name: str, source: str) -> str:
    """A line that gives ``name`` the value ``source`` as the line of ``model`` gives its own."""
    line = model.lines.of(text)
    at = line.index(model.name)
    marks = _COLON_END.match(line, at + len(model.name))
    return f"{line[:at]}{spelt(name, names)}{marks[0] if marks else ':'} {source}".rstrip()
