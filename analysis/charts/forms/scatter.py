"""Two measures of each thing against each other: points with whiskers, some of them with labels."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullLocator
from matplotlib.transforms import Bbox

from analysis.charts import house, labels
from analysis.charts.forms.lines import path, whiskers
from analysis.charts.forms.ranks import point
from analysis.charts.house import SOURCE, Theme
from analysis.charts.language import say
from analysis.charts.native import NONE, Native, Plot, Series, by_color, marks_of, points
from analysis.charts.scales import axis, log_axis

HEAD, FOOT, SIDE = 22, 42, 44
"""Pixels above for the name of the upward scale, below for the other one and its name, and at the left."""
LABEL_WIDTH = 170

Tick = Callable[[float], str]


def draw(
    figure: Figure,
    body: Bbox,
    frame: pd.DataFrame,
    theme: Theme,
    *,
    names: tuple[str, str],
    ticks: tuple[Tick, Tick],
) -> None:
    """Draw a point for each thing; equal distances to the right are equal factors.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a thing: `across` (above zero), `up`, `low`, `high` (of `up`), `label` (may be ""),
            `color`, `is_firm` (else hollow), `is_on_edge` (joined by a stepped line).
        theme: colours.
        names: what the scales measure, across and up.
        ticks: words of a value on the scales, across and up.
    """
    room = Bbox([[body.x0 + SIDE, body.y0 + FOOT], [body.x1, body.y1 - HEAD]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    _scales(axes, frame, ticks, theme)
    house.put(figure, room.x1, body.y0, names[0], theme.muted, SOURCE, ha="right", va="bottom")
    house.put(figure, body.x0, body.y1, names[1], theme.muted, SOURCE, va="top")
    edge = frame[frame["is_on_edge"]].sort_values("across")
    axes.plot(edge["across"], edge["up"], color=theme.muted, linewidth=1, drawstyle="steps-post", zorder=1)
    obstacles = path(list(axes.transData.transform(edge[["across", "up"]].to_numpy())), is_stepped=True)
    obstacles += whiskers(axes, frame["across"], frame["low"], frame["high"])
    texts, marks = [], []
    for row in frame.to_dict("records"):
        if row["low"] < row["high"]:
            axes.plot(
                [row["across"]] * 2, [row["low"], row["high"]], color=row["color"], linewidth=1, zorder=2
            )
        axes.plot(
            [row["across"]],
            [row["up"]],
            zorder=3,
            **point(row["color"], row["color"] if row["is_firm"] else theme.paper),
        )
        x, y = axes.transData.transform((row["across"], row["up"]))
        box = Bbox([[x - 4, y - 4], [x + 4, y + 4]])
        if not row["label"]:
            obstacles.append(box)
            continue
        text = house.put(figure, 0, 0, "", theme.ink, SOURCE)
        text.set_text(house.wrap(text, row["label"], LABEL_WIDTH, lines=1))
        texts.append(text)
        marks.append(box)
    labels.place(figure, texts, marks, obstacles, room, theme)


def _scales(axes: Axes, frame: pd.DataFrame, ticks: tuple[Tick, Tick], theme: Theme) -> None:
    """Set the ends of both axes and mark a few values."""
    first, last = float(frame["across"].min()), float(frame["across"].max())
    pad = max((last / first) ** 0.05, 1.15)
    axes.set_xscale("log")
    axes.set_xlim(first / pad, last * pad)
    marked = LogLocator(subs=(1.0, 2.0, 5.0)).tick_values(first / pad, last * pad)
    inside = [tick for tick in marked if first / pad <= tick <= last * pad]
    axes.xaxis.set_major_locator(FixedLocator(inside or [first]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks[0](value)))
    values = frame[["low", "up", "high"]]
    low, high = values.min().min(), values.max().max()
    space = 0.06 * (high - low) or 1.0
    axes.set_ylim(low - space, high + space)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks[1](value)))
    axes.grid(axis="both", color=theme.faint)
    axes.tick_params(colors=theme.muted, labelsize=SOURCE)


def native(frame: pd.DataFrame, theme: Theme, *, names: tuple[str, str], ticks: tuple[Tick, Tick]) -> Native:
    """The same points, as `draw` takes them, as a chart that can be edited."""
    dots = frame.assign(x=frame["across"], y=frame["up"], mark=marks_of(frame["is_firm"]))
    edge = dots[dots["is_on_edge"]].sort_values("x")
    corners = pd.concat([edge, edge.assign(y=edge["y"].shift()).iloc[1:]])[["x", "y"]]
    bare = corners.sort_values(["x", "y"]).assign(color=theme.muted, mark=NONE)
    step = [Series(say("edge"), points(bare), line=theme.muted)] if len(edge) > 1 else []
    values = frame[["low", "up", "high"]]
    across = log_axis(float(frame["across"].min()), float(frame["across"].max()), ticks[0], base=2)
    up = axis(values.min().min(), values.max().max(), ticks[1])
    plot = Plot(
        (*step, *by_color(dots, theme, 1.0)), replace(across, name=names[0]), replace(up, name=names[1])
    )
    return Native((plot,))
