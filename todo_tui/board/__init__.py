"""MEANING: pure, frozen values; no file, no clock, no terminal."""
