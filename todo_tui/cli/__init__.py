"""The commands. Nothing here imports textual, except that the board is opened in one function."""
