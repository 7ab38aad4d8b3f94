"""The session history: entries in our own grammar, read and written.

Owns the grammar of a history line::

    TIME: ID EVENT[ for AGENT] by NAME[ (human)] (FROM -> TO)[: NOTE]

Nothing in it is escaped. A line is read by its leftmost parts: the id ends before the first
`` EVENT`` that leaves a line of this grammar, the agent before the first `` by ``, the name
before the first `` (FROM -> TO)`` that ends the line or has `: ` behind it; FROM and TO are
canonical statuses and hold no blank. An id or a name that would be read back as something else
cannot be written (``is_plain``). A task that is created comes from ``none``; an event that leaves
the status as it is (noted, reassigned) has it twice.

Must not know where a section stands in the text (``document``), or which transition writes which
line (``transition``).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from todo_tui.board.times import TIME, time_of, write_time
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal, cast, get_args

if TYPE_CHECKING:
    import re

Event = Literal[
    "created", "claimed", "started", "finished", "released", "blocked", "unblocked", "reopened",
    "reassigned", "noted",
]  # fmt: skip

NEW: Final = "none"
"""What a task comes from that is created."""

_DATED = expression(rf"(?P<bold>\*\*|__)?{TIME}(?![0-9])")
_BOLD_END = expression(r"\s*(?:\*\*|__)")
_FRAME = expression(
    rf"(?P<task>.+?) (?P<event>{'|'.join(get_args(Event))})(?: for (?P<for>.+?))? by (?P<by>.+?)"
    r"(?P<human> \(human\))? \((?P<from>\S+) -> (?P<to>\S+)\)(?:: (?P<note>.+))?"
)
_EVENTS: Final = frozenset(get_args(Event))
_EVENT_WORDS: Final = 10
"""The words of an event without a note: task, event, for, agent, by, actor, human, from, ->, to."""

_SEPARATOR = expression(r"\s*(?::|[-\u2013\u2014](?=\s|$))?\s*")


class HistoryEntry(NamedTuple):
    """One entry of the session history.

    ``at`` is its time in UTC, None where it is impossible. For a line of our own grammar ``event``,
    ``task`` (an id), ``actor`` (``by NAME``), ``for_agent``, ``human``, ``from_status`` and
    ``to_status`` (canonical), and ``note`` are set; for any other line they are None (False), and
    ``text`` is all there is. ``text`` is what stands after the time, bold marks dropped.
    """

    at: datetime | None
    text: str
    event: Event | None = None
    task: str | None = None
    actor: str | None = None
    human: bool = False
    for_agent: str | None = None
    from_status: str | None = None
    to_status: str | None = None
    note: str | None = None

    @property
    def agent(self) -> str | None:
        """For whom an event was: the agent acted for, else the one who acted."""
        return self.for_agent or self.actor


class Section(NamedTuple):
    """One session history section, entries in file order."""

    entries: tuple[HistoryEntry, ...]

    @property
    def newest_first(self) -> bool:
        """Whether the list grows at its top: its first dated entry is later than its last."""
        first = next((entry.at for entry in self.entries if entry.at is not None), None)
        last = next((entry.at for entry in reversed(self.entries) if entry.at is not None), first)
        return first is not None and last is not None and first > last

    @property
    def newest(self) -> datetime | None:
        """The latest time in it; None where nothing in it is dated."""
        return max((entry.at for entry in self.entries if entry.at is not None), default=None)

    def grown(self, new: tuple[HistoryEntry, ...]) -> Section:
        """The section with ``new`` (oldest first) at the end at which it grows."""
        return Section((*new[::-1], *self.entries) if self.newest_first else (*self.entries, *new))


def event_entry(
    at: datetime,
    task: str,
    event: Event,
    actor: str,
    from_status: str,
    to_status: str,
    *,
    human: bool = False,
    for_agent: str | None = None,
    note: str | None = None,
) -> HistoryEntry:
    """The entry for one event, with the text of our own grammar; ``at`` loses what is below 1 s."""
    text = (
        f"{task} {event}{f' for {for_agent}' if for_agent else ''} by {actor}"
        f"{' (human)' if human else ''} ({from_status} -> {to_status}){f': {note}' if note else ''}"
    )
    return HistoryEntry(
        at.replace(microsecond=0), text, event, task, actor, human, for_agent, from_status,
        to_status, note or None,
    )  # fmt: skip


def is_plain(entry: HistoryEntry) -> bool:
    """Whether an event's line is read back as what it says."""
    return read_entry(write_entry(entry)) == entry


