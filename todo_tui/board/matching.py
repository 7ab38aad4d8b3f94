"""Which tasks meet a query, and where a title does.

Owns what each term of the filter language means for a task. A context is one state of the board at
one moment: what the terms need of it is computed when first asked for and kept. A sieve keeps what
it found, so that a query that grows by a letter costs a look at that alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from todo_tui.board.attention import entered_at, overdue
from todo_tui.board.memory import NOTHING, Memory
from todo_tui.board.query import NO_PRIORITY
from todo_tui.board.task import (
    BLOCKED,
    TODO,
    bare_name,
    canonical_name,
    canonical_status,
    is_nobody,
    is_of,
)
from todo_tui.board.texts import Texts, texts_in
from todo_tui.board.thresholds import DEFAULT, Thresholds
from todo_tui.document.span import Span
from todo_tui.shown import shown
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from todo_tui.board.board import Board
    from todo_tui.board.query import Query, Term
    from todo_tui.board.task import Task

    Test = Callable[[Task], bool]

_STEPS: Final = 32
"""So many narrower and narrower findings a sieve keeps."""


@dataclass(frozen=True, eq=False)
class Context:
    """What a query is asked of: ``board`` as it is at ``now`` (aware), for ``me``.

    ``me``: a name, None where nobody asks; ``changed``: references of the tasks that changed and
    were not looked at since; ``late``: those of the tasks that are known to be stale, None where
    that is to be found out. ``texts`` may be those of an earlier context.
    """

    board: Board
    now: datetime
    me: str | None = None
    changed: frozenset[str] = frozenset()
    memory: Memory = NOTHING
    thresholds: Thresholds = DEFAULT
    late: frozenset[str] | None = None
    texts: Texts = field(default_factory=Texts, repr=False)
    _tests: dict[Term, Test] = field(default_factory=dict, repr=False)
    _sieves: dict[object, Sieve] = field(default_factory=dict, repr=False)

    @cached_property
    def faulty(self) -> frozenset[str]:
        """References of the tasks that have a fault."""
        return frozenset(fault.task for fault in self.board.faults if fault.task is not None)

    @cached_property
    def stale(self) -> frozenset[str]:
        """References of the tasks that were left longer than there is patience for."""
        if self.late is not None:
            return self.late
        late = overdue(self.board, self.now, memory=self.memory, thresholds=self.thresholds)
        return frozenset(found.task.ref for found in late)

    def test(self, term: Term) -> Test:
        """What tells whether a task of the board meets ``term``."""
        found = self._tests.get(term)
        if found is None:
            found = self._tests[term] = _test(term, self)
        return found

    def sieve(self, key: object, tasks: Callable[[], Sequence[Task]]) -> Sieve:
        """The one sieve of ``tasks``, which are always the same for this key."""
        found = self._sieves.get(key)
        if found is None:
            found = self._sieves[key] = Sieve(tasks())
        return found


class Sieve:
    """Finds which of ``tasks`` meet a query, one query after the other.

    What was found is kept: where a query asks for all that one before it asked for, and more, it is
    asked only about what that found.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._found: list[tuple[tuple[Term, ...], tuple[Task, ...]]] = [((), tuple(tasks))]

    def matching(self, query: Query, context: Context) -> tuple[Task, ...]:
        """Those that meet every term, in their order. A sieve is asked in one context only."""
        while not _implied(self._found[-1][0], query.terms):
            self._found.pop()
        asked, tasks = self._found[-1]
        for term in query.terms:
            if term in asked:
                continue
            found = tuple(compress(tasks, _met(term, tasks, context)))
            asked, tasks = (*asked, term), tasks if len(found) == len(tasks) else found
            self._found.append((asked, tasks))
        self._found[-1] = (query.terms, tasks)
        del self._found[1 : max(1, len(self._found) - _STEPS)]
        return tasks


def _met(term: Term, tasks: tuple[Task, ...], context: Context) -> Iterable[bool]:
    """Whether each of ``tasks`` meets it."""
    if term.sort != "word":
        return map(context.test(term), tasks)
    word, texts = term.value, context.texts
    searched = texts.written(tasks) if term.cased else texts.small(tasks)
    if term.negated:
        return [word not in text for text in searched]
    return [word in text for text in searched]


def _implied(asked: Iterable[Term], terms: Sequence[Term]) -> bool:
    """Whether what meets all of ``terms`` meets all that was asked for, too."""
    return all(any(_implies(term, one) for term in terms) for one in asked)


def _implies(term: Term, asked: Term) -> bool:
    """Whether what meets the first meets the second: what holds a word holds a part of it.

    In small letters, too: those of the part are what they were.
    """
    if term == asked:
        return True
    words = term.sort == asked.sort == "word"
    return words and not (term.negated or asked.negated) and asked.value in term.value


