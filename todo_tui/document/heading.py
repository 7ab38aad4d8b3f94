"""The heading dialect: ``### TASK_001: Title``, its fields the list directly below.

Owns where the list of fields ends, and how a field is written.
"""

from __future__ import annotations

from todo_tui.document import fieldlines, markdown
from todo_tui.document.entry import Entry, Field
from todo_tui.document.fieldlines import KEY, Open, as_text, balanced, close, field_line
from todo_tui.document.span import Span
from todo_tui.document.syntax import ID, insert_line, quoted, trimmed, unquoted
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import NewEntry, Value

_HEAD = expression(
    rf"(?m)[ ]{{0,3}}\#{{1,6}}[ \t]+(?P<bold>\*\*)?(?P<id>{ID})(?(bold)(?:\*\*)?)"
    r"(?:(?=[ \t]*\r?$)|[ \t]*:(?:\*\*)?(?=[ \t\r\n]|$)|[ \t]+[-–—](?=[ \t]))"
)
_MARKS = expression(r" {0,3}(#{1,6})")
_BULLET = expression(r"([ \t]*)[-*+][ \t]")
_FIELD = expression(r"[-*+] (?:\*\*)?[A-Za-z][a-z]")
"""What most lines of a list of fields begin with: no break, and no item of its own."""
_ITEM = expression(rf"""[ ]{{0,3}}[-*+][ \t]+["']?{ID}["']?[ \t]*:""")
_BREAK = expression(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})\r?\n?")


def is_head(text: str, at: int) -> bool:
    """Whether the line at ``at`` is a heading with an id."""
    return _HEAD.match(text, at) is not None


def extent(text: str, at: int) -> tuple[int, int]:
    """Where the entry whose heading is at ``at`` ends, without and with the blank lines after it.

    The list goes on over its items, over deeper lines, and over blank lines between these.
    """
    end = len(text)
    fields_stop = stop = text.find("\n", at) + 1 or end
    base = -1
    while stop < end:
        line_stop = text.find("\n", stop) + 1 or end
        if base <= 0 and _FIELD.match(text, stop) is not None:
            base = 0
            stop = fields_stop = line_stop
            continue
        indent, begin = fieldlines.indent_of(text, stop, line_stop)
        if begin >= line_stop or text[begin] in "\r\n":
            stop = line_stop
            continue
        if base < 0 or indent <= base:
            if (
                _BULLET.match(text, stop) is None
                or indent > 3
                or _BREAK.fullmatch(text, stop, line_stop)
                or _is_item(text, stop, line_stop)
            ):
                break
            base = max(base, indent)
        elif indent <= 3 and text.startswith(("```", "~~~", "<!--"), begin):
            break
        stop = fields_stop = line_stop
    return fields_stop, stop


def _is_item(text: str, at: int, stop: int) -> bool:
    """Whether the line ``at:stop`` begins an item of its own: short, or with a field below it."""
    if _ITEM.match(text, at, stop) is None:
        return False
    from todo_tui.document import short

    if short.locate(text[at:stop]) is not None:
        return True
    below = text.find("\n", stop) + 1 or len(text)
    indent, begin = fieldlines.indent_of(text, stop, below)
    key = KEY.match(text, stop, below)
    return key is not None and indent > 0 and text[begin] not in "-*+" and not key["bold"]


def read(text: str) -> Entry | None:
    """The entry that a heading and the list below it are; None where no field stands there."""
    fields = locate(text)
    if len(fields) < 2:
        return None
    pairs = tuple((field.name, field.value) for field in fields)
    return Entry(text, "heading", pairs, True)


def locate(text: str) -> tuple[Field, ...]:
    """The fields of a heading entry: the id with the title, then those of the list."""
    head = _HEAD.match(text)
    if head is None:
        return ()
    line_stop = text.find("\n") + 1 or len(text)
    title = trimmed(text, head.end(), line_stop)
    bare = title.of(text).rstrip("#")
    if not bare or bare[-1] in " \t":
        title = trimmed(text, title.start, title.start + len(bare))
    source = title.of(text)
    said = unquoted(source)
    title_field = Field(head["id"], source if said is None else said, title, Span(0, line_stop))
    return (title_field, *listed(text))


def first(text: str, at: int, counts: Callable[[str], bool]) -> Field | None:
    """The first field of the list below the heading at ``at`` whose name ``counts``."""
    stop, _ = extent(text, at)
    for opened, field_stop in _opened(text, markdown.line_stop(text, at), stop):
        if counts(opened.name):
            return close(text, opened, field_stop, strip_comments=False)
    return None


def listed(text: str) -> list[Field]:
    """The fields of the list below the heading that is the first line of ``text``."""
    line_stop = text.find("\n") + 1 or len(text)
    return [
        close(text, opened, stop, strip_comments=False)
        for opened, stop in _opened(text, line_stop, len(text))
    ]


def _opened(text: str, at: int, end: int) -> Iterator[tuple[Open, int]]:
    """The fields of the list between ``at`` and ``end``, and where the last line of each ends."""
    base = -1
    current: Open | None = None
    last = at
    stop = at
    while stop < end:
        start, stop = stop, text.find("\n", stop, end) + 1 or end
        indent, begin = fieldlines.indent_of(text, start, stop)
        if begin >= stop or text[begin] in "\r\n":
            continue
        if base < 0 or indent <= base:
            base = max(base, indent)
            if current is not None:
                yield current, last
            key = KEY.match(text, start, stop)
            current = None
            if key is not None and balanced(key):
                current = Open(key["name"].rstrip(), start, key.end(), stop, 0)
        last = stop
    if current is not None:
        yield current, last


def insert(text: str, fields: tuple[Field, ...], after: Field, name: str, value: Value) -> Edit:
    """The edit that adds a field below ``after``."""
    model = after if after != fields[0] else fields[1]
    names = [field.name for field in fields[1:]]
    at = after.lines.stop if after != fields[0] else fields[1].lines.start
    return insert_line(text, at, field_line(text, model, names, name, as_text(value)))


def written_title(text: str, title: Field, value: str) -> str:
    """``value`` for the place of the title, after a colon where none stands there."""
    source = title.value_span.of(text)
    new = as_text(value, like=source)
    if new.endswith("#"):
        new = quoted(value, '"')
    bare = text[: title.value_span.start].rstrip().endswith(title.name)
    return f": {new}" if bare and not source else new


def composed(text: str, new: NewEntry) -> list[str]:
    """The lines of a new entry, without line ends, in the style of the entry ``text``."""
    fields = locate(text)
    title = fields[0].value_span
    head = text[: title.start].replace(fields[0].name, new.id, 1)
    lead = head if head.strip().rstrip("*").endswith((":", "-", "–", "—")) else f"{head.rstrip()}: "
    found = [f"{lead.rstrip()} {written_title(text, fields[0], new.title).removeprefix(': ')}"]
    between = text[fields[0].lines.stop : fields[1].lines.start]
    found += [""] * between.count("\n")
    names = [field.name for field in fields[1:]]
    found += (
        field_line(text, fields[1], names, name, as_text(value)) for name, value in new.fields
    )
    return found


def level(text: str, at: int = 0) -> int:
    """The level of the heading whose line begins at ``at``."""
    found = _MARKS.match(text, at)
    return len(found[1]) if found else 0
