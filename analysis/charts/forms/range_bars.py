"""Bars from zero to what is certain, with a whisker over what is possible."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox, BboxBase

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say
from analysis.charts.native import Bars, Native
from analysis.charts.scales import axis
from analysis.charts.words import bounds, dollars

ARROW = 26
"""Pixels of the arrow that an open end is drawn as."""
GAP = 10
HALF_TICK = 8
"""Pixels at the right for a tick at the very end, whose words reach half their width beyond the axis."""
NAME_SHARE = 0.3
"""The part of the width that names may take."""
FOOT, LINE, THICK = 24, 17, 30
"""Pixels for the scale below, of a line of text, and of a bar at most."""
BAR, AIR = 12, 11
"""Pixels of a bar that has its words above, and around it, at least."""
ENDS = ["usd_low", "usd_stated", "usd_high"]

Label = tuple[Text, Text, Text]
Row = Mapping[Hashable, Any]


def key(frame: pd.DataFrame, theme: Theme, *, of_sums: bool = True) -> list[Mark]:
    """What the marks that occur in the frame mean: bounds and figures of sums, or of single amounts."""
    low, stated, high = (
        (say("lower bounds added up"), say("stated figures added up"), say("upper bounds added up"))
        if of_sums
        else (say("lower bounds"), say("stated figures"), say("upper bounds"))
    )
    tick = {"marker": "|", "markersize": 11, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    arrow = {"marker": ">", "markersize": 7, "color": theme.ink, "ls": ""}
    marks = [
        (
            frame["usd_low"].gt(0),
            Mark(low, {"marker": "s", "markersize": 9, "color": theme.accent, "ls": ""}),
        ),
        (frame["usd_stated"].notna(), Mark(stated, _stated(theme))),
        (frame["usd_high"].gt(frame["usd_low"]), Mark(high, tick)),
        (_is_open(frame), Mark(say("open end"), arrow)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row a bar, the first on top: its name at the left, or above it where words would be cut.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `name`, `note` (what stands under the amount), `color`, `usd_low`, `usd_stated`, `usd_high`.
        theme: colours.
    """
    rows = frame.to_dict("records")
    labels = [_label(figure, values, theme) for values in rows]
    tick = _tick_width(figure, frame)
    over = max(HALF_TICK, tick / 2 - house.MARGIN + 4)
    room = Bbox([[body.x0, body.y0 + FOOT], [body.x1 - over, body.y1]])
    left = _set_beside(labels, rows, room, NAME_SHARE * body.width)
    heights = [_height(values) for values in rows]
    is_cut = any(text.get_text().endswith("…") for label in labels for text in label)
    is_above = is_cut and sum(heights) <= room.height
    if is_above:
        stretch = room.height / sum(heights)
        thick = min(BAR * stretch, THICK)
        tops = [room.y1 - AIR / 2 - stretch * sum(heights[:n]) for n in range(len(rows))]
        middles = [
            _set_above(label, values, body, top) - thick / 2
            for label, values, top in zip(labels, rows, tops, strict=True)
        ]
    else:
        room = Bbox([[left, room.y0], room.max])
        if is_cut:
            _widen(labels, rows, frame[ENDS].max(axis=1), room.width)
        pitch = room.height / len(rows)
        thick = min(0.5 * pitch, THICK)
        middles = [room.y1 - (n + 0.5) * pitch for n in range(len(rows))]
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    axes.set_ylim(room.y0, room.y1)
    axes.set_yticks([])
    axes.barh(middles, frame["usd_low"].fillna(0), height=thick, color=frame["color"])
    # Where rows are low, the note stands behind the amount.
    is_low = not is_above and pitch < 2 * LINE
    together = sum if is_low else max
    widths = [0.0 if is_above else together(_width(line) for line in label[1:]) for label in labels]
    _scale(axes, frame, widths, room.width)
    pixel = axes.get_xlim()[1] / room.width
    for middle, label, values in zip(middles, labels, rows, strict=True):
        end = _whisker(axes, middle, values, pixel, theme)
        if is_above:
            axes.plot([0, 0], [middle - thick, middle + thick], color=theme.ink, linewidth=1, clip_on=False)
            continue
        name, *words = label
        name.set_y(middle / figure.bbox.height)
        across = end + GAP * pixel
        for line in words:
            line.set_transform(axes.transData)
            line.set_position((across, middle))
            if is_low:
                line.set_verticalalignment("center")
                across += (_width(line) + GAP) * pixel

    axes.grid(axis="x", color=theme.faint)
    most = max(1, min(5, int(room.width / (1.6 * tick))))
    axes.xaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    if not frame[ENDS].gt(0).any(axis=None):
        axes.set_xticks([])
    axes.tick_params(axis="x", colors=theme.muted)
    if is_above:
        # Zero is at the edge of the page.
        for text in axes.get_xticklabels()[:1]:
            text.set_horizontalalignment("left")
    else:
        axes.axvline(0, color=theme.ink, linewidth=1)


def _label(figure: Figure, values: Row, theme: Theme) -> Label:
    """Write the name of a row, the amount, and the note under it; their places come later."""
    name = house.put(figure, 0, 0, values["name"], theme.ink, va="center", weight="bold")
    amount = house.put(figure, 0, 0, bounds(values["usd_low"], values["usd_high"]), theme.ink, va="bottom")
    note = house.put(figure, 0, 0, values["note"], theme.muted, va="top")
    for line in (amount, note):
        house.clear(line, theme)
    return name, amount, note


