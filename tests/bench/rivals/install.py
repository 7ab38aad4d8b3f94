"""Rivals installed with the ordinary clients, each into a folder of its own below the cache."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.rivals.tool import UnavailableError

_INSTALL_SECONDS: Final = 600.0


def python_command(cache: Path, package: str, command: str) -> Path:
    """A command of a Python package, in an environment made by the interpreter that runs this.

    Raises UnavailableError. An environment that is there already is used as it is.
    """
    place = cache / package
    found = place / "bin" / command
    if not found.exists():
        _do(package, [sys.executable, "-m", "venv", "--clear", str(place)])
        pip = [str(place / "bin/python"), "-m", "pip", "install", "--quiet"]
        _do(package, [*pip, "--disable-pip-version-check", package])
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
