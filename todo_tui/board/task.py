"""A task, and the words for what it can be: status, priority, names of agents.

Owns the canonical words and how the words found in files are read as them. Must not know where a
task stands in a text, or what may be done with it (``workflow``).
"""

from __future__ import annotations

from functools import lru_cache

from todo_tui.document.entry import Mapping
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from todo_tui.document.entry import Value

TODO: Final = "todo"
CLAIMED: Final = "claimed"
IN_PROGRESS: Final = "in_progress"
BLOCKED: Final = "blocked"
DONE: Final = "done"

PRIORITIES: Final = ("critical", "high", "medium", "low")
_RANKS: Final = {priority: rank for rank, priority in enumerate(PRIORITIES)}
"""Canonical priorities, most urgent first; a missing or unknown one sorts after them."""

HELD: Final = frozenset({CLAIMED, IN_PROGRESS, BLOCKED})
"""The statuses in which a task has a holder."""

NOBODY: Final = frozenset({"", "null", "~", "none", "n/a", "-", "unassigned"})
"""The texts, in lower case, that stand for no agent."""

_STATUS_WORDS: Final = {
    "todo": TODO,
    "pending": TODO,
    "open": TODO,
    "unclaimed": TODO,
    "notstarted": TODO,
    "claimed": CLAIMED,
    "inprogress": IN_PROGRESS,
    "doing": IN_PROGRESS,
    "active": IN_PROGRESS,
    "blocked": BLOCKED,
    "done": DONE,
    "complete": DONE,
    "completed": DONE,
    "closed": DONE,
    "finished": DONE,
    "resolved": DONE,
}

_PRIORITY_WORDS: Final = {
    word: name
    for rank, name in enumerate(PRIORITIES)
    for word in (name, f"p{rank}", f"p{rank}{name}")
}

_SUFFIXES: Final = ("(", " - ", " — ", " by ")
"""What begins the part of a status or priority that does not count."""

FIELD_ALIASES: Final = {
    "assignee": "assigned_agent",
    "agent": "assigned_agent",
    "owner": "assigned_agent",
    "assigned": "assigned_agent",
    "assigned_to": "assigned_agent",
    "depends_on": "dependencies",
    "blocked_by": "dependencies",
    "acceptance": "acceptance_criteria",
    "done_at": "completed_at",
    "finished_at": "completed_at",
    "completed_date": "completed_at",
}
"""Names of fields that mean another one, both as ``plain_name`` writes them."""


def without_suffix(raw: str) -> str:
    """The word of a status or priority, without what stands after it in brackets or a dash."""
    text = raw.strip()
    head = min((text.partition(suffix)[0] for suffix in _SUFFIXES), key=len).strip()
    return head if any(map(str.isalnum, head)) else text


def _words(text: str) -> list[str]:
    """The runs of letters and digits in ``text``."""
    if text.isalnum():
        return [text]
    return "".join([c if c.isalnum() else " " for c in text]).split()


def is_missing(raw: str) -> bool:
    """Whether a status or priority says nothing: empty, or YAML's null."""
    return raw.strip().lower() in ("", "~", "null")


@lru_cache(maxsize=4096)
def canonical_status(raw: str) -> str:
    """The canonical status that ``raw`` is read as; "" gives "todo".

    Compared by letters and digits up to the first ``(``, `` - ``, `` — `` or `` by ``. A status
    outside the workflow comes back in lower case, its words joined by ``_``; it never holds blanks.
    """
    if is_missing(raw):
        return TODO
    words = _words(without_suffix(raw).lower())
    return _STATUS_WORDS.get("".join(words)) or "_".join(words or raw.split())


@lru_cache(maxsize=4096)
def canonical_priority(raw: str) -> str | None:
    """One of PRIORITIES, or None where ``raw`` is empty or none that we know.

    ``P1-High`` and ``high priority`` are read by their first word.
    """
    words = _words(without_suffix(raw).lower())
    return _PRIORITY_WORDS.get("".join(words)) or _PRIORITY_WORDS.get(words[0] if words else "")


def priority_rank(priority: str | None) -> int:
    """The place of a canonical priority in their order, 0 the most urgent; None comes last."""
    return len(PRIORITIES) if priority is None else _RANKS.get(priority, len(PRIORITIES))


def is_nobody(raw: str) -> bool:
    """Whether the text stands for no agent: empty, null, ~, none, n/a, -, unassigned."""
    return raw.strip().lower() in NOBODY


def bare_name(agent: str) -> str:
    """An agent's name without its session: ``eng-backend@7f3a`` is ``eng-backend``.

    A name that begins with ``@`` keeps that one.
    """
    at = agent.find("@", 1)
    return agent if at < 0 else agent[:at]


def is_for(assigned: str | None, agent: str) -> bool:
    """Whether what is assigned to ``assigned`` is for ``agent``: by its name, up to ``@``."""
    return assigned is not None and assigned in (agent, bare_name(agent))


