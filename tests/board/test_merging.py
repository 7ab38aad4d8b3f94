"""A file in the middle of a merge: what of it is read, and where it is refused."""

from __future__ import annotations

import pytest

from tests.board.words import ENG, of, refused
from todo_tui.board.request import Claim

HISTORY = (
    "## Session History",
    "",
    "- 2026-11-22T12:00:00Z: TASK_001 created by a (none -> todo)",
    "<<<<<<< HEAD",
    "- 2026-11-22T12:01:00Z: TASK_001 claimed by a@1 (todo -> claimed)",
    "=======",
    "- 2026-11-22T12:02:00Z: TASK_001 claimed by b@2 (todo -> claimed)",
    ">>>>>>> theirs",
)


@pytest.mark.parametrize("base", [(), ("||||||| base", "- 2026-11-22T12:00:30Z: words")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_markers_are_no_part_of_the_entries_around_them(base: tuple[str, ...], end: str) -> None:
    found = of("".join(line + end for line in (*HISTORY[:5], *base, *HISTORY[5:])))
    assert found.merging
    said = [entry.actor if entry.event else entry.text for entry in found.history]
    assert said == ["a", *(["words"] if base else []), "a@1", "b@2"]


def test_a_refusal_says_where_the_first_marker_is() -> None:
    found = of("".join(f"{line}\n" for line in HISTORY))
    error = refused(found, Claim("TASK_001", ENG))
    assert error.code == "conflict"
    assert error.location == (4, 1, "<<<<<<< HEAD")
