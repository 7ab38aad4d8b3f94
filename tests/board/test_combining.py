"""Many requests at once are what they would have been one after the other, to the byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import request, task_file
from tests.board.words import NOW
from todo_tui.board.combining import Combining
from todo_tui.board.reading import read
from todo_tui.board.request import (
    PLAIN,
    Actor,
    Add,
    Claim,
    ClaimNext,
    Draft,
    Note,
    Release,
    Start,
)
from todo_tui.board.writing import plan
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.request import Transition
    from todo_tui.document import document

DATED = "- 2026-01-01: begun\n- 2026-01-02: went on\n"
ANN, BOB = Actor("ann@1"), Actor("bob@1")


def text_of(board: Board) -> bytes:
    assert board.document is not None
    return board.document.encode()


def alone(board: Board, asked: Transition, now: datetime, *, history: bool) -> Board:
    """The board after one request, written and read."""
    planned = plan(board, asked, now, history=history)
    assert board.document is not None
    return read(board.document.splice(planned.edits), board)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_they_come_to_what_they_come_to_one_by_one(seed: int) -> None:
    random = Random(seed)
    board = one_by_one = read(Document.decode(task_file(random)))
    combining = Combining(board)
    for second in range(12):
        asked = request(random, one_by_one)
        if not isinstance(asked, PLAIN):
            continue
        now = NOW + timedelta(seconds=second)
        history = random.random() < 0.85
        step = combining.make(asked, now, history=history)
        if step.refusal is None:
            one_by_one = alone(one_by_one, asked, now, history=history)
        else:
            with pytest.raises(TodoError) as refused:
                alone(one_by_one, asked, now, history=history)
            assert vars(step.refusal) == vars(refused.value)
            assert step.after is step.before
        assert combining.board == one_by_one
    assert combining.finish() == one_by_one
    assert text_of(combining.board) == text_of(one_by_one)


FILE = """# Work

```yaml
- T-1: "One"
  status: todo
- T-2: "Two"
  status: todo
- T-2: "Two again"
  status: todo
```
"""


def combined(text: str, *asked: Transition) -> Combining:
    combining = Combining(read(Document.decode(text.encode())))
    for each in asked:
        combining.make(each, NOW, history=True)
    combining.finish()
    return combining


def test_one_task_may_be_changed_again_and_again() -> None:
    asked = (Claim("T-1", ANN), Start("T-1", ANN), Release("T-1", ANN), Claim("T-1", BOB))
    text = text_of(combined(FILE, *asked).board).decode()
    assert text.count("claimed_by: bob@1") == 1
    lines = [line for line in text.splitlines() if line.startswith("- 2")]
    events = ["claimed by ann", "started by ann", "released by ann", "claimed by bob"]
    assert all(event in line for event, line in zip(events, lines, strict=True))


def test_a_list_that_turns_round_is_grown_where_it_would_have_been() -> None:
    """One entry tells no order; with a second that is earlier, the newest stand first."""
    later = (NOW + timedelta(days=400)).astimezone(UTC).isoformat()
    text = f"{FILE}\n## Session History\n\n- {later}: begun\n"
    asked = tuple(Note("T-1", ANN, f"note {number}") for number in range(4))
    board = read(Document.decode(text.encode()))
    for each in asked:
        board = alone(board, each, NOW, history=True)
    assert text_of(combined(text, *asked).board) == text_of(board)


def test_a_refusal_names_the_lines_that_are_there_then() -> None:
    combining = Combining(read(Document.decode(FILE.encode())))
    combining.make(Claim("T-1", ANN), NOW, history=True)
    refusal = combining.make(Claim("T-2", BOB), NOW, history=True).refusal
    assert refusal is not None
    assert [place.line for place in refusal.places] == [7, 9]
    assert text_of(combining.finish()).decode().splitlines()[6].startswith("- T-2")


def test_a_refusal_amid_what_is_gathered_names_the_lines_that_are_there_then() -> None:
    days = "".join(f"- 2026-01-0{day}: went on\n" for day in range(1, 6))
    combining = Combining(read(Document.decode(f"{FILE}\n## Session History\n\n{days}".encode())))
    combining.make(Claim("T-1", ANN), NOW, history=True)
    refusal = combining.make(Claim("T-2", BOB), NOW, history=True).refusal
    assert refusal is not None
    assert [place.line for place in refusal.places] == [7, 9]


def test_nothing_is_written_for_refusals_and_repeats() -> None:
    board = read(Document.decode(FILE.encode()))
    combining = Combining(board)
    assert combining.make(Start("T-1", ANN), NOW, history=True).refusal is not None
    assert combining.make(Claim("T-9", ANN), NOW, history=True).refusal is not None
    assert combining.finish() is board


def test_in_the_middle_of_a_merge_all_are_refused() -> None:
    board = read(Document.decode(f"<<<<<<< a\n{FILE}=======\n>>>>>>> b\n".encode()))
    combining = Combining(board)
    for _ in range(2):
        step = combining.make(ClaimNext(ANN), NOW, history=True)
        assert step.refusal is not None
        assert step.refusal.code == "conflict"
    assert combining.finish() is board


def test_other_requests_are_not_combined() -> None:
    combining = Combining(read(Document.decode(FILE.encode())))
    with pytest.raises(TypeError):
        combining.make(Add((Draft("More"),), ANN), NOW, history=True)


def test_text_that_would_not_say_what_was_meant_is_not_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    combining = Combining(read(Document.decode(f"{FILE}\n## Session History\n\n{DATED}".encode())))
    combining.make(Claim("T-1", ANN), NOW, history=True)

    def other(_self: document.Document, _edits: object) -> document.Document:
        return Document.decode(FILE.replace("One", "Other").encode())

    monkeypatch.setattr(Document, "splice", other)
    with pytest.raises(ValueError, match="does not say"):
        combining.finish()
