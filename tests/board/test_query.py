"""Lines of the filter language: what they say, and where they are wrong."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_tui.board.query import Query, QueryError, Term, parse, tokens

READ = [
    ("", ()),
    ("   ", ()),
    ("fix login", (Term("word", "fix"), Term("word", "login"))),
    ('"fix login"', (Term("word", "fix login", exact=True),)),
    ('-"fix login', (Term("word", "fix login", negated=True, exact=True),)),
    ("-fix", (Term("word", "fix", negated=True),)),
    ("--dry", (Term("word", "-dry", negated=True),)),
    ("AUTH-12", (Term("word", "AUTH-12"),)),
    ("don't \"quote", (Term("word", "don't"), Term("word", "quote", exact=True))),
    ('5"', (Term("word", '5"'),)),
    ("a@b.org c#", (Term("word", "a@b.org"), Term("word", "c#"))),
    ("https://x.org fix:bug", (Term("word", "https://x.org"), Term("word", "fix:bug"))),
    ("@bob", (Term("agent", "bob"),)),
    ("-@bob@7f", (Term("agent", "bob@7f", negated=True),)),
    ('@"design ux"', (Term("agent", "design ux", exact=True),)),
    ('@"design u', (Term("agent", "design u"),)),
    ("#ui", (Term("tag", "ui"),)),
    ('#"u i"', (Term("tag", "u i", exact=True),)),
    ("!high", (Term("priority", "high"),)),
    ("!H -!l", (Term("priority", "high"), Term("priority", "low", negated=True))),
    ("!p0", (Term("priority", "critical"),)),
    ("!none", (Term("priority", "none"),)),
    ("is:ready -is:mine", (Term("is", "ready"), Term("is", "mine", negated=True))),
    ("IS:Bl", (Term("is", "blocked"),)),
    ("status:done", (Term("status", "done"),)),
    ('status:"in progress"', (Term("status", "in progress", exact=True),)),
    ("dep:TASK_001", (Term("dep", "TASK_001"),)),
    ("age>2h", (Term("older", "2h", length=timedelta(hours=2)),)),
    ("-age<1d12h", (Term("younger", "1d12h", negated=True, length=timedelta(hours=36)),)),
    ("AGE>=1W", (Term("older", "1W", length=timedelta(weeks=1)),)),
    ("age ages age=2h", (Term("word", "age"), Term("word", "ages"), Term("word", "age=2h"))),
    ('"age>2h" "is:x"', (Term("word", "age>2h", exact=True), Term("word", "is:x", exact=True))),
    ("日本語 ✅", (Term("word", "日本語"), Term("word", "✅"))),
]


@pytest.mark.parametrize(("line", "terms"), READ)
def test_a_line_and_its_terms(line: str, terms: tuple[Term, ...]) -> None:
    assert parse(line) == Query(terms)


def test_a_long_line_is_read_to_its_end() -> None:
    words = [f"word{number}" for number in range(200)]
    query = parse(" ".join(words) + "  ")
    assert isinstance(query, Query)
    assert [term.value for term in query.terms] == words


WRONG = [
    ("fix -", 6, "not what?"),
    ('x ""', 4, "nothing"),
    ("@", 2, "whose?"),
    ("a -@ b", 5, "whose?"),
    ("#", 2, "which tag?"),
    ("!", 2, "critical, high, medium, low"),
    ("x !urgent", 4, "no such priority"),
    ("is:", 4, "ready, blocked, stale, mine, faulty, changed"),
    ("a is:new", 6, "no such state"),
    ('is:"ready steady"', 5, "no such state"),
    ("status:", 8, "which status?"),
    ("dep:", 5, "which task?"),
    ("age>", 5, "how long?"),
    ("age>5", 5, "how long?"),
    ("age<2h!", 5, "how long?"),
    ("a age>3x", 7, "how long?"),
    ("age:2h", 4, "age>"),
    ("stat:done", 1, "status:"),
    ("a -statsu:done", 4, "status:"),
    ("deps:T1", 1, "dep:"),
]


@pytest.mark.parametrize(("line", "column", "words"), WRONG)
def test_a_line_that_cannot_be_read_says_where_and_why(line: str, column: int, words: str) -> None:
    error = parse(line)
    assert isinstance(error, QueryError)
    assert error.column == column
    assert words in error.message


def test_the_first_of_two_errors_is_told() -> None:
    assert parse("@ is:") == parse("@ x")


@pytest.mark.parametrize(("word", "cased"), [("fix", False), ("Fix", True), ("é", False)])
def test_case_counts_where_a_letter_is_large(word: str, cased: bool) -> None:
    query = parse(word)
    assert isinstance(query, Query)
    assert query.terms[0].cased is cased


LINES = st.text(
    st.one_of(st.sampled_from(' "-@#!:<>=aes12hd'), st.characters(codec="utf-8")), max_size=40
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(LINES, st.lists(st.sampled_from([row[0] for row in WRONG]), max_size=4).map(" ".join))
)
def test_any_line_is_read_or_refused_at_a_place_in_it(line: str) -> None:
    found = parse(line)
    if isinstance(found, QueryError):
        assert 1 <= found.column <= len(line) + 1
    spans = [token.span for token in tokens(line)]
    assert all(one.stop <= two.start for one, two in pairwise(spans))
    rest = line
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.stop :]
    assert rest.strip() == ""
