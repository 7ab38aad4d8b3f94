"""Many processes on one file, and an oracle that says whether any promise was broken.

``python -m tests.storm --help``. Results of whole runs are kept in README.md, beside this file.
"""
