"""Those who wait for the lock at the same time: one of them carries out what all of them ask.

Owns the way of a request through a gathering: to join it and be answered, or to be the one who
takes the lock and answers the others, for a while also those who come when that is done. Who is not
answered takes the lock for itself. Must not make a commit (``commit``), and must not know how an
ask is kept (``ask``).
"""

from __future__ import annotations

import contextlib
import time

from todo_tui.errors import TodoError
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage import ask, gathering, lock
from todo_tui.storage.ask_lines import Answer, Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from _typeshed import StrPath

    from todo_tui.board.board import Board
    from todo_tui.storage.attempt import Written
    from todo_tui.storage.planner import Deed, Planned, Planner, Wish
    from todo_tui.storage.steady import Look

GRACE: Final = 30.0
"""Seconds beyond its time for which a waiter waits whose ask was taken: a failure that is reported
must have changed nothing."""

MANY: Final = 8
"""Wishes of a round, beyond which a further one is worth it: a few are done faster by turns."""

STAYS: Final = 4
"""Rounds that who has the lock makes for others after the one with its own wish."""

STAY: Final = 0.1
"""Seconds after which it begins no further one: its own answer waits."""

_BREATHS: Final = 20
_BREATH: Final = 0.0005
"""Seconds, that often, in which those who have just been answered may ask for more: one of these
for each who was answered, up to so many."""

_ROUNDS: Final = 3
"""Gatherings that a waiter joins before it takes the lock for itself."""

_MOST: Final = 256
"""Asks from which on no others are looked for, but those that were made before the door shut."""


