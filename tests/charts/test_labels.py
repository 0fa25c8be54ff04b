"""Labels find places that are free, near and inside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from analysis.charts import house, labels
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import share

ROOM = Bbox([[50, 50], [750, 350]])


def placed(places: list[tuple[float, float]], obstacles: list[Bbox]) -> tuple[Figure, list[Bbox], list[Bbox]]:
    """Label marks at some places; return the page, the boxes of the labels and of the marks."""
    with house.style():
        figure, _ = house.page((800, 400), Texts("", "", ""))
        texts = [house.put(figure, 0, 0, f"$100m\nSeries {n}", LIGHT.ink) for n in range(len(places))]
        marks = [Bbox.from_bounds(x - 7, y - 7, 14, 14) for x, y in places]
        labels.place(figure, texts, marks, obstacles, ROOM, LIGHT)
        return figure, [house.extent(text) for text in texts], marks


def test_a_lone_label_stands_beside_its_mark_without_a_line() -> None:
    figure, (label,), (mark,) = placed([(300, 200)], [])
    assert label.x0 == pytest.approx(mark.x1 + labels.NEAR, abs=1)
    assert (label.y0 + label.y1) / 2 == pytest.approx(200, abs=2)
    assert not figure.findobj(Line2D)


def test_a_label_avoids_what_stands_in_the_way() -> None:
    wall = Bbox([[310, 60], [500, 340]])
    _, (label,), _ = placed([(300, 200)], [wall])
    assert not share(label, wall)


def test_a_label_far_from_its_mark_is_led_to_it() -> None:
    # A box around the mark, whose walls leave no place inside.
    walls = [Bbox([[200, 120], [285, 280]]), Bbox([[315, 120], [400, 280]])]
    walls += [Bbox([[285, 215], [315, 280]]), Bbox([[285, 120], [315, 185]])]
    figure, (label,), _ = placed([(300, 200)], walls)
    assert not any(share(label, wall) for wall in walls)
    assert len(figure.findobj(Line2D)) == 1


points = st.tuples(st.integers(60, 740), st.integers(60, 340))


@settings(max_examples=25, deadline=None)
@given(st.lists(points, min_size=1, max_size=6, unique_by=(lambda p: p[0] // 40, lambda p: p[1] // 40)))
def test_labels_never_cover_each_other_a_mark_or_leave_the_room(places: list[tuple[float, float]]) -> None:
    _, boxes, marks = placed(places, [])
    for n, box in enumerate(boxes):
        assert not any(share(box, other) for other in [*boxes[n + 1 :], *marks])
        assert box.x0 >= ROOM.x0 - 1
        assert box.x1 <= ROOM.x1 + 1
        assert box.y0 >= ROOM.y0 - 1
        assert box.y1 <= ROOM.y1 + 1
