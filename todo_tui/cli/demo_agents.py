"""What the simulated agents of the demo decide: pure, from the board or the text and a dice.

All but one keep the protocol. ``ROGUE`` takes no lock and asks nobody, as an agent does that edits
the file by hand: it skips the claim, takes what another holds, or writes back what it read before.
"""

from __future__ import annotations

import re

from todo_tui.board.next_task import next_for
from todo_tui.board.task import BLOCKED, CLAIMED, IN_PROGRESS
from todo_tui.board.transition import (
    Actor,
    Add,
    Block,
    ClaimNext,
    Draft,
    Finish,
    Note,
    Release,
    Start,
    Unblock,
)
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    from todo_tui.board.board import Board
    from todo_tui.board.task import Task
    from todo_tui.board.transition import Transition

ROGUE: Final = "hasty@0bad"

_FINISHED: Final = (
    "tests are green",
    "reviewed by a second pair of eyes",
    "measured before and after: twice as fast",
    "smaller than expected",
    "works on the staging server",
)
_PROGRESS: Final = (
    "half of it works, the other half is clear now",
    "found an old bug on the way, wrote a test for it",
    "asked for a decision, going on with the default",
)
_BLOCKED: Final = (
    "waiting for an answer about the wording",
    "the staging server is being rebuilt",
    "needs a key that only a person can order",
)
_RELEASED: Final = (
    "somebody with more history here will be faster",
    "smaller tasks first",
)
_FOLLOW_UPS: Final = (
    "Look again at the error messages of the checkout",
    "Remove the feature flag that nobody flips",
    "Teapots with two spouts: is that one product or two?",
    "Write down how to roll back a release",
    "Slow query on the order list, see the log of Friday",
    "Test data for customers with very long names",
    "The footer says 2024",
    "Ask five people to buy a teapot, and watch",
)

_ITEM: Final = re.compile(
    r"^(?P<indent> *)- (?P<id>TASK_\d+): .*\n(?:(?P=indent)  .*\n)*", re.MULTILINE
)


class Turn(NamedTuple):
    """What an agent does now, and after how many seconds it looks again."""

    transition: Transition | None
    pause: float


class Breach(NamedTuple):
    """A text that is written over the file without a lock, and what that is called."""

    text: str
    words: str


def turn(board: Board, name: str, dice: Random) -> Turn:
    """The next move of an agent that keeps the protocol."""
    by = Actor(name)
    held = [task for task in board.tasks if task.holder == name]
    for task in held:
        if task.status == IN_PROGRESS:
            return Turn(_work(task, by, dice), dice.uniform(2, 5))
        if task.status == CLAIMED:
            return Turn(Start(task.ref, by), dice.uniform(6, 16))
    blocked = [task for task in held if task.status == BLOCKED]
    if blocked and dice.random() < 0.3:
        return Turn(Unblock(blocked[0].ref, by), dice.uniform(3, 6))
    if next_for(board, name) is not None:
        return Turn(ClaimNext(by), dice.uniform(2, 5))
    if dice.random() < 0.5:
        priority = dice.choice(("high", "medium", "low"))
        return Turn(Add((Draft(dice.choice(_FOLLOW_UPS), priority),), by), dice.uniform(3, 6))
    return Turn(None, dice.uniform(4, 8))


def _work(task: Task, by: Actor, dice: Random) -> Transition:
    chance = dice.random()
    if chance < 0.70:
        return Finish(task.ref, by, note=dice.choice(_FINISHED))
    if chance < 0.88:
        return Note(task.ref, by, dice.choice(_PROGRESS))
    if chance < 0.96:
        return Block(task.ref, by, reason=dice.choice(_BLOCKED))
    return Release(task.ref, by, reason=dice.choice(_RELEASED))


def breach(text: str, read_before: str, dice: Random) -> Breach | None:
    """What the rogue writes over ``text``; ``read_before`` is the text as it was a turn ago.

    None where there is nothing to spoil.
    """
    kind = dice.choice((_skip_claim, _steal, _stale))
    return kind(text, read_before, dice)


def _skip_claim(text: str, _: str, dice: Random) -> Breach | None:
    found = _item(text, r"status: (todo)$", dice)
    if found is None:
        return None
    task_id, start, stop = found
    return Breach(text[:start] + "in_progress" + text[stop:], f"{task_id} started, never claimed")


def _steal(text: str, _: str, dice: Random) -> Breach | None:
    found = _item(text, rf"status: (?:claimed|in_progress)\n *claimed_by: (?!{ROGUE})(.+)$", dice)
    if found is None:
        return None
    task_id, start, stop = found
    return Breach(text[:start] + ROGUE + text[stop:], f"{task_id} stolen from {text[start:stop]}")


def _stale(text: str, read_before: str, dice: Random) -> Breach | None:
    if text == read_before:
        return None
    found = _item(read_before, r"priority: (low)$", dice)
    if found is None:
        return None
    task_id, start, stop = found
    changed = read_before[:start] + "medium" + read_before[stop:]
    return Breach(changed, f"{task_id} raised in a stale copy: what came between is lost")


def _item(text: str, pattern: str, dice: Random) -> tuple[str, int, int] | None:
    """A task whose lines match; its id, and where the group of the pattern stands in the text."""
    found = [
        (item["id"], item.start() + inner.start(1), item.start() + inner.end(1))
        for item in _ITEM.finditer(text)
        if (inner := re.search(pattern, item[0], re.MULTILINE)) is not None
    ]
    return dice.choice(found) if found else None
