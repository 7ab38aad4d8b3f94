from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.document import items
from tests.document.documents import read
from todo_tui.document import yaml
from todo_tui.document.edit import Edit, apply
from todo_tui.document.entry import EntryFault, Field, Mapping, Value

if TYPE_CHECKING:
    from random import Random

ITEM = """\
  - TASK_001: "Title"  # first
    priority: &p high
    same: *p

    # a comment of its own
    empty:  # nobody
    note: |
      one

        two

    # after the note
    dependencies:
    - A
    -
    - B

    steps:
      - id: 1
        done:
      - id: 2
    meta: {a: [1, 2], b}
    tagged: !!str 012
    last:
"""


def test_pairs_are_source_text_nested_to_any_depth() -> None:
    assert yaml.scan(ITEM) == (
        ("TASK_001", "Title"),
        ("priority", "high"),
        ("same", "high"),
        ("empty", ""),
        ("note", "one\n\n  two\n"),
        ("dependencies", ("A", "", "B")),
        ("steps", (Mapping((("id", "1"), ("done", ""))), Mapping((("id", "2"),)))),
        ("meta", Mapping((("a", ("1", "2")), ("b", "")))),
        ("tagged", "012"),
        ("last", ""),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_say_where_values_and_lines_are(end: str) -> None:
    text = ITEM.replace("\n", end)
    where = {
        field.name: (field.value_span.of(text), field.lines.of(text).splitlines())
        for field in yaml.locate(text)
    }
    lines = text.splitlines()
    assert where == {
        "TASK_001": ('"Title"', lines[0:1]),
        "priority": ("&p high", lines[1:2]),
        "same": ("*p", lines[2:3]),
        "empty": ("", lines[5:6]),
        "note": (f"|{end}      one{end}{end}        two", lines[6:10]),
        "dependencies": (f"- A{end}    -{end}    - B", lines[12:16]),
        "steps": (
            f"- id: 1{end}        done:{end}      - id: 2",
            lines[17:21],
        ),
        "meta": ("{a: [1, 2], b}", lines[21:22]),
        "tagged": ("!!str 012", lines[22:23]),
        "last": ("", lines[23:24]),
    }
    spans = {field.name: field.value_span for field in yaml.locate(text)}
    assert text[: spans["empty"].start].endswith("empty:")
    assert text[: spans["last"].start].endswith("last:")
    assert all(field.lines.of(text).endswith(end) for field in yaml.locate(text))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("012", "012"),
        ("no", "no"),
        ("null", "null"),
        ("~", "~"),
        ("", ""),
        ("1e3", "1e3"),
        ("2024-01-30", "2024-01-30"),
        ("'it''s'", "it's"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ('"\\ud83d\\ude80"', "🚀"),
        ('"\\ud83d \\udc80"', "\ufffd \ufffd"),
        ("caf\udce9", "caf\udce9"),
        ("'one\n\n    two'", "one\ntwo"),
        (">-\n    one\n    two", "one two"),
        ("|2\n     one", " one\n"),
        ("&a", ""),
        ("!x y", "y"),
        ("[a, 'b', [c], {d: e}]", ("a", "b", ("c",), Mapping((("d", "e"),)))),
        ("{? [a, b] : c}", Mapping((("[a, b]", "c"),))),
        (
            "{<<: &x {a: b}, c: *x}",
            Mapping((("<<", Mapping((("a", "b"),))), ("c", Mapping((("a", "b"),))))),
        ),
    ],
)
def test_a_value_is_never_converted(source: str, value: Value) -> None:
    assert yaml.scan(f"- key: {source}\n") == (("key", value),)


def test_keys_that_stand_twice_are_both_kept() -> None:
    assert yaml.scan("- a: 1\n  a: 2\n") == (("a", "1"), ("a", "2"))


def test_a_mapping_without_a_dash() -> None:
    assert yaml.scan("epic_id: E1\ntitle: x\n") == (("epic_id", "E1"), ("title", "x"))


