"""The pictures in the repository are what the screens look like."""

from __future__ import annotations

import pytest

from tests.screenshots import FOLDER, SCENES, picture


@pytest.mark.parametrize("name", SCENES)
async def test_a_picture_is_not_stale(name: str) -> None:
    drawn = await picture(SCENES[name])
    kept = (FOLDER / f"{name}.svg").read_bytes().decode("utf-8")
    assert drawn == kept, "stale: run python -m tests.screenshots"


def test_there_is_no_picture_of_nothing() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(SCENES)
