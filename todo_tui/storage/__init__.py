"""THE DISK: reading steadily, locking, committing atomically, watching."""
