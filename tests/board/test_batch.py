"""Several requests at once: all are done, or it is said why none is."""

from __future__ import annotations

import pytest

from tests.board.words import ENG, NOW, board, refused
from todo_tui.board.request import Batch, Claim, StepRequest
from todo_tui.board.transition import apply

ON = board(
    *(line for n in range(1, 4) for line in (f'- T-{n}: "x"', "  status: todo")),
    *(line for n in range(4, 7) for line in (f'- T-{n}: "x"', "  status: done")),
)


def batch(*numbers: int) -> Batch:
    requests: list[StepRequest] = [Claim(f"T-{number}", ENG) for number in numbers]
    return Batch(tuple(requests), ENG)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((4,), "T-4 is done"),
        ((1, 4, 2), "T-4 is done"),
        ((1, 4, 5), "2 of 3 are refused, so nothing was done: T-4 is done"),
        ((6, 5, 4), "3 of 3 are refused, so nothing was done: T-6 is done"),
    ],
)
def test_what_is_refused_is_said_of_the_first_and_counted(
    numbers: tuple[int, ...], words: str
) -> None:
    error = refused(ON, batch(*numbers))
    assert error.code == "illegal"
    assert error.message.startswith(words)


def test_a_task_stands_in_a_batch_once() -> None:
    assert refused(ON, batch(1, 2, 1)).code == "usage"


def test_all_are_done() -> None:
    tasks = apply(ON, batch(2, 3), NOW).tasks
    assert [(task.id, task.status) for task in tasks] == [("T-2", "claimed"), ("T-3", "claimed")]
