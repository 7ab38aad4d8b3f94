"""One storm: makes the file, starts the processes, kills some, waits for all, asks the oracle.

Ends by itself: every process has a number of operations and a deadline. Kills only the processes
that it has started itself, each in a process group of its own with the command lines it started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tests.storm import actor, editor, record, view
from tests.storm.oracle import Verdict, judge
from tests.storm.scene import scene
from todo_tui.board.transition import Actor, Note
from todo_tui.storage.todo_file import TodoFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from tests.storm.record import Edit

    Start: TypeAlias = "tuple[Callable[[], None], actor.Plan | None]"

Mix = Literal["claims", "life", "editors", "kills", "views"]
MIXES: Final[tuple[Mix, ...]] = ("claims", "life", "editors", "kills", "views")

GRACE: Final = 30.0
"""Seconds after the deadline until a process that has not ended is killed: a fault of its own."""


class Storm(NamedTuple):
    """One run. ``operations``: of all actors together; ``seconds``: the most that it may take.

    ``below``: the folder in which its files are made; ``pause``: of the editors, in seconds;
    ``commands``: one of so many actors uses the command line, none where it is 0.
    """

    mix: Mix
    seed: int
    processes: int
    tasks: int
    operations: int
    seconds: float
    below: Path | None = None
    pause: float = 0.05
    commands: int = 8


class Result(NamedTuple):
    """How a storm ended. ``kept``: its folder, where something went wrong."""

    storm: Storm
    verdict: Verdict
    seconds: float
    killed: int
    notices: tuple[str, ...]
    kept: Path | None


@dataclass(slots=True)
class _Process:
    pid: int
    plan: actor.Plan | None


def run(storm: Storm) -> Result:
    """Run a storm and judge it."""
    folder = Path(tempfile.mkdtemp(prefix=f"storm-{storm.mix}-{storm.seed}-", dir=storm.below))
    before = scene(storm.tasks, storm.seed, free=storm.mix in ("claims", "views"))
    records = folder / "records"
    records.mkdir()
    (folder / "work").mkdir()
    path = folder / "work" / "TODO.md"
    path.write_bytes(before)
    view.prepare(folder)
    began = time.monotonic()
    killed, notices, faults = _let_loose(storm, folder)
    seconds = time.monotonic() - began
    try:
        verdict = _judge(before, path, records)
    except Exception as error:  # noqa: BLE001 - the folder tells what happened
        verdict = Verdict(
            problems=[f"the oracle itself failed: {error!r} {traceback.format_exc()}"]
        )
    verdict.problems += faults
    kept = folder if verdict.problems else None
    if kept is None:
        shutil.rmtree(folder)
    return Result(storm, verdict, seconds, killed, tuple(notices), kept)


def _plans(storm: Storm, folder: Path) -> tuple[list[actor.Plan], list[str]]:
    rng = Random(storm.seed)
    views: list[view.View] = ["plain"]
    notices: list[str] = []
    if storm.mix == "views":
        views += ["link", "linked folder"]
        reason = view.why_no_mount()
        if reason is None:
            views.append("mount")
        else:
            notices.append(f"no bind mount: {reason}")
    deadline = time.monotonic() + storm.seconds
    plans = []
    for number in range(storm.processes):
        kind: actor.Kind = "agent"
        if storm.mix == "claims" or (storm.mix == "views" and number % 2):
            kind = "claimer"
        elif number % 8 == 5:
            kind = "boss"
        name = f"boss-{number}" if kind == "boss" else f"agent-{number}@s0"
        command = storm.commands > 0 and number % storm.commands == min(3, storm.commands - 1)
        share = max(1, storm.operations // storm.processes)
        plans.append(
            actor.Plan(
                name,
                kind,
                command,
                views[number % len(views)],
                folder,
                folder / "records",
                rng.randrange(1 << 30),
                deadline,
                max(1, share // 8) if command else share,
                storm.tasks,
            )
        )
    return plans, notices


def _let_loose(storm: Storm, folder: Path) -> tuple[int, list[str], list[str]]:
    """Run all processes to their end; how many were killed, notices, and faults."""
    plans, notices = _plans(storm, folder)
    records = folder / "records"
    processes = [_start(plan) for plan in plans]
    if storm.mix in ("editors", "kills"):
        for number, way in enumerate(editor.WAYS):
            plan = editor.Plan(
                f"editor-{number}",
                way,
                folder / "work" / "TODO.md",
                records,
                storm.seed * 4 + number,
                plans[0].deadline,
                1 << 30,
                storm.pause,
            )
            processes.append(_fork(lambda plan=plan: editor.run(plan), None))  # type: ignore[misc]
    faults: list[str] = []
    killed = 0
    rng = Random(storm.seed)
    pause = storm.seconds / 200 if storm.mix == "kills" else 0.5
    end = plans[0].deadline + GRACE
    while any(one.plan for one in processes):
        _wait(processes, faults, min(0.25, pause) * (0.5 + rng.random()))
        actors = [one for one in processes if one.plan]
        if time.monotonic() > end:
            for one in actors:
                faults.append(f"{one.plan} did not end")
                _kill(one)
                processes.remove(one)
            break
        if storm.mix == "kills" and actors and killed < storm.processes * 4:
            victim = rng.choice(actors)
            _kill(victim)
            killed += 1
            processes.remove(victim)
            assert victim.plan is not None
            if time.monotonic() < victim.plan.deadline:
                processes.append(_start(_reborn(victim.plan, killed)))
    (records / "over").touch()
    while processes:
        _wait(processes, faults, 0.05)
        if time.monotonic() > end + GRACE:
            for one in processes:
                faults.append("an editor did not end")
                _kill(one)
            processes.clear()
    return killed, notices, faults


def _reborn(plan: actor.Plan, number: int) -> actor.Plan:
    """The next session of an agent that was killed."""
    base = plan.name.split("@")[0].split(".")[0]
    name = f"{base}.{number}" if plan.kind == "boss" else f"{base}@s{number}"
    left = max(1, plan.operations * 3 // 4)
    return plan._replace(name=name, seed=plan.seed + number, operations=left)


def _start(plan: actor.Plan) -> _Process:
    return _fork(lambda: actor.run(plan), plan)


def _fork(work: Callable[[], None], plan: actor.Plan | None) -> _Process:
    pid = os.fork()
    if pid:
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)
        return _Process(pid, plan)
    code = 1
    try:
        os.setpgid(0, 0)
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - a child must never go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def _kill(process: _Process) -> None:
    """Kill a process of ours with those that it started, and wait for its end."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)


