"""Backlog.md: a Markdown file for each task, commands and a board in JavaScript.

Its nearest to a claim is ``task edit N -s "In Progress" -a @agent``. The tasks are files in the
form that its own ``task create`` writes. Its search through git branches is off: that is the
faster way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.bench.rivals.install import node_command
from tests.bench.rivals.tool import WORKS, Command, FailedError, environment, run_well

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer

_STATUSES: Final = {"todo": "To Do", "doing": "In Progress", "done": "Done"}

_TASK: Final = """\
---
id: TASK-{number}
title: {title}
status: {status}
assignee: []
created_date: '2026-01-27 09:12'
labels: []
dependencies: []
priority: {priority}
ordinal: {ordinal}
---

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
{description}
<!-- SECTION:DESCRIPTION:END -->
"""


@dataclass(frozen=True, slots=True)
class BacklogMd:
    """``command`` is the installed ``backlog``."""

    command: Path

    name = "Backlog.md"
    setting = ""
    works = frozenset(WORKS)
    quit_keys = b"q"

    def version(self) -> str:
        return run_well(self._run(self.command.parent, "--version")).text.split()[-1]

    def fill(self, folder: Path, items: Sequence[Item]) -> None:
        quiet = ("--integration-mode", "none", "--check-branches", "false")
        run_well(self._run(folder, "init", "bench", "--defaults", "--no-git", *quiet))
        tasks = folder / "backlog/tasks"
        tasks.mkdir(exist_ok=True)
        for item in items:
            slug = item.title.replace(" ", "-")
            text = _TASK.format(
                number=item.number,
                title=item.title,
                status=_STATUSES[item.status],
                priority=item.priority,
                ordinal=item.number * 1000,
                description=item.description,
            )
            (tasks / f"task-{item.number} - {slug}.md").write_text(text)

    def claim_one(self, folder: Path, number: int, agent: str) -> Command:
        return self.claim(folder, number, agent)

    def claim(self, folder: Path, number: int, agent: str) -> Command:
        status = _STATUSES["doing"]
        return self._run(folder, "task", "edit", str(number), "-s", status, "-a", f"@{agent}")

    def says_yes(self, answer: Answer) -> bool:
        return "Updated task" in answer.text

    def list_all(self, folder: Path) -> Command:
        return self._run(folder, "task", "list", "--json")

    def board(self, folder: Path) -> Command:
        return self._run(folder, "board")

    def change(self, folder: Path, number: int, title: str) -> None:
        found = list((folder / "backlog/tasks").glob(f"task-{number} - *.md"))
        if len(found) != 1:
            raise FailedError(f"{len(found)} files hold its task {number}")
        lines = found[0].read_text().splitlines(keepends=True)
        lines = [f"title: {title}\n" if line.startswith("title: ") else line for line in lines]
        found[0].write_text("".join(lines))

    def _run(self, folder: Path, *arguments: str) -> Command:
        return Command((str(self.command), *arguments), folder, environment(folder))


def backlog_md(cache: Path) -> tuple[BacklogMd, ...]:
    """Installed with npm. Raises UnavailableError."""
    return (BacklogMd(node_command(cache, "backlog.md", "backlog")),)
