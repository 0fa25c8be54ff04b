"""The sizes that a chart is laid out in: each has room of its own, and type that stays legible in it."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts.chart import Chart

Pixels = tuple[int, int]


@dataclass(frozen=True)
class Size:
    """A size of a page.

    Attributes:
        layout: pixels that a chart is laid out in, from those it has on a screen; 100 are an inch.
        picture_width: pixels of a PNG, twice those at which it is seen.
    """

    layout: Callable[[Pixels], Pixels]
    picture_width: int


def _slide(screen: Pixels) -> Pixels:
    """A page of 16 to 9, larger (and its type so smaller on the slide) for charts with more rows."""
    part = min(max(round(0.85 * screen[1] / 9), 60), 80)
    return 16 * part, 9 * part


SIZES = {
    "screen": Size(lambda screen: screen, 1600),
    # A column of a report or a telephone: titles and labels take more lines.
    "column": Size(lambda screen: (480, round(1.2 * screen[1])), 960),
    "slide": Size(_slide, 2560),
    # The type area of an A4 page, 6.7 inches wide.
    "page": Size(lambda screen: (670, round(1.1 * screen[1])), 1340),
}


def get(name: str) -> Size:
    """Return a size by its name.

    Raises:
        ValueError: there is no such size.
    """
    if name not in SIZES:
        raise ValueError(f"There is no size {name!r}. There are: {', '.join(SIZES)}.")
    return SIZES[name]


def layout(chart: Chart, size: str) -> Pixels:
    """Width and height in pixels that a chart is laid out in.

    Raises:
        ValueError: there is no such size.
    """
    return chart.sizes.get(size) or get(size).layout(chart.size)
