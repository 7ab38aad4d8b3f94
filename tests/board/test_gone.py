"""What nobody needs any more is gone at once, without the collector of cycles."""

from __future__ import annotations

import gc
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON
from tests.board.words import board
from todo_tui.board.arrangement import Arrangement, arrange
from todo_tui.board.matching import Context
from todo_tui.board.query import Query, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES = (
    '- A-1: "The first"', "  status: todo", "  dependencies: [A-2, A-9]",
    '- A-2: "The second"', "  status: done",
    '- A-2: "Its twin"', "  status: claimed", "  claimed_by: eng", "  claimed_at: 2026-11-20",
)  # fmt: skip


@contextmanager
def uncollected() -> Iterator[None]:
    """A time without the collector."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "filtered",
    ["", "second", "-twin", "is:ready", "is:stale", "is:faulty", "is:changed", "older:1h", "@eng"],
)
def test_a_board_that_was_asked_everything(filtered: str) -> None:
    query = parse(filtered)
    assert isinstance(query, Query)
    with uncollected():
        found = board(*LINES)
        assert found.faults
        assert found.history == ()
        assert not any(map(found.ready, found.tasks))
        assert found.graph.cycles == ()
        context = Context(found, NOON, "eng")
        shown = arrange(context, Arrangement(query=query))
        gone: list[Callable[[], object]] = [weakref.ref(found), weakref.ref(context)]
        del found, context, shown
        assert [one() for one in gone] == [None, None]
