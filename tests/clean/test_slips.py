"""What a value that lost most likely is."""

from math import isnan

import pytest

from analysis.clean.quotes import Quote, usd
from analysis.clean.slips import VERDICTS, Surroundings, apart, classify, is_tenfold, without_slips
from tests.clean.hearing import Said, counted, placed
from tests.clean.hearing import quote as told


def quote(text: str) -> Quote:
    """What a report that says `text` quotes."""
    return told(text).quote


ALONE = Surroundings()
PARTS = Surroundings(parts=[quote("$200 million")])
TOTALS = Surroundings(totals=[quote("$800 million")])
TALKED = Surroundings(talks=[quote("$700 million")])
VAGUE_TALKS = Surroundings(talks=[quote("up to $900 million"), quote("hundreds of millions of dollars")])
EARLIER = Surroundings(earlier_usd=150e6)


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
    found, rule = VERDICTS[classify(quote(lost), quote(chosen), around)]
    assert found == probably
    assert rule


def test_a_part_that_is_the_whole_explains_nothing() -> None:
    around = Surroundings(parts=[quote("$300 million")])
    assert VERDICTS[classify(quote("$200 million"), quote("$300 million"), around)][0] == "other"


def test_only_a_weak_value_is_put_down_to_a_sum_that_nobody_tells() -> None:
    lost, chosen = quote("$450 million"), quote("$300 million")
    assert VERDICTS[classify(lost, chosen, EARLIER, True)][0] == "total for round"
    assert VERDICTS[classify(lost, chosen, EARLIER, False)][0] == "other"


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


def kept(
    groups: list[list[Said]], parts: tuple[Quote, ...] = (), talks: list[Said] | None = None
) -> list[str]:
    """The reports of the quotes that may be right."""
    quotes, reports = placed([one for group in groups for one in group] + (talks or []))
    rest = iter(quotes)
    numbered = [[next(rest) for _ in group] for group in groups]
    around = Surroundings(parts=parts, talks=list(rest))
    return [reports[q.report]["report_id"] for q in without_slips(numbered, around, counted(reports))]


def test_slips_are_left_out_and_doubts_stay() -> None:
    groups = [
        [told("$300 million", "a"), told("$300 million", "b")],
        [told("$3 billion", "c")],
        [told("$200 million", "d")],
        [told("$450 million", "e")],
        [told("300 million yuan", "f")],
    ]
    assert kept(groups, parts=(quote("$200 million"),)) == ["a", "b", "e"]
    assert kept([]) == []


def test_talks_can_show_that_the_better_supported_value_is_the_slip() -> None:
    groups = [[told("$180 billion", "a"), told("$180 billion", "b")], [told("$18 billion", "c", "low")]]
    assert kept(groups) == ["a", "b"]
    talked = [told("$18 billion", name, "high") for name in "xyz"]
    assert kept(groups, talks=talked) == ["c"]
    assert kept(groups, talks=talked[:1]) == ["a", "b"]


def test_stated_dollars() -> None:
    assert usd(quote("1 billion yuan")) == pytest.approx(140e6)
    assert usd(quote("$2 million")) == 2e6
    assert isnan(usd(quote("$50–75 million")))
    assert isnan(usd(quote("300 million")))
