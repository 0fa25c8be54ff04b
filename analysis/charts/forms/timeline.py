"""Events on lanes over time, as high as their amount, with bounds drawn."""

from collections.abc import Callable, Hashable, Mapping
from math import ceil, nan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house, labels, words
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say
from analysis.charts.native import CROSSED, NONE, Native, Plot, Series, by_color, marks_of, points
from analysis.charts.scales import Axis, axis, serial, time_axis

HEAD, FOOT, SIDE = 42, 26, 52
"""Pixels above each lane for its name, below the last for the years, and at the left for the scale."""
PAD = 6
"""Pixels between the scale and its words."""
TICKS: dict[str, Any] = {"nbins": 3, "steps": [1, 2, 2.5, 5, 10]}
LABEL_WIDTH, BEFORE, BEHIND = 110, 35, 65
"""Pixels of a label at most, and before the first event and behind the last at least."""
ARROW = 16
ENDS = ["usd_low", "usd_stated", "usd_high"]
YEAR, MONTH = pd.Timedelta(days=365), pd.Timedelta(days=31)
"""A date known to the month is no wider than its mark; only wider ones get a line."""


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks that occur in the frame mean, whatever their colour."""
    low, stated, high = frame["usd_low"], frame["usd_stated"], frame["usd_high"]
    is_undisclosed = low.isna() & stated.isna() & high.isna()
    is_wide = (
        high.gt(low) | (high.isna() & ~is_undisclosed) | (frame["date_end"] - frame["date_start"] > MONTH)
    )
    ink = {"color": theme.ink, "ls": ""}
    marks = [
        (
            ~frame["is_firm"] & stated.notna(),
            say("disputed, or one independent source"),
            _dot(theme.ink, theme.paper),
        ),
        (
            is_undisclosed,
            say("amount undisclosed"),
            {**ink, "marker": "x", "markersize": 8, "markeredgewidth": 2},
        ),
        (
            is_wide,
            say("bounds of amount or date (arrow: open)"),
            {**ink, "marker": "|", "markersize": 12, "markeredgewidth": 1.6},
        ),
    ]
    return [Mark(meaning, style) for occurs, meaning, style in marks if occurs.any()]


def draw(
    figure: Figure,
    body: Bbox,
    frame: pd.DataFrame,
    theme: Theme,
    under: Callable[[Axes, pd.DataFrame, Theme], list[Bbox]] | None = None,
) -> None:
    """Draw a lane for each name, in order of their first row, on one scale of time and of dollars.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row an event: `lane`, `lane_note`, `label` (may be empty), `date_start`, `date_end`,
            `usd_low`, `usd_stated`, `usd_high`, `color`, `is_firm`. Events without a date are left out.
        theme: colours.
        under: draws something else under the marks of a lane, and returns what labels should not cover.
    """
    events = frame.dropna(subset=["date_start", "date_end"])
    lanes = frame.drop_duplicates("lane").to_dict("records")
    height = (body.height - FOOT) / len(lanes)
    top = events[["usd_low", "usd_stated", "usd_high"]].max().max()
    side = max(SIDE, _scale_width(figure, top) + PAD - house.MARGIN / 2)
    limits, years = _time(events, body.width - side)
    for n, lane in enumerate(lanes):
        y1 = body.y1 - n * height
        room = Bbox([[body.x0 + side, y1 - height], [body.x1, y1 - HEAD]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_xlim(*limits)  # type: ignore[arg-type]
        axes.set_ylim(0, 1.12 * top if top > 0 else 1)
        _scales(axes, years, theme, with_amounts=top > 0, with_years=n == len(lanes) - 1)
        _head(figure, body.x0, y1 - HEAD + 24, lane, theme)
        own = events[events["lane"].eq(lane["lane"])]
        _events(figure, axes, room, own, under(axes, own, theme) if under else [], theme)


def _time(events: pd.DataFrame, room: float) -> tuple[tuple[pd.Timestamp, pd.Timestamp], range]:
    """The ends of the time axis, never less than a year apart, and the years whose beginning is marked."""
    first, last = events["date_start"].min(), events["date_end"].max()
    span = max(last - first, YEAR)
    start, end = first - max(0.05, BEFORE / room) * span, last + max(0.12, BEHIND / room) * span
    # Behind the last event is room for labels only.
    years = range(start.year + 1, last.year + 1) or range(end.year, end.year + 1)
    return (start, end), years


def _scale_width(figure: Figure, top: float) -> float:
    """Pixels of the words at the scale of dollars."""
    if not top > 0:
        return 0
    ticks = MaxNLocator(**TICKS).tick_values(0, top)
    text = house.put(figure, 0, 0, "\n".join(map(words.dollars, ticks)), "none")
    width = float(house.extent(text).width)
    text.remove()
    return width


def _head(figure: Figure, x: float, y: float, lane: Mapping[Hashable, Any], theme: Theme) -> None:
    """Write the name of a lane and its note."""
    name = house.put(figure, x, y, "", theme.ink, va="top", weight="bold")
    name.set_text(house.wrap(name, lane["lane"], figure.bbox.width / 3, lines=1))
    x = house.extent(name).x1 + 10
    note = house.put(figure, x, y, "", theme.muted, va="top")
    note.set_text(house.wrap(note, lane["lane_note"], figure.bbox.width - house.MARGIN - x, lines=1))


def _scales(axes: Axes, years: range, theme: Theme, *, with_amounts: bool, with_years: bool) -> None:
    """Draw years and dollars as faint lines, and their labels at the edges."""
    names = [str(year) for year in years] if with_years else []
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], labels=names)  # type: ignore[arg-type]
    axes.grid(axis="both", color=theme.faint)
    axes.axhline(0, color=theme.ink, linewidth=1)
    axes.yaxis.set_major_locator(MaxNLocator(**TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.dollars(value)))
    axes.tick_params(colors=theme.muted)
    axes.tick_params(axis="x", pad=9)
    if not with_amounts:
        axes.set_yticks([])


def _events(
    figure: Figure, axes: Axes, room: Bbox, events: pd.DataFrame, obstacles: list[Bbox], theme: Theme
) -> None:
    """Draw the marks of a lane, then find places for their labels."""
    texts, marks, lines = [], [], list(obstacles)
    for event in events.to_dict("records"):
        mark, drawn = _event(axes, event, theme)
        marks.append(mark)
        lines += drawn
        text = house.put(figure, 0, 0, "", theme.ink, linespacing=1.2)
        label = house.wrap(text, event["label"], LABEL_WIDTH, lines=2)
        amount = words.figure(event["usd_low"], event["usd_stated"], event["usd_high"])
        text.set_text(f"{amount}\n{label}".strip())
        house.clear(text, theme)
        texts.append(text)
    inside = Bbox([[room.x0, room.y0 + 3], [room.x1, room.y1 + 4]])
    labels.place(figure, texts, marks, lines, inside, theme)


def _event(axes: Axes, event: Mapping[Hashable, Any], theme: Theme) -> tuple[Bbox, list[Bbox]]:
    """Draw one event; return the box of its mark and the boxes of its lines, in pixels."""
    start, end = event["date_start"], event["date_end"]
    middle = start + (end - start) / 2
    low, stated, high = event["usd_low"], event["usd_stated"], event["usd_high"]
    known = [value for value in (low, stated, high) if not pd.isna(value)] or [0.0]
    is_disclosed = not (pd.isna(low) and pd.isna(stated) and pd.isna(high))
    is_open = is_disclosed and pd.isna(high)
    height = sum(known) / len(known) if pd.isna(stated) else stated
    line: dict[str, Any] = {"color": event["color"], "zorder": 2, "clip_on": False}

    axes.plot([middle, middle], [0, height], linewidth=1, alpha=0.55, **line)
    axes.plot([middle, middle], [min(known), max(known)], **line)
    if end - start > MONTH:
        axes.plot([start, end], [height, height], **line)
    if low < high:
        axes.plot(
            [middle, middle], [low, high], marker="_", markersize=10, markeredgewidth=1.6, ls="", **line
        )
    if is_open:
        arrow = {"arrowstyle": "<|-", "color": event["color"], "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (middle, max(known)), (0, ARROW), textcoords="offset points", arrowprops=arrow)
    if not is_disclosed:
        axes.plot([middle], [0], marker="x", markersize=9, markeredgewidth=2.2, ls="", **line)
    elif not pd.isna(stated):
        fill = event["color"] if event["is_firm"] else theme.paper
        axes.plot([middle], [height], **{**line, **_dot(event["color"], fill), "zorder": 3})

    x, y = _pixels(axes, middle, height)
    left, right = _pixels(axes, start, 0)[0], _pixels(axes, end, 0)[0]
    bottom, low_y, high_y = (_pixels(axes, middle, value)[1] for value in (0, min(known), max(known)))
    stem = Bbox([[x - 3, bottom], [x + 3, high_y + (ARROW + 8 if is_open else 0)]])
    whisker = Bbox([[x - 7, low_y - 4], [x + 7, high_y + 4]])
    across = Bbox([[left, y - 2], [right, y + 2]])
    return Bbox([[x - 7, y - 7], [x + 7, y + 7]]), [stem, whisker, across]


def _pixels(axes: Axes, date: pd.Timestamp, amount: float) -> tuple[float, float]:
    """Where a date and an amount lie on the page."""
    x, y = axes.transData.transform((axes.convert_xunits(date), amount))  # type: ignore[no-untyped-call]
    return float(x), float(y)


def _dot(color: str, fill: str) -> dict[str, Any]:
    """How an event with a stated figure is drawn."""
    return {
        "marker": "o", "markersize": 8.5, "markerfacecolor": fill, "markeredgecolor": color,
        "markeredgewidth": 1.8, "ls": "",
    }  # fmt: skip


def stems(dots: pd.DataFrame, across: Axis, theme: Theme) -> Series:
    """Lines from zero to each event of a lane."""
    known = dots[dots["y"] > 0].assign(low=0.0, high=nan, label="", mark=NONE)
    return Series(say("stems"), points(known), whisker=theme.other, width=0.75, has_ends=False)


def native(
    frame: pd.DataFrame, theme: Theme, under: Callable[[pd.DataFrame, Axis, Theme], Series] = stems
) -> Native:
    """The same lanes, as `draw` takes them, as charts that can be edited.

    Args:
        frame: as `draw` takes it.
        theme: colours.
        under: what stands under the marks of a lane, from its points, the scale of time and the colours.
    """
    events = frame.dropna(subset=["date_start", "date_end"])
    across = time_axis(events["date_start"].min(), events["date_end"].max(), most=6)
    top = events[ENDS].max().max()
    up = axis(0, top, words.dollars, most=4) if top > 0 else Axis(0, 1, 1, "")
    panels = []
    for lane in frame.drop_duplicates("lane").to_dict("records"):
        dots = _dots(events[events["lane"].eq(lane["lane"])])
        series = [each for each in (under(dots, across, theme), *by_color(dots, theme)) if len(each.points)]
        panels.append(Plot(tuple(series), across, up, None, lane["lane"], lane["lane_note"]))
    return Native(tuple(panels), columns=len(panels) if len(panels) < 4 else ceil(len(panels) / 2))


def _dots(events: pd.DataFrame) -> pd.DataFrame:
    """The events of a lane as points."""
    stated, days = events["usd_stated"], events[["date_start", "date_end"]].map(serial)
    is_known = events[ENDS].notna().any(axis=1)
    is_open = is_known & events["usd_high"].isna()
    is_wide = events["date_end"] - events["date_start"] > MONTH
    amounts = [words.figure(*ends) for ends in events[ENDS].itertuples(index=False)]
    marks = marks_of(events["is_firm"]).where(stated.notna(), NONE)
    labels_ = is_open.map({True: "↑ ", False: ""}) + amounts + "\n" + events["label"]
    return events.assign(
        x=days.mean(axis=1), x_low=days["date_start"].where(is_wide), x_high=days["date_end"].where(is_wide),
        y=stated.fillna(events[ENDS].mean(axis=1)).fillna(0), low=events["usd_low"], high=events["usd_high"],
        label=labels_.str.rstrip("\n"), mark=marks.where(is_known, CROSSED),
    ).sort_values("x", kind="stable")  # fmt: skip
