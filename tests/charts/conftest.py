"""A record to draw charts from, and a look at what a chart really draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import nan

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house

Event = tuple[str, str, str, str, str, tuple[float, float, float]]

EVENTS: list[Event] = [
    ("aye", "Aye", "Series A", "2024-03-01", "2024-03-31", (100e6, nan, 999e6)),
    ("aye", "Aye", "Series B", "2026-04-10", "2026-04-10", (230e6, 290e6, 290e6)),
    ("bee", "Bee", "Angel", "2025-01-01", "2025-12-31", (nan, nan, nan)),
    ("bee", "Bee", "Series A and Series A+", "2026-04-12", "2026-04-12", (14e6, 14e6, nan)),
    ("bee", "Bee", "Series B", "2026-06-02", "2026-06-02", (200e6, 200e6, 200e6)),
]


@dataclass
class Record:
    """Tables with a handful of made-up events; Alibaba leads every second one.

    Attributes:
        events: company id, company, label, first day, last day, (low, stated, high) in dollars.
    """

    events: Sequence[Event] = field(default_factory=lambda: EVENTS)

    def rounds(self) -> pd.DataFrame:
        ids = [f"{event[0]}-{n}" for n, event in enumerate(self.events)]
        names = ["company_id", "company", "round_label", "date_start", "date_end"]
        frame = pd.DataFrame([event[:5] for event in self.events], columns=names)
        money = pd.DataFrame(
            [event[5] for event in self.events],
            columns=["usd_low", "usd_stated", "usd_high"],
            dtype="float64",
        )
        dates = dict.fromkeys(["date_start", "date_end"], "datetime64[s]")
        return pd.concat([frame.astype(dates), money], axis=1).assign(
            round_id=ids, kind="round", status="closed", lead_investors="Fund", n_reports=2, n_independent=2,
            reliability="high", disputed_fields=pd.Series([None, "amount", None, None, None], dtype="str"),
        )  # fmt: skip

    def closed_rounds(self) -> pd.DataFrame:
        return self.rounds()

    def round_investors(self) -> pd.DataFrame:
        led = self.rounds()["round_id"].iloc[::2]
        return pd.DataFrame(
            {"round_id": led, "parent_group": "Alibaba", "role": "lead", "known_cheque_usd": nan}
        )

    def companies(self) -> pd.DataFrame:
        companies = self.rounds()[["company_id", "company"]].drop_duplicates()
        return companies.rename(columns={"company": "name"}).assign(cohort="alibaba-trio")

    def known_gaps(self) -> pd.DataFrame:
        return self.companies()[["company_id"]].head(1)

    def reports(self) -> pd.DataFrame:
        told = self.rounds()[["round_id"]].assign(publisher="某报", url="https://example.org/?a=1&b=2")
        return told.assign(report_id=told["round_id"], collected=pd.Timestamp("2026-11-23"))


def one_row() -> Record:
    """A single round."""
    return Record(EVENTS[:1])


def undisclosed() -> Record:
    """No amount at all."""
    return Record([(*event[:5], (nan, nan, nan)) for event in EVENTS])


def long_names() -> Record:
    """Names that fit nowhere."""
    name = "Extraordinarily Long-Winded World Modelling Company of Hangzhou (Holdings) Limited"
    label = "Third close of the second extension of the strategic Series Pre-B++ round"
    return Record([(event[0], f"{name} {event[0]}", label, *event[3:]) for event in EVENTS])


def crowded() -> Record:
    """Eight rounds of one company within two months."""
    start = pd.Timestamp("2026-01-05")
    days = [f"{start + pd.Timedelta(days=8 * n):%Y-%m-%d}" for n in range(8)]
    return Record([("aye", "Aye", f"Series {n}", day, day, (1e8, 1e8, 1e8)) for n, day in enumerate(days)])


@pytest.fixture
def record() -> Record:
    """The ordinary case."""
    return Record()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[Figure], list[Text]]:
    """The texts that a figure puts on the page: tick labels beyond the axis are not among them."""

    def texts(figure: Figure) -> list[Text]:
        seen: list[Text] = []
        draw = Text.draw

        def spy(self: Text, renderer: object) -> None:
            if self.get_text().strip():
                seen.append(self)
            draw(self, renderer)  # type: ignore[arg-type]

        with monkeypatch.context() as patch, house.style():
            patch.setattr(Text, "draw", spy)
            figure.canvas.draw()
        return seen

    return texts


def share(a: Bbox, b: Bbox) -> bool:
    """Whether two boxes share more than a hair's breadth."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1


@pytest.fixture
def collisions(drawn: Callable[[Figure], list[Text]]) -> Callable[[Figure], list[tuple[str, str]]]:
    """Pairs of texts that cover each other, and texts that leave the page."""

    def found(figure: Figure) -> list[tuple[str, str]]:
        texts = [(text.get_text(), house.extent(text)) for text in drawn(figure)]
        pairs = [
            (a, b) for n, (a, box) in enumerate(texts) for b, other in texts[n + 1 :] if share(box, other)
        ]
        page = figure.bbox
        outside = [
            (text, "the edge of the page")
            for text, box in texts
            if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
        ]
        return pairs + outside

    return found
