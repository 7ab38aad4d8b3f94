"""Three versions become one where their changes are apart, and none where they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.storage.merge import merge, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = st.lists(st.sampled_from([b"a", b"b", b"- c", b"", b"  d", b"\xff", b"e\r"]), max_size=12)


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def entries(count: int) -> list[list[str]]:
    return [
        [f"- TASK_{number}: title", "  status: todo", "  priority: high", ""]
        for number in range(count)
    ]


def joined(blocks: list[list[str]]) -> bytes:
    return text(*(line for block in blocks for line in block))


def claim(block: list[str]) -> None:
    block[1] = "  status: claimed"


def hold(block: list[str]) -> None:
    block.insert(2, "  claimed_by: eng")


def drop(block: list[str]) -> None:
    block.clear()


def rename(block: list[str]) -> None:
    block[0] += " that is longer"


def shorten(block: list[str]) -> None:
    del block[2]


CHANGES = [claim, hold, drop, rename, shorten]


@given(
    st.integers(3, 30).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.dictionaries(
                st.integers(0, count - 1),
                st.tuples(st.booleans(), st.sampled_from(CHANGES)),
                max_size=6,
            ),
        )
    )
)
def test_changes_of_entries_that_are_apart_are_all_kept(
    case: tuple[int, dict[int, tuple[bool, Callable[[list[str]], None]]]],
) -> None:
    count, changes = case
    ours, theirs, both = entries(count), entries(count), entries(count)
    at = -2
    for place in sorted(changes):
        is_ours, change = changes[place]
        if place < at + 2:
            continue
        at = place
        change((ours if is_ours else theirs)[place])
        change(both[place])
    assert merge(joined(entries(count)), joined(ours), joined(theirs)) == joined(both)


@given(LINES, LINES)
def test_one_side_alone_is_taken_as_it_is(base: list[bytes], other: list[bytes]) -> None:
    old, new = b"\n".join(base), b"\n".join(other)
    assert merge(old, new, old) == new
    assert merge(old, old, new) == new
    assert merge(old, new, new) == new


@given(st.permutations(range(9)), st.permutations(range(9)), st.integers(0, 9))
def test_lines_that_were_moved_are_where_the_one_who_moved_them_put_them(
    order: list[int], other: list[int], count: int
) -> None:
    """Each line stands once in both, but in another turn."""
    old, new = (text(*map(str, turn)) for turn in (order[:count], other))
    assert merge(old, new, old) == merge(old, old, new) == merge(old, new, new) == new


@given(st.integers(0, 19), st.integers(0, 19), st.integers(0, 19))
def test_a_line_that_was_moved_leaves_all_others_to_be_changed(
    source: int, target: int, place: int
) -> None:
    lines = [f"line {number}" for number in range(20)]
    moved = [line for line in lines if line != f"line {source}"]
    moved.insert(target, f"line {source}")
    if min(abs(place - source), abs(place - target)) < 3:
        return
    name = f"line {place}"
    ours, theirs = text(*moved), text(*lines).replace(f"{name}\n".encode(), b"new\n")
    both = ours.replace(f"{name}\n".encode(), b"new\n")
    assert merge(text(*lines), ours, theirs) == merge(text(*lines), theirs, ours) == both


@given(LINES, LINES, LINES)
def test_a_merge_has_every_line_that_either_put_in(
    base: list[bytes], left: list[bytes], right: list[bytes]
) -> None:
    old, ours, theirs = (b"".join(b"%s\n" % line for line in side) for side in (base, left, right))
    merged = merge(old, ours, theirs)
    if merged is None:
        return
    have = merged.splitlines(keepends=True)
    for side in (ours, theirs):
        for line in set(side.splitlines(keepends=True)) - set(old.splitlines(keepends=True)):
            assert line in have


@given(LINES, LINES, LINES)
def test_a_merge_does_not_depend_on_whose_is_whose_unless_items_meet(
    base: list[bytes], left: list[bytes], right: list[bytes]
) -> None:
    old, ours, theirs = (b"".join(b"%s\n" % line for line in side) for side in (base, left, right))
    one, other = merge(old, ours, theirs), merge(old, theirs, ours)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert sorted(one.splitlines()) == sorted(other.splitlines())


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (text("a", "X", "c", "d"), text("a", "Y", "c", "d")),
        (text("a", "X", "X", "c", "d"), text("a", "b", "Y", "d")),
        (text("a", "c", "d"), text("a", "Y", "c", "d")),
        (text("a", "b", "x", "c", "d"), text("a", "c", "d")),
        (text("a", "b", "x", "c", "d"), text("a", "b", "y", "c", "d")),
        (text("a", "b", "c", "d", "x"), text("a", "b", "c", "Y")),
    ],
    ids=[
        "the same line",
        "more lines beside a line that was changed",
        "a line that one of them removed",
        "beside what one of them removed",
        "two lines at one place that are no items",
        "after a line that was changed",
    ],
)
def test_what_touches_is_a_conflict(ours: bytes, theirs: bytes) -> None:
    base = text("a", "b", "c", "d")
    assert merge(base, ours, theirs) is None
    assert merge(base, theirs, ours) is None


def test_list_items_at_one_place_are_both_kept() -> None:
    base = text("## Notes", "", "- first")
    ours, theirs = base + text("- ours"), base + text("- theirs", "  on two lines")
    assert merge(base, ours, theirs) == base + text("- theirs", "  on two lines", "- ours")


def test_lines_side_by_side_are_changed_by_one_each() -> None:
    base = text("a", "b", "c", "d")
    merged = text("a", "X", "Y", "d")
    assert merge(base, text("a", "X", "c", "d"), text("a", "b", "Y", "d")) == merged
    assert merge(base, text("a", "b", "Y", "d"), text("a", "X", "c", "d")) == merged


def test_nothing_is_put_on_a_last_line_without_its_end() -> None:
    base = text("a", "b")
    assert merge(base, base + text("- ours"), base + b"- theirs") is None
    assert merge(base, base + b"- ours", base + text("- theirs")) == base + b"- theirs\n- ours"


def test_the_same_line_put_in_by_both_stands_once() -> None:
    base = text("a", "b")
    assert merge(base, text("a", "x", "b"), text("a", "x", "b", "c")) == text("a", "x", "b", "c")


def test_line_ends_and_bytes_that_are_no_text_are_kept() -> None:
    base = b"a\r\nb\xff\r\nc\nd\r\n"
    ours, theirs = base.replace(b"a", b"A"), base.replace(b"d", b"\xfe")
    assert merge(base, ours, theirs) == b"A\r\nb\xff\r\nc\n\xfe\r\n"


def test_a_long_text_of_equal_lines_is_merged_in_time() -> None:
    base = text(*["same"] * 20_000)
    assert merge(base, text("x") + base, base + text("y")) == text("x") + base + text("y")


def test_changes_far_down_a_long_text_are_all_kept() -> None:
    lines = [f"line {number}" for number in range(600)]

    def changed(*places: int) -> bytes:
        return text(*(f"new {at}" if at in places else line for at, line in enumerate(lines)))

    assert merge(text(*lines), changed(300, 400), changed(350, 500)) == changed(300, 350, 400, 500)


def test_the_nearest_version_is_what_a_text_was_made_from() -> None:
    versions = [text("a", "b", "c"), text("a", "x", "c"), text("q")]
    assert nearest(text("a", "b", "c", "d"), versions) == 0
    assert nearest(text("z", "a", "x", "c"), versions) == 1
    assert nearest(b"", versions) == 2
    assert nearest(text("a", "y", "c"), versions) == 0
