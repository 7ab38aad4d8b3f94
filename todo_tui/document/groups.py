"""Groups: a mapping with an id that holds, under ``tasks``, ``todos`` or ``items``, items with ids.

Owns which mapping is a group, its header and its members, all by indentation: a member that YAML
refuses costs only itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from todo_tui.document import flat, keyed, yaml
from todo_tui.document.entry import Dialect, Entry
from todo_tui.document.syntax import ID, is_id

if TYPE_CHECKING:
    from todo_tui.document.keyed import Memo

DEPTH: Final = 16
"""Groups within groups beyond this depth are read as detail."""

_MEMBERS = re.compile(
    r"""^(?P<lead> *(?:- +)?)["']?(?:tasks|todos?|items)["']?[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n""",
    re.MULTILINE | re.IGNORECASE,
)
_DASH = re.compile(r"( *)-(?=[ \t\r\n]|\Z)")
_WAITING = re.compile(r":[ \t]*\r?\Z")
_ITEM_WITH_ID = re.compile(rf"""^[ \t]*-[ \t]+["']?(?:{ID}|id)["']?[ \t]*:""", re.MULTILINE)


def possible(text: str) -> bool:
    """Whether the text could be that of a group or a container of items; cheap."""
    return ("asks:" in text or "odos:" in text or "odo:" in text or "tems:" in text) and (
        _MEMBERS.search(text) is not None
    )


def waits(text: str, at: int) -> bool:
    """Whether the line at ``at`` is a key without a value of its own."""
    stop = text.find("\n", at)
    line = text[at : len(text) if stop < 0 else stop]
    return _WAITING.match(line, line.rfind(":")) is not None


@lru_cache(maxsize=64)
def at_most(indent: int) -> re.Pattern[str]:
    """Before a line that is not deeper than ``indent`` and neither blank nor a comment."""
    return re.compile(rf"\n(?= {{0,{indent}}}[^ \t\r\n#])")


def read(text: str, memo: Memo, depth: int = 0) -> list[tuple[int, Entry, int]] | None:
    """The entries of a group or a container of items; None where the text is neither.

    Each with its offset in ``text`` and the index of its group in the list, or -1. A group's own
    entry has the pairs of its mapping without the members, and the text before the first of these.
    """
    dash = re.match(r" *(?:- +)?", text)
    indent = len(dash[0]) if dash else 0
    blocks: list[tuple[int, int, int]] = []
    for key in _MEMBERS.finditer(text):
        if len(key["lead"]) != indent or (blocks and key.start() < blocks[-1][2]):
            continue
        if key.start() and "-" in key["lead"]:
            continue
        stop = _block_stop(text, key.end(), indent)
        blocks.append((key.start(), key.end(), stop))
    members: list[tuple[int, Entry, int]] = []
    for _, start, stop in blocks:
        members += _members(text, start, stop, memo, depth)
    if not members:
        return None
    header_text = "".join(
        text[a:b]
        for a, b in zip(
            [0, *(stop for _, _, stop in blocks)],
            [*(a for a, _, _ in blocks), len(text)],
            strict=True,
        )
    )
    header = _header(text[: blocks[0][1]], header_text) if header_text.strip() else None
    if header is None:
        return members
    return [(0, header, -1), *((offset, entry, parent + 1) for offset, entry, parent in members)]


def _block_stop(text: str, at: int, indent: int) -> int:
    first = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)").match(text, at)
    same = first is not None and len(first[1]) == indent and text.startswith("-", first.end())
    for found in at_most(indent).finditer(text, at - 1):
        begin = found.end()
        if (
            same
            and _DASH.match(text, begin) is not None
            and text[begin : begin + indent].isspace() | (indent == 0)
        ):
            continue
        return begin
    return len(text)


def _members(
    text: str, start: int, stop: int, memo: Memo, depth: int
) -> list[tuple[int, Entry, int]]:
    found: list[tuple[int, Entry, int]] = []
    at = start
    while at < stop:
        dash = _DASH.match(text, at, stop)
        if dash is None:
            at = text.find("\n", at, stop) + 1 or stop
            continue
        indent = len(dash[1])
        following = at_most(indent).search(text, at, stop)
        end = stop if following is None else following.end()
        source = text[at : item_stop(text, at, end, indent)]
        inner = read(source, memo, depth + 1) if depth < DEPTH and possible(source) else None
        if inner is not None:
            base = len(found)
            found += (
                (at + offset, entry, parent + base if parent >= 0 else -1)
                for offset, entry, parent in inner
            )
        else:
            entry = keyed.remembered(source, memo)
            if entry is not None:
                found.append((at, entry, -1))
        at = end
    return found


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


def _header(text: str, mapping: str) -> Entry | None:
    pairs, fault = keyed.pairs_of(mapping)
    if not pairs:
        return None
    by_key = is_id(pairs[0][0])
    if not by_key and not any(
        name.lower().endswith(("_id", "-id")) or name.lower() == "id" for name, _ in pairs
    ):
        return None
    return Entry(text, Dialect.KEYED, pairs, by_key, fault)


def unreadable(text: str) -> tuple[tuple[str, int], ...]:
    """The fault of a mapping that cannot be read though a line in it looks like an item."""
    if _ITEM_WITH_ID.search(text) is None or flat.scan(text) is not None:
        return ()
    try:
        yaml.scan(text)
    except yaml.YamlError as error:
        return ((error.message, error.offset),)
    return ()
