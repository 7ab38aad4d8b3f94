"""The Markdown around the entries: where constructs begin and end, by CommonMark's rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.document import markdown
from todo_tui.document.markdown import Fence


@pytest.mark.parametrize(
    ("line", "opened"),
    [
        ("```yaml", Fence("`", 3, "yaml")),
        ("````  YML title", Fence("`", 4, "yml")),
        ("   ~~~ yaml", Fence("~", 3, "yaml")),
        ("```{.yaml .numbered}", Fence("`", 3, "yaml")),
        ("```yaml,linenos", Fence("`", 3, "yaml")),
        ("```", Fence("`", 3, "")),
        ("```yaml\r\n", Fence("`", 3, "yaml")),
        ("~~~ a`b", Fence("~", 3, "a`b")),
        ("``` a`b", None),
        ("``yaml", None),
        ("    ```yaml", None),
        ("\t```yaml", None),
        ("x ```yaml", None),
    ],
)
def test_a_fence_opens(line: str, opened: Fence | None) -> None:
    assert markdown.fence(line, 0) == opened
    assert markdown.fence(f"before\n{line}", 7) == opened


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("```", True),
        ("`````  ", True),
        ("   ```\r\n", True),
        ("    ```", False),
        ("``", False),
        ("~~~", False),
        ("``` yaml", False),
    ],
)
def test_a_fence_is_closed_by_as_many_of_its_mark_alone(line: str, closed: bool) -> None:
    assert markdown.closes(line, 0, Fence("`", 3, "yaml")) == closed
    text = f"a\n{line}"
    stop = markdown.fence_stop(text, 0, Fence("`", 3, "yaml"))
    assert stop == (len(text) if closed else -1)


def test_a_fence_ends_behind_the_line_that_closes_it() -> None:
    text = "x ``` y\n  ~~~\n``` no\n````\nafter"
    assert markdown.fence_stop(text, 0, Fence("`", 3, "")) == text.index("after")
    assert markdown.fence_close(text, 0, Fence("`", 3, "")) == text.index("````")
    assert markdown.fence_close(text, 0, Fence("`", 5, "")) == -1


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a\n```\nrest", "rest"),
        ("```yaml\n- a\n```\nb\n```\nrest", "rest"),
        ("```yaml\n```\n```sh\n```\n```\nrest", "rest"),
        ("~~~ yaml\n```\nrest", "rest"),
        ("```yaml\n- a\n```\nb", None),
        ("```yaml", None),
    ],
)
def test_a_fence_that_nests_ends_where_no_inner_one_is_open(text: str, rest: str | None) -> None:
    stop = markdown.nesting_stop(text, 0, Fence("`", 3, "markdown"))
    assert stop == (-1 if rest is None else len(text) - len(rest))


@given(st.lists(st.sampled_from(("```", "~~~", " ```", "    ```", "a", "```x", "", "````"))))
def test_the_next_fence_line_is_the_first_that_begins_with_three_marks(lines: list[str]) -> None:
    text = "\n".join(lines)
    expected = -1
    at = 0
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if expected < 0 and indent <= 3 and line.lstrip(" ").startswith("```"):
            expected = at
        at += len(line) + 1
    assert markdown.next_fence(text, 0, "`") == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<!-- a --> b\nrest", "rest"),
        ("<!-- a\n\n- T-1: x\n--> b\nrest", "rest"),
        ("<!-->\nrest", "rest"),
        ("<!--->\nrest", "rest"),
        ("<!-- a -->", ""),
        ("<!-- a\nb", None),
    ],
)
def test_a_comment_ends_with_the_line_of_its_mark(text: str, rest: str | None) -> None:
    stop = markdown.comment_stop(text, 0)
    assert stop == (-1 if rest is None else len(text) - len(rest))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("---\ntitle: x\n---\nrest", "rest"),
        ("---  \r\na: 1\r\n...\r\nrest", "rest"),
        ("---\na: 1\n---", ""),
        ("---\n\na: 1\n---\nrest", None),
        ("---\na: 1\n", None),
        ("--- a\nb\n---\n", None),
        ("text\n---\n", None),
        ("", None),
    ],
)
def test_front_matter(text: str, rest: str | None) -> None:
    stop = markdown.front_matter_stop(text, 0)
    assert (text[stop:] if stop else None) == rest


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# Words", (1, "Words")),
        ("###### Six ######", (6, "Six")),
        ("   ##\tTab", (2, "Tab")),
        ("#", (1, "")),
        ("## C#\r\n", (2, "C#")),
        ("## C# ##", (2, "C#")),
        ("## ##", (2, "")),
        ("#Words", None),
        ("####### Seven", None),
        ("    # code", None),
        ("x # y", None),
    ],
)
def test_a_heading(line: str, found: tuple[int, str] | None) -> None:
    heading = markdown.heading(line, 0)
    assert (None if heading is None else heading[:2]) == found
    if heading is not None:
        assert heading.stop == len(line)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Session History", True),
        ("📜 5. SESSION — history!", True),
        ("**Session History**", True),
        ("Session", False),
        ("Session History of us", False),
        ("SessionHistory", False),
        ("", False),
    ],
)
def test_the_heading_of_a_session_history(words: str, is_one: bool) -> None:
    assert markdown.is_history(words) == is_one


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("## EPIC_1: The shop", ("EPIC_1", "The shop")),
        ("## EPIC_1 - The shop", ("EPIC_1", "The shop")),
        ("## EPIC_1 — The shop ##", ("EPIC_1", "The shop")),
        ("## EPIC_1: Learn C#", ("EPIC_1", "Learn C#")),
        ("## EPIC_1 The shop", None),
        ("## EPIC_1:The shop", None),
        ("EPIC_1: The shop", None),
    ],
)
def test_a_heading_that_names_a_group(line: str, named: tuple[str, str] | None) -> None:
    assert markdown.named_heading(line, 0) == named


@pytest.mark.parametrize(
    ("line", "lazy"),
    [
        ("more words", True),
        ("    deep", True),
        ("*emphasis*", True),
        ("- item", False),
        ("1. item", False),
        ("# heading", False),
        ("> quote", False),
        ("```", False),
        ("<!-- x", False),
        ("***", False),
        ("_ _ _", False),
    ],
)
def test_a_line_goes_on_with_the_paragraph_above_it(line: str, lazy: bool) -> None:
    assert markdown.is_lazy(f"- words\n{line}\n", 8) == lazy
    assert not markdown.is_lazy(f"- words\n\n{line}\n", 9)


CONFLICT = "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (f"x\n{CONFLICT}y\n", [CONFLICT]),
        (f"{CONFLICT}{CONFLICT}", [CONFLICT, CONFLICT]),
        ("<<<<<<< a\r\n=======\r\n>>>>>>> b", ["<<<<<<< a\r\n=======\r\n>>>>>>> b"]),
        ("<<<<<<< a\n||||||| base\n=======\n>>>>>>> b\n", None),
        ("<<<<<<< a\n>>>>>>> b\n", []),
        ("=======\n<<<<<<< a\n>>>>>>> b\n", []),
        (" <<<<<<< a\n=======\n>>>>>>> b\n", []),
        ("<<<<<<< a\n======= x\n>>>>>>> b\n", []),
        (f"<<<<<<< cut\n{CONFLICT}", [CONFLICT]),
        ("=======\n", []),
    ],
)
def test_conflicts_are_three_markers_in_order(text: str, inside: list[str] | None) -> None:
    found = markdown.conflicts(text)
    assert [span.of(text) for span in found] == ([text] if inside is None else inside)
    bare = markdown.without_markers(text, found)
    assert len(bare) == len(text)
    assert bare.count("\n") == text.count("\n")
    if found:
        assert "<<<<<<< ours" not in bare
        assert markdown.conflicts(bare) == ()


@pytest.mark.parametrize("marker", ["<<<<<<< a", "=======", ">>>>>>> b"])
def test_a_change_may_make_a_conflict_where_a_marker_is_on_its_lines(marker: str) -> None:
    text = f"one\n{marker}\nthree\n"
    assert markdown.may_conflict(text, 6, 7)
    assert markdown.may_conflict(text, 0, 4)
    assert not markdown.may_conflict(text, 0, 1)
    assert not markdown.may_conflict(text, len(text) - 3, len(text) - 2)
