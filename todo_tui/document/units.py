"""The text as a row of units, each read from the state before it and the text from it on.

A unit is the least that is read at once: an item, a fence's opening line, a comment, a stretch of
prose. It depends on its own lines, on the first line after them, and on the state before it: that
is what makes reading again from the middle possible (``reuse``). Must not know what a field means.
"""

from __future__ import annotations

from todo_tui.document import extents, keyed, markdown
from todo_tui.document.entry import Entry, EntryFault
from todo_tui.document.shape import WORTH, Shapes
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from todo_tui.document.groups import Found
    from todo_tui.document.keyed import Memo
    from todo_tui.document.markdown import Fence

NESTING: Final = ("markdown", "md")
YAML: Final = ("yaml", "yml")

_BLANKS: Final = (" ", "\t")

_KEYED = expression(r"( *)[^\s#-][^\n]*?:(?=[ \t\r\n]|\Z)")

Kind: TypeAlias = Literal[
    "prose",
    "heading",
    "section",  # the heading of a session history
    "history",  # an item of it
    "fence",  # the opening line of a yaml fence
    "close",  # the closing line of a yaml fence
    "skipped",  # another fence, a comment, front matter
    "open",  # the same, never closed
    "item",
    "mapping",
]
"""What a unit is."""


class State(NamedTuple):
    """What is open where a unit begins: the level of the session history section, the fence."""

    level: int
    fence: Fence | None


BODY: Final = State(0, None)
"""The state at the start of a text, and wherever nothing is open."""


class Unit(NamedTuple):
    """What was read at a place; it ends where the next unit begins.

    ``faults`` have offsets in the unit. ``far``: what it is depends on all the
    text after it.
    """

    state: State
    kind: Kind
    faults: tuple[EntryFault, ...] = ()
    far: bool = False


class Rows:
    """All units and entries of a text so far, in order; filled by ``read``.

    ``notable`` are the starts of the units that have a fault or begin a session history section.
    """

    __slots__ = ("entries", "far", "notable", "parents", "starts", "unit_starts", "units")

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.unit_starts: list[int] = []
        self.entries: list[Entry] = []
        self.starts: list[int] = []
        self.parents: list[int] = []
        self.notable: list[int] = []
        self.far = False

    def add(self, start: int, unit: Unit) -> None:
        """One more unit, without entries."""
        self.units.append(unit)
        self.unit_starts.append(start)
        if unit.faults or unit.kind == "section":
            self.notable.append(start)
        self.far = self.far or unit.far

    def add_items(self, unit: Unit, starts: list[int], entries: list[Entry]) -> None:
        """More units without faults, all like ``unit``, each with one entry."""
        count = len(starts)
        self.units += [unit] * count
        self.unit_starts += starts
        self.entries += entries
        self.starts += starts
        self.parents += [-1] * count

    def add_entry(self, start: int, entry: Entry, parent: int = -1) -> None:
        """One more entry of the last unit; ``parent`` is an index in ``entries``."""
        self.entries.append(entry)
        self.starts.append(start)
        self.parents.append(parent)


def begin(text: str, rows: Rows) -> int:
    """Where the first unit begins, after a byte order mark and the front matter."""
    at = 1 if text.startswith("\ufeff") else 0
    stop = markdown.front_matter_stop(text, at)
    if stop > at:
        rows.add(at, Unit(BODY, "skipped"))
    elif text.startswith("---", at):
        rows.far = True
    return stop


def read(text: str, at: int, state: State, memo: Memo, rows: Rows, limit: int) -> tuple[int, State]:
    """Add the unit that begins at ``at`` to ``rows``; more of them where these are plain items.

    Gives the place and the state after the last one. None begins at ``limit`` or beyond.
    """
    if state.fence is not None:
        return _fenced(text, at, state, state.fence, memo, rows, limit)
    begin = at
    while begin - at < 3 and text.startswith(" ", begin):
        begin += 1
    first = text[begin : begin + 1]
    stop: int | None = None
    if first == "#":
        line = markdown.heading(text, at)
        if line is not None:
            return _heading(text, at, state, line, memo, rows)
    elif first == "<" and text.startswith("<!--", begin):
        stop = markdown.comment_stop(text, at)
        rows.add(at, Unit(state, "skipped" if stop >= 0 else "open"))
        return (len(text) if stop < 0 else stop), state
    elif first in ("`", "~"):
        opened = markdown.fence(text, at)
        if opened is not None:
            return _fence(text, at, state, opened, rows)
    elif first and first in "-*+0123456789":
        if state.level:
            stop = _history_item(text, at, state, begin - at, memo, rows)
        elif first == "-" and text.startswith(_BLANKS, begin + 1):
            stop = _items(text, at, state, None, begin - at, memo, rows, limit)
        if stop is not None:
            return stop, state
    rows.add(at, Unit(state, "prose"))
    return extents.prose_stop(text, at, listed=state.level > 0), state


def _heading(
    text: str, at: int, state: State, line: markdown.Heading, memo: Memo, rows: Rows
) -> tuple[int, State]:
    if markdown.is_history(line.words):
        rows.add(at, Unit(state, "section"))
        return line.stop, State(line.level, None)
    rows.add(at, Unit(state, "heading"))
    after = State(0, None) if state.level >= line.level else state
    if "_" not in line.words and "-" not in line.words:
        return line.stop, after  # without an id
    from todo_tui.document import heading

    if not heading.is_head(text, at):
        return line.stop, after
    entry_stop, stop = heading.extent(text, at)
    source = text[at:entry_stop]
    if source not in memo:
        memo[source] = heading.read(source)
    entry = memo[source]
    if not isinstance(entry, Entry):
        return line.stop, after
    rows.add_entry(at, entry)
    return stop, after


