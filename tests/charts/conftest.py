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
    """Tables with a handful of made-up events; Alibaba leads every second one, each has one report.

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
            currency="CNY", amount_currency="CNY", usd_per_unit=1 / 7, amount_stated=7 * money["usd_stated"],
            valuation_usd_low=1e9, valuation_usd_stated=1e9, valuation_usd_high=1e9,
            reliability="high", disputed_fields=pd.Series([None, "amount", None, None, None], dtype="str"),
            date_basis="announced", rate_date=pd.Timestamp("2026-04-10"),
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
        return companies.rename(columns={"company": "name"}).assign(
            cohort="alibaba-trio", country="CN", segment="video-generation"
        )

    def known_gaps(self) -> pd.DataFrame:
        return self.companies()[["company_id"]].head(1)

    def product_events(self) -> pd.DataFrame:
        """Each round once more, as a version of a model that its last row ends."""
        told = self.rounds()[["date_start", "date_end"]].assign(
            product=[f"Sora {n}" for n in range(len(self.events))], event="launch", reliability="high",
            publisher="某报", url="https://example.org/", line=range(len(self.events)),
        )  # fmt: skip
        ending = told.tail(1).assign(product="Sora app", event="shutdown", line=len(told))
        return pd.concat([told, ending], ignore_index=True)

    def reports(self) -> pd.DataFrame:
        money = ["usd_low", "usd_stated", "usd_high"]
        told = self.rounds()[["round_id", "kind", "amount_currency", *money]].assign(
            publisher="某报", url="https://example.org/?a=1&b=2", reliability="low", amount="$1",
            valuation_currency="CNY", valuation_usd_stated=nan, second_currency="USD",
        )  # fmt: skip
        for end in ("low", "stated", "high"):
            # Ten times too much, and the same once more in dollars.
            told[f"amount_{end}"], told[f"second_{end}"] = 70 * told[f"usd_{end}"], 10 * told[f"usd_{end}"]
        return told.assign(
            report_id=told["round_id"],
            collected=pd.Timestamp("2026-11-23"),
            origin_key="paper",
            origin=None,
        )

    def table(self, name: str) -> pd.DataFrame:
        """A claim about every round; other tables have a row that no claim rests on."""
        if name != "article_checks":
            return pd.DataFrame({"line": [2], "publisher": "某报", "reliability": "high", "url": None})
        told = self.rounds()[["round_id", "company_id"]]
        verdicts = ["confirmed", "confirmed with a nuance", "contradicted", "not found"]
        return told.assign(
            claim_id=[f"a{n}" for n in range(len(told))], topic="round", nuance="It was $50 million.",
            claim=[f"{company} received $50 million for its worlds." for company in self.rounds()["company"]],
            verdict=[verdicts[n % 4] for n in range(len(told))], evidence=told["round_id"],
        )  # fmt: skip

    def conflicts(self) -> pd.DataFrame:
        """The amount of every report, put down to each slip in turn."""
        told = self.reports()
        slips = ["tenfold slip", "currency slip", "rounding"]
        words = [f"CNY {amount:,.0f}" for amount in told["amount_stated"]]
        return told[["round_id"]].assign(
            field="amount", value=words, report_ids=told["report_id"],
            probably=[slips[n % len(slips)] for n in range(len(told))],
        )  # fmt: skip


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
