"""The oracle: whether the final file and what every process was told agree.

It reads the file by its own reader and replays the history by its own small table: nothing of the
package under test judges the package under test. Rules:

- Each success that changed something has its own history line, and each line its own success (or
  the unanswered last call of a process that was killed). A failure has none.
- Played from the beginning, the lines are legal moves by whoever held the task, and end in the
  states that the file gives: so no task is won twice, and nothing was done that is not noted.
- Whoever was answered before another asked stands before it in the history.
- The ids that ``add`` gave are all different, and each is in the file once with its own title.
- Everything that editors without a lock put in is there.
- All other bytes are what they were.

Where editors take part, one that writes a stale text reverts successes, which no program can
prevent. A success that is not in the file is *reverted* where the record of an editor shows such a
write: it read before the success was answered and wrote after the new file was made, and its text
lacks the line. Otherwise it is a *silent loss*, of which there must be none. Of several successes
that have lines alike (who claims a task again needs no note), those are lost whose loss says most
of what is found: the fewest promises broken.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.storm.scene import TOKEN, Line, State, history_of, read, strangers, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.storm.record import Ask, Call, Edit, Verb

_EVENTS: Final[dict[Verb, str]] = {
    "claim": "claimed",
    "claim next": "claimed",
    "start": "started",
    "done": "finished",
    "release": "released",
    "block": "blocked",
    "unblock": "unblocked",
    "reopen": "reopened",
    "note": "noted",
    "add": "created",
}

_MOVES: Final = {
    "claimed": (("todo",), "claimed"),
    "started": (("claimed",), "in_progress"),
    "finished": (("in_progress",), "done"),
    "released": (("claimed", "in_progress"), "todo"),
    "blocked": (("claimed", "in_progress"), "blocked"),
    "unblocked": (("blocked",), "todo"),
    "reopened": (("done",), "todo"),
}

_TICK: Final = 20_000_000
"""Nanoseconds by which a file's time may lag behind the clock."""

EXPECTED: Final = frozenset(
    {
        "already_claimed",
        "not_holder",
        "not_ready",
        "illegal",
        "nothing",
        "released",
        "reassigned",
        "assigned_to_other",
        "needs_supervisor",
        "changed",
        "locked",
        "no_task",
    }
)
"""The refusals that a storm may bring."""


@dataclass(slots=True)
class Verdict:
    """What the oracle found. ``problems`` are broken promises, as sentences; empty: all held."""

    calls: int = 0
    successes: int = 0
    repeats: int = 0
    unknown: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    added: int = 0
    edits: int = 0
    edits_lost: int = 0
    unmerged: int = 0
    reverted: int = 0
    won_again: int = 0
    silent: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        """Count another run's in."""
        for name in self.__slots__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, name, mine + theirs)


def judge(
    before: bytes,
    after: bytes,
    calls: Sequence[Call],
    edits: Sequence[Edit] = (),
    *,
    version: Callable[[Edit], bytes] = lambda _: b"",
    unmerged: Sequence[bytes] = (),
) -> Verdict:
    """Judge one run: the file before and after it, and all records.

    ``version`` gives the text that an edit wrote; ``unmerged`` are the versions of others that the
    program kept beside the file, because it could not put them back.
    """
    verdict = Verdict(edits=len(edits), unmerged=len(unmerged))
    _count(verdict, calls)
    found = read(after)
    kept = [one for one in calls if one.told is None or (not one.told.code and one.told.changed)]
    stale = [_Stale(edit, Counter(map(_key, history_of(version(edit))))) for edit in edits]
    lost, times = _match(verdict, kept, found.history, stale)
    for call, wanted, explained in lost:
        if explained:
            verdict.reverted += 1
            if any(one.task == wanted.task and one.event == wanted.event for one in found.history):
                verdict.won_again += wanted.event == "claimed"
        else:
            verdict.silent += 1
            verdict.problems.append(f"{call.actor} was told yes, and it is gone: {wanted}")
    _order(verdict, times)
    _replay(verdict, read(before).states, found.states, found.history)
    _ids(verdict, kept, found.states, {wanted.task for _, wanted, _ in lost})
    verdict.problems += (f"the id {name} stands twice" for name in found.repeated)
    _edits(verdict, edits, text_of(after), [text_of(data) for data in unmerged])
    verdict.problems += strangers(before, after)
    return verdict


