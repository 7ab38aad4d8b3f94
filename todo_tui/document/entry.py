"""What the text says, untyped, and where: the values that the document hands to the board.

An entry is an item that may be a task, or the mapping of a group. Its ``pairs`` are all that a
reader needs and are made for every entry; the ``Field`` with spans are made only for an entry that
is about to be edited (``dialects.locate``), since 50,000 entries are read for each one that is
written.
"""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from todo_tui.document.span import Span


Dialect: TypeAlias = Literal[
    "keyed",  # - TASK_001: "Title", or - id: TASK_001, in YAML
    "heading",  # ### TASK_001: Title, with a list of bold fields below
    "short",  # - TASK_001: "title" (agent) [high] [todo]
]
"""How an item is written; section 3 of the README's file format."""


class Mapping:
    """A nested mapping, in source order; keys may repeat. No tuple: those are lists."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[tuple[str, Value], ...]) -> None:
        self.items: Final = items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self.items == other.items

    def __hash__(self) -> int:
        return hash(self.items)

    def __repr__(self) -> str:
        return f"Mapping({self.items!r})"


Value: TypeAlias = "str | tuple[Value, ...] | Mapping"
"""A value as source text: a scalar unquoted and unescaped but never converted (``012`` is "012",
``null`` is "null", nothing is ""), a list as a tuple, a mapping as ``Mapping``."""


class Field(NamedTuple):
    """One field of an entry, with offsets relative to the start of the entry's text.

    ``value_span`` covers the value's source (quotes included, comment and line end not); for an
    empty value it is the empty span where a value would be put. ``lines`` covers the whole lines
    of the field, line ends included; in a one-line dialect it equals the field's own text.
    """

    name: str
    value: Value
    value_span: Span
    lines: Span

    def shift(self, by: int) -> Field:
        """The same field, ``by`` characters further on."""
        return Field(self.name, self.value, self.value_span.shift(by), self.lines.shift(by))

    def within(self, size: int) -> Field:
        """The same field, its spans ending at ``size`` at most."""
        return Field(self.name, self.value, self.value_span.within(size), self.lines.within(size))


class EntryFault(NamedTuple):
    """Why an item could not be read by the rules of its dialect, and where in its text.

    Such an item was read line by line instead.
    """

    message: str
    offset: int


class Entry:
    """One item of the file. Equal by identity: the document memoises by text.

    ``text`` is the exact source from the first character of the item (its indent included) to the
    end of its last line, line end included. ``pairs`` are its fields in source order, names as
    written. The first pair holds the id as its *name* and the title as its value where the item
    is written ``- TASK_001: title``, ``### TASK_001: title`` (``id_is_key``); else the id is a
    field like any other.
    """

    __slots__ = ("dialect", "fault", "id_is_key", "pairs", "text")

    def __init__(
        self,
        text: str,
        dialect: Dialect,
        pairs: tuple[tuple[str, Value], ...],
        id_is_key: bool,
        fault: EntryFault | None = None,
    ) -> None:
        self.text: Final = text
        self.dialect: Final = dialect
        self.pairs: Final = pairs
        self.id_is_key: Final = id_is_key
        self.fault: Final = fault

    def __repr__(self) -> str:
        return f"Entry({self.text!r}, {self.dialect})"


BRACKETS: Final = ("()", "[]")
"""What fields of the short dialect are called whose place is their name."""


class NewEntry(NamedTuple):
    """An entry to be written: ``fields`` in order, their names canonical (``assigned_agent``).

    A dialect spells a name as its neighbour does (``**Assigned Agent**``), where it has that. In
    the short dialect fields called ``()`` and ``[]`` stand in brackets behind the title.
    """

    id: str
    title: str
    fields: tuple[tuple[str, Value], ...]
