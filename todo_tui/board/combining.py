"""Many requests, one after the other, as one change of a document.

Each is decided on the board that the one before left, and refused alone. Changes of different
tasks are gathered and put into the text together; it is read again only where a further request is
about what was changed already, and at the end, when it must say just what the requests come to.
Pure. Must not know a rule of the workflow, or who asks.
"""

from __future__ import annotations

from todo_tui.board import reading, writing
from todo_tui.board.board import Board
from todo_tui.board.change import Change
from todo_tui.board.transition import decide, outcome
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.history import HistoryEntry
    from todo_tui.board.transition import Outcome, Transition

_MODELS: Final = 2
"""Items of a list after which others are modelled."""


class Step(NamedTuple):
    """What one of the requests comes to on the board ``before``: an outcome, or a refusal.

    ``after`` is the board then, ``before`` itself where nothing changes.
    """

    before: Board
    after: Board
    outcome: Outcome | None
    refusal: TodoError | None = None


class Combining:
    """Requests that are made one after the other on ``board``, which was read from a document.

    ``board`` says all that they have come to so far; its places in the text are those of the last
    reading.
    """

    def __init__(self, board: Board) -> None:
        self._read = board
        self._changes: list[Change] = []
        self._entries: list[HistoryEntry] = []
        self._touched: set[int] = set()
        self.board = board

    def make(self, request: Transition, now: datetime, *, history: bool) -> Step:
        """Make one more request; a refusal is its answer, and changes nothing.

        Raises ValueError where the text would not say what was meant.
        """
        try:
            decision = self._decided(request, now, history=history)
        except TodoError as refusal:
            return Step(self.board, self.board, None, refusal)
        before = self.board
        came = outcome(before, decision)
        if not came.changed:
            return Step(before, before, came)
        if decision.fields:
            self._changes.append(decision)
            self._touched.add(decision.place)
        self._entries += decision.entries
        self.board = self._placed(came.board, before, decision.entries)
        if decision.entries and not self._grows_alike(before):
            self.finish()
        return Step(before, self.board, came)

    def finish(self) -> Board:
        """Put into the text what was gathered; the board that it says, read from it.

        Raises ValueError where that is not what was meant.
        """
        if not self._changes and not self._entries:
            return self.board
        document = self._read.document
        assert document is not None, "the board was read from a document"
        edits = writing.edits_of(self._read, document, self._changes, tuple(self._entries))
        after = reading.read(document.splice(edits), self._read)
        if after != self.board:
            raise ValueError("the text does not say what was meant")
        self.board = self._read = after
        self._changes, self._entries = [], []
        self._touched = set()
        return after

    def _decided(self, request: Transition, now: datetime, *, history: bool) -> Change:
        """What a request comes to, its task's text being what the board says. Raises TodoError."""
        try:
            decision = decide(self.board, request, now, history=history)
        except TodoError as refusal:
            if self.board is self._read or not (refusal.places or refusal.location):
                raise
            # It names lines of the text, which must be there.
            self.finish()
            decision = decide(self.board, request, now, history=history)
        if not isinstance(decision, Change) or decision.renamed is not None:
            raise TypeError(f"{type(request).__name__} is not about the fields of one task")
        if decision.fields and decision.place in self._touched:
            self.finish()
            decision = decide(self.board, request, now, history=history)
            assert isinstance(decision, Change), "it was one"
        return decision

    def _placed(self, board: Board, before: Board, entries: tuple[HistoryEntry, ...]) -> Board:
        """``board``, which has no text of its own, with the places of the last reading.

        It is what ``before`` became when ``entries`` were added.
        """
        read = self._read
        return Board(
            board.tasks,
            board.groups,
            board.sections,
            board.text_faults,
            board.merging,
            read.document,
            read.positions,
            read.group_positions,
            index=board.index,
            tally=board.tally,
            events=before.grown_events(entries),
        )

    def _grows_alike(self, before: Board) -> bool:
        """Whether a further entry goes where the last one went, so that both can be put there.

        How the first ones of a list are set apart is told by those that are there already.
        """
        at, document = self.board.growing, self._read.document
        if at is None or before.growing != at or document is None:
            return False
        if len(document.sections[at].texts) < _MODELS:
            return False
        return self.board.sections[at].newest_first == before.sections[at].newest_first
