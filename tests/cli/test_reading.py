"""The commands that read: list, show, next, history, check, status, the board as text."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.conftest import BOARD
from tests.cli.program import Folder

FINISHED = "- 2026-11-02T10:00:00Z: TASK_001 finished by eng (in_progress -> done): it rings"
TASK_KEYS = {
    "id", "ref", "title", "status", "raw_status", "priority", "raw_priority", "assigned_agent",
    "claimed_by", "holder", "group",
    "created_at", "dependencies", "open_dependencies", "ready", "fields", "line", "faults", "since",
}  # fmt: skip


def ids(folder: Folder, *words: str, **more: str) -> list[str]:
    return [task["id"] for task in folder.json("list", *words, env=more)["tasks"]]


def test_list_gives_every_task_whole(shop: Folder) -> None:
    document = shop.json("list")
    assert document.keys() == {"version", "file", "tasks", "groups"}
    assert document["file"] == str(shop.todo)
    assert [task["id"] for task in document["tasks"]] == [f"TASK_00{n}" for n in range(1, 6)]
    assert all(task.keys() == TASK_KEYS for task in document["tasks"])
    brew = document["tasks"][2]
    assert brew == {
        "id": "TASK_003",
        "ref": "TASK_003",
        "title": "Brew tea",
        "status": "todo",
        "raw_status": "todo",
        "priority": "high",
        "raw_priority": "high",
        "assigned_agent": "eng",
        "claimed_by": None,
        "holder": None,
        "group": None,
        "created_at": "2026-11-01T10:00:00Z",
        "dependencies": [],
        "open_dependencies": [],
        "ready": True,
        "fields": {"estimated_hours": "3"},
        "line": 15,
        "faults": [],
        "since": "2026-11-01T10:00:00Z",
    }
    assert document["tasks"][4]["open_dependencies"] == ["TASK_004"]
    assert document["tasks"][3]["holder"] == "qa@1"
    assert document["tasks"][3]["claimed_by"] == "qa@1"
    assert document["tasks"][3]["since"] == "2026-11-03T09:00:00Z"


@pytest.mark.parametrize(
    ("spelt", "priority"), [("P1-High", "high"), ("Urgent!", None), ("[a, b]", None), ("", None)]
)
def test_a_priority_is_told_as_it_is_spelt_too(
    folder: Folder, spelt: str, priority: str | None
) -> None:
    folder.write(f"```yaml\n- T-1: t\n  status: todo\n  priority: {spelt}\n```\n")
    (task,) = folder.json("list")["tasks"]
    assert (task["priority"], task["raw_priority"]) == (priority, spelt.strip("[]"))
    assert folder.json("show", "T-1")["task"]["raw_priority"] == spelt.strip("[]")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--status", "todo"], ["TASK_002", "TASK_003", "TASK_005"]),
        (["--status", "In Progress", "--status", "done"], ["TASK_001", "TASK_004"]),
        (["--priority", "P1"], ["TASK_001", "TASK_003"]),
        (["--ready"], ["TASK_002", "TASK_003"]),
        (["--agent", "qa"], ["TASK_004"]),
        (["--agent", "qa@1"], ["TASK_004"]),
        (["--agent", "qa@2"], []),
        (["--agent", "eng@9"], ["TASK_001", "TASK_003"]),
        (["tea"], ["TASK_002", "TASK_003"]),
        (["TEA"], []),
        (["@qa"], ["TASK_004"]),
        (["is:ready tea"], ["TASK_002", "TASK_003"]),
        (["!p1", "status:todo"], ["TASK_003"]),
        (["dep:TASK_004"], ["TASK_005"]),
        (["tea -brew"], ["TASK_002"]),
        (["age<1s"], []),
        (["tea", "brew"], ["TASK_003"]),
        (["tea", "--ready", "sell"], ["TASK_002"]),
        (["nowhere"], []),
        (["-is:ready"], ["TASK_001", "TASK_004", "TASK_005"]),
        (["-brew"], ["TASK_001", "TASK_002", "TASK_004", "TASK_005"]),
        (["-how"], ["TASK_001", "TASK_002", "TASK_003", "TASK_004", "TASK_005"]),
        (["tea", "-brew"], ["TASK_002"]),
        (["--ready", "-brew"], ["TASK_002"]),
        (["-brew", "--status=todo", "-count"], ["TASK_002"]),
        (["--", "-brew", "tea"], ["TASK_002"]),
        (["tea", "--", "-brew"], ["TASK_002"]),
        (["--ready", "--", "-ready", "-brew", "-h"], ["TASK_002"]),
    ],
)
def test_filters_must_all_hold(shop: Folder, words: list[str], expected: list[str]) -> None:
    assert ids(shop, *words) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--status", "in_progess"],
            "no task has the status in_progess: did you mean in_progress?",
        ),
        (
            ["--status", "todo,done"],
            "no task has the status todo,done: give --status once for each",
        ),
        (["--status", "xyzzy"], "no task has the status xyzzy"),
        (["--priority", "hihg"], "no task has the priority hihg: did you mean high?"),
    ],
)
def test_a_slip_that_finds_nothing_is_said(shop: Folder, words: list[str], said: str) -> None:
    answer = shop.run("list", *words)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.splitlines() == ["none of 5 tasks", said]
    assert shop.run("list", "--json", *words).err.splitlines() == [said]


def test_a_status_of_the_workflow_that_no_task_has_is_no_slip(shop: Folder) -> None:
    assert shop.run("list", "--status", "blocked").err == "none of 5 tasks\n"


def test_mine_is_asked_for_by_name(shop: Folder) -> None:
    assert ids(shop, "--mine", TODO_TUI_AGENT="qa", TODO_TUI_SESSION="1") == ["TASK_004"]
    assert shop.json("list", "--mine", code=2)["error"]["code"] == "usage"


def test_a_filter_that_cannot_be_read_says_where(shop: Folder) -> None:
    error = shop.json("list", "tea is:wrong", code=2)["error"]
    assert error["code"] == "usage"
    assert "at its column 8: no such state: ready" in error["message"]
    assert shop.json("list", "is:mine", code=2)["error"]["code"] == "usage"
    assert ids(shop, "is:mine", TODO_TUI_AGENT="qa") == ["TASK_004"]


@pytest.mark.parametrize("word", ["--redy", "-ready", "-status=todo"])
def test_a_slip_in_an_option_is_no_filter(shop: Folder, word: str) -> None:
    error = shop.json("list", word, code=2)["error"]
    assert error["message"].startswith(f"list has no option {word.partition('=')[0]}: did you mean")


def test_the_value_of_an_option_does_not_begin_as_a_filter(shop: Folder) -> None:
    assert shop.run("list", "--agent", "-brew").err.endswith("is written --agent=-brew\n")
    assert "expected one argument" in shop.run("list", "--agent", "--", "-brew").err


def test_two_dashes_with_nothing_behind_them_mean_nothing(shop: Folder) -> None:
    assert len(ids(shop, "--")) == 5
    assert shop.json("status", "--") == shop.json("status")


def test_help_is_an_option_beside_a_filter(shop: Folder) -> None:
    for words in (["-brew", "-h"], ["-how", "--help"]):
        assert shop.run("list", *words).out.startswith("usage: todo-tui list")


def test_list_for_people_is_aligned_and_whole(shop: Folder) -> None:
    lines = shop.run("list").out.splitlines()
    assert [line.split()[:4] for line in lines] == [
        ["TASK_001", "high", "done", "eng"],
        ["TASK_002", "low", "todo", "-"],
        ["TASK_003", "high", "todo", "eng"],
        ["TASK_004", "medium", "in_progress", "qa@1"],
        ["TASK_005", "critical", "todo", "-"],
    ]
    assert len({line.index(title) for line, title in zip(lines, [
        "Build", "Sell", "Brew", "Wash", "Count"], strict=True)}) == 1  # fmt: skip


def test_a_long_title_is_not_cut_in_a_pipe(folder: Folder) -> None:
    title = "very " * 100 + "long"
    folder.write(f'```yaml\n- TASK_001: "{title}"\n  status: todo\n  priority: low\n```\n')
    assert title in folder.run("list", COLUMNS="40").out


def test_a_priority_that_a_group_gives_is_told_as_one_of_its_own(folder: Folder) -> None:
    folder.write(
        "```yaml\nepic_id: EPIC_1\npriority: critical\ntasks:\n"
        "  - TASK_001: One\n    status: todo\n"
        "  - TASK_002: Two\n    status: todo\n    priority: P3-later\n```\n"
    )
    lines = folder.run("list").out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["TASK_001", "critical"],
        ["TASK_002", "P3-later"],
    ]
    assert "critical" in folder.run("show", "TASK_001").out


def test_what_an_agent_finished_is_found_by_its_name(folder: Folder) -> None:
    folder.write("```yaml\n- T-1: One\n  status: todo\n- T-2: Two\n  status: done\n```\n")
    me = ("--agent", "eng@1")
    for verb in ("claim", "start", "done"):
        folder.json(verb, "T-1", *me)
    found = folder.json("list", "--agent", "eng", "--status", "done")["tasks"]
    assert [task["id"] for task in found] == ["T-1"]
    assert folder.json("list", "--agent", "eng@1")["tasks"] == found
    assert folder.json("list", "--agent", "eng@2")["tasks"] == []


def test_show_gives_the_task_and_its_history(shop: Folder) -> None:
    document = shop.json("show", "TASK_001")
    assert document.keys() == {"version", "changed", "task", "history"}
    assert document["changed"] is False
    assert document["task"].keys() == TASK_KEYS
    assert document["history"][-1] == {
        "at": "2026-11-02T10:00:00Z",
        "task": "TASK_001",
        "event": "finished",
        "actor": "eng",
        "human": False,
        "for": None,
        "from": "in_progress",
        "to": "done",
        "note": "it rings",
        "text": "TASK_001 finished by eng (in_progress -> done): it rings",
        "line": BOARD.split("\n").index(FINISHED) + 1,
    }
    out = shop.run("show", "task_001").out
    assert "Build the till" in out
    assert "it rings" in out


def test_an_unknown_task_is_asked_back(shop: Folder) -> None:
    error = shop.json("show", "TASK_0003", code=3)["error"]
    assert error["code"] == "no_task"
    assert "did you mean" in error["message"].lower()
    assert "TASK_003" in error["message"]
    done = shop.run("show", "TASK_0003")
    assert (done.code, done.out) == (3, "")
    assert "TASK_003" in done.err


@pytest.mark.parametrize(
    ("item", "remedy"),
    [
        ('* T-1: "Sweep" [todo]', 'begin it with "- "'),
        ("- [todo] T-1: Sweep", 'write - T-1: "Title", and what is in brackets behind that'),
    ],
)
def test_what_is_meant_as_a_task_and_is_not_read_is_said_to_who_asks_for_it(
    folder: Folder, item: str, remedy: str
) -> None:
    folder.write(f"# Shop\n\n{item}\n")
    for words in (["show", "T-1"], ["claim", "T-1", "--agent", "a"]):
        error = folder.json(*words, code=3)["error"]
        assert (error["code"], error["task"]) == ("no_task", "T-1")
        assert error["message"] == f"T-1 looks like a task but is not read: {remedy}"
        assert error["places"] == [{"ref": "T-1", "line": 3, "title": item}]
    assert folder.run("list").err.splitlines() == [
        "no tasks", "1 fault: todo-tui check shows where",
    ]  # fmt: skip
    assert "did you mean" not in folder.run("show", "T-2").err


def test_an_id_that_stands_twice_is_refused_with_the_places(folder: Folder) -> None:
    folder.write(
        "```yaml\n- TASK_001: One\n  status: todo\n  priority: low\n"
        "- TASK_001: Other\n  status: todo\n  priority: low\n```\n"
    )
    error = folder.json("show", "TASK_001", code=4)["error"]
    assert error["code"] == "ambiguous"
    assert [place["line"] for place in error["places"]] == [2, 5]
    assert [place["title"] for place in error["places"]] == ["One", "Other"]
    for place in error["places"]:
        assert folder.json("show", place["ref"])["task"]["title"] == place["title"]
    assert error["places"][0]["ref"] in folder.run("show", "TASK_001").err


def test_next_is_what_a_claim_would_take(shop: Folder) -> None:
    assert shop.json("next", "--agent", "eng")["task"]["id"] == "TASK_003"
    assert shop.json("next", TODO_TUI_AGENT="eng")["task"]["id"] == "TASK_003"
    assert shop.json("next", "--agent", "other")["task"]["id"] == "TASK_002"
    assert shop.json("next")["task"]["id"] == "TASK_002"
    assert shop.run("next", "--agent", "eng").out.startswith("TASK_003: Brew tea")


def test_nothing_to_take_says_why(folder: Folder) -> None:
    folder.write("```yaml\n- TASK_001: One\n  status: done\n  priority: low\n```\n")
    error = folder.json("next", "--agent", "a", code=8)["error"]
    assert error["code"] == "nothing"
    assert error["counts"]["done"] == 1
    done = folder.run("next", "--agent", "a")
    assert (done.code, done.out) == (8, "")
    assert "1 done" in done.err


def test_history_is_oldest_first_and_can_be_narrowed(shop: Folder) -> None:
    entries = shop.json("history")["entries"]
    assert [entry["line"] for entry in entries] == list(range(37, 42))
    assert [entry["task"] for entry in shop.json("history", "TASK_004")["entries"]] == [
        "TASK_004"
    ] * 2
    assert len(shop.json("history", "--since", "2026-11-03")["entries"]) == 2
    assert len(shop.json("history", "--since", "2026-11-03T08:30Z", "TASK_004")["entries"]) == 1
    assert len(shop.json("history", "--since", "99999d")["entries"]) == 5
    assert shop.json("history", "--since", "soon", code=2)["error"]["code"] == "usage"
    assert shop.run("history").out.splitlines()[0].startswith("2026-11-02T08:00:00Z  TASK_001")


def test_check_names_every_fault_and_its_place(folder: Folder) -> None:
    folder.write(
        "```yaml\n- TASK_001: One\n  status: claimed\n  priority: low\n"
        "- TASK_002: Two\n  status: todo\n  priority: low\n  dependencies: [TASK_009]\n```\n"
    )
    faults = folder.json("check", code=1)["faults"]
    assert [set(fault) for fault in faults] == [{"code", "message", "task", "line", "column"}] * 2
    assert [fault["task"] for fault in faults] == ["TASK_001", "TASK_002"]
    assert faults[1]["line"] == 8
    done = folder.run("check")
    assert done.code == 1
    assert "TODO.md:8:" in done.out
    assert "^" in done.out
    assert "2 faults" in done.err


NEARLY = (
    '- T-1: "First" (bob) [high] [todo] # c\n\n- T-2: "Second" (bob) [todo]\n'
    "  depends_on: T-1\n- T-3: Third (bob) [low] [todo].\n"
)


def test_an_item_that_is_not_read_is_said_and_stays_as_it_is(folder: Folder) -> None:
    folder.write(NEARLY)
    done = folder.run("check")
    assert done.code == 1
    assert "T-1 looks like a task but is not read: write nothing behind its brackets" in done.out
    faults = folder.json("check", code=1)["faults"]
    assert [(one["code"], one["task"], one["line"], one["column"]) for one in faults] == [
        ("invalid_item", None, 1, 36),
        ("unknown_dependency", "T-2", 4, 15),
        ("invalid_item", None, 5, 32),
    ]
    assert folder.json("status")["faults"] == 3
    assert folder.json("claim", "T-1", "--as", "ann", code=3)["error"]["code"] == "no_task"
    folder.json("add", "Fourth", "--as", "ann")
    folder.json("claim", "T-4", "--agent", "bob@1")
    first, _, third = NEARLY.splitlines()[0::2]
    assert folder.text.splitlines()[0] == first
    assert third in folder.text.splitlines()


def test_a_dependency_that_is_not_read_is_said_until_it_is_written_as_one(folder: Folder) -> None:
    folder.write(
        "- T-1: a\n  status: done\n\n- T-2: b\n  status: todo\n\n"
        "- T-3: c\n  status: todo\n  depends_on: T-1 and T-2\n"
    )
    (fault,) = folder.json("check", code=1)["faults"]
    assert (fault["code"], fault["task"], fault["line"]) == ("unread_dependency", "T-3", 9)
    assert folder.json("list", "--ready")["tasks"][-1]["faults"][0]["message"] == fault["message"]
    folder.json("claim", "T-2", "--agent", "bob@1")
    assert folder.text.endswith("depends_on: T-1 and T-2\n") or "T-1 and T-2\n\n" in folder.text
    folder.json("edit", "T-3", "--depends-on", "T-1", "--depends-on", "T-2", "--as", "ann")
    assert folder.json("check")["faults"] == []
    assert [task["id"] for task in folder.json("list", "--ready")["tasks"]] == []


def test_check_is_content_with_a_good_file(shop: Folder) -> None:
    assert shop.json("check")["faults"] == []
    assert shop.run("check").out == ""


def test_status_is_one_line(shop: Folder) -> None:
    assert shop.run("status").out == "3 todo · 1 in progress · 1 done\n"
    document = shop.json("status")
    assert document == {
        "version": 1,
        "counts": {"todo": 3, "in_progress": 1, "done": 1},
        "ready": 2,
        "faults": 0,
    }


def test_the_board_in_a_pipe_is_plain_text(shop: Folder) -> None:
    for words in ([], ["TODO.md"], ["board"], ["board", str(shop.todo)], ["--file", "TODO.md"]):
        out = shop.run(*words, COLUMNS="50").out
        assert [line for line in out.splitlines() if line and line[0] != " "] == [
            "todo (3)",
            "claimed (0)",
            "in progress (1)",
            "done (1)",
        ]
        assert max(map(len, out.splitlines())) <= 50
    assert shop.json()["tasks"] == shop.json("list")["tasks"]


def test_a_file_without_tasks_says_what_it_holds(folder: Folder) -> None:
    folder.write("# Plan\n\n- [ ] one\n- [x] two\n")
    done = folder.run("list")
    assert (done.code, done.out) == (0, "")
    assert "2 checkbox" in done.err
    assert folder.json("list")["tasks"] == []


def test_a_merge_is_shown_with_a_warning(shop: Folder) -> None:
    shop.write(f"<<<<<<< ours\n=======\n>>>>>>> theirs\n{shop.text}")
    done = shop.run("list")
    assert done.code == 0
    assert len(done.out.splitlines()) == 5
    assert "merge" in done.err
    assert len(shop.json("list")["tasks"]) == 5


def test_what_is_no_text_cannot_be_read(folder: Folder) -> None:
    folder.write("- TASK_001: a\x00b\n")
    assert folder.json("list", code=5)["error"]["code"] == "not_text"


def test_no_file(folder: Folder) -> None:
    assert folder.json("list", code=3)["error"]["code"] == "no_file"
    done = folder.run("list", "--file", "nowhere/TODO.md")
    assert (done.code, done.out) == (3, "")
    assert folder.json("list", "--file", "x" * 5000, code=3)["error"]["code"] == "no_file"


def test_a_file_that_is_missing_is_made_by_what_is_advised(folder: Folder) -> None:
    message = folder.json("list", "--file", "my plan.md", code=3)["error"]["message"]
    path = folder.path / "my plan.md"
    assert message == f"There is no file {path}; `todo-tui init --file '{path}'` makes one."
    assert folder.run(*shlex.split(message.split("`")[1])[1:]).code == 0
    assert len(folder.json("list", "--file", "my plan.md")["tasks"]) == 1


def test_a_link_to_nowhere_is_named_as_one(folder: Folder) -> None:
    folder.todo.symlink_to("far/plan.md")
    far = folder.path / "far"
    for words in ([], ["--file", "TODO.md"]):
        message = folder.json("list", *words, code=3)["error"]["message"]
        assert message == (
            f"{folder.todo} is a link to nowhere: "
            f"there is no file {far / 'plan.md'}: there is no folder {far}; make that first."
        )
    far.mkdir()
    message = folder.json("list", code=3)["error"]["message"]
    assert message == (
        f"{folder.todo} is a link to nowhere: there is no file {far / 'plan.md'}; "
        f"`todo-tui init --file {far / 'plan.md'}` makes one."
    )
    assert folder.run(*shlex.split(message.split("`")[1])[1:]).code == 0
    assert len(folder.json("list")["tasks"]) == 1


def test_a_folder_that_is_missing_is_named(folder: Folder) -> None:
    message = folder.json("list", "--file", "a/b/TODO.md", code=3)["error"]["message"]
    place = folder.path / "a" / "b"
    assert message == (
        f"There is no file {place / 'TODO.md'}: there is no folder {place}; make that first."
    )


def test_the_file_is_found_from_below_and_named_in_three_ways(shop: Folder) -> None:
    deep = shop.path / "a" / "b"
    deep.mkdir(parents=True)
    below = Folder(deep)
    assert below.json("status")["counts"]["todo"] == 3
    other = Folder(deep).write("```yaml\n- TASK_009: Nine\n  status: todo\n  priority: low\n```\n")
    assert ids(shop, "--file", "a/b/TODO.md") == ["TASK_009"]
    assert ids(shop, TODO_TUI_FILE=str(other.todo)) == ["TASK_009"]
    assert ids(other, "--file", str(shop.todo), TODO_TUI_FILE="x.md")[0] == "TASK_001"
    assert [t["id"] for t in shop.json("--file", "a/b/TODO.md", "list")["tasks"]] == ["TASK_009"]
    assert [t["id"] for t in shop.json("a/b/TODO.md")["tasks"]] == ["TASK_009"]


def test_looking_leaves_nothing_behind(shop: Folder) -> None:
    before = shop.todo.read_bytes()
    for words in (["list"], ["show", "TASK_001"], ["next"], ["history"], ["status"], []):
        shop.run(*words)
    assert sorted(path.name for path in shop.path.iterdir()) == [".git", "TODO.md"]
    assert shop.todo.read_bytes() == before
