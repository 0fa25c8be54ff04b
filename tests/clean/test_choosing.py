"""Support, quotes, and the choice of amounts, currencies, dates and leads."""

import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.build import Built
from analysis.clean.ledger import BASES, QUALIFIERS, currency_code, currency_number
from analysis.clean.quotes import agrees, amounts, group_quotes, name_currencies
from analysis.clean.reasons import show_money
from analysis.clean.voting import UNKNOWN, senior, vote
from analysis.columns import PRECISIONS
from tests.clean.hearing import (
    NOTHING,
    Answer,
    Report,
    Said,
    choose,
    choose_amount,
    choose_currency,
    choose_date,
    choose_leads,
    counted,
    days,
    placed,
    quote,
    report,
    said,
    support,
    tellings,
    told,
)

CASES = Path(__file__).parents[1] / "cases"


# --- labelled cases ------------------------------------------------------------------------------


def overlaps(low: float, high: float, floor: float, ceiling: float) -> bool:
    """Whether two intervals meet, give or take 2 %."""
    floor, ceiling = (0.0 if math.isnan(floor) else floor), (math.inf if math.isnan(ceiling) else ceiling)
    low, high = (0.0 if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    return low <= ceiling * 1.02 and high >= floor * 0.98


def misses(built: Built, prefix: str) -> dict[str, str]:
    """What is wrong with the round of each labelled event; nothing for those that are right."""
    reports, rounds = built.tables["reports"], built.tables["rounds"].set_index("round_id")
    home = dict(zip(reports["report_id"], reports["round_id"], strict=True))
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for row in pd.read_csv(CASES / f"{prefix}report_events.csv", dtype="str").itertuples():
        members[row.event][home[row.report_id]] += 1
    wrong = {}
    for label in pd.read_csv(CASES / f"{prefix}rounds.csv").to_dict("records"):
        row = rounds.loc[members[label["event"]].most_common(1)[0][0]]
        one = not math.isnan(row["amount_stated"])
        low, high = (row["amount_stated"],) * 2 if one else (row["amount_low"], row["amount_high"])
        leads = [] if pd.isna(row["lead_investors"]) else row["lead_investors"].casefold().split("; ")
        wanted = [] if pd.isna(label["lead"]) else label["lead"].casefold().split("; ")
        fine = {
            "currency": row["currency"] == label["currency"],
            "amount": overlaps(low, high, label["amount_min"], label["amount_max"]) and not math.isnan(low),
            "date": row["date_start"] <= label["date_end"] and row["date_end"] >= label["date_start"],
            "lead": all(any(w in lead or lead in w for lead in leads) for w in wanted),
        }
        if not all(fine.values()):
            wrong[label["event"]] = ", ".join(name for name, ok in fine.items() if not ok)
    return wrong


@pytest.mark.parametrize(("prefix", "n"), [("", 16), ("more_", 31)])
def test_choosing_by_rule_alone(prefix: str, n: int, unjudged: Built) -> None:
    assert len(pd.read_csv(CASES / f"{prefix}rounds.csv")) == n
    wrong = misses(unjudged, prefix)
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("prefix", ["", "more_"])
def test_choosing_with_judgements(prefix: str, built: Built) -> None:
    assert misses(built, prefix) == {}


# --- support -------------------------------------------------------------------------------------


def test_support_counts_each_origin_once_at_its_best() -> None:
    assert support([]) == 0
    assert support([report("a", "high"), report("b", "medium"), report("c", "low")]) == 6
    assert support([report("a", "low", "Reuters"), report("b", "high", "Reuters")]) == 3


def test_ties_go_to_the_more_reliable_then_the_earlier_then_the_id() -> None:
    low = report("a", "low", published="2026-01-01")
    late, early = report("b", published="2026-02-01"), report("c", published="2026-01-15")
    undated, same = report("d"), report("e", published="2026-01-15")
    left, order = [undated, late, low, same, early], []
    while left:
        order.append(left.pop(senior(range(len(left)), counted(left))))
    assert order == [early, same, late, undated, low]


def test_the_best_supported_value_wins() -> None:
    many, one = [report(name, "low") for name in "abcd"], report("e", "high")
    chosen = choose([("A", one), *(("B", r) for r in many)])
    assert (chosen.value, chosen.report_id, chosen.support) == ("B", "a", 4)
    assert chosen.disputed  # 3 is more than half of 4
    assert "4 independent sources, 4 points, against A with 3" in str(chosen.why)


def test_a_runner_up_with_half_the_support_disputes() -> None:
    strong = [report("a", "high"), report("b", "low")]  # 4 points
    assert choose([*(("A", r) for r in strong), ("B", report("c", "medium"))]).disputed
    assert not choose([*(("A", r) for r in strong), ("B", report("c", "low"))]).disputed
    assert not choose([("A", r) for r in strong]).disputed


def test_copies_of_one_story_do_not_outvote_two_sources() -> None:
    copies = [("B", report(f"copy{k}", "medium", "wire")) for k in range(9)]
    assert choose([("A", report("a")), ("A", report("b")), *copies]).value == "A"


def test_a_tie_says_how_it_was_decided() -> None:
    early, late = report("z", published="2026-01-01"), report("a", published="2026-02-01")
    chosen = choose([("late", late), ("early", early)])
    assert (chosen.value, chosen.report_id, chosen.disputed) == ("early", "z", True)
    assert "the more reliable or earlier source decides" in str(chosen.why)


def test_nothing_told_nothing_chosen() -> None:
    chosen = choose([])
    assert (chosen.value, chosen.report_id, chosen.disputed, chosen.support) == (None, None, False, 0)


claims = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["high", "medium", "low"]), st.sampled_from("uvwxyz")),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(claims, st.data())
def test_a_weaker_copy_of_a_story_changes_no_choice(found, data) -> None:
    rows = [(value, report(f"r{k}", how, origin)) for k, (value, how, origin) in enumerate(found)]
    value, first = data.draw(st.sampled_from(rows))
    copy = {**first, "report_id": "zz", "reliability": "low"}
    before, after = choose(rows), choose([*rows, (value, copy)])
    assert (before.value, before.report_id, before.support, before.disputed) == (
        after.value, after.report_id, after.support, after.disputed,
    )  # fmt: skip
    ranked = vote([ord(v) for v, _ in rows], range(len(rows)), counted([r for _, r in rows]))
    assert chr(ranked[0].value) == before.value


