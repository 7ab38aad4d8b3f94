"""What is nearly an item though none is read: what it would say, and in what it differs.

Owns where such text stands (outside of items, history, comments and other fences) and how each kind
is recognised: another bullet, a mapping without one, what stands around the id, too deep a list, a
title that is no heading, fields that are no list. Must not know what a field means.
"""

from __future__ import annotations

from itertools import chain, pairwise

from todo_tui.document import fieldlines, flat, heading, keyed, markdown, short
from todo_tui.document.syntax import BULLET, ID, is_id, lines, trimmed
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from todo_tui.document.entry import Field, Value
    from todo_tui.document.gaps import Gap
    from todo_tui.document.reuse import Reading

Kind: TypeAlias = Literal[
    "bullet",  # a list item with another bullet
    "words",  # one with something between its bullet and its id, or without a colon
    "deep",  # one too far to the right
    "mapping",  # a mapping without a bullet
    "nested",  # one whose fields are the value of its id
    "id",  # an item or a heading whose id has other letters
    "title",  # a title with fields below it, underlined or bold
    "fields",  # a heading whose fields are no list
    "heading",  # a heading that gives no id
]
"""In what something differs from an item."""

_BRACKET: Final = r"\[[^\[\]\n]*\]|\([^()\n]*\)"
_EACH = expression(_BRACKET)
_OTHER: Final = rf"(?!{ID}(?![\w-]))(?=[\w-]*[^\W\d_])(?=[\w-]*[0-9])[^\W_]+(?:[_-][^\W_]+)+"
"""What would be an id, but for its letters: small ones, or others than A to Z."""
_LINE = expression(
    r"(?m)^(?P<indent>[ \t]*+)(?:(?P<bullet>[-*+]|[0-9]{1,9}[.)])[ \t])?"
    rf"(?P<lead>(?:{_BRACKET}|[*_`\"'{{ \t])*+)(?:(?P<id>{ID})(?![\w-])|(?P<field>[iI][dD]\b)"
    rf"|(?P<other>{_OTHER})(?![\w-]))"
    r"[*_`\"']*+(?:[ \t]*(?P<colon>:)[*_`]*+(?=[ \t\r\n]|\Z)|[ \t]+[-–—](?=[ \t])|(?=[ \t]+\"))"
)
"""A line that begins with an id, or with a field of that name, behind whatever marks."""
_TITLE = expression(
    r"(?m)^ {0,3}(?![-*+>|#][ \t|])(?P<title>[^ \t\r\n][^\n]*)\n {0,3}(?:=+|-+)[ \t]*\r?$"
    r"|^ {0,3}(?P<marks>\*\*|__)(?P<bold>[^ \t\r\n][^\n]*)(?P=marks):?[ \t]*\r?$"
)
"""A line that is underlined, and the line below it; or one that is bold as a whole."""
_HEAD = expression(
    rf" {{0,3}}\#{{1,6}}[ \t]+(?:\*\*)?(?P<id>{_OTHER})(?![\w-])"
    r"\*{0,2}(?:[ \t]*:|[ \t]+[-–—][ \t])"
)
"""A heading that begins with such an id."""
_WORD = expression(rf"(?<![\w-]){ID}(?![\w-])")
_BOX = expression(r"\[[ xX]?\]")
_DEEPEST: Final = 3
"""Blanks before an item of the body."""
_NEAR: Final = 100
"""Lines above a deep list in which it is looked for what that belongs to."""
_ANY: Final = "X-1"
"""An id, in the place of what is none."""
_MEMBERS: Final = frozenset(("tasks", "todos", "items"))


class Near(NamedTuple):
    """What would be an item with these pairs, and where it stands; ``name`` is its id."""

    kind: Kind
    offset: int
    name: str
    pairs: tuple[tuple[str, Value], ...]
    id_is_key: bool


def items(text: str, gaps: Iterable[Gap], word: str) -> Iterator[Near]:
    """All that is nearly an item and holds a bracket or ``word``, headings left out."""
    for start, stop, fenced in gaps:
        for line, below in pairwise(chain(_LINE.finditer(text, start, stop), (None,))):
            if line is None:
                break
            # What begins with an id is no field of the item above: each line is read once.
            limit = stop if below is None else below.start()
            found = None
            if line["other"] is not None:
                found = _other(text, line, limit, word)
            elif line["bullet"] is not None:
                found = _item(text, line, start, limit, fenced, word)
            elif line["colon"] and not line["lead"].strip("\"'"):
                found = _mapping(text, line, limit, fenced, word)
            if found is not None:
                yield found
        if not fenced:
            yield from _titles(text, start, stop, word)


