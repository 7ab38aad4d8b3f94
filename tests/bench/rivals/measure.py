"""The works, each done by every tool in turn: A B C, A B C. Nothing is asserted about a time."""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.bench.rivals import items
from tests.bench.rivals.terminal import Screen
from tests.bench.rivals.tool import FailedError, run, run_well

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bench.rivals.items import Item
    from tests.bench.rivals.tool import Answer, Command, Tool

_CARD_SECONDS: Final = 90.0
_CHANGE_SECONDS: Final = 20.0
_SETTLE_SECONDS: Final = 10.0
_NEW_TITLES: Final = ("KQKQKQKQ", "WZWZWZWZ", "XJXJXJXJ", "VYVYVYVY", "HBHBHBHB")
"""No letter stands where the title before has the same: a board that sends only the cells that
changed sends the whole word. No letter stands twice in a row: terminals have a code for that."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done. ``tasks`` is the full board, ``few`` the small one.

    A board is taken for at rest when nothing came from it for ``quiet`` seconds.
    """

    runs: int = 15
    warm_ups: int = 1
    boards: int = 5
    tasks: int = 1000
    few: int = 100
    contenders: int = 8
    contended: int = 20
    changes: int = len(_NEW_TITLES)
    quiet: float = 1.5


@dataclass(frozen=True, slots=True)
class Figure:
    """What one tool did in one row of the table.

    ``values`` are seconds, bytes or counts, one a run; ``said`` stands for them where there are
    none.
    """

    row: str
    tool: str
    setting: str
    values: tuple[float, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools that take part, how much they do, and a folder for their data."""

    tools: tuple[Tool, ...]
    sizes: Sizes
    folder: Path

    def work(self, name: str) -> list[Figure]:
        """Do one of ``tool.WORKS``. A tool that fails has that said in its figure."""
        able = [tool for tool in self.tools if name in tool.works]
        match name:
            case "claim":
                return self._claim(able)
            case "contend":
                return [figure for tool in able for figure in self._contend(tool)]
            case "list":
                return self._list(able)
            case "board":
                return self._board(able)
            case "outside":
                few, full = self.sizes.few, self.sizes.tasks
                return [
                    self._outside(tool, count, row)
                    for count, row in ((few, "outside_few"), (full, "outside"))
                    for tool in able
                ]
            case _:
                raise ValueError(name)

    def _claim(self, tools: Sequence[Tool]) -> list[Figure]:
        rounds = self.sizes.warm_ups + self.sizes.runs
        given = items.free(max(self.sizes.few, rounds))

        def once(tool: Tool, folder: Path, number: int) -> float:
            answer = run_well(tool.claim_one(folder, number, f"agent-{number}"))
            if not tool.says_yes(answer):
                raise FailedError(f"a free task was not given: {answer.text.strip()[-200:]}")
            return answer.seconds

        return self._in_turn("claim", tools, given, self.sizes.runs, once)

    def _list(self, tools: Sequence[Tool]) -> list[Figure]:
        expected = items.titles(self.sizes.tasks)

        def once(tool: Tool, folder: Path, _number: int) -> float:
            answer = run_well(tool.list_all(folder))
            listed = {found[0] for found in items.KNOWN_TITLE.finditer(answer.text.encode())}
            if listed != expected:
                raise FailedError(f"it listed {len(listed)} of {len(expected)} tasks")
            return answer.seconds

        given = items.mixed(self.sizes.tasks)
        return self._in_turn("list", tools, given, self.sizes.runs, once)

    def _board(self, tools: Sequence[Tool]) -> list[Figure]:
        peaks: dict[Tool, list[float]] = {tool: [] for tool in tools}

        def once(tool: Tool, folder: Path, number: int) -> float:
            with Screen.open(tool.board(folder), tool.quit_keys) as screen:
                _, at = _first_card(screen)
                screen.settle(self.sizes.quiet, _SETTLE_SECONDS)
                peak = screen.peak_bytes()
            if peak is not None and number > self.sizes.warm_ups:
                peaks[tool].append(peak)
            return at - screen.started

        given = items.mixed(self.sizes.tasks)
        cards = self._in_turn("card", tools, given, self.sizes.boards, once)
        memory = [
            _figure("memory", tool, peaks[tool], "" if peaks[tool] else "not measured")
            for tool in tools
        ]
        return [*cards, *memory]

    def _contend(self, tool: Tool) -> list[Figure]:
        self._say("contend", tool)
        by_words: list[float] = []
        by_code: list[float] = []
        try:
            folder = self._filled("contend", tool, items.free(self.sizes.contended))
            with ThreadPoolExecutor(self.sizes.contenders) as pool:
                for number in range(1, self.sizes.contended + 1):
                    commands: list[Command] = [
                        tool.claim(folder, number, f"agent-{who}")
                        for who in range(1, self.sizes.contenders + 1)
                    ]
                    answers: list[Answer] = list(pool.map(run, commands))
                    by_words.append(sum(map(tool.says_yes, answers)))
                    by_code.append(sum(answer.code == 0 for answer in answers))
                    if not by_words[-1]:
                        self._say(f"contend: nobody got task {number}", tool)
                        for answer in answers:
                            print(f"    {answer.code}: {answer.text.strip()}", file=sys.stderr)
        except FailedError as error:
            return [_figure(row, tool, (), f"failed: {error}") for row in ("yes", "yes_by_code")]
        return [_figure("yes", tool, by_words), _figure("yes_by_code", tool, by_code)]

    def _outside(self, tool: Tool, count: int, row: str) -> Figure:
        self._say(f"outside, {count} tasks", tool)
        values: list[float] = []
        try:
            folder = self._filled(row, tool, items.mixed(count))
            with Screen.open(tool.board(folder), tool.quit_keys) as screen:
                number, _ = _first_card(screen)
                screen.settle(self.sizes.quiet, _SETTLE_SECONDS)
                for title in _NEW_TITLES[: self.sizes.changes]:
                    started = time.perf_counter()
                    tool.change(folder, number, title)
                    found = screen.find(re.compile(title.encode()), _CHANGE_SECONDS)
                    if found is None:
                        return _figure(row, tool, (), f"never within {_CHANGE_SECONDS:.0f} s")
                    values.append(found[1] - started)
                    screen.settle(self.sizes.quiet / 3, _SETTLE_SECONDS)
        except FailedError as error:
            return _figure(row, tool, (), f"failed: {error}")
        return _figure(row, tool, values)

    def _in_turn(
        self,
        row: str,
        tools: Sequence[Tool],
        given: Sequence[Item],
        runs: int,
        once: Callable[[Tool, Path, int], float],
    ) -> list[Figure]:
        """``once`` for every tool in each round, which counts from 1; warm-ups are not kept."""
        folders: dict[Tool, Path] = {}
        values: dict[Tool, list[float]] = {tool: [] for tool in tools}
        failed: dict[Tool, str] = {}
        for tool in tools:
            self._say(f"{row}: filling", tool)
            try:
                folders[tool] = self._filled(row, tool, given)
            except FailedError as error:
                failed[tool] = f"failed: {error}"
        for number in range(1, self.sizes.warm_ups + runs + 1):
            for tool in tools:
                if tool in failed:
                    continue
                try:
                    value = once(tool, folders[tool], number)
                except FailedError as error:
                    failed[tool] = f"failed: {error}"
                    continue
                if number > self.sizes.warm_ups:
                    values[tool].append(value)
        return [
            _figure(row, tool, () if tool in failed else values[tool], failed.get(tool, ""))
            for tool in tools
        ]

    def _filled(self, row: str, tool: Tool, given: Sequence[Item]) -> Path:
        folder = self.folder / f"{row}-{self.tools.index(tool)}"
        folder.mkdir()
        tool.fill(folder, given)
        return folder

    def _say(self, what: str, tool: Tool) -> None:
        name = f"{tool.name} ({tool.setting})" if tool.setting else tool.name
        print(f"  {what}: {name}", file=sys.stderr, flush=True)


def _first_card(screen: Screen) -> tuple[int, float]:
    """The number of the first task that shows, and when."""
    found = screen.find(items.KNOWN_TITLE, _CARD_SECONDS)
    if found is None:
        raise FailedError(f"no card within {_CARD_SECONDS:.0f} s")
    return int(found[0][1]), found[1]


def _figure(row: str, tool: Tool, values: Sequence[float], said: str = "") -> Figure:
    return Figure(row, tool.name, tool.setting, tuple(values), said)
