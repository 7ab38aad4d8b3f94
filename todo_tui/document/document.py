"""The whole file as text and entries, lossless.

Owns: decoding and encoding, which text is an entry and which entry is whose group, the sections
of the session history, the faults of the text itself, reuse of what did not change since the
previous document. Must not: know what a status is, touch the disk, convert a value.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from todo_tui.document import markdown, sections, units, unread
from todo_tui.document.edit import apply
from todo_tui.document.sections import HistoryItem, HistorySection
from todo_tui.document.units import Kind, State, Unit
from todo_tui.errors import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Entry
    from todo_tui.document.span import Span

__all__ = ["Document", "HistoryItem", "HistorySection", "NotTextError", "TextFault"]


class NotTextError(ValueError):
    """The bytes are not a text file (they hold a NUL). ``offset`` is that of the first, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"not a text file: byte {offset} is NUL")
        self.offset = offset


class TextFault(NamedTuple):
    """Something in the text that cannot be read, as an offset into the whole text."""

    code: Literal["invalid_item", "unreadable_fence", "conflict"]
    message: str
    offset: int


@dataclass(frozen=True, eq=False)
class Document:
    """A decoded file. ``entries`` are in file order, groups before their members.

    ``starts[i]`` is the offset of ``entries[i].text`` in ``text`` (offsets are characters);
    ``parents[i]`` is the index in ``entries`` of its group, or -1. A group's entry has the pairs of
    the mapping without the list of members, and the text before the first of these. ``merging``:
    the text holds conflict markers, so nothing must be written. ``reused`` are the numbers of
    leading and of trailing entries that are those of the previous document.
    """

    text: str
    entries: tuple[Entry, ...]
    starts: tuple[int, ...]
    parents: tuple[int, ...]
    merging: bool
    reused: tuple[int, int]
    _units: tuple[Unit, ...]
    _unit_starts: tuple[int, ...]
    _conflicts: tuple[Span, ...]
    _memo: dict[str, Entry | None]

    @staticmethod
    def decode(data: bytes, previous: Document | None = None) -> Document:
        """Read ``data``; what did not change since ``previous`` is taken over, not read again.

        Never raises for text of any content. Raises NotTextError where a NUL byte occurs.
        """
        nul = data.find(0)
        if nul >= 0:
            raise NotTextError(nul)
        return _read(data.decode("utf-8", "surrogateescape"), previous)

    def encode(self) -> bytes:
        """The very bytes that were decoded."""
        return self.text.encode("utf-8", "surrogateescape")

    def splice(self, edits: Iterable[Edit]) -> Document:
        """The document after ``edits``, read again where it changed only."""
        return _read(apply(self.text, edits), self)

    @cached_property
    def scopes(self) -> tuple[int, ...]:
        """For each entry, which fence it stands in, or outside fences under which heading.

        Equal numbers, same fence or same section.
        """
        found: list[int] = []
        section = fence = count = 0
        for unit in self._units:
            if unit.kind is Kind.FENCE:
                count += 1
                fence = count
            elif unit.kind in (Kind.HEADING, Kind.SECTION):
                count += 1
                section = count
            found += [section if unit.state.fence is None else fence] * len(unit.found)
        return tuple(found)

    @cached_property
    def sections(self) -> tuple[HistorySection, ...]:
        """The session history sections, in file order."""
        return sections.read(self.text, self._units, self._unit_starts)

    @cached_property
    def faults(self) -> tuple[TextFault, ...]:
        """What cannot be read; in the middle of a merge only the places of the conflicts."""
        found = [
            TextFault("conflict", "the file is in the middle of a merge", span.start)
            for span in self._conflicts
        ]
        for unit, start in zip(self._units, self._unit_starts, strict=True):
            for message, offset in unit.faults:
                at = start + offset
                if not any(span.start <= at < span.stop for span in self._conflicts):
                    found.append(TextFault("unreadable_fence", message, at))
        return tuple(sorted(found, key=lambda fault: fault.offset))

    @cached_property
    def unread(self) -> dict[str, int]:
        """How much looks like tasks of a kind that is not read.

        ``checkboxes``, ``front_matter``, ``statuses_by_section``; kinds that do not occur are
        absent.
        """
        return unread.count(self.text)

    def heading_title(self, index: int, name: str) -> str | None:
        """The title that the nearest heading above ``entries[index]`` gives to ``name``.

        Such a heading is ``## name: Title`` or ``## name - Title``; None where there is none.
        """
        titles = self._titles.get(name, [])
        at = bisect_right(titles, (self.starts[index],)) - 1
        return titles[at][1] if at >= 0 else None

    @cached_property
    def _titles(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for unit, start in zip(self._units, self._unit_starts, strict=True):
            if unit.kind is Kind.HEADING:
                named = markdown.named_heading(self.text, start)
                if named is not None:
                    found.setdefault(named[0], []).append((start, named[1]))
        return found

    def location(self, offset: int) -> Location:
        """Line, column and source line of ``offset`` (characters)."""
        start = self.text.rfind("\n", 0, offset) + 1
        stop = self.text.find("\n", offset)
        source = self.text[start : len(self.text) if stop < 0 else stop].removesuffix("\r")
        return Location(self.line(offset), offset - start + 1, source)

    def line(self, offset: int) -> int:
        """The line of ``offset``, from 1."""
        return self.text.count("\n", 0, offset) + 1

    def lines(self, offsets: Iterable[int]) -> list[int]:
        """The lines of many ascending offsets, in one pass over the text."""
        found: list[int] = []
        line, at = 1, 0
        for offset in offsets:
            line += self.text.count("\n", at, offset)
            at = offset
            found.append(line)
        return found

    def insert_history(self, section: int | None, time: str, text: str, *, first: bool) -> Edit:
        """Add an item ``TIME: text`` to ``sections[section]``, at its top (``first``) or its end.

        With the list's own bullet, bold and line end. None: in a section that is made at the end
        of the text, or before a fence or comment that is never closed.
        """
        raise NotImplementedError


def _read(text: str, previous: Document | None) -> Document:
    """The document that ``text`` is."""
    memo: dict[str, Entry | None] = {}
    conflicts = markdown.conflicts(text)
    at = 1 if text.startswith("\ufeff") else 0
    state = State(0, None)
    unit_list: list[Unit] = []
    unit_starts: list[int] = []
    entries: list[Entry] = []
    starts: list[int] = []
    parents: list[int] = []
    front = markdown.front_matter_stop(text, at)
    if front > at:
        unit_list.append(Unit(state, Kind.SKIPPED, front, state))
        unit_starts.append(at)
        at = front
    end = len(text)
    while at < end:
        unit = units.read(text, at, state, memo)
        unit_list.append(unit)
        unit_starts.append(at)
        if unit.found:
            base = len(entries)
            for offset, entry, parent in unit.found:
                entries.append(entry)
                starts.append(at + offset)
                parents.append(base + parent if parent >= 0 else -1)
        at = unit.stop
        state = unit.after
    return Document(
        text,
        tuple(entries),
        tuple(starts),
        tuple(parents),
        bool(conflicts),
        (0, 0),
        tuple(unit_list),
        tuple(unit_starts),
        conflicts,
        memo,
    )
