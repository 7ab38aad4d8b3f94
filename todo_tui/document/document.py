"""The whole file as text and entries, lossless.

Owns: decoding and encoding, which text is an entry and which entry is whose group, the sections
of the session history, the faults of the text itself, reuse of what did not change since the
previous document. Must not: know what a status is, touch the disk, convert a value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from todo_tui.document import markdown, sections
from todo_tui.document.edit import apply
from todo_tui.document.entry import Entry
from todo_tui.document.reuse import changed, hunks, read, read_again
from todo_tui.document.sections import HistoryItem, HistorySection
from todo_tui.document.units import BODY
from todo_tui.errors import Location
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from todo_tui.document.edit import Edit
    from todo_tui.document.keyed import Memo
    from todo_tui.document.near import Near
    from todo_tui.document.reuse import Hunk, Reading
    from todo_tui.document.span import Span

__all__ = ["Document", "HistoryItem", "HistorySection", "NotTextError", "TextFault"]


class NotTextError(ValueError):
    """The bytes are not a text file: they hold a NUL, the first at ``offset`` (bytes)."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"not a text file: byte {offset} is NUL")
        self.offset = offset


FaultCode: TypeAlias = Literal["invalid_item", "unreadable_fence", "conflict"]


class TextFault(NamedTuple):
    """Something in the text that cannot be read, as an offset into the whole text."""

    code: FaultCode
    message: str
    offset: int


