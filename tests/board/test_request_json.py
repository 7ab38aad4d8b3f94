"""Requests, refusals and tasks as JSON, and back; and that nothing else comes back."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import task_file
from todo_tui.board.reading import read
from todo_tui.board.request import (
    PLAIN,
    Actor,
    Block,
    Claim,
    ClaimNext,
    Finish,
    Note,
    Plain,
    Release,
    Reopen,
    Seen,
    Start,
    Unblock,
)
from todo_tui.board.request_json import error_body, error_of, from_json, to_json
from todo_tui.board.task_json import read_task, whole_body
from todo_tui.document.document import Document
from todo_tui.errors import Code, Location, Place, TodoError
from todo_tui.static import get_args

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

texts = st.text(st.characters(exclude_categories=()), max_size=12)
maybe = st.none() | texts
actors = st.builds(Actor, texts, st.booleans(), maybe)
sights = st.none() | st.builds(Seen, texts, maybe)
requests: SearchStrategy[Plain] = st.one_of(
    st.builds(Claim, texts, actors, maybe, maybe, sights),
    st.builds(ClaimNext, actors),
    st.builds(Start, texts, actors, sights),
    st.builds(Note, texts, actors, texts),
    *(
        st.builds(kind, texts, actors, maybe, sights)
        for kind in (Finish, Release, Block, Unblock, Reopen)
    ),
)
numbers = st.integers(0, 1 << 40)
refusals = st.builds(
    TodoError,
    st.sampled_from(get_args(Code)),
    texts,
    task=maybe,
    status=maybe,
    holder=maybe,
    since=maybe,
    by=maybe,
    reason=maybe,
    legal=st.lists(texts, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, texts, numbers, texts), max_size=3).map(tuple),
    counts=st.none() | st.dictionaries(texts, numbers, max_size=3),
    location=st.none() | st.builds(Location, numbers, numbers, texts),
)
bodies: SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | numbers | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def told(body: object) -> object:
    """A body as it is after it was a line."""
    return json.loads(json.dumps(body))


@given(requests)
def test_a_request_comes_back_as_it_was(request: Plain) -> None:
    assert isinstance(request, PLAIN)
    again = from_json(told(to_json(request)))
    assert type(again) is type(request)
    assert again == request


@given(refusals)
def test_a_refusal_comes_back_with_all_its_fields(error: TodoError) -> None:
    assert vars(error_of(told(error_body(error)))) == vars(error)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_task_comes_back_with_the_pairs_of_its_item(seed: int) -> None:
    for task in read(Document.decode(task_file(Random(seed)))).tasks:
        again = read_task(told(whole_body(task)))
        assert tuple(again) == tuple(task)


@given(bodies)
def test_what_is_no_request_is_none(body: object) -> None:
    with pytest.raises(ValueError, match="not a request"):
        from_json(body)
    with pytest.raises(ValueError, match="not a refusal"):
        error_of(body)


@given(requests, st.data())
def test_a_request_with_another_field_is_refused_or_is_data(
    request: Plain, data: st.DataObject
) -> None:
    """Whatever stands in a field, what comes back holds texts and nothing else."""
    body = told(to_json(request))
    assert isinstance(body, dict)
    body[data.draw(st.sampled_from(sorted(body)))] = data.draw(bodies)
    try:
        again = from_json(body)
    except ValueError:
        return
    assert type(again) in PLAIN
    for value in again:
        inner = value if isinstance(value, Actor | Seen) else (value,)
        assert all(one is None or isinstance(one, str | bool) for one in inner)
