"""kanban-tui: an SQLite database, commands and a board in Python.

Its nearest to a claim is ``task move ID COLUMN``, which names no agent. Its exit code is 0 whatever
happened, so its words decide. The tasks are made through its own library, in its own environment.
Its board does not look at the database again unless ``auto_refresh_interval`` (seconds) is set.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.bench.rivals.install import python_command
from tests.bench.rivals.tool import WORKS, Command, FailedError, environment, run_well

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer

_COLUMNS: Final = {"todo": 1, "doing": 2, "done": 3}
"""The numbers that the first board's Ready, Doing and Done get."""

_FILL: Final = """
import json, sys
from kanban_tui.backends.sqlite.backend import SqliteBackend
from kanban_tui.config import SqliteBackendSettings
backend = SqliteBackend(SqliteBackendSettings(database_path=sys.argv[1]))
for title, description, column in json.load(sys.stdin):
    backend.create_new_task(title=title, description=description, column=column)
"""


@dataclass(frozen=True, slots=True)
class KanbanTui:
    """``command`` is the installed ``ktui``; ``refresh`` its auto_refresh_interval, 0 for never."""

    command: Path
    refresh: int = 0

    name = "kanban-tui"
    quit_keys = b"\x11"

    @property
    def setting(self) -> str:
        return f"auto_refresh_interval = {self.refresh}" if self.refresh else ""

    @property
    def works(self) -> frozenset[str]:
        return frozenset({"outside"} if self.refresh else WORKS)

    def version(self) -> str:
        home = self.command.parent
        return run_well(self._run(home, "--version")).text.split()[-1]

    def fill(self, folder: Path, items: Sequence[Item]) -> None:
        run_well(self._run(folder, "board", "create", "Bench", "--set-active"))
        rows = [(item.title, item.description, _COLUMNS[item.status]) for item in items]
        argv = (str(self.command.with_name("python")), "-c", _FILL, str(_database(folder)))
        run_well(Command(argv, folder, _environment(folder)), json.dumps(rows))
        config = folder / "config/kanban_tui/config.toml"
        before = config.read_text()
        line = "auto_refresh_interval = {}"
        if line.format(0) not in before:
            raise FailedError(f"its configuration has no {line.format(0)}")
        config.write_text(before.replace(line.format(0), line.format(self.refresh)))

    def claim_one(self, folder: Path, number: int, agent: str) -> Command:
        return self.claim(folder, number, agent)

    def claim(self, folder: Path, number: int, _agent: str) -> Command:
        return self._run(folder, "task", "move", str(number), str(_COLUMNS["doing"]))

    def says_yes(self, answer: Answer) -> bool:
        return "Moved task" in answer.text

    def list_all(self, folder: Path) -> Command:
        return self._run(folder, "task", "list", "--json")

    def board(self, folder: Path) -> Command:
        return self._run(folder)

    def change(self, folder: Path, number: int, title: str) -> None:
        with contextlib.closing(sqlite3.connect(_database(folder))) as database, database:
            database.execute("UPDATE tasks SET title = ? WHERE task_id = ?", (title, number))

    def _run(self, folder: Path, *arguments: str) -> Command:
        return Command((str(self.command), *arguments), folder, _environment(folder))


def kanban_tui(cache: Path) -> tuple[KanbanTui, ...]:
    """As it comes, and with a board that refreshes itself. Raises UnavailableError."""
    command = python_command(cache, "kanban-tui", "ktui")
    return KanbanTui(command), KanbanTui(command, refresh=5)


def _database(folder: Path) -> Path:
    return folder / "data/kanban_tui/kanban_tui.db"


def _environment(folder: Path) -> dict[str, str]:
    places = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    return environment(folder, **places)
