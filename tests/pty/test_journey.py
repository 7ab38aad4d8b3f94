"""The board as a person has it: a real terminal, a real file, and other programs that write it."""

from __future__ import annotations

import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.terminal import LIMIT, Terminal, python

BEFORE = b"""\xef\xbb\xbf# Plan\r
\r
```yaml\r
- TASK_001: "Refuse a coupon that has expired"  # urgent\r
  priority: high\r
  assigned_agent: eng-backend\r
  status: todo\r
- TASK_002: "Keep the cart"\r
  priority: low\r
  status: todo\r
```\r
\r
Caf\xe9, not UTF-8.\r
"""

EDIT = """
import os, sys
path = sys.argv[1]
with open(path, "rb") as file:
    data = file.read()
old, new = b"  priority: low\\r\\n  status: todo", b"  priority: low\\r\\n  status: done"
assert data.count(old) == 1
with open(path + ".tmp", "wb") as file:
    file.write(data.replace(old, new))
os.replace(path + ".tmp", path)
"""


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "TODO.md"
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    return path


def board(
    path: Path, columns: int = 80, rows: int = 24, environ: dict[str, str] | None = None
) -> Terminal:
    argv = python("-m", "todo_tui", str(path), "--as", "alice")
    return Terminal(argv, columns=columns, rows=rows, environ=environ)


def head(terminal: Terminal) -> list[str]:
    """The counts in the heads of the columns in sight, below what needs a person where it is."""
    rows = terminal.text.split("\n")[1:3]
    heads = next((row for row in rows if row.startswith(" 1 todo")), "")
    return re.findall(r"\d \w[\w ]*?\s+(\d+)", heads)


def test_all_is_drawn_anew_where_something_wrote_over_it(todo: Path) -> None:
    with board(todo) as terminal:
        terminal.wait_for("Keep the cart")
        terminal.wait_for("● live")
        whole = terminal.text
        terminal.screen.reset()
        assert terminal.text.strip() == ""
        terminal.press("\x0c")
        terminal.wait_for(lambda it: it.text == whole)
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_a_task_is_claimed_and_another_moved_by_somebody_else(todo: Path) -> None:
    with board(todo, columns=120, rows=36) as terminal:
        terminal.wait_for("● live")
        assert head(terminal) == ["2", "0", "0", "0"]
        terminal.press("jkc")
        terminal.wait_for(lambda it: head(it) == ["1", "1", "0", "0"])
        subprocess.run(python("-c", EDIT, str(todo)), check=True)
        terminal.wait_for(lambda it: head(it) == ["0", "1", "0", "1"])
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.modes_on() == set()
        assert terminal.settings() == terminal.before

    after = todo.read_bytes()
    claimed = BEFORE.replace(b"status: todo", b"status: claimed", 1)
    claimed = claimed.replace(b"low\r\n  status: todo", b"low\r\n  status: done")
    assert after.startswith(claimed)
    added = after[len(claimed) :].decode()
    assert re.fullmatch(
        r"\r\n## Session History\r\n\r\n- [-\dT:]+Z: TASK_001 claimed for eng-backend by alice "
        r"\(human\) \(todo -> claimed\)\r\n",
        added,
    )


def test_what_cannot_be_done_is_said_and_nothing_is_written(todo: Path) -> None:
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("d")
        terminal.wait_for("TASK_001 is todo and cannot be finished")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert todo.read_bytes() == BEFORE
    assert [path.name for path in todo.parent.iterdir()] == ["TODO.md"]


