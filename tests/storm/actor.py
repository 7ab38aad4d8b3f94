"""One process of a storm that keeps the protocol: an agent, or a supervisor.

It asks either the library, in its own process, or the command line, and records each question
before it asks and each answer before it goes on. What it asks comes from its seed; some of it is
illegal on purpose.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from tests.storm import view as views
from tests.storm.oracle import title_of
from tests.storm.record import Ask, Recorder, Told
from todo_tui.board.transition import (
    Actor,
    Add,
    Block,
    Claim,
    ClaimNext,
    Draft,
    Finish,
    Note,
    Release,
    Reopen,
    Start,
    Unblock,
)
from todo_tui.errors import TodoError
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.storm.record import Verb
    from tests.storm.view import View
    from todo_tui.board.transition import Transition

Kind = Literal["claimer", "agent", "boss"]

Questions: TypeAlias = "Generator[Ask, Told, None]"

HOLDS: Final = 3
"""With so many tasks an agent seldom asks for one more."""

HELD: Final = frozenset({"claimed", "in_progress", "blocked"})

AFTER: Final[dict[Verb, str]] = {
    "claim": "claimed",
    "claim next": "claimed",
    "start": "in_progress",
    "done": "done",
    "release": "todo",
    "block": "blocked",
    "unblock": "todo",
}
"""The status that a verb leads to."""

CHOICES: Final[dict[str, tuple[Verb, ...]]] = {
    "claimed": ("start", "start", "start", "release", "block", "note"),
    "in_progress": ("done", "done", "done", "release", "block", "start"),
    "blocked": ("unblock",),
}
"""What an agent does with a task of its own, by its status."""


class Plan(NamedTuple):
    """Who acts, how, for how long (a deadline on the monotonic clock), how often.

    ``command``: by the command line. ``tasks``: how many the file began with.
    """

    name: str
    kind: Kind
    command: bool
    view: View
    folder: Path
    records: Path
    seed: int
    deadline: float
    operations: int
    tasks: int


class Door(Protocol):
    """How a request is made."""

    def ask(self, ask: Ask) -> Told: ...


class Library:
    """The library, in this process."""

    def __init__(self, path: Path, by: Actor) -> None:
        self._file = TodoFile(path)
        self._by = by

    def ask(self, ask: Ask) -> Told:
        try:
            done = self._file.commit(transition(ask, self._by))
        except TodoError as error:
            return Told(error.code, message=error.message)
        refs = tuple(task.id for task in done.tasks)
        return Told(None, done.changed, refs, done.merged, done.stamp.mtime_ns)


class CommandLine:
    """The program, a process for each request."""

    def __init__(self, path: Path, by: Actor) -> None:
        self._words = [sys.executable, "-m", "todo_tui", "--file", str(path), "--json"]
        self._words += ["--as" if by.human else "--agent", by.name]

    def ask(self, ask: Ask) -> Told:
        words, text = command(ask)
        done = subprocess.run(
            [*self._words, *words], input=text, capture_output=True, text=True, check=False
        )
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            return Told("crash", message=f"exit {done.returncode}: {done.stderr[-400:]}")
        if "error" in answer:
            code = answer["error"]["code"]
            if done.returncode == 0:
                return Told("crash", message=f"exit code 0 for {code}")
            return Told(code, message=answer["error"]["message"])
        if done.returncode != 0:
            return Told("crash", message=f"exit code {done.returncode} for a success")
        tasks = answer.get("tasks") or [answer["task"]]
        return Told(None, answer["changed"], tuple(task["id"] for task in tasks))


def transition(ask: Ask, by: Actor) -> Transition:
    """The library's request for a question."""
    ref, said = ask.ref, ask.said
    match ask.verb:
        case "claim":
            return Claim(ref, by, reason=said)
        case "claim next":
            return ClaimNext(by)
        case "start":
            return Start(ref, by)
        case "done":
            return Finish(ref, by, note=said)
        case "release":
            return Release(ref, by, reason=said)
        case "block":
            return Block(ref, by, reason=said)
        case "unblock":
            return Unblock(ref, by)
        case "reopen":
            return Reopen(ref, by, reason=said)
        case "note":
            return Note(ref, by, said or "")
        case "add":
            drafts = (
                Draft(title_of(ask, number), depends_on=("@1",) if number else ())
                for number in range(ask.parts)
            )
            return Add(tuple(drafts), by)