class Document:
    """A decoded file. ``entries`` are in file order, groups before their members.

    ``starts[i]`` is the offset of ``entries[i].text`` in ``text`` (offsets are characters);
    ``parents[i]`` is the index in ``entries`` of its group, or -1. A group's entry has the pairs of
    the mapping without the list of members, and the text before the first of these. ``merging``:
    the text holds conflict markers, so nothing must be written. ``reused`` are the numbers of
    leading and of trailing entries that are those of the previous document.
    """

    def __init__(
        self,
        text: str,
        reading: Reading,
        conflicts: tuple[Span, ...],
        reused: tuple[int, int],
        memo: Memo,
        before: tuple[HistorySection, ...] = (),
    ) -> None:
        self.text: Final = text
        self.reading: Final = reading
        self.conflicts: Final = conflicts
        self.reused: Final = reused
        self._memo: Final = memo
        self._before = before
        self._counted = (0, 1)

    @staticmethod
    def decode(data: bytes, previous: Document | None = None) -> Document:
        """Read ``data``; what did not change since ``previous`` is taken over, not read again.

        Never raises for text of any content. Raises NotTextError where a NUL byte occurs.
        """
        nul = data.find(0)
        if nul >= 0:
            raise NotTextError(nul)
        text = data.decode("utf-8", "surrogateescape")
        if previous is None:
            return _read(text, {})
        return _read_again(text, previous, hunks(previous.text, text))

    def encode(self) -> bytes:
        """The very bytes that were decoded."""
        return self.text.encode("utf-8", "surrogateescape")

    def splice(self, edits: Iterable[Edit]) -> Document:
        """The document after ``edits``, read again where it changed only."""
        wanted = list(edits)
        return _read_again(apply(self.text, wanted), self, changed(wanted))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The items that may be tasks, and the groups, in file order."""
        return self.reading.entries

    @property
    def starts(self) -> tuple[int, ...]:
        """For each entry where its text begins."""
        return self.reading.starts

    @property
    def parents(self) -> tuple[int, ...]:
        """For each entry the index of its group, or -1."""
        return self.reading.parents

    @property
    def merging(self) -> bool:
        """Whether the text is in the middle of a merge, so that nothing must be written."""
        return bool(self.conflicts)

    @cached_property
    def scopes(self) -> tuple[int, ...]:
        """For each entry, which fence it stands in, or outside fences under which heading.

        Equal numbers, same fence or same section.
        """
        starts = self.reading.starts
        found: list[int] = []
        section = fence = count = 0
        state = BODY
        for unit, start in zip(self.reading.units, self.reading.unit_starts, strict=True):
            if len(found) == len(starts):
                break
            if len(found) < bisect_left(starts, start, len(found)):
                found += [section if state.fence is None else fence] * (
                    bisect_left(starts, start, len(found)) - len(found)
                )
            state = unit.state
            if unit.kind == "fence":
                fence = count = count + 1
            elif unit.kind in ("heading", "section"):
                section = count = count + 1
        found += [section if state.fence is None else fence] * (len(starts) - len(found))
        return tuple(found)

    def in_fence(self, offset: int) -> bool:
        """Whether what is read at ``offset`` stands in a fence."""
        at = bisect_right(self.reading.unit_starts, offset) - 1
        return at >= 0 and self.reading.units[at].state.fence is not None

    def near(self, word: str) -> list[Near]:
        """What would be an item if it were written as one, in file order.

        Where the fields stand below, only what has one whose name is ``word``, or a bracket.
        """
        from todo_tui.document import gaps

        found = gaps.promising(self.text, self.reading, word)
        if not found:
            return []
        from todo_tui.document import near

        items = near.items(self.text, found, word)
        return sorted((*near.headings(self.text, self.reading, word), *items), key=near.place)

    @cached_property
    def sections(self) -> tuple[HistorySection, ...]:
        """The session history sections, in file order; conflict markers are no part of them."""
        text = markdown.without_markers(self.text, self.conflicts)
        found = sections.read(text, self.reading, self._before)
        self._before = found
        return found

    @cached_property
    def faults(self) -> tuple[TextFault, ...]:
        """What cannot be read; in the middle of a merge only the places of the conflicts."""
        found = [
            TextFault("conflict", "the file is in the middle of a merge", span.start)
            for span in self.conflicts
        ]
        for start in self.reading.notable:
            unit = self.reading.units[bisect_left(self.reading.unit_starts, start)]
            code: FaultCode = "invalid_item" if unit.kind == "item" else "unreadable_fence"
            for message, offset in unit.faults:
                at = start + offset
                if not any(span.start <= at < span.stop for span in self.conflicts):
                    found.append(TextFault(code, message, at))
        return tuple(sorted(found, key=lambda fault: fault.offset))

    @cached_property
    def unread(self) -> dict[str, int]:
        """How much looks like tasks of a kind that is not read.

        ``checkboxes``, ``front_matter``, ``statuses_by_section``; kinds that do not occur are
        absent.
        """
        from todo_tui.document import unread

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
        for unit, start in zip(self.reading.units, self.reading.unit_starts, strict=True):
            if unit.kind == "heading":
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
        """The line of ``offset``, from 1; counted from the one that was asked for before."""
        at, line = self._counted
        if offset < at // 2:
            at, line = 0, 1
        if offset < at:
            line -= self.text.count("\n", offset, at)
        else:
            line += self.text.count("\n", at, offset)
        self._counted = (offset, line)
        return line

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
        return self.insert_history_items(section, [(time, text)], first=first)

    def insert_history_items(
        self, section: int | None, new: Sequence[tuple[str, str]], *, first: bool
    ) -> Edit:
        """The same for several items, pairs of time and text, in the order in which they go."""
        if section is not None:
            found = self.sections[section]
            return sections.insert(self.text, found, 0 if first else len(found.places), new)
        from todo_tui.document import places

        lines = [f"- {time}: {text}" for time, text in new]
        return sections.block(
            self.text, places.end(self.text, self.reading), ["## Session History", "", *lines]
        )


def _read(text: str, memo: Memo) -> Document:
    """The document that ``text`` is; ``memo`` says what items were read as before."""
    conflicts = markdown.conflicts(text)
    if not conflicts:
        return Document(text, read(text, memo), (), (0, 0), memo)
    reading = read(markdown.without_markers(text, conflicts), {})
    whole = tuple(
        Entry(text[start : start + len(entry.text)], entry.dialect, entry.pairs, entry.id_is_key)
        if any(span.start < start + len(entry.text) and start < span.stop for span in conflicts)
        else entry
        for entry, start in zip(reading.entries, reading.starts, strict=True)
    )
    return Document(text, reading._replace(entries=whole), conflicts, (0, 0), {})


def _read_again(text: str, previous: Document, changes: Sequence[Hunk]) -> Document:
    """The document that ``text`` is, which differs from ``previous.text`` by ``changes``."""
    memo = previous._memo
    old = previous.reading
    if len(memo) > 2 * len(old.entries) + 1_000:
        kept = {entry.text for entry in old.entries}
        memo = {source: entry for source, entry in memo.items() if source in kept}
    marked = any(markdown.may_conflict(text, hunk.start, hunk.stop) for hunk in changes)
    if old.far or marked or previous.merging:
        return _read(text, memo)
    reading, reused = read_again(old, text, changes, memo)
    return Document(text, reading, (), reused, memo, previous._before)