def _count(verdict: Verdict, calls: Iterable[Call]) -> None:
    for call in calls:
        verdict.calls += 1
        told = call.told
        if told is None:
            verdict.unknown += 1
        elif told.code is not None:
            verdict.refusals[told.code] += 1
            if told.code not in EXPECTED:
                verdict.problems.append(
                    f"{call.actor} asked {call.ask} and was told {told.code}: {told.message}"
                )
        elif told.changed:
            verdict.successes += 1
            verdict.merged += told.merged
            verdict.added += len(told.refs) if call.ask.verb == "add" else 0
        else:
            verdict.repeats += 1


Key = tuple[str, str, str, "str | None"]
"""What makes a history line the line of a call: task, event, by whom, and its note."""


class _Stale(NamedTuple):
    """An edit, and how many lines of each key stood in the text that it wrote."""

    edit: Edit
    lines: Counter[Key]

    def reverts(self, call: Call, key: Key, *, before: int) -> bool:
        """Whether it wrote over the line of ``call``, before which ``before`` alike stood."""
        told = call.told
        if told is None or call.answered is None:
            return False
        since = max(call.asked, told.placed - _TICK)
        within = self.edit.began <= call.answered and self.edit.finished >= since
        return within and self.lines[key] <= before


def _line_of(call: Call, ref: str) -> Key:
    """What the history line of a success must hold."""
    ask = call.ask
    said = None if ask.verb == "add" else ask.said
    return ref, _EVENTS[ask.verb], call.actor, said


def _key(line: Line) -> Key:
    return line.task, line.event, line.actor, line.note


def _match(
    verdict: Verdict, kept: Sequence[Call], history: Sequence[Line], stale: Sequence[_Stale]
) -> tuple[list[tuple[Call, Line, bool]], list[Call]]:
    """The successes without a line, with whether an edit explains that, and whose each line is.

    The latter are in the order of the lines.
    """
    places: dict[Key, list[int]] = defaultdict(list)
    for at, line in enumerate(history):
        places[_key(line)].append(at)
    wanted: dict[Key, list[Call]] = defaultdict(list)
    for call in sorted(kept, key=lambda one: one.asked):
        for ref in call.told.refs if call.told is not None else ():
            wanted[_line_of(call, ref)].append(call)
    needed = Counter({key: len(calls) for key, calls in wanted.items()})
    owner: dict[int, Call] = {}
    for call in kept:
        if call.told is None:
            for at in _unanswered(call, places, needed):
                owner[at] = call
    short = {key for key, calls in wanted.items() if len(calls) > len(places[key])}
    for key in wanted.keys() - short:
        first = len(places[key]) - len(wanted[key])
        owner.update(zip(places[key][first:], wanted[key], strict=True))
    neighbours = _Neighbours(owner, len(history))
    lost: list[tuple[Call, Line, bool]] = []
    for key in sorted(short, key=lambda one: wanted[one][0].asked):
        _, found, gone = _split(wanted[key], key, places[key], neighbours, stale)
        owner.update(found)
        for call, explained in gone:
            line = Line(key[0], key[1], None, key[2], call.human, "", "", key[3])
            lost.append((call, line, explained))
    for at, line in enumerate(history):
        if at not in owner:
            verdict.problems.append(f"the history holds what nobody was told: {line}")
    return lost, [owner[at] for at in sorted(owner)]


class _Neighbours:
    """The calls of which it is sure where they stand: who may stand between them."""

    def __init__(self, owner: dict[int, Call], lines: int) -> None:
        asked = [owner[at].asked if at in owner else 0 for at in range(lines)]
        ends = (owner[at].answered if at in owner else None for at in range(lines))
        answered = [math.inf if end is None else end for end in ends]
        self._latest = list(accumulate(asked, max, initial=0))
        self._earliest = list(accumulate(reversed(answered), min, initial=math.inf))[::-1]

    def admit(self, call: Call, at: int) -> bool:
        """Whether ``call`` may have the line ``at``: answered and asked at the right times."""
        end = math.inf if call.answered is None else call.answered
        return end >= self._latest[at] and call.asked <= self._earliest[at + 1]


class _Choice(NamedTuple):
    """Which of the first calls have which line, which have none, and what is wrong with that."""

    problems: int = 0
    found: tuple[tuple[int, Call], ...] = ()
    gone: tuple[tuple[Call, bool], ...] = ()


