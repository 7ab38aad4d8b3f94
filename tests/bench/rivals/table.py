"""Figures as a Markdown table, and the targets beside them. Must not print."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.rivals.measure import Figure, Sizes

OURS: Final = "todo-tui"


@dataclass(frozen=True, slots=True)
class Target:
    """How many times todo-tui should be better than some rivals in a row."""

    row: str
    times: float
    rivals: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target. ``met`` is None where nothing was measured to tell."""

    text: str
    figure: str
    met: bool | None


TARGETS: Final = (
    Target("claim", 7, ("kanban-tui", "Backlog.md"), "a claim at least 7x faster than {}"),
    Target("list", 10, ("kanban-tui", "Backlog.md"), "the list at least 10x faster than {}"),
    Target("card", 20, ("kanban-tui",), "the first card at least 20x sooner than {}"),
    Target("memory", 4, ("kanban-tui",), "a quarter of the memory of {}"),
)


def row_titles(sizes: Sizes) -> dict[str, str]:
    """What stands at the left of each row, in order."""
    at_once = f"{sizes.contenders} at once for each of {sizes.contended} tasks"
    return {
        "claim": f"claim one of {max(sizes.few, sizes.runs + sizes.warm_ups)}",
        "yes": f"told yes in words, {at_once}",
        "yes_by_code": f"told yes by exit code, {at_once}",
        "list": f"list {sizes.tasks:,} as JSON",
        "card": f"board of {sizes.tasks:,}: first card",
        "memory": f"board of {sizes.tasks:,}: peak memory",
        "outside_few": f"board of {sizes.few:,}: outside change shows",
        "outside": f"board of {sizes.tasks:,}: outside change shows",
    }


def table(figures: Sequence[Figure], versions: Mapping[str, str], sizes: Sizes) -> str:
    """A column for each tool, a row for each work, and in brackets how many times ours."""
    cells = {(figure.row, figure.tool): figure for figure in figures if not figure.setting}
    ours = {figure.row: figure for figure in figures if figure.tool == OURS}
    head = ["", *(f"{name} {version}" for name, version in versions.items())]
    rows = [head, ["---"] * len(head)]
    for row, title in row_titles(sizes).items():
        if any(row == measured for measured, _ in cells):
            found = [cells.get((row, name)) for name in versions]
            rows.append([title, *(cell(one, ours.get(row)) if one else "-" for one in found)])
    return "\n".join(f"| {' | '.join(line)} |" for line in rows)


def settings(figures: Sequence[Figure], sizes: Sizes) -> list[str]:
    """A line for each figure of a tool that was not left as it is installed."""
    titles = row_titles(sizes)
    return [
        f"{figure.tool} with {figure.setting}: {titles[figure.row]}: {cell(figure, None)}"
        for figure in figures
        if figure.setting
    ]


def cell(figure: Figure, ours: Figure | None) -> str:
    """The median with its unit and ratio; for told yes min/median/max and how often it was one."""
    values = figure.values
    if not values:
        return figure.said
    if figure.row.startswith("yes"):
        one = sum(value == 1 for value in values)
        spread = "/".join(f"{value:g}" for value in (min(values), median(values), max(values)))
        return f"{spread}; exactly one: {one} of {len(values)}"
    middle = median(values)
    if ours is None or ours.tool == figure.tool or not ours.values:
        return _with_unit(figure.row, middle)
    return f"{_with_unit(figure.row, middle)} ({_times(middle / median(ours.values))})"


def outcomes(figures: Sequence[Figure]) -> list[Outcome]:
    """Each target beside what was measured."""
    values = {(each.row, each.tool): each.values for each in figures if not each.setting}
    told: list[Outcome] = []
    for target in TARGETS:
        ours = values.get((target.row, OURS), ())
        for rival in target.rivals:
            text = target.text.format(rival)
            theirs = values.get((target.row, rival), ())
            if ours and theirs:
                ratio = median(theirs) / median(ours)
                told.append(Outcome(text, _times(ratio), ratio >= target.times))
            else:
                told.append(Outcome(text, "not measured", None))
    for row, how in (("yes", "in words"), ("yes_by_code", "by exit code")):
        yes = values.get((row, OURS), ())
        one = sum(value == 1 for value in yes)
        figure = f"{one} of {len(yes)}" if yes else "not measured"
        text = f"exactly one is told yes for each task, {how}"
        told.append(Outcome(text, figure, one == len(yes) if yes else None))
    return told


def _times(ratio: float) -> str:
    return f"{ratio:.1f}x" if ratio < 20 else f"{ratio:.0f}x"


def _with_unit(row: str, value: float) -> str:
    if row == "memory":
        return f"{value / 1e6:.0f} MB"
    return f"{value * 1e3:.0f} ms" if value < 1 else f"{value:.2f} s"
