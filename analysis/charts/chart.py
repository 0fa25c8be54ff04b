"""What a chart is: one entry of the registry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.house import Mark, Theme
from analysis.charts.native import Native


class Tables(Protocol):
    """What `measure` reads: the functions of `analysis.load`, or anything with the same ones."""

    def rounds(self) -> pd.DataFrame:
        """Financing events."""

    def closed_rounds(self) -> pd.DataFrame:
        """Events that are money."""

    def round_investors(self) -> pd.DataFrame:
        """Investors in events."""

    def companies(self) -> pd.DataFrame:
        """Companies."""

    def known_gaps(self) -> pd.DataFrame:
        """What is missing from the record."""

    def conflicts(self) -> pd.DataFrame:
        """Values that were not chosen."""

    def product_events(self) -> pd.DataFrame:
        """Launches, versions, releases and shutdowns as told."""

    def reports(self) -> pd.DataFrame:
        """Reports."""

    def table(self, name: str) -> pd.DataFrame:
        """Any table by its name."""


@dataclass(frozen=True)
class Chart:
    """A chart by name.

    Every word on it is a function of the plotted frame, so that none can outlive its number.

    Attributes:
        name: what `show`, `export` and the command line call it; also the file name.
        notebook: the notebook that it belongs to.
        measure: tables -> the frame that is plotted; each row with the `round_id` or `round_ids` behind it.
        title: the finding, two lines at most.
        subtitle: measure, unit, currency, coverage.
        alt: what a reader who cannot see the chart should know, with its main number.
        rows: the plotted numbers as text, one column each, for the table under the chart.
        key: the marks that need a meaning.
        draw: puts the frame into the body of the page.
        size: width and height in pixels on a screen.
        sizes: width and height in pixels in other sizes, where those of `sizes.SIZES` do not suit.
        native: the frame as a chart that can be edited on a slide, where the form allows one.
    """

    name: str
    notebook: str
    measure: Callable[[Tables], pd.DataFrame]
    title: Callable[[pd.DataFrame], str]
    subtitle: Callable[[pd.DataFrame], str]
    alt: Callable[[pd.DataFrame], str]
    rows: Callable[[pd.DataFrame], pd.DataFrame]
    key: Callable[[pd.DataFrame, Theme], Sequence[Mark]]
    draw: Callable[[Figure, Bbox, pd.DataFrame, Theme], None]
    size: tuple[int, int] = (800, 500)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    native: Callable[[pd.DataFrame, Theme], Native] | None = None
