"""The commands of `python -m analysis`, one module a noun; heavy imports stand inside the functions."""
