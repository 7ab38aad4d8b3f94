"""Ids that stand twice, and how each of their tasks is named."""

from __future__ import annotations

from hashlib import sha1

import pytest

from tests.board.words import board, of
from todo_tui.errors import TodoError

TWICE = """```yaml
- TASK_001: "First"
  status: done
- TASK_002: "Waits here"
  status: todo
  depends_on: TASK_001
```

```yaml
- TASK_001: "Second"
  status: todo
- TASK_003: "Waits there"
  status: todo
  depends_on: TASK_001
```

```yaml
- TASK_004: "Waits for both"
  status: todo
  depends_on: TASK_001
```
"""


def test_twins_count_where_they_stand_else_all() -> None:
    found = of(TWICE)
    ready = {task.id: found.ready(task) for task in found.tasks if task.id != "TASK_001"}
    assert ready == {"TASK_002": True, "TASK_003": False, "TASK_004": False}
    first, second = found.with_id("TASK_001")
    assert [task.id for task in found.dependents(first)] == ["TASK_002", "TASK_004"]
    assert [task.id for task in found.dependents(second)] == ["TASK_003", "TASK_004"]


def test_twins_have_references_that_do_not_depend_on_their_order() -> None:
    found = of(TWICE)
    refs = [f"TASK_001#{sha1(title).hexdigest()[:2]}" for title in (b"First", b"Second")]
    assert [task.ref for task in found.with_id("TASK_001")] == refs
    fences = TWICE.split("\n\n")
    turned = of("\n\n".join((fences[1], fences[0], fences[2])))
    assert [task.ref for task in turned.with_id("TASK_001")] == refs[::-1]
    assert found.find(refs[0]).title == "First"
    assert found.get(refs[1]) is found.with_id("TASK_001")[1]
    assert found.get("TASK_001") is None
    duplicates = [fault for fault in found.faults if fault.code == "duplicate_id"]
    assert [fault.task for fault in duplicates] == refs


def test_references_are_as_long_as_it_takes() -> None:
    titles = [f"title {number}" for number in range(40)]
    found = board(*(line for title in titles for line in (f"- A-1: {title}", "  status: todo")))
    refs = [task.ref for task in found.tasks]
    assert len(set(refs)) == 40
    length = len(refs[0]) - len("A-1#")
    assert length > 2
    assert len({ref[:-1] for ref in refs}) < 40
    for title, ref in zip(titles, refs, strict=True):
        assert ref == f"A-1#{sha1(title.encode()).hexdigest()[:length]}"
        assert found.find(ref).title == title


def test_a_reference_is_no_id_of_another_task() -> None:
    digits = sha1(b"One").hexdigest()
    found = board(
        "- id: A-1", "  title: One", "  status: todo",
        "- id: A-1", "  title: Two", "  status: todo",
        f"- id: 'A-1#{digits[:2]}'", "  title: Three", "  status: todo",
    )  # fmt: skip
    assert found.tasks[0].ref == f"A-1#{digits[:3]}"
    assert found.find(f"A-1#{digits[:2]}").title == "Three"


def test_a_longer_or_shorter_hash_finds_a_twin() -> None:
    found = of(TWICE)
    digits = sha1(b"First").hexdigest()
    assert found.find(f"TASK_001#{digits}").title == "First"
    assert found.find(f"TASK_001#{digits[:1]}").title == "First"
    alone = board("- TASK_001: First", "  status: todo")
    assert alone.find(f"TASK_001#{digits[:2]}").title == "First"
    with pytest.raises(TodoError, match="there is no task"):
        alone.find("TASK_001#zz")
    with pytest.raises(TodoError, match="TASK_001#") as no_digits:
        alone.find("TASK_001#")
    assert no_digits.value.code == "no_task"


def test_a_line_of_the_history_with_fewer_digits_is_about_the_same_twin() -> None:
    digits = sha1(b"First").hexdigest()
    events = [f"TASK_001#{digits[:n]} claimed by eng (todo -> claimed)" for n in (1, 2, 5)]
    events.append("TASK_001 claimed by eng (todo -> claimed)")
    lines = "".join(f"- 2026-11-0{n + 1}T10:00:00Z: {event}\n" for n, event in enumerate(events))
    first, second = of(f"{TWICE}\n## Session History\n\n{lines}").with_id("TASK_001")
    on = of(f"{TWICE}\n## Session History\n\n{lines}")
    assert [entry.text for entry in on.moves_of(first)] == events[:3]
    assert on.moves_of(second) == ()


def test_an_id_in_other_case() -> None:
    found = board("- Id: Auth-1", "  status: todo", "- id: AUTH-2", "  status: todo")
    assert found.find(" auth-1 ").id == "Auth-1"
    both = board("- id: Auth-1", "  status: todo", "- id: AUTH-1", "  status: todo")
    assert both.find("AUTH-1").id == "AUTH-1"
    with pytest.raises(TodoError) as error:
        both.find("auth-1")
    assert error.value.code == "ambiguous"
