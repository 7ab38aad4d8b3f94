"""What agents do while a person is at a board, and while they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.scenes import board

if TYPE_CHECKING:
    from tests.tui.desk import Desk

_WHILE_AWAY = (
    ("TASK_009", {"status": "in_progress"}),
    ("TASK_018", {"priority": "high", "raw_priority": "high"}),
    ("TASK_015", {"status": "claimed", "claimed_by": "eng-frontend@2"}),
    ("TASK_011", {"claimed_by": "gemini"}),
    ("TASK_012", {"status": "done"}),
    ("TASK_014", {"status": "done", "claimed_by": "eng-data"}),
)


async def while_away(it: Desk) -> None:
    """Six things happen to the shop in nine minutes, two of them against the rules.

    Then the person comes back, and two more things happen.
    """
    for ref, changes in _WHILE_AWAY:
        await _then(it, 80, ref, changes)
    it.clock.advance(60)
    await it.press("l")
    await _then(it, 20, "TASK_015", {"status": "in_progress"})
    await _then(it, 20, "TASK_010", {"status": "in_progress"})
    it.clock.advance(1.5)
    await it.settle()


async def stolen(it: Desk) -> None:
    """An agent writes its name over that of another one."""
    document = it.file.board.document
    assert document is not None
    held = 'assigned_agent: {}\n  status: in_progress\n  started_at: "2026-03-02T13:17:00Z"'
    await it.put(board(document.text.replace(held.format("eng-frontend"), held.format("gemini"))))


async def _then(it: Desk, seconds: float, ref: str, changes: dict[str, str]) -> None:
    it.clock.advance(seconds)
    it.file.amend(ref, **changes)
    await it.settle()