def test_looking_at_all_screens_leaves_no_trace(todo: Path) -> None:
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("\r")
        terminal.wait_for("Raw")
        terminal.press("q?")
        terminal.wait_for("keys and signs")
        terminal.press("\x1b")
        terminal.wait_for("1 todo")
        terminal.resize(40, 12)
        terminal.wait_for("[todo 2]")
        terminal.resize(120, 36)
        terminal.wait_for("4 done")
        terminal.press("\x03")
        terminal.wait_for("Ctrl+C again to leave")
        terminal.press("\x03")
        assert terminal.wait_for_exit() == 0
        assert terminal.modes_on() == set()
        assert terminal.settings() == terminal.before
    assert todo.read_bytes() == BEFORE
    assert [path.name for path in todo.parent.iterdir()] == ["TODO.md"]


def test_escape_and_a_letter_at_once_are_both_heard(todo: Path) -> None:
    """A terminal sends them so close together that they look like Alt and the letter."""
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.press("\r")
        terminal.wait_for("Raw")
        terminal.press("\x1bj")
        terminal.wait_for(lambda it: "▌TASK_002" in it.text)


def test_what_is_typed_ahead_lands_in_the_line_that_it_was_meant_for(todo: Path) -> None:
    """Letters come faster than a screen is made: none is lost, and none becomes a key."""
    with board(todo, 120, 36) as terminal:
        terminal.wait_for("● live")
        terminal.press("Csomebody else")
        terminal.wait_for("somebody else")
        terminal.press("@1\r")
        terminal.wait_for(lambda it: head(it) == ["1", "1", "0", "0"])
        terminal.press("bqd waits for the answer\r")
        terminal.wait_for("blocked")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    text = todo.read_bytes()
    assert b"TASK_001 claimed for somebody else@1 by alice (human)" in text
    assert b"(claimed -> blocked): qd waits for the answer" in text


@pytest.mark.parametrize("words", ["2>{log}", "2>&-"], ids=["into a file", "closed"])
def test_the_board_is_on_the_terminal_where_messages_are_not(todo: Path, words: str) -> None:
    log = todo.with_name("log")
    command = f'exec "$@" {words.format(log="log")}'
    argv = ["sh", "-c", command, "sh", *python("-m", "todo_tui", str(todo), "--as", "alice")]
    with Terminal(argv, columns=80, rows=24, directory=todo.parent) as terminal:
        terminal.wait_for("● live")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.modes_on() == set()
    assert not log.exists() or log.read_bytes() == b""


def test_a_defect_beside_the_screen_does_not_pass_in_silence(todo: Path) -> None:
    code = """
import sys
from todo_tui.__main__ import run
from todo_tui.tui.oversight import Oversight

def look(*_, **__):
    raise RuntimeError("a defect")

Oversight.look = look
sys.exit(run())
"""
    with Terminal(python("-c", code, str(todo), "--as", "alice")) as terminal:
        assert terminal.wait_for_exit() == 70
        assert "RuntimeError: a defect" in terminal.text
        assert terminal.modes_on() == set()
        assert terminal.settings() == terminal.before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_restores_the_terminal(todo: Path, number: signal.Signals) -> None:
    with board(todo) as terminal:
        terminal.wait_for("● live")
        terminal.process.send_signal(number)
        assert terminal.wait_for_exit() == 128 + number
        assert terminal.modes_on() == set()
        assert terminal.settings() == terminal.before


def test_a_half_written_file_never_flashes(todo: Path) -> None:
    """An editor that truncates and then writes is waited out; the board does not blink."""
    with board(todo, 120, 36) as terminal:
        terminal.wait_for("● live")
        start = len(terminal.sent)
        with todo.open("r+b") as file:
            data = file.read().replace(b"Keep the cart", b"Keep the order")
            file.seek(0)
            file.truncate()
            file.flush()
            file.write(data[:60])
            file.flush()
            file.write(data[60:])
        terminal.wait_for("Keep the order")
        assert b"No tasks" not in terminal.sent[start:]
        assert b"unreadable" not in terminal.sent[start:]


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"NO_COLOR": "1"}, set()),
        ({"NO_COLOR": ""}, {"true colours"}),
        ({"COLORTERM": "", "TERM": "xterm"}, {"sixteen"}),
        ({}, {"true colours"}),
    ],
    ids=str,
)
def test_colours_are_those_that_the_terminal_has(
    todo: Path, environ: dict[str, str], colours: set[str]
) -> None:
    with board(todo, environ=environ) as terminal:
        terminal.wait_for("● live")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        found = set()
        for styles in re.findall(rb"\x1b\[([\d;]+)m", terminal.sent):
            codes, true = re.subn(r"[34]8;2;\d+;\d+;\d+", "", styles.decode())
            found |= {"true colours"} if true else set()
            found |= {"sixteen"} if re.search(r"\b(3[0-7]|4[0-7]|9[0-7])\b", codes) else set()
        assert found == colours


