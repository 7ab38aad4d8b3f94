"""Files before and after one request, byte for byte: ``tests/goldens/NAME``.

``transition.json`` holds ``{"REQUEST": {fields}}`` and, where session history is off, ``"history":
false``. The clock stands at 2026-11-22T12:33:00Z.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.board.square import hold
from tests.board.words import NOW
from todo_tui.board import request
from todo_tui.board.reading import read
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from todo_tui.board.request import Transition

GOLDENS = Path(__file__).parent.parent / "goldens"
CASES = sorted(path.parent.name for path in GOLDENS.glob("*/transition.json"))


def transition_of(data: dict[str, Any]) -> Transition:
    """The request that a golden's JSON states."""
    ((name, fields),) = ((key, value) for key, value in data.items() if key != "history")
    fields["by"] = request.Actor(**fields["by"])
    if "drafts" in fields:
        fields["drafts"] = tuple(
            request.Draft(**{**draft, "depends_on": tuple(draft.get("depends_on", ()))})
            for draft in fields["drafts"]
        )
    if "depends_on" in fields:
        fields["depends_on"] = tuple(fields["depends_on"])
    made: Transition = getattr(request, name)(**fields)
    return made


def test_there_are_goldens() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    folder = GOLDENS / name
    data = json.loads((folder / "transition.json").read_text("utf-8"))
    board = read(Document.decode((folder / "before.md").read_bytes()))
    after = hold(board, transition_of(data), NOW, history=data.get("history", True))
    assert after.document is not None
    assert after.document.encode() == (folder / "after.md").read_bytes()
