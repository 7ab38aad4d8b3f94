"""Small changes made to the program, one at a time, each of which a test should notice.

See README.md.
"""
