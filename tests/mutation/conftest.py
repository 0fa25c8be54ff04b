"""The programs of this folder are run by hand; pytest must not import them to look for doctests."""

collect_ignore = ["report.py", "run.py"]
