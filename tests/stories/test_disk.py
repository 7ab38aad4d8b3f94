"""The disk refuses while the board is open: it says so, and goes on showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.cast import Agent, counts, open_board

if TYPE_CHECKING:
    from tests.cli.program import Folder

PLAN = '```yaml\n- TASK_001: "Bake bread"\n  priority: high\n  status: todo\n```\n'


def test_a_file_becomes_read_only_and_may_be_written_again(folder: Folder) -> None:
    folder.write(PLAN)
    eng = Agent(folder, "eng@1")
    with open_board(folder) as board:
        board.wait_for("● live")

        # Somebody takes the permission away. The person and the agent are both told, and the
        # file stays as it was.
        folder.todo.chmod(0o444)
        board.press("c")
        board.wait_for("is read-only")
        assert "Bake bread" in board.text
        error = eng.says("claim", "TASK_001", code=7)["error"]
        assert error["code"] == "disk"
        assert "read-only" in error["message"]
        assert folder.text == PLAN

        # It is given back, and the same key does what it did not do before.
        folder.todo.chmod(0o644)
        board.press("c")
        board.wait_for(lambda it: counts(it).get("claimed") == 1)
        board.press("q")
        assert board.wait_for_exit() == 0
    assert "status: claimed" in folder.text
