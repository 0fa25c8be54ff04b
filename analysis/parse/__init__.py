"""Text to value: pure functions that need no files and no pandas for one value."""
