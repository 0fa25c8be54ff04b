"""Events to rounds: the rules on made-up reports, and the known traps of the evidence."""

import pandas as pd
import pytest

from analysis.build import Built
from analysis.clean.rounds import conflicts_table, round_investors_table, rounds_table
from analysis.columns import FIELDS

NAMES = {"acme": "Acme", "bolt": "Bolt"}
INVESTORS = {f"{name}-fund": f"{name.title()} Fund" for name in ("north", "south", "east", "west")}
INVESTORS["north-cloud"] = "North Cloud"
A = {"amount": "$100 million", "round": "Series A", "announced": "2025-03-10", "published": "2025-03-10"}
C = {"amount": "$300 million", "round": "Series C", "announced": "2026-03-12", "published": "2026-03-12"}
MORE = {"amount": "$439 million", "announced": "2026-07-14", "published": "2026-07-14"}


@pytest.fixture
def table(rates):
    """The table rounds by the first report of each round."""

    def made(settled) -> pd.DataFrame:
        rounds = rounds_table(settled.drafts, NAMES, INVESTORS, rates).astype(object)
        rounds = rounds.where(rounds.notna(), None)
        return rounds.set_index(pd.Index([event.report_ids[0] for event in settled.events()]))

    return made


def lost(settled, report_id: str, field: str = "amount") -> dict[str, str]:
    """What a round did not choose: {value: what it probably is}."""
    conflicts = settled.draft(report_id).conflicts
    return {row["value"]: row["probably"] for row in conflicts if row["field"] == field}


# --- rows ----------------------------------------------------------------------------------------


def test_a_round_says_where_each_value_comes_from(settle, table) -> None:
    full = {**A, "valuation": "$1 billion post-money", "lead_investors": "North Fund", "reliability": "high"}
    row = table(settle(A, full)).loc["r1"]
    assert row["round_id"] == "acme-2025-03"
    assert (row["kind"], row["status"], row["round_label"]) == ("round", "closed", "Series A")
    assert (row["lead_investors"], row["valuation_basis"]) == ("North Fund", "post")
    assert (row["n_reports"], row["n_independent"], row["reliability"]) == (2, 2, "high")
    assert (row["amount_stated"], row["usd_stated"], row["valuation_usd_stated"]) == (100e6, 100e6, 1e9)
    assert row["disputed_fields"] is None
    assert {row[f"{name}_report_id"] for name in FIELDS} == {"r2"}
    assert all(row[f"{name}_why"] for name in FIELDS)


def test_dollars_are_the_amount_times_the_rate(settle, table) -> None:
    row = table(settle({**A, "amount": "超6亿元"})).loc["r1"]
    assert (row["currency"], row["amount_stated"], row["amount_high"]) == ("CNY", 600e6, None)
    assert row["usd_per_unit"] == pytest.approx(0.14)
    assert (row["usd_stated"], row["usd_low"], row["usd_high"]) == (84e6, 84e6, None)
    assert row["rate_date"] == "2025-03-10"


def test_the_rate_is_that_of_the_middle_of_the_date(settle, table) -> None:
    row = table(settle({"amount": "6亿元", "announced": "March 2025"})).loc["r1"]
    # The middle is Sunday the 16th; the rates are those of Mondays.
    assert (row["date_start"], row["date_end"], row["rate_date"]) == (
        "2025-03-01",
        "2025-03-31",
        "2025-03-10",
    )


@pytest.mark.parametrize(
    "broken",
    [{"announced": "", "published": ""}, {"amount": "6亿元", "announced": "2020-03-10", "published": ""}],
)
def test_no_rate_no_dollars(broken, settle, table) -> None:
    row = table(settle({**A, "amount": "6亿元", **broken})).loc["r1"]
    assert row["amount_stated"] == 600e6
    assert row[["usd_per_unit", "rate_date", "usd_stated", "usd_low", "usd_high"]].isna().all()


def test_copies_count_as_one_source(settle, table) -> None:
    copies = [{**A, "origin": "Reuters", "amount": "$90 million"} for _ in range(5)]
    row = table(settle(A, A, *copies)).loc["r1"]
    assert (row["n_reports"], row["n_independent"], row["amount_stated"]) == (7, 3, 100e6)