def headings(text: str, reading: Reading, word: str) -> Iterator[Near]:
    """The headings without an item of theirs that hold an id, with a field ``word`` below them.

    Those within a session history are text.
    """
    known = set(reading.starts)
    for start, unit in zip(reading.unit_starts, reading.units, strict=True):
        if unit.kind != "heading" or start in known:
            continue
        line = text[start : markdown.line_stop(text, start)]
        if "-" not in line and "_" not in line:
            continue
        if 0 < unit.state.level < heading.level(line):
            continue
        offset = text.index("#", start)
        other = _HEAD.match(line)
        named = _WORD.search(line) if other is None else other
        if named is None:
            continue
        pairs: tuple[tuple[str, Value], ...]
        name = named[0]
        if other is not None:
            kind: Kind = "id"
            name = other["id"]
            pairs = _below(text, start, word)
        elif heading.is_head(text, start):
            kind = "fields"
            pairs = _plain_fields(text, start, word)
        else:
            kind = "heading"
            field = heading.first(text, start, lambda name: name.lower() == word)
            pairs = () if field is None else ((field.name, field.value),)
        if pairs:
            title = line[named.end() :].strip()
            yield Near(kind, offset, name, ((name, title), *pairs), True)


def place(near: Near) -> int:
    """Where in the text it stands."""
    return near.offset


def _item(
    text: str, line: re.Match[str], start: int, limit: int, fenced: bool, word: str
) -> Near | None:
    """The item that the line begins, if its bullet and what stands around its id were usual."""
    lead = line["lead"].strip(" \t")
    depth = fieldlines.width(text, line.start(), line.end("indent"))
    stop = _deeper_stop(text, line.end(), depth, limit)
    source = text[line.start() : stop]
    if not _may_count(source, word) or "](" in lead or _BOX.search(lead) is not None:
        return None
    deep = depth > _DEEPEST and not fenced
    if deep and not _in_list(text, line.start(), depth, start):
        return None
    first = text.find("\n", line.end(), stop) + 1 or stop
    begin = line.start("id") if line["field"] is None else line.start("field")
    brackets = _EACH.findall(lead)
    if "{" in lead:
        body = text[text.index("{", line.start("lead")) : stop]
    elif line["field"] is not None or (line["colon"] and not lead):
        body = text[begin:stop]
    else:
        title = trimmed(text, line.end(), first).of(text)
        body = f"{line['id']}: {' '.join((title, *brackets))}\n{text[first:stop]}"
    kind: Kind = "words"
    if not brackets and (line["colon"] and not lead.strip("{\"' \t")):
        kind = "bullet" if line["bullet"] != "-" else "deep"
    if kind == "deep" and not deep:
        return None
    pairs = _pairs(f"{line['indent']}- {body}")
    offset = line.end("indent")
    if pairs and is_id(pairs[0][0]):
        return Near(kind, offset, pairs[0][0], pairs, True)
    name = next((value for name, value in pairs if name.lower() == "id"), "")
    return Near(kind, offset, name, pairs, False) if name and isinstance(name, str) else None


def _other(text: str, line: re.Match[str], limit: int, word: str) -> Near | None:
    """The item that the line begins, if its id were one."""
    lead = line["lead"].strip(" \t")
    if line["bullet"] is None or not line["colon"] or lead not in ("", "{"):
        return None
    depth = fieldlines.width(text, line.start(), line.end("indent"))
    stop = _deeper_stop(text, line.end(), depth, limit)
    if not _may_count(text[line.start() : stop], word):
        return None
    pairs = _pairs(f"{line['indent']}- {lead}{_ANY}{text[line.end('other') : stop]}")
    if not pairs or pairs[0][0] != _ANY:
        return None
    name = line["other"]
    return Near("id", line.end("indent"), name, ((name, pairs[0][1]), *pairs[1:]), True)


def _pairs(source: str) -> tuple[tuple[str, Value], ...]:
    """The pairs of an item, by the authority where it is in braces alone: there are many."""
    entry = short.read(source)
    if entry is not None:
        return entry.pairs
    if keyed.is_flow(source):
        return keyed.pairs_of(source)[0]
    whole = source if source.endswith("\n") else f"{source}\n"
    return flat.scan(whole) or _as_pairs(keyed.by_line(source))


