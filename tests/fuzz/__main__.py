"""Fuzzes each target in turn, in processes of their own, for so many minutes in all.

Exit code 1 where anything was found, 2 where atheris is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.fuzz.seeds import dictionary, seeds

TARGETS: Final = ("reading", "editing", "square")
NO_ATHERIS: Final = "atheris is not installed: pip install atheris"
ROUND: Final = 300
"""Seconds for a target until the next one's turn comes."""


def arguments(words: list[str]) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=0, help="at most so many inputs for a target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="default: all")
    parser.add_argument("--below", type=Path, help="where corpus and findings are kept and grow")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Run; the exit code."""
    options = arguments(words)
    if importlib.util.find_spec("atheris") is None:
        print(NO_ATHERIS)
        return 2
    below = options.below or Path(tempfile.mkdtemp(prefix="fuzz-"))
    targets = options.target or TARGETS
    left = options.minutes * 60
    found = 0
    number = options.seed
    runs: dict[str, int] = {}
    while left > 0 and not (options.runs and runs):
        for target in targets:
            seconds = max(1, int(min(ROUND, left, options.minutes * 60 / len(targets))))
            began = time.monotonic()
            runs[target] = runs.get(target, 0) + fuzz(below, target, seconds, number, options.runs)
            left -= time.monotonic() - began
            number += 1
            if left <= 0:
                break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    for target, count in runs.items():
        findings = sorted((below / target / "findings").glob("*.txt"))
        found += len(findings)
        print(f"{target}: {count} inputs, {len(findings)} findings")
        for path in findings:
            print(f"    {path}: {path.read_text(encoding='utf-8').splitlines()[0]}")
    print(f"{(used.ru_utime + used.ru_stime) / 60:.1f} minutes of CPU; kept below {below}")
    if not found and options.below is None:
        shutil.rmtree(below)
    return 1 if found else 0


def fuzz(below: Path, target: str, seconds: int, seed: int, limit: int) -> int:
    """One round of one target; the number of inputs that were tried."""
    corpus, findings = below / target / "corpus", below / target / "findings"
    if not corpus.exists():
        corpus.mkdir(parents=True)
        findings.mkdir(exist_ok=True)
        for number, data in enumerate(seeds()):
            (corpus / f"seed-{number:03}").write_bytes(data)
    words = below / "words"
    words.write_text(dictionary(), encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.child", target, str(corpus), str(findings)),
            *(f"-max_total_time={seconds}", f"-seed={seed}", f"-dict={words}", "-max_len=8192"),
            *("-timeout=120", "-rss_limit_mb=4096", "-print_final_stats=1", "-verbosity=0"),
            f"-artifact_prefix={findings}/",
            *([f"-runs={limit}"] if limit else []),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    tried = re.search(r"stat::number_of_executed_units: *(\d+)", done.stderr)
    if done.returncode:
        place = findings / f"ended-{done.returncode}.txt"
        place.write_text(f"ended with {done.returncode}\n\n{done.stderr[-4000:]}", encoding="utf-8")
    return int(tried[1]) if tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
