"""SCREEN AND KEYS: the board in the terminal."""
