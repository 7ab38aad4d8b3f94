"""The simulated agents at work on a file, until told to stop; a process of its own beside a board.

``python -m todo_tui.cli.demo_play PATH AGENTS SPEED SEED`` plays until its stdin is closed, which
happens by itself when the process that started it is no more.
"""

from __future__ import annotations

import select
import sys
from heapq import heapify, heapreplace
from pathlib import Path
from random import Random

from todo_tui.board.transition import Add, Block, ClaimNext, Finish, Note, Release, Start, Unblock
from todo_tui.cli.demo_agents import ROGUE, breach, turn
from todo_tui.cli.demo_shop import AGENTS
from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.transition import Transition

_WORDS: Final = {
    Add: "added",
    Block: "blocked",
    ClaimNext: "claimed",
    Finish: "finished",
    Note: "noted",
    Release: "released",
    Start: "started",
    Unblock: "unblocked",
}


_AGAIN: Final = 5.0
"""Seconds after which an agent looks again at a file that it could not read."""


class Deed(NamedTuple):
    """What an agent did or was refused: ``task`` is a reference, None where it names none."""

    agent: str
    words: str
    task: str | None
    title: str


class Play(NamedTuple):
    """How the agents play: their number, how much faster than people they are, and the dice."""

    agents: int
    speed: float
    seed: int

    def run(
        self, path: Path, stopped: Callable[[float], bool], report: Callable[[Deed], None]
    ) -> None:
        """Let them work on the file at ``path``.

        ``stopped`` waits for so many seconds and says whether to stop; ``report`` is told of each
        deed. Ends when the file is gone.
        """
        dice = Random(self.seed)
        file = TodoFile(path)
        names = [*AGENTS[: self.agents], ROGUE]
        due = [(dice.uniform(0, 4) + 8 * (name == ROGUE), name) for name in names]
        heapify(due)
        now = 0.0
        read_before = path.read_text(encoding="utf-8", errors="surrogateescape")
        while due:
            at, name = due[0]
            if stopped(max(0.0, at - now) / self.speed) or not path.exists():
                return
            now = max(at, now)
            if name == ROGUE:
                read_before, deed = _spoil(path, read_before, dice)
                pause = dice.uniform(10, 25)
            else:
                pause, deed = _act(file, name, dice)
            if deed is not None:
                report(deed)
            heapreplace(due, (now + pause, name))


def _act(file: TodoFile, name: str, dice: Random) -> tuple[float, Deed | None]:
    try:
        transition, pause = turn(file.read().board, name, dice)
    except TodoError as error:
        return _AGAIN, Deed(name, "could not read", None, error.message)
    if transition is None:
        return pause, None
    return pause, _commit(file, name, transition)


def _commit(file: TodoFile, name: str, transition: Transition) -> Deed:
    try:
        task = file.commit(transition).tasks[0]
    except TodoError as error:
        return Deed(name, "was refused", error.task, error.message)
    return Deed(name, _WORDS[type(transition)], task.ref, task.title)


def _spoil(path: Path, read_before: str, dice: Random) -> tuple[str, Deed | None]:
    """Write over the file as a hand edit does; the text as it was, for the next time."""
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    done = breach(text, read_before, dice)
    if done is None:
        return text, None
    path.write_text(done.text, encoding="utf-8", errors="surrogateescape")
    return text, Deed(ROGUE, "broke the rules", None, done.words)


def main(words: list[str]) -> None:
    """Play until stdin is closed."""
    path, agents, speed, seed = words

    def stopped(seconds: float) -> bool:
        return bool(select.select([sys.stdin], [], [], seconds)[0])

    Play(int(agents), float(speed), int(seed)).run(Path(path), stopped, lambda _: None)


if __name__ == "__main__":
    main(sys.argv[1:])
