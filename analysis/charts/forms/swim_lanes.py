"""What happened to each of several things over time: a lane each, with a line for as long as it lasts."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house, labels
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say
from analysis.charts.native import BAND, NONE, Native, Plot, Series, by_color, points, spans
from analysis.charts.scales import row_axis, serial, time_axis

FOOT = 26
"""Pixels below the last lane for the years."""
NAME_SHARE = 0.24
"""The part of the width that names may take."""
LABEL_WIDTH = 130
YEAR, MONTH = pd.Timedelta(days=365), pd.Timedelta(days=31)
"""A date known to the month is no wider than its mark; only wider ones get a line."""
HOLLOW, FILLED, BARRED, CROSSED = KINDS = ("hollow", "filled", "barred", "crossed")


def style(kind: str, color: str, theme: Theme) -> dict[str, Any]:
    """How a mark of one of `KINDS` is drawn."""
    if kind == CROSSED:
        return {"marker": "x", "markersize": 8.5, "markeredgewidth": 2.4, "color": theme.ink, "ls": ""}
    if kind == BARRED:
        return {"marker": "|", "markersize": 13, "markeredgewidth": 2, "color": theme.ink, "ls": ""}
    fill = color if kind == FILLED else theme.paper
    return {
        "marker": "o", "markersize": 8.5, "markerfacecolor": fill, "markeredgecolor": color,
        "markeredgewidth": 1.8, "ls": "",
    }  # fmt: skip


def key(frame: pd.DataFrame, meanings: Mapping[str, str], theme: Theme) -> list[Mark]:
    """What the kinds of mark that occur in the frame mean, whatever their colour."""
    return [
        Mark(meaning, style(kind, theme.muted, theme))
        for kind, meaning in meanings.items()
        if frame["kind"].eq(kind).any()
    ]


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a lane for each name, in order of their first row, on one scale of time.

    A lane's line runs from its first mark to its last crossed one, or on to the edge where it has none.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row an event: `lane`, `lane_note` (what stands under the name), `label` (may be empty),
            `date_start`, `date_end`, `kind` (of `KINDS`), `color`. Events without a date are left out.
        theme: colours.
    """
    events = frame.dropna(subset=["date_start", "date_end"])
    lanes = frame.drop_duplicates("lane").to_dict("records")
    names = [_name(figure, body, lane, theme) for lane in lanes]
    left = max(house.extent(text).x1 for pair in names for text in pair) + 16
    room = Bbox([[left, body.y0 + FOOT], [body.x1, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    _scale(axes, events, len(lanes), theme)
    height = room.height / len(lanes)
    for row, (lane, pair) in enumerate(zip(lanes, names, strict=True)):
        middle = room.y1 - (row + 0.5) * height
        for text in pair:
            text.set_y(middle / figure.bbox.height)
        inside = Bbox([[room.x0, middle - height / 2], [room.x1, middle + height / 2]])
        _lane(figure, axes, inside, events[events["lane"].eq(lane["lane"])], row, theme)


def _name(figure: Figure, body: Bbox, lane: Mapping[Hashable, Any], theme: Theme) -> tuple[Text, Text]:
    """Write the name of a lane and its note under it; the height comes later."""
    name = house.put(figure, body.x0, 0, "", theme.ink, va="bottom", weight="bold")
    note = house.put(figure, body.x0, 0, "", theme.muted, house.SOURCE, va="top")
    for text, words in ((name, lane["lane"]), (note, lane["lane_note"])):
        text.set_text(house.wrap(text, words, NAME_SHARE * body.width, lines=1))
    return name, note


def _scale(axes: Axes, events: pd.DataFrame, n_lanes: int, theme: Theme) -> None:
    """Set the ends of the time axis, never less than a year apart, and mark the beginning of each year."""
    first, last = events["date_start"].min(), events["date_end"].max()
    span = max(last - first, YEAR)
    start, end = first - 0.03 * span, last + 0.05 * span
    # One year alone would be no scale.
    if end.year - start.year < 2:
        start = min(start, pd.Timestamp(first.year, 1, 1) - 0.01 * span)
    years = range(start.year + 1, end.year + 1)
    axes.set_xlim(start, end)
    axes.set_ylim(n_lanes - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], labels=[str(year) for year in years])  # type: ignore[arg-type]
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted, pad=6)
    for edge in range(1, n_lanes):
        axes.axhline(edge - 0.5, color=theme.faint, linewidth=0.8)


def _lane(figure: Figure, axes: Axes, room: Bbox, events: pd.DataFrame, row: int, theme: Theme) -> None:
    """Draw the line and the marks of a lane, then find places for their labels."""
    if events.empty:
        return
    middles = events["date_start"] + (events["date_end"] - events["date_start"]) / 2
    ends = middles[events["kind"].eq(CROSSED)]
    right = axes.convert_xunits(ends.max()) if len(ends) else axes.get_xlim()[1]  # type: ignore[no-untyped-call]
    left = axes.convert_xunits(middles.min())  # type: ignore[no-untyped-call]
    color = events["color"].iloc[0]
    axes.plot(
        [left, right], [row, row], color=color, linewidth=3, alpha=0.35, solid_capstyle="butt", zorder=1
    )
    texts, marks, ranges = [], [], []
    for event, middle in zip(events.to_dict("records"), middles, strict=True):
        if event["date_end"] - event["date_start"] > MONTH:
            axes.plot([event["date_start"], event["date_end"]], [row, row], color=event["color"], zorder=2)
            ranges.append(_box(axes, event["date_start"], event["date_end"], row))
        axes.plot([middle], [row], zorder=3, clip_on=False, **style(event["kind"], event["color"], theme))
        x, y = axes.transData.transform((axes.convert_xunits(middle), row))  # type: ignore[no-untyped-call]
        marks.append(Bbox([[x - 6, y - 6], [x + 6, y + 6]]))
        text = house.put(figure, 0, 0, "", theme.ink)
        text.set_text(house.wrap(text, event["label"], LABEL_WIDTH, lines=1))
        texts.append(text)
    labels.place(figure, texts, marks, [_box(axes, left, right, row), *ranges], room, theme)


def _box(axes: Axes, left: Any, right: Any, row: int) -> Bbox:
    """The box of a line on a lane, in pixels."""
    ends = [(axes.convert_xunits(x), row) for x in (left, right)]  # type: ignore[no-untyped-call]
    (x0, y), (x1, _) = axes.transData.transform(ends)
    return Bbox([[x0, y - 2], [x1, y + 2]])


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same lanes, as `draw` takes them, as a chart that can be edited."""
    lanes = frame.drop_duplicates("lane")
    order = {lane: n for n, lane in enumerate(lanes["lane"], start=1)}
    events = frame.dropna(subset=["date_start", "date_end"])
    across = time_axis(events["date_start"].min(), events["date_end"].max(), most=8)
    days = events[["date_start", "date_end"]].map(serial)
    is_wide = events["date_end"] - events["date_start"] > MONTH
    dots = events.assign(
        x=days.mean(axis=1), y=events["lane"].map(order),
        x_low=days["date_start"].where(is_wide), x_high=days["date_end"].where(is_wide),
        mark=events["kind"].replace({BARRED: NONE}),
        color=events["color"].mask(events["kind"].eq(CROSSED), theme.ink),
    )  # fmt: skip
    lives = [_life(own, across.high) for _, own in dots.groupby("lane", sort=False)]
    ends = dots[dots["kind"].eq(BARRED)]
    bars = ends.assign(low=ends["y"] - 0.28, high=ends["y"] + 0.28, label="", color=theme.ink)
    series = (
        spans(pd.DataFrame(lives), say("on record"), theme.other, 4, BAND),
        Series(say("turning points"), points(bars), whisker=theme.ink, width=2, has_ends=False),
        *by_color(dots, theme),
    )
    names = pd.DataFrame({"name": lanes["lane"] + "\n" + lanes["lane_note"], "is_bold": True})
    drawn = tuple(each for each in series if len(each.points))
    return Native((Plot(drawn, across, row_axis(len(order)), names),))


def _life(events: pd.DataFrame, edge: float) -> dict[str, float]:
    """The line of a lane from its first mark to its last crossed one, or on to the edge."""
    ends = events.loc[events["kind"].eq(CROSSED), "x"]
    first, last = events["x"].min(), ends.max() if len(ends) else edge
    return {"y": events["y"].iloc[0], "x_low": first, "x_high": last}
