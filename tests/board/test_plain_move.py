"""What a plain transition is told as for little is what the whole comparison tells."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Final

import pytest

from tests.board.files import request, task_file
from tests.board.words import NOW
from todo_tui.board.changes import changes
from todo_tui.board.plain_move import events_of_move
from todo_tui.board.reading import read
from todo_tui.board.request import Actor, Claim, Finish, Note, Release, Start, Transition
from todo_tui.board.transition import apply
from todo_tui.board.writing import plan
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

FILE: Final = b"""```yaml
- TASK_001: "One"
  status: todo
- TASK_002: "Two"
  status: claimed
  claimed_by: eng
  dependencies: [TASK_001]
- TASK_003: "Three"
  status: in_progress
  claimed_by: eng
```

## Session History

- 2026-01-01T10:00:00Z: TASK_003 started by eng (claimed -> in_progress)
"""

ENG: Final = Actor("eng")


@pytest.mark.parametrize(
    ("transition", "plain"),
    [
        (Claim("TASK_001", ENG), True),
        (Start("TASK_002", ENG), True),
        (Release("TASK_003", ENG), True),
        (Release("TASK_003", Actor("ann", human=True), reason="gone"), True),
        (Finish("TASK_003", ENG), False),
        (Note("TASK_003", ENG, "hm"), False),
    ],
)
def test_a_transition_of_one_task_is_plain(transition: Transition, plain: bool) -> None:
    board = read(Document.decode(FILE))
    assert board.document is not None
    after = read(board.document.splice(plan(board, transition, NOW).edits), board)
    by = transition.by
    found = events_of_move(board, after, at=NOW, source="command", actor=by)
    assert (found is not None) == plain
    if found is not None:
        assert found == changes(board, after, at=NOW, source="command", actor=by)


def test_it_is_plain_where_the_history_grows_at_its_head() -> None:
    newer = b"- 2026-01-02T10:00:00Z: TASK_002 claimed by eng (todo -> claimed)\n"
    board = read(Document.decode(FILE.replace(b"\n\n- 2026", b"\n\n" + newer + b"- 2026")))
    assert board.document is not None
    after = read(board.document.splice(plan(board, Claim("TASK_001", ENG), NOW).edits), board)
    found = events_of_move(board, after, at=NOW, source="command", actor=ENG)
    assert found == changes(board, after, at=NOW, source="command", actor=ENG)
    assert found is not None


def test_a_move_that_takes_away_what_yaml_refuses_clears_a_fault_too() -> None:
    board = read(Document.decode(FILE.replace(b"claimed_by: eng", b"claimed_by: @me", 1)))
    assert board.document is not None
    release = Release("TASK_002", Actor("ann", human=True), reason="gone")
    after = read(board.document.splice(plan(board, release, NOW).edits), board)
    told = changes(board, after, at=NOW, source="command", actor=release.by)
    assert [event.kind for event in told] == ["moved", "history", "fault_cleared"]
    assert events_of_move(board, after, at=NOW, source="command", actor=release.by) is None


def test_it_says_what_the_whole_comparison_says() -> None:
    said: Counter[bool] = Counter()
    for seed in range(400):
        random = Random(seed)
        board = read(Document.decode(task_file(random)))
        for minute in range(4):
            now = NOW + timedelta(minutes=minute)
            transition = request(random, board)
            try:
                apply(board, transition, now)
            except TodoError:
                continue
            assert board.document is not None
            after = read(board.document.splice(plan(board, transition, now).edits), board)
            by = transition.by
            found = events_of_move(board, after, at=now, source="command", actor=by)
            said[found is not None] += 1
            if found is not None:
                assert found == changes(board, after, at=now, source="command", actor=by), seed
            board = after
    assert said[True] > 20
    assert said[False] > 20
