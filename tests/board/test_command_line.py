"""The board's own command line: how a line is read, and what could stand in it."""

from __future__ import annotations

import pytest

from tests.tui.desk import ALICE, task
from todo_tui.board.board import board_of
from todo_tui.board.command_line import RAW, Said, Unread, completion, of_board, parse, split
from todo_tui.board.commands import COMMANDS, Command, request
from todo_tui.board.request import Add, Amend, Block, Claim, ClaimNext, Draft, Finish, Note
from todo_tui.errors import TodoError

ALL = {**COMMANDS, "filter": Command("filter", "", (RAW,)), "quit": Command("quit", "", ()),
       "theme": Command("theme", "", ("THEME",))}  # fmt: skip

BOARD = board_of(
    [
        task("T-1", agent="eng-backend"),
        task("T-2", status="claimed", agent="qa"),
        task("T-30", status="in_progress", agent="qa@1"),
        task("U-1"),
    ]
)


def values(line: str, selected: str | None = "T-9") -> dict[str, object]:
    said = parse(line, ALL, selected=selected)
    assert isinstance(said, Said), said
    return {name: value for name, value in said.values.items() if value is not None}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("claim T-1", {"id": "T-1"}),
        ("claim", {"id": "T-9"}),
        ("claim .", {"id": "T-9"}),
        ("claim --next", {"next": True}),
        ("done --note all of it", {"id": "T-9", "note": "all of it"}),
        ('done T-1 --note "all  of it"', {"id": "T-1", "note": "all  of it"}),
        (
            "release --reason waits for the bank T-1",
            {"id": "T-9", "reason": "waits for the bank T-1"},
        ),
        ("release --reason 'no time' T-1", {"id": "T-1", "reason": "no time"}),
        ("add Fix the bug", {"title": "Fix the bug"}),
        ('add "Fix it" --priority high', {"title": "Fix it", "priority": "high"}),
        (
            "add --depends-on T-1 --depends-on T-2 Don't stop",
            {"title": "Don't stop", "depends_on": ["T-1", "T-2"]},
        ),
        ("edit T-1 --unassign", {"id": "T-1", "unassign": True}),
        ("edit --title a b --priority low", {"id": "T-9", "title": "a b", "priority": "low"}),
        ("note T-1 seen it", {"id": "T-1", "text": "seen it"}),
        ('filter  @eng -is:done "a b"', {"line": '@eng -is:done "a b"'}),
        ("filter", {"line": ""}),
        ("theme", {}),
        ("quit", {}),
    ],
)
def test_a_line_is_read(line: str, expected: dict[str, object]) -> None:
    assert values(line) == expected


@pytest.mark.parametrize(
    ("line", "at", "words"),
    [
        ("", 0, "Tab shows"),
        ("clame T-1", 0, "did you mean claim?"),
        ("xyzzy", 0, "there is no command xyzzy; Tab"),
        ("claim T-1 T-2", 10, "T-2 is too much: claim ID"),
        ("done --reason x", 5, "it takes --note"),
        ("start --now", 6, "takes no option: start ID"),
        ("add --priority", 14, "--priority what?"),
        ("add", 3, "add what? add TITLE [--priority P]"),
        ("note T-1", 8, "note ID TEXT   . is the selected task"),
        ("quit now", 5, "now is too much: quit"),
    ],
)
def test_what_is_no_command_is_told_with_its_place(line: str, at: int, words: str) -> None:
    found = parse(line, ALL, selected="T-9")
    assert isinstance(found, Unread)
    assert words in found.words
    assert found.at == at


def test_without_a_selected_task_one_has_to_be_named() -> None:
    found = parse("claim", ALL, selected=None)
    assert isinstance(found, Unread)
    assert "No task is selected" in found.words


def test_words_may_be_quoted() -> None:
    words = split('a "b c" \'d "e\' f\'g "open h')
    assert [word.text for word in words] == ["a", "b c", 'd "e', "f'g", "open h"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cl", ("claim",)),
        ("re", ("release", "reopen")),
        ("claim ", ("T-1", "U-1")),
        ("claim t", ("T-1",)),
        ("start ", ("T-2",)),
        ("done T-3", ("T-30",)),
        ("edit T-1 --", ("--title", "--priority", "--assign", "--unassign", "--depends-on",
                         "--description")),
        ("edit T-1 --title x --t", ()),
        ("add x --priority ", ("critical", "high", "medium", "low")),
        ("add x --assign q", ("qa",)),
        ("edit T-1 --depends-on U", ("U-1",)),
        ("add tit", ()),
        ("nothing ", ()),
    ],
)  # fmt: skip
def test_what_could_stand_there(line: str, expected: tuple[str, ...]) -> None:
    offer = completion(line, len(line), ALL, lambda name, place: of_board(BOARD, name, place))
    assert offer.candidates == expected
    assert line[offer.span.start :] == line[offer.span.start : offer.span.stop]


def test_a_candidate_with_blanks_is_quoted() -> None:
    offer = completion("theme a", 7, ALL, lambda _name, _place: ["a b", 'a"c', "b"])
    assert offer.candidates == ('"a b"',)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("claim T-1", Claim("T-1", ALICE)),
        ("claim --next", ClaimNext(ALICE)),
        ("done --note x", Finish("T-9", ALICE, note="x")),
        ("block --reason x", Block("T-9", ALICE, reason="x")),
        ("note . x", Note("T-9", ALICE, "x")),
        ("add x --under G", Add((Draft("x", under="G"),), ALICE)),
        ("edit --unassign --depends-on ''", Amend("T-9", ALICE, assign="", depends_on=())),
    ],
)
def test_a_line_is_the_request_that_the_shell_makes_of_it(line: str, expected: object) -> None:
    said = parse(line, ALL, selected="T-9")
    assert isinstance(said, Said)
    assert request(said.command.name, said.values, ALICE) == expected


@pytest.mark.parametrize(
    "line", ["claim T-1 --next", "edit T-1", "edit --assign ''", "edit --assign a --unassign"]
)
def test_what_cannot_be_asked_is_refused(line: str) -> None:
    said = parse(line, ALL, selected="T-9")
    assert isinstance(said, Said)
    with pytest.raises(TodoError) as caught:
        request(said.command.name, said.values, ALICE)
    assert caught.value.code == "usage"
