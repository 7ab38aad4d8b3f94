"""A row of the table of speeds: what was measured, beside what, and what was aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD: Final = "| what | measured | beside | figure | target | |\n|---|---:|---:|---:|---:|---|"


class Row(NamedTuple):
    """One figure and its target, which it has to reach (``at_least``) or not to pass.

    ``unit``: ``x`` for how many times ``beside`` goes into ``measured`` or the other way round,
    ``ms``, or ``%``. ``measured`` and ``beside`` are words with units, for people.
    """

    what: str
    measured: str
    beside: str
    figure: float
    target: float
    unit: str = "x"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the target was reached."""
        return self.figure >= self.target if self.at_least else self.figure <= self.target


def faster(what: str, ours: float, words: str, theirs: float, target: float) -> Row:
    """How many times ``theirs`` is as long as ``ours``, both in seconds: at least ``target``."""
    beside = f"{words}: {told(theirs)}"
    return Row(what, told(ours), beside, theirs / ours, target, at_least=True)


def within(what: str, ours: float, words: str, base: float, target: float) -> Row:
    """How many times ``ours`` is as long as ``base``, both in seconds: at most ``target``."""
    return Row(what, told(ours), f"{words}: {told(base)}", ours / base, target)


def told(seconds: float) -> str:
    """A time in three figures."""
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms"


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, without a line end after the last."""
    return "\n".join([_HEAD, *map(_line, rows)])


def _line(row: Row) -> str:
    sign = "≥" if row.at_least else "≤"
    figure = f"{row.figure:,.0f}" if row.figure >= 100 else f"{row.figure:.3g}"
    target = f"{row.target:,.0f}" if row.target >= 100 else f"{row.target:g}"
    unit = row.unit if row.unit in "x%" else f" {row.unit}"
    met = "met" if row.met else "**missed**"
    cells = (row.what, row.measured, row.beside, f"{figure}{unit}")
    return f"| {' | '.join(cells)} | {sign} {target}{unit} | {met} |"
