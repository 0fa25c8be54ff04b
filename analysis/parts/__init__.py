"""Builds of folders that are larger than memory, or than one machine: part by part, on any engine."""
