"""Groups: a mapping with an id that holds, under ``tasks``, ``todos`` or ``items``, items with ids.

Owns which mapping is a group or a mere container of items, its header and its members, all by
indentation: a member that YAML refuses costs only itself.
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.document import flat, keyed
from todo_tui.document.entry import Entry, EntryFault
from todo_tui.document.syntax import ID, is_id, lines
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re

    from todo_tui.document.keyed import Memo

DEPTH: Final = 16
"""Groups and containers within each other beyond this depth are read as detail."""

_MEMBER_KEYS: Final = ("tasks", "todos", "items")
_KEY = expression(
    r"""(?m)^(?P<lead> *(?:-[ ]+)?)["']?(?P<name>[^\s"'#:-][^\n"'#:]{0,60})["']?[ \t]*:"""
    r"""[ \t]*(?:#[^\n]*)?\r?\n"""
)
_LEAD = expression(r" *(?:- +)?")
_DASH = expression(r"( *)-(?=[ \t\r\n]|\Z)")
_KEYED_LINE = expression(r"( *)[^\s#-][^\n]*?:(?=[ \t\r\n]|\Z)")
_WAITING = expression(r":[ \t]*\r?\Z")
_ITEM = expression(rf"""(?m)^[ \t]*-[ \t]+(?:\{{[ \t]*)?["']?{ID}["']?[ \t]*:""")
_ITEM_WITH_ID = expression(
    rf"""(?m)^[ \t]*-[ \t]+(?:\{{[ \t]*)?["']?(?:{ID}|[iI][dD])["']?[ \t]*:"""
)
_KNOWN = expression(
    r"""(?mi)^ *(?:-[ ]+)?["']?(?:tasks|todos|items)["']?[ \t]*:[ \t]*(?:#[^\n]*)?\r?$"""
)
_FIRST_LINE = expression(r"([ \t]*)(-[ \t]+)?")
_OPEN_VALUE = expression(
    r"""(?m):[ \t]*(?:"(?:[^"\\\n]|\\.)*|'(?:[^'\n]|'')*|[\[{][^\]}\n]*|[|>&!#][^\n]*|)\r?$"""
    r"""|^[ \t]*-[ \t]*\r?$"""
)
"""A line whose value is below it, or goes on there."""


class Found(NamedTuple):
    """An entry in a text: where it begins, and the index of its group in the list, or -1."""

    offset: int
    entry: Entry
    parent: int


class _Block(NamedTuple):
    """The lines below a key: where the key's line begins, the block begins, and it ends."""

    key: int
    start: int
    stop: int


def holds_items(text: str) -> bool:
    """Whether the text of a mapping without an id could hold items."""
    if _ITEM.search(text) is not None:
        return True
    return keyed.may_hold_items(text) and _KNOWN.search(text) is not None


def misplaced(text: str) -> int:
    """Where in an item a line begins another item with an id, though YAML has no place for one.

    Below ``- Phase 1``, or below a field that has a value; -1 where there is no such line. Valid
    YAML has none, and what stands after the line does not matter.
    """
    if _ITEM_WITH_ID.search(text, text.find("\n") + 1 or len(text)) is None:
        return -1
    opened: list[tuple[int, bool, bool]] = []
    for start, stop in lines(text):
        lead = _FIRST_LINE.match(text, start, stop)
        if lead is None or text[lead.end() : lead.end() + 1] in ("", "\r", "\n", "#"):
            continue
        indent, dash = len(lead[1]), lead[2] is not None
        while opened and (opened[-1][0] > indent or (opened[-1][:2] == (indent, True) and dash)):
            opened.pop()
        if opened and not opened[-1][2] and _ITEM_WITH_ID.match(text, start, stop) is not None:
            return start
        takes = _OPEN_VALUE.search(text, start, stop) is not None
        if dash:
            opened.append((indent, True, takes))
        opened.append((indent + len(lead[2] or ""), False, takes))
    return -1


def waits(text: str, at: int) -> bool:
    """Whether the line at ``at`` is a key without a value of its own."""
    stop = text.find("\n", at)
    line = text[at : len(text) if stop < 0 else stop]
    return _WAITING.match(line, line.rfind(":")) is not None


@lru_cache(maxsize=64)
def _at_most(indent: int) -> re.Pattern[str]:
    """Before a line that is not deeper than ``indent`` and neither blank nor a comment."""
    return expression(rf"\n(?= {{0,{indent}}}[^ \t\r\n#])")