def command(ask: Ask) -> tuple[list[str], str | None]:
    """The words of the command line for a question, and what it reads."""
    match ask.verb:
        case "claim next":
            return ["claim", "--next"], None
        case "claim" | "start" | "unblock":
            return [ask.verb, ask.ref], None
        case "done":
            return ["done", ask.ref, "--note", ask.said or ""], None
        case "release" | "block" | "reopen":
            return [ask.verb, ask.ref, "--reason", ask.said or ""], None
        case "note":
            return ["note", ask.ref, ask.said or ""], None
        case "add":
            drafts = [
                {"title": title_of(ask, number), "depends_on": ["@1"] if number else []}
                for number in range(ask.parts)
            ]
            return ["add", "--batch", "-"], json.dumps(drafts)


def run(plan: Plan) -> None:
    """Act until the number or the time is up."""
    if plan.view == "mount":
        views.enter(plan.folder)
    by = Actor(plan.name, human=plan.kind == "boss")
    path = views.path_of(plan.folder, plan.view)
    door: Door = CommandLine(path, by) if plan.command else Library(path, by)
    recorder = Recorder(plan.records / f"{plan.name}.jsonl")
    life = LIVES[plan.kind](plan)
    told: Told | None = None
    while time.monotonic() < plan.deadline:
        try:
            ask = life.send(told) if told is not None else next(life)
        except StopIteration:
            break
        if plan.command and ask.verb == "claim":
            ask = ask._replace(said=None)
        recorder.note("ask", ask)
        told = _ask(door, ask)
        recorder.note("told", told)
    recorder.close()


def _ask(door: Door, ask: Ask) -> Told:
    try:
        return door.ask(ask)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what the oracle must see
        import traceback

        return Told("crash", message=f"{error!r}\n{traceback.format_exc()[-1500:]}")


def _claims(plan: Plan) -> Questions:
    """Claim the next task, or a random one for which others may run, until there is none."""
    rng = Random(plan.seed)
    for number in range(plan.operations):
        if rng.random() < 0.2:
            name = f"TASK_{rng.randrange(plan.tasks) + 1:04}"
            yield Ask("claim", name, f"{plan.name} no {number}")
            continue
        told = yield Ask("claim next")
        if told.code == "nothing":
            return


def _rules(plan: Plan) -> Questions:
    """Now and then take a task from somebody, or open one again."""
    rng = Random(plan.seed)
    for number in range(plan.operations):
        name = f"TASK_{rng.randrange(plan.tasks) + 1:04}"
        said = f"{plan.name} no {number}"
        verb: Verb = rng.choice(("release", "reopen", "reopen", "note"))
        yield Ask(verb, name, said)


def _works(plan: Plan) -> Questions:
    """Claim, start, finish, give back, set aside, add, note; and ask for what is not to be had."""
    rng = Random(plan.seed)
    mine: dict[str, str] = {}
    for number in range(plan.operations):
        ask = _next(plan, rng, mine, f"{plan.name} no {number}")
        told = yield ask
        if ask.verb in ("note", "add"):
            continue
        if told.code is None:
            for ref in told.refs:
                mine[ref] = AFTER[ask.verb]
            mine = {ref: status for ref, status in mine.items() if status in HELD}
        elif ask.verb != "claim":
            mine.pop(ask.ref, None)


def _next(plan: Plan, rng: Random, mine: dict[str, str], said: str) -> Ask:
    chance = rng.random()
    anyone = f"TASK_{rng.randrange(plan.tasks) + 1:04}"
    if mine and chance < (0.7 if len(mine) < HOLDS else 0.9):
        ref = rng.choice(sorted(mine))
        verb = rng.choice(CHOICES[mine[ref]])
        return Ask(verb, ref, None if verb in ("start", "unblock") else said)
    if chance < 0.9:
        return Ask("claim next") if rng.random() < 0.7 else Ask("claim", anyone, said)
    if chance < 0.94:
        return Ask("add", "", said, rng.choice((1, 1, 2, 3)))
    if chance < 0.97:
        return Ask("note", anyone, said)
    return Ask(rng.choice(("start", "done")), anyone)


LIVES: Final = {"claimer": _claims, "agent": _works, "boss": _rules}
