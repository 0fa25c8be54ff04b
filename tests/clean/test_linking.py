"""Which reports tell of the same event: labelled cases, and each rule on small made-up ones."""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.build import Built
from analysis.clean.events import cluster

CASES = Path(__file__).parents[1] / "cases"
SETS = {"given": "report_events.csv", "more": "more_report_events.csv"}


def labelled(name: str) -> list[dict[str, str]]:
    with (CASES / SETS[name]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(built: Built, events: list[dict[str, str]]) -> tuple[set[str], set[str], set[str]]:
    """Pairs of reports rightly joined, wrongly joined and wrongly parted; talks, parts and sums left out."""
    known = built.tables["reports"].set_index("report_id")
    told = known[known["status"].eq("closed") & ~known["kind"].isin(["part", "total"])]
    by_company = defaultdict(list)
    for row in events:
        if row["certainty"] == "sure" and row["report_id"] in told.index:
            by_company[row["company_id"]].append(row)
    right, merged, split = set(), set(), set()
    for rows in by_company.values():
        for a, b in combinations(rows, 2):
            said = told["round_id"][a["report_id"]] == told["round_id"][b["report_id"]]
            pair = f"{a['event']} {a['report_id']} + {b['event']} {b['report_id']}"
            if a["event"] == b["event"]:
                (right if said else split).add(pair)
            elif said:
                merged.add(pair)
    return right, merged, split


def f1(right: set[str], merged: set[str], split: set[str]) -> float:
    return 2 * len(right) / (2 * len(right) + len(merged) + len(split))


@pytest.mark.parametrize("name", SETS)
def test_every_labelled_report_is_accepted(name: str, built: Built) -> None:
    company = dict(
        zip(built.tables["reports"]["report_id"], built.tables["reports"]["company_id"], strict=True)
    )
    rows = labelled(name)
    assert {row["report_id"]: company.get(row["report_id"]) for row in rows} == {
        row["report_id"]: row["company_id"] for row in rows
    }
    assert {row["certainty"] for row in rows} <= {"sure", "unsure"}


@pytest.mark.parametrize(("name", "least"), [("given", 1300), ("more", 400)])
def test_linking_by_rule_alone(name: str, least: int, unjudged: Built) -> None:
    right, merged, split = pairs(unjudged, labelled(name))
    assert f1(right, merged, split) >= 0.97, sorted(merged) + sorted(split)
    assert len(right) >= least  # the score is about many pairs, not about a few


@pytest.mark.parametrize("name", SETS)
def test_linking_with_judgements(name: str, built: Built) -> None:
    right, merged, split = pairs(built, labelled(name))
    assert f1(right, merged, split) >= 0.99, sorted(merged) + sorted(split)


def test_judgements_mend_what_the_rules_cannot(built: Built, unjudged: Built) -> None:
    before, after = (len(m) + len(s) for _, m, s in (pairs(b, labelled("given")) for b in (unjudged, built)))
    assert after < before


# --- clustering ----------------------------------------------------------------------------------


def test_average_linkage() -> None:
    """0 and 1 join at 4, then 2 joins them at the average of 3 and -1; 3 stays alone at (2 - 2 - 2) / 3."""
    total = np.array([[0, 4, 3, 2], [4, 0, -1, -2], [3, -1, 0, -2], [2, -2, -2, 0]], dtype=float)
    assert cluster(range(4), total, 0.4) == [[0, 1, 2], [3]]
    assert cluster(range(4), total, 1.0) == [[0, 1], [2], [3]]  # an average of 1.0 is not above 1.0
    assert cluster(range(4), total, -1.0) == [[0, 1, 2, 3]]
    assert cluster([0, 3], total) == [[0, 3]]


def test_two_pairs_whose_members_do_not_fit_stay_apart() -> None:
    total = np.full((4, 4), -3.0)
    total[0, 1] = total[1, 0] = total[2, 3] = total[3, 2] = 2.0
    total[1, 2] = total[2, 1] = 1.9  # a single link would join all four
    assert cluster(range(4), total) == [[0, 1], [2, 3]]


def test_clusters_of_nothing_and_of_one() -> None:
    assert cluster([], np.zeros((0, 0))) == []
    assert cluster([0], np.zeros((1, 1))) == [[0]]


# --- rules, each on made-up reports ----------------------------------------------------------------

MARCH = {"amount": "$100 million", "round": "Series A", "announced": "2025-03-10", "published": "2025-03-10"}
MAY = {"amount": "$300 million", "round": "Series B", "announced": "2026-05-04", "published": "2026-05-04"}
TALKS = {"status": "in talks", "amount": "$300 million", "announced": "2026-03-02", "published": "2026-03-02"}


def ids(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


def test_rounds_of_one_company_are_told_apart(settle) -> None:
    retrospective = {"amount": "$100 million", "announced": "March 2025", "published": "2026-05-06"}
    found = settle(MARCH, MARCH, MAY, MAY, retrospective)
    assert found.together() == ids("r1 r2 r5", "r3 r4")


def test_companies_never_mix(settle) -> None:
    assert settle(MARCH, {**MARCH, "company": "Bolt"}).together() == ids("r1", "r2")


def test_reports_without_a_date_happened_before_their_publication(settle) -> None:
    undated = {"amount": "$300 million", "published": "2026-05-05"}
    too_early = {"amount": "$300 million", "published": "2025-01-05"}
    assert settle(MARCH, MAY, undated).together() == ids("r1", "r2 r3")
    assert settle(MARCH, MAY, too_early).together() == ids("r1", "r2", "r3")


def test_the_same_series_in_one_month_is_one_round(settle) -> None:
    other = {**MAY, "amount": "$900 million", "announced": "2026-05-20", "published": "2026-05-20"}
    later = {**other, "announced": "2026-09-20", "published": "2026-09-20"}
    assert settle(MAY, other).together() == ids("r1 r2")
    assert settle(MAY, later).together() == ids("r1", "r2")


def test_talks_are_kept_apart_and_point_to_their_closing(settle) -> None:
    found = settle(TALKS, MAY, MARCH)
    assert found.together() == ids("r1", "r2", "r3")
    assert found.links.at["r1", "became_event"] == found.links.at["r2", "event"]
    assert found.links.loc[["r2", "r3"], "became_event"].isna().all()
    assert found.links["is_talks"].tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("talked", "became"),
    [
        ("2026-03-02", True),
        ("2026-05-10", True),  # the closing was told a little before the last word of the talks
        ("2026-06-20", False),  # talks after the closing are about the next round
        ("2025-06-02", False),  # talks that did not close within nine months became nothing
    ],
)
def test_talks_become_the_closing_that_follows_them(talked: str, became: bool, settle) -> None:
    found = settle({**TALKS, "announced": talked, "published": talked}, MAY)
    assert found.links["became_event"].notna().tolist() == [became, False]


def test_late_words_about_a_closing_do_not_move_it(settle) -> None:
    """A page of September that looks back on May does not make August talks precede May."""
    late = {"amount": "$300 million", "round": "Series B", "published": "2026-09-30"}
    talks = {**TALKS, "announced": "2026-08-15", "published": "2026-08-15"}
    found = settle(MAY, MAY, late, talks)
    assert found.together() == ids("r1 r2 r3", "r4")
    assert found.links["became_event"].isna().all()


def test_talks_become_the_closing_that_fits_best(settle) -> None:
    bridge = {
        **MAY,
        "amount": "$20 million",
        "round": "",
        "announced": "2026-04-01",
        "published": "2026-04-01",
    }
    found = settle(TALKS, bridge, MAY)
    assert found.links.at["r1", "became_event"] == found.links.at["r3", "event"]


def test_talks_told_as_closed_go_back_to_the_talks(settle) -> None:
    early = {
        "amount": "$300 million",
        "announced": "2026-03-05",
        "published": "2026-03-05",
        "reliability": "low",
    }
    found = settle(TALKS, TALKS, early)
    assert found.together() == ids("r1 r2 r3")
    assert found.links["is_talks"].all()
    assert "as closed" in found.links.at["r3", "link_reason"]


def test_talks_told_as_closed_go_to_the_real_closing_when_it_has_their_amount(settle) -> None:
    early = {
        "amount": "$300 million",
        "announced": "2026-03-05",
        "published": "2026-03-05",
        "reliability": "low",
    }
    found = settle(TALKS, TALKS, early, MAY, MAY)
    assert found.together() == ids("r1 r2", "r3 r4 r5")


def test_a_reliable_later_page_vouches_for_a_closing(settle) -> None:
    vouched = {"amount": "$300 million", "announced": "2026-03-12", "published": "2026-03-13"}
    assert settle(TALKS, TALKS, vouched).together() == ids("r1 r2", "r3")


def test_a_sum_told_as_the_round_falls_back_to_the_round(settle) -> None:
    second = {
        "amount": "$300 million",
        "valuation": "$2 billion",
        "announced": "2026-05-04",
        "published": "2026-05-04",
    }
    summed = {"amount": "$400 million", "valuation": "$2 billion", "announced": "2026-06-20",
              "published": "2026-06-20", "reliability": "low"}  # fmt: skip
    found = settle(MARCH, MARCH, second, second, summed)
    assert found.together() == ids("r1 r2", "r3 r4 r5")
    assert "the sum" in found.links.at["r5", "link_reason"]
    elsewhere = {**summed, "amount": "$700 million"}
    assert settle(MARCH, MARCH, second, second, elsewhere).together() == ids("r1 r2", "r3 r4", "r5")


def test_a_part_finds_its_round(settle) -> None:
    part = {"kind": "part", "amount": "$40 million", "announced": "2026-05-06", "published": "2026-05-06",
            "lead_investors": "North Fund"}  # fmt: skip
    led = {**MAY, "lead_investors": "North Fund"}
    found = settle(MARCH, led, part)
    assert found.together() == ids("r1", "r2 r3")
    assert found.links.at["r3", "event_kind"] == "round"
    assert "a part of this round" in found.links.at["r3", "link_reason"]


def test_a_part_larger_than_the_round_is_no_part_of_it(settle) -> None:
    part = {"kind": "part", "amount": "$900 million", "announced": "2026-05-06", "published": "2026-05-06"}
    found = settle(MAY, part)
    assert found.together() == ids("r1", "r2")
    assert found.links.at["r2", "event_kind"] == "part"


def test_a_part_of_nothing_known_stands_alone(settle) -> None:
    part = {"kind": "part", "amount": "$40 million", "announced": "2024-05-06", "published": "2024-05-06"}
    assert settle(MAY, part).together() == ids("r1", "r2")


def test_totals_stand_apart_unless_they_equal_a_round(settle) -> None:
    total = {"kind": "total", "amount": "$400 million", "announced": "2026-05-04", "published": "2026-05-04"}
    equal = {**total, "amount": "$300 million"}
    found = settle(MAY, total, equal)
    assert found.together() == ids("r1 r3", "r2")
    assert found.links["event_kind"].tolist() == ["round", "total", "round"]


# --- judgements ----------------------------------------------------------------------------------


def test_a_judgement_joins_what_the_rules_part(settle) -> None:
    found = settle(MARCH, MAY, judgements=[("r1", "r2", "same")])
    assert found.together() == ids("r1 r2")


def test_a_judgement_parts_what_the_rules_join(settle) -> None:
    found = settle(MAY, MAY, MAY, judgements=[("r1", "r2", "different"), ("r1", "r3", "different")])
    assert found.together() == ids("r1", "r2 r3")


def test_a_judgement_moves_a_closing_into_talks(settle) -> None:
    """The talks had become the round that the judgement dissolves: they point nowhere then."""
    found = settle(TALKS, TALKS, MAY, judgements=[("r3", "r1", "same")])
    assert found.together() == ids("r1 r2 r3")
    assert found.links["became_event"].isna().all()
    assert found.draft("r3").is_talks


def test_talks_follow_their_closing_to_the_round_it_is_judged_to_be(settle) -> None:
    told_late = {
        **MAY,
        "amount": "$310 million",
        "round": "Series C",
        "announced": "2026-09-20",
        "published": "2026-09-20",
    }
    found = settle(TALKS, MAY, told_late, judgements=[("r2", "r3", "same")])
    assert found.together() == ids("r1", "r2 r3")
    assert found.links.at["r1", "became_event"] == found.links.at["r3", "event"]


def test_a_part_judged_another_round_stays_a_part(settle) -> None:
    part = {"kind": "part", "amount": "$40 million", "announced": "2026-05-06", "published": "2026-05-06"}
    found = settle(MAY, part, judgements=[("r2", "r1", "different")])
    assert found.together() == ids("r1", "r2")
    assert found.draft("r2").kind == "part"


def test_a_closing_judged_out_of_the_talks_is_closed(settle) -> None:
    early = {
        "amount": "$300 million",
        "announced": "2026-03-05",
        "published": "2026-03-05",
        "reliability": "low",
    }
    found = settle(TALKS, TALKS, early, judgements=[("r3", "r1", "different")])
    assert found.together() == ids("r1 r2", "r3")
    assert not found.draft("r3").is_talks
    assert found.draft("r3").status == "closed"


def test_judgements_can_be_left_out(built: Built, unjudged: Built) -> None:
    reasons = [b.tables["reports"]["link_reason"].str.startswith("judged") for b in (built, unjudged)]
    assert reasons[0].any()
    assert not reasons[1].any()


# --- properties ----------------------------------------------------------------------------------

told = st.fixed_dictionaries(
    {
        "amount": st.sampled_from(
            ["", "$100 million", "$105 million", "over $300 million", "7亿元", "$1 billion"]
        ),
        "round": st.sampled_from(["", "Series A", "A+轮", "Series B"]),
        "announced": st.sampled_from(["", "2025-03-10", "March 2025", "2025", "2026-05-04"]),
        "published": st.sampled_from(["2025-03-11", "2026-05-05", "2026-10-01"]),
        "status": st.sampled_from(["closed", "closed", "in talks"]),
        "kind": st.sampled_from(["round", "round", "round", "part", "total"]),
        "lead_investors": st.sampled_from(["", "North Fund", "South Fund"]),
        "reliability": st.sampled_from(["high", "medium", "low"]),
        "company": st.sampled_from(["Acme", "Bolt"]),
    }
)
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.lists(told, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_events_are_whole_and_the_order_of_the_rows_makes_no_difference(settle, rows, random) -> None:
    rows = [{**row, "report_id": f"r{k}", "publisher": f"Paper {k}"} for k, row in enumerate(rows)]
    one, other = settle(*rows), settle(*random.sample(rows, len(rows)))
    assert one.together() == other.together()
    assert one.drafts.round_of == other.drafts.round_of
    assert one.links["link_reason"].sort_index().equals(other.links["link_reason"].sort_index())

    assert one.links.index.tolist() == one.reports["report_id"].tolist()
    company = one.reports.set_index("report_id")["company_id"]
    assert (company.groupby(one.links["event"]).nunique() == 1).all()
    assert len(set(one.drafts.round_ids)) == len(one.drafts.round_ids) == one.links["event"].nunique()
    became = one.links.dropna(subset="became_event")
    assert became["is_talks"].all()
    assert set(became["became_event"]) <= set(one.links.loc[~one.links["is_talks"], "event"])


@pytest.mark.filterwarnings("error")
def test_reasons_name_the_evidence(settle) -> None:
    found = settle(MAY, {**MAY, "publisher": "Paper 9"})
    assert found.links.at["r1", "link_reason"] == (
        "with r2: same amount (+3.0), same round name (+2.5), dates fit (+2.0)"
    )
    assert settle({"amount": "$1 million"}).links.at["r1", "link_reason"] == "the only report"
