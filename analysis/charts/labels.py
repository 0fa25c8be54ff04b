"""Where labels go beside their marks so that none covers another or a mark."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme

Boxes = npt.NDArray[np.float64]
"""Rows of left, bottom, right, top in pixels."""

NEAR = 6
"""Pixels between a mark and its label."""
STEP, REACH = 7.0, 20
"""A label moves off in this many steps of this many pixels."""
AIR = np.array([-6.0, 0.0, 6.0, 0.0])
"""What is kept free around a label."""
APART = np.array([-12.0, -8.0, 12.0, 8.0])
"""What is kept free around a mark of the labels of others, lest they be taken for its own."""
CROSSING = 150
"""Square pixels that a label may cover rather than let its leader cross something."""
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
    """Move each text to the free place nearest to its mark, inside the room; all in pixels."""
    sizes = [(box.width, box.height) for box in map(house.extent, texts)]
    own = _boxes(marks)
    width, height = figure.bbox.size
    for text, box, mark in zip(texts, places(sizes, marks, obstacles, room), own, strict=True):
        side = "right" if box[2] <= mark[0] else "left"
        text.set(x=box[0 if side == "left" else 2] / width, y=box[1] / height, ha=side, va="bottom")
        path = _leader(box, mark)
        if len(path):
            ends = path[[0, -1], :2] / (width, height)
            line = Line2D(*ends.T, transform=figure.transFigure, color=theme.muted, linewidth=0.7, zorder=1)
            figure.add_artist(line)


def places(
    sizes: Sequence[tuple[float, float]], marks: Sequence[Bbox], obstacles: Sequence[Bbox], room: Bbox
) -> Boxes:
    """The free place nearest to its mark for each label, inside the room; all in pixels.

    Labels are placed one after the other, in several orders; the order that covers least, then moves least,
    wins. Where there is no free place the one that covers least is taken.
    """
    own = _boxes(marks)
    if not sizes:
        return own
    candidates = [_candidates(mark, size, room) for mark, size in zip(own, sizes, strict=True)]
    costs = [_fixed_cost(boxes, i, own, _boxes(obstacles)) for i, boxes in enumerate(candidates)]
    plans = [_plan(order, candidates, costs, own) for order in _orders(own)]
    return min(plans, key=lambda plan: plan[:2])[2]


def overlap(boxes: Boxes, others: Boxes) -> Boxes:
    """The area that each box shares with each of the others, one row a box."""
    # One way after the other: numpy is slow along an axis of two.
    width, height = (
        np.minimum(boxes[:, None, way + 2], others[None, :, way + 2])
        - np.maximum(boxes[:, None, way], others[None, :, way])
        for way in (0, 1)
    )
    shared: Boxes = np.maximum(width, 0) * np.maximum(height, 0)
    return shared


def _boxes(boxes: Sequence[Bbox]) -> Boxes:
    return np.array([box.extents for box in boxes], dtype=float).reshape(-1, 4)


def _orders(marks: Boxes) -> list[list[int]]:
    """Orders in which labels are tried: by time, by height, both turned round, and thirty fixed others."""
    by_time = list(range(len(marks)))
    by_height = sorted(by_time, key=lambda i: (-marks[i][3], i))
    random = np.random.default_rng(0)
    shuffled = [random.permutation(len(marks)).tolist() for _ in range(30)]
    return [by_time, by_time[::-1], by_height, by_height[::-1], *shuffled]


def _plan(
    order: Sequence[int], candidates: Sequence[Boxes], costs: Sequence[Boxes], marks: Boxes
) -> tuple[float, float, Boxes]:
    """Place labels in an order; return the area covered, the way moved and the boxes of all marks."""
    places = np.zeros((len(marks), 4))
    taken, crossed, leaders = np.zeros((0, 4)), marks, np.zeros((0, 4))
    covered = moved = 0.0
    for i in order:
        cost = costs[i] + overlap(candidates[i], taken).sum(axis=1)
        way = _distance(candidates[i], marks[i])
        # The cheapest place whose leader crosses no other mark, label or leader.
        by_cost = np.lexsort((way, cost.round(3)))
        for n in by_cost[cost[by_cost] <= cost[by_cost[0]] + CROSSING]:
            path = _leader(candidates[i][n], marks[i])
            ends = path[[0, -1], :2].reshape(-1, 4) if len(path) else path
            if not np.delete(overlap(path, crossed), i, axis=1).any() and not _cross(ends, leaders).any():
                break
        else:
            n, covered = by_cost[0], covered + CROSSING
            path = _leader(candidates[i][n], marks[i])
            ends = path[[0, -1], :2].reshape(-1, 4) if len(path) else path
        leaders = np.vstack([leaders, ends])
        places[i] = candidates[i][n]
        covered, moved = covered + float(cost[n]), moved + float(way[n]) ** 2
        crossed = np.vstack([crossed, places[i], path])
        taken = np.vstack([taken, places[i] + AIR, path])
    return round(covered, 3), moved, places


def _cross(lines: Boxes, others: Boxes) -> npt.NDArray[np.bool_]:
    """Whether each line from one point to another crosses each of the others."""

    def side(ends: Boxes, point: Boxes) -> Boxes:
        along, to = ends[..., 2:] - ends[..., :2], point - ends[..., :2]
        return np.sign(along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0])

    one, other = lines[:, None, :], others[None, :, :]
    apart = side(one, other[..., :2]) * side(one, other[..., 2:])
    across = side(other, one[..., :2]) * side(other, one[..., 2:])
    return (apart < 0) & (across < 0)


def _fixed_cost(boxes: Boxes, i: int, marks: Boxes, obstacles: Boxes) -> Boxes:
    """The area that each place of a label covers of what stands there before any label."""
    others = np.delete(marks, i, axis=0) + APART
    area: Boxes = overlap(boxes, np.vstack([obstacles, marks, others])).sum(axis=1)
    return area


def _candidates(mark: Boxes, size: tuple[float, float], room: Bbox) -> Boxes:
    """Places around a mark, the best to read first, pushed back into the room."""
    width, height = size
    middle_x, middle_y = (mark[0] + mark[2] - width) / 2, (mark[1] + mark[3] - height) / 2
    right, left = mark[2] + NEAR, mark[0] - NEAR - width
    corners = []
    for away in np.arange(REACH) * STEP:
        corners += [
            (right, middle_y + away),
            (left, middle_y + away),
            (middle_x, mark[3] + NEAR + away),
            (middle_x, mark[1] - NEAR - height - away),
            (right, middle_y - away),
            (left, middle_y - away),
            (right + away, middle_y),
            (left - away, middle_y),
            (right + away, middle_y + away),
            (left - away, middle_y + away),
        ]
    corner = np.array(corners)
    corner = np.clip(
        corner, (room.x0, room.y0), (max(room.x1 - width, room.x0), max(room.y1 - height, room.y0))
    )
    return np.hstack([corner, corner + size])


def _distance(boxes: Boxes, mark: Boxes) -> Boxes:
    """Pixels between each box and a mark."""
    gaps = np.maximum(boxes[:, :2] - mark[2:], mark[:2] - boxes[:, 2:])
    distance: Boxes = np.hypot(*np.clip(gaps, 0, None).T)
    return distance


def _leader(label: Boxes, mark: Boxes) -> Boxes:
    """The line from a mark to its label in small steps; empty when the label is near enough to do without."""
    if _distance(label[None, :], mark)[0] <= LEADER:
        return np.zeros((0, 4))
    start = (mark[:2] + mark[2:]) / 2
    end = np.clip(start, label[:2], label[2:])
    points = start + np.linspace(0, 1, 20)[:, None] * (end - start)
    return np.hstack([points, points + 2])