# --- quotes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("$100 million", "$100 million", True),
        ("$100 million", "$105 million", True),  # 5 %
        ("$100 million", "$106 million", False),
        ("$100 million", "$95.3 million", True),
        ("$100 million", "$94 million", False),
        ("2 billion yuan", "$280 million", True),
        ("2 billion yuan", "$304 million", True),  # 9 % across currencies
        ("2 billion yuan", "$308 million", False),
        ("2 billion yuan", "$255 million", False),
        ("over $100 million", "$130 million", True),  # "over" still tells of a sum up to a third above
        ("over $100 million", "$140 million", False),
        ("over $100 million", "$90 million", False),
        ("over 2 billion yuan", "$330 million", True),
        ("nearly $100 million", "$100 million", True),
        ("nearly $100 million", "$97 million", True),
        ("nearly $100 million", "$106 million", False),
        ("$50–75 million", "$60 million", True),
        ("$50–75 million", "$90 million", False),
        ("hundreds of millions of dollars", "$300 million", True),
        ("hundreds of millions of dollars", "$30 million", False),
        ("数亿元", "$30 million", True),
        ("up to $500 million", "$300 million", True),
        ("up to $500 million", "$600 million", False),
        ("$50–75 million", "$70–90 million", True),
        ("$50–75 million", "$80–90 million", False),
        ("300 million", "$300 million", True),  # no currency named: the number decides
        ("300 million", "2 billion yuan", False),
    ],
)
def test_agreement(one: str, other: str, same: bool) -> None:
    assert agrees(quote(one).quote, quote(other).quote) is same
    assert agrees(quote(other).quote, quote(one).quote) is same


