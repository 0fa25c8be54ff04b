"""Bars as a chart that can be edited, laid out so that their words fit; in points from the lower left."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.house import Theme
from analysis.charts.language import say
from analysis.charts.native import Bars
from analysis.charts.slides import markup, texts, workbooks
from analysis.charts.slides.markup import C, Element, setting
from analysis.charts.slides.texts import LABEL, Lines

FOOT, GAP, PAD = 24.0, 8.0, 4.0
"""Points below for the scale, between words and the data, and at the edges."""
NAME_SHARE, BAR_SHARE = 0.34, 0.6
"""The part of the width that names may take, and the least part that bars keep of the rest where the words
behind them can stand in two lines."""


def chart(bars: Bars, size: tuple[float, float], theme: Theme, page: Figure) -> bytes:
    """Bars as a chart of a width and a height in points.

    Args:
        bars: what it shows.
        size: width and height.
        theme: colours.
        page: a figure of 72 dots an inch to measure words on.
    """
    rows, (width, height) = bars.rows, size
    top = height - PAD
    type_, has_lines = texts.type_size((top - FOOT) / len(rows))
    names = [
        texts.wrapped(
            name if has_lines else name.replace("\n", ", "), page, NAME_SHARE * width, type_, 1 + has_lines
        )
        for name in rows["name"]
    ]
    widths = [
        texts.extent([[(line, "", False)]], page, type_)[0] for name in names for line in name.split("\n")
    ]
    left = max(widths) + GAP
    in_a_line = [texts.lines_of(label, theme, has_lines=False) for label in rows["label"]]
    space, words = _bar_space(bars, in_a_line, type_, width - left - PAD, page), in_a_line
    if has_lines and space < BAR_SHARE * (width - left):
        words = [texts.lines_of(label, theme, has_lines=True) for label in rows["label"]]
        space = _bar_space(bars, words, type_, width - left - PAD, page)
    inner = Bbox([[left, FOOT], [left + space, top]])

    series = [
        _bar_series(bars, names, n, column, term)
        for n, (column, term) in enumerate(zip(("low", "stated"), bars.terms, strict=False))
        if rows[column].notna().any()
    ]
    plot = C.barChart(
        setting("barDir", "bar"), setting("grouping", "clustered"), setting("varyColors", False), *series,
        _label_series(bars, names, words, type_), setting("gapWidth", 90), setting("overlap", 100),
        *(setting("axId", id_) for id_ in markup.IDS),
    )  # fmt: skip
    look = (min(type_, LABEL - 1), theme.muted, theme.faint, None)
    has_grid = bars.axis.number_format != ""
    values = markup.value_axis(bars.axis, markup.IDS[::-1], "b", "max", look, has_grid=has_grid)
    return markup.chart([plot, markup.name_axis(markup.IDS, type_, theme.ink), values], inner, size, theme)


def _bar_space(bars: Bars, words: Sequence[Lines], type_: float, room: float, page: Figure) -> float:
    """The width of the scale that leaves room for the words behind the longest bars."""
    ends = workbooks.furthest(bars.rows) / bars.axis.high
    taken = [texts.extent(lines, page, type_)[0] + 2 * GAP for lines in words]
    most = [(room - need) / end for need, end in zip(taken, ends, strict=True) if end > 0]
    return min(max(min(most, default=room), 0.3 * room), room - GAP)


def _bar_series(bars: Bars, names: Sequence[str], n: int, column: str, term: str) -> Element:
    """Filled bars with whiskers, or outlines."""
    rows, is_filled = bars.rows, column == "low"
    points_ = [
        C.dPt(
            setting("idx", place), setting("invertIfNegative", False), setting("bubble3D", False),
            markup.shape(color, markup.line(None)),
        )
        for place, color in enumerate(rows["color"])
    ]  # fmt: skip
    reach = (rows["high"] - rows[column].fillna(0)).where(rows["high"].gt(rows[column].fillna(0)))
    errors = markup.whiskers(
        None, None, markup.numbers("F", 2, reach), markup.line(bars.edge, 1.5), has_ends=True
    )  # fmt: skip
    # A whisker needs a bar to begin at, if only one of no length.
    values = rows[column].mask(rows[column].isna() & rows["high"].notna(), 0) if is_filled else rows[column]
    border = markup.line(None) if is_filled else markup.line(bars.edge)
    return C.ser(
        *markup.head(n, "BC"[n], 1, term),
        markup.shape(rows["color"].iloc[0] if is_filled else None, border),
        setting("invertIfNegative", False),
        *(points_ if is_filled else []),
        *([errors] if is_filled and reach.notna().any() else []),
        C.cat(markup.words("A", 2, names)),
        C.val(markup.numbers("BC"[n], 2, values)),
    )


def _label_series(bars: Bars, names: Sequence[str], words: Sequence[Lines], type_: float) -> Element:
    """Bars that are not seen, as long as the furthest mark of each row, with its words behind them."""
    each = [markup.label(n, lines, type_, "outEnd") for n, lines in enumerate(words) if lines]
    return C.ser(
        *markup.head(2, "D", 1, say("label")),
        markup.shape(None, markup.line(None)),
        setting("invertIfNegative", False),
        markup.labels(each, bars.edge),
        C.cat(markup.words("A", 2, names)),
        C.val(markup.numbers("D", 2, workbooks.furthest(bars.rows))),
    )
