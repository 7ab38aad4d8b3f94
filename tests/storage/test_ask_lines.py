"""The lines of an ask: each comes back as it was, and what is none of them is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.board.scenes import task
from todo_tui.board.request import Actor, Block, Claim, ClaimNext, Note, Seen
from todo_tui.board.thresholds import DEFAULT, Thresholds
from todo_tui.document.entry import Mapping
from todo_tui.errors import Location, Place, TodoError
from todo_tui.storage.ask_lines import (
    Answer,
    Lost,
    answer_line,
    belongs_to,
    read_answer,
    read_wish,
    wish_line,
    word_line,
)
from todo_tui.storage.planner import Wish
from todo_tui.storage.steady import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from todo_tui.board.task import Task

BOB: Final = Actor("bob@1")
LIMITS: Final = Thresholds(
    timedelta(seconds=2.5), 7, {"claimed": timedelta(minutes=3), "review": timedelta(days=1)}
)
WISHES: Final = [
    Wish(Claim("T1", BOB), True, "command", DEFAULT),
    Wish(Claim("T1", BOB, seen=Seen("todo", None)), False, "board", LIMITS),
    Wish(ClaimNext(Actor("alice", human=True, for_agent="bob")), True, "file", DEFAULT),
    Wish(Note("T1", BOB, "a line\nand \udce9 \N{SNOWMAN}"), True, "command", LIMITS),
]
RICH: Final = task("T1", "claimed", by="bob@1", fields=(("links", Mapping((("a", "1"),))),))
PAIRED: Final = RICH._replace(pairs=(("T1", "Work"), ("status", "claimed")), guessed=True)
REFUSAL: Final = TodoError(
    "ambiguous",
    "T1 names two tasks",
    places=(Place("T1#a", 3, "one"), Place("T1#b", 9, "two")),
    location=Location(3, 1, "- T1: one"),
    holder="eve",
    since="2026-11-22",
)
ANSWERS: Final = [
    Answer(True, (RICH,)),
    Answer(False, ()),
    Answer(False, (), REFUSAL),
    Answer(True, (RICH, task("T2")), None, True, "kept beside it", Stamp(1, 2, 3)),
]


def whole(line: bytes) -> bytes:
    """A line without its end, of which there is one."""
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert line.isascii()
    return line[:-1]


@pytest.mark.parametrize("wish", WISHES, ids=range(len(WISHES)))
def test_a_wish_comes_back(wish: Wish) -> None:
    assert read_wish(whole(wish_line(wish))) == wish


def test_a_request_that_not_all_understand_is_not_asked() -> None:
    with pytest.raises(AssertionError):
        wish_line(Wish(object(), True, "command", DEFAULT))  # type: ignore[arg-type]


def amended(line: bytes, change: Callable[[Any], object]) -> bytes:
    """A line of which something was changed."""
    body = json.loads(line)
    change(body)
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "key", ["version", "request", "history", "source", "too_fast", "bulk_done", "patience"]
)
def test_a_wish_needs_all_that_it_has(key: str) -> None:
    line = wish_line(WISHES[0])
    assert read_wish(amended(line, lambda body: body.pop(key))) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", "0.0.0"), ("version", None), ("source", "elsewhere"), ("source", ["board"]),
        ("too_fast", "soon"), ("too_fast", 1e300), ("bulk_done", "many"), ("bulk_done", None),
        ("patience", []), ("patience", {"todo": "long"}), ("patience", {"todo": 1e300}),
        ("request", None), ("request", "Claim"), ("request", {"kind": "Add"}),
        ("request", {"kind": "Claim", "ref": 1, "by": ["x", False, None], "seen": None}),
    ],
)  # fmt: skip
def test_a_wish_of_something_else_is_none(key: str, value: object) -> None:
    line = wish_line(WISHES[0])
    assert read_wish(amended(line, lambda body: body.update({key: value}))) is None


@pytest.mark.parametrize("value", [False, None, 1, "true", []])
def test_history_is_wanted_where_it_says_true(value: object) -> None:
    found = read_wish(amended(wish_line(WISHES[0]), lambda body: body.update(history=value)))
    assert found == WISHES[0]._replace(history=False)


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_an_answer_comes_back(answer: Answer) -> None:
    found = read_answer([whole(answer_line("new-1", answer)), whole(word_line(answer))])
    assert found is not None
    assert found._replace(refusal=None) == answer._replace(refusal=None)
    assert repr(found.refusal) == repr(answer.refusal)
    if answer.refusal is not None:
        assert found.refusal is not None
        assert vars(found.refusal) == vars(answer.refusal)


def test_the_tasks_of_an_answer_have_their_pairs() -> None:
    answer = Answer(True, (PAIRED,))
    found = read_answer([answer_line("new-1", answer), word_line(answer)])
    assert found is not None
    (back,) = found.tasks
    assert (back.pairs, back.guessed) == (PAIRED.pairs, True)


def test_an_answer_of_which_nobody_knows_is_lost() -> None:
    with pytest.raises(Lost):
        read_answer([answer_line("new-1", ANSWERS[0]), word_line(None)])


@pytest.mark.parametrize("key", ["changed", "tasks", "refusal"])
def test_an_answer_needs_all_that_it_has(key: str) -> None:
    line = amended(answer_line("new-1", ANSWERS[0]), lambda body: body.pop(key))
    assert read_answer([line, word_line(ANSWERS[0])]) is None


@pytest.mark.parametrize("key", ["lost", "merged", "said", "stamp"])
def test_a_word_needs_all_that_it_has(key: str) -> None:
    line = amended(word_line(ANSWERS[3]), lambda body: body.pop(key))
    assert read_answer([answer_line("new-1", ANSWERS[3]), line]) is None


@pytest.mark.parametrize(
    "lines",
    [
        [b"{}", b"{}"], [b"null", b"null"], [b"[]", b"[]"], [b"", b""], [b"{", b"}"],
        [b"[" * 100_000, b"{}"], [b'{"changed":true}', b'{"lost":false}'],
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_no_answer_is_none(lines: list[bytes]) -> None:
    assert read_answer(lines) is None


@pytest.mark.parametrize(
    ("which", "key", "value"),
    [
        (0, "tasks", [{}]), (0, "tasks", None), (0, "tasks", [3]), (0, "refusal", {}),
        (0, "refusal", "no"), (1, "said", 3), (1, "stamp", 3), (1, "stamp", [1, 2, "x"]),
        (1, "stamp", [1, 2]), (1, "stamp", [1, 2, 3, 4, 5]),
    ],
)  # fmt: skip
def test_an_answer_of_something_else_is_none(which: int, key: str, value: object) -> None:
    lines = [answer_line("new-1", ANSWERS[3]), word_line(ANSWERS[3])]
    lines[which] = amended(lines[which], lambda body: body.update({key: value}))
    assert read_answer(lines) is None


@pytest.mark.parametrize("key", ["changed", "merged"])
@pytest.mark.parametrize("value", [None, 1, "true"])
def test_only_true_is_true(key: str, value: object) -> None:
    lines = [answer_line("new-1", ANSWERS[3]), word_line(ANSWERS[3])]
    which = int(key == "merged")
    lines[which] = amended(lines[which], lambda body: body.update({key: value}))
    found = read_answer(lines)
    assert found is not None
    assert (found.changed, found.merged) == (key != "changed", key != "merged")


@pytest.mark.parametrize(
    ("line", "belongs"),
    [
        (answer_line("new-1", ANSWERS[0]), True), (answer_line("new-2", ANSWERS[0]), False),
        (b'{"for":"new-1"}', True), (b'{"of":"new-1"}', False), (b'["for","new-1"]', False),
        (b'"new-1"', False), (b"null", False), (b"", False), (b"{", False),
        (b"[" * 100_000, False),
    ],
)  # fmt: skip
def test_to_which_replacement_an_answer_belongs(line: bytes, belongs: bool) -> None:
    assert belongs_to(line, "new-1") is belongs


def test_a_reason_is_part_of_a_wish() -> None:
    wish = Wish(Block("T1", BOB, "waits for a key"), True, "command", DEFAULT)
    assert read_wish(wish_line(wish)) == wish


def moved(given: Task) -> Task:
    return given._replace(status="done", raw_status="done")


def test_an_answer_tells_of_each_task_by_itself() -> None:
    answer = Answer(True, (RICH, moved(RICH)))
    found = read_answer([answer_line("new-1", answer), word_line(answer)])
    assert found is not None
    assert [one.status for one in found.tasks] == ["claimed", "done"]
