"""TEXT: bytes in, entries with spans out; edits in, bytes out. Does not know what a task is."""
