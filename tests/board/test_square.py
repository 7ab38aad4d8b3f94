"""Whatever a transition is said to do is what is read after its edits, and nothing else changes."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import request, task_file
from tests.board.square import hold
from tests.board.words import NOW
from todo_tui.board.reading import read
from todo_tui.board.request import Actor, Amend, Batch, Claim, Release, StepRequest
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.board.board import Board

if TYPE_CHECKING:
    from todo_tui.board.request import Transition


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_row_of_transitions_on_any_file(seed: int) -> None:
    random = Random(seed)
    board = read(Document.decode(task_file(random)))
    for minute in range(5):
        asked = request(random, board)
        history = random.random() < 0.85
        board = hold(board, asked, NOW + timedelta(minutes=minute), history=history)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_reload_takes_over_what_is_the_same_and_reads_what_is_not(seed: int) -> None:
    random = Random(seed)
    before = task_file(random)
    after = task_file(random) if random.random() < 0.3 else _changed(random, before)
    old = Document.decode(before)
    board = read(old)
    found = read(Document.decode(after, old), board)
    anew = read(Document.decode(after))
    assert found == anew
    assert found.faults == anew.faults
    assert [found.line(task) for task in found.tasks] == [anew.line(task) for task in anew.tasks]
    for one, other in zip(found.tasks, anew.tasks, strict=True):
        assert found.group_of(found.place(one)) == anew.group_of(anew.place(other))


BOSS = Actor("boss", human=True)
TASK = "```yaml\n- TASK_1: x\n  status: todo\n```\n"
HEAD = "### TASK_1: x\n- **Status**: claimed\n"
OTHER = "\n### TASK_2: y\n- **Status**: todo\n- **Claimed By**:\n- **Owner**:\n"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        # What stands indented below the heading of an empty history would belong to our entry.
        (f"{TASK}# Session History\n  words\n", Claim("TASK_1", Actor("e"))),
        (f"{TASK}# Session History\n  words", Claim("TASK_1", Actor("e"))),
        (f"{TASK}# Session History\r\n\r\n    code\r\n\r\n  x\r\ny", Claim("TASK_1", Actor("e"))),
        (f"# Session History\n\twords\n\n{TASK}", Claim("TASK_1", Actor("e"))),
        # The lines below a value that is emptied would be the value.
        (f"{HEAD}- **Claimed By**: e\n  more\n  - deep\n\n{OTHER}", Release("TASK_1", BOSS, "why")),
        (f"{HEAD}- **Claimed By**: e\n\n  - deep{OTHER}", Release("TASK_1", BOSS, "why")),
        (
            f"### TASK_1: x\n- **Status**: todo\n- **Owner**: e\n  more{OTHER}",
            Amend("TASK_1", BOSS, assign=""),
        ),
        # A name that only begins like a field's is another field's.
        ("- id: A-1\n  status: todo\n  priority2: x\n", Amend("A-1", BOSS, priority="high")),
        (f"{HEAD}- **Priority 2**: x\n", Amend("TASK_1", BOSS, priority="high")),
    ],
)
def test_places_where_a_change_could_mean_something_else(text: str, asked: Transition) -> None:
    board = read(Document.decode(text.encode()))
    assert hold(board, asked, NOW) is not board


def _changed(random: Random, data: bytes) -> bytes:
    """The file with a few of its lines taken away, doubled, moved or edited."""
    lines = data.splitlines(keepends=True)
    for _ in range(random.randrange(1, 4)):
        if not lines:
            break
        at = random.randrange(len(lines))
        match random.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(random.randrange(len(lines) + 1), lines[at])
            case 2:
                lines.insert(random.randrange(len(lines)), lines.pop(at))
            case 3:
                lines[at] = lines[at].replace(b"todo", b"done").replace(b"high", b"low")
            case _:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_batch_does_what_its_requests_do_or_nothing(seed: int) -> None:
    random = Random(seed)
    board = read(Document.decode(task_file(random)))
    asked = [request(random, board) for _ in range(30)]
    steps = {it.ref: it for it in asked if isinstance(it, get_args(StepRequest))}
    legal = [it for it in steps.values() if _is_legal(board, it) or random.random() < 0.02]
    batch = Batch(tuple(legal), Actor("alice", human=True))
    history = random.random() < 0.85
    after = hold(board, batch, NOW, history=history)
    if all(_is_legal(board, it) for it in legal):
        for it in legal:
            alone = apply(board, it, NOW).tasks[0]
            found = after.get(alone.ref)
            assert found is not None
            assert (found.status, found.holder) == (alone.status, alone.holder)
    else:
        assert after is board


def _is_legal(board: Board, asked: StepRequest) -> bool:
    try:
        apply(board, asked, NOW)
    except TodoError:
        return False
    return True
