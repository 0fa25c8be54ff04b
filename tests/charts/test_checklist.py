"""Statements with verdicts, by what is drawn."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.charts import house
from analysis.charts.forms import checklist
from analysis.charts.house import LIGHT, Mark, Texts
from tests.charts.conftest import texts_of

COLUMNS = [Mark("yes", {"marker": "o", "ls": ""}), Mark("no", {"marker": "x", "ls": ""})]


def drawing(texts: list[str], columns: list[str], counts: list[int]) -> Figure:
    """Statements of one group each; the last is not firm."""
    frame = pd.DataFrame({"text": texts, "column": columns, "n": counts})
    frame["group"] = [f"Group {n}" for n in frame.index]
    frame["is_firm"] = frame.index < len(frame) - 1
    with house.style():
        figure, body = house.page((800, 80 * len(frame) + 180), Texts("Title", "Subtitle", "Source"))
        checklist.draw(figure, body, frame, COLUMNS, "sources", LIGHT)
    return figure


def test_a_mark_stands_in_the_column_of_its_verdict() -> None:
    axes = drawing(["One.", "Two.", "Three."], ["yes", "no", "yes"], [4, 0, 2]).axes[0]
    marks = [line for line in axes.lines if line.get_marker() in ("o", "x")]
    assert [line.get_marker() for line in marks] == ["o", "x", "o"]
    first, second, third = [np.asarray(line.get_xdata(), dtype=float)[0] for line in marks]
    assert first == third < second


def test_bars_are_as_long_as_the_counts_and_hollow_where_they_are_not_firm() -> None:
    bars = drawing(["One.", "Two.", "Three."], ["yes", "no", "yes"], [4, 0, 2]).axes[0].patches
    widths = [bar.get_width() for bar in bars]  # type: ignore[attr-defined]
    assert widths == pytest.approx([widths[0], 0, widths[0] / 2])
    white = (1.0, 1.0, 1.0, 1.0)
    assert [bar.get_facecolor() == white for bar in bars] == [False, False, True]


def test_the_head_counts_the_statements_of_each_verdict() -> None:
    texts = [text.get_text() for text in texts_of(drawing(["One.", "Two."], ["yes", "yes"], [1, 1]))]
    assert texts[texts.index("yes") - 1] == "2"
    assert texts[texts.index("no") - 1] == "0"


def test_long_statements_are_cut_to_two_lines(collisions: Callable[[Figure], list[tuple[str, str]]]) -> None:
    figure = drawing(["A claim that never ends. " * 20] * 3, ["yes"] * 3, [0, 0, 0])
    assert collisions(figure) == []
    assert [text.get_text().count("\n") for text in texts_of(figure) if "claim" in text.get_text()] == [
        1,
        1,
        1,
    ]
