"""What is counted on from board to board is what is counted anew: who is next, how it is spelt."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import request, task_file
from tests.board.words import NOW
from todo_tui.board.board import Board
from todo_tui.board.combining import Combining
from todo_tui.board.next_task import next_for
from todo_tui.board.reading import read
from todo_tui.board.request import PLAIN
from todo_tui.board.transition import apply
from todo_tui.board.writing import plan
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

AGENTS = (None, "ann@1", "eng", "eng-backend@7f3a")
STATUSES = ("todo", "claimed", "in_progress", "blocked", "done", "review", "nowhere")
WORDS = ("todo", "Pending", "open", "DONE", "done", "claimed", "Claimed (by ann)", "review", "null")
"""What an edit by hand writes for a status."""


def told(board: Board) -> list[object]:
    """All that is said by what was counted."""
    following = (next_for(board, agent) for agent in AGENTS)
    spelt = [board.spelling(status) for status in STATUSES]
    return [*(task and task.ref for task in following), *spelt]


def anew(board: Board) -> Board:
    """The same board, of which nothing is known yet."""
    assert board.document is not None
    return read(Document.decode(board.document.encode()))


def alike(board: Board) -> Board:
    """The same tasks on a board of which nothing is known yet."""
    return Board(board.tasks, board.groups, board.sections, places=board.scopes)


def edited(board: Board, random: Random) -> Board:
    """Read again after somebody wrote other statuses and priorities into some lines."""
    assert board.document is not None
    lines = board.document.encode().decode("utf-8", "surrogateescape").splitlines(keepends=True)
    for at in random.sample(range(len(lines)), min(len(lines), 30)):
        field = lines[at].strip().partition(":")[0]
        if field in ("status", "priority"):
            head = lines[at].partition(":")[0]
            word = random.choice(WORDS if field == "status" else ("high", "P0", "low", "odd"))
            lines[at] = f"{head}: {word}\n"
    data = "".join(lines).encode("utf-8", "surrogateescape")
    return read(Document.decode(data, board.document), board)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_chain_of_boards_says_what_each_says_alone(seed: int) -> None:
    random = Random(seed)
    board = read(Document.decode(task_file(random)))
    now = NOW
    for _ in range(12):
        if random.random() < 0.8:
            told(board)
        now += timedelta(seconds=1)
        if random.random() < 0.3:
            board = edited(board, random)
        else:
            asked = request(random, board)
            try:
                made = apply(board, asked, now).board
            except TodoError:
                continue
            assert told(made) == told(alike(made))
            if isinstance(asked, PLAIN):
                combining = Combining(board)
                combining.make(asked, now, history=True)
                assert told(combining.board) == told(made)
                board = combining.finish()
            else:
                assert board.document is not None
                board = read(board.document.splice(plan(board, asked, now).edits), board)
        assert told(board) == told(anew(board))


def test_of_words_that_are_as_frequent_the_first_in_the_file_is_written() -> None:
    rows = [
        f'- A-{n}: "About"\n  status: {word}\n' for n, word in enumerate(["done", "Done", "todo"])
    ]
    board = read(Document.decode(("```yaml\n" + "".join(rows) + "```\n").encode()))
    assert board.spelling("done") == "done"
    text = board.document.encode().decode() if board.document else ""
    other = text.replace("status: done", "status: DONE", 1)
    assert read(Document.decode(other.encode(), board.document), board).spelling("done") == "DONE"
