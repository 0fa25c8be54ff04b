"""Talks against closings, on hand-made events."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import talks as talking
from analysis.measures.talks import BECAME, CANCELLED, COMPATIBLE, LESS, MORE, NO_FIGURE, OPEN

COMPANIES = pd.DataFrame({"company_id": ["a", "b"], "company": ["Aye", "Bee"], "is_trio": [True, False]})
NOTHING = (nan, nan, nan)
Money = tuple[float, float, float]


def event(name: str, status: str, amount: Money, became: str | None = None, **more: object) -> dict:
    """An event; the company is the first letter of its name."""
    low, stated, high = amount
    valuation = dict(zip(talking.VALUATION, more.pop("valuation", NOTHING), strict=True))
    return {
        "round_id": name, "company_id": name[0], "company": "?", "status": status, "kind": "round",
        "became_round_id": became, "date_start": pd.Timestamp("2026-01-01"), "n_independent": 1,
        "date_end": pd.Timestamp("2026-01-31"), "usd_low": low, "usd_stated": stated, "usd_high": high,
        "valuation_report_id": name, **valuation, **more,
    }  # fmt: skip


def found(*events: dict) -> pd.DataFrame:
    """The talks among some events; each event has a report of its own name."""
    rounds = pd.DataFrame(events)
    reports = pd.DataFrame({"report_id": rounds["round_id"], "round_id": rounds["round_id"]})
    return talking.talks(rounds, COMPANIES, reports)


def test_talks_are_those_of_rounds_of_the_companies() -> None:
    frame = found(
        event("a-closed", "closed", (5, 5, 5)),
        event("a-talks", "in talks", (4, 4, 4), "a-closed"),
        event("a-takeover", "in talks", (4, 4, 4), kind="acquisition"),
        event("b-rumour", "rumoured", NOTHING),
        event("b-off", "cancelled", (1, 1, 1)),
        event("c-talks", "in talks", (4, 4, 4)),
    )
    assert list(frame.columns) == talking.TALK_COLUMNS
    assert frame[["talks_id", "company", "outcome", "round_ids"]].to_numpy().tolist() == [
        ["a-talks", "Aye", BECAME, "a-talks; a-closed"],
        ["b-rumour", "Bee", OPEN, "b-rumour"],
        ["b-off", "Bee", CANCELLED, "b-off"],
    ]
    assert frame["is_trio"].tolist() == [True, False, False]


def test_several_talks_can_become_one_round() -> None:
    frame = found(
        event("a-closed", "closed", (5, 5, 5)),
        event("a-late", "in talks", (4, 4, 4), "a-closed", date_end=pd.Timestamp("2026-02-01")),
        event("a-early", "in talks", (9, 9, 9), "a-closed"),
    )
    assert frame["talks_id"].tolist() == ["a-early", "a-late"]
    assert frame["amount"].tolist() == [LESS, MORE]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((4, 4, 4), (5, 5, 5), MORE),
        ((4, 4, 4), (4, 4, 4), COMPATIBLE),
        ((4, 5, 6), (6, 7, 8), COMPATIBLE),
        ((4, 5, 6), (1, 2, 3), LESS),
        # An open end meets everything above it, "up to" everything below.
        ((4, 4, nan), (9, 9, 9), COMPATIBLE),
        ((4, 4, nan), (3, 3, 3), LESS),
        ((4, 4, 4), (3, 3, nan), COMPATIBLE),
        ((nan, nan, 5), (1, 1, 1), COMPATIBLE),
        ((nan, nan, 5), (6, 6, nan), MORE),
        (NOTHING, (6, 6, 6), NO_FIGURE),
        ((4, 4, 4), NOTHING, NO_FIGURE),
    ],
)
def test_a_closing_is_more_or_less_only_where_bounds_do_not_meet(
    before: Money, after: Money, expected: str
) -> None:
    frame = found(
        event("a-closed", "closed", after, valuation=after),
        event("a-talks", "in talks", before, "a-closed", valuation=before),
    )
    assert frame.loc[0, ["amount", "valuation"]].tolist() == [expected, expected]


def test_a_valuation_taken_from_the_talks_is_not_held_against_them() -> None:
    frame = found(
        event("a-closed", "closed", (5, 5, 5), valuation=(50, 50, 50), valuation_report_id="a-talks"),
        event("a-talks", "in talks", (4, 4, 4), "a-closed", valuation=(50, 50, 50)),
    )
    assert frame.loc[0, ["amount", "valuation"]].tolist() == [MORE, NO_FIGURE]
    assert pd.isna(frame.loc[0, "closed_valuation_usd_stated"])


def test_no_talks_are_an_empty_frame() -> None:
    frame = found(event("a-closed", "closed", (5, 5, 5)))
    assert frame.empty
    assert list(frame.columns) == talking.TALK_COLUMNS
