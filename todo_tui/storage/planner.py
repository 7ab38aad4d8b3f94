"""Requests as a function from the bytes of a file to the bytes that it should have.

Owns how a plan is made on bytes, one request alone or several one after the other, and that what
would be written was read back and states what was meant. Must not touch the disk, except to say
which file a plan is of.
"""

from __future__ import annotations

from todo_tui.board import reading
from todo_tui.document.document import Document, NotTextError
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from _typeshed import StrPath

    from todo_tui.board.board import Board
    from todo_tui.board.event import Source
    from todo_tui.board.thresholds import Thresholds
    from todo_tui.board.transition import Outcome, Transition


class Wish(NamedTuple):
    """A request and its circumstances.

    ``history``: whether it writes the session history. ``source``: what the journal says that it
    came by, ``thresholds``: what of it that calls no violation.
    """

    transition: Transition
    history: bool
    source: Source
    thresholds: Thresholds


class Deed(NamedTuple):
    """What a wish came to at the time ``at``: ``before`` became ``after``, or a refusal."""

    wish: Wish
    at: datetime
    before: Board
    after: Board
    outcome: Outcome | None
    refusal: TodoError | None = None


class Planned(NamedTuple):
    """Wishes planned on ``base``, of ``before``: they make ``data``, of ``after``."""

    base: bytes
    before: Board
    data: bytes
    after: Board
    deeds: tuple[Deed, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return any(deed.outcome is not None and deed.outcome.changed for deed in self.deeds)


class Planner:
    """Plans one wish of the file at ``path``, which is only named.

    ``clock`` gives the time. ``known`` is a board that was read before, of which what has not
    changed is taken over.
    """

    def __init__(self, wish: Wish, clock: Callable[[], datetime], path: StrPath) -> None:
        self.wish = wish
        self.planned: Planned | None = None
        self.known: Board | None = None
        self._clock = clock
        self._path = path

    @property
    def last(self) -> Planned:
        """The last answer, of which there must be one."""
        assert self.planned is not None, "it was planned"
        return self.planned

    def __call__(self, data: bytes) -> bytes | None:
        """The file's bytes after the wish; None where it changes nothing. Raises TodoError."""
        planned = self.planned
        if planned is None or data != planned.base:
            planned = self.plan(data, self.read(data))
        return planned.data if planned.changed else None

    def read(self, data: bytes) -> Board:
        """What ``data`` states; it is known from then on. Raises TodoError ``not_text``."""
        self.known = board_of(self._path, data, self.known)
        return self.known

    def plan(self, base: bytes, board: Board) -> Planned:
        """The answer to ``base``, which says ``board``. Raises TodoError for a refusal."""
        try:
            deed = self._alone(self.wish, board)
        except ValueError as error:
            raise self._defect() from error
        self.planned = _planned(base, board, deed.after, (deed,))
        return self.planned

    def plan_all(self, base: bytes, board: Board, more: Callable[[], Sequence[Wish]]) -> Planned:
        """The answer to ``base`` for all wishes that ``more`` gives, until it gives none.

        They are made one after the other; a refusal is the answer to that wish alone.
        """
        from todo_tui.board.combining import Combining

        wishes: list[Wish] = []
        deeds: list[Deed] = []
        combining = Combining(board)
        try:
            while new := more():
                wishes += new
                for wish in new:
                    now = self._clock()
                    step = combining.make(wish.transition, now, history=wish.history)
                    deeds.append(Deed(wish, now, *step))
            after = combining.finish()
        except ValueError:
            while new := more():
                wishes += new
            deeds = self._each(board, wishes)
            after = deeds[-1].after
        self.planned = _planned(base, board, after, tuple(deeds))
        return self.planned

    def _each(self, board: Board, wishes: Sequence[Wish]) -> list[Deed]:
        """What wishes come to where together they would not be what was meant."""
        deeds: list[Deed] = []
        for wish in wishes:
            try:
                deed = self._alone(wish, board)
            except TodoError as refusal:
                deed = Deed(wish, self._clock(), board, board, None, refusal)
            except ValueError:
                deed = Deed(wish, self._clock(), board, board, None, self._defect())
            deeds.append(deed)
            board = deed.after
        return deeds

    def _alone(self, wish: Wish, board: Board) -> Deed:
        """What a wish comes to. Raises TodoError for a refusal, ValueError for a defect."""
        from todo_tui.board import writing

        now = self._clock()
        plan = writing.plan(board, wish.transition, now, history=wish.history)
        if not plan.outcome.changed:
            return Deed(wish, now, board, board, plan.outcome)
        assert board.document is not None, "the board was read from a document"
        after = reading.read(board.document.splice(plan.edits), board)
        if after != plan.outcome.board:
            raise ValueError("the text does not say what was meant")
        return Deed(wish, now, board, after, plan.outcome)

    def _defect(self) -> TodoError:
        return TodoError(
            "illegal",
            f"{self._path} would not say afterwards what was meant, so nothing was written;"
            " this is a defect of todo-tui: please report it with the task's text.",
        )


def _planned(base: bytes, before: Board, after: Board, deeds: tuple[Deed, ...]) -> Planned:
    data = base
    if after is not before:
        assert after.document is not None, "the board was read from a document"
        data = after.document.encode()
    return Planned(base, before, data, after, deeds)


def board_of(path: StrPath, data: bytes, previous: Board | None) -> Board:
    """What ``data`` states; read anew only where it differs from ``previous``.

    Raises TodoError ``not_text``.
    """
    try:
        document = Document.decode(data, previous.document if previous else None)
    except NotTextError as error:
        raise TodoError("not_text", f"{path} is {error}") from error
    return reading.read(document, previous)
