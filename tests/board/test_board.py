"""The questions that a board answers: columns, next, dependencies, twins, faults, history."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.board.words import board, of
from todo_tui.board.board import Board, board_of
from todo_tui.board.next_task import next_for, why_nothing
from todo_tui.board.task import Group, Task


def items(*rows: str) -> Board:
    """A board of items, each row ``ID STATUS`` and then fields, with ``;`` between them."""
    lines: list[str] = []
    for row in rows:
        head, *fields = row.split("; ")
        task_id, status = head.split()
        lines += [f'- {task_id}: "About {task_id}"', f"  status: {status}"]
        lines += [f"  {field}" for field in fields]
    return board(*lines)


def plain(task_id: str, *needs: str) -> Task:
    """A task without a file."""
    return Task(task_id, task_id, "", "todo", "todo", None, "", None, None, needs, "", None, (), ())


def test_columns_stand_in_order_and_the_first_four_always() -> None:
    found = items("A-1 Review", "A-2 done", "A-3 blocked", "A-4 paused", "A-5 review", "A-6 Review")
    assert [(c.status, c.title, [t.id for t in c.tasks]) for c in found.columns] == [
        ("todo", "todo", []),
        ("claimed", "claimed", []),
        ("in_progress", "in progress", []),
        ("done", "done", ["A-2"]),
        ("blocked", "blocked", ["A-3"]),
        ("review", "Review", ["A-1", "A-5", "A-6"]),
        ("paused", "paused", ["A-4"]),
    ]
    assert found.counts() == {"done": 1, "blocked": 1, "review": 3, "paused": 1}


def test_next_takes_by_priority_then_what_is_assigned_then_file_order() -> None:
    rows = [
        "A-1 todo",
        "A-2 todo; priority: low; agent: eng",
        "A-3 todo; priority: P1-High",
        "A-4 todo; priority: high; agent: eng",
        "A-5 todo; priority: high; agent: eng",
        "A-6 todo; priority: critical; agent: qa",
        "A-7 todo; priority: critical; dependencies: A-1",
        "A-8 claimed; priority: critical; agent: eng",
    ]
    order = []
    while (task := next_for(items(*rows), "eng@7f3a")) is not None:
        order.append(task.id)
        rows = [row.replace(f"{task.id} todo", f"{task.id} cancelled") for row in rows]
    assert order == ["A-4", "A-5", "A-3", "A-2", "A-1"]


def test_next_for_nobody_is_what_is_for_nobody() -> None:
    found = items("A-1 todo; agent: eng", "A-2 todo")
    task = next_for(found, None)
    assert task is not None
    assert task.id == "A-2"
    assert why_nothing(found, None)["assigned_to_others"] == 1


def test_a_session_is_for_itself_alone() -> None:
    found = items("A-1 todo; agent: eng@1")
    assert next_for(found, "eng@2") is None
    assert next_for(found, "eng") is None
    assert next_for(found, "eng@1") is not None


def test_dependencies_are_met_by_done_alone() -> None:
    found = items(
        "A-1 done", "A-2 cancelled", "A-3 in_progress; agent: x", "A-4 todo; depends_on: A-1",
        "A-5 todo; depends_on: [A-1, A-2, A-3, A-9]", "A-6 claimed; agent: x; depends_on: A-1",
    )  # fmt: skip
    assert found.ready(found.tasks[3])
    assert found.open_dependencies(found.tasks[4]) == ("A-2", "A-3", "A-9")
    assert not found.ready(found.tasks[5])
    assert [task.id for task in found.dependents(found.tasks[0])] == ["A-4", "A-5", "A-6"]


@pytest.mark.parametrize("status", ["claimed", "in_progress", "done", "waiting", "paused"])
def test_what_is_not_todo_is_not_ready(status: str) -> None:
    found = items(f"A-1 {status}; agent: x")
    assert not found.ready(found.tasks[0])


def test_an_id_that_is_gone_is_met_by_its_finish() -> None:
    rows = ("- A-1: T", "  status: todo", "  depends_on: A-9")
    done = "2024-01-02T10:00:00Z: A-9 finished by eng (in_progress -> done)"
    again = "2024-01-03T10:00:00Z: A-9 reopened by alice (human) (done -> todo): no"
    note = "2024-01-04T10:00:00Z: A-1 noted by eng (todo -> todo): A-9 is gone"
    met = board(*rows, history=f"{note}\n{done}")
    assert met.ready(met.tasks[0])
    assert met.faults == ()
    unmet = board(*rows, history=f"{done}\n{again}")
    assert [fault.code for fault in unmet.faults] == ["unknown_dependency"]
    assert not unmet.ready(unmet.tasks[0])


def test_a_group_can_be_waited_for() -> None:
    group = Group("EPIC_1", "Epic", "done", None, None, ())
    assert board_of([plain("A-1", "EPIC_1")], groups=[group]).ready(plain("A-1", "EPIC_1"))
    undone = Group("EPIC_1", "Epic", "todo", None, None, ())
    assert not board_of([plain("A-1", "EPIC_1")], groups=[undone]).ready(plain("A-1", "EPIC_1"))


def test_a_ring_is_one_fault_and_long_rings_end() -> None:
    count = 20_000
    tasks = [plain(f"A-{n}", f"A-{(n + 1) % count}") for n in range(count)]
    (fault,) = board_of(tasks).faults
    assert fault.code == "cycle"
    assert fault.task == "A-0"
    assert fault.message == (
        "A-0 -> A-1 -> A-2 -> A-3 -> A-4 -> A-5 -> … -> A-19999 -> A-0 wait for each other: take"
        " away one of these dependencies"
    )


@pytest.mark.parametrize(
    ("count", "way"),
    [
        (1, "A-0 -> A-0"),
        (6, "A-0 -> A-1 -> A-2 -> A-3 -> A-4 -> A-5 -> A-0"),
        (7, "A-0 -> A-1 -> A-2 -> A-3 -> A-4 -> A-5 -> A-6 -> A-0"),
        (8, "A-0 -> A-1 -> A-2 -> A-3 -> A-4 -> A-5 -> … -> A-7 -> A-0"),
    ],
)
def test_of_a_ring_so_many_are_named_that_no_mark_stands_for_one_alone(
    count: int, way: str
) -> None:
    (fault,) = board_of([plain(f"A-{n}", f"A-{(n + 1) % count}") for n in range(count)]).faults
    assert fault.message.startswith(f"{way} wait")


@pytest.mark.parametrize(
    "ends", [("<<<<<<< a", "=======", ">>>>>>> b"), ("<<<<<<< a", "=======", ">>>>>>> b", "")]
)
def test_tasks_beside_a_conflict_show_their_faults_and_those_in_it_none(
    ends: tuple[str, ...],
) -> None:
    first, second, third, last = (f"- A-{n}: x\n  status: review\n" for n in range(4))
    opens, between, closes, *rest = (f"{line}\n" for line in ends)
    found = of("".join((first, opens, second, between, third, closes, *rest, last)))
    assert [fault.task for fault in found.faults if fault.task is not None] == ["A-0", "A-3"]


@pytest.mark.parametrize("indent", range(6))
def test_a_fault_of_no_field_stands_where_its_task_begins(indent: int) -> None:
    lead = " " * indent
    found = board(f"{lead}- A-1: x", f"{lead}  priority: low", f"{lead}  owner: eng")
    (fault,) = found.faults
    assert fault.code == "no_status"
    place = found.location(fault)
    assert place is not None
    assert (place.line, place.column) == (2, indent + 1)


@pytest.mark.parametrize("code", ["unknown_status", "impossible_time", "duplicate_key"])
def test_a_fault_of_a_field_stands_there_though_its_item_is_no_yaml(code: str) -> None:
    found = board(
        "- A-1: x",
        "  status: review",
        "  status: todo",
        "  created_at: soon",
        '  note: "open',
        "- A-2: y",
        "  status: todo",
    )
    places = {fault.code: found.location(fault) for fault in found.faults}
    assert places["invalid_item"] is not None
    assert places["invalid_item"].line > 6
    there = {"unknown_status": 3, "duplicate_key": 4, "impossible_time": 5}
    place = places[code]
    assert place is not None
    assert place.line == there[code]


def test_rings_that_share_tasks_and_tasks_beside_them() -> None:
    found = board_of(
        [
            plain("A-0", "A-1"),
            plain("A-1", "A-2", "A-1"),
            plain("A-2", "A-3", "A-1"),
            plain("A-3", "A-9"),
            plain("A-4", "A-5"),
            plain("A-5", "A-4"),
        ]
    )
    messages = [fault.message for fault in found.faults if fault.code == "cycle"]
    assert [message.partition(" wait")[0] for message in messages] == [
        "A-1 -> A-1",
        "A-4 -> A-5 -> A-4",
    ]


def test_groups_that_wait_for_each_other_are_told_at_a_task() -> None:
    groups = [
        Group("E-1", "One", "todo", None, None, ("E-2",)),
        Group("E-2", "Two", "todo", None, None, ("E-1",)),
    ]
    inside = plain("A-2", "E-2")._replace(group="E-1")
    (fault,) = board_of([plain("A-1"), inside], groups=groups).faults
    assert (fault.code, fault.task) == ("cycle", "A-2")
    assert fault.message.startswith("E-1 -> E-2 -> E-1 wait for each other")


def test_twins_in_two_fences_are_no_ring() -> None:
    text = """```yaml
- A-1: one
  status: todo
  depends_on: A-2
- A-2: two
  status: todo
```

