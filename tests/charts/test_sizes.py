"""Every chart in every size that it is exported in."""

import pytest

from analysis import charts, load
from analysis.charts import sizes
from analysis.load import Once
from tests.charts.conftest import collisions_of, mostly_slow, texts_of

TABLES = Once(load)
each_chart = pytest.mark.parametrize("name", charts.CHARTS)
# The screen size is drawn from six records in test_charts.py; a column is the tightest.
others = pytest.mark.parametrize(
    "size", ["column", *(pytest.param(size, marks=pytest.mark.slow) for size in ("slide", "page"))]
)


@mostly_slow
@others
def test_no_text_covers_another_or_leaves_the_page_in_any_size(name: str, size: str) -> None:
    frame = charts.frame(name, TABLES)
    figure = charts.draw(name, frame, TABLES.reports(), size=size)
    assert tuple(figure.bbox.size) == pytest.approx(sizes.layout(charts.CHARTS[name], size))
    assert collisions_of(texts_of(figure), figure.bbox) == []
    (title,) = figure.findobj(lambda artist: artist.get_gid() == "title")
    assert not title.get_text().endswith("…")  # type: ignore[attr-defined]


@each_chart
def test_slides_are_sixteen_to_nine_and_no_layout_shrinks_type(name: str) -> None:
    chart = charts.CHARTS[name]
    width, height = sizes.layout(chart, "slide")
    assert width * 9 == height * 16
    assert 960 <= width <= 1280
    assert sizes.layout(chart, "column")[0] == 480
    assert sizes.layout(chart, "page")[0] == 670


def test_an_unknown_size_is_named() -> None:
    with pytest.raises(ValueError, match=r"no size 'poster'\. There are: screen, column, slide, page"):
        sizes.get("poster")
