"""Requests on the bytes of a file: one alone, several together, and what would not be meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from todo_tui.board import writing
from todo_tui.board.combining import Combining
from todo_tui.board.request import Actor, Claim, Start
from todo_tui.board.thresholds import DEFAULT
from todo_tui.errors import TodoError
from todo_tui.storage.planner import Planner, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from todo_tui.board.transition import Transition

PATH: Final = Path("/work/TODO.md")
TEXT: Final = "".join(
    f'- TASK_00{number}: "Job"\n  status: todo\n  claimed_by: null\n\n' for number in range(4)
).encode()
ENG, OPS = Actor("eng@1"), Actor("ops@1")
REQUESTS: Final[tuple[Transition, ...]] = (
    Claim("TASK_000", ENG),
    Claim("TASK_000", OPS),
    Claim("TASK_001", OPS),
    Start("TASK_000", ENG),
    Claim("TASK_002", OPS),
)


class Clock:
    """Goes on by a second each time that it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> datetime:
        self.asked += 1
        return datetime(2026, 11, 22, 12, 33, tzinfo=UTC) + timedelta(seconds=self.asked)


def wish(request: Transition, *, history: bool = False) -> Wish:
    return Wish(request, history, "command", DEFAULT)


def planner(request: Transition, clock: Clock | None = None) -> Planner:
    return Planner(wish(request), clock or Clock(), PATH)


def given(*rounds: Sequence[Wish]) -> Callable[[], Sequence[Wish]]:
    """What comes in one round after the other, and then no more."""
    left = list(rounds)
    return lambda: left.pop(0) if left else ()


def alone(data: bytes, *requests: Transition) -> bytes:
    """What the requests make of a file, one after the other, each by itself."""
    for request in requests:
        data = planner(request)(data) or data
    return data


def test_a_plan_is_made_once_for_one_state_of_the_file() -> None:
    clock = Clock()
    plan = planner(REQUESTS[0], clock)
    made = plan(TEXT)
    assert made is not None
    assert b"status: claimed" in made
    assert (plan(TEXT), clock.asked) == (made, 1)
    first = plan.last
    assert first.changed
    other = TEXT.replace(b"TASK_003", b"TASK_033")
    assert plan(other) == made.replace(b"TASK_003", b"TASK_033")
    assert clock.asked == 2
    assert plan(made) is None
    assert not plan.last.changed
    assert plan.last.data == plan.last.base == made


def test_a_refusal_is_raised() -> None:
    with pytest.raises(TodoError) as caught:
        planner(Claim("TASK_000", OPS))(alone(TEXT, REQUESTS[0]))
    assert caught.value.code == "already_claimed"


def test_what_is_no_text_is_said_with_its_name() -> None:
    with pytest.raises(TodoError) as caught:
        planner(REQUESTS[0])(b"\0\n")
    assert caught.value.code == "not_text"
    assert caught.value.message.startswith("/work/TODO.md is ")


def breaking(function: Callable[..., Any], number: int) -> Callable[..., Any]:
    """``function``, which finds at one of its calls that the text does not say what was meant."""
    calls: list[None] = []

    def broken(*words: Any, **named: Any) -> Any:
        calls.append(None)
        if len(calls) == number:
            raise ValueError("two edits overlap")
        return function(*words, **named)

    return broken


@pytest.mark.parametrize(("step", "number"), [("make", 0), ("make", 1), ("make", 4), ("finish", 1)])
@pytest.mark.parametrize("cut", [1, 2, 5])
def test_all_are_done_one_after_the_other_also_where_they_cannot_be_done_together(
    step: str, number: int, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Combining, step, breaking(getattr(Combining, step), number))
    wishes = [wish(request) for request in REQUESTS]
    plan = planner(REQUESTS[0])
    board = plan.read(TEXT)
    planned = plan.plan_all(TEXT, board, given(wishes[:cut], wishes[cut:]))
    assert planned is plan.last
    assert [deed.wish for deed in planned.deeds] == wishes
    codes = [deed.refusal and deed.refusal.code for deed in planned.deeds]
    assert codes == [None, "already_claimed", None, None, None]
    assert [deed.outcome is None for deed in planned.deeds] == [False, True, False, False, False]
    assert planned.changed
    assert planned.data == alone(TEXT, *(REQUESTS[at] for at in (0, 2, 3, 4)))
    assert planned.before is board
    assert planned.deeds[0].before is board
    for one, next_one in zip(planned.deeds, planned.deeds[1:], strict=False):
        assert one.after == next_one.before
    assert planned.deeds[-1].after == planned.after
    times = [deed.at for deed in planned.deeds]
    assert times == sorted(set(times))


def test_where_all_are_refused_nothing_is_to_be_written() -> None:
    data = alone(TEXT, REQUESTS[0])
    plan = planner(REQUESTS[1])
    planned = plan.plan_all(data, plan.read(data), given([wish(REQUESTS[1])] * 2))
    assert [deed.refusal and deed.refusal.code for deed in planned.deeds] == ["already_claimed"] * 2
    assert not planned.changed
    assert planned.data == data


def test_a_request_that_would_not_say_what_was_meant_is_refused_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Combining, "finish", breaking(Combining.finish, 1))
    monkeypatch.setattr(writing, "plan", breaking(writing.plan, 2))
    wishes = [wish(REQUESTS[at]) for at in (0, 2, 4)]
    plan = planner(REQUESTS[0])
    planned = plan.plan_all(TEXT, plan.read(TEXT), given(wishes))
    assert [deed.refusal and deed.refusal.code for deed in planned.deeds] == [None, "illegal", None]
    monkeypatch.undo()
    assert planned.data == alone(TEXT, REQUESTS[0], REQUESTS[4])


def test_a_request_that_would_not_say_what_was_meant_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "plan", breaking(writing.plan, 1))
    with pytest.raises(TodoError) as caught:
        planner(REQUESTS[0])(TEXT)
    assert caught.value.code == "illegal"
    assert "nothing was written" in caught.value.message