```yaml
- A-1: three
  status: todo
- A-2: four
  status: todo
  depends_on: A-1
```
"""
    assert "cycle" not in {fault.code for fault in of(text).faults}


def test_faults_stand_in_file_order_with_their_places() -> None:
    found = of(
        """# TODO

- A-1: One
  status: review
  depends_on: [A-9]
  completed_at: soon

```yaml
- A-2: Fix: it
  status: done
- A-1: Other
  status: in_progress
  status: done
```
"""
    )
    places = []
    for fault in found.faults:
        place = found.location(fault)
        assert place is not None
        places.append((fault.code, place.line, place.source[place.column - 1 :][:6]))
    assert places == [
        ("unknown_status", 4, "review"),
        ("impossible_time", 6, "soon"),
        ("duplicate_id", 3, "- A-1:"),
        ("unknown_dependency", 5, "A-9]"),
        ("invalid_item", 9, ": it"),
        ("no_holder", 12, "in_pro"),
        ("duplicate_key", 13, "done"),
        ("duplicate_id", 11, "- A-1:"),
    ]


def test_a_merge_is_one_fault_in_place_of_those_inside() -> None:
    found = of(
        """```yaml
<<<<<<< ours
- A-1: One
  status: review
=======
- A-1: One
  status: claimed
>>>>>>> theirs
- A-2: Two
  status: paused
```
"""
    )
    assert found.merging
    assert [task.id for task in found.tasks] == ["A-1", "A-1", "A-2"]
    assert [(fault.code, fault.task) for fault in found.faults] == [
        ("conflict", None),
        ("unknown_status", "A-2"),
    ]


TWO = """```yaml
- A-1: One
  status: done

- A-2: Waits
  status: todo
  depends_on: A-1
```
"""


def test_lines_and_sources() -> None:
    found = of(TWO)
    assert [found.line(task) for task in found.tasks] == [2, 5]
    assert found.source(found.tasks[0]) == "- A-1: One\n  status: done\n"
    alone = board_of([plain("A-1")])
    assert (alone.line(alone.tasks[0]), alone.source(alone.tasks[0])) == (0, "")
    assert alone.location(items("A-1 review").faults[0]) is None


HISTORY = """## Session History

