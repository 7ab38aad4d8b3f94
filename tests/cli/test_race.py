"""Many processes, one file: each task is won once, and the file holds the winners' edits alone."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from typing import TYPE_CHECKING, Any

from tests.cli.program import PROGRAM, TIMEOUT, Folder, environment

if TYPE_CHECKING:
    from collections.abc import Callable

TASKS = 50
AGENTS = 8


def run_all(actions: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT * 4)
        assert not thread.is_alive()


def claim(folder: Folder, agent: str, *words: str) -> tuple[int, Any]:
    done = subprocess.run(
        [*PROGRAM, "claim", *words, "--agent", agent, "--json"],
        cwd=folder.path,
        env=environment(folder.path),
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
    )
    return done.returncode, json.loads(done.stdout)


def test_each_task_is_won_once(folder: Folder) -> None:
    items = "".join(
        f'- TASK_{n:03}: "Task {n}"\n  priority: high\n  assigned_agent: null\n  status: todo\n'
        for n in range(1, TASKS + 1)
    )
    folder.write(f"# Race\n\n```yaml\n{items}```\n\n## Session History\n")
    won: dict[str, list[str]] = {f"agent@{n}": [] for n in range(AGENTS)}
    last: dict[str, int] = {}

    def work(agent: str) -> None:
        while True:
            code, answer = claim(folder, agent, "--next")
            if code != 0:
                last[agent] = code
                return
            won[agent].append(answer["task"]["id"])

    run_all([lambda agent=agent: work(agent) for agent in won])  # type: ignore[misc]

    assert set(last.values()) == {8}
    taken = [task for tasks in won.values() for task in tasks]
    assert sorted(taken) == [f"TASK_{n:03}" for n in range(1, TASKS + 1)]
    holder = {task: agent for agent, tasks in won.items() for task in tasks}
    expected = "".join(
        f'- TASK_{n:03}: "Task {n}"\n  priority: high\n  assigned_agent: null\n'
        f"  status: claimed\n  claimed_by: {holder[f'TASK_{n:03}']}\n"
        for n in range(1, TASKS + 1)
    )
    text = folder.text
    assert text.startswith(f"# Race\n\n```yaml\n{expected}```\n\n## Session History\n")
    ours = re.compile(r"- \S+Z: (TASK_\d+) claimed by (\S+) \(todo -> claimed\)")
    entries = [found.groups() for line in text.splitlines() if (found := ours.fullmatch(line))]
    assert sorted(entries) == sorted(holder.items())


def test_one_task_has_one_winner(folder: Folder) -> None:
    folder.write('```yaml\n- TASK_001: "One"\n  priority: high\n  status: todo\n```\n')
    codes: dict[str, int] = {}

    def work(agent: str) -> None:
        codes[agent], _ = claim(folder, agent, "TASK_001")

    run_all([lambda n=n: work(f"agent@{n}") for n in range(AGENTS)])  # type: ignore[misc]

    winners = [agent for agent, code in codes.items() if code == 0]
    assert len(winners) == 1
    assert sorted(codes.values()) == [0, *[4] * (AGENTS - 1)]
    assert f"claimed_by: {winners[0]}\n" in folder.text
    assert folder.text.count("claimed by") == 1
