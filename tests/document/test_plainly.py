"""What is read without an expression is what the expression would say."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.document.both_ways import both_ways
from tests.document.documents import documents, lines
from tests.document.test_shape import alike
from todo_tui.board.task import canonical_name, plain_name, without_suffix
from todo_tui.document import keyed, markdown
from todo_tui.document.entry import Field
from todo_tui.document.markdown import Fence
from todo_tui.document.span import Span

BULLET = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^\r\n]*)")
SUFFIX = re.compile(r"\(| - | — | by ")
WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
LEAD = re.compile(r"[ \t]*(?:-[ \t]+)?")

NEXT_TO_LISTS = (
    "- TASK_001: a", "* x", "+ x", "1. x", "-", "-x", " - x", "  deeper", "\tdeeper", "", "", "  ",
    "```", "~~~", "  ```", "  <!-- x", "<!-- x", "-->", "# x", "words", "words", "```yaml", "é",
    "- {TASK_001: a}",
    "- **2026-01-02**: x", "- 2026-01-02T03:04:05Z: x", "- 2026-1-2: x", "## Session History",
    "## 2. SESSION history 🚀", "## Session", "0x", "[x]", "> x", "  status: done", "    - x",
)  # fmt: skip
"""Lines with which the plain ways must be left."""

BELOW_AN_ITEM = (
    "  a: b", "  a: b ```", "  c: d ~~~", "", "", "  ~~~", "   ```", "  <!-- x", "  x -->", "\tx",
    "# x", "  # x", " ", "\r", "~~~ x", "```", "    ```", "words",
)  # fmt: skip


@settings(deadline=None)
@given(documents())
def test_a_document_says_the_same(text: str) -> None:
    both_ways(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NEXT_TO_LISTS), lines()), max_size=30), st.booleans())
def test_lines_in_any_order_say_the_same(rows: list[str], ended: bool) -> None:
    both_ways("\n".join(rows) + "\n" * ended)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(("", "```yaml\n", "~~~yaml\n", "## Session History\n\n")),
    st.sampled_from(("- TASK_001: a", "* 2026-01-02: b", "- **2026-01-02T03:04:05Z**: c", "- d")),
    st.lists(st.sampled_from(BELOW_AN_ITEM), max_size=3),
    st.sampled_from(("- TASK_002: a\n", "* x\n", "```\n", "~~~\n", "words\n", "")),
    st.booleans(),
)
def test_what_ends_an_item_ends_it_in_both_ways(
    before: str, item: str, below: list[str], behind: str, again: bool
) -> None:
    rows = "\n".join((item, *below, ""))
    both_ways(before + rows * (1 + again) + behind)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_items_written_alike_say_the_same(seed: int) -> None:
    both_ways(alike(Random(seed)))


@pytest.mark.parametrize("size", [10, 3_900, 4_000, 4_100])
@pytest.mark.parametrize("behind", ["- TASK_002: y\n", "```\n", "* y\n", ""])
def test_a_long_item_says_the_same(size: int, behind: str) -> None:
    both_ways(f"```yaml\n- TASK_001: x\n  notes: {'n' * size}\n{behind}")
    both_ways(f"# A\n\n- TASK_001: x\n  notes: {'n' * size}\n{behind}")


@pytest.mark.parametrize("lines", [999, 1_000, 1_001])
def test_an_item_that_goes_on_where_looking_ends_says_the_same(lines: int) -> None:
    both_ways("```yaml\n- TASK_001:\n" + "  x\n" * lines + "\n  y: z\n- TASK_002: x\n```\n")


@given(st.text(" \t-*+.)0123456789x\n", max_size=16), st.integers(0, 3))
@example("9. x", 0)
@example("0) x", 0)
@example("123456789. x", 0)
@example("1234567890. x", 0)
@example("    - x", 0)
@example("    - x", 1)
@example("-\tx", 0)
def test_the_words_of_a_list_item(text: str, at: int) -> None:
    found = BULLET.match(text, at)
    assert markdown.words_start(text, at) == (-1 if found is None else found.end())


@given(st.text("`~ \t\r\nyaml{.},:;=É²", max_size=16), st.integers(0, 3))
def test_a_fence_line(text: str, at: int) -> None:
    found = FENCE.match(text, at)
    expected = None
    if found is not None and not (found["mark"][0] == "`" and "`" in found["info"]):
        language = re.compile(r"[^\s{},:;=]*").match(found["info"].lstrip("{."))
        assert language is not None
        expected = Fence(found["mark"][0], len(found["mark"]), language[0].lower())
    assert markdown.fence(text, at) == expected
    if found is not None and expected is not None:
        assert markdown.closes(text, at, expected) is not bool(found["info"].strip())


def by_expression(name: str) -> str:
    """``plain_name``, as it is meant."""
    return "_".join(WORD.findall(HUMP.sub("_", name).lower())) or name.strip()


@given(st.one_of(st.text(max_size=12), st.text("aZ09_-. (by—é²İΣ", max_size=12)))
def test_words_of_names_and_statuses(text: str) -> None:
    assert plain_name(text) == by_expression(text)
    assert canonical_name(by_expression(text)) == canonical_name(text)
    head = SUFFIX.split(text.strip(), maxsplit=1)[0].strip()
    assert without_suffix(text) == (head if WORD.search(head) else text.strip())


@pytest.mark.parametrize("lead", ["", "- ", "  ", "  -   ", "\t- ", "-\t", " \t", "-", "- - "])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("before", ["", "- TASK_001: x\n"])
def test_the_indent_of_a_key(lead: str, quote: str, before: str) -> None:
    text = f"{before}{lead}{quote}name{quote}: x\n"
    start = len(before)
    field = Field("name", "x", Span(len(text) - 2, len(text) - 1), Span(start, len(text)))
    expected = LEAD.match(text, start)
    assert expected is not None
    assert keyed.key_indent(text, field) == expected[0].replace("-", " ")
