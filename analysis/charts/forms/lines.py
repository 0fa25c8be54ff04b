"""Series over time in panels, each with its own scale: points with whiskers, joined by lines or steps."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from math import ceil, log
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house, labels
from analysis.charts.forms.ranks import point
from analysis.charts.house import SOURCE, Theme
from analysis.charts.language import say, term
from analysis.charts.native import NONE, Native, Plot, Series, marks_of, points
from analysis.charts.scales import axis, serial, time_axis
from analysis.charts.words import short_month

ABOVE, HEAD, FOOT, SIDE, GAP = 8, 44, 24, 40, 26
"""Pixels above the name of each panel, from there to the data with the name, below them for the dates, at the
left for the scale, and between panels."""
SHAPE = 2.0
"""The width of a panel over its height that panels come as close to as they can."""
END_SHARE = 0.36
"""The part of a panel's width that the labels of ends may take."""
LABEL_WIDTH, LABEL_SHARE = 235, 0.6
"""Pixels of a label at a point; where this part of the width is less, it has that and two lines."""
LINE = 16.0
"""Pixels from one label of an end to the next."""
MONTH, TICKS = pd.Timedelta(days=31), 7

Tick = Callable[[float], str]


def draw(
    figure: Figure,
    body: Bbox,
    frame: pd.DataFrame,
    theme: Theme,
    *,
    tick: Tick,
    is_stepped: bool = False,
    is_reversed: bool = False,
    dodge: float = 0,
) -> None:
    """Draw a panel for each name, in order of their first row, on one scale of time.

    Panels stand side by side or below each other, as suits the shape of the room.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a point: `panel`, `panel_note` (behind the name), `series` (what stands at its end),
            `date`, `value`, `low`, `high`, `label` (beside the point, may be ""), `color`, `is_firm` (else
            hollow), and of the line `line_color` and `is_dashed`. Points without a date or value are
            left out.
        theme: colours.
        tick: words of a value on the scale.
        is_stepped: whether a value holds until the next one.
        is_reversed: whether small values stand on top, as ranks do.
        dodge: pixels by which the series of a panel stand apart, so that their whiskers do not meet.
    """
    points = frame.dropna(subset=["date", "value"])
    panels = frame.drop_duplicates("panel").to_dict("records")
    columns = _columns(body, len(panels))
    width = (body.width - GAP * (columns - 1)) / columns
    height = body.height / ceil(len(panels) / columns)
    first, last = points["date"].min(), points["date"].max()
    span = max(last - first, MONTH)
    limits = first - 0.05 * span, max(last, first + span) + 0.05 * span
    for n, panel in enumerate(panels):
        row, column = divmod(n, columns)
        left, top = body.x0 + column * (width + GAP), body.y1 - row * height - ABOVE
        _head(figure, left, width, top, panel, theme)
        chosen = points[points["panel"].eq(panel["panel"])]
        ends = _end_width(figure, chosen, END_SHARE * width, theme)
        room = Bbox([[left + SIDE, top + ABOVE - height + FOOT], [left + width - ends, top - HEAD]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_xlim(*limits)
        _scales(axes, chosen, limits, room.width, tick, theme, is_reversed=is_reversed)
        _series(figure, axes, room, chosen, left + width, theme, is_stepped=is_stepped, dodge=dodge)


def _columns(body: Bbox, n: int) -> int:
    """How many of n panels stand side by side: those that give them the best shape and leave few gaps."""

    def misshapen(columns: int) -> float:
        rows = ceil(n / columns)
        width, height = (body.width - GAP * (columns - 1)) / columns, body.height / rows
        return abs(log(width / height / SHAPE)) + rows * columns / n - 1

    return min(range(1, n + 1), key=misshapen)


def _head(
    figure: Figure, left: float, width: float, top: float, panel: Mapping[Hashable, Any], theme: Theme
) -> None:
    """Write the name of a panel and its note."""
    name = house.put(figure, left, top, "", theme.ink, va="top", weight="bold")
    name.set_text(house.wrap(name, panel["panel"], width, lines=1))
    x = house.extent(name).x1 + 8
    if left + width - x > 60:
        note = house.put(figure, x, top - 1, "", theme.muted, SOURCE, va="top")
        note.set_text(house.wrap(note, panel["panel_note"], left + width - x, lines=1))


def _end_width(figure: Figure, points: pd.DataFrame, room: float, theme: Theme) -> float:
    """The pixels that the names of the series need at the right."""
    texts = [house.put(figure, 0, 0, name, theme.ink) for name in points["series"].unique()]
    widest = max((house.extent(text).width for text in texts), default=0)
    for text in texts:
        text.remove()
    return float(min(widest + 16, room))


def _scales(
    axes: Axes,
    points: pd.DataFrame,
    limits: tuple[pd.Timestamp, pd.Timestamp],
    width: float,
    tick: Tick,
    theme: Theme,
    *,
    is_reversed: bool,
) -> None:
    """Set the ends of the value axis, and draw values and dates as faint lines with words at the edges."""
    days, names = _dates(*limits, width)
    axes.set_xticks(days, labels=names)  # type: ignore[arg-type]
    values = points[["low", "value", "high"]]
    low, high = values.min().min(), values.max().max()
    if pd.isna(low):
        low = high = 0.0
    pad = 0.08 * (high - low) or 1.0
    axes.set_ylim(*((high + pad, low - pad) if is_reversed else (low - pad, high + pad)))
    locator = MaxNLocator(4, steps=[1, 2, 5, 10], integer=True)
    if is_reversed:
        marked = [value for value in locator.tick_values(low, high) if 1 < value <= high]
        axes.set_yticks([1, *marked])
    else:
        axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axes.grid(axis="both", color=theme.faint)
    axes.tick_params(colors=theme.muted, labelsize=SOURCE)
    axes.tick_params(axis="x", pad=5)


def _dates(start: pd.Timestamp, end: pd.Timestamp, width: float) -> tuple[list[pd.Timestamp], list[str]]:
    """The firsts of months to mark, as many as there is room for, and their names; years where they begin."""
    months = list(pd.date_range(start, end, freq="MS", normalize=True))
    months = [month for month in months if month >= start] or [start.normalize()]
    most = max(2, min(TICKS, int(width // 62)))
    steps = [step for step in (1, 2, 3, 6, 12, 24, 60) if len(months) / step <= most] or [120]
    marked = [month for month in months if (month.month - 1 + 12 * month.year) % steps[0] == 0] or months[:1]
    if steps[0] >= 12:
        return marked, [str(month.year) for month in marked]
    is_named = [n == 0 or month.month <= steps[0] for n, month in enumerate(marked)]
    return marked, [
        short_month(month) if named else term(f"{month:%b}")
        for month, named in zip(marked, is_named, strict=True)
    ]


def _series(
    figure: Figure,
    axes: Axes,
    room: Bbox,
    points: pd.DataFrame,
    right: float,
    theme: Theme,
    *,
    is_stepped: bool,
    dodge: float,
) -> None:
    """Draw the lines of a panel, then find places for the labels at points and at ends."""
    texts, marks, obstacles, ends = [], [], [], []
    first, last = axes.get_xlim()
    pixel = pd.Timedelta(days=(last - first) / room.width)
    middle = (points["series"].nunique() - 1) / 2
    label_width = min(LABEL_WIDTH, LABEL_SHARE * room.width)
    for n, (name, series) in enumerate(points.groupby("series", sort=False)):
        series = series.sort_values("date")
        series["date"] += (n - middle) * dodge * pixel
        style = "steps-post" if is_stepped else "default"
        color, dashes = series["line_color"].iloc[0], (0, (4, 2)) if series["is_dashed"].iloc[0] else "-"
        axes.plot(series["date"], series["value"], color=color, ls=dashes, drawstyle=style, linewidth=1.6)
        places = [_point(axes, row, theme) for row in series.to_dict("records")]
        obstacles += path(places, is_stepped=is_stepped)
        obstacles += whiskers(axes, series["date"], series["low"], series["high"])
        for (x, y), label in zip(places, series["label"], strict=True):
            box = Bbox([[x - 4, y - 4], [x + 4, y + 4]])
            if not label:
                obstacles.append(box)
                continue
            text = house.put(figure, 0, 0, "", theme.ink, SOURCE)
            text.set_text(house.wrap(text, label, label_width, lines=1 if label_width == LABEL_WIDTH else 2))
            texts.append(text)
            marks.append(box)
        ends.append((places[-1], str(name), color))
    obstacles += _ends(figure, room, ends, right, theme)
    inside = Bbox([[room.x0, room.y0 + 3], [room.x1, room.y1 + HEAD - 24]])
    labels.place(figure, texts, marks, obstacles, inside, theme)


def _point(axes: Axes, row: Mapping[Hashable, Any], theme: Theme) -> tuple[float, float]:
    """Draw one value with its whisker; return where it lies on the page."""
    low, high = row["low"], row["high"]
    if low < high:
        axes.plot([row["date"]] * 2, [low, high], color=row["color"], linewidth=1.2, marker="_", markersize=6,
                  zorder=2.5, clip_on=False)  # fmt: skip
    axes.plot(
        [row["date"]],
        [row["value"]],
        zorder=3,
        clip_on=False,
        **point(row["color"], row["color"] if row["is_firm"] else theme.paper),
    )
    x, y = axes.transData.transform((axes.convert_xunits(row["date"]), row["value"]))  # type: ignore[no-untyped-call]
    return float(x), float(y)


def path(places: list[tuple[float, float]], *, is_stepped: bool) -> list[Bbox]:
    """The way of a line in boxes small enough to be walked round."""
    corners = places[:1]
    for (_, y0), (x1, y1) in pairwise(places):
        corners += [(x1, y0), (x1, y1)] if is_stepped else [(x1, y1)]
    boxes = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        n = max(1, ceil(max(abs(x1 - x0), abs(y1 - y0)) / 12))
        for i in range(n):
            xs, ys = ([a + (b - a) * (i + k) / n for k in (0, 1)] for a, b in ((x0, x1), (y0, y1)))
            boxes.append(Bbox([[min(xs) - 3, min(ys) - 3], [max(xs) + 3, max(ys) + 3]]))
    return boxes


def whiskers(axes: Axes, across: Iterable[Any], low: Iterable[float], high: Iterable[float]) -> list[Bbox]:
    """The boxes of upright whiskers."""
    boxes = []
    for at, *ends in zip(across, low, high, strict=True):
        if ends[0] < ends[1]:
            x = axes.convert_xunits(at)  # type: ignore[no-untyped-call]
            (x, bottom), (_, top) = axes.transData.transform([(x, end) for end in ends])
            boxes.append(Bbox([[x - 4, bottom], [x + 4, top]]))
    return boxes


def _ends(
    figure: Figure,
    room: Bbox,
    ends: list[tuple[tuple[float, float], str, str]],
    right: float,
    theme: Theme,
) -> list[Bbox]:
    """Write the name of each series at the right, as near to the height of its end as others allow.

    Returns: The boxes of the lines that lead to names from afar.
    """
    leads = []
    ends = sorted(ends, key=lambda end: -end[0][1])[: max(1, int(room.height // LINE))]
    heights = _apart([y for (_, y), _, _ in ends], room.y0 + LINE / 2, room.y1 - LINE / 2)
    for ((x, y), name, color), height in zip(ends, heights, strict=True):
        text = house.put(figure, room.x1 + 10, height, "", theme.ink, va="center_baseline")
        text.set_text(house.wrap(text, name, right - room.x1 - 10, lines=1))
        if abs(height - y) > LINE / 2 or room.x1 - x > 30:
            size = figure.bbox.size
            line = Line2D(
                [(x + 5) / size[0], (room.x1 + 8) / size[0]], [y / size[1], height / size[1]],
                transform=figure.transFigure, color=color, linewidth=0.8, ls=(0, (1, 2)), zorder=1,
            )  # fmt: skip
            figure.add_artist(line)
            leads += path([(x + 5, y), (room.x1, height)], is_stepped=False)
    return leads


def _apart(heights: list[float], low: float, high: float) -> list[float]:
    """Heights from the top down, moved as little as keeps each a line below the one before, and inside."""
    kept: list[float] = []
    for height in heights:
        kept.append(min(height, kept[-1] - LINE if kept else high))
    for n in range(len(kept) - 1, -1, -1):
        kept[n] = max(kept[n], kept[n + 1] + LINE if n + 1 < len(kept) else low)
    return kept


def native(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    tick: Tick,
    is_stepped: bool = False,
    is_reversed: bool = False,
) -> Native:
    """The same panels, as `draw` takes them, as charts that can be edited."""
    known = frame.dropna(subset=["date", "value"])
    across = time_axis(known["date"].min(), known["date"].max(), most=8)
    panels = []
    for name, rows in known.groupby("panel", sort=False):
        values = rows[["low", "value", "high"]]
        series = [
            each
            for end, own in rows.groupby("series", sort=False)
            for each in _line(own.sort_values("date").reset_index(drop=True), str(end), is_stepped=is_stepped)
        ]
        up = axis(values.min().min(), values.max().max(), tick, most=5, is_reversed=is_reversed)
        # There is no rank 0.
        up = replace(up, number_format="0;;") if is_reversed else up
        panels.append(Plot(tuple(series), across, up, None, str(name), rows["panel_note"].iloc[0]))
    return Native(tuple(panels), columns=min(2, len(panels)))


def _line(rows: pd.DataFrame, name: str, *, is_stepped: bool) -> list[Series]:
    """A line, and its points by how firm they are; the last one has the name."""
    dots = rows.assign(x=rows["date"].map(serial), y=rows["value"], mark=marks_of(rows["is_firm"]))
    dots["label"] = [*dots["label"][:-1], "\n".join(filter(None, [name, dots["label"].iloc[-1]]))]
    bare = dots[["x", "y"]].assign(mark=NONE, color=rows["line_color"])
    corners = bare.assign(y=bare["y"].shift()).iloc[1:]
    way = pd.concat([corners, bare]).sort_index(kind="stable") if is_stepped else bare
    first = rows.iloc[0]
    line, is_dashed = first["line_color"], bool(first["is_dashed"])
    return [
        Series(say("{name}, line", name=name), points(way), line=line, is_dashed=is_dashed),
        *(
            Series(name, points(own), whisker=str(color))
            for (_, color), own in dots.groupby(["mark", "color"], sort=False)
        ),
    ]
