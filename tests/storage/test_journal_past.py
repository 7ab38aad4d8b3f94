"""Which lines of a journal tell how a state came to be, as tables of letters for states."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from todo_tui.storage.journal import Line, Position
from todo_tui.storage.journal_past import chain, end_of, past_of, tells
from todo_tui.storage.journal_record import Committed, Looked, Mark, Record


def record(word: str) -> Record:
    """``ab`` is the commit that made b of a, ``b`` a look at b, ``-`` a mark."""
    if word == "-":
        return Mark("seen", datetime(2026, 11, 22, tzinfo=UTC), "alice")
    return Committed(word[0], word[1], ()) if len(word) == 2 else Looked(word, ())


def journal(words: str) -> list[Line]:
    return [
        Line(record(word), Position(1, at), Position(1, at + 1))
        for at, word in enumerate(words.split())
    ]


def words_of(lines: list[Line], some: object) -> str:
    assert isinstance(some, list)
    names = {id(line): at for at, line in enumerate(lines)}
    return " ".join(str(names[id(line)]) for line in some)


@pytest.mark.parametrize(
    ("words", "states", "count"),
    [
        ("ab", "b", 1),
        ("ab bc cd", "b", 1),
        ("ab bc cd", "c", 2),
        ("ab bc cd", "bd", 3),
        ("ab bc cd", "bcd", 3),
        ("ab bc", "cb", None),
        ("ab bc", "d", None),
        ("bc", "c", None),
        ("ab cd", "d", None),
        ("b", "b", None),
        ("ab c", "c", None),
        ("", "b", None),
        # What stands behind tells of one of the states again.
        ("ab bc cb", "b", None),
        ("ab bc b", "b", None),
        ("ab bc a", "b", None),
        ("ab bc cd", "bc", 2),
        ("ab -", "b", 1),
        ("ab - bc", "b", 1),
        ("ab - cb", "b", None),
        ("- ab", "b", None),
    ],
)
def test_a_chain_of_commits(words: str, states: str, count: int | None) -> None:
    assert chain(journal(words), "a", list(states)) == count


@pytest.mark.parametrize(
    ("words", "after", "told"),
    [
        ("", "a", ""),
        ("ab", "a", ""),
        ("", "b", None),
        ("ab", "b", "0"),
        ("ab bc", "c", "0 1"),
        ("b", "b", "0"),
        ("bc", "c", None),
        # A commit waits until what it began with is told.
        ("bc b", "c", "0 1"),
        ("bc b", "b", "0 1"),
        ("cd bc ab", "d", "0 1 2"),
        ("bd bc b", "d", "0 1 2"),
        ("bd bc b", "c", "0 1 2"),
        ("bc - b", "c", "0 1 2"),
        ("bc c", "c", "0 1"),
        ("ab ba", "b", "0"),
        # It began with a state that was there before, and not the one of then.
        ("ab ba bc", "c", None),
        ("ab ba bc b", "c", "0 1 2 3"),
        ("ab ba b bc", "c", "0 1 2 3"),
        ("ab bc bd", "d", None),
        ("ab bc bd b", "d", "0 1 2 3"),
        ("ab bc bd de b", "e", "0 1 2 3 4"),
        ("ab bc bd de bf b", "f", "0 1 2 3 4 5"),
        ("ab cd de c", "e", "0 1 2 3"),
        ("ab cd de c ef", "f", "0 1 2 3 4"),
        # A look that was written down late: at what was before all of this.
        ("x ab", "b", "0 1"),
        ("ab x bc", "c", "0 1 2"),
        ("ab x ac", "c", None),
        # What was made behind the state that it was at is not told with it.
        ("bc cd ef b", "c", "0 1 3"),
        ("bc cd ef b", "d", "0 1 3"),
        ("bc cd ef d", "d", "0 1 3"),
        ("bc cd ef x", "x", "0 1 2 3"),
        ("bc cd dc ef c", "c", "0 1 2 4"),
    ],
)
def test_which_lines_tell_all(words: str, after: str, told: str | None) -> None:
    lines = journal(words)
    found = tells(lines, "a", after)
    assert (None if found is None else words_of(lines, found)) == told


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("", None),
        ("-", None),
        ("ab", "b"),
        ("ab bc", "c"),
        ("ab -", "b"),
        ("b", "b"),
        ("ab c", "c"),
        ("bc b", "c"),
        ("bc b a", "a"),
        ("a ab", "b"),
    ],
)
def test_where_the_lines_lead_to(words: str, state: str | None) -> None:
    assert end_of(journal(words)) == state


@pytest.mark.parametrize(
    ("words", "state", "told"),
    [
        ("ab bc cd", "c", "0 1"),
        ("ab bc cd", "d", "0 1 2"),
        ("ab bc cd", "a", ""),
        ("ab bc b cd", "b", "0 2"),
        ("ab bc a", "b", "0 2"),
        ("ab bc c", "b", "0"),
        ("ab bc b -", "b", "0 2"),
        ("b bc", "b", "0"),
        ("ab - bc", "b", "0 1"),
    ],
)
def test_what_led_to_a_state_that_was_there_once(words: str, state: str, told: str) -> None:
    lines = journal(words)
    assert words_of(lines, past_of(lines, state)) == told