def test_no_rate_no_agreement_across_currencies() -> None:
    twd = quote("NT$100").quote
    assert math.isnan(twd.rate)
    assert not agrees(twd, quote("$3").quote)
    assert agrees(twd, twd)


def grouped(found: list[Said]) -> list[list[str]]:
    """The reports of each group of quotes."""
    quotes, reports = placed(found)
    return [
        [reports[q.report]["report_id"] for q in group] for group in group_quotes(quotes, counted(reports))
    ]


def test_groups_of_one_value_best_supported_first() -> None:
    found = told("$300 million", "$100 million", "$308 million", "2.1 billion yuan", "about $100 million")
    assert grouped(found) == [["r1", "r3", "r4"], ["r2", "r5"]]


def test_a_vague_word_is_no_seed_beside_a_figure() -> None:
    found = [quote("hundreds of millions of dollars", f"v{k}", "high") for k in range(3)]
    found += [quote("$120 million", "a"), quote("$900 million", "b", "low")]
    assert grouped(found) == [["v0", "v1", "v2", "a"], ["b"]]


def test_quotes_leave_out_what_is_no_amount() -> None:
    words = ["exact", None, "undisclosed", "unreadable", "order"]
    numbers = [UNKNOWN if word is None else QUALIFIERS.index(word) for word in words]
    rows = [NOTHING._replace(amount_qualifier=number) for number in numbers]
    assert [QUALIFIERS[q.qualifier] for q in amounts(range(len(rows)), rows)] == ["exact", "order"]


def named(found: list[Said], home: str | None) -> list[tuple[str | None, float | None]]:
    """The currency and the rate that each quote has once currencies are named."""
    quotes, reports = placed(found)
    made = name_currencies(quotes, currency_number(home), tellings(reports), counted(reports))
    return [(currency_code(q.currency), None if math.isnan(q.rate) else q.rate) for q in made]


def test_a_quote_without_a_currency_takes_that_of_its_twin() -> None:
    found = [quote("300 million", "a"), quote("$300 million", "b"), quote("3亿元", "c", "low")]
    assert named(found, "CNY") == [("USD", 1.0), ("USD", 1.0), ("CNY", 0.14)]


@pytest.mark.parametrize(
    ("page", "home", "currency"),
    [("CNY", "CNY", "CNY"), ("CNY", "USD", None), (None, "CNY", None), (None, None, None)],
)
def test_a_lone_quote_without_a_currency_is_named_by_page_and_seat(page, home, currency) -> None:
    found = [quote("300 million", page_currency=currency_number(page), home_rate=0.14)]
    assert named(found, home) == [(currency, 0.14 if currency else None)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2 billion yuan", "CNY 2,000,000,000"),
        ("$50–75 million", "USD 50,000,000 to 75,000,000"),
        ("up to $500 million", "USD 0 to 500,000,000"),
        ("300 million", "unknown currency 300,000,000"),
    ],
)
def test_shown(text: str, shown: str) -> None:
    found = quote(text).quote
    assert show_money(found.currency, found.stated, found.low, found.high) == shown


# --- amounts -------------------------------------------------------------------------------------


def amount(found: list[Said], undisclosed: int = 0, home: str | None = "USD") -> Answer:
    return choose_amount(found, [report(f"u{k}") for k in range(undisclosed)], home)


def test_the_figure_that_most_sources_agree_on() -> None:
    chosen = amount(told("$300 million", "$300 million", "$100 million"))
    assert (chosen.currency, chosen.stated, chosen.qualifier, chosen.report_id) == (
        "USD",
        300e6,
        "exact",
        "r1",
    )
    assert chosen.disputed
    assert (chosen.low, chosen.high) == (100e6, 300e6)  # disputed: the interval spans both


def test_an_undisputed_figure_keeps_its_own_interval() -> None:
    chosen = amount(told("$300 million", "$300 million", "$300 million", "$100 million"))
    assert not chosen.disputed
    assert (chosen.low, chosen.stated, chosen.high) == (300e6, 300e6, 300e6)


def test_rivals_in_another_currency_are_spanned_in_the_chosen_one() -> None:
    chosen = amount(told("$300 million", "$300 million", "1 billion yuan"))
    assert (chosen.low, chosen.high) == (pytest.approx(140e6), 300e6)
    assert chosen.currency == "USD"


