"""How a person looks at the board: the filter, the order, the lanes, what is put away.

Owns the arrangement, and what is shown in it of the board that was read last. Must not know the
cursor, a key or a widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.arrangement import SOME, Arrangement, Shown, arrange
from todo_tui.board.matching import Context
from todo_tui.board.query import QueryError, parse, tokens

if TYPE_CHECKING:
    from todo_tui.board.query import Query
    from todo_tui.board.sorting import Lanes, Order
    from todo_tui.tui.view import View

MINE = "is:mine"


class Sight:
    """``shown`` is None until a board could be read. ``text`` is the filter as it was typed."""

    def __init__(self) -> None:
        self.arrangement = Arrangement()
        self.text = ""
        self.shown: Shown | None = None
        self._context: Context | None = None

    @property
    def query(self) -> Query:
        """The filter in force."""
        return self.arrangement.query

    def look(self, view: View, changed: frozenset[str]) -> None:
        """Look at the board of ``view``, which may be another one, or the same at another time.

        ``changed`` are references of the tasks that were not looked at since they changed.
        """
        board, known = view.board, self._context
        if board is not None and (
            known is None or board is not known.board or view.now != known.now
        ):
            self._context = Context(board, view.now, view.actor.holds_as, changed)
            self._arrange(self.arrangement)

    def filter(self, text: str) -> QueryError | None:
        """Show what meets a line of the filter language; why it cannot be read, if it cannot."""
        query = parse(text)
        if isinstance(query, QueryError):
            return query
        self.text = text.strip()
        self._arrange(self.arrangement._replace(query=query))
        return None

    def mine(self) -> None:
        """Show only what is mine, besides what the filter asks for; else no longer only that."""
        spans = [token.span for token in tokens(self.text)]
        terms = [self.text[span.start : span.stop] for span in spans]
        rest = [term for term in terms if term != MINE]
        self.filter(" ".join(rest if MINE in terms else [*terms, MINE]))

    def sort(self, order: Order) -> None:
        """Show the tasks of each column in this order."""
        self._arrange(self.arrangement._replace(order=order))

    def group(self, lanes: Lanes | None) -> None:
        """Show the tasks of each column in swimlanes, or in none."""
        self._arrange(self.arrangement._replace(lanes=lanes))

    def fold(self, status: str) -> None:
        """Put a column away; bring it back where it is away."""
        folded = self.arrangement.folded ^ {status}
        self._arrange(self.arrangement._replace(folded=folded))

    def more(self) -> None:
        """Show more of the done tasks."""
        self._arrange(self.arrangement._replace(done=self.arrangement.done + SOME))

    def _arrange(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        if self._context is not None:
            self.shown = arrange(self._context, arrangement, self.shown)
