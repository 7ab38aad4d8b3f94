"""``stale``, and ``release --stale``: nothing is taken by a timer, and never from all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.program import Folder


def test_what_is_stale_and_why(shop: Folder) -> None:
    (one,) = shop.json("stale")["stale"]
    assert (one["task"]["id"], one["since"]) == ("TASK_004", "2026-11-03T09:00:00Z")
    assert one["age_seconds"] > 3600
    assert one["last_entry"] == "TASK_004 started by qa@1 (claimed -> in_progress)"
    assert shop.run("stale").out.startswith("TASK_004  in_progress  qa@1  ")
    assert not (shop.path / ".todo-tui").exists()


def test_what_is_fresh_is_not(shop: Folder) -> None:
    shop.json("note", "TASK_004", "still at it", "--agent", "qa@1")
    assert shop.json("stale")["stale"] == []
    assert "nothing is stale" in shop.run("stale").err


def test_what_one_agent_left(shop: Folder) -> None:
    for agent, count in (("qa", 1), ("qa@1", 1), ("qa@2", 0), ("eng", 0)):
        assert len(shop.json("stale", "--agent", agent)["stale"]) == count
    assert len(shop.json("stale", TODO_TUI_AGENT="eng")["stale"]) == 1


def test_a_release_says_why(shop: Folder) -> None:
    done = shop.json("release", "--stale", "--older-than", "2h", "--as", "alice")
    assert [task["id"] for task in done["tasks"]] == ["TASK_004"]
    last = shop.text.splitlines()[-1]
    assert "TASK_004 released by alice (human) (in_progress -> todo): no sign of life for" in last
    assert "since 2026-11-03T09:00:00Z" in last
    again = shop.json("release", "--stale", "--older-than", "2h", "--as", "alice")
    assert (again["changed"], again["tasks"]) == (False, [])


def test_no_scope_is_an_error(shop: Folder) -> None:
    before = shop.text
    for words in (
        ["--stale"],
        ["--stale", "--older-than", ""],
        ["--stale", "--older-than", "0h"],
        ["--older-than", "2h"],
        ["TASK_004", "--stale", "--older-than", "2h"],
        [],
    ):
        error = shop.json("release", *words, "--as", "alice", code=2)["error"]
        assert error["code"] == "usage"
    assert shop.text == before


def test_an_agent_may_not(shop: Folder) -> None:
    words = ("release", "--stale", "--older-than", "2h")
    assert shop.json(*words, "--agent", "x", code=4)["error"]["code"] == "needs_supervisor"
    assert shop.json(*words, code=2)["error"]["code"] == "usage"


def test_patience_is_a_setting(shop: Folder) -> None:
    settings = shop.path / "settings.toml"
    settings.write_text('[thresholds.patience]\nin_progress = "900w"\ntodo = "1s"\n')
    stale = shop.json("stale", TODO_TUI_CONFIG=str(settings))["stale"]
    assert "TASK_004" not in [one["task"]["id"] for one in stale]
    assert "TASK_002" in [one["task"]["id"] for one in stale]
    settings.write_text("[thresholds.patience]\nin_progress = 3\n")
    error = shop.json("stale", code=2, TODO_TUI_CONFIG=str(settings))["error"]
    assert "length of time" in error["message"]
