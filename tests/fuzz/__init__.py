"""Coverage-guided fuzzing of reading and of every edit: ``python -m tests.fuzz --help``.

What was found stands in ``findings``, and is tried again by every test run. The figures of long
runs are kept in README.md, beside this file.
"""
