"""Values that were told of one thing, a row a thing, over the interval that was made of them."""

from collections.abc import Hashable, Mapping
from itertools import pairwise
from math import log
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say
from analysis.charts.native import BAND, NONE, Native, Plot, Series, by_color, marks_of, points, spans
from analysis.charts.scales import Axis, log_axis, row_axis
from analysis.charts.words import dollars

FOOT = 24
NAME_WIDTH, GAP = 160, 16
"""Pixels for the names at the left, and beside them and the remarks."""
REMARK_WIDTH, SCREEN, MORE = 200, 760, 0.4
"""Pixels for the remarks at the right on so wide a body, and the part of further width that they take."""
TWO_LINES, LOW_SHARE = 32, 0.26
"""Pixels of a name with its note under it, and the part of the width that both may take on one line, in lanes
too low for two."""
HALF_HEIGHT = 9
"""Half the height of an interval, in pixels."""
NAME, REMARK, MARKS = 0.31, 0.03, -0.27
"""How far, in lanes, these stand over the middle of a lane where there is little room."""
FEW = 30
"""Ends of a scale that are less than this factor apart have ticks at 1, 2 and 5, others at powers of ten."""
BETWEEN = 8
"""Pixels between the labels of the scale."""
VALUES = ["value_low", "value", "value_high"]
BOUNDS = ["usd_low", "usd_stated", "usd_high"]


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks of intervals in a frame with `VALUES` and `BOUNDS` mean."""
    band = {"marker": "s", "markersize": 11, "color": theme.faint, "ls": ""}
    tick = {"marker": "|", "markersize": 14, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    is_wide = frame["usd_low"].notna() & ~frame["usd_low"].eq(frame["usd_high"])
    line = {"marker": "_", "markersize": 14, "markeredgewidth": 1.6, "color": theme.other, "ls": ""}
    only_bounds = frame["value"].isna() & frame[["value_low", "value_high"]].notna().any(axis=1)
    marks = [
        (only_bounds, Mark(say("reported bounds"), line)),
        (frame["usd_stated"].notna(), Mark(say("chosen value"), tick)),
        (is_wide, Mark(say("its bounds"), band)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def filled(color: str) -> dict[str, Any]:
    """How a value is drawn."""
    return {"marker": "o", "markersize": 8, "color": color, "markeredgecolor": color, "ls": ""}


def hollow(color: str, theme: Theme) -> dict[str, Any]:
    """How a value that was not believed is drawn."""
    return {**filled(color), "markerfacecolor": theme.paper, "markeredgewidth": 1.8}


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row for each lane, in order of their first value.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a value: `value`, or only `value_low` and `value_high` where no figure was told,
            `color` and `is_hollow` of its mark; and, the same for all values of a `lane`, its `name`, `note`
            (under the name), `remark` (at the right) and chosen `usd_low`, `usd_stated`, `usd_high`.
        theme: colours.
    """
    lanes = frame.drop_duplicates("lane").to_dict("records")
    is_narrow = body.width < house.NARROW
    height = (body.height - FOOT) / len(lanes)
    left = body.x0 + GAP + (0 if is_narrow else _name_width(body, height))
    right = body.x1 - GAP - (0 if is_narrow else _remark_width(body))
    room = Bbox([[left, body.y0 + FOOT], [right, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    _scale(axes, frame, room.width, theme)
    axes.set_ylim(len(lanes) - 0.5, -0.5)
    axes.set_yticks([])
    write = _words_over if is_narrow else _words_beside
    for n, lane in enumerate(lanes):
        write(figure, body, room.y1 - (n + 0.5) * height, height, lane, theme)
        row = n - MARKS if is_narrow else n
        axes.axhline(row, color=theme.faint, linewidth=0.8, zorder=0)
        _interval(axes, row, lane, HALF_HEIGHT / height, theme)
        for value in frame[frame["lane"].eq(lane["lane"])].to_dict("records"):
            _value(axes, row, value, theme)


def _words_over(
    figure: Figure, body: Bbox, y: float, height: float, lane: Mapping[Hashable, Any], theme: Theme
) -> None:
    """Write the name and the note of a lane over its remark, and that over the marks."""
    top = y + NAME * height
    name = house.put(figure, body.x0, top, "", theme.ink, va="center_baseline", weight="bold")
    name.set_text(house.wrap(name, lane["name"], 0.5 * body.width, lines=1))
    x = house.extent(name).x1 + 8
    note = house.put(figure, x, top, "", theme.muted, house.SOURCE, va="center_baseline")
    note.set_text(house.wrap(note, lane["note"], body.x1 - x, lines=1))
    remark = house.put(
        figure, body.x0, y + REMARK * height, "", theme.ink, house.SOURCE, va="center_baseline"
    )
    remark.set_text(house.wrap(remark, lane["remark"], body.width, lines=1))
    for text in (name, note, remark):
        house.clear(text, theme)


def _words_beside(
    figure: Figure, body: Bbox, y: float, height: float, lane: Mapping[Hashable, Any], theme: Theme
) -> None:
    """Write the name and the note of a lane at the left, its remark at the right."""
    is_low, room = height < TWO_LINES, _name_width(body, height)
    name = house.put(figure, body.x0, y + 1, "", theme.ink, va="bottom", weight="bold")
    name.set_text(house.wrap(name, lane["name"], room, lines=1))
    note = house.put(figure, body.x0, y - 2, "", theme.muted, house.SOURCE, va="top")
    if is_low:
        name.set(y=y / figure.bbox.height, va="center_baseline")
        behind = float(house.extent(name).width) + 8
        note.set(x=(body.x0 + behind) / figure.bbox.width, y=y / figure.bbox.height, va="center_baseline")
        room = max(room - behind, 0)
    note.set_text(house.wrap(note, lane["note"], room, lines=1))
    width = _remark_width(body)
    remark = house.put(figure, body.x1 - width, y, "", theme.ink, house.SOURCE, va="center")
    remark.set_text(house.wrap(remark, lane["remark"], width, lines=2))


def _name_width(body: Bbox, height: float) -> float:
    return NAME_WIDTH if height >= TWO_LINES else LOW_SHARE * body.width


def _remark_width(body: Bbox) -> float:
    return REMARK_WIDTH + MORE * max(0.0, body.width - SCREEN)


def _scale(axes: Axes, frame: pd.DataFrame, room: float, theme: Theme) -> None:
    """Choose the ends of the axis, where equal distances are equal factors, and its ticks."""
    known = pd.concat([frame[column] for column in (*VALUES, *BOUNDS)])
    known = known[known > 0]
    if known.empty:
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        return
    low, high = float(known.min()), float(known.max())
    pad = max((high / low) ** 0.06, 1.1)
    first, last = low / pad, high * pad
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(_ticks(axes, first, last, room)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(first, last)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted)


def _ticks(axes: Axes, first: float, last: float, room: float) -> list[float]:
    """The finest ticks whose labels stay apart."""
    finest = [(1.0, 2.0, 5.0)] if last / first < FEW else []
    told = [LogLocator(subs=subs).tick_values(first, last) for subs in (*finest, (1.0,))]
    choices = [[float(tick) for tick in ticks if first <= tick <= last] for ticks in told]
    choices += [choices[-1][::2], choices[-1][::3]]
    label = axes.text(0, 0, "", fontsize=house.LABEL)
    for ticks in choices:
        widths = []
        for tick in ticks:
            label.set_text(dollars(tick))
            widths.append(house.extent(label).width + BETWEEN)
        gaps = [room * log(b / a) / log(last / first) for a, b in pairwise(ticks)]
        if all(gap >= max(widths) for gap in gaps):
            break
    label.remove()
    return ticks


def _interval(axes: Axes, row: float, lane: Mapping[Hashable, Any], half: float, theme: Theme) -> None:
    """Draw the chosen value of a lane and its bounds, to the edge of the scale where an end is open."""
    low, stated, high = (lane[name] for name in BOUNDS)
    if not (pd.isna(low) and pd.isna(high)):
        ends = _ends(axes, low, high)
        axes.fill_between(ends, row - half, row + half, color=theme.faint, linewidth=0, zorder=1)
    if not pd.isna(stated):
        axes.plot([stated, stated], [row - half, row + half], color=theme.ink, linewidth=1.6, zorder=2)


def _value(axes: Axes, row: float, value: Mapping[Hashable, Any], theme: Theme) -> None:
    """Draw one value: a dot, or a line where only bounds were told."""
    low, stated, high = (value[name] for name in VALUES)
    if not pd.isna(stated):
        look = hollow(value["color"], theme) if value["is_hollow"] else filled(value["color"])
        axes.plot([stated], [row], zorder=4 if value["is_hollow"] else 3, clip_on=False, **look)
    elif not (pd.isna(low) and pd.isna(high)):
        axes.plot(_ends(axes, low, high), [row, row], color=value["color"], linewidth=1.6, zorder=2.5)


def _ends(axes: Axes, low: float, high: float) -> tuple[float, float]:
    """Where an interval begins and ends on the scale."""
    first, last = axes.get_xlim()
    return low if low > first else first, last if pd.isna(high) else high


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same lanes, as `draw` takes them, as a chart that can be edited."""
    lanes = frame.drop_duplicates("lane").assign(y=lambda rows: range(1, len(rows) + 1))
    known = pd.concat([frame[column] for column in (*VALUES, *BOUNDS)])
    known = known[known > 0]
    scale = Axis(1, 10, 10, "", is_log=True) if known.empty else log_axis(known.min(), known.max(), dollars)
    bands = _clipped(lanes, ("usd_low", "usd_high"), scale)
    chosen = lanes.assign(
        x=lanes["usd_stated"], low=lanes["y"] - 0.3, high=lanes["y"] + 0.3, mark=NONE, color=theme.ink,
        label="",
    ).dropna(subset=["x"])  # fmt: skip
    remarks = lanes.assign(x=0.999 * scale.high, label=lanes["remark"], mark=NONE, color=theme.ink)
    told = frame.assign(y=frame["lane"].map(lanes.set_index("lane")["y"]), label="")
    values = told.assign(x=told["value"], mark=marks_of(~told["is_hollow"]))
    only_bounds = _clipped(told[told["value"].isna()], ("value_low", "value_high"), scale)
    series = (
        spans(bands, say("its bounds"), theme.other, 14, BAND),
        Series(say("chosen value"), points(chosen), whisker=theme.ink, width=1.75, has_ends=False),
        *(spans(own, say("reported bounds"), str(color)) for color, own in only_bounds.groupby("color")),
        *by_color(values.dropna(subset=["x"]), theme),
        Series(say("remarks"), points(remarks), side="r"),
    )
    names = pd.DataFrame({"name": lanes["name"] + "\n" + lanes["note"], "is_bold": True})
    drawn = tuple(each for each in series if len(each.points))
    return Native((Plot(drawn, scale, row_axis(len(lanes)), names),))


def _clipped(rows: pd.DataFrame, ends: tuple[str, str], scale: Axis) -> pd.DataFrame:
    """Rows with the ends of an interval, at the edge of the scale where they are open."""
    rows = rows[rows[list(ends)].notna().any(axis=1)]
    low, high = rows[ends[0]].clip(lower=scale.low).fillna(scale.low), rows[ends[1]].fillna(scale.high)
    return rows.assign(x_low=low, x_high=high)
