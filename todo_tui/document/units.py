"""The text as a row of units, each read from the state before it and the text from it on.

A unit is the least that is read at once: an item, a fence's opening line, a comment, a stretch of
prose. It depends on its own text, on the first line after it, and on the state before it: that is
what makes reading again from the middle possible (``reuse``). Must not know what a field means.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from todo_tui.document import groups, heading, keyed, markdown

if TYPE_CHECKING:
    from todo_tui.document.entry import Entry
    from todo_tui.document.markdown import Fence

NESTING: Final = ("markdown", "md")
YAML: Final = ("yaml", "yml")

_DASH = re.compile(r"( *)-(?=[ \t\r\n]|\Z)")
_KEYED = re.compile(r"( *)[^\s#-][^\n]*?:(?=[ \t\r\n]|\Z)")
_CANDIDATE = re.compile(r" {0,3}[-*+][ \t]")


class Kind(IntEnum):
    """What a unit is."""

    PROSE = 0
    HEADING = 1
    SECTION = 2  # the heading of a session history
    HISTORY = 3  # an item of it
    FENCE = 4  # the opening line of a yaml fence
    CLOSE = 5  # the closing line of a yaml fence
    SKIPPED = 6  # another fence, a comment, front matter
    OPEN = 7  # the same, never closed
    ITEM = 8
    MAPPING = 9


class State(NamedTuple):
    """What is open where a unit begins: the level of the session history section, the fence."""

    level: int
    fence: Fence | None


class Found(NamedTuple):
    """An entry of a unit: its offset in the unit, and the index of its group in the unit, or -1."""

    offset: int
    entry: Entry
    parent: int


class Unit(NamedTuple):
    """What was read at a place. ``faults`` have offsets in the unit.

    ``far``: the unit depends on all the text after it.
    """

    state: State
    kind: Kind
    stop: int
    after: State
    found: tuple[Found, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()
    far: bool = False


@lru_cache(maxsize=64)
def _boundary(indent: int, *, body: bool) -> re.Pattern[str]:
    """Before the next line that can end an item at ``indent``."""
    if body:
        return re.compile(rf"\n(?: {{0,{indent}}}(?=[^ \t\r\n])| {{0,3}}(?=```|~~~|<!--))")
    return re.compile(rf"\n(?: {{0,{indent}}}(?=[^ \t\r\n#])| {{0,3}}(?=```|~~~))")


def _stop(text: str, at: int, indent: int, opened: Fence) -> int:
    """Where the item or mapping at ``at`` ends: a line not deeper than it, or the fence's end."""
    pattern = _boundary(indent, body=False)
    line = at
    while (found := pattern.search(text, line)) is not None:
        line = found.start() + 1
        if text[found.end()] not in "`~" or found.end() - line <= indent:
            return line
        if markdown.closes(text, line, opened):
            return line
    return len(text)


def read(text: str, at: int, state: State, memo: dict[str, Entry | None]) -> Unit:
    """The unit that begins at ``at``."""
    if state.fence is not None:
        return _fenced(text, at, state, state.fence, memo)
    return _body(text, at, state, memo)


def _body(text: str, at: int, state: State, memo: dict[str, Entry | None]) -> Unit:
    begin = at
    while begin - at < 3 and text.startswith(" ", begin):
        begin += 1
    first = text[begin : begin + 1]
    if first == "#":
        unit = _heading(text, at, state, memo)
        if unit is not None:
            return unit
    elif first == "<" and text.startswith("<!--", begin):
        stop = markdown.comment_stop(text, at)
        kind = Kind.SKIPPED if stop >= 0 else Kind.OPEN
        return Unit(state, kind, stop if stop >= 0 else len(text), state)
    elif first in ("`", "~"):
        opened = markdown.fence(text, at)
        if opened is not None:
            return _fence(text, at, state, opened)
    elif first in ("-", "*", "+") or first.isdigit():
        unit = _bullet(text, at, state, begin - at, memo)
        if unit is not None:
            return unit
    pattern = markdown.HISTORY if state.level else markdown.BODY
    following = pattern.search(text, at)
    return Unit(state, Kind.PROSE, len(text) if following is None else following.end(), state)


def _heading(text: str, at: int, state: State, memo: dict[str, Entry | None]) -> Unit | None:
    line = markdown.heading(text, at)
    if line is None:
        return None
    if markdown.is_history(line.words):
        return Unit(state, Kind.SECTION, line.stop, State(line.level, None))
    after = State(0, None) if line.level <= state.level else state
    if not heading.is_head(text, at):
        return Unit(state, Kind.HEADING, line.stop, after)
    entry_stop, stop = heading.extent(text, at)
    source = text[at:entry_stop]
    if source not in memo:
        memo[source] = heading.read(source)
    entry = memo[source]
    if entry is None:
        return Unit(state, Kind.HEADING, line.stop, after)
    return Unit(state, Kind.HEADING, stop, after, (Found(0, entry, -1),))


def _fence(text: str, at: int, state: State, opened: Fence) -> Unit:
    line = markdown.line_stop(text, at)
    if opened.info in YAML:
        return Unit(state, Kind.FENCE, line, State(state.level, opened))
    far = False
    stop = -1
    if opened.info in NESTING:
        stop = markdown.nesting_stop(text, line, opened)
        far = stop < 0
    if stop < 0:
        stop = markdown.fence_stop(text, line, opened)
    if stop < 0:
        return Unit(state, Kind.OPEN, len(text), state, far=far)
    return Unit(state, Kind.SKIPPED, stop, state, far=far)


def _bullet(
    text: str, at: int, state: State, indent: int, memo: dict[str, Entry | None]
) -> Unit | None:
    following = _boundary(indent, body=True).search(text, at)
    stop = len(text) if following is None else following.start() + 1
    source = text[at : groups.item_stop(text, at, stop, -1)]
    if _CANDIDATE.match(source) is not None and keyed.has_id(source):
        entry = keyed.remembered(source, memo)
        if entry is not None and (not state.level or keyed.stands_alone(entry)):
            return Unit(state, Kind.ITEM, stop, state, (Found(0, entry, -1),))
    if state.level:
        return Unit(state, Kind.HISTORY, stop, state)
    return None


def _fenced(text: str, at: int, state: State, opened: Fence, memo: dict[str, Entry | None]) -> Unit:
    dash = _DASH.match(text, at)
    if dash is not None:
        indent = dash.end(1) - at
        stop = _stop(text, at, indent, opened)
        source = text[at : groups.item_stop(text, at, stop, indent)]
        found = groups.read(source, memo) if groups.possible(source) else None
        if found is not None:
            return Unit(state, Kind.ITEM, stop, state, tuple(Found(*one) for one in found))
        entry = keyed.remembered(source, memo)
        return Unit(state, Kind.ITEM, stop, state, () if entry is None else (Found(0, entry, -1),))
    if markdown.closes(text, at, opened):
        return Unit(state, Kind.CLOSE, markdown.line_stop(text, at), State(state.level, None))
    stop = markdown.line_stop(text, at)
    key = _KEYED.match(text, at)
    if key is None:
        return Unit(state, Kind.PROSE, stop, state)
    indent = key.end(1) - at
    closing = markdown.fence_close(text, at, opened)
    stop = groups.mapping_stop(text, at, indent, closing if closing >= 0 else len(text))
    source = text[at:stop]
    found = groups.read(source, memo) if groups.possible(source) else None
    if found is not None:
        return Unit(state, Kind.MAPPING, stop, state, tuple(Found(*one) for one in found))
    faults = groups.unreadable(source)
    return Unit(state, Kind.MAPPING, stop, state, (), faults)
