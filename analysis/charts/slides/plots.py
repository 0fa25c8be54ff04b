"""Points as a chart that can be edited, laid out so that their words fit; in points from the lower left."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import labels
from analysis.charts.house import Theme
from analysis.charts.language import say
from analysis.charts.native import CROSSED, HOLLOW, NONE, Plot, Series, points
from analysis.charts.slides import markup, places, texts, workbooks
from analysis.charts.slides.markup import C, Element, setting
from analysis.charts.slides.places import MARK, Place
from analysis.charts.slides.texts import LABEL, LINE, Lines

FOOT, SIDE, GAP, PAD = 24.0, 46.0, 8.0, 4.0
"""Points below and at the left for scales, between words and the data, and at the edges."""
NAME_SHARE, LABEL_WIDTH = 0.34, 170.0
"""The part of the width that names may take, and the points of words at a point."""
TINT = 0.5
"""The colour in a hollow point: LibreOffice draws no border around points, and paper alone is not seen."""


def with_names(plot: Plot) -> Plot:
    """A plot with the names of its rows as words at points of its left edge, if it has rows."""
    if plot.names is None:
        return plot
    rows = pd.DataFrame(
        {"x": plot.across.low, "y": range(1, len(plot.names) + 1), "label": plot.names["name"]}
    )
    names = Series(say("names"), points(rows.assign(mark=NONE, color="#000000")), side="l")
    return replace(plot, series=(*plot.series, names))


def chart(plot: Plot, size: tuple[float, float], theme: Theme, page: Figure) -> bytes:
    """A plot as a chart of a width and a height in points.

    Args:
        plot: what it shows, the names of rows among its series.
        size: width and height.
        theme: colours.
        page: a figure of 72 dots an inch to measure words on.
    """
    width, height = size
    foot = FOOT + (LINE * LABEL if plot.across.name else 0)
    top = height - PAD - GAP
    type_, left, words = _plot_words(plot, width, top - foot, theme, page)
    sizes = [[texts.extent(lines, page, type_) for lines in own] for own in words]
    # The points at the right leave room for the words behind them.
    space = width - left - 2 * PAD
    most = [
        (space - need - MARK / 2 - labels.NEAR - PAD) / at
        for series, own in zip(plot.series, sizes, strict=True)
        for (need, _), at in zip(own, (places.part(plot.across, x) for x in series.points["x"]), strict=True)
        if need and at > 0
    ]
    inner = Bbox([[left, foot], [left + max(0.7 * space, min([space, *most])), top]])
    room = Bbox([[left + 6, foot + 2], [width - PAD, top + GAP]])
    found = places.places(plot, sizes, inner, room)
    length = workbooks.block_rows(plot)
    series = [
        _series(
            own,
            n,
            length,
            _labels(words[n], found[n], type_, size, theme.paper if own.side == "r" else None),
            theme,
        )
        for n, own in enumerate(plot.series)
    ]
    scatter = C.scatterChart(
        setting("scatterStyle", "lineMarker"), setting("varyColors", False), *series,
        *(setting("axId", id_) for id_ in markup.IDS),
    )  # fmt: skip
    look, is_open = (min(type_, LABEL - 1), theme.muted, theme.faint), plot.names is None
    edges = ["max" if axis.is_reversed else "min" for axis in (plot.up, plot.across)]
    across = markup.value_axis(plot.across, markup.IDS, "b", edges[0], (*look, theme.muted), has_grid=True)
    up = markup.value_axis(plot.up, markup.IDS[::-1], "l", edges[1], (*look, None), has_grid=is_open)
    return markup.chart([scatter, across, up], inner, size, theme)


def _plot_words(
    plot: Plot, width: float, height: float, theme: Theme, page: Figure
) -> tuple[float, float, list[list[Lines]]]:
    """The size of words, the room at the left, and the words at each point of each series."""
    type_, has_lines, left = LABEL - 1, True, SIDE + (LINE * LABEL if plot.up.name else 0)
    named: list[Lines] = []
    if plot.names is not None:
        type_, has_lines = texts.type_size(height / len(plot.names))
        named = [
            texts.name_of(row, page, NAME_SHARE * width, type_, theme, has_lines=has_lines)
            for row in plot.names.to_dict("records")
        ]
        left = max(texts.extent(name, page, type_)[0] for name in named) + 2 * GAP
    room, n_lines = (LABEL_WIDTH, 2) if has_lines else (width, 1)
    words = [
        named
        if plot.names is not None and n == len(plot.series) - 1
        else [
            texts.lines_of(texts.wrapped(label, page, room, type_, n_lines), theme, has_lines=has_lines)
            # A point that is not drawn keeps no distance to its words.
            for label in ("\u2002" * (series.side == "r") + series.points["label"])
        ]
        for n, series in enumerate(plot.series)
    ]
    return type_, left, words


def _labels(
    words: Sequence[Lines],
    found: Sequence[Place],
    type_: float,
    size: tuple[float, float],
    paper: str | None,
) -> list[Element]:
    """The words at the points of a series in their places."""
    return [
        markup.label(n, lines, type_, side, (aside / size[0], -upward / size[1]), paper)
        for n, (lines, (side, (aside, upward))) in enumerate(zip(words, found, strict=True))
        if lines
    ]


def _series(series: Series, n: int, length: int, own: Sequence[Element], theme: Theme) -> Element:
    """The points of the series with number n, whose cells fill a block of a length."""
    rows, first = series.points, n * length + 2
    cells = rows.reindex(range(length - 2))
    usual = rows["mark"].iloc[0], rows["color"].iloc[0]
    marks = [
        C.dPt(setting("idx", place), _marker(*own, theme), setting("bubble3D", False))
        for place, own in enumerate(zip(rows["mark"], rows["color"], strict=True))
        if own != usual
    ]
    look = markup.line(series.line, series.width, is_dashed=series.is_dashed, opacity=series.opacity)
    return C.ser(
        *markup.head(n, "B", first - 1, series.name),
        C.spPr(look),
        _marker(*usual, theme),
        *marks,
        markup.labels(own, theme.muted),
        *_errors(series, first, length - 2),
        C.xVal(markup.numbers("A", first, cells["x"])),
        C.yVal(markup.numbers("B", first, cells["y"])),
        setting("smooth", False),
    )


def _errors(series: Series, first: int, length: int) -> list[Element]:
    """The whiskers of a series, where there are any."""
    reaches = pd.DataFrame([workbooks.reaches(row) for row in series.points.to_dict("records")])
    if series.whisker is None or not reaches.gt(0).any(axis=None):
        return []
    down, up = (
        markup.numbers(column, first, reaches[n].reindex(range(length))) for n, column in enumerate("EF")
    )
    look = markup.line(series.whisker, series.width)
    return [markup.whiskers("y", down, up, look, has_ends=series.has_ends)]


def _marker(mark: str, color: str, theme: Theme) -> Element:
    """How a point of a kind is drawn."""
    if mark == NONE:
        return C.marker(setting("symbol", "none"))
    if mark == CROSSED:
        return markup.marker("x", MARK + 1, None, markup.line(color, 2.25))
    inside = _mixed(color, theme.paper) if mark == HOLLOW else color
    return markup.marker("circle", MARK, inside, markup.line(color, 1.75))


def _mixed(color: str, paper: str) -> str:
    """A colour with paper between it."""
    (r, g, b), (r0, g0, b0) = to_rgb(color), to_rgb(paper)
    return to_hex((r0 + TINT * (r - r0), g0 + TINT * (g - g0), b0 + TINT * (b - b0)))
