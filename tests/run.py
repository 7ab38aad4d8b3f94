"""Install the project and its test tools into fresh environments and run the tests in each.

    python3 tests/run.py [--only 3.12] [pytest arguments]

Takes every CPython from 3.11 to 3.13 that the machine has, on the PATH or where pyenv and uv keep
theirs, and gives each an environment of its own under ``.venvs/``. The storms, faults, bombs and
mutants, which are about the system and not about Python, run on the first one only. Uses only the
standard library, so that it runs before anything is installed. Exit code: that of the
first run that failed, else 0.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")
STORMS = [f"--ignore=tests/{folder}" for folder in ("storm", "faults", "fuzz", "mutation", "bench")]
ROOT = Path(__file__).resolve().parent.parent


def version_of(python: str) -> str:
    """``3.12`` for an interpreter that runs and is CPython, else nothing."""
    code = "import sys;print(sys.implementation.name,'%d.%d'%sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python, "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    name, _, version = answer.stdout.strip().partition(" ")
    return version if answer.returncode == 0 and name == "cpython" else ""


def interpreters() -> dict[str, str]:
    """Version to path of an interpreter, for each of VERSIONS that is to be had here."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    uv = Path.home() / ".local/share/uv/python"
    candidates = [sys.executable, *(shutil.which(f"python{v}") or "" for v in VERSIONS)]
    candidates += [
        str(p) for folder in (pyenv, uv) for p in sorted(folder.glob("*3.1*/bin/python3"))
    ]
    found: dict[str, str] = {}
    for python in filter(None, candidates):
        version = version_of(python)
        if version in VERSIONS:
            found.setdefault(version, python)
    return dict(sorted(found.items()))


def run_in(version: str, python: str, arguments: list[str]) -> int:
    """Make the environment for one interpreter, install into it, run pytest; its exit code."""
    place = ROOT / ".venvs" / version
    own = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    print(f"== Python {version} ({python})", flush=True)
    if not own.exists():
        subprocess.run([python, "-m", "venv", str(place)], check=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]"]
    subprocess.run([str(own), *install], cwd=ROOT, check=True)
    return subprocess.run([str(own), "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run everything; see the module's docstring."""
    found = interpreters()
    missing = ", ".join(v for v in VERSIONS if v not in found)
    if arguments[:1] == ["--only"]:
        found = {v: p for v, p in found.items() if v == arguments[1]}
        arguments = arguments[2:]
    if not found:
        print("no CPython 3.11, 3.12 or 3.13 found", file=sys.stderr)
        return 1
    codes = [
        run_in(version, python, arguments + (STORMS if number else []))
        for number, (version, python) in enumerate(found.items())
    ]
    print(f"== ran on {', '.join(found)}" + (f"; not here: {missing}" if missing else ""))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
