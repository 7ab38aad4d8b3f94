"""An edit changes what it is meant to change and nothing else, in the text and as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.document.documents import documents, read
from todo_tui.document import dialects
from todo_tui.document.edit import apply
from todo_tui.document.entry import Entry, NewEntry

if TYPE_CHECKING:
    from todo_tui.document.document import Document
    from todo_tui.document.edit import Edit
    from todo_tui.document.entry import Field, Value

VALUES = (
    "done", "In Progress", "eng-backend@7f3a", "a: b", "it's # not", 'say "hi"', "@me", "[x]",
    "- a", "2024-01-30T10:00:00Z", "null", "x (y)", "naïve 🚀", "*", "`c`", "C #", "**b**", "012",
    "a, b", "\\n", "|", "> a", "", "---", "# a", "a: ", "x" * 200,
)  # fmt: skip

values = st.sampled_from(VALUES)


@st.composite
def places(draw: st.DrawFn) -> tuple[Document, int]:
    """A document and one of its entries that is no group."""
    document = read(draw(documents()))
    owners = set(document.parents)
    tasks = [at for at in range(len(document.entries)) if at not in owners]
    assume(tasks)
    return document, draw(st.sampled_from(tasks))


def changed(document: Document, index: int, edit: Edit) -> Entry:
    """The entry after ``edit``, all others being what they were."""
    entry, start = document.entries[index], document.starts[index]
    assert 0 <= edit.span.start <= edit.span.stop <= len(entry.text)
    after = document.splice([edit.shift(start)])
    assert after.text == apply(document.text, [edit.shift(start)])
    assert after.parents == document.parents
    assert after.scopes == document.scopes
    assert [section.items for section in after.sections if section.end < start] == [
        section.items for section in document.sections if section.end < start
    ]
    assert len(after.faults) == len(document.faults)
    for at, (one, other) in enumerate(zip(after.entries, document.entries, strict=True)):
        if at != index:
            assert (one.text, one.pairs, one.dialect) == (other.text, other.pairs, other.dialect)
    new = after.entries[index]
    text = apply(entry.text, [edit])
    assert text.startswith(new.text)
    rest = text[len(new.text) :]
    assert all(line.lstrip()[:1] in ("", "#") for line in rest.split("\n"))
    return new


@settings(deadline=None)
@given(documents())
def test_located_fields_are_the_pairs(text: str) -> None:
    document = read(text)
    owners = set(document.parents)
    for at, entry in enumerate(document.entries):
        if at in owners:
            continue
        fields = dialects.locate(entry)
        assert tuple((field.name, field.value) for field in fields) == entry.pairs
        for field in fields:
            assert 0 <= field.lines.start <= field.value_span.start
            assert field.value_span.stop <= field.lines.stop <= len(entry.text)


@settings(deadline=None)
@given(places(), st.data())
def test_a_value_is_replaced(place: tuple[Document, int], data: st.DataObject) -> None:
    document, index = place
    entry = document.entries[index]
    fields = dialects.locate(entry)
    number = data.draw(st.integers(0, len(fields) - 1))
    value: str | tuple[str, ...] = data.draw(values)
    if number and data.draw(st.booleans()):
        value = ("TASK_001", "AUTH-12")
    assume(can_take(entry, fields, number, value))
    edit = dialects.replace_value(entry, fields[number], value)
    expected = list(entry.pairs)
    expected[number] = (fields[number].name, value)
    found = list(changed(document, index, edit).pairs)
    said = found[number][1]
    if "," in str(fields[number].value) and isinstance(said, str) and said != value:
        found[number] = (found[number][0], tuple(said.split(", ")))
    assert found == expected


def can_take(entry: Entry, fields: tuple[Field, ...], number: int, value: Value) -> bool:
    """Whether a board would write ``value`` there: not as an id, nor brackets within brackets."""
    if not entry.id_is_key and fields[number].name.lower() == "id":
        return False
    if fields[number].name in ("()", "[]"):
        return isinstance(value, str) and value == value.strip() and not set(value) & set("()[]")
    return True


@settings(deadline=None)
@given(places(), st.data())
def test_a_field_is_added(place: tuple[Document, int], data: st.DataObject) -> None:
    document, index = place
    entry = document.entries[index]
    fields = dialects.locate(entry)
    number = data.draw(st.integers(0, len(fields) - 1))
    value = data.draw(values)
    edit = dialects.insert_field(entry, fields[number], "claimed_by", value)
    assert edit.span.start == edit.span.stop or entry.dialect == "short"
    new = changed(document, index, edit)
    added = [pair for pair in new.pairs if spelling(pair[0]) == "claimedby"]
    before = [pair for pair in entry.pairs if spelling(pair[0]) == "claimedby"]
    assert len(added) == len(before) + 1
    assert value in [found for _, found in added]
    rest = [pair for pair in new.pairs if spelling(pair[0]) != "claimedby"]
    assert rest == [pair for pair in entry.pairs if spelling(pair[0]) != "claimedby"]
    if entry.dialect == "keyed" and not entry.fault:
        at = [spelling(name) for name, _ in new.pairs]
        assert at[number + 1] == "claimedby"


def spelling(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


@settings(deadline=None)
@given(places(), st.data())
def test_a_field_is_removed(place: tuple[Document, int], data: st.DataObject) -> None:
    document, index = place
    entry = document.entries[index]
    fields = dialects.locate(entry)
    assume(len(fields) > 2)
    number = data.draw(st.integers(1, len(fields) - 1))
    assume(fields[number].name.lower() != "id" and "\t" not in entry.text)
    edit = dialects.remove_field(entry, fields[number])
    assert edit.text == ""
    expected = list(entry.pairs)
    del expected[number]
    assert list(changed(document, index, edit).pairs) == expected


@settings(deadline=None)
@given(documents(), st.data())
def test_entries_are_added(text: str, data: st.DataObject) -> None:
    document = read(text)
    index = data.draw(st.one_of(st.none(), st.integers(0, max(len(document.entries) - 1, 0))))
    if not document.entries:
        index = None
    new = [
        NewEntry(name, title, (("status", "todo"), ("assigned_agent", data.draw(values))))
        for name, title in (("TASK_500", data.draw(values)), ("TASK_501", data.draw(values)))
    ]
    edit = dialects.insert_entries(document, index, new)
    assert edit.span.start == edit.span.stop
    after = document.splice([edit])
    ids = {"TASK_500", "TASK_501"}
    added = [entry for entry in after.entries if ids & {entry.pairs[0][0], entry.pairs[0][1]}]
    assert len(added) == 2
    for entry, one in zip(added, new, strict=True):
        said = {spelling(name): value for name, value in entry.pairs}
        title = entry.pairs[0][1] if entry.id_is_key else said["title"]
        assert (title, said["status"], said["assignedagent"]) == (
            one.title, one.fields[0][1], one.fields[1][1]
        )  # fmt: skip
    rest = [entry for entry in after.entries if entry not in added]
    assert [entry.pairs for entry in rest] == [entry.pairs for entry in document.entries]
    assert [entry.text.rstrip("\r\n") for entry in rest] == [
        entry.text.rstrip("\r\n") for entry in document.entries
    ]
    assert sections_of(after) == sections_of(document)


def sections_of(document: Document) -> list[list[str]]:
    return [[item.text for item in section.items] for section in document.sections]


@settings(deadline=None)
@given(documents(), st.data())
def test_history_is_added(text: str, data: st.DataObject) -> None:
    document = read(text)
    number = data.draw(st.one_of(st.none(), st.integers(0, max(len(document.sections) - 1, 0))))
    if not document.sections:
        number = None
    first = data.draw(st.booleans())
    time, said = "2026-11-22T12:33:00Z", "TASK_001 noted by me"
    edit = document.insert_history(number, time, said, first=first)
    assert edit.span.start == edit.span.stop
    after = document.splice([edit])
    expected = sections_of(document)
    if number is None:
        expected.append([])
        number = len(expected) - 1
    expected[number].insert(0 if first else len(expected[number]), "NEW")
    line = f"{time}: {said}"
    assert [
        ["NEW" if item.replace("*", "") == line else item for item in items]
        for items in sections_of(after)
    ] == expected
    assert [entry.pairs for entry in after.entries] == [entry.pairs for entry in document.entries]
