"""Counts in columns: bars as long as the frame says, from zero, on one scale."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import house
from analysis.charts.forms import count_bars
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of

COUNTS = pd.DataFrame({"name": ["Slip", "Rounding"], "low": [5, 40], "high": [0, 12], "color": LIGHT.other})


def page() -> Figure:
    """A page with two columns."""
    with house.style():
        figure, body = house.page((800, 400), Texts("Title", "Subtitle", "Source"))
        count_bars.draw(figure, body, COUNTS, {"low": ("Low", "45"), "high": ("High", "12")}, LIGHT)
    return figure


def test_bars_are_the_counts_from_zero_on_one_scale() -> None:
    axes = page().axes
    widths = [[bar.get_width() for bar in one.patches if isinstance(bar, Rectangle)] for one in axes]
    assert widths == [[5, 40], [0, 12]]
    assert {one.get_xlim() for one in axes} == {axes[0].get_xlim()}
    assert axes[0].get_xlim()[0] == 0


def test_every_count_and_name_is_written_once() -> None:
    texts = [text.get_text() for text in texts_of(page())]
    assert [text for text in texts if text in ("5", "40", "0")] == ["5", "40", "0"]
    assert [text for text in texts if text in ("Slip", "Rounding")] == ["Slip", "Rounding"]
