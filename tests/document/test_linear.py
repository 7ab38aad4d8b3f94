"""No text takes more than linear time: of none an expression goes back over what it has read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

if sys.platform == "win32":
    pytest.skip("Windows limits no process's processor time", allow_module_level=True)

from tests.document.hostile import FRAGMENTS, PLACES

ROOT: Final = Path(__file__).parents[2]


@pytest.mark.parametrize("place", PLACES)
def test_a_text_of_many_fragments_is_read_in_linear_time(place: str) -> None:
    command = [sys.executable, "-m", "tests.document.hostile", place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    named = done.stdout.splitlines()
    assert (done.returncode, len(named)) == (0, len(FRAGMENTS)), (named[-1:], done.stderr[-2000:])
