"""A folder with a file, and claims in it during which something happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.faults.child import NEW, OLD, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).parents[2]
BEFORE: Final = (
    b"# Work\n\n"
    + OLD
    + b'\n```yaml\n- TASK_001: "One"\n  priority: high\n  status: todo\n- TASK_002: "Two"\n'
    + b"  status: todo\n```\n\n## Session History\n\n- 2026-11-01T10:00:00Z: begun by hand\n"
)
AFTER: Final = BEFORE.replace(
    b"  status: todo\n", b"  status: claimed\n  claimed_by: ann@1\n", 1
) + (b"- TIME: TASK_001 claimed by ann@1 (todo -> claimed)\n")
_TIME: Final = re.compile(rb"(?<=- )\S+Z(?=: TASK)")


class Ended(NamedTuple):
    """How a claim ended: exit code (negative: the signal), output, calls and events in a row."""

    code: int
    said: str
    calls: tuple[str, ...]

    @property
    def answer(self) -> Any:
        """The JSON that it printed, after what it said to people."""
        return json.loads(self.said.splitlines()[-1])

    @property
    def message(self) -> str:
        return str(self.answer["error"]["message"])


class Lab:
    """One child process that runs the claims, each in a new folder below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._child.communicate()

    def new(self, *, used: bool = False) -> Path:
        """A new file; ``used``: a commit was made beside it before."""
        self._number += 1
        path = self._folder / str(self._number) / "work" / "TODO.md"
        path.parent.mkdir(parents=True)
        path.write_bytes(BEFORE)
        if used:
            self.claim(path)
            path.write_bytes(BEFORE)
        return path

    def company(self, path: Path, *events: Event, late: bool = False) -> tuple[Ended, ...]:
        """The same while bob@1 and cid@1 wait, too, each for the next task; how all ended.

        ``late``: dan@1 comes when these are done.
        """
        asked = (("TASK_001", "ann@1"), ("--next", "bob@1"), ("--next", "cid@1"))
        words = [
            ["claim", what, "--agent", name, "--json", "--file", str(path)]
            for what, name in (*asked, ("--next", "dan@1"))
        ]
        case = {"path": str(path), "words": words[0], "others": words[1:3], "events": events}
        answer = self._ask({**case, "late": words[3:] if late else []})
        return tuple(Ended(code, said, tuple(answer["calls"])) for code, said in answer["ends"])

    def claim(self, path: Path, *events: Event, task: str = "TASK_001") -> Ended:
        """Claim a task for ann@1, with ``events`` on the way."""
        words = ["claim", task, "--agent", "ann@1", "--json", "--file", str(path)]
        answer = self._ask({"path": str(path), "words": words, "events": events})
        return Ended(answer["code"], answer["said"], tuple(answer["calls"]))

    def _ask(self, case: dict[str, Any]) -> Any:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(case) + "\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())


def masked(data: bytes) -> bytes:
    """The bytes without the time of our history line."""
    return _TIME.sub(b"TIME", data)


def is_old(data: bytes) -> bool:
    return data in (BEFORE, BEFORE.replace(OLD, NEW))


def is_new(data: bytes) -> bool:
    return masked(data) in (AFTER, AFTER.replace(OLD, NEW))


def litter(path: Path) -> list[str]:
    """What stands beside the file and in its folder that should not."""
    beside = [one.name for one in path.parent.iterdir() if one.name not in (path.name, ".todo-tui")]
    folder = path.parent / ".todo-tui"
    inside: Iterable[Path] = folder.iterdir() if folder.exists() else ()
    kinds = ("new-", "unmerged-", "ask", "taken-", "gathering")
    return beside + [one.name for one in inside if one.name.startswith(kinds)]