@pytest.mark.parametrize("texts", [("NT$800 million", "$7 million"), ("$7 million", "NT$800 million")])
def test_rivals_that_no_rate_compares_leave_the_bounds_open(texts: tuple[str, str]) -> None:
    choice = choose_amount(told(*texts), (), None)
    assert choice.disputed
    assert choice.stated is not None
    assert (choice.low, choice.high) == (None, None)


def test_the_interval_spans_the_credible_wordings() -> None:
    nearly = amount(told("$100 million", "nearly $100 million"))
    assert (nearly.low, nearly.stated, nearly.high) == (80e6, 100e6, 100e6)
    over = amount(told("$100 million", "over $100 million"))
    assert (over.low, over.stated, over.high) == (100e6, 100e6, None)
    lonely = amount(told("$100 million", "$100 million", "$100 million", "over $100 million"))
    assert lonely.high == 100e6


@pytest.mark.parametrize("vague", ["tens of millions of dollars", "up to $60 million"])
def test_vaguer_words_do_not_widen_a_stated_figure(vague: str) -> None:
    chosen = amount(told("$50 million", vague))
    assert (chosen.low, chosen.stated, chosen.high) == (50e6, 50e6, 50e6)


def test_a_range_widens_a_stated_figure() -> None:
    chosen = amount(told("$50 million", "$40 million to $60 million"))
    assert (chosen.low, chosen.stated, chosen.high) == (40e6, 50e6, 60e6)


def test_a_figure_refines_a_vague_word() -> None:
    chosen = amount(
        told("hundreds of millions of dollars", "hundreds of millions of dollars", "$300 million")
    )
    assert chosen.stated == 300e6
    outnumbered = amount([*told(*["hundreds of millions of dollars"] * 4), quote("$300 million", "x", "low")])
    assert outnumbered.stated is None
    assert (outnumbered.low, outnumbered.high, outnumbered.qualifier) == (100e6, 999e6, "order")


def test_only_vague_words() -> None:
    chosen = amount(told("数亿元", "数亿元"), home="CNY")
    assert (chosen.currency, chosen.stated, chosen.low, chosen.high) == ("CNY", None, 100e6, 999e6)
    assert not chosen.disputed


def test_the_deals_own_currency_is_the_one_sources_agree_in() -> None:
    """One yuan sum, three dollar figures."""
    found = told(
        "2 billion yuan", "$280 million", "2 billion yuan", "$276 million", "2 billion yuan", "$293 million"
    )
    for home in (None, "CNY"):
        chosen = amount(found[:-1], home=home)
        assert (chosen.currency, chosen.stated, chosen.low, chosen.high) == ("CNY", 2e9, 2e9, 2e9)
        assert not chosen.disputed


def test_the_seat_counts_as_a_weak_source_for_the_currency() -> None:
    found = told("2 billion yuan", "$280 million")
    assert choose_currency(found, found, "CNY") == "CNY"
    assert choose_currency(found, found, "USD") == "USD"
    more = [*found, quote("$280 million", "r3")]
    assert choose_currency(more, more, "CNY") == "USD"
    weak = [*found, quote("$280 million", "r3", "low")]
    assert choose_currency(weak, weak, "CNY") == "CNY"  # it wins a tie


def test_vague_words_count_by_half_for_a_currency() -> None:
    found = told("hundreds of millions of yuan", "hundreds of millions of yuan", "$100 million")
    assert choose_currency(found, found, None) == "CNY"  # 2 points each: the first by name
    more = [*found, quote("$100 million", "r4")]
    assert choose_currency(more, more, "CNY") == "USD"


def test_other_figures_in_a_currency_count_against_it() -> None:
    best = told("2 billion yuan", "$280 million")
    others = [quote("$500 million", "x"), quote("$90 million", "y")]
    assert choose_currency([*best, *others], best, None) == "CNY"


