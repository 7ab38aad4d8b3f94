"""How a person looks at the board: the filter, the order, the lanes, what is put away.

Owns the arrangement, what is shown in it of the board that was read last, the one cursor on that,
and which tasks are marked. Must not know a key or a widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from todo_tui.board import cursor as cursors
from todo_tui.board.arrangement import SOME, Arrangement, Shown, arrange
from todo_tui.board.matching import Context
from todo_tui.board.query import QueryError, parse, tokens
from todo_tui.board.texts import Texts
from todo_tui.tui.menu import Menu, Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from todo_tui.board.sorting import Lanes, Order
    from todo_tui.board.task import Task
    from todo_tui.tui.view import View

Marking: TypeAlias = Literal["one", "range", "all", "down", "up"]
Way: TypeAlias = Literal["mine", "fold"]
Question: TypeAlias = Literal["order", "lanes", "saved"]

_Stand: TypeAlias = tuple[str, str | None]
"""Where the cursor is: the status of the column, and the reference of the task if there is one."""

_MINE: Final = "is:mine"

_AS_USUAL: Final = Arrangement()


_ORDERS: Final[Mapping[Order, Offer]] = {
    "file": Offer("f", "file", "as they stand in the file; done ones: newest first"),
    "priority": Offer("p", "priority", "most urgent first"),
    "oldest": Offer("o", "oldest", "longest in their status first"),
    "newest": Offer("n", "newest", "latest in their status first"),
    "agent": Offer("a", "agent", "by name, nobody's last"),
}

_LANES: Final[Mapping[Lanes | None, Offer]] = {
    None: Offer("n", "none"),
    "agent": Offer("a", "agent", "who has the task, or for whom it is"),
    "group": Offer("g", "group", "the epic or parent under which it stands"),
}


class Sight:
    """What is shown of the board, and where the cursor stands in it.

    ``shown`` is None until a board could be read. ``text`` is the filter as it was typed;
    ``filters`` are those that were saved, by their names.
    """

    def __init__(self, filters: Mapping[str, str], arrangement: Arrangement = _AS_USUAL) -> None:
        self._filters = filters
        self.arrangement = arrangement
        self.text = ""
        self.shown: Shown | None = None
        self.cursor = cursors.Cursor()
        self._put_away: dict[str, str] = {}  # by status, what was selected in a column
        self._marked: frozenset[str] = frozenset()
        self._anchor: str | None = None  # where a range that is being marked began
        self._context: Context | None = None
        self._origin: tuple[Shown, cursors.Cursor] | None = None  # while a filter is typed
        self._hidden: tuple[str, _Stand] | None = None  # what was selected, and where it came to

    @property
    def folded(self) -> bool:
        """Whether the column in focus is put away."""
        return self.cursor.status in self.arrangement.folded

    @property
    def statuses(self) -> list[str]:
        """Those of the columns, from left to right."""
        return [column.status for column in self.shown.columns] if self.shown is not None else []

    @property
    def task(self) -> Task | None:
        """The selected task."""
        return cursors.selected(self.shown, self.cursor) if self.shown is not None else None

    @property
    def marked(self) -> frozenset[str]:
        """References of the tasks that a person has marked, those of an open range among them.

        A range is one of a column: it ends where either of its ends is in another one, or hidden.
        """
        return self._marked | self._range() if self._anchor is not None else self._marked

    @property
    def unsighted(self) -> frozenset[str]:
        """The marked tasks that are out of sight: filtered away, or in a column put away."""
        shown = self.shown
        if shown is None:
            return frozenset()
        return frozenset(ref for ref in self.marked if shown.get(ref) is None)

    def mark(self, how: Marking) -> None:
        """Mark the selected task or all of its column, or no longer; begin a range, or end it.

        ``down`` and ``up`` go on with a range, or begin one.
        """
        ref, refs = self.cursor.ref, self._column_refs()
        if how in ("down", "up"):
            self._anchor = self._anchor or ref
            self.step(1 if how == "down" else -1)
        elif self._anchor is not None and how != "all":
            self.end_range()
        elif how == "all":
            self.end_range()
            self._marked = self._marked - refs if refs <= self._marked else self._marked | refs
        elif ref is not None and how == "range":
            self._anchor = ref
        elif ref is not None:
            self._marked ^= {ref}
            self.step(1)

    def end_range(self) -> None:
        """Mark what is in the open range; it goes no further with the cursor."""
        self._marked, self._anchor = self.marked, None

    def clear(self) -> bool:
        """Give up the open range, else the filter, else the marks; whether there was any."""
        if self._anchor is not None:
            self._anchor = None
        elif self.text:
            self.filter("")
        elif self._marked:
            self._marked = frozenset()
        else:
            return False
        return True

    def look(self, view: View, changed: frozenset[str]) -> None:
        """Look at the board of ``view``, which may be another one, or the same at another time.

        ``changed`` are references of the tasks that were not looked at since they changed.
        """
        board, known, late = view.board, self._context, _late(view)
        if board is not None and (
            known is None
            or (board is not known.board or view.now != known.now)
            or view.supervision.memory is not known.memory
            or (late != known.late and self._asks_for_stale)
        ):
            self._marked = frozenset(ref for ref in self._marked if board.get(ref) is not None)
            texts = known.texts if known is not None else Texts()
            texts.forget(board.tasks)
            self._context = Context(
                board,
                view.now,
                view.actor.holds_as,
                changed,
                view.supervision.memory,
                late=late,
                texts=texts,
            )
            self._arrange(self.arrangement)

    def begin_typing(self) -> None:
        """What is filtered from now on is looked for from here."""
        if self.shown is not None:
            self._origin = (self.shown, self.cursor)

    def end_typing(self) -> None:
        """Go on from where the cursor is now; from what was found where nothing is selected."""
        self._origin = None
        if self.cursor.ref is None:
            self.match(1)

    def filter(self, text: str) -> QueryError | None:
        """Show what meets a line of the filter language; why it cannot be read, if it cannot.

        A filter that is not typed letter by letter goes to what it found, where it leaves nothing
        selected. Where the cursor did not move from there it comes back as soon as it can.
        """
        query = parse(text)
        if isinstance(query, QueryError):
            return query
        self.text = text.strip()
        before, stand = self.cursor.ref, self._stand
        self._arrange(self.arrangement._replace(query=query))
        if self._origin is not None or self.shown is None:
            return None
        if self._hidden is not None and stand == self._hidden[1]:
            before = self._hidden[0]
            self.point(before)
        if self.cursor.ref is None and self.text:
            self.match(1)
        came_back = before is None or self.cursor.ref == before
        self._hidden = None if came_back or before is None else (before, self._stand)
        return None

    @property
    def _stand(self) -> _Stand:
        return self.cursor.status, self.cursor.ref

    @property
    def nothing(self) -> bool:
        """Whether the filter leaves nothing to be seen."""
        return self.shown is not None and bool(self.text) and not self.shown.found

    def change(self, how: Way) -> None:
        """Put the column in focus away or bring it back; show only what is mine or everything."""
        if how == "fold":
            status, ref = self._stand
            if ref is not None:
                self._put_away[status] = ref
            self._arrange(self.arrangement._replace(folded=self.arrangement.folded ^ {status}))
            known = self._put_away.get(status) if ref is None else None
            if known is not None and known in self._column_refs():
                self.point(known)
            return
        spans = [token.span for token in tokens(self.text)]
        terms = [self.text[span.start : span.stop] for span in spans]
        rest = [term for term in terms if term != _MINE]
        self.filter(" ".join(rest if _MINE in terms else [*terms, _MINE]))

    def match(self, by: int) -> str | None:
        """Select the next task that meets the filter; why not, where there is none."""
        if self.shown is None or not self.text:
            return "there is no filter: / makes one"
        if not any(column.tasks for column in self.shown.columns):
            return "nothing meets the filter"
        self._go(cursors.walk(self.shown, self.cursor, by))
        return None

    def sort(self, order: Order) -> None:
        """Show the tasks of each column in this order."""
        self._arrange(self.arrangement._replace(order=order))

    def menu(self, question: Question) -> Menu:
        """The orders of tasks in a column, the swimlanes, or the filters that were saved.

        Without any to choose from its question says why.
        """
        match question:
            case "order":
                return self._orders()
            case "lanes":
                return self._lanes()
            case "saved":
                return self._saved()

    def _saved(self) -> Menu:
        names, texts = list(self._filters), list(self._filters.values())
        if not names:
            words = 'no filter is saved: write name = "filter" below [filters] in config.toml'
            return Menu(words, (), None, lambda _: "")
        offers: list[Offer] = []
        for number, name in enumerate(names, 1):
            taken = {offer.key for offer in offers}
            letters = (letter for letter in name.lower() if letter.isalpha() and letter not in "jk")
            key = next((letter for letter in letters if letter not in taken), "")
            offers.append(
                Offer(key, f"{number}  {name}" if number < 10 else f"   {name}", texts[number - 1])
            )

        def take(index: int) -> str:
            self.filter(texts[index])
            return f"filter: {names[index]}" + "; nothing meets it" * self.nothing

        now = texts.index(self.text) if self.text in texts else None
        return Menu("show what meets", tuple(offers), now, take)

    def _orders(self) -> Menu:
        names = list(_ORDERS)

        def take(index: int) -> str:
            self.sort(names[index])
            return f"in the order of: {names[index]}"

        now = names.index(self.arrangement.order)
        return Menu("order the tasks by", tuple(_ORDERS.values()), now, take)

    def _lanes(self) -> Menu:
        names = list(_LANES)

        def take(index: int) -> str:
            self._arrange(self.arrangement._replace(lanes=names[index]))
            return f"swimlanes: {names[index] or 'none'}"

        now = names.index(self.arrangement.lanes)
        return Menu("put the tasks in swimlanes by", tuple(_LANES.values()), now, take)

    def step(self, by: int) -> None:
        """Select the task so much further down; beyond the last of the done ones come more."""
        self._move(cursors.step, by)

    def last(self) -> None:
        """Select the last task of the column; from there on the last of more."""
        self._move(lambda shown, cursor, _: cursors.last(shown, cursor), 1)

    def first(self) -> None:
        """Select the first task of the column."""
        if self.shown is not None:
            self._go(cursors.jump(self.shown, self.cursor, 0))

    def turn(self, by: int) -> None:
        """Go to the column so much further right."""
        if self.shown is not None:
            self._go(cursors.turn(self.shown, self.cursor, by))

    def _go(self, cursor: cursors.Cursor) -> None:
        """Put the cursor there; a range ends with its column."""
        if cursor.status != self.cursor.status:
            self.end_range()
        self.cursor = cursor
        if self._origin is not None and self.shown is not None:
            self._origin = (self.shown, cursor)

    def point(self, ref: str) -> None:
        """Select the task ``ref``, where it is shown."""
        if self.shown is not None:
            self._go(cursors.point(self.shown, self.cursor, ref))

    def column(self, index: int) -> None:
        """Go to the column at ``index``."""
        if self.shown is not None:
            self._go(cursors.column(self.shown, self.cursor, index))

    @property
    def _asks_for_stale(self) -> bool:
        return any(term.value == "stale" for term in self.arrangement.query.terms)

    def _move(self, move: Callable[[Shown, cursors.Cursor, int], cursors.Cursor], by: int) -> None:
        if self.shown is None:
            return
        there = move(self.shown, self.cursor, by)
        if by > 0 and there == self.cursor and self._older():
            self._arrange(self.arrangement._replace(done=self.arrangement.done + SOME))
            there = move(self.shown, self.cursor, by)
        self._go(there)

    def _range(self) -> frozenset[str]:
        """The tasks between the anchor and the cursor, both included."""
        refs = [task.ref for task in self._tasks()]
        if self._anchor not in refs or self.cursor.place is None:
            return frozenset()
        ends = sorted((refs.index(self._anchor), self.cursor.place.row))
        return frozenset(refs[ends[0] : ends[1] + 1])

    def _column_refs(self) -> frozenset[str]:
        return frozenset(task.ref for task in self._tasks())

    def _tasks(self) -> tuple[Task, ...]:
        """The tasks of the column in focus."""
        columns = self.shown.columns if self.shown is not None else ()
        return next((it.tasks for it in columns if it.status == self.cursor.status), ())

    def _older(self) -> int:
        columns = self.shown.columns if self.shown is not None else ()
        return sum(it.older for it in columns if it.status == self.cursor.status)

    def _arrange(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        if self._context is None:
            return
        before, status = self.shown, self.cursor.status
        between = self._range() if self._anchor is not None else frozenset()
        self.shown = arrange(self._context, arrangement, before)
        if before is None:
            self.cursor = cursors.begin(self.shown)
        else:
            before, cursor = self._origin or (before, self.cursor)
            self.cursor = cursors.follow(before, self.shown, cursor)
        if self._anchor is not None and (
            self.cursor.status != status or self._anchor not in self._column_refs()
        ):
            there = (ref for ref in between if self._context.board.get(ref) is not None)
            self._marked, self._anchor = self._marked.union(there), None


def _late(view: View) -> frozenset[str] | None:
    """References of the tasks that are stale or silent, as their cards say; None if not known."""
    if view.supervision.board is None:
        return None
    late = (item for item in view.supervision.items if item.need in ("stale", "silent"))
    return frozenset(ref for item in late for ref in item.refs)
