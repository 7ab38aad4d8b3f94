"""Agents at the command line: one that crashes, two of one role, a planner, one that comes late."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.stories.cast import Agent, at_once, counts, open_board

if TYPE_CHECKING:
    from tests.cli.program import Folder

SHOP = """\
# Shop

```yaml
- TASK_001: "Refuse a coupon that has expired"
  priority: high
  assigned_agent: eng
  status: todo
- TASK_002: "Keep the cart"
  priority: medium
  assigned_agent: eng
  status: todo
- TASK_003: "Test the till"
  priority: low
  assigned_agent: qa
  status: todo
```

## Session History
"""


def test_an_agent_crashes_before_it_reads_the_answer_and_asks_again(folder: Folder) -> None:
    folder.write(SHOP)
    eng = Agent(folder, "eng@7f3a")

    # It claims, and dies before it knows whether it has the task. What it asked for is done.
    eng.crashes("claim", "TASK_001")
    claimed = folder.text
    assert claimed.count("TASK_001 claimed by eng@7f3a (todo -> claimed)") == 1

    # Its next life asks again, and is told that the task is its own. Nothing more is written.
    again = eng.says("claim", "TASK_001")
    assert again["changed"] is False
    assert (again["task"]["status"], again["task"]["holder"]) == ("claimed", "eng@7f3a")
    assert folder.text == claimed

    # The same with the two steps that follow.
    for verb, status in (("start", "in_progress"), ("done", "done")):
        eng.crashes(verb, "TASK_001")
        left = folder.text
        again = eng.says(verb, "TASK_001")
        assert again["changed"] is False
        assert again["task"]["status"] == status
        assert folder.text == left
    events = [entry["event"] for entry in eng.says("history", "TASK_001")["entries"]]
    assert events == ["claimed", "started", "finished"]

    # Nobody else is told yes for it: neither another session nor the role without one.
    for other in ("eng@1111", "eng"):
        assert Agent(folder, other).is_refused("claim", "TASK_001")["code"] == "illegal"


def test_a_crash_is_no_way_to_a_task_for_a_name_without_a_session(folder: Folder) -> None:
    folder.write(SHOP)
    # Two who share a bare name cannot be told apart, so the second time is somebody else's.
    eng = Agent(folder, "eng")
    eng.crashes("claim", "TASK_001")
    error = eng.is_refused("claim", "TASK_001")
    assert (error["code"], error["holder"]) == ("already_claimed", "eng")


def test_two_sessions_of_one_role(folder: Folder) -> None:
    folder.write(SHOP)
    first, second = Agent(folder, "eng@a"), Agent(folder, "eng@b")

    # Both may have what is for eng; the first takes the more urgent task.
    assert [who.says("next")["task"]["id"] for who in (first, second)] == ["TASK_001", "TASK_001"]
    assert first.says("claim", "--next")["task"]["id"] == "TASK_001"

    # The second is told who has it, and cannot go on with it or end it.
    error = second.is_refused("claim", "TASK_001")
    assert (error["code"], error["holder"]) == ("already_claimed", "eng@a")
    for words in (("start",), ("release",), ("block", "--reason", "mine")):
        error = second.is_refused(words[0], "TASK_001", *words[1:])
        assert (error["code"], error["holder"]) == ("not_holder", "eng@a")

    # It takes the other one; each finishes its own, and the third is for neither.
    assert second.says("claim", "--next")["task"]["id"] == "TASK_002"
    for who, task in ((first, "TASK_001"), (second, "TASK_002")):
        mine = [each for each in who.says("list")["tasks"] if each["holder"] == who.name]
        assert [each["id"] for each in mine] == [task]
        who.says("start", task)
        assert who.says("done", task)["task"]["status"] == "done"
    for who in (first, second):
        error = who.says("claim", "--next", code=8)["error"]
        assert error["counts"]["assigned_to_others"] == 1
    history = folder.text.partition("## Session History")[2]
    assert history.count("eng@a") == history.count("eng@b") == 3


def test_a_planner_adds_ten_dependent_tasks_while_others_claim(folder: Folder) -> None:
    ready = "".join(
        f'- TASK_{n:03}: "Ready {n}"\n  priority: low\n  assigned_agent: null\n  status: todo\n'
        for n in range(1, 9)
    )
    folder.write(f"# Plan\n\n```yaml\n{ready}```\n\n## Session History\n")
    drafts = [
        {"title": f"Step {n}", "priority": "high", "depends_on": [f"@{n - 1}"] if n > 1 else []}
        for n in range(1, 11)
    ]
    added: list[str] = []

    def plan() -> None:
        answer = folder.json(
            "add", "--batch", "-", "--agent", "planner@1", stdin=json.dumps(drafts).encode()
        )
        added.extend(task["id"] for task in answer["tasks"])

    def work(name: str) -> None:
        agent = Agent(folder, name)
        while True:
            code, answer = agent.tries("claim", "--next")
            if code == 8:
                counts = answer["error"]["counts"]
                # Wait for the planner, and for those who work on what the next step needs.
                if not added or counts["held"] or counts["dependencies_open"]:
                    continue
                return
            assert code == 0, answer
            task = answer["task"]
            assert task["open_dependencies"] == []
            agent.says("start", task["id"])
            agent.says("done", task["id"])

    at_once([plan, *(lambda n=n: work(f"eng@{n}") for n in range(4))])

    # All ten came in one commit, with ids in their order, each waiting for the one before.
    assert added == [f"TASK_{n:03}" for n in range(9, 19)]
    tasks = {task["id"]: task for task in folder.json("list")["tasks"]}
    assert len(tasks) == 18
    assert [tasks[name]["dependencies"] for name in added] == [[], *([name] for name in added[:-1])]
    assert {task["status"] for task in tasks.values()} == {"done"}

    # Each was won once, and none of the chain before the one that it waits for was finished.
    entries = folder.json("history")["entries"]
    happened = [(entry["event"], entry["task"]) for entry in entries]
    assert sorted(task for event, task in happened if event == "claimed") == sorted(tasks)
    for before, after in pairwise(added):
        assert happened.index(("finished", before)) < happened.index(("claimed", after))


def test_a_supervisor_releases_a_claim_and_the_agent_comes_back(folder: Folder) -> None:
    folder.write(SHOP)
    eng = Agent(folder, "eng@7f3a")
    eng.says("claim", "TASK_001")

    # Nothing is heard of the agent. The person at the board gives the task back, and says why.
    with open_board(folder) as board:
        board.wait_for("● live")
        board.wait_for(lambda it: counts(it).get("claimed") == 1)
        board.press("2r")
        board.wait_for("release TASK_001: why?")
        board.press("no sign of life since lunch\r")
        board.wait_for(lambda it: counts(it).get("todo") == 3)
        board.press("q")
        assert board.wait_for_exit() == 0

    # The agent comes back to its work and is told who took it, when, and why.
    for verb in ("start", "done"):
        error = eng.is_refused(verb, "TASK_001")
        assert error["code"] == "released"
        assert error["by"] == "alice"
        assert error["reason"] == "no sign of life since lunch"
        assert error["since"].endswith("Z")
        assert "stop this work, or ask alice" in error["message"]

    # Another one has it by now: the first is still told what happened, and cannot take it along.
    other = Agent(folder, "eng@9999")
    assert other.says("claim", "TASK_001")["task"]["holder"] == "eng@9999"
    before = folder.text
    error = eng.is_refused("done", "TASK_001")
    assert error["holder"] == "eng@9999"
    assert folder.text == before
