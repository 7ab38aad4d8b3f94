"""A new user's session, from the first command to the file that it leaves.

Nothing is known to this person but what stands on the screen: each key that is pressed is read
there, in the footer, in a hint or in the help, at the moment when it is pressed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.pty.terminal import Terminal

_SENT: Final = {"Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " "}


class NewUser:
    """Somebody at a terminal who reads."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def types(self, text: str) -> None:
        """Type letters, and what every keyboard has a key for."""
        self._terminal.press(text)

    def sees(self, words: str) -> None:
        """Wait until it is on the screen."""
        self._terminal.wait_for(words)

    def does(self, words: str) -> None:
        """Press the key that the screen names beside these words."""
        self._terminal.wait_for(lambda _: self._key(words) is not None)
        key = self._key(words)
        assert key is not None
        self.types(key)

    def looks_up(self, words: str) -> str:
        """Find the words in the help, page by page; the key beside them."""
        self.does("help")
        self.sees("keys and signs")
        page_down = ""
        for _ in range(20):
            while self._terminal.drain(0.1):
                pass
            if (found := self._key(words)) is not None:
                self.does("back")
                self._terminal.wait_for(lambda it: "keys and signs" not in it.text)
                return found
            page_down = page_down or self._key("a page down") or ""
            assert page_down
            self.types(page_down)
        raise AssertionError(f"the help does not say {words!r}")

    def _key(self, words: str) -> str | None:
        """What stands before the words, after two blanks or where the row begins: a key."""
        for row in reversed(self._terminal.text.split("\n")):
            found = re.search(rf"(?:^ ?|  )(?:or )?(\S+)(?: \S+)? +{re.escape(words)}", row)
            if found is None:
                continue
            sign = found[1]
            if sign.startswith("Ctrl+"):
                return chr(ord(sign[-1]) - ord("A") + 1)
            if len(sign) == 1 or sign in _SENT:
                return _SENT.get(sign, sign)
        return None


def _shell(folder: Path, home: Path) -> Terminal:
    """A shell in ``folder`` in which the program was installed, for somebody who never had it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {"PATH": path, "HOME": str(home), "PS1": "$ ", "ENV": "", "TERM": "xterm-256color",
               "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""}  # fmt: skip
    return Terminal(["sh", "-i"], environ=environ, directory=folder)


def test_from_the_first_command_to_what_the_file_says(tmp_path: Path) -> None:
    folder, home = tmp_path / "shop", tmp_path / "home"
    home.mkdir()
    folder.mkdir()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "config", "user.name", "alice"], check=True)
    with _shell(folder, home) as terminal:
        user = NewUser(terminal)
        user.sees("$")
        user.types("todo-tui --help\r")
        user.sees("write a TODO.md to begin with")
        user.types("clear; todo-tui\r")

        user.sees("There is no shop/TODO.md yet.")
        user.sees("claim a task, start it, finish it")
        user.does("makes one to begin with")
        user.sees("Replace this example by")

        user.does("edit")
        user.sees("edit TASK_001")
        user.types("\x7f" * len("Replace this example by the first task of your own"))
        user.sees("needs a title")
        user.types("Refuse a coupon that has expired")
        user.does("save")
        user.sees("▌Refuse a coupon that has")

        user.does("add")
        user.sees("a new task  below TASK_001")
        user.types("Round the totals")
        user.does("next")
        user.sees("Markdown, as long as it takes")
        user.types("To cents, as the bank does.")
        user.does("next")
        user.sees("critical, high, medium, low; empty: medium")
        user.types("high")
        user.does("save")
        user.sees("you created TASK_002")

        user.does("find")
        user.types("expired")
        user.sees("1 of 2")
        user.does("keep")
        user.sees("▌TASK_001")
        user.does("clear")
        user.sees("Round the totals")

        user.does("claim")
        user.sees("you claimed TASK_001")
        user.does("start")
        user.sees("you started TASK_001")
        user.does("done")
        user.sees("you finished TASK_001")

        user.types(user.looks_up("undo the last thing you did"))
        user.sees("3 in progress          1")
        user.types(user.looks_up("back; on the board: leave"))
        # Until the shell has written its prompt the terminal is the program's.
        terminal.wait_for(lambda it: not it.modes_on() and "$" in it.text)
        user.types("exit\r")
        assert terminal.wait_for_exit() == 0
    text = (folder / "TODO.md").read_bytes()
    head, _, rest = text.partition(b"## Tasks\n")
    assert head.startswith(b"# TODO\n\nAgents and people share this file.")
    assert (
        re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"NOW", rest)
        == b"""
```yaml
- TASK_001: "Refuse a coupon that has expired"
  priority: medium
  assigned_agent: null
  status: in_progress
  claimed_by: alice
  created_at: "NOW"
- TASK_002: "Round the totals"
  priority: high
  status: todo
  created_at: "NOW"
  description: To cents, as the bank does.
```

## Session History

- NOW: TASK_002 created by alice (human) (none -> todo)
- NOW: TASK_001 claimed by alice (human) (todo -> claimed)
- NOW: TASK_001 started by alice (human) (claimed -> in_progress)
- NOW: TASK_001 finished by alice (human) (in_progress -> done)
- NOW: TASK_001 reopened by alice (human) (done -> in_progress): undone
"""
    )