def read(text: str, memo: Memo, depth: int = 0) -> list[Found] | None:
    """The entries of a group or a container of items; None where the text is neither.

    In a mapping with an id the items stand under one of the known keys. One without is a container:
    there items under other keys count, too, where their ids are their keys. The entry of a group
    has the pairs of its mapping without the members, and the text before the first of these.
    """
    lead = _LEAD.match(text)
    indent = len(lead[0]) if lead else 0
    known: list[_Block] = []
    others: list[_Block] = []
    for key in _KEY.finditer(text):
        if len(key["lead"]) != indent or (key.start() and "-" in key["lead"]):
            continue
        block = _Block(key.start(), key.end(), _block_stop(text, key.end(), indent))
        name = key["name"].strip().lower()
        if name in _MEMBER_KEYS:
            known.append(block)
        elif _counts(name, text[block.start : block.stop]):
            others.append(block)
    if not known and not others:
        return None
    header = _header(text, known)
    blocks = sorted((*known, *others)) if header is None else known
    members: list[Found] = []
    for block in blocks:
        _add_members(members, text, block, memo, depth)
    if not members:
        return None
    if header is None:
        return members
    below = (Found(offset, entry, parent + 1) for offset, entry, parent in members)
    return [Found(0, header, -1), *below]


def _counts(name: str, text: str) -> bool:
    """Whether the lines below a key that is none of the known ones hold items with ids."""
    return holds_items(text) or (name == "todo" and _ITEM_WITH_ID.search(text) is not None)


def _block_stop(text: str, at: int, indent: int) -> int:
    """Where the lines below a key at ``indent`` end; items may stand at the key's own indent.

    After deeper ones these are no YAML, and belong to nothing else.
    """
    for found in _at_most(indent).finditer(text, at - 1):
        dash = _DASH.match(text, found.end())
        if dash is None or len(dash[1]) != indent:
            return found.end()
    return len(text)


def _add_members(members: list[Found], text: str, block: _Block, memo: Memo, depth: int) -> None:
    at = block.start
    while at < block.stop:
        dash = _DASH.match(text, at, block.stop)
        key = None if dash else _KEYED_LINE.match(text, at, block.stop)
        line = dash or key
        if line is None:
            at = text.find("\n", at, block.stop) + 1 or block.stop
            continue
        indent = len(line[1])
        stop = block.stop
        if dash is not None:
            following = _at_most(indent).search(text, at, stop)
            stop = stop if following is None else following.end()
        source = text[at : keyed.item_stop(text, at, stop, indent)]
        entry = keyed.remembered(source, memo) if dash is not None else None
        if dash is not None and keyed.may_run_on(entry) and (cut := misplaced(source)) > 0:
            stop = at + cut
            source = text[at : keyed.item_stop(text, at, stop, indent)]
            entry = keyed.remembered(source, memo)
        inner = None
        if depth < DEPTH and (
            keyed.may_hold_items(source) or (not isinstance(entry, Entry) and holds_items(source))
        ):
            inner = read(source, memo, depth + 1)
        if inner is not None:
            base = len(members)
            for offset, one, parent in inner:
                members.append(Found(at + offset, one, parent + base if parent >= 0 else -1))
        elif isinstance(entry, Entry):
            members.append(Found(at, entry, -1))
        at = stop


def _header(text: str, blocks: list[_Block]) -> Entry | None:
    """The entry of a mapping with an id, its members in ``blocks`` left out."""
    rest, at = [], 0
    for block in blocks:
        rest.append(text[at : block.key])
        at = max(at, block.stop)
    mapping = "".join((*rest, text[at:]))
    if not mapping.strip():
        return None
    pairs, fault = keyed.pairs_of(mapping)
    if not pairs:
        return None
    by_key = is_id(pairs[0][0])
    names = [name.lower().replace("-", "_") for name, _ in pairs]
    if not by_key and not any(name == "id" or name.endswith("_id") for name in names):
        return None
    stop = blocks[0].start if blocks else len(text)
    return Entry(text[:stop], "keyed", pairs, by_key, fault)


def unreadable(text: str) -> tuple[EntryFault, ...]:
    """The fault of a mapping that cannot be read though a line in it looks like an item."""
    if _ITEM_WITH_ID.search(text) is None or flat.scan(text) is not None:
        return ()
    from todo_tui.document import yaml

    try:
        yaml.scan(text)
    except yaml.YamlError as error:
        return (EntryFault(error.message, min(error.offset, len(text))),)
    return ()
