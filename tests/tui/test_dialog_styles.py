"""A dialog has the styles of its own file from its first moment on, on each Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.desk import desk
from tests.tui.scenes import board
from todo_tui.tui.confirm import Confirm
from todo_tui.tui.tour import Tour

if TYPE_CHECKING:
    from textual.app import App

    from todo_tui.tui.dialog import Dialog

TEXT = "```yaml\n- T-1: One\n  status: todo\n```\n"


@pytest.mark.parametrize("kind", [Confirm, Tour])
async def test_its_styles_are_loaded_before_it_is_known(
    kind: type[Confirm | Tour], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From then on its widgets may be made, which Python 3.12 does at once in a terminal."""
    loaded: list[bool] = []

    def known(self: Dialog[object], app: App[object]) -> None:
        loaded.extend(app.stylesheet.has_source(str(path), "") for path in self.css_path)

    monkeypatch.setattr(kind, "_post_register", known)
    async with desk(board(TEXT), (80, 24)) as it:
        dialog = Confirm("sure?", yes="yes", no="no") if kind is Confirm else Tour()
        it.app.push_screen(dialog)
        await it.settle()
    assert loaded == [True]
