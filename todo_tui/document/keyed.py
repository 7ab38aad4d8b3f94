"""The keyed dialect: YAML list items, ``- TASK_001: "Title"`` or ``- id: TASK_001``.

Owns when an item has an id, who reads it (the fast scanner, else the authority, else line by line)
and how a field is written into it.
"""

from __future__ import annotations

from todo_tui.document import flat, shape
from todo_tui.document.edit import Edit
from todo_tui.document.entry import Entry, EntryFault, Field
from todo_tui.document.span import Span
from todo_tui.document.syntax import ID, insert_line, is_id, line_end, spelt
from todo_tui.document.written import as_yaml, is_block, text_block
from todo_tui.expression import expression
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from todo_tui.document.entry import NewEntry, Value

Read: TypeAlias = "Entry | EntryFault | None"
"""What the text of an item was read as: None where it has no id, a fault where YAML refuses it
and no field can be made out."""

Memo: TypeAlias = "dict[str, Read]"
"""What items were read as, by their text."""

_HAS_ID = expression(
    r"[ \t]*[-*+](?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]+"
    rf"""(?:\{{[ \t]*)?["']?{ID}["']?[ \t]*:"""
)
_ID_FIELD = expression(r"""(?i)(?:^|[\s{,])["']?id["']?[ \t]*:""")
_ITEM_LEAD = expression(r"( *)-( *)")
_QUOTE: Final = '"'
_HEAD = expression(r"[ \t]*-(?:[ \t]*\r?\n)?")
_FIRST_KEY = expression(r"""[ \t]*["']?(?P<name>[^:\n"']{1,80}?)["']?[ \t]*:(?=[ \t\r\n]|$)""")


def has_id(text: str) -> bool:
    """Whether the text of an item could be one with an id; cheap."""
    return _HAS_ID.match(text) is not None or _ID_FIELD.search(text) is not None


def pairs_of(text: str) -> tuple[tuple[tuple[str, Value], ...], EntryFault | None]:
    """The pairs of an item or a mapping; with a fault where they had to be read line by line."""
    whole = _whole(text)
    pairs = flat.scan(whole)
    if pairs is not None:
        return pairs, None
    from todo_tui.document import yaml

    try:
        return yaml.scan(whole), None
    except yaml.YamlError as error:
        pairs = tuple((field.name, field.value) for field in by_line(text))
        return pairs, EntryFault(error.message, min(error.offset, len(text)))


def _whole(text: str) -> str:
    """``text`` with a line end at its end: a block of text says the same with and without it."""
    return text if text[-1:] == "\n" else f"{text}\n"


def remembered(text: str, memo: Memo) -> Read:
    """``read``, once for each text."""
    if text in memo:
        return memo[text]
    entry = memo[text] = read(text)
    return entry


def read(text: str) -> Read:
    """The entry that a list item is (keyed or short)."""
    pairs = flat.scan(_whole(text))
    fault = None
    if pairs is None:
        if not has_id(text):
            return None
        if (entry := _short(text)) is not None:
            return entry
        pairs, fault = pairs_of(text)
    elif len(pairs) == 1 and (entry := _short(text)) is not None:
        return entry
    if not pairs:
        return fault
    if is_id(pairs[0][0]):
        return Entry(text, "keyed", pairs, True, fault)
    for name, _ in pairs:
        if len(name) == 2 and name.lower() == "id":
            return Entry(text, "keyed", pairs, False, fault)
    return None


def item_stop(text: str, at: int, stop: int, indent: int) -> int:
    """``stop`` without the blank lines before it, and the comments that belong to what follows."""
    while True:
        start = text.rfind("\n", at, stop - 1) + 1
        if start <= at:
            return stop
        begin = start
        while begin < stop and text[begin] in " \t":
            begin += 1
        blank = begin >= stop or text[begin] in "\r\n"
        if not blank and (text[begin] != "#" or begin - start > indent):
            return stop
        stop = start


def may_hold_items(text: str) -> bool:
    """Whether the text of an item with an id could be a group's: it has one of its keys; cheap."""
    return "asks:" in text or "odos:" in text or "tems:" in text


def may_run_on(entry: Read) -> bool:
    """Whether the item that was read so could hold misplaced items: it was not read as YAML."""
    if not isinstance(entry, Entry):
        return True
    return entry.fault is not None or entry.dialect == "short"


def _short(text: str) -> Entry | None:
    from todo_tui.document import short

    return short.read(text)


def stands_alone(entry: Entry) -> bool:
    """Whether an item within a session history is an entry: it has fields of its own."""
    if entry.dialect == "keyed":
        return len(entry.pairs) > 1
    from todo_tui.document import short

    return short.is_quoted(entry.text)


def locate(entry: Entry) -> tuple[Field, ...]:
    """The fields of a keyed entry, one for each of its pairs."""
    if entry.fault is not None:
        return by_line(entry.text)
    simple = shape.locate(entry)
    if simple is not None:
        return simple
    whole = _whole(entry.text)
    found = flat.locate(whole)
    if found is None:
        from todo_tui.document import yaml

        found = yaml.locate(whole)
    size = len(entry.text)
    return found if size == len(whole) else tuple(field.within(size) for field in found)


