"""What is measured, installed with the ordinary clients, each in a folder of its own.

Python's programs are installed by the newest pip: the script that starts a program is made by the
client, and that of an old pip loads the library of expressions first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.rivals.tool import UnavailableError

_INSTALL_SECONDS: Final = 600.0


def python_command(cache: Path, package: str, command: str, source: Path | None = None) -> Path:
    """A command of a Python package, in an environment made by the interpreter that runs this.

    Raises UnavailableError. An environment that is there already is used as it is, unless the
    package comes from a folder, ``source``.
    """
    place = cache / package
    found = place / "bin" / command
    if source is not None or not found.exists():
        _do(package, [sys.executable, "-m", "venv", "--clear", "--upgrade-deps", str(place)])
        pip = [str(place / "bin/python"), "-m", "pip", "install", "--quiet"]
        _do(package, [*pip, "--disable-pip-version-check", str(source or package)])
    if not found.exists():
        raise UnavailableError(f"{package} has no command {command}")
    return found


def node_command(cache: Path, package: str, command: str) -> Path:
    """A command of a Node package. Raises UnavailableError."""
    place = cache / package
    found = place / "node_modules/.bin" / command
    if not found.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise UnavailableError("npm is not on this machine")
        place.mkdir(parents=True, exist_ok=True)
        _do(package, [npm, "install", "--prefix", str(place), "--no-audit", "--no-fund", package])
    if not found.exists():
        raise UnavailableError(f"{package} has no command {command}")
    return found


def machine_command(command: str) -> Path:
    """A command that the machine has already. Raises UnavailableError."""
    found = shutil.which(command)
    if found is None:
        raise UnavailableError(f"{command} is not on this machine")
    return Path(found)


def _do(package: str, argv: list[str]) -> None:
    print(f"  installing {package}: {' '.join(argv[-3:])}", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(
            argv, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{package} could not be installed: {error}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise UnavailableError(f"{package} could not be installed: {last}")
