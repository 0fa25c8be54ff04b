"""Where the words at the points of a plot go so that none covers another; in points from the lower left."""

import math
from collections.abc import Sequence
from itertools import groupby

from matplotlib.transforms import Bbox

from analysis.charts import labels
from analysis.charts.forms.lines import path
from analysis.charts.native import Plot, Series
from analysis.charts.scales import Axis
from analysis.charts.slides import workbooks

MARK = 7
"""The width of a point."""

Size = tuple[float, float]
Place = tuple[str, Size]
"""The side of a point on which its words stand (r, l, t or b), and how far they are moved from there."""


def places(plot: Plot, sizes: Sequence[Sequence[Size]], inner: Bbox, room: Bbox) -> list[list[Place]]:
    """The place of the words at each point of each series.

    Args:
        plot: what is shown.
        sizes: width and height of the words at each point of each series, (0, 0) for none.
        inner: the box of the data.
        room: the box that words may fill.
    """
    marks = [_marks(plot, series, inner) for series in plot.series]
    free = [
        (n, place)
        for n, series in enumerate(plot.series)
        if series.side is None
        for place, (width, _) in enumerate(sizes[n])
        if width
    ]
    obstacles = _obstacles(plot, sizes, marks, inner)
    found: list[list[Place]] = [
        [(series.side or "r", (0.0, 0.0))] * len(series.points) for series in plot.series
    ]
    pitch = math.inf if plot.names is None else inner.height / len(plot.names)
    rows = {(n, place): marks[n][place].y0 // pitch for n, place in free}
    # The words of a row stay near it.
    for row in sorted(set(rows.values())):
        own = [spot for spot in free if rows[spot] == row]
        boxes = [marks[n][place] for n, place in own]
        low, high = max(room.y0, boxes[0].y0 - pitch), min(room.y1, boxes[0].y1 + pitch)
        others = [*obstacles, *(marks[n][place] for n, place in free if rows[n, place] != row)]
        near = [box for box in others if box.y1 > low and box.y0 < high]
        inside = Bbox([[room.x0, low], [room.x1, high]])
        placed = labels.places([sizes[n][place] for n, place in own], boxes, near, inside)
        for (n, place), extents in zip(own, placed, strict=True):
            box = Bbox.from_extents(*extents)
            found[n][place] = _place(box, marks[n][place])
            obstacles.append(box)
    return found


def part(axis: Axis, value: float) -> float:
    """How far along its scale a value lies, from 0 to 1.

    >>> part(Axis(0, 10, 5), 2.5), part(Axis(1, 100, 10, is_log=True, is_reversed=True), 10)
    (0.25, 0.5)
    """
    low, high = axis.low, axis.high
    if axis.is_log:
        value, low, high = (math.log(max(number, axis.low)) for number in (value, low, high))
    share = (value - low) / (high - low)
    return 1 - share if axis.is_reversed else share


def _spot(plot: Plot, x: float, y: float, inner: Bbox) -> Bbox:
    """The box of a point."""
    across = inner.x0 + part(plot.across, x) * inner.width
    up = inner.y0 + part(plot.up, y) * inner.height
    return Bbox([[across - MARK / 2, up - MARK / 2], [across + MARK / 2, up + MARK / 2]])


def _marks(plot: Plot, series: Series, inner: Bbox) -> list[Bbox]:
    """The boxes of the points of a series; those of breaks in its line are NaN."""
    return [_spot(plot, x, y, inner) for x, y in zip(series.points["x"], series.points["y"], strict=True)]


def _obstacles(
    plot: Plot, sizes: Sequence[Sequence[Size]], marks: Sequence[Sequence[Bbox]], inner: Bbox
) -> list[Bbox]:
    """What words should not cover: points without words, lines, whiskers, and words that have their place."""
    boxes = []
    for n, series in enumerate(plot.series):
        for (width, height), mark in zip(sizes[n], marks[n], strict=True):
            if not width and mark.x0 == mark.x0:
                boxes.append(mark)
            elif width and series.side == "r":
                middle = (mark.y0 + mark.y1) / 2
                boxes.append(Bbox.from_bounds(mark.x1, middle - height / 2, width, height))
        if series.line:
            middles = [(mark.x0 + MARK / 2, mark.y0 + MARK / 2) for mark in marks[n]]
            for is_drawn, run in groupby(middles, key=lambda middle: middle[0] == middle[0]):
                boxes += path([*run], is_stepped=False) if is_drawn else []
        for point in series.points.to_dict("records") if series.whisker else ():
            down, up = workbooks.reaches(point)
            if down or up:
                ends = [_spot(plot, point["x"], y, inner) for y in (point["y"] - down, point["y"] + up)]
                boxes.append(Bbox.union(ends))
    return boxes


def _place(box: Bbox, mark: Bbox) -> Place:
    """A box beside its point as a side of it, and the way from there."""
    upward = (box.y0 + box.y1 - mark.y0 - mark.y1) / 2
    aside = (box.x0 + box.x1 - mark.x0 - mark.x1) / 2
    gaps = {"r": (box.x0 - mark.x1, upward), "l": (mark.x0 - box.x1, upward),
            "t": (box.y0 - mark.y1, aside), "b": (mark.y0 - box.y1, aside)}  # fmt: skip
    for side, (gap, off) in gaps.items():
        if abs(off) < 0.5 and 0 <= gap < labels.NEAR + 0.5:
            return side, (0.0, 0.0)
    return "r", (gaps["r"][0] - labels.NEAR, upward)