def _fence(text: str, at: int, state: State, opened: Fence, rows: Rows) -> tuple[int, State]:
    line = markdown.line_stop(text, at)
    if opened.info in YAML:
        rows.add(at, Unit(state, "fence"))
        return line, State(state.level, opened)
    far = False
    stop = -1
    if opened.info in NESTING:
        stop = markdown.nesting_stop(text, line, opened)
        far = stop < 0
    if stop < 0:
        stop = markdown.fence_stop(text, line, opened)
    rows.add(at, Unit(state, "open" if stop < 0 else "skipped", (), far))
    return (len(text) if stop < 0 else stop), state


def _items(
    text: str,
    at: int,
    state: State,
    opened: Fence | None,
    indent: int,
    memo: Memo,
    rows: Rows,
    limit: int,
) -> int | None:
    """Add the item at ``at`` and those that follow it at the same indent; where they end.

    ``opened`` is the fence that they stand in; None in the body, where only an entry counts: None
    if the first item is none.
    """
    unit = Unit(state, "item")
    lead = " " * indent + "-"
    end = len(text)
    first = at
    shapes = Shapes()
    while True:
        for row in shapes.read(text, at, limit, memo):
            rows.add_items(unit, row.starts, row.entries)
            at = row.stop
            if at >= limit:
                return at
        stop = extents.item_stop(text, at, indent, opened)
        depth = -1 if opened is None else indent
        source = text[at : keyed.item_stop(text, at, stop, depth)]
        entry = keyed.remembered(source, memo)
        if keyed.may_run_on(entry):
            from todo_tui.document import groups

            if (cut := groups.misplaced(source)) > 0:
                stop = at + cut
                source = text[at : keyed.item_stop(text, at, stop, depth)]
                entry = keyed.remembered(source, memo)
        is_entry = isinstance(entry, Entry)
        if opened is None and not is_entry:
            return at if at > first else None
        found = None
        if opened is not None and (not is_entry or keyed.may_hold_items(source)):
            from todo_tui.document import groups

            if is_entry or keyed.may_hold_items(source) or groups.holds_items(source):
                found = groups.read(source, memo)
        if found is not None:
            rows.add(at, unit)
            _add_group(rows, at, found)
        elif isinstance(entry, EntryFault):
            rows.add(at, Unit(state, "item", (entry,)))
        else:
            rows.add(at, unit)
            if entry is not None:
                rows.add_entry(at, entry)
                if limit - stop > WORTH:
                    shapes.learn(entry)
        at = stop
        if at >= limit or at >= end or not text.startswith(lead, at):
            return at
        if opened is None and not text.startswith(_BLANKS, at + len(lead)):
            return at
        if opened is not None and extents.dash(text, at) < 0:
            return at


def _is_timed(text: str, at: int) -> bool:
    """Whether a date, which may be bold, stands at ``at``."""
    date = text[at : at + 12]
    if date.startswith(("**", "__")):
        date = date[2:]
    digits = date[:4] + date[5:7] + date[8:10]
    dashed = date[4:5] == date[7:8] == "-"
    return dashed and len(digits) == 8 and digits.isascii() and digits.isdigit()


def _add_group(rows: Rows, at: int, found: list[Found]) -> None:
    base = len(rows.entries)
    for offset, entry, parent in found:
        rows.add_entry(at + offset, entry, base + parent if parent >= 0 else -1)


def _history_item(
    text: str, at: int, state: State, indent: int, memo: Memo, rows: Rows
) -> int | None:
    """Add the item of a history section at ``at``; None where the line is no list item."""
    words = markdown.words_start(text, at)
    if words < 0:
        return None
    stop = extents.item_stop(text, at, indent, None)
    source = "" if _is_timed(text, words) else text[at : keyed.item_stop(text, at, stop, -1)]
    if source and keyed.has_id(source):
        entry = keyed.remembered(source, memo)
        if isinstance(entry, Entry) and keyed.stands_alone(entry):
            rows.add(at, Unit(state, "item"))
            rows.add_entry(at, entry)
            return stop
    while stop < len(text) and markdown.is_lazy(text, stop):
        stop = extents.item_stop(text, stop, indent, None)
    rows.add(at, Unit(state, "history"))
    return stop


def _fenced(
    text: str, at: int, state: State, opened: Fence, memo: Memo, rows: Rows, limit: int
) -> tuple[int, State]:
    dash = extents.dash(text, at)
    if dash >= 0:
        stop = _items(text, at, state, opened, dash - at, memo, rows, limit)
        return at if stop is None else stop, state
    if markdown.closes(text, at, opened):
        rows.add(at, Unit(state, "close"))
        return markdown.line_stop(text, at), State(state.level, None)
    key = None if extents.BAR.match(text, at) else _KEYED.match(text, at)
    if key is None:
        rows.add(at, Unit(state, "prose"))
        return markdown.line_stop(text, at), state
    indent = key.end(1) - at
    stop = extents.mapping_stop(text, at, indent, opened)
    source = text[at:stop]
    from todo_tui.document import groups

    found = groups.read(source, memo)
    if found is None:
        rows.add(at, Unit(state, "mapping", groups.unreadable(source)))
    else:
        rows.add(at, Unit(state, "mapping"))
        _add_group(rows, at, found)
    return stop, state
