"""What speaks for and against one event: the sign and the order of magnitude of each kind of evidence."""

import numpy as np
import pandas as pd
import pytest

from analysis.clean.evidence import Points, compare, compare_all
from analysis.clean.register import as_rows, write_register

Pairs = list[tuple[dict[str, str], dict[str, str]]]
STRONG, FOR, NOTHING, AGAINST, HARDLY = (2.0, 9.0), (0.4, 1.9), (0.0, 0.0), (-1.5, -0.3), (-9.0, -2.0)


NO_JUDGEMENTS = pd.DataFrame(columns=["report_id", "round", "judgement", "reason"], dtype=object)


@pytest.fixture
def register(tell):
    """Claims in the order of the given rows, what their numbers mean, and where each company's end."""

    def registered(*rows: dict[str, str]):
        register = write_register(tell(*rows), NO_JUDGEMENTS)
        claims, groups, *_ = as_rows(register)
        return [claims[place] for place in np.argsort(register.order)], groups, register.labels

    return registered


@pytest.fixture
def weigh(register):
    """Points of one kind of evidence between the two reports of each pair."""

    def points(kind: str, pairs: Pairs) -> list[float]:
        claims, groups, labels = register(*(row for pair in pairs for row in pair))
        found = []
        for one, other in zip(claims[::2], claims[1::2], strict=True):
            both = {getattr(compare(*pair, groups, labels), kind) for pair in ((one, other), (other, one))}
            assert len(both) == 1
            found += both
        return found

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


def test_the_total_is_the_sum_without_the_diagonal(register) -> None:
    row = {"amount": "$100 million", "round": "Series A", "valuation": "$1 billion", **day("2026-04-10")}
    row |= paid("North Fund")
    claims, groups, labels = register(row, row, {**row, "round": "Series B"})
    evidence = compare_all(claims, groups, labels)
    assert compare(claims[0], claims[1], groups, labels) == Points(2.0, 3.0, 2.5, 2.0, 1.5)
    assert compare(claims[0], claims[2], groups, labels) == Points(2.0, 3.0, -3.0, 2.0, 1.5)
    assert evidence.total.tolist() == [[0, 11.0, 5.5], [11.0, 0, 5.5], [5.5, 5.5, 0]]
    assert evidence.time.tolist() == [[0, 2.0, 2.0], [2.0, 0, 2.0], [2.0, 2.0, 0]]
    assert evidence.amount.tolist() == [[0, 3.0, 3.0], [3.0, 0, 3.0], [3.0, 3.0, 0]]
    assert evidence.valuation.tolist() == [[0, 2.0, 2.0], [2.0, 0, 2.0], [2.0, 2.0, 0]]


def test_reasons_go_from_strong_to_weak_and_leave_out_what_speaks_against(settle) -> None:
    row = {"amount": "$100 million", "round": "Series A", **day("2026-04-10"), **paid("North Fund")}
    found = settle(row, {**row, "round": "Series B"}).links["link_reason"].tolist()
    assert found[0] == "with r2: same amount (+3.0), dates fit (+2.0), same investors (+1.5)"


def test_days_are_counted_from_1970(register) -> None:
    claims, *_ = register(day("April 2026", "2026-04-12"), day(""))
    assert claims[0][5:12] == (1, 20544, 20573, 20555, 20555, 20544, 20573)
    assert claims[1][5] == 0
    assert np.isnan(claims[1][6:12]).all()


def test_within_five_percent_is_the_same_value(weigh) -> None:
    """5 % and half a percent are no further apart than they say."""
    on = day("2026-04-10")
    pairs = [
        ("$200 million", "$210 million"),
        ("$200 million", "$201 million"),
        ("$100 million", "$106 million"),
    ]
    points = weigh("amount", [({"amount": one, **on}, {"amount": other, **on}) for one, other in pairs])
    assert points == [2.0, 3.0, -0.5]


def test_two_amounts_without_a_currency_are_compared_as_they_stand(weigh) -> None:
    on = day("2026-04-10")
    pairs = [("100 million", "100 million"), ("100 million", "500 million"), ("100 million", "$100 million")]
    points = weigh("amount", [({"amount": one, **on}, {"amount": other, **on}) for one, other in pairs])
    assert points == [3.0, -4.0, 3.0]
