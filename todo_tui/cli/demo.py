"""``demo``: a live board with simulated agents on a throw-away file."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from todo_tui.board.times import utc
from todo_tui.cli.board import open_board
from todo_tui.cli.demo_play import Play
from todo_tui.cli.demo_shop import AGENTS, text
from todo_tui.cli.exit_code import OK
from todo_tui.cli.options import seconds
from todo_tui.static import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from todo_tui.cli.call import Call
    from todo_tui.cli.demo_play import Deed
    from todo_tui.cli.options import Arguments

_FOR: Final = 30.0
"""Seconds that the demo plays without a terminal."""


def add_arguments(parser: Arguments, command: str) -> None:  # noqa: ARG001
    """Add how the agents play."""
    parser.add_argument(
        "--agents",
        type=int,
        choices=range(1, len(AGENTS) + 1),
        default=5,
        metavar="N",
        help=f"how many agents work, 1 to {len(AGENTS)} (default 5)",
    )
    parser.add_argument(
        "--speed", type=speed, default=1.0, metavar="X", help="times as fast (default 1)"
    )
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="another story")
    parser.add_argument(
        "--for",
        dest="duration",
        type=seconds,
        default=_FOR,
        metavar="SECONDS",
        help=f"without a terminal: print what happens for so long (default {_FOR:g})",
    )


def run(call: Call) -> int:
    """Play on a new file in a new folder, which is removed at the end."""
    args = call.args
    play = Play(args.agents, args.speed, args.seed)
    with tempfile.TemporaryDirectory(prefix="todo-tui-demo-") as folder:
        path = Path(folder, "teapots", "TODO.md")
        path.parent.mkdir()
        path.write_text(text(call.now()), encoding="utf-8")
        if call.can_draw:
            with _beside(path, play):
                return open_board(call, (str(path),))
        signal.signal(signal.SIGTERM, _leave)
        if sys.platform != "win32":
            signal.signal(signal.SIGHUP, _leave)
        _tell(call, path, play)
    return OK


def _leave(number: int, _: object) -> NoReturn:
    # By an exception, so that the folder goes on the way out.
    raise SystemExit(128 + number)


@contextmanager
def _beside(path: Path, play: Play) -> Iterator[None]:
    """The agents in a process of their own, which ends with the context."""
    command = [sys.executable, "-m", "todo_tui.cli.demo_play", str(path)]
    with subprocess.Popen(
        [*command, str(play.agents), str(play.speed), str(play.seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ):
        yield


def _tell(call: Call, path: Path, play: Play) -> None:
    """Print what the agents do, until the time is over."""
    end = time.monotonic() + call.args.duration

    def stopped(pause: float) -> bool:
        time.sleep(max(0.0, min(pause, end - time.monotonic())))
        return bool(time.monotonic() >= end)

    def report(deed: Deed) -> None:
        at = utc(call.now())
        if call.out.json:
            call.out.document({"at": at, **deed._asdict()})
        else:
            task = "" if deed.task is None else f"{deed.task}  "
            call.out.lines([f"{at}  {deed.agent:<18}{deed.words:<17}{task}{deed.title}"])
        call.out.flush()

    play.run(path, stopped, report)


def speed(word: str) -> float:
    """How many times as fast. Raises ValueError."""
    value = seconds(word)
    if value == 0:
        raise ValueError(word)
    return value
