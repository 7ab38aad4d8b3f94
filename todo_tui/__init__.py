"""todo-tui: a live board over the one TODO.md that coding agents share.

The folders are the way of the data; each imports only what stands to its left:

    errors, shown <- document <- board <- storage <- { tui, cli }

``document`` is text and spans, ``board`` is meaning, ``storage`` is the disk, ``tui`` and ``cli``
are the two front ends. This module imports nothing.
"""

__version__ = "0.1.0"
