"""Events as JSON, and back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from tests.board.scenes import NOON, board, entry, task
from todo_tui.board.changes import changes
from todo_tui.board.event import BoardEvent, Lost, Several, Slot
from todo_tui.board.event_json import from_bodies, from_json, to_bodies, to_json
from todo_tui.board.history import HistoryEntry
from todo_tui.board.request import Actor
from todo_tui.board.task import Fault
from todo_tui.document.entry import Mapping

if TYPE_CHECKING:
    from todo_tui.board.task import Task

KEYS = {
    "version", "at", "event", "task", "ref", "actor", "human", "from", "to", "violation",
    "before", "after", "source",
}  # fmt: skip

RICH = task(
    "T1",
    "in_progress",
    by="bob@1",
    agent="bob",
    needs=("T0", "E1"),
    group="E1",
    created="2026-11-22",
    faults=(Fault("impossible_time", "no", "T1", "created_at"),),
    fields=(
        ("Tags", ("a", ("b", ""))),
        ("notes", "x\ny\udce9"),
        ("links", Mapping((("a", "1"), ("a", Mapping(()))))),
        ("items", Mapping((("items", "1"),))),
    ),
)

EVENTS = [
    BoardEvent("added", NOON, "file", "T1", "T1", after=RICH, detail=Slot(3)),
    BoardEvent(
        "removed", NOON, "file", "T1", "T1", "bob", violation="vanished", before=RICH,
        detail=Slot(3, "- T1: x\r\n", ("T0",), ("T2", "T3")),
    ),
    BoardEvent("moved", NOON, "command", "T1", "T1#c4", "bob", before=RICH, after=task("T1")),
    BoardEvent("history", NOON, "board", "T1", "T1", "alice", True,
               detail=entry(NOON, "T1", "noted", "alice", "todo -> todo", human=True)),
    BoardEvent("history", NOON, "file", violation="history_rewritten",
               detail=Lost((HistoryEntry(None, "once"), HistoryEntry(NOON, "upon a time")))),
    BoardEvent("fault", NOON, "file", detail=Fault("conflict", "merge")),
    BoardEvent("fault_cleared", NOON, "file", "T1", "T1", detail=Fault("no_title", "none", "T1")),
    BoardEvent("violation", NOON, "file", "T1", "T1", violation="too_fast",
               before=task("T1"), after=RICH),
    BoardEvent("violation", NOON, "file", violation="bulk_done",
               detail=Several((task("T1"), task("T2")), (RICH, task("T2", "done")))),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_an_event_comes_back_as_it_was(event: BoardEvent) -> None:
    body = json.loads(json.dumps(to_json(event)))
    assert set(body) == KEYS
    assert from_json(body) == event


def test_what_went_with_many_tasks_is_told_once() -> None:
    long = "## Session History\n" + "- a line\n" * 100
    row = [
        BoardEvent("removed", NOON, "file", f"T{n}", f"T{n}", before=task(f"T{n}"),
                   detail=Slot(n, "- T: x\n", ("T0",), ("",), "\n" * n, "", tail, over, "under"))
        for n, (tail, over) in enumerate(
            [(long, "a"), (long, "a"), (long, "b"), ("", None), ("", None), (long, "a")]
        )
    ]  # fmt: skip
    row[2:2] = EVENTS
    text = json.dumps(to_bodies(row))
    assert list(from_bodies(json.loads(text))) == row
    assert text.count("Session History") == 3


def test_a_row_of_events_begins_with_what_it_tells() -> None:
    (body,) = to_bodies(EVENTS[1:2])
    before = body["before"]
    assert isinstance(before, dict)
    del before["head"]
    before["alike"] = True
    (event,) = from_bodies([body])
    assert event == EVENTS[1]


def test_what_a_script_is_told() -> None:
    old, new = board(task("T1")), board(task("T1", "claimed", by="bob"))
    (event,) = changes(
        old, new, at=NOON, source="board", actor=Actor("alice", human=True, for_agent="bob")
    )
    body = to_json(event)
    before, after = body.pop("before"), body.pop("after")
    assert body == {
        "version": 1,
        "at": "2026-11-22T12:00:00Z",
        "event": "moved",
        "task": "T1",
        "ref": "T1",
        "actor": "alice",
        "human": True,
        "from": "todo",
        "to": "claimed",
        "violation": None,
        "source": "board",
    }
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["status"], before["holder"]) == ("todo", None)
    assert (after["status"], after["holder"]) == ("claimed", "bob")


def test_times_are_told_in_utc_and_lose_nothing() -> None:
    at = datetime(2026, 11, 22, 13, 0, 0, 250, tzinfo=timezone(timedelta(hours=1)))
    body = to_json(BoardEvent("fault", at, "file", detail=Fault("odd", "odd")))
    assert body["at"] == "2026-11-22T12:00:00.000250Z"
    assert from_json(body).at == at


GOOD = to_json(EVENTS[2])


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"version": None},
        {"event": "exploded"},
        {"event": ["moved"]},
        {"source": "wind"},
        {"violation": "rude"},
        {"violation": {}},
        {"at": "yesterday"},
        {"at": None},
        {"task": 5},
        {"before": None},
        {"after": {"id": "T1"}},
        {"before": "T1"},
        {"event": "removed"},
        {"event": "added"},
        {"event": "reordered", "before": 3},
        {"event": "history", "after": {}},
        {"event": "history", "after": None, "before": None},
        {"event": "violation", "before": [1], "after": []},
    ],
    ids=str,
)
def test_what_is_no_event_is_refused(wrong: dict[str, object]) -> None:
    assert from_json(GOOD) == EVENTS[2]
    with pytest.raises(ValueError, match=r"not an event|of version|not a time"):
        from_json({**GOOD, **wrong})


def test_a_body_without_its_keys_is_refused() -> None:
    for key in KEYS - {"human", "from", "to", "violation"}:
        with pytest.raises(ValueError, match=r"not an event|of version|not a time"):
            from_json({name: value for name, value in GOOD.items() if name != key})


def test_a_move_of_which_one_side_is_not_known_says_neither() -> None:
    event = BoardEvent("moved", NOON, "file", "T1", "T1")
    for one in (event._replace(before=task("T1")), event._replace(after=task("T1"))):
        said = to_json(one)
        assert (said["from"], said["to"]) == (None, None)


@pytest.mark.parametrize("known", [RICH, task("T1"), task("T2", "done", by="bob@1")])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_an_event_shares_values_and_says_what_it_said(event: BoardEvent, known: Task) -> None:
    read = from_json(json.loads(json.dumps(to_json(event))))
    shared = read.sharing(known)
    assert to_json(shared) == to_json(event)
    for its in (shared.before, shared.after):
        for own, value in zip(its or (), known, strict=False):
            assert own is value or own != value
