"""The process: ``todo-tui``, and ``python -m todo_tui``.

Owns how it begins and ends. Most commands end with their memory: to look for garbage meanwhile,
and to take down at the end all that was loaded, would take a fifth of a claim.
"""

import gc
import os
import sys


def run() -> int:
    """Run the program on the arguments of this process; its exit code.

    Does not return where nothing but memory is left to give back.
    """
    gc.disable()
    from todo_tui.cli.main import main

    code = main(sys.argv[1:])
    if not gc.isenabled():
        os._exit(code)
    # A command that lasts has looked for garbage; what is left now is not worth it.
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(run())