@lru_cache(maxsize=65536)
def read_entry(text: str) -> HistoryEntry | None:
    """The entry that a history item's text is; None where it does not begin with a time."""
    dated = _plainly_dated(text) or _dated(text)
    if dated is None:
        return None
    at, rest = dated
    event = _plain_event(at, rest)
    if event is not None:
        return event
    frame = _FRAME.fullmatch(rest) if " by " in rest and " -> " in rest else None
    if frame is None:
        return HistoryEntry(at, rest)
    return HistoryEntry(
        at,
        rest,
        cast("Event", frame["event"]),
        frame["task"],
        frame["by"],
        frame["human"] is not None,
        frame["for"],
        frame["from"],
        frame["to"],
        frame["note"],
    )


def _dated(text: str) -> tuple[datetime | None, str] | None:
    """The time at the beginning of an item's text, None where it is impossible, and the rest."""
    dated = _DATED.match(text)
    if dated is None:
        return None
    at, rest = time_of(dated), text[dated.end() :]
    if mark := dated["bold"]:
        if end := _BOLD_END.match(rest.removeprefix(":")):
            rest = rest.removeprefix(":")[end.end() :]
        else:
            rest = rest.replace(mark, "", 1)
    if separator := _SEPARATOR.match(rest):
        rest = rest[separator.end() :]
    return at, rest.rstrip()


def _plainly_dated(text: str) -> tuple[datetime, str] | None:
    """The same for a time as we write it, which may be bold, for little; None for any other."""
    if text[:2] == text[22:24] == "**":
        text = text[2:22] + text[24:]
    if text[4:20:3] != "--T::Z" or text[20:21] != ":":
        return None
    try:
        return datetime.fromisoformat(text[:20]), text[21:].strip()
    except ValueError:
        return None


def _plain_event(at: datetime | None, text: str) -> HistoryEntry | None:
    """The event of an entry that is written as nearly all of ours are, for little.

    ``TASK_001 claimed by eng-backend (todo -> claimed)``, perhaps for another agent, by a human, or
    with a note. None for all that the expression has to read, with the same result.
    """
    if not (text.isascii() and text.isprintable()):
        return None
    task, *words = text.split(" ", _EVENT_WORDS)
    event = words[0] if words else ""
    for_agent = words[2] if words[1:2] == ["for"] and len(words) > 2 else None
    words = words[1:] if for_agent is None else words[3:]
    human = words[2:3] == ["(human)"]
    if human:
        del words[2]
    if event not in _EVENTS or len(words) < 5 or for_agent == "":
        return None
    by, actor, old, arrow, new, *rest = words
    note = " ".join(rest)
    bare = new.removesuffix(":") if rest else new
    if (by, old[0:1], arrow, bare[-1:]) != ("by", "(", "->", ")") or not (task and actor):
        return None
    if min(len(old), len(bare)) < 2 or (rest and (bare == new or not note)):
        return None
    return HistoryEntry(
        at, text, cast("Event", event), task, actor, human, for_agent, old[1:], bare[:-1],
        note or None,
    )  # fmt: skip


def write_entry(entry: HistoryEntry) -> str:
    """The line for ``entry``, without bullet; ASCII frame, time in UTC with Z.

    Raises ValueError for an entry without a time.
    """
    if entry.at is None:
        raise ValueError("an entry without a time cannot be written")
    return f"{write_time(entry.at)}: {entry.text}"


def is_about(entry: HistoryEntry, task_id: str) -> bool:
    """Whether an entry is about a task: it holds the id (or its short form) as a whole word.

    The short form is the id without ``TASK_`` or ``TASK-``, where letters are left in it. An event
    names its task, so that ``1`` is not found in that of ``1.2``; in its note others may be named.
    """
    if entry.task is not None:
        if entry.task == task_id or entry.task.startswith(f"{task_id}#"):
            return True
        return entry.note is not None and about(task_id).search(entry.note) is not None
    return about(task_id).search(entry.text) is not None


@lru_cache(maxsize=256)
def about(task_id: str) -> re.Pattern[str]:
    """What finds ``task_id`` in a text as a whole word: not inside of a longer id or word."""
    import re

    short = re.sub(r"^TASK[_-]", "", task_id)
    forms = {task_id, short} if any(map(str.isalpha, short)) else {task_id}
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{alternatives})(?!\w)(?!-\w)")
