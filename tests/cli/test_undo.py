"""``undo``: my last deed, then the one before, and never somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_a_task_that_was_added_stays(shop: Folder) -> None:
    shop.json("add", "New", "--as", "alice")
    before = shop.text
    error = shop.json("undo", "--as", "alice", code=4)["error"]
    assert error["code"] == "illegal"
    assert "delete its text in your editor" in error["message"]
    assert shop.text == before
