"""Which tasks and groups wait for each other in a ring."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board.scenes import board, task
from todo_tui.board.task import Group

NODES = 6


def reached(targets: dict[int, set[int]], start: int) -> dict[int, int]:
    """In how many steps each node is reached from another; itself by a ring alone."""
    found: dict[int, int] = {}
    ahead = {start}
    steps = 0
    while ahead:
        steps += 1
        ahead = {target for node in ahead for target in targets.get(node, ())} - found.keys()
        found |= dict.fromkeys(ahead, steps)
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, NODES - 1), max_size=3), max_size=NODES),
    st.integers(0, NODES),
)
def test_each_knot_has_one_shortest_ring_that_begins_with_its_first(
    needs: list[set[int]], groups: int
) -> None:
    names = [tuple(f"T{to}" for to in sorted(some)) for some in needs]
    split = max(len(names) - groups, 0)
    on = board(
        *(task(f"T{at}", needs=some) for at, some in enumerate(names[:split])),
        groups=tuple(
            Group(f"T{at}", "Epic", "todo", None, None, some)
            for at, some in enumerate(names[split:], split)
        ),
    )
    targets = {at: {to for to in some if to < len(needs)} for at, some in enumerate(needs)}
    near = {node: reached(targets, node) for node in targets}
    rings = on.graph.cycles
    first = [
        node
        for node in targets
        if node in near[node]
        and not any(other in near[node] and node in near[other] for other in range(node))
    ]
    assert [ring[0] for ring in rings] == first
    for ring in rings:
        assert len(ring) == near[ring[0]][ring[0]]
        assert all(to in targets[at] for at, to in zip(ring, (*ring[1:], ring[0]), strict=True))


@pytest.mark.parametrize(
    ("needs", "rings"),
    [
        ({"A": "A"}, ["A"]),
        ({"A": "B", "B": "A"}, ["AB"]),
        ({"A": "BA", "B": "AB"}, ["A"]),
        ({"A": "C", "B": "B", "C": "A"}, ["AC", "B"]),
        ({"A": "B", "B": "C", "C": "B"}, ["BC"]),
        ({"A": "BC", "B": "C", "C": ""}, []),
        ({"A": "X", "B": "Y"}, []),
    ],
    ids=str,
)
def test_rings(needs: dict[str, str], rings: list[str]) -> None:
    on = board(*(task(name, needs=tuple(some)) for name, some in needs.items()))
    assert ["".join(map(on.graph.id_of, ring)) for ring in on.graph.cycles] == rings