def test_a_flow_mapping_is_an_item_too() -> None:
    text = "- {id: A, status: todo, last: }\n"
    fields = yaml.locate(text)
    assert [field.lines.of(text) for field in fields] == ["id: A, ", "status: todo, ", ", last:"]
    for field in fields:
        rest = apply(text, [Edit(field.lines, "")])
        assert yaml.scan(rest) == tuple(
            (other.name, other.value) for other in fields if other is not field
        )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("- TASK_030: Fix: the bug\n", ": the"),
        ("- assignee: @me\n", "@"),
        ("- a: `b`\n", "`"),
        ("- a:\n\t- b\n", "\t"),
        ("- a: *x\n", "*"),
        ("- a: b\n- c: d\n", "c"),
        ("- a\n", "a"),
        ("- a: \x07\n", "\x07"),
        ("- a: [b\n", "[b\n"),
        ("- a: b\n---\n- c: d\n", "---"),
    ],
)
def test_what_yaml_refuses_has_a_place(text: str, at: str) -> None:
    with pytest.raises(yaml.YamlError) as caught:
        yaml.scan(text)
    place = text.index(at)
    assert place <= caught.value.offset <= place + len(at)
    assert caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "- \n",
        "[" * 100_000,
        "- " * 10_000 + "a: b",
        "- a: " + "[" * 200 + "]" * 200,
        "- a:\n" + "".join(" " * n + "a:\n" for n in range(3, 400)),
        "- a: &a [*a]\n",
        '- a: "\\U00110000"\n',
    ],
)
def test_nothing_but_a_yaml_error_leaves(text: str) -> None:
    with pytest.raises(yaml.YamlError):
        yaml.scan(text)


def test_aliases_cannot_grow_without_bound() -> None:
    rows = ["- k0: &k0 [x]"]
    rows += [f"  k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(yaml.YamlError, match="too much"):
        yaml.scan("\n".join(rows))


def test_aliases_of_one_large_list_are_counted_whole() -> None:
    large = f"- a: &a [{', '.join(['x'] * 1_000)}]\n  b: "
    enough = yaml.SIZE // 1_001
    assert yaml.scan(f"{large}[{', '.join(['*a'] * enough)}]\n")[1][0] == "b"
    with pytest.raises(yaml.YamlError, match="too much"):
        yaml.scan(f"{large}[{', '.join(['*a'] * (enough + 1))}]\n")


def test_aliases_stand_for_ten_thousand_nodes_and_not_for_one_more() -> None:
    large = f"- a: &a [{', '.join(['x'] * 999)}]\n  b: &b y\n  c: "
    most = f"{large}[{', '.join(['*a'] * 10)}]\n"
    assert yaml.scan(most)[2] == ("c", (("x",) * 999,) * 10)
    more = f"{most}  d: *b\n"
    with pytest.raises(yaml.YamlError, match="too much") as caught:
        yaml.scan(more)
    assert caught.value.offset == more.index("*b")


def test_aliases_cannot_nest_without_bound() -> None:
    rows = ["- k0: &k0 [x]"]
    rows += [f"  k{n}: &k{n} [[[*k{n - 1}]]]" for n in range(1, 50)]
    with pytest.raises(yaml.YamlError):
        yaml.scan("\n".join(rows))


@pytest.mark.parametrize(
    ("value", "most"), [("x", 98), ("[]", 97), ("[x]", 97), ("{a: b}", 97), ("[[x], y]", 96)]
)
def test_an_alias_is_as_deep_as_what_it_stands_for(value: str, most: int) -> None:
    def text(count: int) -> str:
        return f"- a: &a {value}\n  b: {'[' * count}*a{']' * count}\n"

    assert yaml.scan(text(most))[1][0] == "b"
    with pytest.raises(yaml.YamlError):
        yaml.scan(text(most + 1))


def test_a_byte_that_is_no_text_is_none_of_the_characters_that_are_there() -> None:
    value = "\udc80 \U000f0000 \udcff \U000f0002"
    assert yaml.scan(f"- a: &a {value}\n") == (("a", value),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a: \x07\n", "character U+0007 is not allowed"),
        ("- a: *x\n", "no anchor for the alias 'x'"),
        ("- a: b\n- c: d\n", "expected one list item"),
        ("- a\n", "expected a mapping"),
        ("", "expected a mapping"),
        ("- a: b\n---\n- c: d\n", "expected one document"),
        ("- a: b: c\n", "mapping values are not allowed here"),
        ("- a: [b\n", "expected ',' or ']', but got '<stream end>'"),
        ("- a: `b\n", "found character '`' that cannot start any token"),
    ],
)
def test_what_yaml_refuses_is_said(text: str, message: str) -> None:
    with pytest.raises(yaml.YamlError) as caught:
        yaml.scan(text)
    assert (caught.value.message, str(caught.value)) == (message, message)


