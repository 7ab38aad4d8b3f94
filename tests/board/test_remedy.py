"""A remedy after a broken rule gives the board before it, up to the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board import scenes
from tests.board.files import task_file
from tests.board.square import hold
from todo_tui.board.changes import changes
from todo_tui.board.event import BoardEvent, Slot
from todo_tui.board.event_json import from_json, to_json
from todo_tui.board.reading import read
from todo_tui.board.remedy import preview, requests
from todo_tui.board.request import Actor, Amend
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from todo_tui.board.board import Board
    from todo_tui.board.event import Kind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALICE = Actor("alice", human=True)
TEXT = """# Work

```yaml
- TASK_001: "First"
  assigned_agent: eng
  status: claimed
  claimed_by: eng@1

- TASK_002: 'Second'   # a comment
  status: todo
  claimed_by: null

- TASK_003: "Third"
  assigned_agent: ops
  status: done
```

## Session History

- 2026-11-20T10:00:00Z: planned it
- 2026-11-21T10:00:00Z: TASK_001 claimed by eng@1 (todo -> claimed)
- 2026-11-21T11:00:00Z: a word about it
"""


def board_of(text: str) -> Board:
    return read(Document.decode(text.encode("utf-8", "surrogateescape")))


def seen(old: Board, new: Board) -> list[BoardEvent]:
    """The broken rules, as they come out of a journal."""
    events = changes(old, new, at=NOW, source="file")
    return [from_json(to_json(event)) for event in events if event.violation is not None]


def restored(board: Board, events: list[BoardEvent]) -> Board:
    for minute, event in enumerate(events):
        for request in requests(event, ALICE):
            board = hold(board, request, NOW + timedelta(minutes=minute))
    return board


def without_history(board: Board) -> str:
    assert board.document is not None
    return board.document.text.partition("## Session History")[0]


SECOND = TEXT[TEXT.index("- TASK_002") : TEXT.index("- TASK_003")]


@pytest.mark.parametrize(
    ("violation", "old", "new"),
    [
        ("stolen", "claimed_by: eng@1", "claimed_by: thief"),
        ("skipped_work", "status: claimed", "status: done"),
        ("skipped_work", "status: todo\n  claimed_by: null", "status: done\n  claimed_by: x"),
        (
            "skipped_claim",
            "status: todo\n  claimed_by: null",
            "status: in_progress\n  claimed_by: x",
        ),
        ("reverted", "status: claimed\n  claimed_by: eng@1", "status: todo"),
        ("reopened", "status: done", "status: todo"),
        ("vanished", SECOND, ""),
        ("vanished", TEXT[TEXT.index("\n- TASK_003") : TEXT.index("```\n\n##")], ""),
        ("vanished", TEXT[TEXT.index("- TASK_001") : TEXT.index("- TASK_002")], ""),
    ],
)
def test_one_key_puts_it_right(violation: str, old: str, new: str) -> None:
    before = board_of(TEXT)
    assert old in TEXT
    broken = board_of(TEXT.replace(old, new, 1))
    events = seen(before, broken)
    assert [event.violation for event in events] == [violation]
    (request,) = requests(events[0], ALICE)
    lines = preview(broken, request, NOW)
    assert any(line.startswith("+") for line in lines)
    assert any("alice (human)" in line for line in lines)
    after = restored(broken, events)
    assert after.tasks == before.tasks
    assert without_history(after) == without_history(before)
    assert after.history[-1].actor == "alice"
    assert after.history[-1].human


@pytest.mark.parametrize(
    ("text", "name"), [(TEXT, "eng@1"), (TEXT.replace("  claimed_by: eng@1\n", ""), "eng")]
)
def test_a_theft_that_is_put_right_says_from_whom_and_for_whom(text: str, name: str) -> None:
    broken = board_of(text.replace(f": {name}\n", ": thief\n", 1))
    last = restored(broken, seen(board_of(text), broken)).history[-1]
    assert last.text.startswith(f"TASK_001 reassigned for {name} by alice (human) (claimed")
    assert last.text.endswith("; was thief")


COMMENTED = TEXT.replace("- TASK_002", "# about the second\n# and its reason\n- TASK_002")


@pytest.mark.parametrize(
    "gone",
    [
        COMMENTED[COMMENTED.index("# about") : COMMENTED.index("- TASK_003")],
        COMMENTED[COMMENTED.index("\n# about") : COMMENTED.index("\n- TASK_003")],
        COMMENTED[COMMENTED.index("- TASK_002") : COMMENTED.index("\n- TASK_003")],
        COMMENTED[COMMENTED.index("# and") : COMMENTED.index("- TASK_003")],
        COMMENTED[COMMENTED.index("- TASK_001") : COMMENTED.index("- TASK_003")],
        COMMENTED[COMMENTED.index("\n# about") : COMMENTED.index("```\n\n##")],
        COMMENTED[COMMENTED.index("```yaml") : COMMENTED.index("## Session")],
    ],
)
def test_what_went_with_a_task_comes_back_with_it(gone: str) -> None:
    before = board_of(COMMENTED)
    broken = board_of(COMMENTED.replace(gone, "", 1))
    after = restored(broken, seen(before, broken))
    assert without_history(after) == without_history(before)
    if "```" in gone:
        return
    backwards = restored(broken, seen(before, broken)[::-1])
    assert without_history(backwards) == without_history(before)


def test_it_comes_back_to_its_place_where_the_file_went_on_since() -> None:
    before = board_of(COMMENTED)
    gone = COMMENTED[COMMENTED.index("# about") : COMMENTED.index("- TASK_003")]
    broken = board_of(COMMENTED.replace(gone, ""))
    later = COMMENTED.replace("Third", "Last").replace("- TASK_001", "- TASK_000: Zero\n- TASK_001")
    now = board_of(later.replace(gone, ""))
    assert without_history(restored(now, seen(before, broken))) == later.partition("## Sess")[0]


def numbered(*numbers: int) -> str:
    items = (f"- T-{number}: x{number}\n  status: todo\n" for number in numbers)
    return "# Work\n\n" + "".join(items).replace("- T-2", "# about the second\n- T-2")


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ((3, 1, 9), (3, 1, 2, 9)),
        ((3, 9, 1, 8), (3, 9, 1, 2, 8)),
        ((9, 3, 8), (9, 2, 3, 8)),
        ((9, 1, 8), (9, 1, 2, 8)),
    ],
)
def test_it_comes_back_beside_a_neighbour_where_others_stand_around_it(
    now: tuple[int, ...], after: tuple[int, ...]
) -> None:
    events = seen(board_of(numbered(1, 2, 3)), board_of(numbered(1, 3)))
    found = without_history(restored(board_of(numbered(*now)), events))
    assert found.rstrip() == numbered(*after).rstrip()


def test_it_comes_back_at_the_end_where_no_neighbour_is_there() -> None:
    events = seen(board_of(numbered(1, 2, 3)), board_of(numbered(1, 3)))
    after = restored(board_of(numbered(9, 8)), events)
    assert without_history(after).startswith(numbered(9, 8))
    assert [task.ref for task in after.tasks] == ["T-9", "T-8", "T-2"]


def test_the_last_one_comes_back_though_the_history_grew_when_it_went() -> None:
    before = board_of(COMMENTED)
    gone = "\n" + COMMENTED[COMMENTED.index("- TASK_003") : COMMENTED.index("```\n\n##")]
    broken = board_of(COMMENTED.replace(gone, "") + "- 2026-11-22T11:00:00Z: tidied up\n")
    after = restored(broken, seen(before, broken))
    assert without_history(after) == without_history(before)


def test_a_group_that_went_comes_back_with_its_task() -> None:
    group = "```yaml\nepic_id: E1\ntitle: Epic\ntasks:\n  - id: E-1\n    status: todo\n```\n\n"
    text = TEXT.replace("## Session", f"### E1: Epic\n\n{group}## Session")
    before = board_of(text)
    broken = board_of(text.replace(f"### E1: Epic\n\n{group}", ""))
    (event,) = seen(before, broken)
    after = restored(broken, [event])
    assert after.groups == before.groups
    assert without_history(after) == without_history(before)


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        ("done", "todo", "finished"),
        ("done", "in_progress", "finished"),
        ("todo", "done", "reopened"),
        ("todo", "claimed", "released"),
        ("todo", "in_progress", "released"),
        ("todo", "blocked", "unblocked"),
        ("todo", "review", "reopened"),
        ("claimed", "todo", "claimed"),
        ("in_progress", "claimed", "started"),
        ("in_progress", "done", "reopened"),
        ("in_progress", "blocked", "started"),
        ("blocked", "in_progress", "blocked"),
        ("review", "todo", "noted"),
    ],
)
def test_the_history_has_the_word_for_each_way_back(before: str, after: str, event: str) -> None:
    text = f"- A-1: x\n  assigned_agent: eng\n  status: {before}\n"
    on, changed = board_of(text), board_of(text.replace(f"status: {before}", f"status: {after}"))
    moved = next(one for one in changes(on, changed, at=NOW, source="file") if one.kind == "moved")
    (request,) = requests(moved, ALICE)
    assert hold(changed, request, NOW).history[-1].event == event


def test_lines_of_the_history_are_put_back_where_they_were() -> None:
    before = board_of(TEXT)
    lines = TEXT.splitlines(keepends=True)
    for gone in (lines[-3:-1], lines[-2:], lines[-3:-2], lines[-3:]):
        broken = board_of(TEXT.replace("".join(gone), ""))
        events = [e for e in seen(before, broken) if e.violation == "history_rewritten"]
        after = restored(broken, events)
        assert after.document is not None
        assert after.document.text == TEXT


def test_a_history_that_is_gone_gets_a_section() -> None:
    before = board_of(TEXT)
    broken = board_of(TEXT.partition("\n## Session")[0])
    events = [e for e in seen(before, broken) if e.violation == "history_rewritten"]
    assert restored(broken, events).history == before.history


def test_a_task_is_not_put_back_beside_another_of_its_id() -> None:
    before, gone = board_of(TEXT), board_of(TEXT.replace(SECOND, ""))
    (event,) = seen(before, gone)
    other = board_of(TEXT.replace("'Second'", "'Another'"))
    (request,) = requests(event, ALICE)
    with pytest.raises(TodoError, match="TASK_002 is the id of another task now") as refused:
        apply(other, request, NOW)
    assert refused.value.code == "id_taken"


def test_a_duplicate_gets_a_number_of_its_own() -> None:
    before = board_of(TEXT)
    twin = '- TASK_001: "Other"\n  status: todo\n  priority: low\n'
    broken = board_of(TEXT.replace("```\n\n##", f"{twin}```\n\n##"))
    (event,) = seen(before, broken)
    assert event.violation == "duplicated"
    after = restored(broken, [event])
    assert [task.ref for task in after.tasks] == ["TASK_001", "TASK_002", "TASK_003", "TASK_004"]
    assert after.tasks[:3] == before.tasks


def test_many_that_were_finished_at_once() -> None:
    text = "```yaml\n" + "".join(f"- T_{n}: x{n}\n  status: todo\n" for n in range(6)) + "```\n"
    before = board_of(text)
    broken = board_of(text.replace("todo", "done"))
    (event,) = [e for e in seen(before, broken) if e.violation == "bulk_done"]
    assert len(requests(event, ALICE)) == 6
    assert restored(broken, [event]).tasks == before.tasks


def test_too_late() -> None:
    before = board_of(TEXT)
    (event,) = seen(before, board_of(TEXT.replace("claimed_by: eng@1", "claimed_by: thief")))
    later = board_of(TEXT.replace("claimed_by: eng@1", "claimed_by: third"))
    (request,) = requests(event, ALICE)
    with pytest.raises(TodoError, match="changed again since"):
        preview(later, request, NOW)
    assert preview(before, request, NOW) == ()
    with pytest.raises(TodoError) as refused:
        preview(later, request._replace(by=Actor("eng@1")), NOW)
    assert refused.value.code == "needs_supervisor"


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_board_is_as_before_on_any_file(seed: int) -> None:
    """A raw edit of one task's status, or a task taken out: put right, or refused in words."""
    random = Random(seed)
    before = read(Document.decode(task_file(random)))
    document = before.document
    assert document is not None
    if not before.tasks or before.merging:
        return
    place = random.randrange(len(before.tasks))
    task = before.tasks[place]
    start = document.starts[before.positions[place]]
    source = before.source(task)
    if random.random() < 0.5:
        new = document.text[:start] + document.text[start + len(source) :]
    else:
        word = task.raw_status or "todo"
        there = source.rfind(word)
        changed = source[:there] + random.choice(("done", "todo", "in_progress"))
        new = document.text[:start] + changed + source[there + len(word) :]
        new += document.text[start + len(source) :]
    broken = read(Document.decode(new.encode("utf-8", "surrogateescape")))
    events = [e for e in seen(before, broken) if e.ref == task.ref]
    if len(events) != 1:
        return
    (request,) = requests(events[0], ALICE)
    try:
        preview(broken, request, NOW)
    except TodoError:
        return
    after = hold(broken, request, NOW)
    found = after.get(task.ref)
    assert found is not None
    assert (found.status, found.title, found.holder) == (task.status, task.title, task.holder)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_went_comes_back_byte_for_byte(seed: int) -> None:
    """Tasks next to each other went, and with them the blank lines and comments above."""
    random = Random(seed)
    before = commented(random, read(Document.decode(task_file(random))))
    document = before.document
    assert document is not None
    if not before.tasks or before.merging or before.index.twins:
        return
    text = document.text
    places = [random.randrange(len(before.tasks))]
    while random.random() < 0.3 and places[-1] + 1 < len(before.tasks):
        places.append(places[-1] + 1)
    spans = [span_of(before, place) for place in places]
    between = [text[one:two] for (_, one), (two, _) in pairwise(spans)]
    start = spans[0][0]
    while start and random.random() < 0.7 and is_slight(text[: start - 1].rpartition("\n")[2]):
        start = text.rfind("\n", 0, start - 1) + 1
    if not all(map(is_slight, "".join(between).split("\n"))):
        return
    broken = board_of(text[:start] + text[spans[-1][1] :])
    events = [e for e in seen(before, broken) if e.violation == "vanished"]
    if [e.ref for e in events] != [before.tasks[place].ref for place in places]:
        return
    after = broken
    for event in events:
        (request,) = requests(event, ALICE)
        after = hold(after, request, NOW, history=False)
    assert after.document is not None
    assert after.document.text == text