def test_talks_point_to_their_round_and_keep_their_status(settle, table) -> None:
    talks = {
        "status": "in talks",
        "amount": "$120 million",
        "announced": "2025-01-20",
        "published": "2025-01-20",
    }
    rounds = table(settle(talks, A, {**talks, "status": "rumoured", "reliability": "low"}))
    assert rounds.loc["r1", ["round_id", "status", "became_round_id"]].tolist() == [
        "acme-2025-01-talks", "in talks", "acme-2025-03",
    ]  # fmt: skip
    assert pd.isna(rounds.loc["r2", "became_round_id"])


def test_talks_told_as_closed_stay_talks(settle, table) -> None:
    talks = {
        "status": "in talks",
        "amount": "$120 million",
        "announced": "2025-01-20",
        "published": "2025-01-20",
    }
    found = settle(talks, talks, {**talks, "status": "closed", "reliability": "low"})
    assert table(found).loc["r1", "status"] == "in talks"
    assert lost(found, "r1", "status") == {"closed": "talks for closing"}


def test_talks_that_some_call_a_rumour(settle, table) -> None:
    talks = {
        "status": "in talks",
        "amount": "$120 million",
        "announced": "2025-01-20",
        "published": "2025-01-20",
    }
    found = settle(talks, {**talks, "status": "rumoured"})
    assert table(found).loc["r1", ["status", "disputed_fields"]].tolist() == ["in talks", "status"]
    assert lost(found, "r1", "status") == {"rumoured": "other"}


def test_dollars_need_no_rate_and_no_date(settle, table) -> None:
    row = table(settle({"amount": "$6 million"})).loc["r1"]
    assert (row["usd_stated"], row["usd_per_unit"], row["rate_date"]) == (6e6, 1.0, None)


# --- ids -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"announced": "2025-03-10"}, "acme-2025-03"),
        ({"announced": "March 2025"}, "acme-2025-03"),
        ({"announced": "2025"}, "acme-2025"),
        ({"announced": "Q1 2025"}, "acme-2025"),
        ({}, "acme-undated"),
        ({"announced": "2025-03-10", "kind": "ipo", "status": "ipo"}, "acme-2025-03-ipo"),
        ({"announced": "2025-03-10", "kind": "debt"}, "acme-2025-03-debt"),
        ({"announced": "2025-03-10", "status": "in talks"}, "acme-2025-03-talks"),
        ({"announced": "2025-03-10", "kind": "ipo", "status": "rumoured"}, "acme-2025-03-ipo-talks"),
    ],
)
def test_ids(row: dict[str, str], name: str, settle) -> None:
    assert settle({"amount": "$100 million", **row}).drafts.round_ids.tolist() == [name]


def test_two_rounds_of_one_month_have_two_ids(settle) -> None:
    small = {"amount": "$7 million", "round": "Seed", "announced": "2025-03-28", "published": "2025-03-28"}
    for rows in ((A, small), (small, A)):
        found = settle(*rows)
        assert {event.round_id: event.amount_stated for event in found.events()} == {
            "acme-2025-03": 100e6,
            "acme-2025-03-2": 7e6,
        }


# --- amounts -------------------------------------------------------------------------------------


def test_slips_give_no_support_and_dispute_nothing(settle, table) -> None:
    found = settle(A, A, {**A, "amount": "$1 billion"}, {**A, "amount": "100 million yuan"})
    row = table(found).loc["r1"]
    assert (row["amount_stated"], row["amount_high"], row["disputed_fields"]) == (100e6, 100e6, None)
    assert lost(found, "r1") == {"USD 1,000,000,000": "tenfold slip", "CNY 100,000,000": "currency slip"}


def test_the_second_quote_of_a_report_is_a_conflict_not_a_vote(settle, table) -> None:
    found = settle({**A, "amount": "7亿元（约1亿美元）"}, {**A, "amount": "7亿元"})
    assert table(found).loc["r1", ["currency", "amount_stated"]].tolist() == ["CNY", 700e6]
    assert lost(found, "r1") == {"USD 100,000,000": "rounding"}


def test_a_part_bounds_the_whole_and_supports_nothing(settle, table) -> None:
    part = {
        "kind": "part",
        "amount": "$60 million",
        "announced": "2025-03-11",
        "lead_investors": "North Fund",
    }
    vague = {**A, "amount": "tens of millions of dollars", "lead_investors": "North Fund"}
    found = settle(vague, part, {**part, "amount": "$10 million", "publisher": "Paper 2"})
    row = table(found).loc["r1"]
    assert (row["amount_stated"], row["amount_low"], row["amount_high"]) == (None, 70e6, 99e6)