class Company:
    """The wish of ``planner``, of the file whose lock is in ``folder``, in the company of others.

    It is a plan of all that is asked, made under the lock. ``wait``: seconds for the lock.
    ``since``: when the wish was made, in nanoseconds. ``answer`` is what others answered, ``mine``
    what it came to where we carried it out, and the plan of which that was a part. In the end it
    must be told to ``part``.
    """

    def __init__(self, folder: StrPath, planner: Planner, wait: float, since: int) -> None:
        self.answer: Answer | None = None
        self.mine: tuple[Planned, Deed] | None = None
        self.said: str | None = None
        """What is to be said to all about the journal."""
        self.stands: tuple[Look, Board] | None = None
        """What the last round left, and what that says."""
        self._folder = folder
        self._planner = planner
        self._wait = wait
        self._end = time.monotonic() + wait
        self._since = since
        self._ask: ask.Ask | None = None
        self._gathering: gathering.Gathering | None = None
        self._next: gathering.Gathering | None = None
        self._until = 0.0
        self._stays = STAYS
        self._was_shared = False
        self._is_late = False
        self._planned: Planned | None = None
        self._announced: Planned | None = None
        self._replacement = ""
        self._order: list[ask.Taken | None] = []
        """Who asked for each of the wishes that were planned; None for our own."""
        self._answers: list[Answer] = []

    @property
    def left(self) -> float:
        """Seconds that are left to wait for the lock."""
        end = self._end + (GRACE if self._is_late else 0.0)
        return max(0.0, end - time.monotonic())

    @property
    def is_shared(self) -> bool:
        """Whether anybody else had a wish at the same time."""
        return self._ask is not None or self._was_shared

    @property
    def is_staying(self) -> bool:
        """Whether others may ask still, to be answered before the lock is free."""
        return self._next is not None

    @property
    def is_first(self) -> bool:
        """Whether our own wish is not made yet, or was made in this round."""
        return self.mine is None or self.mine[0] is self._planned

    def wait(self) -> None:
        """Wait until the wish is answered, or until it is on us to take the lock.

        Raises TodoError: ``locked`` where neither came in time and nothing was done; ``disk`` where
        nobody can tell.
        """
        for _ in range(_ROUNDS):
            place = gathering.enter(self._folder)
            if not isinstance(place, gathering.Joined):
                self._gathering = place
                return
            try:
                if self._ask is None:
                    self._ask = ask.make(self._folder, self._planner.wish, self._since)
                    if self._ask is None:
                        return
                elif self._is_answered(self._ask):
                    return
                if not place.wait(self.left):
                    if self._ask.withdraw():
                        raise lock.locked(self._folder, self._wait)
                    self._is_late = True
                    if not place.wait(self.left):
                        raise self._unknown()
            finally:
                place.leave()
            # What was taken and is not answered is with one who has stayed, or who is dead.
            if self._is_answered(self._ask) or self._is_late:
                return

    def shut_out(self) -> None:
        """The lock was not free in time: withdraw, or wait for it still, since the ask was taken.

        Raises TodoError: ``locked`` where nothing was done; ``disk`` where nobody can tell.
        """
        if self._ask is None or (not self._is_late and self._ask.withdraw()):
            raise lock.locked(self._folder, self._wait)
        if self._is_late:
            raise self._unknown()
        self._is_late = True

    def __call__(self, data: bytes) -> bytes | None:
        """The file's bytes after all wishes; None where they change nothing.

        The caller holds the lock. Raises TodoError: ``locked`` where our time was up before we got
        it, and nothing was done; ``not_text``; OSError.
        """
        planned = self._planned
        if planned is None or data != planned.base:
            first = planned is None
            if first and self._ask is not None and not self._is_answered(self._ask):
                self._ask.drop()
                self._ask = None
                if self._is_late:
                    raise lock.locked(self._folder, self._wait)
            if not first:
                self._halve()
            self._until = self._until or time.monotonic() + STAY
            last = self.stands
            # What we have written ourselves was read back before.
            board = last[1] if last and last[0].data == data else self._planner.read(data)
            more = self._gather() if first else self._again()
            planned = self._planned = self._planner.plan_all(data, board, more)
            for taken, deed in zip(self._order, planned.deeds, strict=True):
                if taken is None:
                    self.mine = planned, deed
            self._was_shared = self._was_shared or len(self._order) > 1
        return planned.data if planned.changed else None

    def announce(self, replacement: str) -> None:
        """Write the answers, which hold as soon as ``replacement`` is made. Raises OSError."""
        planned = self._planned
        assert planned is not None, "what is put in place was planned"
        self._replacement = replacement
        for taken, deed in zip(self._order, planned.deeds, strict=True):
            if taken is not None:
                taken.write(replacement, _answer(planned, deed))
        self._announced = planned

    def settle(self, written: Written) -> None:
        """Say that the answers hold. The caller holds the lock. Raises OSError."""
        planned = self._planned
        said = " ".join(filter(None, (written.kept, self.said))) or None
        if planned is None:
            return
        same = written.look.data == planned.data
        board = planned.after if same else self._planner.read(written.look.data)
        self.stands = written.look, board
        for taken, deed in zip(self._order, planned.deeds, strict=True):
            answer = _answer(planned, deed)
            if not same:
                tasks = tuple(board.get(task.ref) or task for task in answer.tasks)
                answer = answer._replace(tasks=tasks)
            answer = answer._replace(merged=written.merged, said=said, stamp=written.look.stamp)
            self._answers.append(answer)
            if taken is None:
                continue
            if same and planned is self._announced:
                taken.confirm(answer)
            else:
                taken.amend(self._replacement, answer)

    def reopen(self) -> None:
        """Give back what is not answered. The caller holds the lock."""
        for taken in self._order:
            if taken is not None:
                taken.reopen()

    def unconfirmed(self, error: TodoError) -> None:
        """Tell all who are answered that the disk does not confirm what was written."""
        for taken, answer in zip(self._order, self._answers, strict=False):
            if taken is not None:
                said = " ".join(filter(None, (answer.said, error.message)))
                taken.amend(self._replacement, answer._replace(said=said))

    def another(self) -> bool:
        """Wake all who are answered; whether others have asked meanwhile, for another round.

        The caller holds the lock, and all that was asked before is done.
        """
        answered = sum(taken is not None for taken in self._order)
        self._wake()
        self._gathering, self._next = self._next, None
        self._planned = self._announced = self.said = None
        self._answers = []
        if self._gathering is None:
            return False
        with contextlib.suppress(OSError):
            for _ in range(min(answered, _BREATHS)):
                if ask.is_any(self._folder):
                    return True
                time.sleep(_BREATH)
        return False

    def part(self) -> None:
        """Wake all who joined us, and wait no longer."""
        self._wake()
        if self._next is not None:
            self._next.end()
            self._next = None
        if self._ask is not None:
            self._ask.drop()
            self._ask = None

    def _wake(self) -> None:
        for taken in self._order:
            if taken is not None:
                taken.close()
        self._order = []
        if self._gathering is not None:
            self._gathering.end()
            self._gathering = None

    def _gather(self) -> Callable[[], Sequence[Wish]]:
        """Our own wish and those of all who wait, as long as more of them come."""
        new: list[ask.Taken | None] = [] if self.answer or self.mine else [None]
        is_open = True

        def more() -> Sequence[Wish]:
            nonlocal is_open
            if is_open and len(self._order) < _MOST:
                new.extend(ask.take(self._folder))
            if is_open and not new:
                is_open = False
                self._shut_door()
                # Who found the door open has asked by now.
                new.extend(ask.take(self._folder))
            new.sort(key=lambda one: self._since if one is None else one.since)
            batch = [self._wish(one) for one in new]
            self._order += new
            new.clear()
            return batch

        return more

    def _shut_door(self) -> None:
        """Let nobody join any more, but for a next round where there is time for it."""
        if self._gathering is not None:
            in_time = time.monotonic() < self._until
            if in_time and self._stays and len(self._order) > MANY:
                self._stays -= 1
                self._next = self._gathering.follow()
            self._gathering.shut_door()

    def _halve(self) -> None:
        """Give back half of the asks: others write so often that less has to be done in between."""
        half = max(1, len(self._order) // 2)
        kept = [*self._order[:half], *(one for one in self._order[half:] if one is None)]
        for taken in self._order[half:]:
            if taken is not None:
                taken.reopen()
                taken.close()
        self._order = kept

    def _again(self) -> Callable[[], Sequence[Wish]]:
        """The same wishes once more."""
        rounds = [[self._wish(taken) for taken in self._order]]
        return lambda: rounds.pop() if rounds else ()

    def _wish(self, taken: ask.Taken | None) -> Wish:
        return self._planner.wish if taken is None else taken.wish

    def _is_answered(self, own: ask.Ask) -> bool:
        try:
            self.answer = own.answer()
        except Lost:
            raise self._unknown() from None
        return self.answer is not None

    def _unknown(self) -> TodoError:
        return TodoError(
            "disk",
            f"{lock.place_of(self._folder)} may have been written or not: the process that was"
            " about to do it does not answer. Look at the file before you repeat this.",
        )


def _answer(planned: Planned, deed: Deed) -> Answer:
    """What the one who asked is told, as far as it is known before it is written."""
    if deed.outcome is None:
        return Answer(changed=False, tasks=(), refusal=deed.refusal)
    tasks = []
    for task in deed.outcome.tasks:
        read = planned.after.get(task.ref)
        tasks.append(task if read is None or read != task else read)
    return Answer(deed.outcome.changed, tuple(tasks))
