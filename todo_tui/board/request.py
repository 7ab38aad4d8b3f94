"""Requests: what somebody wants done, as frozen values.

Owns who acts and what is asked for. Must not know whether it may be done (``transition``) or what
it changes in a text (``writing``).
"""

from __future__ import annotations

from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from todo_tui.board.event import BoardEvent
    from todo_tui.document.entry import Value


class Actor(NamedTuple):
    """Who acts. ``human`` with no ``for_agent``: a supervisor; with one: a person acting for it.

    An agent is ``Actor(name)``; a session is part of the name (``eng-backend@7f3a``).
    """

    name: str
    human: bool = False
    for_agent: str | None = None

    @property
    def supervisor(self) -> bool:
        """Whether this is a person acting for themselves."""
        return self.human and self.for_agent is None

    @property
    def holds_as(self) -> str:
        """The name under which this actor would hold a task."""
        return self.for_agent or self.name


class Seen(NamedTuple):
    """What the one who asks saw: the transition is refused (``changed``) if it is so no more."""

    status: str
    holder: str | None


class Claim(NamedTuple):
    """todo -> claimed, for ``agent`` (a supervisor's choice) or for the actor."""

    ref: str
    by: Actor
    agent: str | None = None
    reason: str | None = None
    seen: Seen | None = None


class ClaimNext(NamedTuple):
    """Claim what ``next_for`` gives the actor at the moment of the commit."""

    by: Actor


class Start(NamedTuple):
    """claimed -> in_progress."""

    ref: str
    by: Actor
    seen: Seen | None = None


class Finish(NamedTuple):
    """in_progress -> done."""

    ref: str
    by: Actor
    note: str | None = None
    seen: Seen | None = None


class Release(NamedTuple):
    """claimed or in_progress -> todo."""

    ref: str
    by: Actor
    reason: str | None = None
    seen: Seen | None = None


class Block(NamedTuple):
    """claimed or in_progress -> blocked."""

    ref: str
    by: Actor
    reason: str | None = None
    seen: Seen | None = None


class Unblock(NamedTuple):
    """blocked -> todo."""

    ref: str
    by: Actor
    reason: str | None = None
    seen: Seen | None = None


class Reopen(NamedTuple):
    """done, or a status outside the workflow -> todo."""

    ref: str
    by: Actor
    reason: str | None = None
    seen: Seen | None = None


StepRequest: TypeAlias = Claim | Start | Finish | Release | Block | Unblock | Reopen
"""The transitions of the workflow's table."""


class Batch(NamedTuple):
    """Transitions of several tasks, all or none; what they are allowed is asked before any."""

    requests: tuple[StepRequest, ...]
    by: Actor


class Draft(NamedTuple):
    """A task to be added. A dependency ``@1`` is the first draft of the same Add.

    ``after``: a reference of the task that it is written after and like, in place of ``under``.
    ``fields`` are others: names and values.
    """

    title: str
    priority: str | None = None
    assign: str | None = None
    id: str | None = None
    under: str | None = None
    description: str | None = None
    depends_on: tuple[str, ...] = ()
    after: str | None = None
    fields: tuple[tuple[str, Value], ...] = ()


class Add(NamedTuple):
    """New tasks, all or none."""

    drafts: tuple[Draft, ...]
    by: Actor


class Amend(NamedTuple):
    """Change single fields; None leaves a field as it is, "" empties the agent or the priority.

    ``fields`` are others: names and values; an empty value takes the field away. ``found`` is what
    the one who asks saw, as ``editable.text_of_field`` gives it, by name: refused (``changed``)
    where one of them says something else by now.
    """

    ref: str
    by: Actor
    title: str | None = None
    priority: str | None = None
    assign: str | None = None
    depends_on: tuple[str, ...] | None = None
    description: str | None = None
    fields: tuple[tuple[str, Value], ...] = ()
    found: tuple[tuple[str, str], ...] = ()
    seen: Seen | None = None


class Tick(NamedTuple):
    """Tick the criterion ``at`` (from 0) of a task, which says ``text``; or clear it."""

    ref: str
    by: Actor
    at: int
    text: str
    done: bool = True


class Move(NamedTuple):
    """Put a task's text behind that of another one of the same list, or before it."""

    ref: str
    by: Actor
    beside: str
    behind: bool


class Note(NamedTuple):
    """A session history line about a task."""

    ref: str
    by: Actor
    text: str


class Restore(NamedTuple):
    """Put back what ``event`` changed, on the board as it is now.

    ``undo``: it was the actor's own deed; else it broke a rule, and a supervisor puts that right.
    Refused (``changed``) where somebody has changed the same thing since; ``since`` is a later
    event by which others did, perhaps to what it was.
    """

    event: BoardEvent
    by: Actor
    undo: bool = False
    since: BoardEvent | None = None


Transition: TypeAlias = (
    Claim
    | ClaimNext
    | Start
    | Finish
    | Release
    | Block
    | Unblock
    | Reopen
    | Batch
    | Add
    | Amend
    | Tick
    | Move
    | Note
    | Restore
)

Plain: TypeAlias = Claim | ClaimNext | Start | Finish | Release | Block | Unblock | Reopen | Note
"""Requests about one task that is there already, of which several make one change of the file."""

PLAIN: Final = (Claim, ClaimNext, Start, Finish, Release, Block, Unblock, Reopen, Note)
"""The same, for ``isinstance``."""
