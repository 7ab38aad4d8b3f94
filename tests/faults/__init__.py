"""Commits in which one system call fails, falls short, is the last, or comes too late."""