def _mapping(text: str, line: re.Match[str], limit: int, fenced: bool, word: str) -> Near | None:
    """The mapping without a bullet that the line begins: its fields level with it, or deeper."""
    depth = line.end("indent") - line.start()
    if depth > _DEEPEST and not fenced:
        return None
    stop = _mapping_stop(text, line.end(), depth, limit, fenced)
    below = text.find("\n", line.end(), stop) + 1 or stop
    source = text[below:stop]
    if word not in source.lower() or (not fenced and fieldlines.KEY.match(source) is None):
        return None
    value = trimmed(text, line.end(), below).of(text)
    others = _as_pairs(fieldlines.read(source, 0, strip_comments=True))
    if any(name.lower() in _MEMBERS for name, _ in others):
        return None
    title = fieldlines.value_of(value)
    offset = line.end("indent")
    if line["field"] is not None:
        pairs = ((line["field"], title), *others)
        return Near("mapping", offset, title, pairs, False) if isinstance(title, str) else None
    kind: Kind = "mapping" if value else "nested"
    return Near(kind, offset, line["id"], ((line["id"], title), *others), True)


def _titles(text: str, start: int, stop: int, word: str) -> Iterator[Near]:
    """The lines that are no heading in this format, with an id and with fields below them."""
    for line in _TITLE.finditer(text, start, stop):
        group = "bold" if line["title"] is None else "title"
        named = _WORD.search(text, *line.span(group))
        if named is not None:
            below = text.rfind("\n", 0, line.end()) + 1
            pairs = _below(text, below, word)
            if pairs:
                offset = line.start(group) if line["marks"] is None else line.start("marks")
                yield Near("title", offset, named[0], ((named[0], ""), *pairs), True)


def _plain_fields(text: str, at: int, word: str) -> tuple[tuple[str, Value], ...]:
    """The fields on the lines directly below the line at ``at``, that are no list."""
    stop = below = markdown.line_stop(text, at)
    for start, end in lines(text, below):
        if fieldlines.KEY.match(text, start, end) and not BULLET.match(text, start, end):
            stop = end
        elif stop > below or text[start:end].strip():
            break
        else:
            stop = below = end
    source = text[below:stop]
    if word not in source.lower():
        return ()
    return _as_pairs(fieldlines.read(source, 0, strip_comments=False))


def _below(text: str, at: int, word: str) -> tuple[tuple[str, Value], ...]:
    """The fields below the line at ``at``: a list as below a heading, or a line each."""
    stop, _ = heading.extent(text, at)
    if word in text[at:stop].lower():
        return _as_pairs(heading.listed(text[at:stop]))
    return _plain_fields(text, at, word)


def _as_pairs(fields: Iterable[Field]) -> tuple[tuple[str, Value], ...]:
    return tuple([(field.name, field.value) for field in fields])


def _may_count(source: str, word: str) -> bool:
    return "[" in source or word in source.lower()


def _deeper_stop(text: str, at: int, depth: int, limit: int) -> int:
    """Where the lines end that are deeper than ``depth``, below the line that ``at`` is in."""
    stop = text.find("\n", at, limit) + 1 or limit
    for start, end in lines(text, stop, limit):
        indent, begin = fieldlines.indent_of(text, start, end)
        if begin >= end or text[begin] in "\r\n":
            continue
        if indent <= depth:
            break
        stop = end
    return stop


def _mapping_stop(text: str, at: int, depth: int, limit: int, fenced: bool) -> int:
    """Where the mapping ends whose first line ``at`` is in; in the body with a blank line."""
    stop = text.find("\n", at, limit) + 1 or limit
    for start, end in lines(text, stop, limit):
        indent, begin = fieldlines.indent_of(text, start, end)
        if begin >= end or text[begin] in "\r\n":
            if not fenced:
                break
            continue
        level = text[begin] in "-*+." or _LINE.match(text, start, end) is not None
        if indent < depth or (indent == depth and level):
            break
        stop = end
    return stop


def _in_list(text: str, at: int, depth: int, limit: int) -> bool:
    """Whether the line at ``at``, so many columns deep, belongs to the item of a list above it."""
    for _ in range(_NEAR):
        if at <= limit:
            return False
        start = text.rfind("\n", limit, at - 1) + 1 or limit
        indent, begin = fieldlines.indent_of(text, start, at)
        if begin < at and text[begin] not in "\r\n" and indent < depth:
            return BULLET.match(text, start, at) is not None
        at = start
    return False
