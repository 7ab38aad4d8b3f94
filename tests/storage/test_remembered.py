"""What is remembered from one start to the next, and where."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import platformdirs
import pytest

from tests.storage.folders import XDG, environ_with
from todo_tui.errors import TodoError
from todo_tui.storage.remembered import Remembered

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    found = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    for name, value in found.items():
        # Elsewhere than on Linux platformdirs is asked, which asks the system.
        monkeypatch.setenv(name, value)
    return found


def test_a_word_is_there_at_the_next_start(environ: dict[str, str]) -> None:
    assert Remembered(environ).word("theme") is None
    Remembered(environ).remember("theme", "nord")
    Remembered(environ).remember("other", "x")
    assert Remembered(environ).word("theme") == "nord"


def test_looking_makes_no_file(environ: dict[str, str], tmp_path: Path) -> None:
    Remembered(environ).word("theme")
    Remembered(environ).boards(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the place on Linux")
@pytest.mark.parametrize(
    ("xdg", "folder"), [(None, ".local/state"), (" ", ".local/state"), ("x", "x")]
)
def test_the_environment_that_is_given_says_where_the_file_is(
    tmp_path: Path, xdg: str | None, folder: str
) -> None:
    environ = {"HOME": str(tmp_path)}
    if xdg is not None:
        environ["XDG_STATE_HOME"] = str(tmp_path / xdg) if xdg.strip() else xdg
    Remembered(environ).remember("theme", "nord")
    assert (tmp_path / folder / "todo-tui" / "state.json").read_text() == '{\n "theme": "nord"\n}'


def test_boards_are_remembered_by_directory(environ: dict[str, str], tmp_path: Path) -> None:
    one, two = tmp_path / "a.md", tmp_path / "b.md"
    one.touch()
    two.touch()
    Remembered(environ).remember_boards(tmp_path, (one, two))
    Remembered(environ).remember_boards(tmp_path / "x", (two,))
    assert Remembered(environ).boards(tmp_path) == (str(one), str(two))
    assert Remembered(environ).boards(tmp_path / "x") == (str(two),)
    one.unlink()
    assert Remembered(environ).boards(tmp_path) == (str(two),)


def test_what_was_opened_again_is_not_written_again(
    environ: dict[str, str], tmp_path: Path
) -> None:
    one = tmp_path / "a.md"
    Remembered(environ).remember_boards(tmp_path, (one,))
    file = tmp_path / "state" / "todo-tui" / "state.json"
    before = file.stat().st_ino
    Remembered(environ).remember_boards(tmp_path, (one,))
    assert file.stat().st_ino == before


def test_how_a_board_was_left_is_remembered_by_file(
    environ: dict[str, str], tmp_path: Path
) -> None:
    one, two = tmp_path / "a.md", tmp_path / "b.md"
    assert Remembered(environ).left(one) == {}
    Remembered(environ).remember_left(one, {"order": "priority", "folded": ["done"]})
    Remembered(environ).remember_left(two, {"lanes": "agent"})
    Remembered(environ).remember("theme", "nord")
    assert Remembered(environ).left(one) == {"order": "priority", "folded": ["done"]}
    assert Remembered(environ).left(two) == {"lanes": "agent"}
    Remembered(environ).remember_left(one, {})
    assert Remembered(environ).left(one) == {}
    assert '"order"' not in (tmp_path / "state" / "todo-tui" / "state.json").read_text()


def test_the_boards_that_were_left_longest_ago_are_forgotten(
    environ: dict[str, str], tmp_path: Path
) -> None:
    for number in range(203):
        Remembered(environ).remember_left(tmp_path / f"{number}", {"order": "newest"})
    known = [bool(Remembered(environ).left(tmp_path / f"{number}")) for number in range(203)]
    assert known == [False] * 3 + [True] * 200


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b"\xff", b'{"theme": 1, "boards": 2}'])
def test_a_broken_file_is_nothing(environ: dict[str, str], tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "state" / "todo-tui" / "state.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    assert Remembered(environ).word("theme") is None
    assert Remembered(environ).boards(tmp_path) == ()
    Remembered(environ).remember("theme", "nord")
    assert Remembered(environ).word("theme") == "nord"


def test_a_disk_that_refuses_is_said(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(TodoError) as caught:
        Remembered(environ).remember("theme", "nord")
    assert caught.value.code == "disk"


@pytest.mark.skipif(sys.platform != "linux", reason="the place on Linux")
@pytest.mark.parametrize("xdg", XDG)
def test_the_file_is_where_the_system_has_it(
    tmp_path: Path, xdg: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = environ_with("XDG_STATE_HOME", xdg, tmp_path, monkeypatch)
    Remembered(environ).remember("theme", "nord")
    assert (platformdirs.user_state_path("todo-tui") / "state.json").is_file()
