"""Which lines of the journal tell how the file came to a state that a board saw, maybe late.

Must not read or write the journal (``journal``).
"""

from __future__ import annotations

from itertools import chain as chained

from todo_tui.static import TYPE_CHECKING
from todo_tui.storage.journal_record import Committed, Looked, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from todo_tui.storage.journal import Line


def tells(lines: Sequence[Line], before: str, after: str) -> list[Line] | None:
    """Those of ``lines`` that tell all of ``after``, the fewest; None where they do not.

    A look tells all up to its state. A commit tells how its state came from the one before it: all
    is told only where that is where the lines before have led to. One that was there long ago
    somebody has put there again, and that is news. A look may have been written down late: whether
    it was at the state of then is not known.
    """
    told, ends = {before}, {before}
    waiting: dict[str, list[int]] = {}
    behind: set[int] = set()  # commits that wait still, and led to a state that was looked at
    if after in told:
        return []
    for at, line in enumerate(lines):
        match line.record:
            case Looked(after=state):
                others = ends
                behind |= _up_to(state, lines, sorted(chained(*waiting.values())))
            case Committed(before=old, after=state) if old in ends:
                others = set()
            case Committed(before=old):
                waiting.setdefault(old, []).append(at)
                continue
            case _:
                continue
        new, latest = [at], state
        while new:
            record = lines[new.pop()].record
            assert not isinstance(record, Mark), "a mark waits for nothing"
            latest = record.after
            told.add(latest)
            new += reversed(waiting.pop(latest, ()))
        ends = {latest} if latest != state else {state, *others}
        if after in told:
            ahead = {*chained(*waiting.values())} - behind
            return [one for number, one in enumerate(lines[: at + 1]) if number not in ahead]
    return None


def _up_to(state: str, lines: Sequence[Line], commits: Sequence[int]) -> set[int]:
    """Those of ``commits``, which are places in ``lines``, that were made before a state was.

    All, where none of them began with it or made it.
    """
    made = [
        (at, record.before, record.after)
        for at in commits
        if isinstance(record := lines[at].record, Committed)
    ]
    stop = next((at for at, old, _ in made if old == state), None)
    if stop is None:
        stop = next((at + 1 for at, _, new in made[::-1] if new == state), len(lines))
    return {at for at in commits if at < stop}


def chain(lines: Sequence[Line], before: str, states: Sequence[str]) -> int | None:
    """After how many of ``lines`` commits alone have led from ``before`` to the last of ``states``.

    None where they have not, each from where the last one ended, by way of all the others in their
    order: then somebody else has written something in between, or is still to tell of it. None,
    too, where the lines behind them tell of one of these states again: it may be that one.
    """
    waiting, passed = list(states[::-1]), [before]
    for count, line in enumerate(lines, 1):
        record = line.record
        if not isinstance(record, Committed) or record.before != passed[-1]:
            return None
        passed.append(record.after)
        if record.after == waiting[-1]:
            waiting.pop()
        if not waiting:
            later = {it.record.after for it in lines[count:] if not isinstance(it.record, Mark)}
            return None if later.intersection(passed) else count
    return None


def end_of(lines: Sequence[Line]) -> str | None:
    """The state that the lines lead to: some looks are written down after what came of them."""
    begun = {line.record.before for line in lines if isinstance(line.record, Committed)}
    for line in reversed(lines):
        match line.record:
            case Committed(after=state):
                return state
            case Looked(after=state) if state not in begun:
                return state
    return None


def past_of(lines: Sequence[Line], state: str) -> Sequence[Line]:
    """The lines that tell what led to a state that the file had once.

    All before the first commit that began with it, and looks that were written down late: at it, or
    at states that those commits began with. Where none began with it, all.
    """
    for at, line in enumerate(lines):
        if isinstance(line.record, Committed) and line.record.before == state:
            begun = {one.record.before for one in lines[:at] if isinstance(one.record, Committed)}
            late = {state, *begun}
            looks = [
                one
                for one in lines[at:]
                if isinstance(one.record, Looked) and one.record.after in late
            ]
            return [*lines[:at], *looks]
    return lines
