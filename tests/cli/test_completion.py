"""Completion in real shells, and by the protocol that their scripts speak."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import TIMEOUT, Folder, environment

SCRIPTS = str(Path(sys.executable).parent)
SHELLS = ("bash", "zsh", "fish")


def completions(folder: Folder, line: str) -> list[str]:
    """What the program offers for a command line with the cursor at its end."""
    reading, writing = os.pipe()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    # The protocol wants the answers on descriptor 8 and takes 9 for what it debugs.
    script = f"exec todo-tui 8>&{writing} 9>&{nowhere}"
    environ = environment(folder.path) | {
        "PATH": f"{SCRIPTS}:{os.environ['PATH']}",
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "bash",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
        "COMP_TYPE": "9",
    }
    done = subprocess.run(
        ["/usr/bin/env", "bash", "-c", script],
        cwd=folder.path,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(writing, nowhere),
        check=False,
        timeout=TIMEOUT,
    )
    os.close(writing)
    os.close(nowhere)
    with os.fdopen(reading) as answers:
        found = answers.read()
    assert b"Traceback" not in done.stderr
    return sorted(word.strip() for word in found.split("\n") if word.strip())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("todo-tui cla", ["claim"]),
        ("todo-tui claim TASK_", ["TASK_002", "TASK_003", "TASK_005"]),
        ("todo-tui done ", ["TASK_004"]),
        ("todo-tui show TASK_00", [f"TASK_00{n}" for n in range(1, 6)]),
        ("todo-tui claim TASK_003 --agent ", ["eng", "qa", "qa@1"]),
        ("todo-tui list --status ", ["done", "in_progress", "todo"]),
        ("todo-tui list --priority c", ["critical"]),
        ("todo-tui completion ", ["bash", "fish", "zsh"]),
        ("todo-tui --file nowhere.md claim TASK_", []),
    ],
)
def test_words_of_the_file_are_completed(shop: Folder, line: str, expected: list[str]) -> None:
    found = [word for word in completions(shop, line) if not word.startswith("-")]
    assert found == expected


def test_only_words_that_a_shell_leaves_alone_are_offered(folder: Folder) -> None:
    folder.write(
        "```yaml\n- id: TASK_001\n  title: a\n  status: todo\n  priority: low\n"
        "- id: $(reboot)\n  title: b\n  status: todo\n  priority: low\n"
        "- id: TASK_002;ls\n  title: c\n  status: todo\n  priority: low\n```\n"
    )
    found = completions(folder, "todo-tui claim ")
    assert [word for word in found if not word.startswith("-")] == ["TASK_001"]


def test_a_file_that_cannot_be_read_completes_nothing(folder: Folder) -> None:
    folder.write("- TASK_001: \x00\n")
    assert [w for w in completions(folder, "todo-tui claim ") if not w.startswith("-")] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell(shop: Folder, shell: str) -> None:
    script = shop.run("completion", shell).out
    assert "todo-tui" in script
    assert shop.json("completion", shell)["script"].strip() == script.strip()


DRIVERS = {
    "bash": 'eval "$(todo-tui completion bash)"; COMP_LINE="todo-tui claim TASK_"; COMP_POINT=20;'
    " COMP_TYPE=9; COMP_WORDS=(todo-tui claim TASK_); COMP_CWORD=2;"
    ' _python_argcomplete todo-tui; printf "%s\\n" "${COMPREPLY[@]}"',
    "zsh": "compdef() { }; _describe() { print -l ${completions%%:*} };"
    ' eval "$(todo-tui completion zsh)"; BUFFER="todo-tui claim TASK_"; CURSOR=20;'
    " words=(todo-tui claim TASK_); _python_argcomplete",
    "fish": "todo-tui completion fish | source; complete -C 'todo-tui claim TASK_'",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes_a_task(shop: Folder, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    done = subprocess.run(
        [program, "-c", DRIVERS[shell]],
        cwd=shop.path,
        env=environment(shop.path) | {"PATH": f"{SCRIPTS}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )
    found = [line.split("\t")[0].strip() for line in done.stdout.splitlines()]
    assert [word for word in found if word] == ["TASK_002", "TASK_003", "TASK_005"], done.stderr
