"""What players earn, from made-up tellings."""

from math import isnan

import pandas as pd
import pytest

from analysis.measures import video_revenue as measures

COMPANIES = pd.DataFrame(
    [
        ("kling", "Kling AI", "video-generation", "video-rival"),
        ("kuaishou", "Kuaishou", "video-generation", "video-rival"),
        ("pix", "Pix", "video-generation", "alibaba-trio"),
        ("lab", "Lab", "foundation-model", "video-rival"),
    ],
    columns=["company_id", "name", "segment", "cohort"],
).assign(country="CN")

# company, metric, currency, value, first day, last day, reliability, publisher
TOLD = [
    ("pix", "ARR", "USD", 10, "2025-06-01", "2025-06-30", "high", "Post"),
    ("pix", "annualized revenue", "USD", 14, "2025-06-11", "2025-06-20", "low", "Blog"),
    ("pix", "arr", "USD", 20, "2025-10-01", "2025-10-31", "medium", "Post"),
    ("pix", "年化收入", "USD", 20, "2025-10-31", "2025-10-31", "low", "Globe"),
    ("kuaishou", "annual revenue", "USD", 30, "2025-03-01", "2025-03-31", "medium", "Post"),
    # Left out: a whole year's revenue, what a rate rose by, no time to the quarter, yuan, a larger firm.
    ("pix", "annual revenue", "USD", 90, "2025-01-01", "2025-12-31", "high", "Post"),
    ("pix", "ARR added", "USD", 90, "2025-06-01", "2025-06-30", "high", "Post"),
    ("pix", "ARR", "USD", 90, "2025-01-01", "2025-12-31", "high", "Post"),
    ("pix", "ARR", "USD", 90, None, None, "high", "Post"),
    ("pix", "ARR", "CNY", 90, "2025-06-01", "2025-06-30", "high", "Post"),
    ("lab", "ARR", "USD", 90, "2025-06-01", "2025-06-30", "high", "Post"),
    # Kling's quarters, one of them in the wrong currency.
    ("kuaishou", "revenue", "CNY", 150, "2025-01-01", "2025-03-31", "high", "Post"),
    ("kuaishou", "收入", "CNY", 160, "2025-01-01", "2025-03-31", "low", "Blog"),
    ("kuaishou", "revenue", "USD", 150, "2025-01-01", "2025-03-31", "low", "Blog"),
    ("kuaishou", "revenue guidance", "CNY", 900, "2025-01-01", "2025-03-31", "high", "Post"),
]
METRICS = pd.DataFrame(
    TOLD,
    columns=["company_id", "metric", "value_currency", "value_stated", "period_start", "period_end",
             "reliability", "publisher"],
)  # fmt: skip
METRICS = METRICS.astype(
    {**dict.fromkeys(["period_start", "period_end"], "datetime64[s]"), "value_stated": float}
)
METRICS = METRICS.assign(
    value_low=METRICS["value_stated"], value_high=METRICS["value_stated"], value="so much", company="as told",
    product="Kling", url="https://example.org/", record_id=[str(n) for n in range(len(METRICS))],
)  # fmt: skip


@pytest.fixture(scope="module")
def rates() -> pd.DataFrame:
    """The run rates that are told."""
    return measures.run_rates(METRICS, COMPANIES)


def test_only_run_rates_of_players_at_a_time_count(rates: pd.DataFrame) -> None:
    assert rates["company"].tolist() == ["Kling AI", "Pix", "Pix"]
    assert rates["usd_low"].tolist() == [30, 10, 20]
    assert rates["is_trio"].tolist() == [False, True, True]
    assert measures.n_without_time(METRICS, COMPANIES) == 2


def test_sources_that_differ_span_an_interval_without_a_figure(rates: pd.DataFrame) -> None:
    row = rates.iloc[1]
    assert (row["usd_low"], row["usd_high"], row["n_sources"]) == (10, 14, 2)
    assert isnan(row["usd_stated"])
    assert (row["publisher"], row["is_firm"]) == ("Post", False)


def test_a_rate_is_firm_when_two_sources_agree_and_one_is_no_weak_one(rates: pd.DataFrame) -> None:
    assert rates["is_firm"].tolist() == [False, False, True]
    weak = METRICS.assign(value="a third-party estimate")
    assert not measures.run_rates(weak, COMPANIES)["is_firm"].any()


def test_an_open_end_of_one_source_opens_the_interval() -> None:
    is_first = METRICS.index == 0
    rates = measures.run_rates(METRICS.assign(value_high=METRICS["value_high"].mask(is_first)), COMPANIES)
    assert rates["usd_high"].isna().tolist() == [False, True, False]


def test_klings_quarters_are_in_yuan_and_no_forecast() -> None:
    quarters = measures.kling_quarters(METRICS)
    assert quarters.to_dict("records") == [
        {"quarter": "Q1 2025", "cny_low": 150, "cny_high": 160, "n_sources": 2}
    ]
