"""todo-tui beside its rivals: the same work, in one run, with ratios.

``python -m tests.bench.rivals --help`` says how to run it; the README here holds the last table.
What a tool must offer to be measured is ``tool.Tool``; there is one module for each tool.
"""
