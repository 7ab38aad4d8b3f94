"""Draws mutants of each folder, runs the tests for each and prints those that nobody noticed.

Exit code 1 where one survived or a listed one is stale, 2 where cosmic-ray is not installed or the
tests fail without a mutant, 130 where it was stopped; what was found until then is printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import signal
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.mutation.equivalents import equivalents, stale
from tests.mutation.judging import judge
from tests.mutation.kept import opened
from tests.mutation.mutants import NO_COSMIC_RAY, drawn
from tests.mutation.tree import copied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutation.judging import Verdict
    from tests.mutation.kept import Kept
    from tests.mutation.mutants import Mutant
    from tests.mutation.tree import Tree

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("document", "board", "storage")
HEAD: Final = (
    f"{'folder':10}{'mutants':>9}{'killed':>8}{'beyond':>8}{'time':>6}{'survived':>10}"
    f"{'listed':>8}{'stale':>7}{'seconds':>9}  rate"
)


class Tally:
    """What one folder's mutants came to."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.began = time.monotonic()
        self.verdicts: list[Verdict] = []
        self.listed = 0
        self.stale = 0

    @property
    def survived(self) -> int:
        """How many nobody noticed."""
        return sum(not verdict.killed for verdict in self.verdicts)

    def row(self) -> str:
        """One line of the table."""
        count = len(self.verdicts)
        killed = count - self.survived
        beyond = sum(verdict.killed and not verdict.own for verdict in self.verdicts)
        time_out = sum(verdict.by == "out of time" for verdict in self.verdicts)
        return (
            f"{self.folder:10}{count:9}{killed:8}{beyond:8}{time_out:6}{self.survived:10}"
            f"{self.listed:8}{self.stale:7}{time.monotonic() - self.began:9.0f}"
            f"  {100 * killed / max(1, count):.0f} %"
        )


class Sample(NamedTuple):
    """How much is drawn."""

    seed: int
    size: int


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation",
        description="Changes one thing of the program after the other, in a copy of it, and looks "
        "whether a test fails. mutants: judged; killed: noticed; beyond: by tests of other folders "
        "only; time: noticed because they came to no end; listed: in equivalents.toml, not judged.",
    )
    parser.add_argument("--folder", action="append", help=f"default: {', '.join(FOLDERS)}")
    parser.add_argument("--sample", type=int, default=40, help="mutants of a folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, help="a file of what was found, to go on from")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the project (default: this one)")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """Run all; the exit code."""
    options = arguments(words)
    if importlib.util.find_spec("cosmic_ray") is None:
        print(NO_COSMIC_RAY)
        return 2
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    sample = Sample(options.seed, options.sample)
    tallies: list[Tally] = []
    code = 0
    try:
        with copied(options.tree) as tree:
            for folder in options.folder or FOLDERS:
                tallies.append(Tally(folder))
                _run(tallies[-1], tree, sample, opened(options.kept))
    except KeyboardInterrupt:
        code = 130
    except RuntimeError as error:
        print(error)
        code = 2
    print(f"seed {options.seed}\n{HEAD}")
    for tally in tallies:
        print(tally.row(), flush=True)
    return code or int(any(tally.survived or tally.stale for tally in tallies))


def _run(tally: Tally, tree: Tree, sample: Sample, kept: Kept) -> None:
    listed = equivalents(tally.folder)
    for one in stale(tree.package, list(listed.values())):
        tally.stale += 1
        print(f"stale     {one.module}  {one.function}: {one.now}", flush=True)
    judged = judge(tree, tally.folder)

    def counts(mutant: Mutant) -> bool:
        tally.listed += mutant.identity in listed
        return mutant.identity not in listed

    order = filter(counts, drawn(tree.package, tally.folder, sample.seed))
    for mutant in islice(order, sample.size):
        verdict = kept.found(mutant, judged.tests)
        if verdict is None:
            verdict = judged.verdict(mutant)
            kept.keep(mutant, judged.tests, verdict)
        tally.verdicts.append(verdict)
        if not verdict.killed:
            print(f"survived  {mutant.module}:{mutant.line}  {mutant.function}")
            for sign, text in (("-", mutant.was), ("+", mutant.now)):
                print("\n".join(f"    {sign} {line}" for line in text.splitlines()), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