- 2024-01-05T10:00:00Z: A-1 started by eng (claimed -> in_progress)
- no time here
- 2024-01-03T10:00:00Z: A-1 claimed by eng (todo -> claimed)

## Work

```yaml
- A-1: One
  status: in_progress
  agent: eng
- A-2: Two
  status: done
  completed_at: 2024-02-01
- A-3: Three
  status: claimed
  agent: eng
  claimed_at: 2024-03-01T10:00:00+02:00
- A-4: Four
  status: todo
  created_at: 2024-04-01
```

# session history

- 2024-01-04T10:00:00Z: A-1 noted by qa (claimed -> claimed): hurry
- 2024-13-45: A-3 nobody knows when
- 2024-01-06T10:00:00Z: A-1 reassigned for eng by alice (human) (in_progress -> in_progress)
- 2024-01-06T11:00:00Z: A-3 released by eng (claimed -> todo)
"""


def test_history_is_oldest_first_over_all_sections() -> None:
    found = of(HISTORY)
    assert [entry.text.split(" (")[0] for entry in found.history] == [
        "A-1 claimed by eng",
        "A-1 noted by qa",
        "A-3 nobody knows when",
        "A-1 started by eng",
        "A-1 reassigned for eng by alice",
        "A-3 released by eng",
    ]
    assert [entry.event for entry in found.history_of(found.tasks[2])] == [None, "released"]
    assert found.growing == 1


def test_since_when_a_task_is_what_it_is() -> None:
    found = of(HISTORY)
    assert [found.since(task) for task in found.tasks] == [
        datetime(2024, 1, 5, 10, tzinfo=UTC),
        datetime(2024, 2, 1, tzinfo=UTC),
        datetime(2024, 3, 1, 8, tzinfo=UTC),
        datetime(2024, 4, 1, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("rows", "status", "word"),
    [
        (("A-1 done", "A-2 Done", "A-3 Done"), "done", "Done"),
        (("A-1 Complete", "A-2 Finished"), "done", "Complete"),
        (("A-1 done",), "in_progress", "in_progress"),
        (("A-1 null", "A-2 pending"), "todo", "pending"),
    ],
)
def test_how_a_status_is_spelt(rows: tuple[str, ...], status: str, word: str) -> None:
    assert items(*rows).spelling(status) == word


def test_equal_boards_may_stand_elsewhere() -> None:
    found = of(TWO)
    assert of("Some words.\n\n" + TWO) == found
    assert of(TWO.replace("Waits", "Wait")) != found
    assert of(TWO.replace("depends_on", "Depends On")) == found


def test_groups_without_tasks_that_wait_for_each_other_are_no_fault_of_any_task() -> None:
    one, two = (Group(name, "Epic", "todo", None, None, (other,)) for name, other in ("EF", "FE"))
    assert board_of([plain("A-1")], groups=[one, two]).faults == ()


def test_a_task_of_another_board_stands_on_no_line() -> None:
    found = items("A-1 todo")
    assert found.line(found.tasks[0]) == 2
    assert found.line(plain("A-2")) == 0


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("  dependencies: [A-1, A-9, A-99]", 5, 23),
        ("  dependencies:\n    - A-1  # not A-9\n    - A-9 (later)", 7, 7),
        ("  depends_on: A-90, A-9", 5, 21),
        ("  depends_on: {A-90: x, A-9: y}", 5, 25),
    ],
)
def test_an_unknown_dependency_is_where_its_id_is(written: str, line: int, column: int) -> None:
    found = of(f"- A-1: One\n  status: todo\n- A-2: Two\n  status: todo\n{written}\n")
    fault = next(fault for fault in found.faults if " A-9," in fault.message)
    place = found.location(fault)
    assert place is not None
    assert (place.line, place.column) == (line, column)
