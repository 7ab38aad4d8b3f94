"""Items written alike are read by one expression, made of the first of them.

A planner writes its items by a template: the same keys in the same order, each with the same kind
of value on its line, or with a list or a text on the lines below. Such an item is one match with a
group for each value, in a third of the time that ``flat`` takes for its lines. Must agree with
``keyed`` on every item that it reads; it reads none that does not consist of plainly simple lines
alone.
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.document.entry import Entry, Field
from todo_tui.document.plain import BARE_FLOW, FIRST, ODD, PLAIN, holds_words, is_strange, names
from todo_tui.document.span import Span
from todo_tui.document.syntax import ID
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.document.entry import Value
    from todo_tui.document.keyed import Memo

_VALUES: Final = {
    "empty": "()",
    "double": rf' "([^"\\{ODD}]*)"',
    "single": rf" '([^'{ODD}]*)'",
    "flow": rf" ({BARE_FLOW})",
    "bare": rf" ({FIRST}[^:#{ODD}]*)(?<! )",
    "plain": rf" ({PLAIN})",
}
"""The kinds of values; those that are plain differ in how much they cost to compile."""

_FLOW = expression(_VALUES["flow"])
_BLOCKS: Final = {
    "list": ("", rf"- {FIRST}[^:#{ODD}]*(?<! )"),
    "text": (r" \|", rf"[^ {ODD}][^{ODD}]*"),
}
"""What stands behind the key, and in each line below, of a value that has lines of its own."""

_MEMBER_KEYS: Final = frozenset({"tasks", "todos", "items"})
_ALIKE: Final = 6
"""Items of one shape after which the others are thought to have it, too: about as many as take the
time of compiling it."""
WORTH: Final = 150_000
"""Characters of a list that are still to be read, from which on a shape pays for being learnt.

