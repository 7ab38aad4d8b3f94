"""What was found before, and a short look for more, the same each time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.__main__ import NO_ATHERIS
from tests.fuzz.seeds import FINDINGS, seeds
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
FOUND = sorted(path.relative_to(FINDINGS).as_posix() for path in FINDINGS.glob("*/*.md"))


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_before_is_found_no_more(name: str) -> None:
    TARGETS[name.partition("/")[0]]((FINDINGS / name).read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_fuzzer_begins_with_breaks_nothing(target: str) -> None:
    for data in list(seeds())[::4]:
        TARGETS[target](data)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason=NO_ATHERIS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_look_for_more(target: str, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "tests.fuzz",
        "--minutes",
        "2",
        "--runs",
        "700",
        "--target",
        target,
    ]
    done = subprocess.run(
        [*words, "--below", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout
    assert f"{target}: 0 inputs" not in done.stdout
