"""What speaks for and against one event: the sign and the order of magnitude of each kind of evidence."""

import numpy as np
import pytest

from analysis.clean.evidence import as_columns, compare

Pairs = list[tuple[dict[str, str], dict[str, str]]]
STRONG, FOR, NOTHING, AGAINST, HARDLY = (2.0, 9.0), (0.4, 1.9), (0.0, 0.0), (-1.5, -0.3), (-9.0, -2.0)


@pytest.fixture
def weigh(tell):
    """Points of one kind of evidence between the two reports of each pair."""

    def points(kind: str, pairs: Pairs) -> list[float]:
        evidence = compare(as_columns(tell(*(row for pair in pairs for row in pair))))
        matrix = getattr(evidence, kind)
        assert np.array_equal(matrix, matrix.T)
        return [float(matrix[k, k + 1]) for k in range(0, 2 * len(pairs), 2)]

    return points


def unexpected(cases: list[tuple], points: list[float]) -> list[tuple]:
    """The cases whose points lie outside the span that stands last in them."""
    return [
        (*case, found)
        for case, found in zip(cases, points, strict=True)
        if not case[-1][0] <= found <= case[-1][1]
    ]


def day(text: str, published: str = "") -> dict[str, str]:
    return {"announced": text, "published": published}


TIME = [
    (day("2026-04-10"), day("2026-04-10"), STRONG),
    (day("2026-04-10"), day("April 2026"), FOR),
    (day("2026-04-10"), day("2026-04-18"), FOR),
    (day("2026-04-10"), day("2026-05-05"), AGAINST),
    (day("2026-04-10"), day("2026-06-01"), (-2.0, -1.0)),
    (day("2026-04-10"), day("2026-07-10"), HARDLY),
    (day("2026-04-10"), day("2025-04-10"), HARDLY),
    (day("April 2026"), day("2025"), HARDLY),  # a year alone says when it was not
    (day("2026-04-10"), day("2026"), (0.4, 1.0)),  # …and hardly when it was
    (day("2025"), day("2025"), (0.4, 1.0)),
    (day("2026"), day("", "2026-04-12"), NOTHING),
    (day("2026"), day(""), NOTHING),
    (day("2026-04-10"), day("2026", "2026-11-20"), (-1.0, -0.1)),
    # Without a date the event is no later than the page.
    (day("2026-04-10"), day("", "2026-04-12"), FOR),
    (day("2026-04-10"), day("", "2026-07-20"), NOTHING),
    (day("2026-04-10"), day("", "2026-11-20"), (-1.0, -0.1)),
    (day("2026-04-10"), day("", "2025-12-20"), HARDLY),
    (day("", "2026-04-10"), day("", "2026-04-12"), FOR),
    (day("", "2025-04-10"), day("", "2026-04-12"), (-1.0, -0.1)),
    (day("2026-04-10"), day(""), NOTHING),
    (day(""), day(""), NOTHING),
]


def test_time(weigh) -> None:
    pairs = [(one, other) for one, other, _ in TIME]
    assert unexpected(TIME, weigh("time", pairs)) == []


AMOUNT = [
    ("$100 million", "$100 million", STRONG),
    ("$100 million", "$104 million", STRONG),
    ("$100 million", "about $100 million", STRONG),
    ("over $100 million", "$120 million", FOR),
    ("over $100 million", "$300 million", AGAINST),
    ("over $100 million", "over $600 million", HARDLY),
    ("$100 million", "hundreds of millions of dollars", FOR),
    ("$100 million", "$107 million", AGAINST),
    ("$100 million", "$125 million", AGAINST),
    ("$100 million", "$180 million", HARDLY),
    ("$100 million", "$450 million", HARDLY),
    ("$10 million", "hundreds of millions of dollars", HARDLY),
    ("1亿元", "$14 million", STRONG),  # at 0.14 dollars
    ("1亿元", "$13.2 million", STRONG),  # converted by another rate
    ("1亿元", "$11 million", AGAINST),
    ("1亿元 ($14 million)", "$14 million", STRONG),  # the figure in brackets counts like the first
    ("1亿元 ($11 million)", "$11 million", STRONG),
    # Slips are no proof of two events.
    ("$100 million", "$1 billion", AGAINST),
    ("$5 million", "$5 billion", AGAINST),
    ("7亿元", "$700 million", AGAINST),
    ("$100 million", "", NOTHING),
    ("$100 million", "undisclosed", NOTHING),
]


def test_amount(weigh) -> None:
    on = day("2026-04-10")
    pairs = [({"amount": one, **on}, {"amount": other, **on}) for one, other, _ in AMOUNT]
    assert unexpected(AMOUNT, weigh("amount", pairs)) == []