def test_escapes_in_the_file_never_reach_the_terminal(todo: Path) -> None:
    nasty = b"x\x1b]0;owned\x07 \x1b[2J \xc2\x9b31m \xe2\x80\xae evil \r \x08 [/] [@click=app.quit]"
    todo.write_bytes(BEFORE.replace(b"Keep the cart", nasty.replace(b"\r", b"")))
    with board(todo, 120, 36) as terminal:
        terminal.wait_for("● live")
        terminal.press("j\r")
        terminal.wait_for("Raw")
        terminal.press("q")
        terminal.wait_for("4 done")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        for sequence in (b"owned\x07", b"\x1b]0", b"\xc2\x9b", b"\xe2\x80\xae", b"\x08"):
            assert sequence not in terminal.sent
        assert b"[/] [@click=app.quit]" in terminal.sent


def test_a_program_that_holds_the_lock_is_waited_for_on_the_way_out(todo: Path) -> None:
    """What was asked for is written before the board is left."""
    hold = (
        "import fcntl, os, sys\n"
        "os.makedirs(os.path.dirname(sys.argv[1]), exist_ok=True)\n"
        "lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    lock = lock_of(todo)
    with subprocess.Popen(
        python("-c", hold, str(lock)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with board(todo) as terminal:
            terminal.wait_for("● live")
            terminal.press("cq")
            terminal.wait_for("leaving when the last change to the file is written")
            assert terminal.process.poll() is None
            assert todo.read_bytes() == BEFORE
            holder.stdin.close()
            assert terminal.wait_for_exit() == 0
            assert terminal.modes_on() == set()
    assert todo.read_bytes().count(b"status: claimed") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs flock")
@pytest.mark.parametrize("edited", [False, True], ids=["looked", "seen to be edited"])
def test_who_only_looked_does_not_wait_for_the_lock_to_leave(todo: Path, edited: bool) -> None:
    import fcntl

    lock = lock_of(todo)
    lock.parent.mkdir()
    with lock.open("w") as held, board(todo, 120, 36) as terminal:
        terminal.wait_for("● live")
        fcntl.flock(held, fcntl.LOCK_EX)
        if edited:
            subprocess.run(python("-c", EDIT, str(todo)), check=True)
            terminal.wait_for(lambda it: head(it) == ["1", "0", "0", "1"])
        terminal.press("q")
        assert terminal.wait_for_exit(limit=6) == 0


def lock_of(path: Path) -> Path:
    """The file that writers lock."""
    from todo_tui.storage import lock

    return Path(lock.folder_of(path)) / "lock"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only a signal tells of it")
@pytest.mark.parametrize("unread", [0, 300], ids=["idle", "in the middle of writing"])
def test_the_board_ends_when_its_terminal_goes_away(todo: Path, unread: int) -> None:
    """Without any signal: the terminal of a test is not a controlling one."""
    with board(todo) as terminal:
        terminal.wait_for("● live")
        if unread:
            terminal.press("z" * unread)
            assert select.select([terminal.keyboard], [], [], LIMIT)[0]
        terminal.hang_up()
        assert terminal.process.wait(LIMIT) == 129
    assert todo.read_bytes() == BEFORE