def test_a_part_told_as_the_whole(settle, table) -> None:
    part = {
        "kind": "part",
        "amount": "$20 million",
        "announced": "2025-03-11",
        "lead_investors": "North Fund",
    }
    led = {**A, "lead_investors": "North Fund"}
    found = settle(led, part, {**led, "amount": "$20 million"})
    row = table(found).loc["r1"]
    assert (row["amount_stated"], row["amount_low"], row["disputed_fields"]) == (100e6, 100e6, None)
    assert lost(found, "r1") == {"USD 20,000,000": "part for whole"}


def test_the_figure_of_the_talks_told_as_the_closing(settle, table) -> None:
    talks = {
        "status": "in talks",
        "amount": "$130 million",
        "announced": "2025-02-20",
        "published": "2025-02-20",
    }
    found = settle(talks, A, A, {**A, "amount": "$130 million"})
    assert table(found).loc["r2", ["amount_stated", "disputed_fields"]].tolist() == [100e6, None]
    assert lost(found, "r2") == {"USD 130,000,000": "talks for closing"}


def test_a_valuation_that_the_talks_show_to_be_a_slip(settle, table) -> None:
    talks = {
        "status": "in talks",
        "valuation": "$1.8 billion",
        "announced": "2025-02-20",
        "published": "2025-02-20",
    }
    found = settle(talks, talks, {**A, "valuation": "$18 billion"})
    assert table(found).loc["r3", "valuation_usd_stated"] == 1.8e9
    assert lost(found, "r3", "valuation") == {"USD 18,000,000,000": "tenfold slip"}


def test_an_amount_that_the_talks_show_to_be_a_slip_leaves_none(settle, table) -> None:
    """Talks are never money, so their figure does not take its place."""
    talks = {
        "status": "in talks",
        "amount": "$180 million",
        "announced": "2025-02-20",
        "published": "2025-02-20",
    }
    found = settle(talks, talks, {**A, "amount": "$1.8 billion"})
    row = table(found).loc["r3"]
    assert row[["amount_stated", "amount_low", "amount_high", "usd_stated"]].isna().all()
    [conflict] = [c for c in found.draft("r3").conflicts if c["field"] == "amount"]
    assert (conflict["value"], conflict["probably"]) == ("USD 1,800,000,000", "tenfold slip")
    assert "not disclosed" not in conflict["rule"]


def test_undisclosed_is_an_answer(settle, table) -> None:
    row = table(settle({**A, "amount": "undisclosed"})).loc["r1"]
    assert (row["amount_qualifier"], row["amount_report_id"], row["amount_stated"]) == (
        "undisclosed",
        "r1",
        None,
    )
    assert table(settle({**A, "amount": ""})).loc["r1", "amount_qualifier"] is None


# --- an extension, or the whole series? ------------------------------------------------------------


def test_an_extension_that_some_call_the_series(settle, table) -> None:
    found = settle(C, {**MORE, "round": "Series C extension"}, {**MORE, "round": "Series C"})
    row = table(found).loc["r2"]
    assert (row["amount_stated"], row["amount_low"], row["amount_high"]) == (439e6, 139e6, 439e6)
    assert "amount" in row["disputed_fields"].split("; ")
    assert lost(found, "r2")["USD 139,000,000"] == "whole series for extension"
    assert table(found).loc["r1", "amount_low"] == 300e6


def test_an_undisputed_extension_is_money_of_its_own(settle, table) -> None:
    row = table(settle(C, *[{**MORE, "round": "Series C extension"}] * 2)).loc["r2"]
    assert (row["amount_low"], row["disputed_fields"]) == (439e6, None)


def test_a_reported_total_of_both_settles_it(settle, table) -> None:
    total = {"kind": "total", "amount": "$739 million", "announced": "2026-08-01", "published": "2026-08-01"}
    found = settle(C, {**MORE, "round": "Series C extension"}, {**MORE, "round": "Series C"}, total)
    row = table(found).loc["r2"]
    assert row["amount_low"] == 439e6
    assert "amount" not in (row["disputed_fields"] or "")


def test_the_remainder_may_have_been_told_already(settle, table) -> None:
    """What is left without the earlier round is one conflict, also when a report gives that figure."""
    rows = [C, {**MORE, "round": "Series C extension"}, {**MORE, "round": "Series C"}]
    rows += [{**MORE, "round": "Series C extension", "amount": "$139 million", "reliability": "low"}]
    found = settle(*rows)
    assert found.together() == {frozenset({"r1"}), frozenset({"r2", "r3", "r4"})}
    values = [c["value"] for c in found.draft("r2").conflicts if c["field"] == "amount"]
    assert values.count("USD 139,000,000") == 1
    assert table(found).loc["r2", "amount_low"] == 139e6


