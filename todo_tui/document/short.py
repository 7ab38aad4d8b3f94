"""The short dialect: ``- TASK_003: "title" (agent) [high] [todo]``, with or without lines below.

Owns which item is short and how one is written. Must not know what a bracket's word means.
"""

from __future__ import annotations

from todo_tui.document import fieldlines
from todo_tui.document.edit import Edit, apply
from todo_tui.document.entry import BRACKETS, Entry, Field
from todo_tui.document.span import Span
from todo_tui.document.syntax import ID, insert_line, quoted, spelt, texts, trimmed, unquoted
from todo_tui.document.written import as_yaml
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.document.entry import NewEntry, Value

_HEAD = expression(rf"[ \t]*[-*+][ \t]+(?P<id>{ID}):[ \t]*")
_QUOTED = expression(r'"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\n]|'')*'")
_BRACKET = r"\([^()\[\]\n]*\)|\[[^()\[\]\n]*\]"
_BRACKETS = expression(rf"[ \t]*(?:{_BRACKET})")
_RUN = expression(rf"(?:{_BRACKET})(?:[ \t]*(?:{_BRACKET}))*")
_EACH = expression(_BRACKET)
_ROW: Final = 2
"""Brackets behind a plain title from which on they are no part of its words."""


class Nearly(NamedTuple):
    """Brackets behind a title in which something is wrong: what they hold, and the place of that.

    ``quoted``: the title is in quotes, so that they cannot be a part of it.
    """

    pairs: tuple[tuple[str, str], ...]
    offset: int
    quoted: bool


def read(text: str) -> Entry | None:
    """The item as a short entry; None where it is none."""
    fields = locate(text)
    if fields is None:
        return None
    pairs = tuple((field.name, field.value) for field in fields)
    return Entry(text, "short", pairs, True)


def locate(text: str) -> tuple[Field, ...] | None:
    """The fields of a short item; None where the text is none.

    A title in quotes with brackets after it is no YAML, so such an item is short. After a plain
    title the brackets could be part of it: the item is short where no field stands below, and one
    of the brackets is square or holds a single word.
    """
    head = _HEAD.match(text)
    if head is None:
        return None
    stop = text.find("\n")
    line_stop = len(text) if stop < 0 else stop
    body_stop = line_stop
    while body_stop > head.end() and text[body_stop - 1] in " \t\r":
        body_stop -= 1
    quoted = _QUOTED.match(text, head.end(), body_stop)
    if quoted is not None:
        at = title_stop = quoted.end()
    else:
        at = title_stop = _plain_title_stop(text, head.end(), body_stop)
    brackets: list[Span] = []
    while at < body_stop:
        bracket = _BRACKETS.match(text, at, body_stop)
        if bracket is None:
            return None
        inner = bracket[0].lstrip(" \t")
        brackets.append(Span(bracket.end() - len(inner), bracket.end()))
        at = bracket.end()
    if not brackets and text[head.start() : head.end()].lstrip()[0] == "-":
        return None
    below = [
        fieldlines.by_itself(text, field) or field
        for field in fieldlines.read(text, line_stop + 1, strip_comments=False)
    ]
    if quoted is None and (below or not any(_tells(span.of(text)) for span in brackets)):
        return None
    if not brackets and not below:
        return None
    title = Span(head.end(), title_stop)
    source = title.of(text)
    value = unquoted(source)
    fields = [
        Field(
            head["id"],
            source if value is None else value,
            title,
            Span(0, min(line_stop + 1, len(text))),
        )
    ]
    for span in brackets:
        inside = Span(span.start + 1, span.stop - 1)
        name = text[span.start] + text[span.stop - 1]
        fields.append(Field(name, inside.of(text).strip(), inside, span))
    return (*fields, *below)


def nearly(text: str) -> Iterator[Nearly]:
    """The rows of brackets for which an item that is not short may have been meant to be.

    One row that directly follows a title in quotes, or any of two at least behind a plain one.
    """
    head = _HEAD.match(text)
    if head is None:
        return
    stop = len(text.partition("\n")[0].rstrip(" \t\r"))
    quoted = _QUOTED.match(text, head.end(), stop)
    if quoted is None:
        runs = list(_RUN.finditer(text, head.end(), stop))
    else:
        first = _RUN.match(text, trimmed(text, quoted.end(), stop).start, stop)
        runs = [] if first is None else [first]
    for run in runs:
        row = run[0]
        brackets = _EACH.findall(row)
        if quoted is None and (len(brackets) < _ROW or "](" in row):
            continue
        pairs = tuple((one[0] + one[-1], one[1:-1].strip()) for one in brackets)
        wrong = run.start() if run.end() == stop else run.end()
        while text[wrong] in " \t":
            wrong += 1
        yield Nearly(pairs, wrong, quoted is not None)


def is_quoted(text: str) -> bool:
    """Whether the title of a short item is in quotes."""
    head = _HEAD.match(text)
    return head is not None and _QUOTED.match(text, head.end()) is not None


def _plain_title_stop(text: str, start: int, stop: int) -> int:
    """Where a plain title ends: before the brackets that the line ends with."""
    at = stop
    while at > start and text[at - 1] in ")]":
        opening = text.rfind("(" if text[at - 1] == ")" else "[", start, at - 1)
        if opening < start or _BRACKETS.fullmatch(text, opening, at) is None:
            break
        at = opening
        while at > start and text[at - 1] in " \t":
            at -= 1
    return at


def _tells(bracket: str) -> bool:
    return bracket[0] == "[" or not any(c in " \t" for c in bracket[1:-1].strip())


def insert(text: str, fields: tuple[Field, ...], after: Field, name: str, value: Value) -> Edit:
    """The edit that adds a field on an indented line below ``after``, or below the first line."""
    below = [field for field in fields[1:] if field.name not in BRACKETS]
    if not below:
        indent = " " * (len(text) - len(text.lstrip(" ")) + 2)
        new = f"{indent}{spelt(name, ['Assigned Agent'])}: {_source(value)}".rstrip()
        at = fields[0].lines.stop
        edit = insert_line(text, at, new)
        title = fields[0].value_span
        if unquoted(title.of(text)) is not None:
            return edit
        # With a line below it, brackets after a plain title would be part of it.
        source = quoted(str(fields[0].value), '"')
        return Edit(Span(title.start, at), f"{source}{text[title.stop : at]}{edit.text}")
    model = after if after in below else below[0]
    new = fieldlines.field_line(text, model, [field.name for field in below], name, _source(value))
    at = after.lines.stop if after in below else fields[0].lines.stop
    return insert_line(text, at, new)


def replace(text: str, field: Field, value: Value) -> Edit:
    """The edit that writes ``value`` in a bracket, or in the place of the title.

    A plain title is put in quotes where what is a bracket or title would change without. Raises
    ValueError where a bracket cannot hold the value.
    """
    fields = locate(text) or ()
    title = fields[0].value_span
    quote = text[title.start] if unquoted(title.of(text)) is not None else ""
    said = in_brackets(value) if field.name in BRACKETS else str(value)
    new = quoted(said, quote) if quote and field.name not in BRACKETS else said
    edit = Edit(field.value_span, new)
    expected = [(one.name, said if one == field else one.value) for one in fields]
    found = locate(apply(text, [edit])) or ()
    if [(one.name, one.value) for one in found] == expected:
        return edit
    first = quoted(said if field == fields[0] else str(fields[0].value), quote or '"')
    if field == fields[0]:
        return Edit(title, first)
    span = Span(title.start, field.value_span.stop)
    return Edit(span, f"{first}{text[title.stop : field.value_span.start]}{new}")


def _source(value: Value) -> str:
    """A value on one line below: quoted as YAML has it, a list as ``flow_list`` reads it."""
    return fieldlines.as_text(value) if isinstance(value, tuple) else as_yaml(value, like="")


def in_brackets(value: Value) -> str:
    """``value`` as the inside of a bracket. Raises ValueError where that cannot hold it."""
    text = ", ".join(texts(value if isinstance(value, tuple) else (value,)))
    if any(c in "()[]\n" for c in text):
        raise ValueError(f"{text!r} cannot stand in brackets")
    return text


def composed(text: str, new: NewEntry) -> list[str]:
    """The lines of a new entry, without line ends, in the style of the entry ``text``.

    Fields called ``()`` and ``[]`` go in brackets behind the title, the others on lines below.
    """
    fields = locate(text) or ()
    title = fields[0].value_span
    head = text[: title.start].replace(fields[0].name, new.id, 1)
    line = head + quoted(new.title, "'" if title.of(text)[:1] == "'" else '"')
    for name, value in new.fields:
        if name in BRACKETS:
            line += f" {name[0]}{in_brackets(value)}{name[1]}"
    below = [field for field in fields[1:] if field.name not in BRACKETS]
    names = [field.name for field in below] or ["Assigned Agent"]
    indent = " " * (len(text) - len(text.lstrip(" ")) + 2)
    found = [line]
    for name, value in new.fields:
        if name in BRACKETS:
            continue
        if below:
            found.append(fieldlines.field_line(text, below[0], names, name, _source(value)))
        else:
            found.append(f"{indent}{spelt(name, names)}: {_source(value)}".rstrip())
    return found
