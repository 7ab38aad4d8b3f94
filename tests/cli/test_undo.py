"""``undo``: my last deed, then the one before, and never somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import BOARD

if TYPE_CHECKING:
    from tests.cli.program import Folder

ME = ("--agent", "eng@1")


def body(text: str) -> str:
    return text.partition("## Session History")[0]


def test_the_last_deed_and_the_one_before(shop: Folder) -> None:
    shop.json("claim", "TASK_003", *ME)
    claimed = shop.text
    shop.json("start", "TASK_003", *ME)
    assert shop.json("undo", *ME)["task"]["status"] == "claimed"
    assert body(shop.text) == body(claimed)
    assert shop.json("undo", *ME)["task"]["status"] == "todo"
    assert body(shop.text) == body(BOARD)
    assert "TASK_003 released by eng@1 (claimed -> todo): undone" in shop.text
    assert shop.json("undo", *ME, code=8)["error"]["code"] == "nothing"


def test_fields(shop: Folder) -> None:
    shop.json("edit", "TASK_002", "--title", "Sell coffee", "--priority", "high", "--as", "alice")
    shop.json("undo", "--as", "alice")
    assert shop.text == BOARD


LISTED = "\n    # first\n    - TASK_001  # it rings\n    # then\n    - 'TASK_004'  # they shine"


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("[TASK_001 (it rings), 'TASK_004']", "[TASK_001 (it rings), 'TASK_004', TASK_005]"),
        (LISTED, f"{LISTED}\n    - TASK_005"),
        (
            "\n  - id: TASK_001  # it\n    why: it rings\n  - TASK_004: they shine",
            "\n  - id: TASK_001  # it\n    why: it rings\n  - TASK_004: they shine\n  - TASK_005",
        ),
    ],
)
def test_what_is_said_about_a_dependency_that_stays_stays(
    shop: Folder, said: str, new: str
) -> None:
    old = "  dependencies: [TASK_001]\n"
    shop.write(text := BOARD.replace(old, f"  dependencies: {said}\n", 1))
    wanted = [f"--depends-on=TASK_00{number}" for number in (1, 4, 5)]
    shop.json("edit", "TASK_002", *wanted, "--as", "alice")
    assert shop.text == BOARD.replace(old, f"  dependencies: {new}\n", 1)
    assert shop.json("edit", "TASK_002", *wanted, "--as", "alice")["changed"] is False
    shop.json("undo", "--as", "alice")
    assert shop.text == text


def test_a_priority_that_was_not_there(shop: Folder) -> None:
    text = BOARD.replace("  priority: low\n", "", 1)
    shop.write(text)
    shop.json("edit", "TASK_002", "--priority", "high", "--as", "alice")
    assert shop.text != text
    shop.json("undo", "--as", "alice")
    assert shop.text == text


def test_a_priority_that_was_taken_away(shop: Folder) -> None:
    task = shop.json("edit", "TASK_002", "--priority", "none", "--as", "alice")["task"]
    assert task["priority"] is None
    task = shop.json("undo", "--as", "alice")["task"]
    assert task["priority"] == "low"


def test_not_what_others_did(shop: Folder) -> None:
    shop.json("claim", "TASK_003", *ME)
    assert shop.json("undo", "--agent", "eng@2", code=8)["error"]["code"] == "nothing"
    assert shop.json("undo", code=2)["error"]["code"] == "usage"


def test_not_what_was_changed_since(shop: Folder) -> None:
    shop.json("claim", "TASK_003", *ME)
    shop.json("release", "TASK_003", "--as", "alice", "--reason", "no")
    shop.json("claim", "TASK_003", "--agent", "eng@2")
    before = shop.text
    error = shop.json("undo", *ME, code=4)["error"]
    assert (error["code"], error["holder"]) == ("changed", "eng@2")
    assert shop.text == before


def test_not_what_was_changed_since_and_changed_back(shop: Folder) -> None:
    shop.json("claim", "TASK_003", *ME)
    shop.json("release", "TASK_003", *ME)
    shop.json("claim", "TASK_003", "--as", "alice", "--agent", "eng@2")
    shop.json("release", "TASK_003", "--as", "alice", "--reason", "no")
    before = shop.text
    error = shop.json("undo", *ME, code=4)["error"]
    assert error["code"] == "changed"
    assert "TASK_003 was changed by alice meanwhile, and is todo again" in error["message"]
    assert shop.text == before


def test_a_note_stays_and_what_was_before_it_too(shop: Folder) -> None:
    shop.json("claim", "TASK_003", *ME)
    shop.json("note", "TASK_003", "half way", *ME)
    before = shop.text
    error = shop.json("undo", *ME, code=4)["error"]
    assert "a note about TASK_003" in error["message"]
    assert shop.text == before


def test_a_task_that_was_added_goes_again(shop: Folder) -> None:
    new = shop.json("add", "New", "--as", "alice")["task"]["id"]
    assert shop.json("undo", "--as", "alice") == {"version": 1, "changed": True, "task": None}
    assert body(shop.text) == body(BOARD)
    assert f"{new} noted by alice (human) (todo -> none): undone" in shop.text
    assert shop.json("undo", "--as", "alice", code=8)["error"]["code"] == "nothing"
    again = shop.json("add", "Other", "--as", "alice")["task"]["id"]
    assert again > new, "an id is not used again"


def test_that_a_task_is_gone_again_is_said(shop: Folder) -> None:
    new = shop.json("add", "New", "--as", "alice")["task"]["id"]
    done = shop.run("undo", "--as", "alice")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{new} is taken out of the file again\n"


def test_tasks_of_one_batch_go_one_by_one_the_last_first(shop: Folder) -> None:
    batch = b'[{"title": "First"}, {"title": "Second", "depends_on": ["@1"]}]'
    added = shop.json("add", "--batch", "-", *ME, stdin=batch)["tasks"]
    shop.json("undo", *ME)
    assert (added[0]["id"] in body(shop.text), added[1]["id"] in body(shop.text)) == (True, False)
    shop.json("undo", *ME)
    assert body(shop.text) == body(BOARD)


def test_a_task_that_was_added_stays_where_somebody_changed_it(shop: Folder) -> None:
    new = shop.json("add", "New", "--as", "alice")["task"]["id"]
    shop.json("edit", new, "--priority", "high", "--as", "bob")
    before = shop.text
    error = shop.json("undo", "--as", "alice", code=4)["error"]
    assert error["code"] == "changed"
    assert "delete its text in your editor" in error["message"]
    assert shop.text == before


def test_a_task_that_was_added_stays_where_another_waits_for_it(shop: Folder) -> None:
    new = shop.json("add", "New", "--as", "alice")["task"]["id"]
    shop.json("edit", "TASK_002", "--depends-on", new, "--as", "bob")
    before = shop.text
    error = shop.json("undo", "--as", "alice", code=4)["error"]
    assert error["code"] == "changed"
    assert "TASK_002 waits for" in error["message"]
    assert shop.text == before


def test_a_task_that_was_added_stays_where_a_comment_was_put_into_it(shop: Folder) -> None:
    new = shop.json("add", "New", "--as", "alice")["task"]["id"]
    text = shop.text.replace(f'- {new}: "New"', f'- {new}: "New"  # ask the bank first')
    assert text != shop.text
    shop.write(text)
    assert shop.json("undo", "--as", "alice", code=4)["error"]["code"] == "changed"
    assert shop.text == text


def test_dependencies_come_back_as_they_were(folder: Folder) -> None:
    folder.write(
        '- TASK_001: "One"\n  status: todo\n'
        '- TASK_002: "Two"\n  status: todo\n  dependencies:\n'
        "    - TASK_001 (must exist first)  # it is the base\n"
        '- TASK_003: "Three"\n  status: todo\n'
    )
    before = folder.text
    folder.json("edit", "TASK_002", "--depends-on", "TASK_001", "--depends-on", "TASK_003", *ME)
    assert "first)  # it is the base\n    - TASK_003\n" in folder.text
    folder.json("undo", *ME)
    assert folder.text == before


@pytest.mark.parametrize("other", ["", "  dependencies: []\n"])
def test_dependencies_that_were_not_there_are_written_as_others_write_none(
    folder: Folder, other: str
) -> None:
    folder.write(f'- TASK_001: "One"\n  status: todo\n- TASK_002: "Two"\n  status: todo\n{other}')
    before = folder.text
    folder.json("edit", "TASK_001", "--depends-on", "TASK_002", *ME)
    folder.json("undo", *ME)
    assert folder.text == before.replace("todo\n", f"todo\n{other}", 1)


def test_what_a_task_waits_for_by_its_group_is_not_written_into_it(folder: Folder) -> None:
    folder.write(
        '```yaml\n- TASK_009: "Nine"\n  status: todo\n- TASK_008: "Eight"\n  status: todo\n```\n\n'
        "```yaml\nepic_id: EPIC-1\ndependencies: [TASK_009]\ntasks:\n"
        "  - id: TASK_001\n    title: One\n    status: todo\n    depends_on: [TASK_008]\n```\n"
    )
    before = folder.text
    folder.json("edit", "TASK_001", "--depends-on", "", *ME)
    task = folder.json("undo", *ME)["task"]
    assert task["dependencies"] == ["TASK_008", "TASK_009"]
    assert folder.text == before