def by_line(text: str) -> tuple[Field, ...]:
    """The fields of an item that YAML refuses, read a line each.

    Each by the rules of YAML where its own lines are YAML, so that it says the same when what
    broke the item is mended.
    """
    from todo_tui.document import fieldlines

    head = _HEAD.match(text)
    at = 0 if head is None else head.end()
    first = _FIRST_KEY.match(text, at)
    if first is None or is_flow(text):
        return ()
    stop = text.find("\n", first.end() - 1) + 1 or len(text)
    column = first.start("name") - (text.rfind("\n", 0, first.start("name")) + 1)
    opened = fieldlines.Open(first["name"].rstrip(), 0, first.end(), stop, column)
    fields = fieldlines.read(text, stop, strip_comments=True, first=opened)
    return tuple(fieldlines.by_itself(text, field) or field for field in fields)


def is_flow(text: str) -> bool:
    """Whether an item is a mapping in braces."""
    before, _, behind = text.partition("-")
    return not before.strip(" \t") and behind.lstrip(" \t").startswith("{")


def insert(entry: Entry, fields: tuple[Field, ...], after: Field, name: str, value: Value) -> Edit:
    """The edit that adds a field below ``after``; behind it where the item is a flow mapping."""
    text = entry.text
    names = [field.name for field in fields if not is_id(field.name) and field.name.lower() != "id"]
    # The first may hold the title, and be less deep than the others where YAML refuses the item.
    model = fields[1] if after == fields[0] and len(fields) > 1 else after
    if isinstance(value, str) and is_block(value):
        indent = key_indent(text, model)
        mark, *rows = text_block(value, indent)
        end = line_end(text, after.lines.stop)
        line = end.join((f"{indent}{spelt(name, names)}: {mark}", *rows))
        return insert_line(text, after.lines.stop, line)
    flow = is_flow(text)
    new = f"{spelt(name, names)}: {as_yaml(value, like=model.value_span.of(text), flow=flow)}"
    if flow:
        at = after.value_span.stop
        return Edit(Span(at, at), f", {new}")
    return insert_line(text, after.lines.stop, key_indent(text, model) + new.rstrip())


def put_lines(text: str, field: Field, value: str) -> Edit:
    """The edit that writes a text of several lines in the place of a field's value."""
    name = text.find(field.name, field.lines.start)
    start = text.index(":", name + len(field.name)) + 1
    stop = field.value_span.stop
    if text[stop - 1 : stop] != "\n":
        stop = text.find("\n", stop) + 1 or len(text)
    comment = ""
    if "\n" not in text[start : field.value_span.stop]:
        comment = text[field.value_span.stop : stop].rstrip()
    end = line_end(text, stop)
    mark, *rows = text_block(value, key_indent(text, field))
    last = end if text[stop - 1 : stop] == "\n" else ""
    return Edit(Span(start, stop), end.join((f" {mark}{comment}", *rows)) + last)


def key_indent(text: str, field: Field) -> str:
    """The blanks before a field's name, the item's dash counted as one."""
    at = max(text.find(field.name, field.lines.start), field.lines.start)
    start = text.rfind("\n", 0, at) + 1
    line = text[start : text.find("\n", start) + 1 or len(text)]
    words = line.lstrip(" \t")
    if words.startswith(("- ", "-\t")):
        words = words[1:].lstrip(" \t")
    return line[: len(line) - len(words)].replace("-", " ")


def composed(entry: Entry | None, new: NewEntry) -> list[str]:
    """The lines of a new item, without line ends, in the style of ``entry``.

    With the id as its key where that can be one and ``entry`` has it so, else with ``id:``.
    """
    fields = () if entry is None else locate(entry)
    text = "" if entry is None else entry.text
    names = [field.name for field in fields if not is_id(field.name)]
    sources = {field.name: field.value_span.of(text) for field in fields}
    lead = _ITEM_LEAD.match(text)
    dash = f"{lead[1]}-{lead[2] or ' '}" if lead else "- "
    found: list[str] = []
    pairs: list[tuple[str, Value]] = []
    if is_id(new.id) and (entry is None or entry.id_is_key):
        like = fields[0].value_span.of(text) if fields else ""
        found.append(f"{new.id}: {as_yaml(new.title, like=like or _QUOTE)}")
    else:
        pairs += [("id", new.id), ("title", new.title)]
    for name, value in (*pairs, *new.fields):
        known = spelt(name, names)
        if isinstance(value, str) and is_block(value):
            mark, *rows = text_block(value, "")
            found += (f"{known}: {mark}", *rows)
            continue
        like = sources.get(known, _QUOTE if name == "title" or name.endswith("_at") else "")
        found.append(f"{known}: {as_yaml(value, like=like)}".rstrip())
    indent = dash.replace("-", " ")
    return [dash + found[0], *((indent + line).rstrip() for line in found[1:])]