def commented(random: Random, board: Board) -> Board:
    """The board with comments above some of the items that stand in a list."""
    document = board.document
    assert document is not None
    new = document.text
    for entry, start in reversed(list(zip(document.entries, document.starts, strict=True))):
        if entry.dialect == "keyed" and random.random() < 0.5:
            indent = entry.text[: len(entry.text) - len(entry.text.lstrip(" "))]
            new = f"{new[:start]}{indent}# why it stands here\n{new[start:]}"
    found = board_of(new)
    return found if found == board else board


def span_of(board: Board, place: int) -> tuple[int, int]:
    document = board.document
    assert document is not None
    at = board.positions[place]
    return document.starts[at], document.starts[at] + len(document.entries[at].text)


def is_slight(line: str) -> bool:
    return not line.strip() or line.lstrip(" ").startswith("# why")


@pytest.mark.parametrize("above", range(7))
def test_a_preview_shows_what_changes_and_a_line_around_it_wherever_it_stands(above: int) -> None:
    text = "Prose.\n" * above + "- A-1: x\n  status: todo\n  owner: eng\n"
    lines = preview(board_of(text), Amend("A-1", ALICE, title="y"), NOW, history=False)
    shown = ("-- A-1: x", '+- A-1: "y"', "   status: todo")
    assert lines == ((" Prose.", *shown) if above else shown)


