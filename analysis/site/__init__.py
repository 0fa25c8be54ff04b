"""The published pages: tables, charts and committed notebooks become the sources that Sphinx reads."""
