"""The commands that change the file: their answers, their refusals, their exit codes."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.cli.program import Folder
from tests.cli.test_reading import TASK_KEYS


def test_a_task_goes_its_whole_way(shop: Folder) -> None:
    me = {"TODO_TUI_AGENT": "eng", "TODO_TUI_SESSION": "7f3a"}
    claimed = shop.json("claim", "TASK_003", env=me)
    assert claimed.keys() == {"version", "changed", "task"}
    assert claimed["changed"] is True
    assert claimed["task"].keys() == TASK_KEYS
    assert (claimed["task"]["status"], claimed["task"]["holder"]) == ("claimed", "eng@7f3a")
    assert shop.json("start", "TASK_003", env=me)["task"]["status"] == "in_progress"
    assert shop.json("note", "TASK_003", "the water boils", env=me)["changed"] is True
    assert shop.json("done", "TASK_003", "--note", "green", env=me)["task"]["status"] == "done"
    events = [(entry["event"], entry["note"]) for entry in shop.json("show", "TASK_003")["history"]]
    assert events == [
        ("claimed", None),
        ("started", None),
        ("noted", "the water boils"),
        ("finished", "green"),
    ]


def test_a_retry_changes_nothing(shop: Folder) -> None:
    words = ("claim", "TASK_003", "--agent", "eng@1")
    assert shop.json(*words)["changed"] is True
    before = shop.text
    assert shop.json(*words)["changed"] is False
    done = shop.run(*words)
    assert done.code == 0
    assert "unchanged" in done.err
    assert shop.text == before


def test_a_claim_prints_the_whole_task(shop: Folder) -> None:
    out = shop.run("claim", "--next", "--agent", "eng@1").out
    assert out.startswith("TASK_003: Brew tea\n")
    assert "estimated_hours" in out


def test_claim_next_takes_what_next_says(shop: Folder) -> None:
    for agent in ("eng@1", "other@1"):
        expected = shop.json("next", "--agent", agent)["task"]["id"]
        assert shop.json("claim", "--next", "--agent", agent)["task"]["id"] == expected
    error = shop.json("claim", "--next", "--agent", "third@1", code=8)["error"]
    assert error["code"] == "nothing"
    assert error["counts"]["dependencies_open"] == 1


def test_who_acts_must_be_said(shop: Folder) -> None:
    before = shop.text
    for words in (
        ["claim", "TASK_003"],
        ["claim", "--next"],
        ["start", "TASK_003"],
        ["note", "TASK_003", "x"],
        ["add", "x"],
        ["edit", "TASK_003", "--title", "x"],
        ["claim", "TASK_003", "--agent", " "],
        ["claim", "TASK_003", "--as", ""],
    ):
        assert shop.json(*words, code=2)["error"]["code"] == "usage"
    assert shop.text == before


def test_flags_beat_the_environment(shop: Folder) -> None:
    wrong = {"TODO_TUI_AGENT": "wrong", "TODO_TUI_SESSION": "s"}
    assert shop.json("claim", "TASK_003", "--agent", "eng", env=wrong)["task"]["holder"] == "eng@s"
    assert shop.json("claim", "TASK_002", "--agent", "x@1", env=wrong)["task"]["holder"] == "x@1"
    shop.json("release", "TASK_003", "--as", "alice", "--reason", "lunch", env=wrong)
    last = shop.json("history", "TASK_003")["entries"][-1]
    assert (last["actor"], last["human"], last["for"]) == ("alice", True, None)


def test_a_person_acts_for_an_agent(shop: Folder) -> None:
    task = shop.json("claim", "TASK_003", "--as", "alice", "--agent", "eng")["task"]
    assert task["holder"] == "eng"
    last = shop.json("history", "TASK_003")["entries"][-1]
    assert (last["actor"], last["human"], last["for"]) == ("alice", True, "eng")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["done", "TASK_003", "--agent", "eng"], "illegal"),
        (["done", "TASK_004", "--agent", "eng"], "not_holder"),
        (["claim", "TASK_003", "--agent", "qa"], "assigned_to_other"),
        (["claim", "TASK_005", "--agent", "qa"], "not_ready"),
        (["claim", "TASK_004", "--agent", "eng"], "already_claimed"),
        (["reopen", "TASK_001", "--agent", "eng", "--reason", "r"], "needs_supervisor"),
        (["reopen", "TASK_001", "--as", "alice"], "needs_reason"),
        (["block", "TASK_004", "--agent", "qa@1"], "needs_reason"),
        (["release", "TASK_004", "--as", "alice"], "needs_reason"),
        (["add", "x", "--id", "TASK_003", "--as", "alice"], "id_taken"),
        (["edit", "TASK_001", "--depends-on", "TASK_005", "--as", "a",
          "--depends-on", "TASK_001"], "cycle"),
    ],
)  # fmt: skip
def test_what_is_refused_says_so_and_writes_nothing(
    shop: Folder, words: list[str], code: str
) -> None:
    before = shop.text
    error = shop.json(*words, code=4)["error"]
    assert error["code"] == code
    assert shop.text == before


def test_a_refusal_names_the_legal_path(shop: Folder) -> None:
    error = shop.json("done", "TASK_003", "--agent", "eng", code=4)["error"]
    assert error["task"] == "TASK_003"
    assert error["status"] == "todo"
    assert any("claim TASK_003" in command for command in error["legal"])
    done = shop.run("done", "TASK_003", "--agent", "eng")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("todo-tui: ")
    assert "next:\n" in done.err
    assert "claim TASK_003" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("reopen", "TASK_001", "--as", "Alice B."),
        ("release", "TASK_004", "--as", "Alice B."),
        ("done", "TASK_003", "--as", "Alice B.", "--agent", "eng"),
        ("done", "TASK_003", "--agent", "eng"),
    ],
)
def test_each_command_that_a_refusal_names_can_be_given_as_it_stands(
    shop: Folder, words: tuple[str, ...]
) -> None:
    before = shop.text
    place = shop.path / "else where"
    place.mkdir()
    plan = shop.todo.rename(place / "PLAN.md")
    commands = shop.json(*words, "--file", str(plan), code=4)["error"]["legal"]
    for command in commands:
        program, *rest = shlex.split(command)
        assert program == "todo-tui"
        assert shop.json(*rest)["changed"] is True
        plan.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("task_id", ["-d2", "--x", "it's", "a b", "-a -- b"])
@pytest.mark.parametrize("agent", ["eng", "-bob"])
def test_such_a_command_holds_any_id_and_any_name(folder: Folder, task_id: str, agent: str) -> None:
    folder.write(f'- id: "{task_id}"\n  title: x\n  status: todo\n  priority: low\n')
    acting = f"--agent={agent}"
    (command,) = folder.json("done", acting, "--", task_id, code=4)["error"]["legal"]
    task = folder.json(*shlex.split(command)[1:])["task"]
    assert (task["id"], task["holder"]) == (task_id, agent)
    command = folder.json("done", acting, "--", task_id, code=4)["error"]["legal"][0]
    assert folder.json(*shlex.split(command)[1:])["task"]["status"] == "in_progress"


def test_block_and_unblock(shop: Folder) -> None:
    task = shop.json("block", "TASK_004", "--reason", "no soap", "--agent", "qa@1")["task"]
    assert task["status"] == "blocked"
    assert task["fields"]["blocker_reason"] == "no soap"
    task = shop.json("unblock", "TASK_004", "--agent", "qa@1")["task"]
    assert task["status"] == "todo"
    assert "blocker_reason" not in task["fields"]
    task = shop.json("reopen", "TASK_001", "--as", "alice", "--reason", "it rings no more")["task"]
    assert task["status"] == "todo"


def test_an_agent_whose_task_was_taken_is_told(shop: Folder) -> None:
    shop.json("release", "TASK_004", "--as", "alice", "--reason", "holiday")
    error = shop.json("done", "TASK_004", "--agent", "qa@1", code=4)["error"]
    assert error["code"] == "released"
    assert error["by"] == "alice"
    assert error["reason"] == "holiday"
    assert error["since"].endswith("Z")


def test_add_gives_the_next_id_and_the_fields(shop: Folder) -> None:
    task = shop.json("add", "Sweep: the floor", "--assign", "qa", "--depends-on", "TASK_003",
                     "--description", "all of it", "--as", "alice")["task"]  # fmt: skip
    assert task["id"] == "TASK_006"
    assert task["title"] == "Sweep: the floor"
    assert task["priority"] == "medium"
    assert task["assigned_agent"] == "qa"
    assert task["dependencies"] == ["TASK_003"]
    assert task["fields"]["description"] == "all of it"
    assert task["created_at"].endswith("Z")
    out = shop.run("add", "Another", "--id", "TASK_040", "--agent", "planner@1").out
    assert out.split()[0] == "TASK_040"


def test_a_dependency_that_is_nowhere(shop: Folder) -> None:
    words = ("add", "x", "--depends-on", "TASK_099", "--as", "alice")
    assert shop.json(*words, code=3)["error"]["code"] == "no_dependency"


def test_a_batch_is_one_commit(shop: Folder) -> None:
    batch = [
        {"title": "First", "priority": "high"},
        {"title": "Second", "depends_on": ["@1", "TASK_001"], "assign": "eng"},
    ]
    data = json.dumps(batch).encode()
    document = shop.json("add", "--batch", "-", "--agent", "planner", stdin=data)
    assert document.keys() == {"version", "changed", "tasks"}
    first, second = document["tasks"]
    assert second["dependencies"] == [first["id"], "TASK_001"]
    (shop.path / "plan.json").write_bytes(data)
    assert len(shop.json("add", "--batch", "plan.json", "--as", "alice")["tasks"]) == 2
    assert len(shop.json("list")["tasks"]) == 9


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b"[{}]",
        b'[{"title": 1}]',
        b'[{"title": "a", "titel": "b"}]',
        b'[{"title": "a", "depends_on": "TASK_001"}]',
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"title": "half \\ud800"}]',
        b'[{"title": "a", "depends_on": ["\\udc80"]}]',
    ],
)
def test_a_batch_that_is_none(shop: Folder, data: bytes) -> None:
    before = shop.text
    error = shop.json("add", "--batch", "-", "--as", "alice", stdin=data, code=2)["error"]
    assert error["code"] == "usage"
    assert shop.text == before


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"{}", 'such as [{"title": "First"}, {"title": "Second"}]'),
        (
            b'[{"title": "a", "assigned_agent": "b"}]',
            (
                "task 1 of the batch has an unknown field, assigned_agent: known are title,"
                " priority, assign, id, under, description, depends_on"
            ),
        ),
    ],
)
def test_a_batch_that_is_none_says_how_it_is_written(shop: Folder, data: bytes, hint: str) -> None:
    error = shop.json("add", "--batch", "-", "--as", "alice", stdin=data, code=2)["error"]
    assert error["message"].endswith(hint)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "TASK_004", "-"),
        ("done", "TASK_004", "--note", "-"),
        ("block", "TASK_004", "--reason", "-"),
        ("add", "-"),
        ("edit", "TASK_004", "--description", "-"),
    ],
)
def test_a_text_that_is_piped_in_is_refused(shop: Folder, words: tuple[str, ...]) -> None:
    before = shop.text
    error = shop.json(*words, "--agent", "qa@1", stdin=b"what was done\n", code=2)["error"]
    assert "standard input is not read: give the text itself" in error["message"]
    assert shop.text == before


def test_a_batch_is_all_or_none(shop: Folder) -> None:
    before = shop.text
    data = b'[{"title": "a"}, {"title": "b", "depends_on": ["TASK_099"]}]'
    shop.json("add", "--batch", "-", "--as", "alice", stdin=data, code=3)
    assert shop.text == before


def test_edit_changes_single_fields(shop: Folder) -> None:
    task = shop.json("edit", "TASK_002", "--title", "Sell more tea", "--priority", "critical",
                     "--assign", "qa", "--as", "alice")["task"]  # fmt: skip
    assert (task["title"], task["priority"], task["assigned_agent"]) == (
        "Sell more tea",
        "critical",
        "qa",
    )
    task = shop.json("edit", "TASK_002", "--unassign", "--depends-on", "", "--as", "alice")["task"]
    assert task["assigned_agent"] is None
    assert task["dependencies"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["edit", "TASK_002", "--as", "a"],
        ["edit", "TASK_002", "--as", "a", "--assign", ""],
        ["edit", "TASK_002", "--as", "a", "--assign", "x", "--unassign"],
        ["edit", "TASK_002", "--as", "a", "--status", "done"],
        ["claim", "--as", "a"],
        ["claim", "TASK_002", "--next", "--as", "a"],
        ["add", "--as", "a"],
        ["add", "x", "y", "--as", "a"],
        ["add", "x", "--batch", "-", "--as", "a"],
        ["start", "--as", "a"],
        ["list", "--wait", "soon"],
        ["list", "--wait", "-1"],
        ["list", "--wait", "nan"],
        ["list", "--nonsense"],
        ["board", "TODO.md", "--file", "TODO.md"],
        ["completion", "cmd.exe"],
        ["demo", "--agents", "0"],
        ["demo", "--speed", "0"],
        ["lsit"],
        ["x" * 5000],
    ],
)
def test_wrong_usage(shop: Folder, words: list[str]) -> None:
    before = shop.text
    assert shop.json(*words, code=2)["error"]["code"] == "usage"
    assert shop.text == before


def test_options_stand_anywhere(shop: Folder) -> None:
    expected = shop.json("list")
    for words in (
        ["--json", "--file", "TODO.md", "list"],
        ["--file=TODO.md", "list", "--json"],
        ["list", "--json", "--file", "TODO.md"],
    ):
        assert shop.run(*words).json["tasks"] == expected["tasks"]


def test_a_mistyped_command_is_asked_back(shop: Folder) -> None:
    done = shop.run("clam")
    assert (done.code, done.out) == (2, "")
    assert done.err == "todo-tui: clam is no command and no file: did you mean claim?\n"


def test_a_word_that_begins_with_a_dash(shop: Folder) -> None:
    shop.json("note", "TASK_003", "--agent=eng", "-- three dashes")
    shop.json("note", "TASK_003", "--agent=eng", "--", "-5 degrees")
    notes = [entry["note"] for entry in shop.json("history", "TASK_003")["entries"]]
    assert notes == ["-- three dashes", "-5 degrees"]


def test_control_characters_do_not_get_in(shop: Folder) -> None:
    before = shop.text
    for words in (
        ["note", "TASK_003", "two\nlines", "--agent", "eng"],
        ["claim", "TASK_003", "--agent", "e\x1bng"],
        ["add", "a\tb", "--as", "alice"],
    ):
        assert shop.run(*words).code in {2, 4}
    assert shop.text == before


def test_nothing_is_written_in_the_middle_of_a_merge(shop: Folder) -> None:
    shop.write(f"<<<<<<< ours\n=======\n>>>>>>> theirs\n{shop.text}")
    before = shop.text
    words = ("claim", "TASK_003", "--agent", "eng")
    error = shop.json(*words, code=5)["error"]
    assert (error["code"], error["line"], error["column"]) == ("conflict", 1, 1)
    assert "    1 | <<<<<<< ours\n" in shop.run(*words).err
    assert shop.text == before


@pytest.mark.parametrize("text", ["-x", "-h", "--help", "--redy", "--json", "-is:ready"])
def test_behind_two_dashes_all_is_text(shop: Folder, text: str) -> None:
    added = shop.json("add", "--agent", "a", "--", text)["task"]
    assert added["title"] == text
    for words in (["--", added["id"], text], [added["id"], "--", text]):
        assert shop.json("note", "--agent", "a", *words)["task"]["id"] == added["id"]
    notes = [entry["note"] for entry in shop.json("history", added["id"])["entries"]]
    assert notes[-2:] == [text, text]


def test_two_dashes_are_text_behind_two_dashes(shop: Folder) -> None:
    shop.json("note", "--agent", "a", "TASK_001", "--", "--")
    assert shop.json("history", "TASK_001")["entries"][-1]["note"] == "--"
    error = shop.json("note", "--agent", "a", "--", "-x", "-y", "-z", code=2)["error"]
    assert error["message"].startswith("-z is too much: ")
    error = shop.json("completion", "--", "-x", code=2)["error"]
    assert "invalid choice: '-x'" in error["message"]


@pytest.mark.parametrize("words", [["add", "-x"], ["claim", "-n"], ["note", "TASK_001", "-x"]])
def test_elsewhere_a_dash_begins_an_option(shop: Folder, words: list[str]) -> None:
    before = shop.text
    error = shop.json(*words, "--agent", "a", code=2)["error"]
    assert error["code"] == "usage"
    assert shop.text == before


def test_the_configuration_can_keep_the_history_out(shop: Folder) -> None:
    (shop.path / "config.toml").write_text("history = false\n", encoding="utf-8")
    shop.json("claim", "TASK_003", "--agent", "eng@1", TODO_TUI_CONFIG="config.toml")
    assert shop.json("history", "TASK_003")["entries"] == []
    (shop.path / "config.toml").write_text("histori = false\n", encoding="utf-8")
    words = ("start", "TASK_003", "--agent", "eng@1")
    assert shop.json(*words, code=2, TODO_TUI_CONFIG="config.toml")["error"]["code"] == "usage"
    assert "^" in shop.run(*words, TODO_TUI_CONFIG="config.toml").err


@pytest.mark.parametrize(
    "text", ['[filters]\nx = "is:wrong"\n', '[notify]\non = ["tea"]\n', "[keys]\nbase = 1\n"]
)
def test_what_is_wrong_in_the_settings_of_the_board_hinders_no_agent(
    shop: Folder, text: str
) -> None:
    (shop.path / "config.toml").write_text(f"history = false\n{text}", encoding="utf-8")
    shop.json("claim", "TASK_003", "--agent", "eng@1", TODO_TUI_CONFIG="config.toml")
    assert shop.json("history", "TASK_003")["entries"] == []
    (shop.path / "config.toml").write_text(f"[thresholds]\ntoo_fast = 1\n{text}", encoding="utf-8")
    error = shop.json(
        "start", "TASK_003", "--agent", "eng@1", code=2, TODO_TUI_CONFIG="config.toml"
    )
    assert (error["error"]["line"], error["error"]["column"]) == (2, 1)


def test_init_hides_no_file_that_is_found_from_here(shop: Folder) -> None:
    below = Folder(shop.path / "src" / "till")
    below.path.mkdir(parents=True)
    error = below.json("init", code=4)["error"]
    assert error == {
        "code": "illegal",
        "message": f"{shop.todo} is the file that is found from here, and a second one would hide "
        "it: init makes that only where it is named.",
        "legal": ["todo-tui init --file TODO.md"],
    }
    assert not below.todo.exists()
    assert "todo-tui init --file TODO.md" in below.run("init").err
    below.json("init", "--file", "TODO.md")
    assert len(below.json("list")["tasks"]) == 1
    assert below.json("init", code=4)["error"]["message"].startswith("TODO.md exists already")


def test_init_in_a_repository_below_another_one(shop: Folder) -> None:
    below = Folder(shop.path / "vendored")
    (below.path / ".git").mkdir(parents=True)
    assert below.json("init")["file"] == str(below.todo)
    named = shop.path / "src"
    named.mkdir()
    made = Folder(named).json("init", TODO_TUI_FILE="other.md")["file"]
    assert made == str(named / "other.md")


def test_init_writes_a_file_to_begin_with(folder: Folder) -> None:
    document = folder.json("init")
    assert document == {"version": 1, "changed": True, "file": str(folder.todo)}
    assert folder.json("check")["faults"] == []
    (task,) = folder.json("list")["tasks"]
    assert task["ready"] is True
    before = folder.text
    error = folder.json("init", code=4)["error"]
    assert error["code"] == "illegal"
    assert folder.text == before
    assert folder.json("init", "--file", "no/where.md", code=3)["error"]["code"] == "no_file"
    folder.json("claim", "--next", "--agent", "eng@1")
    folder.json("start", task["id"], "--agent", "eng@1")
    folder.json("done", task["id"], "--agent", "eng@1")
    assert folder.json("add", "The first of our own", "--as", "alice")["task"]["id"] == "TASK_002"
    assert folder.json("check")["faults"] == []


@pytest.mark.parametrize("own", ["", "    assigned_agent: bob\n    priority: low\n"])
def test_what_a_task_has_from_its_group_cannot_be_taken_away(folder: Folder, own: str) -> None:
    text = (
        "```yaml\nepic_id: EPIC_1\nassigned_agent: lead\npriority: high\ntasks:\n"
        f"  - TASK_001: One\n    status: todo\n{own}```\n"
    )
    folder.write(text)
    for option, said in ((["--unassign"], "agent lead"), (["--priority", "none"], "priority high")):
        done = folder.json("edit", "TASK_001", *option, "--agent", "a", code=4)
        assert f"has the {said} from its group EPIC_1" in done["error"]["message"]
    assert folder.text == text
