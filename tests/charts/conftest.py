"""A record to draw charts from, and a look at what a chart really draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import nan
from unittest import mock

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis import charts
from analysis.charts import house

FIRST_OF_NOTEBOOKS = {chart.notebook: name for name, chart in reversed(charts.CHARTS.items())}
# Every chart is drawn in English from several records; what else it can be drawn in is slow.
mostly_slow = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in FIRST_OF_NOTEBOOKS.values() else pytest.mark.slow)
        for name in charts.CHARTS
    ],
)

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

    def closed_rounds(self) -> pd.DataFrame:
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
            valuation_usd_low=1e9, valuation_usd_stated=1e9, valuation_usd_high=1e9, valuation_basis="post",
            valuation_report_id=ids, reliability="high",
            disputed_fields=pd.Series([None, "amount", None, None, None], dtype="str"),
            date_basis="announced", rate_date=pd.Timestamp("2026-04-10"),
        )  # fmt: skip

    def rounds(self) -> pd.DataFrame:
        """The closed rounds, and before each of them talks of half as much; the last led to nothing."""
        closed = self.closed_rounds().assign(became_round_id=None)
        money = ["usd_low", "usd_stated", "usd_high"]
        told = closed.assign(
            became_round_id=closed["round_id"].where(closed.index != len(closed) - 1),
            round_id=closed["round_id"] + "-talks", status="in talks", **(closed[money] / 2),
        )  # fmt: skip
        return pd.concat([closed, told], ignore_index=True)

    def round_investors(self) -> pd.DataFrame:
        """Alibaba in every second round; in each round a fund of no group, and a company of its own."""
        rounds = self.closed_rounds()[["round_id", "company"]].assign(role="participant")
        led = rounds.iloc[::2].assign(
            investor_id="fund", investor="Fund", parent_group="Alibaba", role="lead"
        )
        joined = rounds.assign(investor_id="venture", investor="Venture", parent_group=None)
        own = rounds.assign(investor_id="own", investor=rounds["company"] + " Ventures", parent_group=None)
        named = pd.concat([led, joined, own], ignore_index=True).drop(columns="company")
        return named.assign(n_independent=1, known_cheque_usd=nan, report_ids=named["round_id"])

    def companies(self) -> pd.DataFrame:
        companies = self.closed_rounds()[["company_id", "company"]].drop_duplicates()
        return companies.rename(columns={"company": "name"}).assign(
            name_zh=None, cohort="alibaba-trio", country="CN", segment="video-generation"
        )

    def known_gaps(self) -> pd.DataFrame:
        return self.companies()[["company_id"]].head(1).assign(what_is_missing="angel round of 2023")

    def product_events(self) -> pd.DataFrame:
        """Each round once more: as a version of a model that a last row ends, and as others' products."""
        told = self.closed_rounds()[["date_start", "date_end"]].assign(
            product=[f"Sora {n}" for n in range(len(self.events))], event="launch", reliability="high",
            publisher="某报", url="https://example.org/", developer="OpenAI",
            record_id=[str(n) for n in range(len(self.events))],
            detail=None, company_id=None,
        )  # fmt: skip
        ending = told.tail(1).assign(product="Sora app", event="shutdown", record_id=str(len(told)))
        alibabas = told.assign(product="RynnBrain", developer="Alibaba")
        robots = told["product"].str.replace("Sora", "Motus")
        shengshus = told.assign(product=robots, detail="robots", developer="ShengShu", company_id="shengshu")
        return pd.concat([told, ending, alibabas, shengshus], ignore_index=True)

    def reports(self) -> pd.DataFrame:
        money = ["usd_low", "usd_stated", "usd_high"]
        told = self.closed_rounds()[["round_id", "kind", "amount_currency", *money]].assign(
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
        """Tables that a chart reads by name; others have a row that nothing rests on."""
        other = pd.DataFrame({"record_id": ["2"], "publisher": "某报", "reliability": "high", "url": None})
        return {
            "article_checks": self.article_checks,
            "investors": self.investors,
            "leaderboard_scores": self.leaderboard_scores,
            "model_capabilities": self.model_capabilities,
            "round_policies": self.round_policies,
            "segment_readings": self.segment_readings,
            "usage_metrics": self.usage_metrics,
        }.get(name, lambda: other)()

    def article_checks(self) -> pd.DataFrame:
        """A claim about every round."""
        told = self.closed_rounds()[["round_id", "company_id", "company"]]
        verdicts = ["confirmed", "confirmed with a nuance", "contradicted", "not found"]
        return told.assign(
            claim_id=[f"a{n}" for n in range(len(told))], topic="round", nuance="It was $50 million.",
            claim=[f"{company} received $50 million for its worlds." for company in told["company"]],
            verdict=[verdicts[n % 4] for n in range(len(told))], evidence=told["round_id"],
        )  # fmt: skip

    def leaderboard_scores(self) -> pd.DataFrame:
        """Each round once more, as a model on each of three pools on two days; every second one is a Vidu."""
        names = [("Vidu " if n % 2 == 0 else "") + f"{event[2]} {n}" for n, event in enumerate(self.events)]
        pools = [
            ("Arena (LMArena)", "text-to-video", "mixed (one pool)"),
            ("Arena (LMArena)", "image-to-video", "mixed (one pool)"),
            ("Artificial Analysis Video Arena", "text-to-video", "no audio"),
        ]
        told = [
            (*pool, name, n + 1, 1300.0 - 3 * n + up, pd.Timestamp(day))
            for pool in pools
            for up, day in enumerate(["2026-04-10", "2026-05-14"])
            for n, name in enumerate(names)
        ]
        columns = ["board", "modality", "audio", "model", "rank", "score", "snapshot_start"]
        frame = pd.DataFrame(told, columns=columns).astype({"snapshot_start": "datetime64[s]"})
        return frame.assign(
            score_low=frame["score"] - 8, score_high=frame["score"] + 8, coverage="complete", developer=None,
            note=None, publisher="某报", reliability="high", url="https://example.org/",
            record_id=[str(n) for n in range(len(frame))],
        )  # fmt: skip

    def model_capabilities(self) -> pd.DataFrame:
        """A price, a day of release and a word on the weights of every model of the tables."""
        models = self.leaderboard_scores()["model"].drop_duplicates().tolist()
        told = [
            row
            for n, model in enumerate(models)
            for row in (
                (model, "price", f"${n + 3} per minute"),
                (model, "release_date", f"2025-{n + 1:02d}-15"),
                (model, "open_weights", "yes: a page" if n % 3 == 1 else "no link listed"),
            )
        ]
        frame = pd.DataFrame(told, columns=["model", "attribute", "value"])
        return frame.assign(
            as_of_start=pd.Timestamp("2026-05-14"), publisher="Artificial Analysis", reliability="high",
            url="https://example.org/", record_id=[str(n) for n in range(len(frame))], company_id="openai",
        )  # fmt: skip

    def segment_readings(self) -> pd.DataFrame:
        """The segment of all companies, and one of nobody."""
        words = ["ring", "digital_or_physical", "human_level_need"]
        readings = [("outer", "digital", "none"), ("inner", "both", "physical understanding")]
        names = ["video-generation", "world-model"]
        return pd.DataFrame(readings, columns=words).assign(segment=names, name=["video", "world models"])

    def investors(self) -> pd.DataFrame:
        """The fund that leads every round is Alibaba's."""
        fund = {"investor_id": ["fund"], "investor": "Fund", "parent_group": "Alibaba"}
        return pd.DataFrame({**fund, "kind": "corporate"})

    def round_policies(self) -> pd.DataFrame:
        """Every round twice as large, and every round from nothing."""
        same = self.closed_rounds()[
            ["round_id", "status", "usd_stated", "usd_low", "usd_high", "lead_investors"]
        ]
        money = ["usd_stated", "usd_low", "usd_high"]
        twice = same.assign(rule="independence", policy="copies count", **(2 * same[money]))
        nothing = same.assign(rule="bounds", policy="all is possible", usd_low=0.0, usd_stated=nan)
        return pd.concat([twice, nothing], ignore_index=True)

    def usage_metrics(self) -> pd.DataFrame:
        """Every company's run rate, the more the later."""
        told = self.closed_rounds()[["company_id", "company"]].assign(metric="ARR", value_currency="USD")
        value = [100e6 * (n + 1) for n in range(len(told))]
        start = [pd.Timestamp(2025, 1, 1) + pd.DateOffset(months=n) for n in range(len(told))]
        return told.assign(
            value="about so much", value_low=value, value_stated=value, value_high=[*value[1:], nan],
            period_start=start, period_end=[day + pd.offsets.MonthEnd(0) for day in start],
            publisher="某报", reliability="low", url="https://example.org/",
            record_id=[str(n) for n in range(len(told))],
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


def texts_of(figure: Figure) -> list[Text]:
    """The texts that a figure puts on the page: tick labels beyond the axis are not among them."""
    seen: list[Text] = []
    draw = Text.draw

    def spy(self: Text, renderer: object) -> None:
        if self.get_text().strip():
            seen.append(self)
        draw(self, renderer)  # type: ignore[arg-type]

    with mock.patch.object(Text, "draw", spy), house.style():
        figure.canvas.draw()
    return seen


def share(a: Bbox, b: Bbox) -> bool:
    """Whether two boxes share more than a hair's breadth."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1


def collisions_of(texts: Sequence[Text], page: Bbox) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other, and texts that leave the page."""
    boxes = [(text.get_text(), house.extent(text)) for text in texts]
    pairs = [(a, b) for n, (a, box) in enumerate(boxes) for b, other in boxes[n + 1 :] if share(box, other)]
    outside = [
        (text, "the edge of the page")
        for text, box in boxes
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    return pairs + outside


@pytest.fixture
def drawn() -> Callable[[Figure], list[Text]]:
    """What finds the texts that a figure puts on the page."""
    return texts_of


@pytest.fixture
def collisions() -> Callable[[Figure], list[tuple[str, str]]]:
    """What finds the texts of a figure that cover each other or leave the page."""
    return lambda figure: collisions_of(texts_of(figure), figure.bbox)
