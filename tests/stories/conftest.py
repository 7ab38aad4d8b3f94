"""The folder in which a story plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder."""
    return Folder(tmp_path)
