"""Exports of other people's databases: how each is laid out, and its rows as rows of reports."""
