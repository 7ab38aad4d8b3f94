"""What was added and taken back leaves the text as it was, but for what the history says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import task_file
from tests.board.square import hold
from todo_tui.board.changes import changes
from todo_tui.board.event import Slot
from todo_tui.board.event_json import from_json, to_json
from todo_tui.board.gone import comments
from todo_tui.board.reading import read
from todo_tui.board.request import Actor, Add, Amend, Draft, Restore
from todo_tui.board.transition import apply
from todo_tui.document.document import Document
from todo_tui.errors import TodoError

if TYPE_CHECKING:
    from random import Random

    from todo_tui.board.board import Board
    from todo_tui.board.event import BoardEvent

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
ALICE = Actor("alice", human=True)


def board_of(text: str | bytes) -> Board:
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    return read(Document.decode(data))


def text_of(board: Board) -> str:
    assert board.document is not None
    return board.document.text


def added(board: Board, draft: Draft) -> tuple[Board, BoardEvent]:
    """The board with a new task, and the event that a journal keeps of it."""
    after = hold(board, Add((draft,), ALICE), NOW, history=False)
    events = changes(board, after, at=NOW, source="command", actor=ALICE)
    (event,) = (one for one in events if one.kind == "added")
    return after, from_json(to_json(event))


KEYED = '```yaml\n- TASK_001: "One"\n  status: todo\n{gap}- TASK_002: "Two"\n  status: done\n```\n'
HEADINGS = "# Work\n\n### T-1: One\n\n- **Status**: todo\n\n### T-2: Two\n\n- **Status**: done\n"
SHORT = '- TASK_001: "One" (eng) [high] [todo]\n- TASK_002: "Two" (eng) [low] [done]\n\nProse.\n'


@pytest.mark.parametrize(
    "text",
    [
        KEYED.format(gap=""),
        KEYED.format(gap="\n"),
        KEYED.format(gap="\n").replace("\n", "\r\n"),
        KEYED.format(gap="").replace("```yaml\n", "").removesuffix("```\n"),
        KEYED.format(gap="").replace("```yaml\n", "").removesuffix("\n```\n"),
        HEADINGS,
        HEADINGS.removesuffix("\n"),
        SHORT,
        "",
        "# Plan\n",
        "\ufeff",
        "\ufeff# Plan\n",
        "\ufeff### T-1 is no task\n\nProse.\n",
        "\ufeff## Session History\n\n- 2026-11-20T10:00:00Z: planned\n",
        "## Session History\n\n- 2026-11-20T10:00:00Z: planned\n",
        "```yaml\n",
        "<!-- never closed\n",
        "# Plan\n\nProse.\n\n## Session History\n\n- 2026-11-20T10:00:00Z: planned\n",
    ],
)
def test_the_text_is_as_it_was(text: str) -> None:
    before = board_of(text)
    after, event = added(before, Draft("New"))
    assert text_of(after) != text
    back = hold(after, Restore(event, ALICE, undo=True), LATER, history=False)
    assert text_of(back) == text


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_in_any_file_only_what_was_added_goes(random: Random) -> None:
    before = board_of(task_file(random))
    refs = [task.ref for task in before.tasks if len(before.with_id(task.id)) == 1]
    draft = Draft("New", after=random.choice(refs) if refs and random.random() < 0.7 else None)
    try:
        apply(before, Add((draft,), ALICE), NOW, history=False)
    except TodoError:
        return
    after, event = added(before, draft)
    request = Restore(event, ALICE, undo=True)
    try:
        apply(after, request, LATER, history=False)
    except TodoError as refusal:
        assert refusal.code in ("illegal", "changed")  # noqa: PT017
        return
    back = hold(after, request, LATER, history=False)
    assert back == before
    lines = [line for line in text_of(before).splitlines() if line.strip()]
    assert [line for line in text_of(back).splitlines() if line.strip()] == lines


def test_what_others_wrote_around_it_stays() -> None:
    board = board_of(KEYED.format(gap="\n"))
    after, event = added(board, Draft("New", after="TASK_001"))
    start = "- TASK_003"
    commented = board_of(text_of(after).replace(start, f"# ask the bank\n{start}"))
    back = hold(commented, Restore(event, ALICE, undo=True), LATER, history=False)
    assert "# ask the bank" in text_of(back)
    assert "TASK_003" not in text_of(back)


def test_text_below_its_heading_keeps_it() -> None:
    after, event = added(board_of(HEADINGS), Draft("New", after="T-1"))
    head = "### T-2"
    written = board_of(text_of(after).replace(head, f"Somebody's thoughts.\n\n{head}"))
    with pytest.raises(TodoError, match="other text stands in its section"):
        apply(written, Restore(event, ALICE, undo=True), LATER)


def test_a_change_since_keeps_it() -> None:
    after, event = added(board_of(KEYED.format(gap="")), Draft("New"))
    changed = hold(after, Amend("TASK_003", ALICE, priority="high"), LATER)
    with pytest.raises(TodoError, match="was changed since it was added") as refusal:
        apply(changed, Restore(event, ALICE, undo=True), LATER)
    assert refusal.value.code == "changed"


def test_a_task_that_is_gone_already_is_said() -> None:
    before = board_of(KEYED.format(gap=""))
    _, event = added(before, Draft("New"))
    with pytest.raises(TodoError, match="not in the file any more"):
        apply(before, Restore(event, ALICE, undo=True), LATER)


@pytest.mark.parametrize(
    ("slot", "lines"),
    [
        (Slot(0, gap="# one\n"), "# one\n"),
        (Slot(0, gap="\n# one\n"), "# one\n"),
        (Slot(0, gap="# far\n\n  # one\n# two\n"), "  # one\n# two\n"),
        (Slot(0, gap="# far\n\n"), ""),
        (Slot(0, head="text\n# one\n"), "# one\n"),
        (Slot(0, gap="# near\n", head="# far\n"), "# near\n"),
        (Slot(0), ""),
    ],
)
def test_the_comment_that_went_is_what_stood_directly_above(slot: Slot, lines: str) -> None:
    assert comments(slot) == lines