def test_undisclosed() -> None:
    chosen = amount([], undisclosed=2)
    assert (chosen.qualifier, chosen.stated, chosen.low, chosen.report_id) == (
        "undisclosed",
        None,
        None,
        "u0",
    )
    assert "2 independent sources, 4 points say that it was not disclosed" in str(chosen.why)
    assert amount([]).qualifier is None


def test_a_figure_of_a_fair_source_outweighs_undisclosed() -> None:
    assert amount(told("$300 million"), undisclosed=5).stated == 300e6
    assert amount(told("$300 million"), undisclosed=5).disputed  # yet many say that nobody knows
    assert not amount(told(*["$300 million"] * 3), undisclosed=1).disputed


def test_undisclosed_outweighs_a_lone_weak_figure() -> None:
    weak = [quote("$300 million", "x", "low")]
    chosen = amount(weak, undisclosed=1)
    assert (chosen.qualifier, chosen.stated, chosen.disputed) == ("undisclosed", None, True)
    assert not amount(weak, undisclosed=2).disputed


def test_the_chosen_report_says_the_chosen_figure() -> None:
    found = [
        quote("$290 million", "a", "low"),
        quote("$300 million", "b"),
        quote("$300 million", "c", "high"),
    ]
    chosen = amount(found)
    assert (chosen.stated, chosen.report_id) == (300e6, "c")
    assert chosen.value == "c"  # the quote is of that report


figures = st.lists(
    st.tuples(
        st.sampled_from([100e6, 104e6, 130e6, 300e6, 700e6, 1e9]),
        st.sampled_from(["USD", "CNY"]),
        st.sampled_from(["high", "medium", "low"]),
        st.sampled_from("uvwxyz"),
    ),
    min_size=1,
    max_size=7,
)


def exact(value: float, currency: str, name: str, reliability: str, origin: str) -> Said:
    return said(value, currency, report(name, reliability, origin))


@settings(max_examples=60, deadline=None)
@given(figures, st.sampled_from([0.001, 0.5, 8.0]))
def test_amounts_scale(found, factor) -> None:
    """The unit of money is no evidence: everything thrice as large gives thrice the choice."""
    one = amount([exact(v, c, f"r{k}", how, o) for k, (v, c, how, o) in enumerate(found)])
    other = amount([exact(v * factor, c, f"r{k}", how, o) for k, (v, c, how, o) in enumerate(found)])
    assert (one.report_id, one.currency, one.disputed) == (other.report_id, other.currency, other.disputed)
    assert [other.stated, other.low, other.high] == pytest.approx(
        [factor * x for x in (one.stated, one.low, one.high)]
    )
    assert one.low <= one.stated <= one.high


@settings(max_examples=60, deadline=None)
@given(figures, st.data())
def test_a_weaker_copy_changes_no_amount(found, data) -> None:
    rows = [exact(v, c, f"r{k}", how, o) for k, (v, c, how, o) in enumerate(found)]
    first = data.draw(st.sampled_from(rows))
    currency = str(currency_code(first.quote.currency))
    copy = exact(first.quote.stated, currency, "zz", "low", first.report["origin"])
    one, other = amount(rows), amount([*rows, copy])
    assert (one.stated, one.low, one.high, one.currency, one.report_id, one.support, one.disputed) == (
        other.stated, other.low, other.high, other.currency, other.report_id, other.support, other.disputed,
    )  # fmt: skip


# --- dates ---------------------------------------------------------------------------------------


def dated(name: str, start: str, end: str = "", precision: str = "day", **more: Any) -> Report:
    return report(name, **more) | {
        "basis": BASES.index("announced"), "date_start": days(start), "date_end": days(end or start),
        "date_precision": PRECISIONS.index(precision),
    }  # fmt: skip


def paged(name: str, published: str, **more: Any) -> Report:
    return report(name, published=published, **more) | {
        "basis": BASES.index("published"), "date_start": days(published), "date_end": days(published),
        "date_precision": PRECISIONS.index("day"),
    }  # fmt: skip


APRIL = ("2026-04-01", "2026-04-30", "month")


