"""Events on lanes over time, as high as their amount, with bounds drawn."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house, labels
from analysis.charts.house import Mark, Theme
from analysis.charts.words import dollars, figure as told

HEAD, FOOT, SIDE = 42, 22, 52
"""Pixels above each lane for its name, below the last for the years, and at the left for the scale."""
ARROW = 16
YEAR, MONTH = pd.Timedelta(days=365), pd.Timedelta(days=31)
"""A date known to the month is no wider than its mark; only wider ones get a line."""
DOT = 8.5
LABEL_WIDTH = 110


def key(theme: Theme) -> list[Mark]:
    """What the marks mean, whatever their colour."""
    hollow = {**_dot(theme.ink, theme.paper), "markersize": 8}
    return [
        Mark("disputed, or one independent source", hollow),
        Mark("amount undisclosed", {"marker": "x", "markersize": 8, "markeredgewidth": 2, "color": theme.ink, "ls": ""}),
        Mark("bounds of amount or date (arrow: open)", {"marker": "|", "markersize": 12, "color": theme.ink, "ls": "",
                                                         "markeredgewidth": 1.6}),
    ]  # fmt: skip


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a lane for each name, in order of their first row, on one scale of time and of dollars.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row an event: `lane`, `lane_note`, `label` (may be empty), `date_start`, `date_end`, `usd_low`, `usd_stated`,
            `usd_high`, `color`, `is_firm`. Events without a date are left out.
        theme: colours.
    """
    events = frame.dropna(subset=["date_start", "date_end"])
    lanes = frame.drop_duplicates("lane")
    height = (body.height - FOOT) / len(lanes)
    top = events[["usd_low", "usd_stated", "usd_high"]].max().max()
    first, last = events["date_start"].min(), events["date_end"].max()
    span = max(last - first, YEAR)
    limits = first - 0.05 * span, last + 0.12 * span
    # An empty year at the right edge is for labels only.
    years = range(limits[0].year + 1, last.year + 1) or range(limits[1].year, limits[1].year + 1)
    for n, lane in enumerate(lanes.to_dict("records")):
        y1 = body.y1 - n * height
        room = Bbox([[body.x0 + SIDE, y1 - height], [body.x1, y1 - HEAD]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_xlim(*limits)
        axes.set_ylim(0, 1.12 * top if top > 0 else 1)
        _scales(axes, years, theme, with_amounts=top > 0, with_years=n == len(lanes) - 1)
        _head(figure, body.x0, y1, lane, theme)
        _events(axes, room, events[events["lane"].eq(lane["lane"])], theme)


def _head(figure: Figure, x: float, y: float, lane: dict[str, Any], theme: Theme) -> None:
    """Write the name of a lane and its note."""
    name = house.put(figure, x, y - HEAD + 24, "", theme.ink, va="top", weight="bold")
    name.set_text(house.wrap(name, lane["lane"], figure.bbox.width / 3, lines=1))
    x = house.extent(name).x1 + 10
    note = house.put(figure, x, y - HEAD + 24, "", theme.muted, va="top")
    note.set_text(house.wrap(note, lane["lane_note"], figure.bbox.width - house.MARGIN - x, lines=1))


def _scales(axes: Axes, years: range, theme: Theme, *, with_amounts: bool, with_years: bool) -> None:
    """Draw years and dollars as faint lines, and their labels at the edges."""
    labels = [str(year) for year in years] if with_years else []
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], labels=labels)
    axes.grid(axis="both", color=theme.faint)
    axes.axhline(0, color=theme.ink, linewidth=1)
    axes.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    axes.tick_params(colors=theme.muted)
    if not with_amounts:
        axes.set_yticks([])


def _events(axes: Axes, room: Bbox, events: pd.DataFrame, theme: Theme) -> None:
    """Draw the marks of a lane, then find places for their labels."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    texts, marks, obstacles = [], [], []
    for event in events.to_dict("records"):
        mark, lines = _event(axes, event, theme)
        marks.append(mark)
        obstacles += lines
        text = house.put(figure, 0, 0, "", theme.ink, linespacing=1.2)
        label = house.wrap(text, event["label"], LABEL_WIDTH, lines=2)
        amount = told(event["usd_low"], event["usd_stated"], event["usd_high"])
        text.set_text(f"{amount}\n{label}".strip())
        house.clear(text, theme)
        texts.append(text)
    labels.place(
        figure, texts, marks, obstacles, Bbox([[room.x0, room.y0 + 3], [room.x1, room.y1 + 4]]), theme
    )


def _event(axes: Axes, event: dict[str, Any], theme: Theme) -> tuple[Bbox, list[Bbox]]:
    """Draw one event; return the box of its mark and the boxes of its lines, in pixels."""
    start, end = event["date_start"], event["date_end"]
    middle = start + (end - start) / 2
    low, stated, high = event["usd_low"], event["usd_stated"], event["usd_high"]
    known = [value for value in (low, stated, high) if value == value]
    height = stated if stated == stated else sum(known) / max(len(known), 1)
    color = event["color"]
    fill = color if event["is_firm"] else theme.paper
    line = {"color": color, "zorder": 2, "clip_on": False}

    axes.plot([middle, middle], [0, height], linewidth=1, alpha=0.55, **line)
    if end - start > MONTH:
        axes.plot([start, end], [height, height], **line)
    axes.plot([middle, middle], [min(known, default=0), max(known, default=0)], **line)
    x, y = axes.transData.transform((axes.convert_xunits(middle), height))
    tip = max(known, default=0)
    if known and high != high:
        axes.annotate("", (middle, tip), (0, ARROW), textcoords="offset points",
                      arrowprops={"arrowstyle": "<|-", "color": color, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
    if not known:
        axes.plot([middle], [0], marker="x", markersize=9, markeredgewidth=2.2, ls="", **line)
    elif stated == stated:
        axes.plot([middle], [height], **{**line, **_dot(color, fill), "zorder": 3})
    if low < high:
        axes.plot(
            [middle, middle], [low, high], marker="_", markersize=10, markeredgewidth=1.6, ls="", **line
        )
    bottom = axes.transData.transform((0, 0))[1]
    low_y, high_y = (axes.transData.transform((0, value))[1] for value in (min(known, default=0), tip))
    left, right = (axes.transData.transform((axes.convert_xunits(day), 0))[0] for day in (start, end))
    upright = Bbox([[x - 3, bottom], [x + 3, high_y + (ARROW + 6 if known and high != high else 0)]])
    across = Bbox([[left, y - 2], [right, y + 2]])
    return Bbox([[x - 7, y - 7], [x + 7, y + 7]]), [
        upright,
        across,
        Bbox([[x - 7, low_y - 4], [x + 7, high_y + 4]]),
    ]


def _dot(color: str, fill: str) -> dict[str, Any]:
    """How an event with a stated figure is drawn."""
    return {"marker": "o", "markersize": DOT, "markerfacecolor": fill, "markeredgecolor": color,
            "markeredgewidth": 1.8, "ls": ""}  # fmt: skip