def is_of(task: Task, agent: str) -> bool:
    """Whether ``agent`` has the task, had it when it was finished, or it is for the agent.

    A bare name has all its sessions; a session also has what is assigned to its bare name.
    """
    had = task.claimed_by if task.status != TODO else None
    if (who := task.holder or had) is not None:
        return agent in (who, bare_name(who))
    return is_for(task.assigned_agent, agent)


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A field's name in lower case, its words joined by ``_``: ``Assigned Agent``, ``doneAt``."""
    return "_".join(_words(_parted(name).lower())) or name.strip()


def _parted(name: str) -> str:
    """``name`` with ``_`` before a capital letter that follows a small one or a digit."""
    if name.islower():
        return name
    return "".join(
        f"_{c}" if "A" <= c <= "Z" and ("a" <= before <= "z" or "0" <= before <= "9") else c
        for before, c in zip(f" {name}", name, strict=False)
    )


@lru_cache(maxsize=4096)
def canonical_name(name: str) -> str:
    """A field's one name, aliases resolved: ``Blocked-By`` is ``dependencies``."""
    plain = plain_name(name)
    return FIELD_ALIASES.get(plain, plain)


class Fault(NamedTuple):
    """Something wrong with the file or a task.

    ``task`` is a reference, None for a fault of the text itself; ``field`` the canonical name of
    the field that it is about, where it is about one. Where it stands is asked of the board
    (``Board.location``): two faults are equal wherever they stand.
    """

    code: str
    message: str
    task: str | None = None
    field: str | None = None


class Group(NamedTuple):
    """A mapping with an id and a list of tasks: not a card, and changed by no command."""

    id: str
    title: str
    status: str
    priority: str | None
    holder: str | None
    dependencies: tuple[str, ...]


class Task(NamedTuple):
    """One task as the file states it, with what it takes from its group; no position.

    ``ref`` names it alone (the id, and where the id stands twice ``id#hash``). ``status`` is
    canonical, ``raw_status`` the source text. ``assigned_agent`` says for whom it is, ``holder``
    who has it (None unless claimed, in_progress or blocked). ``dependencies`` are ids, its group's
    after its own, without repeats. ``created_at`` is source text. ``fields`` are all others in
    source order, names as written. ``faults`` are those that the task shows by itself. ``pairs``
    are all fields as the item has them, which is what a transition changes (``id_is_key``: the
    first is named by the id and holds the title); a task made without a file has none. ``guessed``:
    YAML refuses the item, so that it was read line by line. ``beside``: the words that stand
    beside the ids in the dependencies; some may be ids that were meant.

    Two tasks are equal where they mean the same: names of fields are compared as
    ``canonical_name`` reads them, values without the line end that a text block has only where
    a line follows it, ``pairs`` not at all; ``fields`` and ``faults`` neither where one of the two
    is guessed, since the edit of one field can make YAML accept an item, and read the others in
    full.
    """

    id: str
    ref: str
    title: str
    status: str
    raw_status: str
    priority: str | None
    raw_priority: str
    assigned_agent: str | None
    claimed_by: str | None
    dependencies: tuple[str, ...]
    created_at: str
    group: str | None
    fields: tuple[tuple[str, Value], ...]
    faults: tuple[Fault, ...]
    pairs: tuple[tuple[str, Value], ...] = ()
    id_is_key: bool = True
    guessed: bool = False
    beside: tuple[str, ...] = ()

    @property
    def holder(self) -> str | None:
        """Who has the task now: claimed_by, else assigned_agent, while it is held at all."""
        if self.status not in HELD:
            return None
        return self.claimed_by or self.assigned_agent

    def sharing(self, known: Task) -> Task:
        """The same task, made of the very values of ``known`` where they are equal.

        One that was read from a journal holds every text again, which is most of its memory.
        """
        pairs = zip(self, known, strict=True)
        return Task._make(its if its == own else own for own, its in pairs)

    def meaning(self, *, guess: bool = False) -> tuple[object, ...]:
        """All that is compared between two tasks; ``guess``: where one of them is guessed."""
        meant: tuple[object, ...] = (
            self.ref,
            self.id,
            self.title,
            self.status,
            self.raw_status,
            self.priority,
            self.raw_priority,
            self.assigned_agent,
            self.claimed_by,
            self.dependencies,
            self.created_at,
            self.group,
        )
        if guess:
            return meant
        fields = tuple((canonical_name(name), _trimmed(value)) for name, value in self.fields)
        return (*meant, fields, self.faults)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Task):
            return NotImplemented
        guess = self.guessed or other.guessed
        return self.meaning(guess=guess) == other.meaning(guess=guess)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.ref, self.title, self.raw_status))


def _trimmed(value: Value) -> Value:
    """``value``, its texts without line ends at their end."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, tuple):
        return tuple(_trimmed(inner) for inner in value)
    return Mapping(tuple((name, _trimmed(inner)) for name, inner in value.items))
