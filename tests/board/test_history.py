"""The grammar of the session history: what is written is read back, all else is text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.board.words import NOW
from todo_tui.board.history import (
    Event,
    HistoryEntry,
    Section,
    event_entry,
    is_about,
    is_plain,
    read_entry,
    write_entry,
)

EVENTS: tuple[Event, ...] = ("created", "claimed", "released", "reassigned", "noted", "finished")
PIECES = (
    "eng", "a b", "(human)", "(x)", "by", " by ", "for", " for ", "@7f3a", ":", ": ", "->",
    "(a -> b)", "claimed", "noted by", "é", "🚀", "**", "`x`", "T: 2024-01-01", "-", "#c4",
)  # fmt: skip
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join).map(str.strip)
MARKS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
TEXTS = st.one_of(NAMES, st.text(MARKS, min_size=1, max_size=20).map(str.strip)).filter(bool)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
STATUSES = st.sampled_from(("none", "todo", "claimed", "in_progress", "done", "prüfung"))


WORDS = st.sampled_from(
    ("TASK_001", "claimed", "noted", "by", "eng@1", "(a", "->", "b)", "b):", "note", "(human)",
     "for", "", "()", "(", ")", "->:", "é", "\t", "x\u00a0y", "(todo -> claimed)", "(a -> b): n"),
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(
        ("by", "by eng (human)", "for qa by eng (human)", "for qa by eng", "for", "x by")
    ),
    st.lists(WORDS, min_size=1, max_size=5) | st.permutations(("(a", "->", "b):", "note")),
)
def test_a_line_of_ours_says_the_same_however_its_time_is_written(
    by: str, words: list[str]
) -> None:
    text = " ".join(["TASK_001", "claimed", by, *words]).strip()
    ours = read_entry(f"2026-11-22T12:33:00Z: {text}")
    assert ours is not None
    for dated in ("**2026-11-22T12:33:00Z**:", "__2026-11-22T12:33:00Z__:", "2026-11-22 12:33 -"):
        assert ours == read_entry(f"{dated} {text}")
    # What is not ASCII is left to the expressions.
    other = read_entry(f"2026-11-22T12:33:00Z: é{text}")
    assert other is not None
    task = None if other.task is None else other.task.removeprefix("é")
    assert ours == other._replace(task=task, text=other.text.removeprefix("é"))


@settings(max_examples=200, deadline=None)
@given(TIMES, TEXTS, st.sampled_from(EVENTS), TEXTS, STATUSES, STATUSES, st.booleans(),
       st.none() | TEXTS, st.none() | TEXTS)  # fmt: skip
def test_an_entry_is_read_as_it_was_written_or_is_not_plain(
    at: datetime,
    task: str,
    event: Event,
    actor: str,
    one: str,
    two: str,
    human: bool,
    for_agent: str | None,
    note: str | None,
) -> None:
    entry = event_entry(
        at, task, event, actor, one, two, human=human, for_agent=for_agent, note=note
    )
    found = read_entry(write_entry(entry))
    assert found is not None
    assert (found.at, found.text) == (entry.at, entry.text)
    assert (found == entry) == is_plain(entry)


WORDS = st.sampled_from(("eng", "O'Neil", "eng@7f3a", "design ux", "(qa)", "bob: the 2nd", "@me"))


@settings(max_examples=200, deadline=None)
@given(TIMES, st.sampled_from(("TASK_001", "AUTH-12", "a task", "#12")), st.sampled_from(EVENTS),
       WORDS, STATUSES, STATUSES, st.booleans(), st.none() | WORDS, st.none() | TEXTS)  # fmt: skip
def test_ordinary_names_are_always_plain(
    at: datetime,
    task: str,
    event: Event,
    actor: str,
    one: str,
    two: str,
    human: bool,
    for_agent: str | None,
    note: str | None,
) -> None:
    assume(note is None or ")" not in note)
    assert is_plain(
        event_entry(at, task, event, actor, one, two, human=human, for_agent=for_agent, note=note)
    )


@pytest.mark.parametrize(
    "actor", ["alice (human)", "bob (todo -> done): x", "bob (a -> b): x (c -> d)"]
)
def test_a_name_that_would_be_read_as_something_else_is_not_plain(actor: str) -> None:
    assert not is_plain(event_entry(NOW, "TASK_001", "claimed", actor, "todo", "claimed"))


def test_the_line_of_an_event() -> None:
    entry = event_entry(NOW, "TASK_001", "claimed", "eng-backend", "todo", "claimed")
    assert (
        write_entry(entry)
        == "2026-11-22T12:33:00Z: TASK_001 claimed by eng-backend (todo -> claimed)"
    )
    acted = event_entry(
        NOW, "TASK_001", "released", "alice", "in_progress", "todo",
        human=True, for_agent="eng@1", note="lunch: back at 2",
    )  # fmt: skip
    assert acted.text == (
        "TASK_001 released for eng@1 by alice (human) (in_progress -> todo): lunch: back at 2"
    )
    assert acted.agent == "eng@1"


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("2024-01-15T14:20:00Z: did it", datetime(2024, 1, 15, 14, 20, tzinfo=UTC), "did it"),
        ("2024-01-15 14:20 did it", datetime(2024, 1, 15, 14, 20, tzinfo=UTC), "did it"),
        ("2024-01-15T14:20:00+02:00 - x", datetime(2024, 1, 15, 12, 20, tzinfo=UTC), "x"),
        ("**2024-01-15 14:20**: did it", datetime(2024, 1, 15, 14, 20, tzinfo=UTC), "did it"),
        ("**2024-01-15 14:20:** did it", datetime(2024, 1, 15, 14, 20, tzinfo=UTC), "did it"),
        ("**2024-01-15 14:20 — did** it", datetime(2024, 1, 15, 14, 20, tzinfo=UTC), "did it"),
        ("__2024-01-15__ did **it**", datetime(2024, 1, 15, tzinfo=UTC), "did **it**"),
        ("2024-01-15", datetime(2024, 1, 15, tzinfo=UTC), ""),
        ("2024-01-15A10:20:30Z: x", datetime(2024, 1, 15, tzinfo=UTC), "A10:20:30Z: x"),
        ("2024-13-45: impossible", None, "impossible"),
        ("2024-01-15T25:00:00Z: impossible", None, "impossible"),
        ("2024-01-15x10:00:00Z: x", datetime(2024, 1, 15, tzinfo=UTC), "x10:00:00Z: x"),
    ],
)
def test_times_as_they_are_found(text: str, at: datetime | None, rest: str) -> None:
    assert read_entry(text) == HistoryEntry(at, rest)


@pytest.mark.parametrize("text", ["did it", "TASK_001 2024-01-15", "12:30 x", "2024-01-155: x", ""])
def test_what_does_not_begin_with_a_time_is_no_entry(text: str) -> None:
    assert read_entry(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-15: TASK_001 claimed",
        "2024-01-15: TASK_001 claimed by eng",
        "2024-01-15: TASK_001 eaten by eng (todo -> claimed)",
        "2024-01-15: TASK_001 claimed by eng (todo → claimed)",
        "2024-01-15: TASK_001 claimed by eng (todo -> claimed) and started",
        "2024-01-15T10:00:00Z: TASK_001 claimed by eng ( -> claimed)",
        "2024-01-15T10:00:00Z: TASK_001 claimed by eng (todo -> )",
    ],
)
def test_a_line_of_another_grammar_is_text(text: str) -> None:
    entry = read_entry(text)
    assert entry is not None
    assert entry.event is None
    assert entry.task is None


@pytest.mark.parametrize(
    ("text", "task_id", "about"),
    [
        ("Tâche UX_001 claimed", "TASK_UX_001", True),
        ("TASK_UX_001 claimed", "TASK_UX_001", True),
        ("TASK_UX_0011 claimed", "TASK_UX_001", False),
        ("MY_TASK_UX_001", "TASK_UX_001", False),
        ("001 claimed", "TASK_001", False),
        ("(TASK_001)", "TASK_001", True),
        ("TASK_001, TASK_002", "TASK_002", True),
        ("TASK_001#c4 claimed", "TASK_001", True),
        ("AUTH-12-fix", "AUTH-12", False),
        ("re-AUTH-12", "AUTH-12", False),
        ("AUTH-12 - fixed", "AUTH-12", True),
        ("a.b*c", "a.b*c", True),
        ("aXbbc", "a.b*c", False),
    ],
)
def test_what_an_entry_is_about(text: str, task_id: str, about: bool) -> None:
    assert is_about(HistoryEntry(None, text), task_id) is about


@pytest.mark.parametrize(
    ("task_id", "about"),
    [("1.2", True), ("1", False), ("2", False), ("3", True), ("4", False), ("eng", False)],
)
def test_an_event_is_about_the_task_that_it_names_and_those_in_its_note(
    task_id: str, about: bool
) -> None:
    line = "2026-11-22T12:33:00Z: 1.2 released by eng (claimed -> todo): waits for 3"
    entry = read_entry(line)
    assert entry is not None
    assert entry.event == "released"
    assert is_about(entry, task_id) is about


def _at(day: int) -> HistoryEntry:
    return HistoryEntry(datetime(2024, 1, day, tzinfo=UTC), str(day))


@pytest.mark.parametrize(
    ("days", "newest_first"),
    [
        ((), False),
        ((1,), False),
        ((1, 2), False),
        ((2, 1), True),
        ((2, 3, 1), True),
        ((1, 1), False),
    ],
)
def test_where_a_section_grows(days: tuple[int, ...], newest_first: bool) -> None:
    section = Section(tuple(map(_at, days)))
    assert section.newest_first is newest_first
    grown = section.grown((_at(8), _at(9))).entries
    if newest_first:
        assert grown[:2] == (_at(9), _at(8))
    else:
        assert grown[-2:] == (_at(8), _at(9))


def test_an_entry_without_a_time_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="without a time"):
        write_entry(HistoryEntry(None, "x"))