def _split(
    calls: Sequence[Call],
    key: Key,
    lines: Sequence[int],
    neighbours: _Neighbours,
    stale: Sequence[_Stale],
) -> _Choice:
    """Which of ``calls`` the lines are of that have their key; of equals, the later calls."""
    best = {0: _Choice()}
    for number, call in enumerate(calls):
        left = len(calls) - number - 1
        following: dict[int, _Choice] = {}
        for used, (problems, found, gone) in best.items():
            explained = any(one.reverts(call, key, before=used) for one in stale)
            loss = _Choice(problems + (not explained), found, (*gone, (call, explained)))
            ways = [(used, loss)] if len(lines) - used <= left else []
            if used < len(lines):
                at = lines[used]
                wrong = not neighbours.admit(call, at)
                ways.append((used + 1, _Choice(problems + wrong, (*found, (at, call)), gone)))
            for place, way in ways:
                known = following.get(place)
                if known is None or way.problems < known.problems:
                    following[place] = way
        best = following
    return best[len(lines)]


def _unanswered(
    call: Call,
    places: dict[Key, list[int]],
    needed: Counter[Key],
) -> list[int]:
    """The lines that the last call of a killed process may have written.

    They are the last of those that are more than its answered calls ``needed``.
    """
    ask = call.ask
    mine = (_EVENTS[ask.verb], call.actor)
    found: list[int] = []
    for key, left in places.items():
        meant = key[1:3] == mine and (ask.verb == "add" or key[3] == ask.said)
        if not meant or ask.ref not in ("", key[0]):
            continue
        while len(left) > needed[key]:
            found.append(left.pop())
            if ask.verb != "add":
                return found
    return found


def _order(verdict: Verdict, owners: Sequence[Call]) -> None:
    """Each call must be answered after all that stand before it in the history were asked."""
    latest = 0
    for call in owners:
        latest = max(latest, call.asked)
        if call.answered is not None and call.answered < latest:
            verdict.problems.append(f"{call} stands behind one that was asked after its answer")


def _replay(
    verdict: Verdict, before: dict[str, State], after: dict[str, State], history: Sequence[Line]
) -> None:
    states = {name: (state.status, state.holder) for name, state in before.items()}
    for line in history:
        status, holder = states.get(line.task, ("none", None))
        if line.event == "created":
            legal = status == "none" and line.to_status == "todo"
            states[line.task] = ("todo", None)
        elif line.event == "noted":
            legal = line.from_status == line.to_status == status
        else:
            sources, target = _MOVES[line.event]
            boss = line.human and line.for_agent is None
            legal = (
                status in sources
                and (line.from_status, line.to_status) == (status, target)
                and (boss or line.event == "claimed" or holder == line.agent)
                and (line.event != "reopened" or boss)
            )
            if line.event == "claimed":
                holder = line.agent
            states[line.task] = (target, holder if target not in ("todo", "done") else None)
        if not legal:
            verdict.problems.append(f"{line} was no legal move: it was {status}, {holder}")
    for name, (status, holder) in states.items():
        stands = after.get(name)
        if stands is None or (stands.status, stands.holder) != (status, holder):
            verdict.problems.append(f"{name} is {stands}, but by its history {status}, {holder}")
    verdict.problems += (f"{name} has no history" for name in after.keys() - states.keys())


def _ids(verdict: Verdict, kept: Sequence[Call], states: dict[str, State], lost: set[str]) -> None:
    owner: dict[str, Call] = {}
    for call in kept:
        if call.ask.verb != "add" or call.told is None:
            continue
        for number, ref in enumerate(call.told.refs):
            again = owner.setdefault(ref, call)
            if again is not call and ref not in lost:
                verdict.problems.append(f"{ref} was given to {again.actor} and to {call.actor}")
            title = title_of(call.ask, number)
            if ref not in lost and (ref not in states or states[ref].title != title):
                verdict.problems.append(f"{call.actor} added {ref} {title}: {states.get(ref)}")


def title_of(ask: Ask, number: int) -> str:
    """The title of the task of this number that an ``add`` adds."""
    return f"{ask.said} part {number}"


def _edits(verdict: Verdict, edits: Sequence[Edit], text: str, unmerged: Sequence[str]) -> None:
    there = set(TOKEN.findall(text))
    kept = {token for version in unmerged for token in TOKEN.findall(version)}
    replaced = {edit.replaced for edit in edits}
    for edit in edits:
        if edit.token in there or edit.token in replaced:
            continue
        verdict.edits_lost += 1
        if edit.token not in kept:
            verdict.problems.append(f"an edit is gone without a word: {edit}")