def test_a_twin_that_is_none_any_more_keeps_its_id() -> None:
    twin = '- TASK_001: "Other"\n  status: todo\n'
    (event,) = seen(board_of(TEXT), board_of(TEXT.replace("```\n\n##", f"{twin}```\n\n##")))
    (request,) = requests(event._replace(ref="TASK_001"), ALICE)
    with pytest.raises(TodoError, match="TASK_001 is not as it was") as refused:
        preview(board_of(TEXT), request, NOW)
    assert refused.value.code == "changed"


def test_fields_that_came_go_and_one_that_went_comes_back_in_one_line() -> None:
    text = "```yaml\n- {{id: A-1, title: x, {}}}\n```\n"
    before = board_of(text.format("tags: a, status: todo"))
    now = board_of(text.format("status: todo, owner: eng, notes: b"))
    events = changes(before, now, at=NOW, source="file")
    (event,) = (one for one in events if one.kind == "changed")
    (request,) = requests(event, ALICE)
    after = hold(now, request, NOW, history=False)
    assert without_history(after) == text.format("status: todo, tags: a")


def test_another_value_of_a_field_between_those_that_come_and_go_in_one_line() -> None:
    text = "```yaml\n- {{id: A-1, title: x, {}}}\n```\n"
    before = board_of(text.format("status: todo, tags: a, hours: 3"))
    now = board_of(text.format("status: todo, hours: 4, notes: b, points: 1"))
    (event,) = changes(before, now, at=NOW, source="file")
    (request,) = requests(event, ALICE)
    after = hold(now, request, NOW, history=False)
    assert without_history(after) == text.format("status: todo, tags: a, hours: 3")


