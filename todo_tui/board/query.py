"""The filter language: one line of terms, all of which a task must meet.

::

    words "a phrase"   in the title, id, description or notes; case counts where one is large
    @agent             who has the task, or for whom it is: the beginning of a name, up to the
                       whole of ``name@session``; @"in quotes" is exactly that one, @none nobody
    #tag               the beginning of a tag
    !high              the beginning of a priority, or p0 to p3; !none has none
    is:ready           ready, blocked, stale, mine, faulty or changed
    status:claimed     a status in any spelling, or its beginning
    dep:TASK_001       depends on this one
    age>2h age<1d      how long it has been in its status: s, m, h, d, w
    -                  before any of these: not

Owns the reading of a line. Must not know tasks (``matching``) or what a front end offers while one
is typed (``query_completion``).
"""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches

from todo_tui.board.task import PRIORITIES, canonical_priority
from todo_tui.document.span import Span
from todo_tui.expression import expression
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

Sort = Literal["word", "agent", "tag", "priority", "is", "status", "dep", "older", "younger"]

STATES: Final = ("ready", "blocked", "stale", "mine", "faulty", "changed")
"""The words behind ``is:``."""

KEYS: Final = ("is", "status", "dep")
"""The names that a colon follows."""

SIGNS: Final = {"@": "agent", "#": "tag", "!": "priority"}

NO_PRIORITY: Final = "none"

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_TOKEN = expression(
    r"(?P<not>-?)(?P<lead>[@#!]|[A-Za-z]+:|)(?:\"(?P<phrase>[^\"]*)(?P<end>\"|\Z)|(?P<bare>\S*))"
)
_AGE = expression(r"(?i)age(?P<than>[<>]?)=?(?P<length>.*)")
_AMOUNT = expression(r"(?i)([0-9]{1,6})([smhdw])")


class Term(NamedTuple):
    """One term. ``value`` is what was asked for, canonical where the language knows it.

    ``exact``: it stood in quotes, so that no mere beginning is meant. ``length``: of an age.
    """

    sort: Sort
    value: str
    negated: bool = False
    exact: bool = False
    length: timedelta = timedelta(0)

    @property
    def cased(self) -> bool:
        """Whether case counts: a letter is large."""
        return self.value != self.value.lower()


class Query(NamedTuple):
    """A line of terms that could be read; without any it is met by every task."""

    terms: tuple[Term, ...] = ()


class QueryError(NamedTuple):
    """Why a line cannot be read, in words, and where: the column in characters, from 1.

    The words may repeat what was typed.
    """

    message: str
    column: int


class Token(NamedTuple):
    """A term as it stands in the line, from ``span.start`` to ``span.stop``.

    ``lead`` is the sign or the key with its colon, ``value`` what follows it, which begins at
    ``at``; ``quoted``: in quotes, ``closed``: and their end is there.
    """

    span: Span
    negated: bool
    lead: str
    value: str
    at: int
    quoted: bool
    closed: bool


def tokens(text: str) -> Iterator[Token]:
    """The terms of a line as they stand there, whatever they say."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            return
        quoted = match["phrase"] is not None
        value = match["phrase"] if quoted else match["bare"]
        start = match.start("phrase") if quoted else match.start("bare")
        yield Token(
            Span(at, match.end()),
            bool(match["not"]),
            match["lead"],
            value,
            start,
            quoted,
            bool(match["end"]),
        )
        at = match.end()


def parse(text: str) -> Query | QueryError:
    """What a line asks for. Quotes that are not closed end with it."""
    terms: list[Term] = []
    for token in tokens(text):
        term = _term(token)
        if isinstance(term, QueryError):
            return term
        terms.append(term)
    return Query(tuple(terms))


def _term(token: Token) -> Term | QueryError:
    key = token.lead.removesuffix(":").lower()
    if token.lead in SIGNS:
        return _signed(token)
    if key in KEYS:
        return _keyed(token, key)
    if not token.quoted and (age := _AGE.fullmatch(token.lead + token.value)):
        if age["than"] or token.lead:
            return _age(token, age)
        return _word(token)
    return _word(token) if not token.lead else _unknown_key(token, key)


def _signed(token: Token) -> Term | QueryError:
    exact = token.closed
    match token.lead:
        case "@":
            if token.value:
                return Term("agent", token.value, token.negated, exact)
            return QueryError("whose? a name follows the @, or none", token.at + 1)
        case "#":
            if token.value:
                return Term("tag", token.value, token.negated, exact)
            return QueryError("which tag? its name follows the #", token.at + 1)
        case _:
            return _priority(token)


def _priority(token: Token) -> Term | QueryError:
    typed = token.value.lower()
    names = [name for name in (*PRIORITIES, NO_PRIORITY) if typed and name.startswith(typed)]
    name = names[0] if names else canonical_priority(typed)
    if name is None:
        known = ", ".join((*PRIORITIES, NO_PRIORITY))
        words = "no such priority:" if typed else "which priority?"
        return QueryError(f"{words} {known}", token.at + 1)
    return Term("priority", name, token.negated)


def _keyed(token: Token, key: str) -> Term | QueryError:
    if key == "is":
        typed = token.value.lower()
        states = [state for state in STATES if typed and state.startswith(typed)]
        if not states:
            words = "no such state:" if typed else "is what?"
            return QueryError(f"{words} {', '.join(STATES)}", token.at + 1)
        return Term("is", states[0], token.negated)
    if not token.value:
        words = (
            "which status? its name follows" if key == "status" else "which task? its id follows"
        )
        return QueryError(words, token.at + 1)
    return Term("status" if key == "status" else "dep", token.value, token.negated, token.closed)


def _age(token: Token, age: re.Match[str]) -> Term | QueryError:
    column = token.at - len(token.lead) + age.start("length") + 1
    amounts = _AMOUNT.findall(age["length"])
    length = timedelta()
    try:
        for number, unit in amounts:
            length += timedelta(**{_UNITS[unit.lower()]: int(number)})
    except OverflowError:
        return QueryError("older than anything", column)
    if not age["than"]:
        return QueryError("age> or age<, and how long: age>2h", column)
    if not amounts or _AMOUNT.sub("", age["length"]):
        return QueryError("how long? a number and s, m, h, d or w: 90m, 1d12h", column)
    sort: Sort = "older" if age["than"] == ">" else "younger"
    return Term(sort, age["length"], token.negated, length=length)


def _unknown_key(token: Token, key: str) -> Term | QueryError:
    close = get_close_matches(key, KEYS, n=1, cutoff=0.7)
    if close:
        return QueryError(
            f'no such key: {close[0]}: is one; in quotes ("{token.lead}") it is searched for',
            token.span.start + token.negated + 1,
        )
    return _word(token)


def _word(token: Token) -> Term | QueryError:
    value = token.lead + token.value
    if not value:
        if token.quoted:
            return QueryError("nothing stands in the quotes", token.at + 1)
        return QueryError("not what? a term follows the -", token.at + 1)
    return Term("word", value, token.negated, token.quoted)
