"""Runs storms and prints what the oracle says. Exit code 1 where a promise was broken."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.storm.oracle import Verdict
from tests.storm.run import MIXES, Result, Storm, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = (
    f"{'mix':9}{'seed':>5}{'calls':>9}{'won':>9}{'again':>7}{'refused':>9}{'unknown':>9}{'killed':>8}"
    f"{'added':>7}{'merged':>8}{'edits':>7}{'lost':>6}{'reverted':>9}{'silent':>8}{'seconds':>9}"
    f"{'calls/s':>9}  verdict"
)


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.storm",
        description="Many real processes on one file, judged by an oracle. "
        "claims: claimers only; life: all transitions; editors: the same with editors that take "
        "no lock; kills: the same with kill -9; views: through symlinks and a bind mount.",
    )
    parser.add_argument("--mix", action="append", choices=MIXES, help="repeatable; default all")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--tasks", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=1, help="how many, from --seed on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--operations",
        type=int,
        default=0,
        help="in all, over many storms of --batch each (default: one storm of each mix and seed)",
    )
    parser.add_argument(
        "--minutes", type=float, default=0, help="begin no storm after so many (default: no end)"
    )
    parser.add_argument("--batch", type=int, default=0, help="of one storm (default 6 a task)")
    parser.add_argument("--seconds", type=float, default=120.0, help="the most for one storm")
    parser.add_argument("--pause", type=float, default=0.05, help="of an editor between two edits")
    parser.add_argument(
        "--commands",
        type=int,
        default=8,
        help="one of so many actors uses the command line; 0: none",
    )
    parser.add_argument("--below", type=Path, help="the folder for its files (default: temporary)")
    return parser.parse_args(words)


def storms(options: argparse.Namespace) -> Iterator[Storm]:
    """The storms that are asked for, without end where a number of operations is."""
    batch = options.batch or 6 * options.tasks
    seed = options.seed
    while True:
        for mix in options.mix or MIXES:
            for one in range(seed, seed + options.seeds):
                yield Storm(
                    mix,
                    one,
                    options.processes,
                    options.tasks,
                    batch,
                    options.seconds,
                    options.below,
                    options.pause,
                    options.commands,
                )
        if not options.operations:
            return
        seed += options.seeds


def row(name: str, seed: object, verdict: Verdict, killed: int, seconds: float) -> str:
    """One line of the table."""
    refused = verdict.refusals.total()
    return (
        f"{name:9}{seed:>5}{verdict.calls:9}{verdict.successes:9}{verdict.repeats:7}{refused:9}"
        f"{verdict.unknown:9}{killed:8}{verdict.added:7}{verdict.merged:8}{verdict.edits:7}"
        f"{verdict.edits_lost:6}{verdict.reverted:9}{verdict.silent:8}{seconds:9.1f}"
        f"{verdict.calls / max(seconds, 0.001):9.0f}"
        f"  {'BROKEN' if verdict.problems else 'held'}"
    )


def main(words: Sequence[str]) -> int:
    """Run all; the exit code."""
    options = arguments(words)
    print(f"{options.processes} processes, {options.tasks} tasks, {os.cpu_count()} cores")
    print(HEAD, flush=True)
    sums: dict[str, tuple[Verdict, int, float]] = {}
    told: set[str] = set()
    total = 0
    broken = False
    began = time.monotonic()
    for storm in storms(options):
        result = run(storm)
        verdict = result.verdict
        for notice in set(result.notices) - told:
            print(f"notice: {notice}")
            told.add(notice)
        _add(sums, result)
        if not options.operations or verdict.problems:
            print(row(storm.mix, storm.seed, verdict, result.killed, result.seconds), flush=True)
        for problem in verdict.problems[:20]:
            print(f"    {problem}")
        if result.kept:
            print(f"    see {result.kept}", flush=True)
        broken = broken or bool(verdict.problems)
        before, total = total, total + verdict.calls
        if options.operations and total // 50_000 > before // 50_000:
            print(f"{total} calls after {time.monotonic() - began:.0f} s", flush=True)
        if options.operations and total >= options.operations:
            break
        if options.minutes and time.monotonic() - began >= options.minutes * 60:
            break
    print("sum")
    for name, (verdict, killed, seconds) in sums.items():
        print(row(name, "", verdict, killed, seconds))
        print(f"{'':9}refusals: {dict(verdict.refusals.most_common())}")
    print(f"{total} calls in {time.monotonic() - began:.0f} s", flush=True)
    return 1 if broken else 0


def _add(sums: dict[str, tuple[Verdict, int, float]], result: Result) -> None:
    verdict, killed, seconds = sums.get(result.storm.mix, (Verdict(), 0, 0.0))
    verdict.add(result.verdict)
    sums[result.storm.mix] = (verdict, killed + result.killed, seconds + result.seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
