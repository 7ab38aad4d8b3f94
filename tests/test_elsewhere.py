"""What has to do with the system, on a system that has only what macOS has (``elsewhere``)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that looks like another system")
@pytest.mark.parametrize(
    "tests",
    [
        ["tests/storage"],
        pytest.param(["tests/cli"], marks=pytest.mark.long),
        pytest.param(["tests/pty"], marks=pytest.mark.long),
        # Only Linux tells who has a file open that is about to be edited where it stands.
        pytest.param(["tests/storm", "-k", "not kills and not editors"], marks=pytest.mark.long),
    ],
    ids=lambda tests: Path(tests[0]).name,
)
def test_nothing_is_needed_that_only_linux_has(tests: list[str], tmp_path: Path) -> None:
    path = os.pathsep.join(map(str, (ROOT / "tests" / "elsewhere", ROOT)))
    environ = {**os.environ, "PYTHONPATH": path}
    asked = [sys.executable, "-c", "import sys; print(sys.platform)"]
    assert subprocess.check_output(asked, env=environ, text=True) == "darwin\n"
    options = ("-q", "-p", "no:cacheprovider", "-n", "2", f"--basetemp={tmp_path / 'temp'}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    assert " passed" in done.stdout
