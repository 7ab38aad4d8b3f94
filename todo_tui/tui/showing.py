"""What the screen of the board shows of where a person looks, and the keys that act there.

Owns what the columns, the filter in force, the panels and the footer are told when the file has
changed, the cursor has moved, or the board is looked at in another way. Must not do what a key
asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.tui import keys
from todo_tui.tui.as_left import Left
from todo_tui.tui.card import Density
from todo_tui.tui.columns import Scene
from todo_tui.tui.key import Situation
from todo_tui.tui.unseen import Unseen

if TYPE_CHECKING:
    from todo_tui.tui.as_left import AsLeft
    from todo_tui.tui.clock import Clock
    from todo_tui.tui.columns import Columns
    from todo_tui.tui.filter_line import FilterLine
    from todo_tui.tui.footer import Footer
    from todo_tui.tui.panels import Panels
    from todo_tui.tui.sight import Sight
    from todo_tui.tui.view import View


class Showing:
    """Shows ``view`` as ``sight`` looks at it, in widgets that the screen has made."""

    def __init__(
        self,
        view: View,
        clock: Clock,
        sight: Sight,
        as_left: AsLeft,
        *,
        columns: Columns,
        panels: Panels,
        line: FilterLine,
        footer: Footer,
    ) -> None:
        self.view = view
        self._sight = sight
        self._as_left = as_left
        self._density = as_left.left.density
        self._scene: Scene | None = None  # what was drawn last
        self._unseen = Unseen(clock, self._arrange)
        self._columns = columns
        self._panels = panels
        self._line = line
        self._footer = footer

    @property
    def situation(self) -> Situation | None:
        """What a key meets now; None until the file could be read."""
        view, sight = self.view, self._sight
        if view.board is None or sight.shown is None:
            return None
        supervision = view.supervision
        return Situation(
            view.board,
            sight.task,
            view.actor,
            view.now,
            len(view.findings.faults),
            sight.folded,
            sight.marked,
            supervision.about(sight.task.ref) if sight.task is not None else None,
            len(supervision.items),
            sight.unsighted,
        )

    def show(self, view: View) -> None:
        """Show ``view`` from now on: the selection stays on its task, wherever that is now."""
        before, self.view = self.view, view
        board, sight = view.board, self._sight
        if board is not None:
            self._unseen.learn(before.board, board)
            sight.look(view, self._unseen.refs)
            self._unseen.look_at(sight.cursor.ref)
        self._panels.show(view)
        before_that = self._scene
        self._arrange()
        if before_that is None or sight.cursor.status != before_that.cursor.status:
            self._reveal()

    def moved(self) -> None:
        """Show where the cursor is now. Costs the same whatever the number of tasks."""
        cursor = self._sight.cursor
        self._unseen.look_at(cursor.ref)
        before = self._scene
        if (
            before is not None
            and before._replace(cursor=cursor) == self._scene_now()
            and (before.cursor.status == cursor.status)
        ):
            self._scene = before._replace(cursor=cursor)
            self._columns.select(cursor)
            self.offer()
        else:
            self._arrange()
        self._reveal()

    def look_anew(self) -> None:
        """Show the board as it is looked at from now on."""
        self._line.keep(self._sight.text)
        self._arrange()
        self._reveal()

    def thicken(self) -> None:
        """Show more of each card; after all of it one row."""
        kinds = list(Density)
        self._density = kinds[(kinds.index(self._columns.density) + 1) % len(kinds)]
        self._arrange()
        self._reveal()

    def offer(self) -> None:
        """Put into the footer what can be done with the selected task."""
        at = self.situation
        self._panels.point(self.view, self._sight.cursor.ref)
        if at is not None and self._panels.where == "activity":
            at = at._replace(item=self._panels.picked)  # the keys act on that, not on the card
        self._footer.show(keys.labels(self._panels.where, at) if at is not None else [])

    def _scene_now(self) -> Scene:
        sight, unseen = self._sight, self._unseen
        shown, cursor, density, marked = sight.shown, sight.cursor, self._density, sight.marked
        return Scene(self.view, shown, cursor, unseen.refs, unseen.lit, density, marked)

    def _arrange(self) -> None:
        """Have the columns show the board as it is and is looked at now."""
        if (shown := self._sight.shown) is not None:
            self._line.count(shown.found, len(shown.board.tasks))
        self._scene = self._scene_now()
        self._columns.show(self._scene)
        self.offer()
        self._as_left.see(Left(self._sight.arrangement, self._density))

    def _reveal(self) -> None:
        self._columns.reveal(self._sight.cursor.status)
