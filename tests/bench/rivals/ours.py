"""todo-tui itself, of this checkout: installed as its users do it, or as it is at hand."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.rivals.install import python_command
from tests.bench.rivals.tool import WORKS, Command, FailedError, environment, run_well

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer

_STATUSES: Final = {"todo": "todo", "doing": "in_progress", "done": "done"}

_TASK: Final = """\
- TASK_{number:04d}: "{title}"
  priority: {priority}
  assigned_agent: {agent}
  status: {status}
  created_at: "2026-01-27T09:12:00Z"
  description: "{description}"
"""


@dataclass(frozen=True, slots=True)
class TodoTui:
    """``start`` is what every command line begins with."""

    start: tuple[str, ...]

    name = "todo-tui"
    setting = ""
    works = frozenset(WORKS)
    quit_keys = b"q"

    def version(self) -> str:
        return run_well(self._run(Path.cwd(), "--version")).text.split()[-1]

    def fill(self, folder: Path, items: Sequence[Item]) -> None:
        tasks = "\n".join(
            _TASK.format(
                number=item.number,
                title=item.title,
                priority=item.priority,
                agent="null" if item.status == "todo" else "bench",
                status=_STATUSES[item.status],
                description=item.description,
            )
            for item in items
        )
        _file(folder).write_text(f"# TODO\n\n## Tasks\n\n```yaml\n{tasks}```\n")

    def claim_one(self, folder: Path, _number: int, agent: str) -> Command:
        return self._run(folder, "claim", "--next", "--agent", agent)

    def claim(self, folder: Path, number: int, agent: str) -> Command:
        return self._run(folder, "claim", f"TASK_{number:04d}", "--agent", agent)

    def says_yes(self, answer: Answer) -> bool:
        return answer.code == 0

    def list_all(self, folder: Path) -> Command:
        return self._run(folder, "list", "--json")

    def board(self, folder: Path) -> Command:
        return self._run(folder, str(_file(folder)))

    def change(self, folder: Path, number: int, title: str) -> None:
        lines = _file(folder).read_text().splitlines(keepends=True)
        start = f"- TASK_{number:04d}: "
        found = [at for at, line in enumerate(lines) if line.startswith(start)]
        if len(found) != 1:
            raise FailedError(f"{len(found)} lines hold task {number}")
        lines[found[0]] = f'{start}"{title}"\n'
        new = _file(folder).with_suffix(".new")
        new.write_text("".join(lines))
        new.replace(_file(folder))

    def _run(self, folder: Path, *arguments: str) -> Command:
        return Command((*self.start, *arguments), folder, environment(folder))


def installed(cache: Path) -> tuple[TodoTui, ...]:
    """todo-tui in an environment of its own, made anew. Raises UnavailableError."""
    command = python_command(cache, "todo-tui", "todo-tui", Path(__file__).parents[3])
    return (TodoTui((str(command),)),)


def todo_tui(python: str = sys.executable) -> TodoTui:
    """The todo-tui of an interpreter's environment: its console script, else ``python -m``."""
    script = Path(python).with_name("todo-tui")
    if os.access(script, os.X_OK):
        return TodoTui((str(script),))
    return TodoTui((python, "-m", "todo_tui"))


def _file(folder: Path) -> Path:
    return folder / "TODO.md"
