"""The charts of notebook 05: what they draw is what the frames say."""

from collections.abc import Callable
from math import nan

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis import charts, load
from analysis.charts.field_shares import CHARTS as SHARES
from analysis.charts.house import LIGHT
from analysis.charts.world_model_field import when
from tests.charts.conftest import Record, one_row, undisclosed


def drawing(name: str, record: Record) -> tuple[pd.DataFrame, Figure]:
    """The frame of a chart and its figure."""
    frame = charts.frame(name, record)
    return frame, charts.draw(name, frame, record.reports())


def words(figure: Figure, drawn: Callable[[Figure], list[Text]]) -> list[str]:
    """The texts of a page."""
    return [text.get_text() for text in drawn(figure)]


@pytest.mark.parametrize("name", ["field_sides", "field_countries", "field_needs"])
def test_bars_begin_at_zero_and_end_at_the_lower_bound(name: str, record: Record) -> None:
    frame, figure = drawing(name, record)
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [bar.get_x() for bar in bars] == [0] * len(frame)
    assert [bar.get_width() for bar in bars] == pytest.approx(frame["usd_low"].fillna(0).tolist())
    assert figure.axes[0].get_xlim()[0] == 0


def test_every_segment_and_year_has_its_cell(record: Record, drawn: Callable) -> None:
    frame, figure = drawing("field_segments", record)
    cells = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert len(cells) == frame["usd_low"].gt(0).sum()
    texts = words(figure, drawn)
    assert texts.count("$100–999m\n1 round") == 2  # the segment, and the whole field
    assert texts.count("undisclosed\n1 round") == 2
    assert "2026 up to 23 November" in [text.replace("\n", " ") for text in texts]


def test_more_money_is_darker() -> None:
    frame = charts.frame("field_segments", load)
    view = charts.world_model_field._segments_view(frame, LIGHT).dropna(subset="shade")
    assert view["shade"].rank().tolist() == view["usd_low"].rank().tolist()
    assert view["shade"].between(0, 1).all()


def test_a_round_that_is_not_firm_is_hollow_and_alibabas_has_its_colour(record: Record) -> None:
    frame, figure = drawing("field_rounds", record)
    dots = {
        line.get_xdata()[0]: line
        for line in figure.axes[0].lines
        if line.get_marker() == "o"  # type: ignore[index]
    }
    assert sorted(dots) == sorted(frame["usd_stated"].dropna())
    hollow = [amount for amount, dot in dots.items() if dot.get_markerfacecolor() == LIGHT.paper]
    assert hollow == frame.loc[~frame["is_firm"] & frame["usd_stated"].notna(), "usd_stated"].tolist()
    assert {dot.get_markeredgecolor() for dot in dots.values()} == {LIGHT.accent}


def test_talks_are_hollow_and_lie_over_their_closing(record: Record) -> None:
    frame, figure = drawing("field_talks", record)
    (axes,) = figure.axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert {dot.get_markerfacecolor() for dot in dots} == {LIGHT.paper}
    assert sorted(dot.get_xdata()[0] for dot in dots) == sorted(frame["usd_stated"].dropna())  # type: ignore[index]
    lanes = frame["closed_id"].fillna(frame["talks_id"]).nunique()
    assert axes.get_ylim()[0] == lanes - 0.5


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (Record(), "4 of 5 talks became a round: 1 closed above what was talked of, none below"),
        (one_row(), "0 of 1 talks became a round"),
        (undisclosed(), "4 of 5 talks became a round"),
    ],
)
def test_titles_of_talks(record: Record, title: str) -> None:
    assert charts.CHARTS["field_talks"].title(charts.frame("field_talks", record)) == title


def test_a_need_that_nobody_meets_is_an_empty_bar_with_a_note(record: Record) -> None:
    frame, figure = drawing("field_needs", record)
    texts = [text.get_text() for text in figure.artists if isinstance(text, Text)]
    n_empty = frame["n_rounds"].eq(0).sum()
    assert n_empty == texts.count("$0") == 3
    assert texts.count("no segment of the record is about it") == n_empty


def test_the_ends_of_a_share_are_called_certain_only_where_they_are() -> None:
    base = {"part": "largest company", "whole": "the whole field", "where": "", "is_trio": False,
            "companies": "Aye", "share": 0.5, "told_low": 0.4, "told_high": 0.5}  # fmt: skip
    (chart,) = SHARES
    for ends, said in (
        ((nan, nan), "neither end certain"),
        ((nan, 0.5), "certainly not above 50%"),
        ((0.4, nan), "certainly not below 40%"),
        ((0.4, 0.5), "both ends certain"),
    ):
        frame = pd.DataFrame([base | {"share_low": ends[0], "share_high": ends[1]}])
        assert said in chart.alt(frame)
        assert chart.title(frame) == "By lower bound, Aye has 50% of the field’s money"


def test_a_date_is_a_month_only_where_it_lies_in_one() -> None:
    first, last = pd.Timestamp("2026-03-03"), pd.Timestamp("2026-03-20")
    assert when(first, last) == "Mar 2026"
    assert when(pd.Timestamp("2026-01-01"), pd.Timestamp("2026-12-31")) == "2026"
    assert when(pd.NaT, pd.NaT) == "unknown"
