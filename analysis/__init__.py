"""From what sources said about funding rounds to what was most likely raised."""

__version__ = "0.1.0"
