"""The sections of the session history: where they stand, their items, and where one is added.

Owns the text of a history list. Must not know the grammar of a line in it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import chain

from todo_tui.document import markdown
from todo_tui.document.edit import Edit
from todo_tui.document.span import Span
from todo_tui.document.syntax import line_end, lines, trimmed
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.reuse import Reading


_LONG: Final = 1_000
"""Characters from which on an item is not remembered."""


class HistoryItem(NamedTuple):
    """One list item of a session history section.

    ``span`` covers its whole lines (continuation lines too), line end included; ``text`` is what
    stands after the bullet on those lines, bold marks kept, continuation lines joined by a blank.
    """

    span: Span
    text: str


class HistorySection(NamedTuple):
    """One session history section: its heading's span, and what its list items say, in file order.

    ``end`` is where an item could be appended after the last one (or after the heading and its
    blank line where there is none): the start of a line, or the end of the text. ``source`` is the
    text from the heading to there, and ``places`` where in it each item starts and stops.
    """

    heading: Span
    source: str
    places: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]

    @property
    def end(self) -> int:
        """Where an item could be appended."""
        return self.heading.start + len(self.source)

    def item(self, at: int) -> HistoryItem:
        """The item of this number, from 0."""
        start, stop = self.places[at]
        begin = self.heading.start
        return HistoryItem(Span(begin + start, begin + stop), self.texts[at])

    @property
    def items(self) -> tuple[HistoryItem, ...]:
        """All items."""
        return tuple(self.item(at) for at in range(len(self.places)))


def read(
    text: str, reading: Reading, before: tuple[HistorySection, ...] = ()
) -> tuple[HistorySection, ...]:
    """The sections of ``text``, in file order.

    ``before`` are those of an earlier text: of a section that has grown at its end only the end is
    read.
    """
    starts = [
        start
        for start in reading.notable
        if reading.units[bisect_left(reading.unit_starts, start)].kind == "section"
    ]
    known = before if len(before) == len(starts) else (None,) * len(starts)
    return tuple(
        _section(text, reading, bisect_left(reading.unit_starts, start), old)
        for start, old in zip(starts, known, strict=True)
    )


def _section(text: str, reading: Reading, index: int, old: HistorySection | None) -> HistorySection:
    units, starts = reading.units, reading.unit_starts
    begin = starts[index]
    heading = Span(begin, starts[index + 1] if index + 1 < len(units) else len(text))
    places: list[tuple[int, int]] = []
    texts: list[str] = []
    last = index + 1
    if old is not None and len(old.places) > 1 and text.startswith(old.source, begin):
        # What its last item says may depend on what follows.
        places += old.places[:-1]
        texts += old.texts[:-1]
        last = bisect_left(starts, begin + old.places[-1][0], index + 1)
    while last < len(units) and units[last].state.level and units[last].kind != "section":
        if units[last].kind == "history":
            start = starts[last]
            source = text[start : starts[last + 1] if last + 1 < len(units) else len(text)]
            size, said = _remembered(source) if len(source) < _LONG else _said(source)
            places.append((start - begin, start - begin + size))
            texts.append(said)
        last += 1
    if places:
        end = begin + places[-1][1]
    else:
        end = heading.stop
        following = text.find("\n", end) + 1
        if following and not text[end:following].strip():
            end = following
        end = _behind_indented(text, end, starts[last] if last < len(units) else len(text))
    return HistorySection(heading, text[begin:end], tuple(places), tuple(texts))


def _behind_indented(text: str, at: int, stop: int) -> int:
    """Behind the indented lines from ``at`` on, which would belong to an item before them."""
    end = at
    for span in lines(text, at):
        if span.start >= stop or text[span.start] not in " \t\r\n":
            break
        if span.of(text).strip():
            end = span.stop
    return end


def _said(source: str) -> tuple[int, str]:
    """How much of an item's source is not blank lines at its end, and what it says."""
    at = max(markdown.words_start(source, 0), 0)
    size = markdown.line_stop(source, 0)
    pieces: list[str] = []
    for span in lines(source, at):
        piece = trimmed(source, *span).of(source)
        if piece:
            pieces.append(piece)
            size = span.stop
    return size, " ".join(pieces)


_remembered = lru_cache(maxsize=1 << 16)(_said)


def insert(text: str, section: HistorySection, at: int, new: Sequence[tuple[str, str]]) -> Edit:
    """Put items ``TIME: text`` before the item ``at`` of a section, or behind its last.

    In the order given, with the bullet and bold of the nearest dated item, and blank lines between
    them where the list has such. The items before ``at`` are nearer than those behind it.
    """
    before, behind = range(at - 1, -1, -1), range(at, len(section.places))
    if not section.places:
        return block(text, section.end, [_line("- ", "", time, said) for time, said in new])
    near = [*before[:2], *behind[:2]]
    dated_at = (one for one in chain(before, behind) if _bold(section.texts[one]) is not None)
    nearest = next(dated_at, near[0])
    model = section.item(nearest)
    words = markdown.words_start(text, model.span.start)
    mark = _bold(model.text) or ""
    pair = sorted(section.item(one).span for one in near[:2])
    between = text[pair[0].stop : pair[-1].start]
    gap = between.count("\n") if not between.strip() else 0
    lead = text[model.span.start : words] if words >= 0 else "- "
    lines = [_line(lead, mark, time, said) for time, said in new]
    place = section.item(at - 1).span.stop if at else section.item(0).span.start
    end = line_end(text, place)
    blank = end * gap
    if not at:
        return Edit(Span(place, place), "".join(line + end + blank for line in lines))
    if text[place - 1] != "\n":
        return Edit(Span(place, place), "".join(end + blank + line for line in lines))
    return Edit(Span(place, place), "".join(blank + line + end for line in lines))


def _bold(said: str) -> str | None:
    """The mark that makes the date bold with which an item begins; None where it has no date."""
    mark = said[:2] if said.startswith(("**", "__")) else ""
    year, dash = said[len(mark) : len(mark) + 4], said[len(mark) + 4 : len(mark) + 5]
    return mark if dash == "-" and year.isascii() and year.isdigit() else None


def _line(lead: str, mark: str, time: str, said: str) -> str:
    return f"{lead}{mark}{time}{mark}: {said}"


def block(text: str, at: int, lines: Sequence[str]) -> Edit:
    """The edit that puts ``lines`` at ``at``, with a blank line around them."""
    end = line_end(text, at)
    body = end.join(lines)
    before = text[:at].removeprefix("\ufeff")
    if before and not before.endswith("\n"):
        return Edit(Span(at, at), end + end + body)
    if before and not before.endswith(("\n\n", "\n\r\n")):
        body = end + body
    following = text[at : text.find("\n", at) + 1 or len(text)]
    return Edit(Span(at, at), body + end + (end if following.strip() else ""))
