"""Pictures of two forms, held against the ones that were looked at and approved.

To approve new ones: `pytest tests/charts/test_baselines.py -n0 --mpl-generate-path tests/charts/baselines`.
"""

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import charts
from analysis.charts import house
from tests.charts.conftest import Record

STYLE = Path(house.__file__).with_name("house.mplstyle")
# Without its words a picture hangs on no version of the library that sets them.
same_picture = pytest.mark.mpl_image_compare(
    baseline_dir="baselines", style=str(STYLE), remove_text=True, tolerance=1, savefig_kwargs={"dpi": 100}
)


def wordless(name: str) -> Figure:
    """A chart of the ordinary record without its texts; arrows stay."""
    record = Record()
    figure = charts.draw(name, charts.frame(name, record), record.reports())
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_text("")
    return figure


@same_picture
def test_a_timeline_looks_as_approved() -> Figure:
    return wordless("alibaba_rounds")


@same_picture
def test_bars_with_bounds_look_as_approved() -> Figure:
    return wordless("alibaba_capital")