def matches(query: Query, task: Task, context: Context) -> bool:
    """Whether a task of the context's board meets every term."""
    return all(context.test(term)(task) for term in query.terms)


def matching(query: Query, tasks: Sequence[Task], context: Context) -> tuple[Task, ...]:
    """Those of ``tasks`` that meet every term, in their order."""
    return Sieve(tasks).matching(query, context)


def spans(query: Query, text: str) -> tuple[Span, ...]:
    """Where a shown text (a title, an id) has what was searched for: apart and in order."""
    found = sorted(
        Span(*match.span())
        for term in query.terms
        if term.sort == "word" and not term.negated and (word := shown(term.value))
        for match in re.finditer(re.escape(word), text, 0 if term.cased else re.IGNORECASE)
    )
    merged: list[Span] = []
    for span in found:
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return tuple(merged)


def agent_of(task: Task) -> str | None:
    """Who has the task; where nobody holds it, who had it or for whom it is."""
    return task.claimed_by or task.assigned_agent


def tags_of(task: Task) -> tuple[str, ...]:
    """The tags of a task, without the sign that some write before them."""
    return tuple(
        tag
        for name, value in task.fields
        if canonical_name(name) in ("tags", "tag")
        for text in texts_in(value)
        for word in re.split(r"[,;\s]+", text.strip("[]"))
        if (tag := word.strip("#\"'"))
    )


def _test(term: Term, context: Context) -> Test:
    test = _positive(term, context)
    return (lambda task: not test(task)) if term.negated else test


def _positive(term: Term, context: Context) -> Test:
    match term.sort:
        case "word":
            return _word(term, context)
        case "agent":
            return _agent(term)
        case "tag":
            return _tag(term)
        case "priority":
            wanted = None if term.value == NO_PRIORITY else term.value
            return lambda task: task.priority == wanted
        case "is":
            return _state(term.value, context)
        case "status":
            return _status(term)
        case "dep":
            return _dependency(term)
        case "older":
            return _age(context, lambda age: age > term.length.total_seconds())
        case "younger":
            return _age(context, lambda age: age < term.length.total_seconds())


def _word(term: Term, context: Context) -> Test:
    word = term.value
    texts = context.texts.written if term.cased else context.texts.small
    return lambda task: word in texts((task,))[0]


def _agent(term: Term) -> Test:
    if is_nobody(term.value):
        return lambda task: agent_of(task) is None
    fold = _fold(term)
    wanted = fold(term.value).removeprefix("@")
    known: dict[str | None, bool] = {None: False}

    def meant(agent: str) -> bool:
        name = fold(agent).removeprefix("@")
        return wanted in (name, bare_name(name)) if term.exact else name.startswith(wanted)

    def test(task: Task) -> bool:
        agent = agent_of(task)
        if agent is not None and agent not in known:
            known[agent] = meant(agent)
        return known[agent]

    return test


def _tag(term: Term) -> Test:
    fold = _fold(term)
    wanted = fold(term.value)

    def test(task: Task) -> bool:
        tags = map(fold, tags_of(task))
        return wanted in tags if term.exact else any(tag.startswith(wanted) for tag in tags)

    return test


def _state(state: str, context: Context) -> Test:
    board = context.board
    match state:
        case "ready":
            return board.ready
        case "blocked":
            return lambda task: (
                task.status == BLOCKED
                or (task.status == TODO and bool(board.open_dependencies(task)))
            )
        case "stale":
            return _among(context.stale)
        case "faulty":
            return _among(context.faulty)
        case "changed":
            return _among(context.changed)
        case _:
            me = context.me
            return lambda task: me is not None and is_of(task, me)


def _among(refs: frozenset[str]) -> Test:
    return lambda task: task.ref in refs


def _status(term: Term) -> Test:
    wanted = canonical_status(term.value)
    if term.exact:
        return lambda task: task.status == wanted
    return lambda task: task.status.startswith(wanted)


def _dependency(term: Term) -> Test:
    fold = _fold(term)
    wanted = fold(term.value)
    return lambda task: bool(task.dependencies) and wanted in map(fold, task.dependencies)


def _age(context: Context, fits: Callable[[float], bool]) -> Test:
    board, now, memory = context.board, context.now, context.memory

    def test(task: Task) -> bool:
        since = entered_at(board, task, memory, now)
        return since is not None and fits((now - since).total_seconds())

    return test


def _fold(term: Term) -> Callable[[str], str]:
    """How texts are compared with the term: as they are, or where case is nothing, in small."""
    return str if term.cased else str.lower
