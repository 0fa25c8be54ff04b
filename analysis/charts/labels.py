"""Where labels go beside their marks so that none covers another or a mark."""

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme

NEAR = 5
"""Pixels between a mark and its label."""
STEP = 9
REACH = 16
"""A label moves off in steps of `STEP` pixels, `REACH` of them at most."""
LEADER = 14
"""From this many pixels on, a thin line leads from the label to its mark."""


def place(
    figure: Figure,
    texts: Sequence[Text],
    marks: Sequence[Bbox],
    obstacles: Sequence[Bbox],
    room: Bbox,
    theme: Theme,
) -> None:
    """Move each text to the free place nearest to its mark, inside the room; all in pixels.

    Labels are tried in several orders and the order that covers least, then moves least, wins. Where there is no free
    place the one that covers least is taken.
    """
    sizes = [(box.width, box.height) for box in map(house.extent, texts)]
    forward = list(range(len(texts)))
    by_height = sorted(forward, key=lambda i: (-marks[i].y1, i))
    orders = [forward, forward[::-1], by_height, by_height[::-1]]
    plans = [_plan(order, sizes, marks, [*obstacles, *marks], room) for order in orders]
    _, _, places = min(plans, key=lambda plan: plan[:2])
    for text, box, mark in zip(texts, places, marks, strict=True):
        text.set(x=box.x0 / figure.bbox.width, y=box.y0 / figure.bbox.height, ha="left", va="bottom")
        steps = _leader(box, mark)
        if steps:
            xs = [step.x0 / figure.bbox.width for step in (steps[0], steps[-1])]
            ys = [step.y0 / figure.bbox.height for step in (steps[0], steps[-1])]
            line = Line2D(xs, ys, transform=figure.transFigure, color=theme.muted, linewidth=0.7, zorder=1)
            figure.add_artist(line)


def overlap(a: Bbox, b: Bbox) -> float:
    """The area that two boxes share."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    return max(width, 0.0) * max(height, 0.0)


def _plan(
    order: Sequence[int],
    sizes: Sequence[tuple[float, float]],
    marks: Sequence[Bbox],
    obstacles: Sequence[Bbox],
    room: Bbox,
) -> tuple[float, float, list[Bbox]]:
    """Place labels one after the other; return the area covered, the way moved and the boxes."""
    placed: dict[int, Bbox] = {}
    leaders: list[Bbox] = []
    covered = moved = 0.0
    for i in order:
        labels = list(placed.values())
        taken = [*obstacles, *labels, *leaders]
        costs = (
            (
                sum(overlap(box, other) for other in taken)
                + sum(overlap(step, label) for step in _leader(box, marks[i]) for label in labels),
                _distance(box, marks[i]),
                n,
                box,
            )
            for n, box in enumerate(_candidates(marks[i], *sizes[i], room))
        )
        cost, way, _, placed[i] = min(costs)
        leaders += _leader(placed[i], marks[i])
        covered, moved = covered + cost, moved + way
    return covered, moved, [placed[i] for i in range(len(sizes))]


def _candidates(mark: Bbox, width: float, height: float, room: Bbox) -> Iterator[Bbox]:
    """Boxes around a mark, the nearest and best to read first, pushed back into the room."""
    middle_x, middle_y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
    right, left = mark.x1 + NEAR, mark.x0 - NEAR - width
    for n in range(REACH):
        away = n * STEP
        for x, y in (
            (right, middle_y - height / 2 + away),
            (left, middle_y - height / 2 + away),
            (middle_x - width / 2, mark.y1 + NEAR + away),
            (middle_x - width / 2, mark.y0 - NEAR - height - away),
            (right, middle_y - height / 2 - away),
            (left, middle_y - height / 2 - away),
            (right + away, middle_y - height / 2),
            (left - away, middle_y - height / 2),
        ):
            x = min(max(x, room.x0), room.x1 - width)
            y = min(max(y, room.y0), room.y1 - height)
            yield Bbox.from_bounds(x, y, width, height)


def _distance(a: Bbox, b: Bbox) -> float:
    """Pixels between two boxes."""
    across = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    up = max(a.y0 - b.y1, b.y0 - a.y1, 0.0)
    return float((across**2 + up**2) ** 0.5)


def _leader(label: Bbox, mark: Bbox) -> list[Bbox]:
    """The line from a mark to its label in small steps; empty when the label is near enough to do without."""
    if _distance(label, mark) <= LEADER:
        return []
    x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
    end_x, end_y = min(max(x, label.x0), label.x1), min(max(y, label.y0), label.y1)
    parts = [n / 20 for n in range(21)]
    return [Bbox.from_bounds(x + part * (end_x - x), y + part * (end_y - y), 2, 2) for part in parts]