def _set_beside(labels: Sequence[Label], rows: Sequence[Row], room: Bbox, share: float) -> float:
    """Break names and notes for places at the left and behind the bars; return where bars may begin."""
    for (name, _, _), values in zip(labels, rows, strict=True):
        name.set_x(room.x0 / _page(name).width)
        name.set_text(house.wrap(name, values["name"], share, lines=2))
    left = max(float(house.extent(name).x1) for name, _, _ in labels) + 12
    for (_, _, note), values in zip(labels, rows, strict=True):
        note.set_text(house.wrap(note, values["note"], (room.x1 - left) / 2, lines=1))
    return left


def _widen(labels: Sequence[Label], rows: Sequence[Row], ends: "pd.Series[float]", room: float) -> None:
    """Let notes have the room that short bars leave."""
    shares = (ends / ends.max()).fillna(0)
    for (_, _, note), values, share in zip(labels, rows, shares, strict=True):
        left = room * (1 - share / 2) - 2 * GAP - ARROW
        note.set_text(house.wrap(note, values["note"], max(left, room / 2), lines=1))


def _height(values: Row) -> int:
    """Pixels of a row whose words stand above its bar."""
    return LINE * (2 if values["name"] and values["note"] else 1) + BAR + AIR


def _set_above(label: Label, values: Row, body: Bbox, top: float) -> float:
    """Write name, amount and note above a bar; return where the bar may begin."""
    name, amount, note = label
    width, height = _page(name).size
    beside = body.width - _width(amount) - GAP
    amount.set(x=body.x1 / width, y=top / height, ha="right", va="top")
    # A name in two lines, as wide pages have it, is one here.
    name.set(x=body.x0 / width, y=top / height, va="top")
    name.set_text(house.wrap(name, " · ".join(values["name"].splitlines()), beside, lines=1))
    under, wide = (LINE, body.width) if values["name"] else (0, beside)
    note.set(x=body.x0 / width, y=(top - under) / height, va="top")
    note.set_text(house.wrap(note, values["note"], wide, lines=1))
    return top - (under + LINE if values["note"] else LINE) - 4


def _page(text: Text) -> BboxBase:
    """The page that a text stands on, in pixels."""
    figure = text.get_figure(root=True)
    assert figure is not None
    return figure.bbox


def _width(text: Text) -> float:
    return float(house.extent(text).width)


def _tick_width(figure: Figure, frame: pd.DataFrame) -> float:
    """Pixels of the words at a mark of the scale."""
    top = frame[ENDS].max().max()
    text = house.put(figure, 0, 0, dollars(float(f"{top:.1g}") if top > 0 else 0), "none")
    width = _width(text)
    text.remove()
    return width


def _scale(axes: Axes, frame: pd.DataFrame, widths: list[float], room: float) -> None:
    """Choose the end of the axis so that every label fits behind its whisker."""
    ends = frame[ENDS].max(axis=1).fillna(0)
    taken = pd.Series(widths, frame.index) + 2 * GAP + _is_open(frame) * ARROW
    needed = (ends * room / (room - taken).clip(lower=room / 10)).max()
    axes.set_xlim(0, needed * 1.01 or 1)


def _is_open(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether an amount has a lower bound only."""
    return frame["usd_high"].isna() & frame["usd_low"].notna()


def _whisker(axes: Axes, middle: float, values: Row, pixel: float, theme: Theme) -> float:
    """Draw the interval and the stated sum of one row; return where its marks end."""
    low, stated, high = values["usd_low"], values["usd_stated"], values["usd_high"]
    end = max((value for value in (low, stated, high) if value == value), default=0.0)
    if low == low and high != high:
        arrow = {"arrowstyle": "-|>", "color": theme.ink, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (end + ARROW * pixel, middle), (low, middle), arrowprops=arrow)
        end += ARROW * pixel
    elif high > low:
        axes.plot([low, high], [middle, middle], color=theme.ink)
        axes.plot([high], [middle], marker="|", markersize=11, markeredgewidth=1.6, color=theme.ink)
    if stated == stated:
        axes.plot([stated], [middle], clip_on=False, zorder=4, **_stated(theme))
    return float(end)


def _stated(theme: Theme) -> dict[str, Any]:
    """How the sum of the stated figures is drawn."""
    return {
        "marker": "D", "markersize": 7, "markerfacecolor": theme.paper, "markeredgecolor": theme.ink,
        "markeredgewidth": 1.4, "ls": "",
    }  # fmt: skip


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same rows, as `draw` takes them, as a chart that can be edited."""
    ends = zip(frame["usd_low"], frame["usd_high"], strict=True)
    arrows = _is_open(frame).map({True: "→ ", False: ""})
    rows = pd.DataFrame(
        {
            "name": frame["name"],
            "color": frame["color"],
            "low": frame["usd_low"],
            "stated": frame["usd_stated"],
            "high": frame["usd_high"],
            "label": arrows + [bounds(*end) for end in ends] + "\n" + frame["note"],
        }
    )
    terms = say("lower bound"), say("stated"), say("upper bound")
    top = rows[["low", "stated", "high"]].max().max()
    return Native((Bars(rows, terms, theme.ink, axis(0, top if top > 0 else 1, dollars)),))
