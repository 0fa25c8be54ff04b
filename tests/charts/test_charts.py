"""Every chart of the registry, on ordinary and on awkward records, by what it draws."""

from functools import cache

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import charts, load
from analysis.charts import house
from analysis.charts.chart import Tables
from analysis.charts.lettering import BOX
from analysis.load import Once
from tests.charts.conftest import (
    Record,
    collisions_of,
    crowded,
    long_names,
    one_row,
    texts_of,
    undisclosed,
)

RECORDS: dict[str, Tables] = {
    "committed": Once(load),
    "ordinary": Once(Record()),
    "one row": Once(one_row()),
    "undisclosed": Once(undisclosed()),
    "long names": Once(long_names()),
    "crowded": Once(crowded()),
}
everywhere = pytest.mark.parametrize(
    "case", [pytest.param(case, marks=[pytest.mark.slow] if case == "crowded" else []) for case in RECORDS]
)
each_chart = pytest.mark.parametrize("name", charts.CHARTS)


@cache
def drawing(name: str, case: str) -> tuple[pd.DataFrame, Figure]:
    """The frame of a chart and its figure."""
    frame = charts.frame(name, RECORDS[case])
    return frame, charts.draw(name, frame, RECORDS[case].reports())


@cache
def texts(name: str, case: str) -> list[Text]:
    """What a chart really writes."""
    return texts_of(drawing(name, case)[1])


def by_gid(figure: Figure, gid: str) -> Text:
    """A text of the page by its role."""
    (text,) = figure.findobj(lambda artist: artist.get_gid() == gid)
    assert isinstance(text, Text)
    return text


@each_chart
@everywhere
def test_no_text_covers_another_or_leaves_the_page(name: str, case: str) -> None:
    assert collisions_of(texts(name, case), drawing(name, case)[1].bbox) == []


@each_chart
@everywhere
def test_the_page_has_its_size_title_subtitle_and_source(name: str, case: str) -> None:
    frame, figure = drawing(name, case)
    assert tuple(figure.bbox.size) == pytest.approx(charts.CHARTS[name].size)
    title = by_gid(figure, "title")
    assert title.get_text().count("\n") <= 1
    assert title.get_weight() == "bold"
    whole, shown = charts.CHARTS[name].title(frame), title.get_text().replace("\n", " ")
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown.rstrip("…")))
    assert "US dollars" in by_gid(figure, "subtitle").get_text() or "usd_low" not in frame
    assert by_gid(figure, "source").get_text() == house.source_line(frame, RECORDS[case].reports())
    left = {house.extent(by_gid(figure, gid)).x0 for gid in ("title", "subtitle", "source")}
    assert max(left) - min(left) < 3


@each_chart
@everywhere
def test_texts_are_legible_and_set_in_the_house_face(name: str, case: str) -> None:
    for text in texts(name, case):
        assert text.get_fontsize() >= house.SOURCE
        assert text.get_fontfamily() == [house.FACE]
        assert BOX not in text.get_text()


@each_chart
@everywhere
def test_alt_text_and_table_say_the_main_numbers(name: str, case: str) -> None:
    frame, _ = drawing(name, case)
    alt, rows = charts.CHARTS[name].alt(frame), charts.CHARTS[name].rows(frame)
    assert 60 < len(alt) < 2000
    assert "nan" not in alt
    assert len(rows) == len(frame)
    assert not rows.isin(["nan", ""]).any(axis=None)
    # Two dollar signs in a cell would be set as a formula by the notebook.
    assert not rows.map(lambda cell: "$" in cell).any(axis=None)


@each_chart
def test_the_measure_and_the_notebook_of_a_chart_exist(name: str) -> None:
    chart = charts.CHARTS[name]
    assert chart.name == name
    assert (load.directory().parents[1] / "notebooks" / f"{chart.notebook}.ipynb").exists()


@each_chart
@everywhere
def test_bars_begin_at_one_base_and_on_a_scale_at_zero(name: str, case: str) -> None:
    for axes in drawing(name, case)[1].axes:
        bars = [bar for container in axes.containers for bar in container]
        assert len({bar.get_x() for bar in bars}) <= 1
        if bars and axes.axison:
            assert bars[0].get_x() == axes.get_xlim()[0] == 0


@everywhere
@pytest.mark.parametrize(
    "name",
    [
        "alibaba_capital", "alibaba_part", "alibaba_bets", "video_capital", "video_groups", "video_quarters",
        "field_sides", "field_countries", "field_needs",
    ],
)  # fmt: skip
def test_bars_end_at_the_lower_bound(name: str, case: str) -> None:
    frame, figure = drawing(name, case)
    (bars,) = figure.axes[0].containers
    assert [bar.get_width() for bar in bars] == pytest.approx(frame["usd_low"].fillna(0).tolist())


def test_an_open_end_is_an_arrow_and_a_closed_one_a_tick() -> None:
    frame, figure = drawing("alibaba_capital", "ordinary")
    arrows = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    ticks = [line for line in figure.axes[0].lines if line.get_marker() == "|"]
    assert len(arrows) == frame["usd_high"].isna().sum() == 1
    assert [line.get_xdata()[0] for line in ticks] == frame["usd_high"].dropna().tolist()  # type: ignore[index]


def test_the_timeline_draws_each_round_as_what_is_known_of_it() -> None:
    frame, figure = drawing("alibaba_rounds", "ordinary")
    lines = [line for axes in figure.axes for line in axes.lines]
    dots = {line.get_ydata()[0]: line for line in lines if line.get_marker() == "o"}  # type: ignore[index]
    assert sorted(dots) == sorted(frame["usd_stated"].dropna())
    # The disputed round is hollow, the others are filled.
    hollow = [amount for amount, dot in dots.items() if dot.get_markerfacecolor() == house.LIGHT.paper]
    assert hollow == [290e6]
    assert len([line for line in lines if line.get_marker() == "x"]) == frame["usd_low"].isna().sum()
    whiskers = [line.get_ydata() for line in lines if line.get_marker() == "_"]
    assert sorted(map(list, whiskers)) == [[100e6, 999e6], [230e6, 290e6]]


def test_alibabas_rounds_alone_have_the_accent() -> None:
    frame, figure = drawing("alibaba_rounds", "ordinary")
    marks = [line for axes in figure.axes for line in axes.lines if line.get_marker() in ("o", "x", "_")]
    accented = [line for line in marks if line.get_color() == house.LIGHT.accent]
    assert frame["alibaba"].eq("led").sum() == 3
    assert len(accented) == 3


def test_nothing_to_plot_is_an_error(record: Record) -> None:
    frame = charts.frame("alibaba_rounds", record)
    with pytest.raises(ValueError, match="no rows to plot"):
        charts.draw("alibaba_rounds", frame.head(0), record.reports())


def test_an_unknown_chart_names_those_that_exist(record: Record) -> None:
    with pytest.raises(ValueError, match=r"no chart 'rounds'\. There are: .*alibaba_rounds,"):
        charts.frame("rounds", record)