A command that reads a shorter one does not even load the library of expressions."""
_SHAPES: Final = 8
_PATIENCE: Final = 100
"""Items in a list that are compared with each other to find shapes in it."""


class Form(NamedTuple):
    """What items of one shape have in common.

    ``lead`` is all before the first key, ``end`` the line end; ``keys`` are the names of fields, ""
    for an id that is the first, and ``kinds`` those of their values. ``margins`` are the blanks
    before the lines of a value that stands below its key, 0 for others.
    """

    lead: str
    end: str
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    margins: tuple[int, ...]


class Row(NamedTuple):
    """Items that follow one another: where each begins, and where the next one does."""

    starts: list[int]
    entries: list[Entry]
    stop: int


class Shape:
    """An expression for all items of one form, their blank lines left out."""

    def __init__(self, form: Form) -> None:
        import re

        self._id_is_key = not form.keys[0]
        self._names = form.keys[1:] if self._id_is_key else form.keys
        shift = int(self._id_is_key)
        self._several = [
            (at + shift, kind, margin)
            for at, (kind, margin) in enumerate(zip(form.kinds, form.margins, strict=True))
            if margin or kind == "flow"
        ]
        self._end = form.end
        self._following = form.lead[: form.lead.index("-") + 1] + " "
        lines: list[str] = []
        for key, kind, margin in zip(form.keys, form.kinds, form.margins, strict=True):
            name = re.escape(key) if key else f"({ID})"
            if margin:
                behind, row = _BLOCKS[kind]
                rows = f"((?:{' ' * margin}{row}{form.end})+)"
                lines.append(f"{name}:{behind}{form.end}{rows}")
            else:
                lines.append(f"{name}:{_VALUES[kind]}{form.end}")
        indent = " " * len(form.lead)
        self._match = re.compile(form.lead + indent.join(lines)).match

    def read(self, text: str, at: int, limit: int, memo: Memo) -> Row | None:
        """The items of this shape from ``at`` on; None where there is none.

        None begins at ``limit`` or beyond. The last of them is not the last of its list: behind
        blank lines at most there follows another one, which need not have this shape.
        """
        match, several, id_is_key, rest = self._match, self._several, self._id_is_key, self._names
        end, following = self._end, self._following
        starts: list[int] = []
        entries: list[Entry] = []
        while at < limit and (found := match(text, at)) is not None:
            stop = found.end()
            source = text[at:stop]
            while text.startswith(end, stop):
                stop += len(end)
            if not text.startswith(following, stop) or is_strange(source):
                break
            entry = memo.get(source)
            if entry.__class__ is not Entry:
                values = found.groups()
                if several:
                    values = _with_several(values, several, end)
                if id_is_key:
                    pairs = tuple(zip((values[0], *rest), values[1:], strict=True))
                else:
                    pairs = tuple(zip(rest, values, strict=True))
                entry = memo[source] = Entry(source, "keyed", pairs, id_is_key)
            starts.append(at)
            entries.append(entry)
            at = stop
        return Row(starts, entries, at) if starts else None


def _with_several(
    values: tuple[Any, ...], several: list[tuple[int, str, int]], end: str
) -> tuple[Any, ...]:
    """The values as they are, where their source holds several: names, items, or lines."""
    found = list(values)
    for at, kind, margin in several:
        source = found[at]
        if kind == "flow":
            found[at] = names(source)
        elif kind == "list":
            found[at] = tuple([row[margin + 2 :] for row in source.split(end)[:-1]])
        else:
            found[at] = "\n".join([row[margin:] for row in source.split(end)])
    return tuple(found)


class Shapes:
    """The shapes of the items of one list, learnt from those that were read otherwise."""

    __slots__ = ("_forms", "_patience", "_shapes")

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._forms: dict[Form, int] = {}
        self._patience = _PATIENCE

    def read(self, text: str, at: int, limit: int, memo: Memo) -> Iterator[Row]:
        """As ``Shape.read``, for any of them, as often as one of them goes on."""
        tried: Shape | None = None
        going_on = bool(self._shapes)
        while going_on:
            going_on = False
            for number, shape in enumerate(self._shapes):
                # A shape has read as far as it reaches.
                if shape is tried or (found := shape.read(text, at, limit, memo)) is None:
                    continue
                if number:
                    self._shapes.insert(0, self._shapes.pop(number))
                yield found
                tried, at, going_on = shape, found.stop, True
                break

    def learn(self, entry: Entry) -> None:
        """Take note of how an item was written that none of the shapes took."""
        if not self._patience:
            return
        self._patience -= 1
        form = _form_of(entry)
        if form is None:
            return
        times = self._forms[form] = self._forms.get(form, 0) + 1
        if times == _ALIKE and len(self._shapes) < _SHAPES:
            self._shapes.append(_shape(form))
            self._patience = _PATIENCE


@lru_cache(maxsize=64)
def _shape(form: Form) -> Shape:
    return Shape(form)


def locate(entry: Entry) -> tuple[Field, ...] | None:
    """The fields of an item with their spans; None where it has other lines than one for each."""
    if entry.text.count("\n") != len(entry.pairs) or (form := _form_of(entry)) is None:
        return None
    fields: list[Field] = []
    at = 0
    before = len(form.lead)
    for (key, value), row in zip(entry.pairs, entry.text.split(form.end), strict=False):
        start = at + before + len(key) + 1
        stop = at + len(row)
        start += stop > start
        at = stop + len(form.end)
        lines = Span(stop - len(row), at)
        fields.append(Field(key, value, Span(start, stop), lines))
    return tuple(fields)


def _form_of(entry: Entry) -> Form | None:
    """How an item is written; None where it does not consist of simple lines alone."""
    if entry.fault is not None or entry.dialect != "keyed" or len(entry.pairs) < 2:
        return None
    end = "\r\n" if entry.text.endswith("\r\n") else "\n"
    rows = entry.text.split(end)
    indent, _, behind = entry.text.partition("-")
    gap = len(behind) - len(behind.lstrip(" "))
    if indent.strip(" ") or not gap or rows.pop():
        return None
    written: list[tuple[str, str, int]] = []
    before = lead = f"{indent}-{' ' * gap}"
    at = 0
    for key, value in entry.pairs:
        name = f"{before}{key}:"
        if at == len(rows) or not rows[at].startswith(name) or key.lower() in _MEMBER_KEYS:
            return None
        below = _below(rows[at][len(name) :], value, rows, at + 1)
        if below is None:
            return None
        kind, margin, count = below
        written.append((key, kind, margin))
        at += 1 + count
        before = " " * len(lead)
    if at < len(rows):
        return None
    keys, kinds, margins = zip(*written, strict=True)
    if entry.id_is_key:
        keys = ("", *keys[1:])
    return Form(lead, end, keys, kinds, margins)


def _below(written: str, value: Value, rows: list[str], at: int) -> tuple[str, int, int] | None:
    """The kind of a value, the margin of its lines from ``rows[at]`` on, and how many these are.

    None for one that is not simple.
    """
    if isinstance(value, tuple) and not written:
        kind, lines = "list", [f"- {one}" for one in value]
    elif isinstance(value, str) and written == " |":
        kind, lines = "text", value[:-1].split("\n")
    else:
        found = _kind(written, value)
        return None if found is None else (found, 0, 0)
    first = rows[at] if at < len(rows) else ""
    margin = len(first) - len(first.lstrip(" "))
    if not margin or rows[at : at + len(lines)] != [" " * margin + line for line in lines]:
        return None
    return kind, margin, len(lines)


def _kind(written: str, value: Value) -> str | None:
    """The kind of a value that stands behind its key's colon; None for one that is not simple."""
    if not written:
        return "empty"
    if isinstance(value, tuple):
        flow = written == f" [{written[2:-1]}]" and holds_words(written[2:-1])
        return "flow" if flow or _FLOW.fullmatch(written) else None
    if written == f' "{value}"':
        return None if "\\" in written else "double"
    if written == f" '{value}'":
        return "single"
    if written != f" {value}" or not value:
        return None
    return "plain" if ":" in written or "#" in written else "bare"
