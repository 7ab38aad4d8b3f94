"""A monkey at the board: random keys, clicks, resizes and outside edits, from a seed.

``python -m tests.monkey --seconds 300 --seed 7`` lets one play and says what came of it.
"""
