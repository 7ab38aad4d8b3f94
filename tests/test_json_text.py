"""JSON text is what the library gives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.json_text import to_json

LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_is_written_as_the_library_writes_it(value: object) -> None:
    assert to_json(value) == json.dumps(value)
    assert to_json(value, between=",", after_key=":") == json.dumps(value, separators=(",", ":"))


@pytest.mark.parametrize("value", ["\x7f", "é🚀", "\udc80", "\ud800x"])
def test_texts_that_are_not_plain(value: str) -> None:
    assert to_json([value]) == json.dumps([value])


def test_what_json_has_not() -> None:
    with pytest.raises(TypeError):
        to_json({"a": object()})
