"""How fast a file is read and a claim made, against ruamel.yaml's round trip and a bare Python.

python -m tests.bench.text

    10,000 tasks read cold       to ruamel's round-trip load of the same YAML: 50 times faster
    again with one line changed  to the same: 500 times faster
    the lock held by a claim     to ruamel's round-trip dump, 1,000 tasks: 1,000 times shorter
    todo-tui claim               to python -c pass: at most 8 times as long
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.own_process import answer, program, seconds
from tests.bench.parse import NESTED, SIMPLE
from tests.bench.row import Row, faster, table, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RUNS: Final = 15


_READ: Final = """
import gc, json, statistics, sys, time
from pathlib import Path
from todo_tui.board import reading
from todo_tui.document.document import Document
data = Path(sys.argv[1]).read_bytes()
gc.disable()  # as the program does until it has read
start = time.process_time()
board = reading.read(Document.decode(data))
cold = time.process_time() - start
assert len(board.tasks) == 10_000, len(board.tasks)
again = []
for number in range(500, 9_500, 300):
    line = b"form number %d" % number
    assert data.count(line + b'"') == 1
    data = data.replace(line + b'"', line + b', changed"')
    start = time.process_time()
    board = reading.read(Document.decode(data, board.document), board)
    again.append(time.process_time() - start)
    assert sum(task.title.endswith("changed") for task in board.tasks) == len(again)
print(json.dumps([cold, statistics.median(again)]))
"""

_RUAMEL: Final = """
import io, json, sys, time
from pathlib import Path
from ruamel.yaml import YAML
text = Path(sys.argv[1]).read_text().partition("```yaml\\n")[2].partition("```")[0]
yaml = YAML()
start = time.process_time()
tasks = yaml.load(text)
loaded = time.process_time() - start
start = time.process_time()
yaml.dump(tasks, io.StringIO())
print(json.dumps([loaded, time.process_time() - start, len(tasks)]))
"""

_HELD: Final = """
import contextlib, json, sys, time
from todo_tui.storage import lock
held, times = lock.held, []
@contextlib.contextmanager
def timed(*arguments, **named):
    with held(*arguments, **named) as holding:
        start = time.perf_counter()
        yield holding
    times.append(time.perf_counter() - start)
lock.held = timed
from todo_tui.cli.main import main
code = main(sys.argv[1:])
assert code == 0 and len(times) == 1, (code, times)
print(json.dumps(times[0]))
"""


def write(path: Path, tasks: int, templates: Sequence[str], *, free: bool = False) -> None:
    """A file of so many tasks, made from the templates in turn; ``free``: anybody may claim one."""
    texts = [
        templates[number % len(templates)].format(number=number, before=number - 1)
        for number in range(1, tasks + 1)
    ]
    text = "".join(texts)
    if free:
        text = text.replace("status: in_progress", "status: todo")
        text = text.replace("assigned_agent: eng-frontend", "assigned_agent: null")
        text = text.replace("dependencies", "relates_to")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# Plan\n\n```yaml\n{text}```\n\n## Session History\n", encoding="utf-8")


def rows() -> Iterator[Row]:
    """Measure; see the docstring of the module."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _reading(Path(folder, "read", "TODO.md"))
        yield from _holding(Path(folder, "held", "TODO.md"))
        yield from _claiming(Path(folder, "claim", "TODO.md"))


def _reading(path: Path) -> Iterator[Row]:
    for what, templates in (
        ("10,000 tasks of plain fields", [SIMPLE]),
        ("10,000 tasks, half of them with a list and a text", [SIMPLE, NESTED]),
    ):
        write(path, 10_000, templates)
        ours = [answer(_READ, str(path)) for _ in range(5)]
        load, _, tasks = answer(_RUAMEL, str(path))
        assert tasks == 10_000
        cold, again = (statistics.median(times) for times in zip(*ours, strict=True))
        words = "ruamel.yaml round-trip load"
        yield faster(f"{what}, read cold", cold, words, load, 50)
        yield faster(f"{what}, one line changed", again, words, load, 500)


def _holding(path: Path) -> Iterator[Row]:
    write(path, 1_000, [SIMPLE, NESTED], free=True)
    dump = statistics.median(answer(_RUAMEL, str(path))[1] for _ in range(3))
    times = [
        answer(_HELD, "claim", f"TASK_{number:03}", "--agent", "eng@1", "--file", str(path))
        for number in range(401, 401 + _RUNS)
    ]
    held = statistics.median(times)
    yield faster("lock held by a claim, 1,000 tasks", held, "ruamel.yaml dump", dump, 1_000)


def _claiming(path: Path) -> Iterator[Row]:
    write(path, 100, [SIMPLE, NESTED], free=True)
    bare, claims = [], []
    for number in range(1, _RUNS + 2):
        bare.append(seconds([sys.executable, "-c", "pass"], path.parent))
        words = ("claim", f"TASK_{number:03}", "--agent", "eng@1")
        claims.append(seconds(program(*words), path.parent))
    middle, base = statistics.median(claims[1:]), statistics.median(bare[1:])
    yield within("`todo-tui claim`, 100 tasks", middle, "`python -c pass`", base, 8)


if __name__ == "__main__":
    print(table(rows()))
