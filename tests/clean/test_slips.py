"""What a value that lost most likely is."""

import pytest

from analysis.clean.quotes import Quote
from analysis.clean.slips import Surroundings, apart, classify, is_tenfold, stated_usd, without_slips
from analysis.parse.amounts import parse_amount

RATE = {"USD": 1.0, "CNY": 0.14, "HKD": 0.128, "EUR": 1.1}


def quote(text: str, name: str = "r1", reliability: str = "medium") -> Quote:
    amount = parse_amount(text)
    report = {"report_id": name, "origin_key": name, "reliability": reliability, "published_end": None}
    return Quote(
        amount.stated, amount.low, amount.high, amount.currency, amount.qualifier,
        RATE.get(amount.currency or ""), report,
    )  # fmt: skip


ALONE = Surroundings()
PARTS = Surroundings(parts=[quote("$200 million")])
TOTALS = Surroundings(totals=[quote("$800 million")])
TALKED = Surroundings(talks=[quote("$700 million")])
VAGUE_TALKS = Surroundings(talks=[quote("up to $900 million"), quote("hundreds of millions of dollars")])
EARLIER = Surroundings(earlier_usd=(100e6, 50e6))


@pytest.mark.parametrize(
    ("lost", "chosen", "around", "probably"),
    [
        ("$302 million", "$300 million", ALONE, "rounding"),  # the same value
        ("2.1 billion yuan", "$300 million", ALONE, "rounding"),
        ("$328 million", "$300 million", ALONE, "rounding"),  # rounded once more
        ("$3 billion", "$300 million", ALONE, "tenfold slip"),
        ("$30 million", "$300 million", ALONE, "tenfold slip"),
        ("$300 billion", "$300 million", ALONE, "tenfold slip"),
        ("$3.1 billion", "$300 million", ALONE, "tenfold slip"),
        ("21 billion yuan", "$300 million", ALONE, "tenfold slip"),  # and converted
        ("$300 trillion", "$300 million", ALONE, "other"),  # no slip of the pen
        ("$2 billion", "$300 million", ALONE, "other"),
        ("300 million yuan", "$300 million", ALONE, "currency slip"),
        ("$300 million", "300 million yuan", ALONE, "currency slip"),
        ("HK$280 million", "2 billion yuan", ALONE, "currency slip"),  # the deal's dollars, called others
        ("HK$350 million", "2 billion yuan", ALONE, "other"),
        ("€280 million", "$280 million", ALONE, "rounding"),  # euros and dollars are worth too much alike
        ("$200 million", "$1.3 billion", PARTS, "part for whole"),
        ("$200 million", "$1.3 billion", ALONE, "other"),
        ("$1.5 billion", "$1.3 billion", PARTS, "total for round"),  # the round and the part beside it
        ("$800 million", "$300 million", TOTALS, "total for round"),
        ("$800 million", "$900 million", TOTALS, "other"),  # a sum is never below the round
        ("$450 million", "$300 million", EARLIER, "total for round"),
        ("$520 million", "$300 million", EARLIER, "other"),
        ("$700 million", "$300 million", TALKED, "talks for closing"),
        ("$450 million", "$300 million", TALKED, "other"),
        ("$450 million", "$300 million", VAGUE_TALKS, "other"),  # vague talks equal nothing
        ("$50–75 million", "$300 million", ALONE, "other"),
    ],
)  # fmt: skip
def test_what_a_lost_value_is(lost: str, chosen: str, around: Surroundings, probably: str) -> None:
    found, rule = classify(quote(lost), quote(chosen), around)
    assert found == probably
    assert rule


def test_a_part_that_is_the_whole_explains_nothing() -> None:
    around = Surroundings(parts=[quote("$300 million")])
    assert classify(quote("$200 million"), quote("$300 million"), around)[0] == "other"


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("$300 million", "$100 million", 3.0),
        ("$100 million", "$300 million", 3.0),
        ("1 billion yuan", "$280 million", 2.0),
        ("$50–75 million", "$100 million", float("inf")),
        ("300 million", "$300 million", float("inf")),  # which money?
    ],
)
def test_apart(one: str, other: str, factor: float) -> None:
    assert apart(quote(one), quote(other)) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("one", "other", "tenfold"),
    [
        ("$5 billion", "$500 million", True),
        ("$5 billion", "$50 million", True),
        ("$5 billion", "$5 million", True),
        ("$5 billion", "$500 thousand", False),
        ("$5.2 billion", "$500 million", True),
        ("$5.4 billion", "$500 million", False),
        ("20 billion yuan", "$300 million", True),  # 7 % off, by the rate
        ("$500 million", "$500 million", False),
        ("over $5 billion", "$500 million", True),
        ("hundreds of millions of dollars", "$5 billion", False),
    ],
)
def test_tenfold(one: str, other: str, tenfold: bool) -> None:
    assert is_tenfold(quote(one), quote(other)) is tenfold
    assert is_tenfold(quote(other), quote(one)) is tenfold


def test_slips_are_left_out_and_doubts_stay() -> None:
    groups = [
        [quote("$300 million", "a"), quote("$300 million", "b")],
        [quote("$3 billion", "c")],
        [quote("$200 million", "d")],
        [quote("$450 million", "e")],
        [quote("300 million yuan", "f")],
    ]
    kept = without_slips(groups, PARTS)
    assert [q.report["report_id"] for q in kept] == ["a", "b", "e"]
    assert without_slips([], ALONE) == []


def test_talks_can_show_that_the_better_supported_value_is_the_slip() -> None:
    groups = [[quote("$180 billion", "a"), quote("$180 billion", "b")], [quote("$18 billion", "c", "low")]]
    assert [q.report["report_id"] for q in without_slips(groups, ALONE)] == ["a", "b"]
    talked = [quote("$18 billion", name, "high") for name in "xyz"]
    assert [q.report["report_id"] for q in without_slips(groups, Surroundings(talks=talked))] == ["c"]
    fewer = Surroundings(talks=talked[:1])
    assert [q.report["report_id"] for q in without_slips(groups, fewer)] == ["a", "b"]


def test_stated_dollars() -> None:
    found = [quote("1 billion yuan"), quote("$50–75 million"), quote("300 million"), quote("$2 million")]
    assert stated_usd(found) == [pytest.approx(140e6), 2e6]
