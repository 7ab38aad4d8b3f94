"""Reading again only what changed.

Owns where two texts differ, and which units of the old one still hold in the new one. A unit holds
when its own lines, the first line after them and the state before it are the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from todo_tui.document import units
from todo_tui.document.units import Rows, State
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Entry
    from todo_tui.document.keyed import Memo
    from todo_tui.document.units import Unit

_CHUNK: Final = 1 << 16
_ANCHOR: Final = 200
_REACHES: Final = (0, 400, 2_000, 10_000)
_HUNKS: Final = 100
_END: Final = 1 << 62


class Hunk(NamedTuple):
    """``old_start:old_stop`` of the old text became ``start:stop`` of the new one."""

    old_start: int
    old_stop: int
    start: int
    stop: int


class Reading(NamedTuple):
    """All that was read from a text, in order; the names mean what they mean in ``units.Rows``.

    ``state`` is that at the end of the text. ``grouped``: some entry has a parent.
    """

    units: tuple[Unit, ...]
    unit_starts: tuple[int, ...]
    entries: tuple[Entry, ...]
    starts: tuple[int, ...]
    parents: tuple[int, ...]
    notable: tuple[int, ...]
    far: bool
    grouped: bool
    state: State


def hunks(old: str, new: str) -> list[Hunk]:
    """Where ``new`` differs from ``old``, in order; empty where it does not.

    Every stretch between two hunks is equal in both. The hunks need not be the smallest.
    """
    at = old_at = _common_prefix(old, new, 0, 0, min(len(old), len(new)))
    tail = _common_suffix(old, new, min(len(old), len(new)) - at)
    old_end, end = len(old) - tail, len(new) - tail
    found: list[Hunk] = []
    while len(found) < _HUNKS and (pair := _meet(old, new, old_at, at, old_end, end)):
        found.append(Hunk(old_at, pair[0], at, pair[1]))
        old_at, at = pair
        same = _common_prefix(old, new, old_at, at, min(old_end - old_at, end - at))
        old_at, at = old_at + same, at + same
    if old_at < old_end or at < end:
        found.append(Hunk(old_at, old_end, at, end))
    return found


def changed(edits: Sequence[Edit]) -> list[Hunk]:
    """The differences that ``edits`` make."""
    found: list[Hunk] = []
    shift = 0
    for span, text in sorted(edits, key=lambda edit: edit.span):
        start = span.start + shift
        found.append(Hunk(span.start, span.stop, start, start + len(text)))
        shift += len(text) - (span.stop - span.start)
    return found


def _meet(
    old: str, new: str, old_at: int, at: int, old_end: int, end: int
) -> tuple[int, int] | None:
    """A place after a difference from where on both texts seem to be the same again."""
    for reach in _REACHES:
        line = old.find("\n", old_at + reach, old_end) + 1
        if not line or line + _ANCHOR > old_end:
            return None
        found = new.find(old[line : line + _ANCHOR], at, min(at + 2 * reach + 4_000, end))
        if found >= 0:
            return line, found
    return None


def _common_prefix(old: str, new: str, old_at: int, at: int, size: int) -> int:
    """How many characters, ``size`` at most, are the same from ``old_at`` and ``at`` on."""
    done = 0
    step = _CHUNK
    while done < size:
        step = min(step, size - done)
        if new.startswith(old[old_at + done : old_at + done + step], at + done):
            done += step
        elif step == 1:
            break
        else:
            step //= 2
    return done


def _common_suffix(old: str, new: str, size: int) -> int:
    """How many characters are the same at the end, ``size`` at most."""
    done = 0
    step = _CHUNK
    old_end, end = len(old), len(new)
    while done < size:
        step = min(step, size - done)
        if new.startswith(old[old_end - done - step : old_end - done], end - done - step):
            done += step
        elif step == 1:
            break
        else:
            step //= 2
    return done


def read(text: str, memo: Memo) -> Reading:
    """Read the whole of ``text``."""
    rows = Rows()
    at, state = units.begin(text, rows), units.BODY
    while at < len(text):
        at, state = units.read(text, at, state, memo, rows, len(text))
    return _reading(rows, state)


def read_again(
    old: Reading, text: str, changes: Sequence[Hunk], memo: Memo
) -> tuple[Reading, tuple[int, int]]:
    """Read ``text``, which differs from the text of ``old`` by ``changes`` alone.

    Gives as well how many entries at the start and at the end are those of ``old``.
    """
    rows = Rows()
    taken: list[tuple[int, int, int]] = []
    index, shift, number = 0, 0, 0
    state = old.state
    while number < len(changes):
        first = bisect_right(old.unit_starts, changes[number].old_start) - 1
        # A heading looks past blank lines, and an item past what it may still hold.
        while first > index and _is_blank(text, old.unit_starts[first] + shift, changes[number]):
            first -= 1
        first = max(first - 4, index)
        taken.append(_take(rows, old, index, first, shift))
        if first == 0:
            at, state = units.begin(text, rows), units.BODY
        else:
            at, state = old.unit_starts[first] + shift, old.units[first].state
        while at < len(text):
            while number + 1 < len(changes) and changes[number + 1].start <= at:
                number += 1
            change = changes[number]
            if at >= change.stop:
                shift = change.stop - change.old_stop
                index = bisect_left(old.unit_starts, at - shift)
                if (
                    0
                    < index
                    < len(old.units)  # the first may be front matter, which is so there only
                    and old.unit_starts[index] == at - shift
                    and old.units[index].state == state
                ):
                    break
            at, state = units.read(text, at, state, memo, rows, change.stop)
        else:
            return _reading(rows, state), _reused(rows, old, taken)
        number += 1
    taken.append(_take(rows, old, index, len(old.units), shift))
    return _reading(rows, old.state), _reused(rows, old, taken)


def _is_blank(text: str, start: int, change: Hunk) -> bool:
    """Whether nothing stands between ``start`` and a change."""
    return not text[start : change.start].strip()


def _take(rows: Rows, old: Reading, first: int, last: int, shift: int) -> tuple[int, int, int]:
    """Take over units ``first:last`` of ``old``, ``shift`` further on.

    Gives where their entries are: first in ``rows``, then from where to where in ``old``.
    """
    start = old.unit_starts[first] if first < len(old.units) else _END
    stop = old.unit_starts[last] if last < len(old.units) else _END
    one, two = bisect_left(old.starts, start), bisect_left(old.starts, stop)
    place = len(rows.entries)
    if first >= last:
        return place, one, one
    rows.units += old.units[first:last]
    rows.entries += old.entries[one:two]
    if shift:
        rows.unit_starts += [at + shift for at in old.unit_starts[first:last]]
        rows.starts += [at + shift for at in old.starts[one:two]]
    else:
        rows.unit_starts += old.unit_starts[first:last]
        rows.starts += old.starts[one:two]
    if old.grouped and place != one:
        by = place - one
        rows.parents += [at + by if at >= 0 else at for at in old.parents[one:two]]
    else:
        rows.parents += old.parents[one:two]
    rows.notable += [at + shift for at in old.notable if start <= at < stop]
    return place, one, two


def _reading(rows: Rows, state: State) -> Reading:
    return Reading(
        tuple(rows.units),
        tuple(rows.unit_starts),
        tuple(rows.entries),
        tuple(rows.starts),
        tuple(rows.parents),
        tuple(rows.notable),
        rows.far,
        max(rows.parents, default=-1) >= 0,
        state,
    )


def _reused(rows: Rows, old: Reading, taken: list[tuple[int, int, int]]) -> tuple[int, int]:
    """How many entries at the start and at the end of ``rows`` are those of ``old``."""
    new, before = rows.entries, old.entries
    size = min(len(new), len(before))
    leading = trailing = 0
    for place, one, two in taken:
        while leading < min(place, size) and new[leading] is before[leading]:
            leading += 1
        if leading < place or place != one:
            break
        leading = place + two - one
    shift = len(new) - len(before)
    for place, one, two in reversed(taken):
        stop = len(new) - (place + two - one)
        while trailing < min(stop, size) and new[-1 - trailing] is before[-1 - trailing]:
            trailing += 1
        if trailing < stop or place - one != shift:
            break
        trailing = len(new) - place
    return leading, trailing
