"""Where a system has its folders for programs, told by the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

XDG = (None, "", "elsewhere")
"""The folder below the home that a variable names, nothing in it, or the variable is not there."""


def environ_with(
    variable: str, xdg: str | None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """An environment with this home and one of XDG in ``variable``, which is ours from now on."""
    environ = {"HOME": str(home)}
    if xdg is not None:
        environ[variable] = xdg and str(home / xdg)
    monkeypatch.delenv(variable, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return environ
