"""``python -m todo_tui`` is the ``todo-tui`` command."""

import sys

from todo_tui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
