"""One key: what it does on which screens, what it needs, and why it does nothing now.

Must not know which keys there are (``keys``), or do anything.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from todo_tui.named_tuple import NamedTuple
from todo_tui.tui.moves import acts, ask, refusal, verb_of

if TYPE_CHECKING:
    from datetime import datetime

    from todo_tui.board.attention import Item
    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Actor
    from todo_tui.tui.moves import Move

Where = Literal["board", "activity", "agents", "task", "detail", "walk", "faults", "help"]
"""The screens."""

_ENOUGH: Final = 100
"""So many of the marked tasks are asked about for the footer."""

Need = Literal["task", "faults", "folded", "items", "broken", "wrong"]
"""What a key needs to act: a selected task, faults, a column that is put away, something that needs
a person, a broken rule, or that or something that could not be written."""


class Situation(NamedTuple):
    """What a key meets: the board that is shown, the selected task, who is at the keyboard.

    ``folded``: the column in focus is put away. ``marked`` are references of the tasks that a key
    acts on in the place of the selected one, where there are any, ``unsighted`` those of them that
    are not to be seen. ``item`` is why the selected thing needs a person, worst first; ``waiting``
    how much does.
    """

    board: Board
    task: Task | None
    actor: Actor
    now: datetime
    faults: int
    folded: bool = False
    marked: frozenset[str] = frozenset()
    item: Item | None = None
    waiting: int = 0
    unsighted: frozenset[str] = frozenset()


class Key(NamedTuple):
    """One action and its keys.

    ``id`` names it in a keymap. ``keys`` are Textual's names of keys; ``{key}`` in ``action``
    stands for the one that was pressed. ``sign`` is how they are written, ``words`` what they do.
    ``word`` is for the footer, which leaves out a key without one. ``needs`` is what there has to
    be, for a column that is put away in the footer alone. ``move`` is what it asks of the selected
    task, if it does.
    """

    id: str
    keys: tuple[str, ...]
    sign: str
    words: str
    action: str
    group: str
    where: tuple[Where, ...]
    word: str = ""
    needs: Need | None = None
    move: Move | None = None

    def off(self, at: Situation) -> str | None:
        """Why the key does nothing in this situation, in one line; None where it acts."""
        match self.needs:
            case "faults":
                return None if at.faults else "nothing is wrong in this file"
            case "items":
                return None if at.waiting else "nothing needs you"
            case "broken" | "wrong":
                return None if self._is_there(at) else "no rule was broken here"
            case "folded" | None:
                return None
        if at.task is None:
            return f"no task is selected: this column is {'put away' if at.folded else 'empty'}"
        if self.move is None:
            return None
        verb = verb_of(self.move, at.task)
        return refusal(at.board, ask(verb, at.task, at.actor, reason="-"), at.now)

    def _is_there(self, at: Situation) -> bool:
        """Whether there is what the key needs."""
        need = at.item.need if at.item is not None else None
        match self.needs:
            case "task":
                return bool(_acted_on(at))
            case "faults":
                return bool(at.faults)
            case "folded":
                return at.folded
            case "items":
                return bool(at.waiting)
            case "broken":
                return need == "violation"
            case "wrong":
                return need in ("violation", "failed")
        return True

    def label(self, at: Situation) -> str | None:
        """The footer's word for it; None where the key does not act. Cheap: nothing is tried."""
        if not self.word or not self._is_there(at):
            return None
        if self.move is None:
            return self.word
        for task in _acted_on(at):
            verb = verb_of(self.move, task)
            if acts(verb, task, at.actor):
                return verb if self.move == "block" and not at.marked else self.word
        return None


def _acted_on(at: Situation) -> list[Task]:
    """The tasks that a key acts on; of many a few, which is enough for the footer."""
    if not at.marked:
        return [at.task] if at.task is not None else []
    tasks = (at.board.get(ref) for ref in islice(at.marked, _ENOUGH))
    return [task for task in tasks if task is not None]
