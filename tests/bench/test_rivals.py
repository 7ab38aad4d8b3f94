"""The harness of the rivals benchmark, at tiny sizes: that it counts right and cannot rot."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.bench.rivals import items
from tests.bench.rivals.measure import Bench, Figure, Sizes
from tests.bench.rivals.ours import todo_tui
from tests.bench.rivals.table import OURS, cell, outcomes, settings, table
from tests.bench.rivals.tool import WORKS, Command, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer

TINY: Final = Sizes(
    runs=2,
    warm_ups=1,
    boards=1,
    tasks=12,
    few=6,
    contenders=3,
    contended=2,
    changes=2,
    quiet=0.05,
)

FAKE: Final = """
import os, select, sys, tty
from pathlib import Path
word, rest = sys.argv[1], sys.argv[2:]
titles = lambda: [path.read_text() for path in sorted(Path().glob("*.task"))]
if word == "claim":
    try:
        os.close(os.open(rest[0], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        sys.exit("taken")
    print("yours")
elif word == "lie":
    print("yours")
elif word == "list":
    print(*titles())
elif word == "board":
    tty.setraw(0)
    shown = None
    while not select.select([0], [], [], 0.005)[0]:
        if (now := titles()) != shown:
            print(*now, end="\\r\\n", flush=True)
            shown = now
"""


@dataclass(frozen=True, slots=True)
class FakeTool:
    """Files in a folder. ``words`` are what its claim, list and board run."""

    words: tuple[str, str, str] = ("claim", "list", "board")

    name = "fake"
    setting = ""
    works = frozenset(WORKS)
    quit_keys = b"q"

    def version(self) -> str:
        return "1"

    def fill(self, folder: Path, given: Sequence[Item]) -> None:
        for item in given:
            (folder / f"{item.number:04d}.task").write_text(item.title)

    def claim_one(self, folder: Path, number: int, agent: str) -> Command:
        return self.claim(folder, number, agent)

    def claim(self, folder: Path, number: int, _agent: str) -> Command:
        return self._run(folder, self.words[0], str(number))

    def says_yes(self, answer: Answer) -> bool:
        return "yours" in answer.text

    def list_all(self, folder: Path) -> Command:
        return self._run(folder, self.words[1])

    def board(self, folder: Path) -> Command:
        return self._run(folder, self.words[2])

    def change(self, folder: Path, number: int, title: str) -> None:
        (folder / "new").write_text(title)
        (folder / "new").replace(folder / f"{number:04d}.task")

    def _run(self, folder: Path, *arguments: str) -> Command:
        return Command((sys.executable, "-ISc", FAKE, *arguments), folder, environment(folder))


def figure(row: str, tool: str, *values: float, setting: str = "") -> Figure:
    return Figure(row, tool, setting, values)


@pytest.mark.parametrize(
    ("work", "runs"),
    [
        ("claim", {"claim": TINY.runs}),
        ("contend", {"yes": TINY.contended, "yes_by_code": TINY.contended}),
        ("list", {"list": TINY.runs}),
        ("board", {"card": TINY.boards, "memory": TINY.boards}),
        ("outside", {"outside_few": TINY.changes, "outside": TINY.changes}),
    ],
)
def test_every_work_measures_a_tool_that_does_it(
    work: str, runs: dict[str, int], tmp_path: Path
) -> None:
    if not Path("/proc/self/status").exists():
        runs = {row: 0 if row == "memory" else count for row, count in runs.items()}
    figures = Bench((FakeTool(),), TINY, tmp_path).work(work)
    assert {each.row: len(each.values) for each in figures} == runs
    assert all(value > 0 for each in figures for value in each.values)


def test_told_yes_counts_who_was_told_so(tmp_path: Path) -> None:
    honest, liar = FakeTool(), FakeTool(("lie", "list", "board"))
    figures = Bench((honest, liar), TINY, tmp_path).work("contend")
    assert [each.values for each in figures] == [(1, 1), (1, 1), (3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("work", "words", "said"),
    [
        ("list", ("claim", "lie", "board"), "it listed 0 of 12 tasks"),
        ("board", ("claim", "list", "lie"), "the board ended by itself: yours"),
        ("outside", ("claim", "list", "lie"), "the board ended by itself: yours"),
        ("claim", ("list", "list", "board"), "a free task was not given"),
    ],
)
def test_a_tool_that_does_not_do_the_work_has_that_said(
    work: str, words: tuple[str, str, str], said: str, tmp_path: Path
) -> None:
    first = Bench((FakeTool(words),), TINY, tmp_path).work(work)[0]
    assert not first.values
    assert first.said.startswith(f"failed: {said}")


def test_each_tool_does_each_round_in_turn_and_one_that_fails_does_not_stop_the_other(
    tmp_path: Path,
) -> None:
    well, ill = FakeTool(), FakeTool(("list", "lie", "board"))
    done, failed = Bench((well, ill), TINY, tmp_path).work("list")
    assert len(done.values) == TINY.runs
    assert failed.said


@pytest.mark.parametrize("work", ["claim", "contend", "list", "outside"])
def test_todo_tui_does_the_work(work: str, tmp_path: Path) -> None:
    sizes = replace(TINY, runs=1, warm_ups=0, few=2, tasks=3, contended=1, changes=1)
    figures = Bench((todo_tui(),), sizes, tmp_path).work(work)
    assert [each.said for each in figures] == [""] * len(figures)
    if work == "contend":
        assert {each.values for each in figures} == {(1,)}


def test_the_same_items_each_time() -> None:
    assert items.mixed(50) == items.mixed(50)
    assert {item.status for item in items.mixed(50)} == {"todo", "doing", "done"}
    assert {item.status for item in items.free(50)} == {"todo"}
    assert items.mixed(50)[0].status == "todo"


def test_the_table_has_medians_and_ratios_to_ours() -> None:
    figures = [
        figure("claim", OURS, 0.3, 0.1, 0.05),
        figure("claim", "kanban-tui", 0.9, 0.8, 1.0),
        figure("memory", OURS, 50e6),
        figure("memory", "kanban-tui", 300e6),
        Figure("outside", "kanban-tui", "", (), "never within 20 s"),
        figure("outside", "kanban-tui", 2.5, setting="refresh = 5"),
        figure("yes", OURS, 1, 1),
    ]
    lines = table(figures, {OURS: "0.1", "kanban-tui": "0.2"}, TINY).splitlines()
    assert lines == [
        "|  | todo-tui 0.1 | kanban-tui 0.2 |",
        "| --- | --- | --- |",
        "| claim one of 6 | 100 ms | 900 ms (9.0x) |",
        "| told yes in words, 3 at once for each of 2 tasks | 1/1/1; exactly one: 2 of 2 | - |",
        "| board of 12: peak memory | 50 MB | 300 MB (6.0x) |",
        "| board of 12: outside change shows | - | never within 20 s |",
    ]
    assert settings(figures, TINY) == [
        "kanban-tui with refresh = 5: board of 12: outside change shows: 2.50 s"
    ]


@pytest.mark.parametrize(
    ("told", "shown"),
    [((1, 1, 1), "1/1/1; exactly one: 3 of 3"), ((1, 5, 8, 8), "1/6.5/8; exactly one: 1 of 4")],
)
def test_told_yes_is_shown_by_its_spread(told: tuple[float, ...], shown: str) -> None:
    assert cell(figure("yes", "kanban-tui", *told), None) == shown


def test_targets_are_told_as_met_missed_or_not_measured() -> None:
    figures = [
        figure("claim", OURS, 0.1),
        figure("claim", "kanban-tui", 0.71),
        figure("claim", "Backlog.md", 0.69),
        figure("yes", OURS, 1, 1),
        figure("yes_by_code", OURS, 1, 2),
    ]
    told = {each.text: (each.figure, each.met) for each in outcomes(figures)}
    assert told["a claim at least 7x faster than Backlog.md"] == ("6.9x", False)
    assert told["the first card at least 20x sooner than kanban-tui"] == ("not measured", None)
    assert told["exactly one is told yes for each task, in words"] == ("2 of 2", True)
    assert told["exactly one is told yes for each task, by exit code"] == ("1 of 2", False)
    assert sum(each.met is True for each in outcomes(figures)) == 2
