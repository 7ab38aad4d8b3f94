"""A question that is answered while something waits for the picture that shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import board

if TYPE_CHECKING:
    from textual.screen import Screen

TEXT = "```yaml\n- T-1: One\n  status: todo\n- T-2: Two\n  status: todo\n```\n"


@pytest.mark.parametrize(
    "keys", [("a",), ("colon",), ("ctrl+p",), ("question_mark",), ("A",), ("a", "x", "escape")],
    ids=" ".join,
)  # fmt: skip
async def test_what_waits_for_the_next_picture_does_not_wait_for_a_screen_that_was_left(
    keys: tuple[str, ...],
) -> None:
    async with desk(board(TEXT), (80, 24)) as it:
        await it.press(*keys)
        question: Screen[object] = it.app.screen
        busy, painted = asyncio.Event(), asyncio.Event()
        question.call_later(busy.wait)
        it.app.when_painted(painted.set)
        it.app.call_later(question.dismiss)
        try:
            await asyncio.wait_for(painted.wait(), 10)
        finally:
            busy.set()
        assert it.app.screen is not question


async def test_it_is_done_too_where_the_screen_that_is_left_had_it_asked_for() -> None:
    async with desk(board(TEXT), (80, 24)) as it:
        await it.press("a")
        question: Screen[object] = it.app.screen
        busy, painted = asyncio.Event(), asyncio.Event()

        async def ask() -> None:
            it.app.when_painted(painted.set)
            it.app.call_later(question.dismiss)
            await busy.wait()

        question.call_later(ask)
        try:
            await asyncio.wait_for(painted.wait(), 10)
        finally:
            busy.set()
        assert it.app.screen is not question
