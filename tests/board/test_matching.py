"""Which tasks a query finds, and what is marked in their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.files import task_file
from tests.board.scenes import NOON, board, entry, later, task
from todo_tui.board.matching import Context, matches, matching, spans, tags_of
from todo_tui.board.memory import Memory, Trace
from todo_tui.board.query import Query, parse
from todo_tui.board.reading import read
from todo_tui.document.document import Document
from todo_tui.document.entry import Mapping

if TYPE_CHECKING:
    from random import Random

NOW = later(hours=5)

BOARD = board(
    task("TASK_1", title="Fix the Login form", priority="high", agent="eng-ui"),
    task("TASK_2", "claimed", title="Login tests", agent="eng-ui", by="eng-ui@7f"),
    task("TASK_3", "in_progress", title="Keep CRLF", by="bob", fields=(("Tags", "#store, ui"),)),
    task("TASK_4", title="Later", needs=("TASK_3",), priority="", agent="claude-10"),
    task("TASK_5", "done", title="Done", by="claude-1", fields=(("tags", ("ui-kit", "api")),)),
    task("TASK_6", "blocked", title="Stuck", by="design ux"),
    task("AUTH-7", "review", title="x", fields=(("Description", "a LOGIN"), ("notes", ("Ä b",)))),
    task("TASK_8", title="Unknown", needs=("NOWHERE",), priority="urgent"),
    history=(
        entry(later(hours=1), "TASK_3", "started", "bob", "claimed -> in_progress"),
        entry(later(hours=4, minutes=30), "TASK_2", "claimed", "eng-ui@7f", "todo -> claimed"),
    ),
)  # fmt: skip

CONTEXT = Context(BOARD, NOW, me="eng-ui@7f", changed=frozenset({"TASK_5"}))

FOUND = [
    ("", "12345678"),
    ("login", "127"),
    ("Login", "12"),
    ("LOGIN", "7"),
    ("fix form", "1"),
    ("form fix -login", ""),
    ('"the login"', "1"),
    ('"login the"', ""),
    ("-login", "34568"),
    ("task_3", "3"),
    ("AUTH", "7"),
    ("auth", "7"),
    ("ä", "7"),
    ("store", ""),
    ("@eng", "12"),
    ("@eng-ui@7", "2"),
    ("@ENG", ""),
    ("@bob", "3"),
    ("@claude-1", "45"),
    ('@"claude-1"', "5"),
    ('@"eng-ui"', "12"),
    ('@"design ux"', "6"),
    ("@none", "78"),
    ("-@none -@eng", "3456"),
    ("#ui", "35"),
    ('#"ui"', "3"),
    ("#store", "3"),
    ("#api", "5"),
    ("-#ui", "124678"),
    ("!high", "1"),
    ("!none", "48"),
    ("!medium -is:blocked", "2357"),
    ("is:ready", "1"),
    ("is:blocked", "468"),
    ("is:stale", "23"),
    ("is:mine", "12"),
    ("is:changed", "5"),
    ("is:faulty", "8"),
    ("status:todo", "148"),
    ("status:pending", "148"),
    ("status:in", "3"),
    ('status:"in progress"', "3"),
    ('status:"in"', ""),
    ("status:rev", "7"),
    ("-status:todo -status:done", "2367"),
    ("dep:TASK_3", "4"),
    ("dep:task_3", "4"),
    ("dep:Task_3", ""),
    ("dep:TASK", ""),
    ("age>2h", "3"),
    ("age<1h", "2"),
    ("age<5h", "23"),
    ("-age<5h", "145678"),
]


@pytest.mark.parametrize(("line", "expected"), FOUND)
def test_what_a_query_finds(line: str, expected: str) -> None:
    query = parse(line)
    assert isinstance(query, Query)
    found = matching(query, BOARD.tasks, CONTEXT)
    assert "".join(one.id[-1] for one in found) == expected
    assert found == tuple(one for one in BOARD.tasks if matches(query, one, CONTEXT))


def test_a_status_of_its_own_is_not_blocked() -> None:
    on = board(task("T1", "approved"), task("T2", "blocked"), task("T3", "cancelled"))
    query = parse("is:blocked")
    assert isinstance(query, Query)
    assert [one.id for one in matching(query, on.tasks, Context(on, NOW))] == ["T2"]


def test_nobody_has_tasks_of_their_own() -> None:
    query = parse("is:mine")
    assert isinstance(query, Query)
    assert matching(query, BOARD.tasks, Context(BOARD, NOW)) == ()


def test_the_age_counts_from_what_was_seen() -> None:
    memory = Memory({"TASK_6": Trace(entered=NOON)})
    query = parse("age>4h")
    assert isinstance(query, Query)
    found = matching(query, BOARD.tasks, Context(BOARD, NOW, memory=memory))
    assert [one.id for one in found] == ["TASK_6"]


def test_an_agent_whose_name_begins_with_the_sign() -> None:
    one = board(task("T1", "claimed", by="@claude@7f"))
    for line in ("@claude", '@"@claude"', '@"claude"', "@claude@7f"):
        query = parse(line)
        assert isinstance(query, Query)
        assert matching(query, one.tasks, Context(one, NOW)) == one.tasks, line


def test_tags_in_every_spelling() -> None:
    nested = Mapping((("a", "ui"), ("b", ("api",))))
    for value in ("ui, api", "#ui #api", "[ui, api]", ("ui", "#api"), nested, '"ui"; api'):
        assert tags_of(task("T1", fields=(("Tags", value),))) == ("ui", "api")


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("login", "Login, then LOGIN", [(0, 5), (12, 17)]),
        ("Login", "Login, then LOGIN", [(0, 5)]),
        ("-login is:ready", "Login", []),
        ("abc bcd", "xabcdx", [(1, 5)]),
        ("abc bcd", "abc, abcd", [(0, 3), (5, 9)]),
        ("abcd bc a", "abc, abcd", [(0, 3), (5, 9)]),
        ('"a b" x', "a b x", [(0, 3), (4, 5)]),
        ("(a.", "x(a.b", [(1, 4)]),
        ("日本", "日本語", [(0, 2)]),
        ("age<1h #ui @ui is:ready", "1h ui ready", []),
        ("a", "", []),
    ],
)
def test_what_is_marked(line: str, text: str, expected: list[tuple[int, int]]) -> None:
    query = parse(line)
    assert isinstance(query, Query)
    assert [tuple(span) for span in spans(query, text)] == expected


@settings(max_examples=100, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from([line for line, _ in FOUND if line]), min_size=1, max_size=4),
)
def test_terms_are_all_met_and_a_negated_term_is_the_rest(random: Random, lines: list[str]) -> None:
    one = read(Document.decode(task_file(random)))
    context = Context(one, NOW, me="eng-backend")
    query = parse(" ".join(lines))
    assert isinstance(query, Query)
    found = matching(query, one.tasks, context)
    for single in one.tasks:
        each = [matches(Query((term,)), single, context) for term in query.terms]
        assert (single in found) == all(each)
    for line in lines:
        if not line.startswith("-") and " " not in line:
            yes, no = parse(line), parse("-" + line)
            assert isinstance(yes, Query)
            assert isinstance(no, Query)
            both = matching(yes, one.tasks, context), matching(no, one.tasks, context)
            assert len(both[0]) + len(both[1]) == len(one.tasks)


def test_a_context_answers_for_its_moment() -> None:
    query = parse("is:stale")
    assert isinstance(query, Query)
    early = Context(BOARD, later(hours=4, minutes=31))
    assert [one.id for one in matching(query, BOARD.tasks, early)] == ["TASK_3"]
    earlier = Context(BOARD, later(hours=2), memory=Memory({"TASK_3": Trace(sign=NOON)}))
    assert matching(query, BOARD.tasks, earlier) == ()


def test_a_context_is_shown_without_the_texts_that_it_keeps() -> None:
    context = Context(BOARD, NOW)
    shown = repr(context)
    assert "texts" not in shown
    context.texts.small(BOARD.tasks)
    assert repr(context) == shown
