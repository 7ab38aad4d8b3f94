"""A disk that takes its time to confirm what was written, where there is none at hand.

Owns the library that is loaded before the C library's ``fsync`` and ``fdatasync``: each call waits
first, whoever makes it, Python or sqlite. What a call costs beside that is the disk's own. Linux,
and a C compiler as ``cc``. Must not know what is measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_WAIT: Final = "SYNC_MICROSECONDS"

_SOURCE: Final = f"""\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_a_while(void) {{
    const char *words = getenv("{_WAIT}");
    long all = words ? atol(words) : 0;
    struct timespec pause = {{all / 1000000, all % 1000000 * 1000}};
    nanosleep(&pause, NULL);
}}

#define LATER(name) int name(int file) {{ \\
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, #name); \\
    wait_a_while(); \\
    return real(file); }}

LATER(fsync)
LATER(fdatasync)
"""


def is_in_force() -> bool:
    """Whether this process was started on such a disk."""
    return _WAIT in os.environ


def start_again(module: str, words: Sequence[str], milliseconds: float) -> NoReturn:
    """Run a module anew, as this process, with each sync so much longer.

    SystemExit where there is no compiler, or where it fails.
    """
    if sys.platform != "linux" or shutil.which("cc") is None:
        raise SystemExit("--sync needs Linux and a C compiler (cc)")
    folder = Path(tempfile.mkdtemp(prefix="slow-disk-"))
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(_SOURCE, encoding="ascii")
    compiler = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    made = subprocess.run(compiler, capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(folder)
        raise SystemExit(f"--sync needs a C compiler, and cc failed:\n{made.stderr.rstrip()}")
    environ = os.environ | {_WAIT: f"{milliseconds * 1000:.0f}", "LD_PRELOAD": str(library)}
    os.execve(sys.executable, [sys.executable, "-m", module, *words], environ)


def clear_up() -> None:
    """Take away what ``start_again`` has made; the library stays loaded."""
    shutil.rmtree(Path(os.environ.pop("LD_PRELOAD")).parent)