def _wait(processes: list[_Process], faults: list[str], seconds: float) -> None:
    """Wait until one ends, or so many seconds; those that have ended are taken off the list."""
    end = time.monotonic() + seconds
    while True:
        for one in list(processes):
            pid, status = os.waitpid(one.pid, os.WNOHANG)
            if pid:
                processes.remove(one)
                if status:
                    faults.append(f"{one.plan or 'an editor'} ended with {status}")
        if time.monotonic() >= end or not processes:
            return
        time.sleep(0.01)


def _judge(before: bytes, path: Path, records: Path) -> Verdict:
    """Make one last commit, which clears up; look at what is left; ask the oracle."""
    recorder = record.Recorder(records / "boss-last.jsonl")
    ask = record.Ask("note", "TASK_0001", "the last word")
    recorder.note("ask", ask)
    done = TodoFile(path).commit(Note(ask.ref, Actor("boss-last", human=True), ask.said or ""))
    recorder.note("told", record.Told(None, done.changed, (ask.ref,)))
    recorder.close()
    calls: list[record.Call] = []
    edits: list[Edit] = []
    for one in sorted(records.glob("*.jsonl")):
        if one.name.startswith("editor"):
            edits += record.edits(one)
        else:
            calls += record.calls(one)
    beside = path.parent / ".todo-tui"
    unmerged = [one.read_bytes() for one in beside.glob("unmerged-*")]
    verdict = judge(
        before,
        path.read_bytes(),
        calls,
        edits,
        version=lambda edit: (records / edit.version).read_bytes(),
        unmerged=unmerged,
    )
    litter = [one.name for one in path.parent.iterdir() if one.name not in (path.name, beside.name)]
    litter += [one.name for one in beside.iterdir() if one.name.startswith("new-")]
    verdict.problems += (f"{name} was left behind" for name in litter)
    return verdict