@pytest.mark.parametrize("kind", ["added", "removed"])
def test_what_is_not_known_of_a_task_cannot_be_put_back(kind: Kind) -> None:
    (request,) = requests(BoardEvent(kind, NOW, "file", "T", "T", detail=Slot(0, "")), ALICE)
    with pytest.raises(TodoError, match=f"{kind} of T cannot be put back") as refused:
        preview(board_of(TEXT), request, NOW)
    assert refused.value.code == "illegal"


def test_a_claim_after_a_release_goes_back_to_nobody() -> None:
    released = "- 2026-11-22T11:00:00Z: TASK_001 released by eng@1 (claimed -> todo)\n"
    now = board_of(TEXT.replace("claimed_by: eng@1", "claimed_by: other") + released)
    events = changes(board_of(TEXT), now, at=NOW, source="file")
    claimed = next(one for one in events if one.kind == "moved" and one.to_text == "claimed")
    (request,) = requests(claimed, ALICE)
    task = hold(now, request, NOW).find("TASK_001")
    assert (task.status, task.claimed_by, task.holder) == ("todo", None, None)


@pytest.mark.parametrize(
    ("before", "after", "was"), [("eng", "ops", "ops"), ("eng", "null", "nobody")]
)
def test_who_had_a_task_that_is_given_back_is_noted(before: str, after: str, was: str) -> None:
    text = "- A-1: x\n  assigned_agent: {}\n  status: todo\n"
    now = board_of(text.format(after))
    (event,) = changes(board_of(text.format(before)), now, at=NOW, source="file")
    (request,) = requests(event, ALICE)
    back = hold(now, request, NOW)
    assert back.tasks[0].assigned_agent == before
    assert back.history[-1].note == f"puts right reassigned; was {was}"


