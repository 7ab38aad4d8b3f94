"""Other ways to the same file: through symlinks, and through a bind mount of its directory.

A bind mount stands for the container that sees the directory elsewhere. It is made in a mount
namespace of the process that uses it, so that it ends with the process and nobody else sees it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pathlib import Path

View = Literal["plain", "link", "linked folder", "mount"]

_CLONE_NEWNS: Final = 0x00020000
_MS_BIND: Final = 0x1000
_MS_REC: Final = 0x4000
_MS_PRIVATE: Final = 1 << 18


def prepare(folder: Path) -> None:
    """Make the places below ``folder`` from which ``folder/work`` is seen."""
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "TASKS.md").symlink_to("../work/TODO.md")
    (folder / "linked").symlink_to("work", target_is_directory=True)
    (folder / "mounted").mkdir()


def path_of(folder: Path, view: View) -> Path:
    """The file as it is called in a view; for ``mount`` once ``enter`` was called."""
    match view:
        case "plain":
            return folder / "work" / "TODO.md"
        case "link":
            return folder / "elsewhere" / "TASKS.md"
        case "linked folder":
            return folder / "linked" / "TODO.md"
        case "mount":
            return folder / "mounted" / "TODO.md"


def enter(folder: Path) -> None:
    """Bind ``folder/work`` to ``folder/mounted``, for this process alone. Raises OSError."""
    libc = _apart()
    source, target = (os.fsencode(folder / name) for name in ("work", "mounted"))
    _call(libc.mount(source, target, None, _MS_BIND, None))


def enter_small(folder: Path, size: int) -> None:
    """Mount a file system of ``size`` bytes at ``folder``, for this process alone. OSError."""
    options = f"size={size}".encode()
    _call(_apart().mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, options))


def why_no_mount() -> str | None:
    """Why a bind mount cannot be made here; None where it can."""
    if sys.platform != "linux":
        return "bind mounts are of Linux"
    if os.geteuid() != 0:
        return "only root makes bind mounts"
    child = os.fork()
    if child == 0:
        try:
            _call(ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWNS))
        except OSError:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return None if status == 0 else "the system permits no mount namespace"


def _apart() -> ctypes.CDLL:
    """Give this process mounts of its own. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    _call(libc.unshare(_CLONE_NEWNS))
    _call(libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None))
    return libc


def _call(failed: int) -> None:
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