def test_the_finest_date_that_fits_the_others() -> None:
    chosen = choose_date(
        [dated("a", *APRIL), dated("b", *APRIL), dated("c", "2026-04-10", reliability="low")]
    )
    assert chosen.value == ("2026-04-10", "2026-04-10", "day", "announced")
    assert (chosen.report_id, chosen.disputed) == ("c", False)


def test_a_day_that_does_not_fit_is_not_finer() -> None:
    chosen = choose_date(
        [dated("a", *APRIL), dated("b", *APRIL), dated("c", "2025-01-10", reliability="low")]
    )
    assert chosen.value == (*APRIL, "announced")


def test_the_better_supported_day() -> None:
    chosen = choose_date(
        [dated("a", "2026-04-10"), dated("b", "2026-04-10"), dated("c", "2026-04-09", reliability="low")]
    )
    assert chosen.value[:3] == ("2026-04-10", "2026-04-10", "day")
    assert not chosen.disputed


def test_disputed_days_close_together_are_spanned() -> None:
    chosen = choose_date([dated("a", "2026-04-10"), dated("b", "2026-04-14")])
    assert chosen.value[:3] == ("2026-04-10", "2026-04-14", "range")
    assert chosen.disputed


def test_disputed_days_far_apart_are_not() -> None:
    chosen = choose_date([dated("a", "2026-04-10", reliability="high"), dated("b", "2026-07-14")])
    assert chosen.value[:3] == ("2026-04-10", "2026-04-10", "day")
    assert chosen.disputed


def test_without_an_announced_date_the_earliest_page_counts() -> None:
    bare = report("c")
    chosen = choose_date([paged("a", "2026-04-20", reliability="high"), paged("b", "2026-04-12"), bare])
    assert chosen.value == ("2026-04-12", "2026-04-12", "day", "published")
    assert chosen.report_id == "b"


def test_an_announced_date_goes_before_any_page() -> None:
    chosen = choose_date(
        [paged("a", "2026-04-02", reliability="high"), dated("b", *APRIL, reliability="low")]
    )
    assert chosen.value == (*APRIL, "announced")


def test_a_year_ends_with_the_earliest_page() -> None:
    chosen = choose_date([dated("a", "2026-01-01", "2026-12-31", "year", published="2026-06-03")])
    assert chosen.value == ("2026-01-01", "2026-06-03", "range", "announced")


def test_no_date_at_all() -> None:
    bare = report("a")
    assert choose_date([bare]).value is None
    assert choose_date([]).value is None


# --- leads ---------------------------------------------------------------------------------------


def led(name: str, *investors: str, reliability: str = "medium") -> Report:
    """A report naming leads as "entity of group"."""
    pairs = (who.split(" of ") for who in investors)
    return report(name, reliability) | {"leads": tuple((who[0], who[-1]) for who in pairs)}


def test_the_lead_most_sources_name() -> None:
    chosen = choose_leads([led("a", "north"), led("b", "north"), led("c", "south", reliability="low")])
    assert (chosen.value, chosen.disputed) == (("north",), False)


def test_two_leads_named_together_lead_together() -> None:
    chosen = choose_leads([led("a", "north", "south"), led("b", "north", "south")])
    assert set(chosen.value) == {"north", "south"}
    assert not chosen.disputed


def test_two_leads_never_named_together_are_disputed() -> None:
    chosen = choose_leads([led("a", "north"), led("b", "north"), led("c", "south")])
    assert (chosen.value, chosen.disputed) == (("north",), True)


def test_a_reliable_report_names_the_lesser_lead() -> None:
    found = [led("a", "north", "south", reliability="high"), *(led(f"b{k}", "north") for k in range(4))]
    chosen = choose_leads(found)
    assert (chosen.value, chosen.report_id, chosen.disputed) == (("north", "south"), "a", False)


def test_entities_of_one_group_agree() -> None:
    chosen = choose_leads(
        [led("a", "north-cloud of North"), led("b", "north-fund of North"), led("c", "north-cloud of North"),
         led("d", "south of South", reliability="low")]
    )  # fmt: skip
    assert (chosen.value, chosen.support, chosen.disputed) == (("north-cloud",), 6, False)


def test_no_lead() -> None:
    assert choose_leads([led("a")]).value is None
