"""Other rules of choosing, on made-up reports whose answers are known."""

import pandas as pd
import pytest

from analysis.clean.policies import POLICIES, round_policies_table

DAY = {"announced": "2025-03-10", "published": "2025-03-10", "round": "Series A"}
HIGH = {**DAY, "amount": "$100 million", "reliability": "high", "publisher": "Wire", "origin": "Wire"}
COPY = {**DAY, "amount": "$120 million", "reliability": "low", "origin": "Blog"}
NAMES = {"north-fund": "North Fund"}


@pytest.fixture
def moving(rates: pd.DataFrame) -> pd.DataFrame:
    """Rates by which a yuan is 0.14 dollars until the middle of March 2025, then 0.15."""
    later = rates.copy()
    later.loc["2025-03-15":, "CNY"] = 0.15  # type: ignore[misc]
    return later


@pytest.fixture
def stated(settle, moving):
    """What a round is stated to have brought by each other rule: policy -> (low, stated, high)."""

    def made(*rows) -> dict[str, tuple[float, float, float]]:
        settled = settle(*rows)
        table = round_policies_table(
            settled.reports,
            settled.links,
            settled.drafts,
            NAMES,
            {"acme": "USD", "bolt": "USD"},
            moving,
        )
        assert set(table["round_id"]) <= set(settled.drafts.round_ids)
        table = table.astype(dict.fromkeys(["usd_low", "usd_stated", "usd_high"], "float64"))
        return {
            row["policy"]: (row["usd_low"], row["usd_stated"], row["usd_high"])
            for row in table.to_dict("records")
        }

    return made


def test_every_policy_has_its_rows_and_its_own_name(stated) -> None:
    assert set(stated(HIGH)) == {policy.name for policy in POLICIES}
    assert len({policy.name for policy in POLICIES}) == len(POLICIES)


def test_equal_weights_let_the_many_outvote_the_reliable(stated) -> None:
    blogs = [{**COPY, "origin": f"Blog {n}"} for n in range(2)]
    found = stated(HIGH, *blogs)
    assert found["bounds of the chosen report alone"] == (100e6, 100e6, 100e6)
    assert found["every source weighs the same"][1] == 120e6
    # Spanned, since the runner-up has two of three points.
    assert found["every publisher counts once"] == (100e6, 100e6, 120e6)


def test_copies_win_where_every_report_counts(stated) -> None:
    copies = [{**COPY, "publisher": f"Copy {n}"} for n in range(4)]
    found = stated(HIGH, *copies)
    assert found["every report counts, copies too"][1] == 120e6
    assert found["every publisher counts once"][1] == 120e6
    assert found["rate of the first day of the date"] == (100e6, 100e6, 100e6)


def test_a_round_of_weak_reports_alone_is_gone_without_them(stated) -> None:
    found = stated(COPY)
    assert "reports of low reliability are left out" not in found
    assert found["every source weighs the same"][1] == 120e6


def test_talks_stay_talks_where_only_those_who_took_them_for_a_closing_are_left(settle, moving) -> None:
    talks = {"status": "in talks", "amount": "$300 million", "announced": "2026-03-10", "reliability": "low"}
    early = {"amount": "$300 million", "announced": "2026-03-05", "published": "2026-03-05"}
    days = [{"published": f"2026-03-{day}"} for day in (10, 11, 12, 13)]
    found = settle(*({**talks, **day} for day in days), early)
    assert found.together() == {frozenset({"r1", "r2", "r3", "r4", "r5"})}
    table = round_policies_table(found.reports, found.links, found.drafts, NAMES, {"acme": "USD"}, moving)
    assert set(table["status"]) == {"in talks"}
    assert "reports of low reliability are left out" in set(table["policy"])


def test_the_rate_moves_with_the_day(stated) -> None:
    found = stated({**DAY, "announced": "March 2025", "amount": "6亿元"})
    assert found["rate of the first day of the date"][1] == pytest.approx(84e6)
    assert found["rate of the last day of the date"][1] == pytest.approx(90e6)
