"""A command line that is refused: the answer says how it is written instead."""

from __future__ import annotations

import pytest

from todo_tui.cli.main import command_parser, command_word
from todo_tui.errors import TodoError


def refusal(line: str, *more: str) -> str:
    """What is said of ``line``; the words of ``more`` hold blanks."""
    try:
        name, words = command_word([*line.split(), *more])
        command_parser(name).read(words)
    except TodoError as error:
        return error.message
    raise AssertionError(line)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("clam", "claim"),
        ("complete", "done"),
        ("Finish", "done"),
        ("create", "add"),
        ("tail", "watch"),
        ("delete", None),
    ],
)
def test_a_word_of_another_program_is_no_slip_of_the_pen(word: str, meant: str | None) -> None:
    hint = f"did you mean {meant}?" if meant else "see todo-tui --help"
    assert refusal(word) == f"{word} is no command and no file: {hint}"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("done T-1 --notes x", "done has no option --notes: did you mean --note?"),
        ("add x --prio high", "did you mean --priority?"),
        ("add x --depend T-1", "did you mean --depends-on?"),
        ("list --jsn", "did you mean --json?"),
        ("start --task=T-1", "start has no option --task: see todo-tui start --help"),
        ("done T-1 --reason x", "it takes --note, see todo-tui done --help"),
        ("edit T-1 --status done", "edit has no option --status: claim, start, done, release, "),
        ("add x --parent y", "add has no option --parent: it takes --priority, --assign, --id, "),
        ("--foo", "todo-tui has no option --foo: it takes --plain, --version, see todo-tui --help"),
    ],
)
def test_an_option_that_is_none(line: str, hint: str) -> None:
    assert hint in refusal(line)


@pytest.mark.parametrize("line", ["note T-1 -x", "add -x", "show -x", "claim -n", "list -ready"])
def test_what_begins_with_a_dash_may_be_text(line: str) -> None:
    assert refusal(line).endswith(" What is text although it begins with - goes behind --")


@pytest.mark.parametrize("value", ["-x", "--later", "-a=b"])
def test_a_value_that_begins_with_a_dash_is_written_with_a_sign(value: str) -> None:
    said = refusal(f"block T-1 --reason {value}")
    assert said.endswith(f": a value that begins with - is written --reason={value}")
    assert command_parser("block").read(["T-1", said.split()[-1]]).reason == value


@pytest.mark.parametrize("line", ["block T-1 --reason", "block --reason --json T-1"])
def test_a_value_that_is_not_there(line: str) -> None:
    assert refusal(line).endswith("expected one argument: see todo-tui block --help")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("add Fix the bug", "the is too much: a TITLE of several words goes into quotes"),
        ("note T-1 two words", "words is too much: a TEXT of several words goes into quotes"),
        ("show T-1 T-2", "T-2 is too much: show takes one ID, see todo-tui show --help"),
        (
            "block T-1 because",
            "because is too much: block takes one ID, and a text behind --reason",
        ),
        ("done T-1 T-2", "T-2 is too much: done takes one ID, and a text behind --note"),
        ("check PLAN.md", "PLAN.md is too much: a file is named with --file PLAN.md"),
        ("check T-1", "T-1 is too much: check takes options only"),
        ("done -- T-1 --agent x", "--agent stands behind --, where all is text: give options"),
        ("add Fix -- the bug", "the is too much: a TITLE of several words goes into quotes"),
    ],
)
def test_words_that_are_left_over(line: str, hint: str) -> None:
    assert hint in refusal(line)


def test_what_is_missing_is_named() -> None:
    assert refusal("note T-1") == (
        "the following arguments are required: TEXT: see todo-tui note --help"
    )
    assert "required: TEXT" in refusal("note", "- with blanks it is a text")
