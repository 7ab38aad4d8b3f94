"""A document is lossless, and read again in part it says what it says when read whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.document.documents import as_bytes, changes, documents, read, view
from todo_tui.document.document import Document, NotTextError
from todo_tui.document.edit import Edit, apply
from todo_tui.document.reuse import hunks
from todo_tui.document.span import Span


@settings(deadline=None)
@given(st.binary(max_size=400).map(lambda data: data.replace(b"\0", b"")))
def test_any_bytes_come_back(data: bytes) -> None:
    assert Document.decode(data).encode() == data


@settings(deadline=None)
@given(documents())
def test_every_document_comes_back(text: str) -> None:
    assert read(text).encode() == as_bytes(text)


@pytest.mark.parametrize(("data", "offset"), [(b"ab\0c\0", 2), (b"\0", 0), (b"a\n\0", 2)])
def test_a_nul_is_refused_with_its_place(data: bytes, offset: int) -> None:
    with pytest.raises(NotTextError, match=f"byte {offset} is NUL") as caught:
        Document.decode(data)
    assert caught.value.offset == offset


@settings(deadline=None)
@given(documents())
def test_entries_stand_where_they_say(text: str) -> None:
    document = read(text)
    end = 0
    for at, entry in enumerate(document.entries):
        start, parent = document.starts[at], document.parents[at]
        assert text.startswith(entry.text, start)
        assert start >= end
        assert start == 0 or text[start - 1] in "\n\ufeff"
        assert parent < at
        end = start + len(entry.text)
    assert len(document.scopes) == len(document.entries)


@settings(deadline=None)
@given(st.data())
def test_reading_again_says_the_same(data: st.DataObject) -> None:
    text = data.draw(documents())
    document = read(text)
    for _ in range(data.draw(st.integers(1, 3))):
        for _ in range(data.draw(st.integers(1, 3))):
            start, stop, new = data.draw(changes(text))
            text = text[:start] + new + text[stop:]
        # What was meant as text may now be the bytes of another character.
        text = as_bytes(text).decode("utf-8", "surrogateescape")
        document = read(text, document)
        assert view(document) == view(read(text))


@settings(deadline=None)
@given(st.data())
def test_splicing_is_reading_what_was_applied(data: st.DataObject) -> None:
    text = data.draw(documents())
    document = read(text)
    document.sections  # noqa: B018
    for _ in range(data.draw(st.integers(1, 2))):
        edits: list[Edit] = []
        at = 0
        for start, stop, new in sorted(data.draw(st.lists(changes(document.text), max_size=4))):
            if start >= at:
                edits.append(Edit(Span(start, stop), new))
                at = stop
        spliced = document.splice(edits)
        assert view(spliced) == view(read(apply(document.text, edits)))
        leading, trailing = spliced.reused
        assert all(
            a is b for a, b in zip(spliced.entries[:leading], document.entries, strict=False)
        )
        assert all(spliced.entries[-1 - at] is document.entries[-1 - at] for at in range(trailing))
        assert leading + trailing <= len(spliced.entries) or spliced.entries == document.entries
        document = spliced


LINES = [f"{number}: a line like {number * 7919 % 1000} others\n" for number in range(2000)]


@pytest.mark.parametrize(
    ("gone", "put", "most"),
    [
        ({0: 1, 1000: 1}, "", 0),
        ({0: 30, 1900: 5}, "", 2_000),
        ({10: 1, 500: 3, 1000: 1}, "new\n", 500),
        ({0: 0, 1000: 0, 1500: 0}, "above\n", 100),
        ({3: 1, 1500: 60}, "x" * 3000 + "\n", 9_000),
    ],
)
def test_changes_far_apart_are_differences_of_their_own(
    gone: dict[int, int], put: str, most: int
) -> None:
    after = list(LINES)
    for at, count in sorted(gone.items(), reverse=True):
        after[at : at + count] = [put]
    old, new = "".join(LINES), "".join(after)
    found = hunks(old, new)
    assert len(found) == len(gone)
    edits = [Edit(Span(one.old_start, one.old_stop), new[one.start : one.stop]) for one in found]
    assert apply(old, edits) == new
    assert sum(len(edit.text) for edit in edits) <= most


HISTORY = "# W\n\n## Session History\n\n- 2026-11-01T10:00:00Z: one\n- 2026-11-02T10:00:00Z: two\n"


@pytest.mark.parametrize(
    "after",
    [
        HISTORY + "- 2026-11-03T10:00:00Z: three\n- 2026-11-04T10:00:00Z: four\n",
        HISTORY + "  goes on\n",
        HISTORY + "\n  goes on after a blank line\n- 2026-11-03T10:00:00Z: three\n",
        HISTORY + "lazily\n",
        HISTORY
        + "```\n- 2026-11-03T10:00:00Z: in a fence\n```\n- 2026-11-04T10:00:00Z: behind it\n",
        HISTORY + "\n## Session History 2\n\n- 2026-11-05T10:00:00Z: of another section\n",
        HISTORY + "\n## Notes\n\n- 2026-11-05T10:00:00Z: of no section\n",
        HISTORY + "- TASK_001: A task\n  status: todo\n",
        "# Work\n\n" + HISTORY + "- 2026-11-03T10:00:00Z: three\n",
        HISTORY.replace(": one\n", ": one\n- 2026-11-01T11:00:00Z: one and a half\n"),
        HISTORY.replace(": one", ": uno") + "- 2026-11-03T10:00:00Z: three\n",
        HISTORY.removesuffix("\n"),
        HISTORY.replace("- 2026-11-02T10:00:00Z: two\n", ""),
        HISTORY.replace("## Session", "### Session"),
        HISTORY.replace("## Session History\n", "## Notes\n"),
    ],
)
def test_a_history_is_read_again_as_it_is_read_anew(after: str) -> None:
    before = Document.decode(HISTORY.encode())
    assert [section.texts for section in before.sections] == [
        ("2026-11-01T10:00:00Z: one", "2026-11-02T10:00:00Z: two")
    ]
    between = Document.decode(f"{HISTORY}\n".encode(), before)
    for known in (before, between):
        again = Document.decode(after.encode(), known)
        anew = Document.decode(after.encode())
        assert again.sections == anew.sections
        assert [one.items for one in again.sections] == [one.items for one in anew.sections]
