from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from todo_tui.document import flat, yaml

SNIPPETS = (
    *(
        ": ",
        ":",
        " #",
        "#",
        "-",
        "- ",
        "? ",
        "&",
        "*",
        "!",
        "|",
        ">",
        "@",
        "`",
        "%",
        "'",
        '"',
        "\\",
    ),
    *(",", "[", "]", "{", "}", "=", "<<", "~", "null", "true", "yes", "No", "y", "on", "OFF", "0"),
    *("1", "01", "0x1F", "0o17", "0b1", "1_0", "1e3", ".5", "-.inf", ".NaN", "12:30", "2024-01-30"),
    *(
        "2024-01-30T10:00:00Z",
        "+",
        " ",
        "  ",
        "\t",
        "word",
        "TASK_001",
        "é",
        "🚀",
        "\x85",
        "\u2028",
    ),
    *("\x07", "\x7f", "\xa0", "\ufeff", "\ufffe", "---", "...", "\x00", "\udc80", "\udcff", "\\n"),
)
SOURCES = ("", "plain", '"double"', "'single'", "|\n  block", "[flow]", "&a 'b'")

one_line = (
    st.lists(st.sampled_from(SNIPPETS), max_size=5).map("".join)
    | st.text(st.characters(codec="utf-8", exclude_characters="\n\r"))
    | st.text(
        st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF) | st.characters(codec="ascii")
    )
)


def constructed(text: str, version: tuple[int, int]) -> object:
    """What a YAML reader of that version makes of the text."""
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    return reader.load(text)


@given(one_line, st.sampled_from(SOURCES))
@example("", "")
@settings(max_examples=300, deadline=None)
def test_a_scalar_reads_back_as_itself_and_as_a_string(value: str, like: str) -> None:
    source = yaml.scalar(value, like=like)
    text = f"- id: 1\n  key: {source}\n  status: todo\n"
    pairs = (("id", "1"), ("key", value), ("status", "todo"))
    assert yaml.scan(text) == pairs
    assert flat.scan(text) in (None, pairs)
    assert len(text.splitlines()) == 3
    without_bytes = value.translate(dict.fromkeys(range(0xDC80, 0xDD00), "x"))
    source = yaml.scalar(without_bytes, like=like)
    for version in ((1, 1), (1, 2)):
        assert constructed(f"- key: {source}", version) == [{"key": without_bytes}]


@given(st.lists(one_line, max_size=4).map(tuple), st.sampled_from(SOURCES))
@settings(max_examples=200, deadline=None)
def test_a_list_reads_back_as_itself(values: tuple[str, ...], like: str) -> None:
    source = yaml.sequence(values, like=like)
    text = f"- id: 1\n  key: {source}\n  status: todo\n"
    pairs = (("id", "1"), ("key", values), ("status", "todo"))
    assert yaml.scan(text) == pairs
    assert flat.scan(text) in (None, pairs)


@pytest.mark.parametrize(
    ("value", "like", "source"),
    [
        ("todo", "", "todo"),
        ("in progress", "plain", "in progress"),
        ("todo", '"x"', '"todo"'),
        ("todo", "'x'", "'todo'"),
        ("it's", "'x'", "'it''s'"),
        ('say "hi"', '"x"', '"say \\"hi\\""'),
        ('say "hi"', "x", 'say "hi"'),
        ("Fix: it", "x", '"Fix: it"'),
        ("Fix: it", "'x'", "'Fix: it'"),
        ("https://example.org/#a", "x", "https://example.org/#a"),
        ("eng-backend@7f3a", "x", "eng-backend@7f3a"),
        ("Add a, b [c]", "x", "Add a, b [c]"),
        ("@me", "x", '"@me"'),
        ("null", "x", '"null"'),
        ("012", "x", '"012"'),
        ("no", "x", '"no"'),
        ("2024-01-30T10:00:00Z", "x", '"2024-01-30T10:00:00Z"'),
        ("", "x", '""'),
        ("", "'x'", "''"),
        (" a", "x", '" a"'),
        ("a\tb", "'x'", '"a\\tb"'),
        ("a\u2028b", "x", '"a\\Lb"'),
        ("caf\udce9", "x", "caf\udce9"),
        ("Ünï 🚀", "x", "Ünï 🚀"),
    ],
)
def test_quotes_are_kept_and_else_the_mildest_are_taken(value: str, like: str, source: str) -> None:
    assert yaml.scalar(value, like=like) == source


@pytest.mark.parametrize(
    ("values", "like", "source"),
    [
        ((), "[a]", "[]"),
        (("A", "B"), "", "[A, B]"),
        (("A", "B"), '["x"]', '["A", "B"]'),
        (("A", "B"), "['x', y]", "['A', 'B']"),
        (("A", "B"), "- 'x'\n  - 'y'", "['A', 'B']"),
        (("A", "a, b", "1"), "[x]", '[A, "a, b", "1"]'),
    ],
)
def test_a_list_is_written_like_the_one_that_stood_there(
    values: tuple[str, ...], like: str, source: str
) -> None:
    assert yaml.sequence(values, like=like) == source
