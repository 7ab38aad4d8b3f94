"""Text from the file is data: it is never obeyed by a terminal, a shell or a JSON reader."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_tui.cli.output import to_json

if TYPE_CHECKING:
    from tests.cli.program import Folder

TITLE = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe \udcff\udcfe $(touch x) [b]bold[/b] 中文 é 😀"
AGENT = "e\x1b[2Jve"


@pytest.fixture
def hostile(folder: Folder) -> Folder:
    text = (
        f"### TASK_001: {TITLE}\n\n- **Status**: claimed\n- **Priority**: high\n"
        f"- **Agent**: {AGENT}\n- **Notes**: {TITLE}\n- **{TITLE}**: x\n\n"
        f"### TASK_002: Other\n\n- **Status**: to\x1bdo {TITLE}\n- **Priority**: {TITLE}\n"
        f"- **Dependencies**: [{AGENT}]\n- **Created**: 2026-99-99\n\n"
        f"## Session History\n\n- 2026-11-02T08:00:00Z: TASK_001 {TITLE}\n"
    )
    return folder.write(text)


WORDS = [
    ["list"],
    ["show", "TASK_001"],
    ["show", "TASK_002"],
    ["show", "TASK_00"],
    ["history"],
    ["check"],
    ["status"],
    [],
    ["done", "TASK_001", "--agent", "other"],
    ["claim", "TASK_001", "--agent", "other"],
    ["claim", "TASK_002", "--agent", "other"],
    ["start", "TASK_001", "--agent", TITLE],
    ["show", TITLE],
    ["list", f"--{TITLE}"],
    [TITLE],
]


@pytest.mark.parametrize("words", WORDS)
def test_nothing_but_text_reaches_the_terminal(hostile: Folder, words: list[str]) -> None:
    done = hostile.run(*words)
    for character in (done.out + done.err).replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@pytest.mark.parametrize("words", WORDS)
def test_json_is_strict_ascii_whatever_the_texts_hold(hostile: Folder, words: list[str]) -> None:
    hostile.run("--json", *words).json  # noqa: B018 - reading it is the test


def test_bytes_that_are_no_text_come_out_as_the_replacement_character(hostile: Folder) -> None:
    title = hostile.json("show", "TASK_001")["task"]["title"]
    assert title == TITLE.replace("\udcff", "\ufffd").replace("\udcfe", "\ufffd")


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_value_survives_json(value: object) -> None:
    text = to_json(value)
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == _without_surrogates(value)


def _without_surrogates(value: object) -> object:
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(one) for one in value]
    text = str(value)
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


def test_output_survives_a_terminal_of_few_letters(hostile: Folder) -> None:
    done = hostile.run("list", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0", LC_ALL="C")
    assert done.code == 0
    assert done.raw.isascii()