def test_a_directive_does_not_reach_the_next_item() -> None:
    assert yaml.scan("%YAML 1.1\n---\n- a: yes\n") == (("a", "yes"),)
    assert yaml.scan("- a: 0o7\n  b: [c:d]\n") == (("a", "0o7"), ("b", ("c:d",)))


def test_ruamel_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, todo_tui.document.yaml; sys.exit('ruamel.yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text() | items.wild_items() | items.jumbled_items())
@settings(max_examples=200, deadline=None)
def test_any_text_gives_pairs_or_a_yaml_error(text: str) -> None:
    error: yaml.YamlError | None = None
    fields: tuple[Field, ...] = ()
    try:
        fields = yaml.locate(text)
    except yaml.YamlError as raised:
        error = raised
    assert error is None or 0 <= error.offset <= len(text)
    for field in fields:
        assert 0 <= field.lines.start <= field.value_span.start
        assert field.value_span.start <= field.value_span.stop <= field.lines.stop <= len(text)


@given(items.ordinary_items(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_a_value_replaced_changes_nothing_else(text: str, random: Random) -> None:
    fields = yaml.locate(text)
    index = random.randrange(len(fields))
    source = fields[index].value_span.of(text)
    assume("\n" not in fields[index].lines.of(text).removesuffix("\n"))
    new = yaml.scalar("new: text", like=source)
    edited = apply(text, [Edit(fields[index].value_span, new if source else " " + new)])
    expected = [(field.name, field.value) for field in fields]
    expected[index] = (fields[index].name, "new: text")
    assert yaml.scan(edited) == tuple(expected)


@given(items.ordinary_items(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_lines_taken_away_take_one_field_away(text: str, random: Random) -> None:
    assume("|+" not in text)
    assume(">+" not in text)
    fields = yaml.locate(text)
    index = random.randrange(1, len(fields))
    edited = apply(text, [Edit(fields[index].lines, "")])
    rest = fields[:index] + fields[index + 1 :]
    assert yaml.scan(edited) == tuple((field.name, field.value) for field in rest)


@pytest.mark.parametrize("pair", ["[]", "{}"])
@pytest.mark.parametrize("before", ["", "  b: []\n", "  b: {}\n", "  b: x]}\n"])
def test_of_brackets_within_brackets_the_first_that_is_too_deep_is_named(
    pair: str, before: str
) -> None:
    def fault(count: int) -> EntryFault | None:
        (entry,) = read(f"- T-1: x\n{before}  a: {pair[0] * count}{pair[1] * count}\n").entries
        return entry.fault

    at = 14 + len(before)
    assert fault(yaml.DEPTH - 2) is None
    assert fault(yaml.DEPTH + 9) == ("nested deeper than 100 levels", at + yaml.DEPTH)
    (entry,) = read(f"- T-1: x\n  a: [{'[],' * yaml.DEPTH}]\n").entries
    assert entry.fault is None
