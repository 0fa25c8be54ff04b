"""The frames of notebook 07, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import where_sources_disagree as measures

COMPANIES = pd.DataFrame(
    [("a", "Aye", "alibaba-trio"), ("b", "Bee", "video-rival")], columns=["company_id", "name", "cohort"]
)
ROUNDS = pd.DataFrame(
    [
        ("a-1", "a", "Aye", "CNY", 0.125, 80.0, 100.0, 100.0, 800.0, 5, 6),
        ("b-1", "b", "Bee", "USD", 1.0, 50.0, 50.0, 50.0, 50.0, 4, 4),
        ("b-2", "b", "Bee", "USD", 1.0, nan, nan, nan, nan, 4, 3),
    ],
    columns=["round_id", "company_id", "company", "currency", "usd_per_unit", "usd_low", "usd_stated",
             "usd_high", "amount_stated", "n_independent", "n_reports"],
).assign(
    status="closed", date_start=pd.Timestamp("2026-04-10"), date_end=pd.Timestamp("2026-04-10"),
    valuation_usd_low=900.0, valuation_usd_stated=900.0, valuation_usd_high=nan,
)  # fmt: skip

# report, round, kind, publisher, reliability, currency, stated, second currency, second stated, dollars
TOLD = [
    ("r1", "a-1", "round", "Post", "high", "CNY", 800.0, "USD", 98.0, 99.0),
    ("r2", "a-1", "round", "Globe", "low", "CNY", 800.0, "USD", 110.0, 99.0),
    ("r3", "a-1", "round", "Times", "low", "CNY", 8000.0, None, nan, 990.0),
    ("r4", "a-1", "part", "Times", "high", "CNY", 80.0, None, nan, 10.0),
    ("r5", "a-1", "round", "Mail", "medium", "EUR", 90.0, None, nan, 100.3),
    ("r6", "a-1", "round", "Echo", "medium", "CNY", 800.0, "USD", 98.0, 99.0),
    ("r7", "b-1", "round", "Post", "high", "USD", 50.0, "EUR", 40.0, 50.0),
    ("r8", "b-1", "round", "Mail", "low", "CNY", 50.0, None, nan, 7.0),
]
REPORTS = pd.DataFrame(
    TOLD,
    columns=["report_id", "round_id", "kind", "publisher", "reliability", "amount_currency", "amount_stated",
             "second_currency", "second_stated", "usd_stated"],
)  # fmt: skip
for end in ("low", "high"):
    for prefix in ("amount", "second", "usd"):
        REPORTS[f"{prefix}_{end}"] = REPORTS[f"{prefix}_stated"]
REPORTS = REPORTS.assign(
    url="https://example.org/", valuation_currency="USD", valuation_usd_stated=[nan] * 7 + [9000.0]
)
CONFLICTS = pd.DataFrame(
    [
        ("a-1", "amount", "CNY 8,000", "r3", "tenfold slip"),
        ("a-1", "amount", "USD 110", "r2", "other"),
        ("a-1", "amount", "USD 98", "r1; r6", "rounding"),
        ("b-1", "amount", "CNY 50", "r8", "currency slip"),
        ("b-1", "valuation", "USD 9,000", "r8", "tenfold slip"),
        ("b-1", "date", "2026-05-01", "r8; r7", "other date"),
    ],
    columns=["round_id", "field", "value", "report_ids", "probably"],
)


@pytest.fixture
def quotes() -> pd.DataFrame:
    """The quotes of all rounds."""
    return measures.quotes(ROUNDS, REPORTS, CONFLICTS)


def test_quotes_are_in_dollars_at_the_rounds_rate(quotes: pd.DataFrame) -> None:
    # The yuan at the round's rate and not the report's, dollars as printed, euros as the report has them.
    assert quotes.loc[quotes["report_id"].eq("r1"), "value"].tolist() == [100, 98]
    assert quotes.loc[quotes["report_id"].eq("r5"), "value"].tolist() == [100.3]


def test_quotes_leave_out_parts_and_what_has_no_rate(quotes: pd.DataFrame) -> None:
    assert "r4" not in set(quotes["report_id"])
    assert quotes["report_id"].eq("r7").sum() == 1


def test_a_verdict_is_on_the_quote_that_was_not_chosen(quotes: pd.DataFrame) -> None:
    verdicts = quotes.dropna(subset=["probably"]).set_index(["report_id", "value"])["probably"].to_dict()
    assert verdicts == {("r3", 1000): "tenfold slip", ("r2", 110): "other", ("r8", 7): "currency slip"}


def test_the_spread_counts_each_value_once_and_keeps_rounds_without_any() -> None:
    spread = measures.spread(ROUNDS, REPORTS, CONFLICTS, COMPANIES)
    aye = spread[spread["round_id"].eq("a-1")]
    assert aye["value"].tolist() == [98, 100, 110, 1000]
    assert aye["n_reports"].tolist() == [2, 4, 1, 1]
    assert aye["factor"].iloc[0] == pytest.approx(1000 / 98)
    assert spread.drop_duplicates("round_id")["round_id"].tolist() == ["a-1", "b-1", "b-2"]
    assert spread["value"].isna().tolist() == [False] * 6 + [True]
    assert spread["n_reports"].iloc[-1] == 0


def test_the_spread_takes_the_rounds_with_most_independent_reports() -> None:
    spread = measures.spread(ROUNDS, REPORTS, CONFLICTS, COMPANIES, n_rounds=2)
    assert spread["round_id"].unique().tolist() == ["a-1", "b-1"]
    assert spread.drop_duplicates("round_id")["is_trio"].tolist() == [True, False]


def test_slips_stand_beside_what_they_are_measured_by() -> None:
    slips = measures.slips(ROUNDS, REPORTS, CONFLICTS, COMPANIES)
    assert slips["report_id"].tolist() == ["r3", "r8", "r8"]
    assert slips["probably"].tolist() == ["tenfold slip", "tenfold slip", "currency slip"]
    assert slips["value"].tolist() == [990, 9000, 7]
    assert slips["usd_stated"].tolist() == [100, 900, 50]
    assert slips["publisher"].tolist() == ["Times", "Mail", "Mail"]


def test_a_slip_in_a_conversion_has_no_dollars_of_the_first_quote() -> None:
    converted = CONFLICTS.head(1).assign(value="USD 110", report_ids="r2")
    slips = measures.slips(ROUNDS, REPORTS, converted, COMPANIES)
    assert slips["reported"].tolist() == ["USD 110"]
    assert slips["value"].isna().all()


def test_verdicts_are_counted_by_the_best_source_behind_them() -> None:
    verdicts = measures.verdicts(CONFLICTS, REPORTS).set_index("probably")
    tiers = verdicts[["high", "medium", "low"]]
    assert tiers.loc["rounding"].tolist() == [1, 0, 0]
    assert tiers.loc["other date"].tolist() == [1, 0, 0]
    assert tiers.loc["tenfold slip"].tolist() == [0, 0, 2]
    assert verdicts.index[0] == "tenfold slip"
    assert verdicts["n_values"].sum() == len(CONFLICTS)
    assert verdicts.loc["tenfold slip", "round_ids"] == "a-1; b-1"


def test_dates_are_counted_by_their_width_and_what_they_rest_on() -> None:
    spans = [
        ("2026-04-10", "2026-04-10", "announced"),
        ("2026-04-10", "2026-04-10", "published"),
        ("2026-04-01", "2026-04-30", "announced"),
        ("2026-01-01", "2026-12-31", "announced"),
        (None, None, None),
    ]
    rounds = pd.DataFrame(spans, columns=["date_start", "date_end", "date_basis"])
    rounds = rounds.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]"})
    dates = measures.dates(rounds.assign(round_id=list("abcde")))
    assert dates["width"].tolist() == ["one day", "up to a month", "wider", "no date"]
    assert dates["announced"].tolist() == [1, 1, 1, 0]
    assert dates["published"].tolist() == [1, 0, 0, 0]
    assert dates["n_rounds"].tolist() == [2, 1, 1, 1]
    assert dates["round_ids"].tolist() == ["a; b", "c", "d", "e"]


# --- other rules of choosing -------------------------------------------------------------------------

POLICED = pd.DataFrame(
    [
        ("reliability", "equal weights", "a-1", 80.0, 100.0, 120.0, "Fund"),
        ("reliability", "equal weights", "b-1", 100.0, 100.0, 100.0, None),
        ("reliability", "equal weights", "b-talks", 900.0, 900.0, 900.0, None),
        ("bounds", "own bounds", "a-1", 100.0, 100.0, 100.0, "Ali Cloud; Fund"),
        ("bounds", "own bounds", "b-1", 50.0, 50.0, 50.0, None),
        ("bounds", "own bounds", "b-2", nan, nan, nan, None),
    ],
    columns=["rule", "policy", "round_id", "usd_low", "usd_stated", "usd_high", "lead_investors"],
).assign(status="closed")  # fmt: skip
READINGS = pd.DataFrame(
    [("video-generation", "video", "outer", "digital", "none")],
    columns=["segment", "name", "ring", "digital_or_physical", "human_level_need"],
)
INVESTORS = pd.DataFrame({"investor": ["Ali Cloud", "Fund"], "parent_group": ["Alibaba", None]}, dtype="str")


def totals() -> pd.DataFrame:
    """The totals by policy and name."""
    closed = ROUNDS.assign(lead_investors=["Ali Cloud", None, None])
    companies = COMPANIES.assign(segment="video-generation", country="CN")
    table = measures.policy_totals(closed, POLICED, companies, INVESTORS, READINGS)
    return table.set_index(["policy", "total"])


def test_every_total_is_given_by_every_rule_ours_first() -> None:
    policies = [measures.OURS, "equal weights", "own bounds", *measures.ONE_FIGURE.values()]
    assert totals().index.tolist() == [(policy, name) for policy in policies for name in measures.TOTALS]


@pytest.mark.parametrize(
    ("policy", "total", "ends", "change"),
    [
        ("as chosen", "rounds of the trio", (80, 100), 0),
        ("as chosen", "all closed rounds", (130, 150), 0),
        ("equal weights", "rounds of the trio", (80, 120), 0.2),
        ("equal weights", "all closed rounds", (180, 220), 220 / 150 - 1),
        ("own bounds", "rounds of makers of video and images", (150, 150), 150 / 130 - 1),
    ],
)
def test_a_change_is_the_larger_one_of_the_two_ends(
    policy: str, total: str, ends: tuple[float, float], change: float
) -> None:
    row = totals().loc[(policy, total)]
    assert (row["usd_low"], row["usd_high"]) == ends
    assert row["change"] == pytest.approx(change)


def test_a_rule_can_take_the_lead_from_alibaba() -> None:
    led = totals().xs("rounds of the trio led by Alibaba", level="total")
    assert led.loc[["as chosen", "equal weights", "own bounds"], "n_rounds"].tolist() == [1, 0, 1]


def test_talks_are_in_no_total_and_undisclosed_rounds_are_counted() -> None:
    every = totals().xs("all closed rounds", level="total")
    assert every.loc[["as chosen", "equal weights"], "n_rounds"].tolist() == [3, 2]
    assert every.loc["own bounds", "n_undisclosed"] == 1


def test_one_figure_has_no_bounds_and_no_change() -> None:
    figures = totals().loc[list(measures.ONE_FIGURE.values())]
    assert figures[["usd_low", "usd_high", "change"]].isna().all(axis=None)
    assert figures.xs("rounds of the trio", level="total")["usd_stated"].tolist() == [100, 100]
