"""The programs of this folder are run by hand: `make bench`."""

collect_ignore = ["__main__.py", "files.py", "peers.py", "stages.py"]
