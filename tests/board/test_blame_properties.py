"""Whoever keeps to the rules is blamed for nothing, whatever others do to the file.

Agents work by commands and by hand, with lines of the history or without, by clocks of their own;
some break rules; and older texts are put in the place of the file. Each step is looked at.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.scenes import NOON, board, entry, task
from todo_tui.board.board import Board
from todo_tui.board.changes import changes
from todo_tui.board.memory import NOTHING
from todo_tui.board.request import Actor, Block, Claim, Finish, Release, Reopen, Start, Unblock
from todo_tui.board.task import CLAIMED, DONE, IN_PROGRESS, TODO
from todo_tui.board.thresholds import Thresholds
from todo_tui.board.transition import apply
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from random import Random

    from todo_tui.board.event import BoardEvent
    from todo_tui.board.history import Event
    from todo_tui.board.request import StepRequest
    from todo_tui.board.task import Task

AGENTS = ("bob@1", "bob@2", "eve", "mia")
PERSON = Actor("alice", human=True)
PATIENT = Thresholds(too_fast=timedelta(0))
NEXT: dict[str, tuple[str, Event]] = {
    TODO: (CLAIMED, "claimed"), CLAIMED: (IN_PROGRESS, "started"), IN_PROGRESS: (DONE, "finished"),
}  # fmt: skip


class Course:
    """A file in the course of time, and a board that looks at it after each step."""

    def __init__(self, random: Random, *, history: bool) -> None:
        self.random = random
        self.history = history
        self.now = NOON
        first = entry(NOON, "T0", "created", "alice", "none -> todo", human=True)
        self.board = board(*(task(f"T{n}") for n in range(3)), history=(first,) * history)
        self.seen = [self.board]
        self.memory = NOTHING

    def by_command(self, one: Task, agent: str) -> None:
        """Somebody takes the task a step on, or back, or is refused."""
        me = Actor(agent)
        wishes: dict[str, list[StepRequest]] = {
            TODO: [Claim(one.ref, me)],
            CLAIMED: [Start(one.ref, me), Release(one.ref, me), Release(one.ref, PERSON, "x")],
            IN_PROGRESS: [Finish(one.ref, me), Release(one.ref, me), Block(one.ref, me, "no key")],
            DONE: [Reopen(one.ref, PERSON, "not yet")],
        }
        wanted = self.random.choice(wishes.get(one.status, [Unblock(one.ref, me)]))
        try:
            self.board = apply(self.board, wanted, self.now, history=self.history).board
        except TodoError:
            return
        self.memory = self.memory.after(
            changes(self.seen[-1], self.board, at=self.now, source="command", actor=wanted.by)
        )
        self.seen.append(self.board)

    def by_hand(self, one: Task, status: str, agent: str | None, word: Event | None) -> None:
        """An edit of the file; with a ``word`` a line tells of it, by some clock."""
        other = one._replace(status=status, raw_status=status, claimed_by=agent)
        sections = self.board.sections
        if word is not None and sections and self.random.random() < 0.5:
            at = self.now + timedelta(hours=self.random.choice((0, 0, -5, 2)))
            line = entry(at, one.id, word, agent or "", f"{one.status} -> {status}")
            sections = (sections[0]._replace(entries=(*sections[0].entries, line)),)
        tasks = tuple(other if each is one else each for each in self.board.tasks)
        self.board = Board(tasks, (), sections)

    def look(self) -> list[BoardEvent]:
        """What broke a rule since the last look."""
        again = self.board in self.seen
        events = changes(
            self.seen[-1],
            self.board,
            at=self.now,
            source="file",
            since=self.now - timedelta(seconds=1),
            memory=self.memory,
            thresholds=PATIENT,
            again=again,
        )
        self.memory = self.memory.after(events)
        self.seen.append(self.board)
        return [event for event in events if event.violation is not None]


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_who_keeps_to_the_rules_is_never_blamed(random: Random, history: bool) -> None:
    course = Course(random, history=history)
    for _ in range(random.randrange(1, 30)):
        course.now += timedelta(seconds=random.choice((1, 60, 600)))
        one = random.choice(course.board.tasks)
        mine = one.holder or random.choice(AGENTS)
        thief = random.choice([name for name in AGENTS if name != mine])
        match random.randrange(8):
            case 0 | 1 | 2:
                course.by_command(one, mine)
                assert course.look() == []
            case 3 | 4 if one.status in NEXT:
                course.by_hand(one, NEXT[one.status][0], mine, NEXT[one.status][1])
                assert course.look() == []
            case 5 if one.status in NEXT:
                status = one.status if one.status in (CLAIMED, IN_PROGRESS) else IN_PROGRESS
                undoes = course.memory.of(one.ref).broken is not None
                course.by_hand(one, status, thief, None)
                broken = course.look()
                assert broken or undoes
                assert {event.actor for event in broken} <= {thief, None}
            case 6:
                course.board = random.choice(course.seen)
                assert {event.actor for event in course.look()} <= {None}
