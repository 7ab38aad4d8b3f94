"""Three versions of a text become one, or it is said that they cannot. Pure.

Works on the bytes of whole lines. Lines that stand once in each of two versions (the first line of
an entry does) are what they are matched by; what lies between two matches is one change. When in
doubt it is a conflict: a wrong merge would be worse than a refused transition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Change(NamedTuple):
    """The lines ``start`` to ``stop`` (not included) of the base became ``lines``."""

    start: int
    stop: int
    lines: list[bytes]


def merge(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """``base`` with the changes of both; None where they touch one another.

    Lines side by side may be changed by one each. Two list items put in at the same place are both
    kept, theirs first.
    """
    lines = _lines(base)
    changes = _interleave(_changes(lines, _lines(ours)), _changes(lines, _lines(theirs)))
    if changes is None:
        return None
    merged: list[bytes] = []
    at = 0
    for change in changes:
        merged += lines[at : change.start]
        merged += change.lines
        at = change.stop
    merged += lines[at:]
    if any(not line.endswith((b"\n", b"\r")) for line in merged[:-1]):
        return None
    return b"".join(merged)


def nearest(text: bytes, versions: Sequence[bytes]) -> int:
    """The index of the version that ``text`` was most likely made from, the first of equals.

    It is the one that differs in the fewest lines, wherever they stand.
    """
    lines = Counter(_lines(text))

    def distance(index: int) -> int:
        other = Counter(_lines(versions[index]))
        return (lines - other).total() + (other - lines).total()

    return min(range(len(versions)), key=distance)


def _lines(text: bytes) -> list[bytes]:
    return text.splitlines(keepends=True)


def _interleave(ours: Iterator[_Change], theirs: Iterator[_Change]) -> list[_Change] | None:
    """The changes of both in the order of their places; None where two are in conflict."""
    merged: list[_Change] = []
    our, their = next(ours, None), next(theirs, None)
    while our and their:
        if our == their:
            merged.append(our)
            our, their = next(ours, None), next(theirs, None)
        elif _before(our, their):
            merged.append(our)
            our = next(ours, None)
        elif _before(their, our):
            merged.append(their)
            their = next(theirs, None)
        elif _is_item(our) and _is_item(their):
            merged += (their, our)
            our, their = next(ours, None), next(theirs, None)
        else:
            return None
    merged += [change for change in (our, their) if change]
    merged += [*ours, *theirs]
    return merged


def _before(one: _Change, other: _Change) -> bool:
    """Whether one stands before the other, and they do not touch or only change lines as such."""
    if one.stop == other.start:
        return all(
            change.start < change.stop == change.start + len(change.lines)
            for change in (one, other)
        )
    return one.stop < other.start


def _is_item(change: _Change) -> bool:
    """Whether the change puts in a list item and takes nothing away."""
    return change.start == change.stop and change.lines[0].lstrip()[:2] in (b"- ", b"* ", b"+ ")


def _changes(old: list[bytes], new: list[bytes]) -> Iterator[_Change]:
    """What makes ``new`` of ``old``, in the order of the places, equal lines between any two."""
    ranges = [(0, len(old), 0, len(new))]
    while ranges:
        start, stop, first, last = ranges.pop()
        while start < stop and first < last and old[start] == new[first]:
            start, first = start + 1, first + 1
        while start < stop and first < last and old[stop - 1] == new[last - 1]:
            stop, last = stop - 1, last - 1
        matches = _matches(old[start:stop], new[first:last])
        if matches:
            ends = [*((start + i, first + j) for i, j in matches), (stop, last)]
            starts = [(start, first), *((i + 1, j + 1) for i, j in ends[:-1])]
            pairs = zip(starts, ends, strict=True)
            ranges += reversed([(a, b, c, d) for (a, c), (b, d) in pairs])
        elif start < stop or first < last:
            yield _Change(start, stop, new[first:last])


def _matches(old: list[bytes], new: list[bytes]) -> list[tuple[int, int]]:
    """Where lines that stand once in each are, as rising pairs of indices: the most there can be.

    (Bram Cohen's patience diff: the longest rising subsequence, by patience sorting.)
    """
    places = {line: j for j, line in enumerate(new)}
    in_old, in_new = Counter(old), Counter(new)
    once = [
        (i, places[line]) for i, line in enumerate(old) if in_old[line] == 1 and in_new[line] == 1
    ]
    tops: list[int] = []
    chains: list[_Chain] = []
    for i, j in once:
        pile = bisect_left(tops, j)
        chain = _Chain(i, j, chains[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        chains[pile : pile + 1] = [chain]
    pairs: list[tuple[int, int]] = []
    link = chains[-1] if chains else None
    while link:
        pairs.append((link.old, link.new))
        link = link.before
    return pairs[::-1]


class _Chain(NamedTuple):
    """A match and the best row of matches that leads to it."""

    old: int
    new: int
    before: _Chain | None