def test_a_round_that_others_call_a_sum_may_hold_the_earlier_one(settle, table) -> None:
    total = {**MORE, "kind": "total"}
    row = table(settle(C, {**MORE, "round": "Series D"}, total)).loc["r2"]
    assert (row["amount_stated"], row["amount_low"]) == (439e6, 139e6)


# --- conflicts and investors ------------------------------------------------------------------------


def test_what_lost_in_other_fields(settle) -> None:
    led = {**A, "lead_investors": "North Fund"}
    other = {
        **A,
        "round": "Series A1",
        "announced": "2025-03-12",
        "lead_investors": "South Fund",
        "reliability": "low",
    }
    found = settle(led, led, other)
    assert lost(found, "r1", "label") == {"Series A1": "other"}
    assert lost(found, "r1", "date") == {"2025-03-12": "other date"}
    assert lost(found, "r1", "lead_investors") == {"south-fund": "other"}
    conflicts = conflicts_table(found.drafts, INVESTORS).set_index("field")
    assert conflicts.loc["lead_investors", ["value", "chosen"]].tolist() == ["South Fund", "North Fund"]
    assert conflicts.loc["label", ["value", "chosen", "report_ids", "support"]].tolist() == [
        "Series A1",
        "Series A",
        "r3",
        1,
    ]


def test_investors_of_a_round(settle) -> None:
    known = pd.DataFrame(
        [{"investor_id": i, "investor": n, "parent_group": None} for i, n in INVESTORS.items()]
    )
    row = {**A, "lead_investors": "North Fund", "investors": "South Fund ($20 million), East Fund"}
    part = {"kind": "part", "amount": "$30 million", "announced": "2025-03-11", "investors": "East Fund"}
    talks = {
        "status": "in talks",
        "announced": "2025-01-11",
        "amount": "$100 million",
        "investors": "West Fund",
    }
    found = settle(row, {**row, "origin": "Paper 1"}, part, talks)
    table = round_investors_table(found.drafts, known).set_index("investor_id")
    assert table["role"].to_dict() == {
        "north-fund": "lead",
        "south-fund": "participant",
        "east-fund": "participant",
    }
    assert table["known_cheque_usd"].dropna().to_dict() == {"south-fund": 20e6, "east-fund": 30e6}
    assert table["n_independent"].to_dict() == {"north-fund": 1, "south-fund": 1, "east-fund": 2}
    assert table.loc["east-fund", "report_ids"] == "r1; r2; r3"


def test_rounds_without_an_investor(settle) -> None:
    """A vendor's table may name nobody at all; a whole build of one once ended in a traceback."""
    known = pd.DataFrame({"investor_id": [], "investor": [], "parent_group": []}, dtype=object)
    table = round_investors_table(settle(A, C).drafts, known)
    assert table.empty
    assert {"round_id", "investor_id", "role", "report_ids"} <= set(table)


# --- the known traps of the evidence --------------------------------------------------------------------


@pytest.fixture(params=["with judgements", "by rule alone"])
def tables(request, built: Built, unjudged: Built):
    return (built if request.param == "with judgements" else unjudged).tables


def of(tables, company: str, **where: str) -> pd.DataFrame:
    rounds = tables["rounds"]
    chosen = rounds[rounds["company_id"].eq(company) & rounds["status"].eq(where.get("status", "closed"))]
    return chosen[chosen["date_end"].str.startswith(where.get("when", "20"))].set_index("round_id")


def conflicts(tables, round_id: str, field: str = "amount") -> dict[str, str]:
    rows = tables["conflicts"]
    rows = rows[rows["round_id"].eq(round_id) & rows["field"].eq(field)]
    return dict(zip(rows["value"], rows["probably"], strict=True))


def test_one_yuan_sum_is_one_round_whatever_its_dollars(tables) -> None:
    rounds = of(tables, "shengshu", when="2026-04")
    assert rounds.index.tolist() == ["shengshu-2026-04"]
    row = rounds.iloc[0]
    assert (row["currency"], row["amount_stated"], row["kind"]) == ("CNY", 2e9, "round")
    told = conflicts(tables, "shengshu-2026-04")
    assert sum(value.startswith("USD ") for value in told) >= 5
    assert set(told.values()) == {"rounding"}
    assert "amount" not in str(row["disputed_fields"])


