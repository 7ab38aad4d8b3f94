"""A filter that is typed: what each letter leaves is what the whole line finds among all tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.scenes import board, task
from tests.board.test_matching import BOARD, NOW
from todo_tui.board.matching import Context, Sieve, matches
from todo_tui.board.query import Query, parse
from todo_tui.board.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from todo_tui.board.task import Task

TASKS = board(
    *BOARD.tasks,
    task("ODD_1", title="İstanbul ΑΣ ΑΣΒ straße", agent="@Bob"),
    task("ODD_2", title="istanbul", fields=(("Notes", "ΣΑΣ i̇stanbul STRASSE"),), agent="bob@1"),
    task("ODD_3", "done", title="aa aaa Aa", fields=(("tags", "a, aa"),)),
)

PARTS = [
    "login", "Login", "LOG", "-lo", "-", "a", "aa", "Aa", "İ", "i̇", "σ", "ας", "Σ", "ß", '"',
    '"a a',
    "@", "@eng", "@none", "@no", "#", "#ui", "!h", "!", "is:", "is:ready", "-is:b", "is:stale",
    "is:mine", "status:", "status:t", "status:todo", "dep:TASK_3", "age>", "age>2h", "age<1d", " ",
    "  ", "1", "task_",
]  # fmt: skip

EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(PARTS)),
        st.tuples(st.just("type"), st.sampled_from(list('aeginolstu @#!-"İσΣ1'))),
        st.tuples(st.just("erase"), st.integers(1, 6)),
        st.tuples(st.just("cut"), st.integers(0, 30)),
        st.tuples(st.just("put"), st.integers(0, 30), st.sampled_from(PARTS)),
    ),
    max_size=45,
)


def edited(line: str, edit: tuple[object, ...]) -> str:
    match edit:
        case ("type", str(more)):
            return line + more
        case ("erase", int(letters)):
            return line[: max(0, len(line) - letters)]
        case ("cut", int(at)):
            return line[:at] + line[at + 1 :]
        case ("put", int(at), str(more)):
            return line[:at] + more + line[at:]
    raise AssertionError(edit)


@given(EDITS)
@settings(max_examples=200, deadline=None)
def test_each_edit_leaves_what_the_whole_line_finds(edits: list[tuple[object, ...]]) -> None:
    context = Context(TASKS, NOW, me="eng-ui@7f", changed=frozenset({"TASK_5"}))
    sieve, line = Sieve(TASKS.tasks), ""
    for edit in edits:
        line = edited(line, edit)
        query = parse(line)
        if isinstance(query, Query):
            whole = Context(TASKS, NOW, me="eng-ui@7f", changed=frozenset({"TASK_5"}))
            expected = tuple(one for one in TASKS.tasks if matches(query, one, whole))
            assert sieve.matching(query, context) == expected, line


def test_a_longer_word_is_looked_for_only_where_the_shorter_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    small = Texts.small

    def counted(texts: Texts, tasks: Sequence[Task]) -> list[str]:
        asked.append(len(tasks))
        return small(texts, tasks)

    monkeypatch.setattr(Texts, "small", counted)
    sieve, context = Sieve(BOARD.tasks), Context(BOARD, NOW)
    for line in ("zz", "log", "login", "login fi", "login fix", "login fi", "login", "login"):
        query = parse(line)
        assert isinstance(query, Query)
        sieve.matching(query, context)
    assert asked == [8, 8, 3, 3, 1]


def test_texts_of_tasks_that_are_gone_are_forgotten() -> None:
    texts = Texts()
    copies = [tuple(one._replace() for one in BOARD.tasks) for _ in range(4)]
    for each in copies:
        texts.forget(each)
        assert texts.small(each) == [text.lower() for text in texts.written(each)]
        assert len(texts._kept) <= 3 * len(each)