LABEL = [
    ("Series A", "A轮", STRONG),
    ("Series A+", "A + 輪", STRONG),
    ("B轮和B+轮", "Series B+", STRONG),
    ("Series A", "Series A+", FOR),
    ("Series C", "extension of Series C", FOR),
    ("Series A1", "Series A3", HARDLY),
    ("Series A", "Series B", HARDLY),
    ("Pre-A", "Series A", HARDLY),
    ("seed", "Series A", HARDLY),
    ("seed", "种子轮", STRONG),
    ("strategic investment", "Series B", NOTHING),  # it describes, it does not name
    ("growth funding", "Series B", NOTHING),
    ("", "Series B", NOTHING),
    ("", "", NOTHING),
]


def test_label(weigh) -> None:
    pairs = [({"round": one}, {"round": other}) for one, other, _ in LABEL]
    assert unexpected(LABEL, weigh("label", pairs)) == []


VALUATION = [
    ("$2 billion", "$2.05 billion", STRONG),
    ("more than $2 billion", "$2.5 billion", FOR),
    ("$2 billion", "$2.4 billion", (-0.5, -0.1)),
    ("$2 billion", "$3.5 billion", AGAINST),
    ("$2 billion", "$9 billion", AGAINST),
    ("$18 billion", "$180 billion", NOTHING),  # a slip
    ("$2 billion", "", NOTHING),
]


def test_valuation(weigh) -> None:
    on = day("2026-04-10")
    pairs = [({"valuation": one, **on}, {"valuation": other, **on}) for one, other, _ in VALUATION]
    assert unexpected(VALUATION, weigh("valuation", pairs)) == []


def paid(leads: str, others: str = "") -> dict[str, str]:
    return {"lead_investors": leads, "investors": others}


INVESTORS = [
    (paid("North Fund"), paid("North Fund"), FOR),
    (paid("North Fund"), paid("North Cloud"), FOR),  # one group
    (paid("", "North Fund"), paid("", "North Fund"), FOR),
    (paid("", "North Fund, South Fund"), paid("", "North Fund, South Fund"), FOR),
    (paid("North Fund"), paid("South Fund"), HARDLY),
    (paid("", "North Fund, West Fund"), paid("", "South Fund, East Fund"), AGAINST),
    (paid("", "North Fund"), paid("", "South Fund"), AGAINST),
    (paid("North Fund"), paid(""), NOTHING),
    (paid(""), paid(""), NOTHING),
]


def test_investors(weigh) -> None:
    pairs = [(one, other) for one, other, _ in INVESTORS]
    assert unexpected(INVESTORS, weigh("investors", pairs)) == []


def test_more_shared_investors_speak_louder(weigh) -> None:
    names = ["North Fund", "South Fund", "East Fund"]
    points = weigh("investors", [(paid("", ", ".join(names[: k + 1])),) * 2 for k in range(3)])
    assert points == sorted(points)
    assert points[0] < points[2]


def test_the_total_is_the_sum_without_the_diagonal(tell) -> None:
    row = {"amount": "$100 million", "round": "Series A", "valuation": "$1 billion", **day("2026-04-10")}
    row |= paid("North Fund")
    evidence = compare(as_columns(tell(row, row, {**row, "round": "Series B"})))
    kinds = (evidence.time, evidence.amount, evidence.label, evidence.valuation, evidence.investors)
    assert np.diag(evidence.total).tolist() == [0, 0, 0]
    assert evidence.total[0, 1] == sum(kind[0, 1] for kind in kinds) == 11.0
    assert evidence.total[0, 2] == sum(kind[0, 2] for kind in kinds) < 11.0
    assert not np.isnan(evidence.total).any()


def test_reasons_go_from_strong_to_weak_and_leave_out_what_speaks_against(tell) -> None:
    row = {"amount": "$100 million", "round": "Series A", **day("2026-04-10"), **paid("North Fund")}
    evidence = compare(as_columns(tell(row, {**row, "round": "Series B"})))
    assert evidence.reasons(0, 1) == "same amount (+3.0), dates fit (+2.0), same investors (+1.5)"


def test_days_are_counted_from_1970(tell) -> None:
    columns = as_columns(tell(day("April 2026", "2026-04-12"), day("")))
    days = [columns[name] for name in ("day_start", "day_end", "page_start", "page_end")]
    assert [values[0] for values in days] == [20544, 20573, 20555, 20555]
    assert all(values[1] != values[1] for values in days)  # nan
