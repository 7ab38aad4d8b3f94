"""taskwarrior: a log of its own, commands in C++, no board.

Its nearest to a claim is ``task ID start``, which names no agent and is refused where the task is
started already. The tasks come in through its own ``import``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from tests.bench.rivals.install import machine_command
from tests.bench.rivals.tool import Command, FailedError, environment, run_well

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer

_LETTERS: Final = {"high": "H", "medium": "M", "low": "L"}


@dataclass(frozen=True, slots=True)
class Taskwarrior:
    """``command`` is the machine's ``task``."""

    command: Path

    name = "taskwarrior"
    setting = ""
    works = frozenset({"claim", "contend", "list"})
    quit_keys = b""

    def version(self) -> str:
        return run_well(self._run(self.command.parent, "--version")).text.split()[-1]

    def fill(self, folder: Path, items: Sequence[Item]) -> None:
        (folder / "taskrc").write_text("confirmation=off\nverbose=nothing\n")
        (folder / "data").mkdir()
        run_well(self._run(folder, "import"), json.dumps([_as_json(item) for item in items]))

    def claim_one(self, folder: Path, number: int, agent: str) -> Command:
        return self.claim(folder, number, agent)

    def claim(self, folder: Path, number: int, _agent: str) -> Command:
        return self._run(folder, _uuid(number), "start")

    def says_yes(self, answer: Answer) -> bool:
        return answer.code == 0

    def list_all(self, folder: Path) -> Command:
        return self._run(folder, "export")

    def board(self, _folder: Path) -> Command:
        raise FailedError("it has no board")

    def change(self, _folder: Path, _number: int, _title: str) -> None:
        raise FailedError("it has no board")

    def _run(self, folder: Path, *arguments: str) -> Command:
        places = {"TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder / "data")}
        return Command((str(self.command), *arguments), folder, environment(folder, **places))


def taskwarrior(_cache: Path) -> tuple[Taskwarrior, ...]:
    """Where the machine has it; nothing is installed. Raises UnavailableError."""
    return (Taskwarrior(machine_command("task")),)


def _uuid(number: int) -> str:
    return str(UUID(int=number, version=4))


def _as_json(item: Item) -> dict[str, str]:
    fields = {
        "uuid": _uuid(item.number),
        "description": item.title,
        "priority": _LETTERS[item.priority],
        "entry": "20260127T091200Z",
        "status": "completed" if item.status == "done" else "pending",
    }
    if item.status == "doing":
        fields["start"] = "20260127T091300Z"
    if item.status == "done":
        fields["end"] = "20260127T091400Z"
    return fields
