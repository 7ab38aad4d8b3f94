"""A named tuple of ours is one of the library's, made for less."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from todo_tui.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A place."""

    line: int
    column: int = 1
    source: str = ""

    @property
    def whole(self) -> str:
        """Both numbers."""
        return f"{self.line}:{self.column}"


class Theirs(typing.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    source: str = ""

    @property
    def whole(self) -> str:
        """Both numbers."""
        return f"{self.line}:{self.column}"


@pytest.mark.parametrize(
    ("values", "named"),
    [((1,), {}), ((1, 2, "x"), {}), ((), {"line": 3}), ((1,), {"source": "y"}), ((1, 2), {})],
)
def test_it_holds_what_it_is_given(values: tuple[int, ...], named: dict[str, int]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)  # type: ignore[arg-type]
    assert tuple(ours) == tuple(theirs) == ours
    assert hash(ours) == hash(theirs)
    assert (ours.line, ours.column, ours.source) == tuple(theirs)
    assert ours.whole == theirs.whole
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert tuple(ours._replace(column=7)) == tuple(theirs._replace(column=7))
    assert Ours._make(theirs) == ours
    for same in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert type(same) is Ours
        assert same == ours


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"line": 1}), ((1,), {"width": 1})]
)
def test_it_refuses_what_it_has_no_place_for(
    values: tuple[int, ...], named: dict[str, int]
) -> None:
    for kind in (Theirs, Ours):
        with pytest.raises(TypeError):
            kind(*values, **named)  # type: ignore[arg-type]


def test_it_changes_no_field_that_it_has_not() -> None:
    with pytest.raises(ValueError, match="width"):
        Ours(1)._replace(width=2)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Ours(1).line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Ours(1).width = 2  # type: ignore[attr-defined]


def test_what_is_said_of_the_class() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name)
    match Ours(1, 2):
        case Ours(line, column=column):
            assert (line, column) == (1, 2)


def test_a_field_with_a_default_comes_last() -> None:
    with pytest.raises(TypeError, match="default"):

        class _Wrong(NamedTuple):
            first: int = 1
            second: int  # type: ignore[misc]