def test_a_field_that_stands_twice_is_touched_where_it_is_wrong_alone() -> None:
    text = '```yaml\n- A-1: x\n  status: todo\n  tags: {}\n  tags: "\\x62"\n```\n'
    before, now = board_of(text.format("b")), board_of(text.format("a"))
    (event,) = changes(before, now, at=NOW, source="file")
    (request,) = requests(event, ALICE)
    assert without_history(hold(now, request, NOW, history=False)) == text.format("b")


def test_a_task_whose_text_is_not_known_comes_back_on_a_board_without_one_alone() -> None:
    first, second = scenes.task("TASK_001"), scenes.task("TASK_009")
    old, now = scenes.board(first, second), scenes.board(first)
    (event,) = changes(old, now, at=NOW, source="file")
    (request,) = requests(event, ALICE)
    assert apply(now, request, NOW).board.tasks == (first, second)
    with pytest.raises(TodoError, match="the text of TASK_009 is not known"):
        preview(board_of(TEXT), request, NOW)


def test_it_comes_back_below_the_text_above_it_though_the_next_one_went_since() -> None:
    first, second, third = (f"- T-{n}: x\n  status: todo\n" for n in (1, 2, 3))
    text = f"{first}\nProse.\n\n{second}"
    events = seen(board_of(text + third), board_of(f"{first}\nProse.\n\n{third}"))
    now = board_of(f"{first}\nProse.\n\n")
    (request,) = requests(events[0], ALICE)
    assert without_history(hold(now, request, NOW, history=False)) == text