def test_the_extension_that_may_be_the_whole_series(tables) -> None:
    rounds = of(tables, "pixverse", when="2026-07")
    assert rounds.index.tolist() == ["pixverse-2026-07"]
    row = rounds.iloc[0]
    assert (row["currency"], row["amount_stated"], row["amount_low"]) == ("USD", 439e6, 139e6)
    assert "amount" in row["disputed_fields"].split("; ")
    assert conflicts(tables, "pixverse-2026-07")["USD 139,000,000"] == "whole series for extension"


def test_two_tranches_are_one_round(tables) -> None:
    rounds = of(tables, "kling")
    assert rounds.index.tolist() == ["kling-2026-07"]
    assert rounds["valuation_usd_stated"].iloc[0] == pytest.approx(18e9, rel=0.05)
    assert conflicts(tables, "kling-2026-07", "valuation")["USD 180,000,000,000"] == "tenfold slip"
    reports = tables["reports"]
    tranches = reports[reports["round"].isin(["第一批", "第二批"]) & reports["company_id"].eq("kling")]
    assert tranches["round_id"].tolist() == ["kling-2026-07"] * 2
    assert set(tranches["kind"]) == {"part"}
    assert tranches["amount_stated"].max() < rounds["amount_stated"].iloc[0]


def test_tenfold_slips(tables) -> None:
    row = of(tables, "moonshot").loc["moonshot-2025-12"]
    assert (row["currency"], row["amount_stated"], row["amount_high"]) == ("USD", 500e6, 500e6)
    assert conflicts(tables, "moonshot-2025-12")["USD 5,000,000,000"] == "tenfold slip"
    talks = of(tables, "moonshot", status="in talks")
    slips = [
        name for name in talks.index if conflicts(tables, name).get("USD 7,000,000,000") == "tenfold slip"
    ]
    assert [talks.loc[name, "amount_stated"] for name in slips] == [700e6]


def test_one_investors_part_is_not_the_round(tables) -> None:
    row = of(tables, "world-labs").loc["world-labs-2026-02"]
    assert (row["currency"], row["amount_stated"]) == ("USD", 1e9)
    reports = tables["reports"]
    part = reports[
        reports["company_id"].eq("world-labs")
        & reports["kind"].eq("part")
        & reports["amount_stated"].eq(200e6)
    ]
    assert len(part)
    assert set(part["round_id"]) == {"world-labs-2026-02"}
    assert not (
        tables["rounds"]["company_id"].eq("world-labs") & tables["rounds"]["amount_stated"].eq(200e6)
    ).any()


def test_the_cumulative_billion_is_not_the_round(built: Built, unjudged: Built) -> None:
    for tables in (built.tables, unjudged.tables):
        row = of(tables, "physical-intelligence").loc["physical-intelligence-2025-11"]
        assert (row["currency"], row["amount_stated"], row["amount_high"]) == ("USD", 600e6, 600e6)
    assert conflicts(built.tables, "physical-intelligence-2025-11")["USD 1,000,000,000"] == "total for round"


def test_a_listing_is_in_the_money_of_its_exchange(tables) -> None:
    rounds = of(tables, "minimax")
    ipo = rounds[rounds["kind"] == "ipo"]
    assert ipo["currency"].tolist() == ["HKD"]
    assert ipo["amount_stated"].iloc[0] == pytest.approx(4.8e9, rel=0.02)


def test_the_page_that_calls_a_company_by_the_name_of_another(built: Built) -> None:
    """A correction moves it: the raw row says Agibot, the page tells of X Square's round."""
    moved = built.tables["reports"]
    assert (moved["company_id"].eq("x-square") & moved["round_id"].eq("x-square-2025-09")).sum() == 11
    agibot = of(built.tables, "agibot")
    assert not agibot["amount_stated"].eq(1e9).any()
    assert not agibot["usd_stated"].between(100e6, 145e6).any()


def test_the_same_chinese_word_for_two_companies(built: Built) -> None:
    """VAST is Tripo AI; 智象未来, written ZhiXiang Future (VAST), is HiDream."""
    reports = built.tables["reports"].set_index("report_id")
    named = reports[reports["company"].str.contains("ZhiXiang|智象")]
    assert len(named)
    assert set(named["company_id"]) == {"hidream"}
    assert set(reports.loc[reports["company"] == "VAST", "company_id"]) == {"tripo"}
