"""How long YAML items take to read: the fast scanner, its line reader, and ruamel.

python -m tests.bench.parse [ITEMS]

Prints microseconds an item, the best of several rounds, and the whole of 10,000 simple items.
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from tests.document import items
from todo_tui.document import flat, yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7

SIMPLE = """\
- TASK_{number:03}: "Implement the form number {number}"
  priority: high
  assigned_agent: eng-frontend
  status: in_progress
  created_at: "2024-01-30T10:00:00Z"
  dependencies: [TASK_{before:03}]
  estimated_hours: 4
"""

NESTED = (
    SIMPLE.replace(" [TASK_{before:03}]", "\n    - TASK_{before:03}")
    + """\
  description: |
    Some text about it.
    More text about it.
"""
)


def best(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Seconds for all texts, in the quickest round."""
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for text in texts:
            read(text)
        rounds.append(perf_counter() - start)
    return min(rounds)


def main(count: int) -> None:
    """Print the table."""
    simple = [SIMPLE.format(number=n, before=n - 1) for n in range(1, count + 1)]
    nested = [NESTED.format(number=n, before=n - 1) for n in range(1, count + 1)]
    mixed = [items.ordinary(Random(seed)) for seed in range(count)]
    for name, texts in (
        ("key and value lines", simple),
        ("with a block list and a block scalar", nested),
        ("all kinds, as the tests make them", mixed),
    ):
        few = texts[: max(1, count // 20)]
        print(
            f"{name:38}"
            f" scan {best(flat.scan, texts) / len(texts) * 1e6:7.1f} µs"
            f" locate {best(flat.locate, texts) / len(texts) * 1e6:7.1f} µs"
            f" ruamel {best(yaml.scan, few) / len(few) * 1e6:7.1f} µs"
        )
    ten_thousand = (simple * (10_000 // count + 1))[:10_000]
    print(f"10,000 items of key and value lines: {best(flat.scan, ten_thousand):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
