"""Amounts: labelled phrases in every language, and what must hold of any text at all."""

import csv
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.parse.amounts import Amount, parse_amount, parse_amounts, valuation_basis
from analysis.parse.vocabulary import fold, languages_of, spoken_tokens, tokens_of

CASES = Path(__file__).parent.parent / "cases"
LABELLED = ("amounts", "more_amounts", "raw_amounts", "raw_valuations")
# How each language says so many millions of dollars, more than that, and between two sums.
PHRASES = {
    "en": ("${} million", "more than ${} million", "between ${} and {} million dollars"),
    "zh": ("{}百万美元", "超{}百万美元", "{}至{}百万美元"),
    "ja": ("{}百万ドル", "{}百万ドル以上", "{}〜{}百万ドル"),
    "ko": ("{}백만 달러", "{}백만 달러 이상", "{}~{}백만 달러"),
    "de": ("{} Millionen Dollar", "mehr als {} Millionen Dollar", "{} bis {} Millionen Dollar"),
    "fr": ("{} millions de dollars", "plus de {} millions de dollars", "de {} à {} millions de dollars"),
    "es": ("{} millones de dólares", "más de {} millones de dólares", "entre {} y {} millones de dólares"),
    "pt": ("{} milhões de dólares", "mais de {} milhões de dólares", "entre {} e {} milhões de dólares"),
    "it": ("{} milioni di dollari", "oltre {} milioni di dollari", "tra {} e {} milioni di dollari"),
    "vi": ("{} triệu đô la", "hơn {} triệu đô la", "từ {} đến {} triệu đô la"),
    "id": ("{} juta dolar AS", "lebih dari {} juta dolar AS", "antara {} hingga {} juta dolar AS"),
    "ru": ("{} млн долларов", "более {} млн долларов", "от {} до {} млн долларов"),
    "pl": ("{} mln dolarów", "ponad {} mln dolarów", "od {} do {} mln dolarów"),
}
UNITS = {
    "k": 3,
    "m": 6,
    "bn": 9,
    "million": 6,
    "billion": 9,
    "crore": 7,
    "万": 4,
    "亿": 8,
    "억": 8,
    "млрд": 9,
}
CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "HK$": "HKD",
    "€": "EUR",
    "£": "GBP",
    "RMB ": "CNY",
    "₹": "INR",
    "CHF ": "CHF",
}
QUALIFIERS = {
    "exact", "about", "nearly", "at_least", "at_most", "range", "order", "undisclosed", "unreadable",
}  # fmt: skip


def labelled() -> list[object]:
    rows = []
    for name in LABELLED:
        with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += [pytest.param(row, id=f"{name}: {row['text']}") for row in csv.DictReader(file)]
    return rows


@pytest.mark.parametrize("row", labelled())
def test_labelled_phrase(row: dict[str, str]) -> None:
    amount = parse_amount(row["text"])
    low, high = (float(row[end]) if row[end] else None for end in ("low", "high"))
    assert (amount.low, amount.high, amount.currency, amount.qualifier, amount.text) == (
        low, high, row["currency"] or None, row["qualifier"], row["text"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("2 billion yuan ($290 million)", (290e6, 290e6, "USD", "exact")),
        ("近20亿元 (约2.8亿美元)", (252e6, 308e6, "USD", "about")),
        ("€4.6M, or about $5M", (4.5e6, 5.5e6, "USD", "about")),
        ("350亿至400亿元 (US$5-6 billion)", (5e9, 6e9, "USD", "range")),
        ("$1.2 billion (¥8.5 billion)", (8.5e9, 8.5e9, "CNY", "exact")),
        ("$558 million ($705.31 million)", (705.31e6, 705.31e6, None, "exact")),
        ("10억 달러(약 1조4천억원) 이상", (1.26e12, 1.54e12, "KRW", "about")),
    ],
)
def test_second_quote_is_the_conversion(text: str, second: tuple[float, float, str | None, str]) -> None:
    found = parse_amount(text).second
    assert found is not None
    assert (found.low, found.high, found.currency, found.qualifier) == second
    assert found.second is None


@pytest.mark.parametrize("text", ["$290 million", "$5 million; $7 million", "US$5 million ($5 million)", "-"])
def test_no_second_quote(text: str) -> None:
    assert parse_amount(text).second is None


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("5 million", "GBP", "GBP"),
        ("$5 million", "HKD", "USD"),
        ("¥300 million", "JPY", "JPY"),
        ("¥300 million", "CNY", "CNY"),
        ("50 million kr", "SEK", "SEK"),
        ("50 million kr", "EUR", None),
        ("5亿元", "TWD", "TWD"),
        ("5亿元", "USD", "CNY"),
        ("€5 million", "USD", "EUR"),
    ],
)
def test_default_currency_only_fills_what_the_text_leaves_open(
    text: str, default: str, currency: str | None
) -> None:
    assert parse_amount(text, default).currency == currency


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("$1.9 billion pre-money", "pre"),
        ("$4.3 billion post-money", "post"),
        ("$4.2 billion valuation, not including the investment", "pre"),
        ("投前200億元估值", "pre"),
        ("投后估值 43 億美元", "post"),
        ("融资前估值35亿美元", "pre"),
        ("trois milliards d'euros avant cette opération", "pre"),
        ("valorisation post-monétaire de 3 milliards", "post"),
        ("$4,8 miliar (pra-investasi)", "pre"),
        ("$2 billion pre-money, $2.5 billion post-money", None),
        ("$4 billion", None),
        ("pre-money".ljust(500), "pre"),
        ("pre-money".ljust(501), None),
    ],
)
def test_valuation_basis(text: str, basis: str | None) -> None:
    assert valuation_basis(text) == basis


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20240101", None),
        ("20241231", None),
        ("19991231", None),
        ("202401", None),
        ("199912", None),
        ("200000", 200_000.0),  # there is no month 0,
        ("202413", 202_413.0),  # no month 13,
        ("20240100", 20_240_100.0),  # no day 0,
        ("20240132", 20_240_132.0),  # and no day 32
        ("18991231", 18_991_231.0),
        ("2024011", 2_024_011.0),
    ],
)
def test_digits_that_read_as_a_day_are_no_sum(text: str, amount: float | None) -> None:
    assert parse_amount(text).stated == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$50 million - 2024", 50e6),
        ("$50 million to 1900", 50e6),
        ("between $50 million and 2100", 50e6),
        ("$50 million - 1899", None),
        ("$50 million - 2101", None),
        ("$50 million - 202", None),
    ],
)
def test_a_year_is_no_upper_end(text: str, amount: float | None) -> None:
    assert parse_amount(text).stated == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (r"5\\xe4\\xba\\xbf元", 500e6),
        (r"5\xE4\xBA\xBF元", 500e6),
        (r"\xe5\x85 5", None),
        (r"$5\xff million", 5e6),
    ],
)
def test_bytes_that_were_written_out_are_read(text: str, amount: float | None) -> None:
    assert parse_amount(text).stated == amount


def test_amount_keeps_its_text_and_cannot_be_changed() -> None:
    amount = parse_amount(" ３０００万美元 ")
    assert amount.text == " ３０００万美元 "
    with pytest.raises(AttributeError):
        amount.low = 0.0  # type: ignore[misc]


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "$5 million " * 10_000, "5 " * 250, "(" * 200 + ")" * 200, "1," * 200 + "1"],
)
def test_hostile_text_is_unreadable(text: str) -> None:
    assert parse_amount(text).qualifier == "unreadable"


# Numbers of up to three digits that are no power of ten, so that no phrase is an order by chance.
small = st.integers(2, 999)


@pytest.mark.parametrize("language", PHRASES)
@given(number=small)
def test_sum_of_each_language_comes_back(language: str, number: int) -> None:
    exact, above, _ = PHRASES[language]
    assert parse_amount(exact.format(number)) == Amount(
        number * 1e6, number * 1e6, number * 1e6, "USD", "exact", exact.format(number)
    )
    amount = parse_amount(above.format(number))
    assert (amount.low, amount.high, amount.qualifier) == (number * 1e6, None, "at_least")


@pytest.mark.parametrize("language", PHRASES)
@given(low=small, more=small)
def test_range_of_each_language_comes_back(language: str, low: int, more: int) -> None:
    amount = parse_amount(PHRASES[language][2].format(low, low + more))
    assert (amount.low, amount.high, amount.qualifier) == (low * 1e6, (low + more) * 1e6, "range")
    assert amount.currency == "USD"


@given(
    number=st.decimals(min_value="0.1", max_value="999.99", places=2),
    unit=st.sampled_from(sorted(UNITS)),
    sign=st.sampled_from(sorted(CURRENCIES)),
)
def test_number_unit_and_currency_come_back(number: object, unit: str, sign: str) -> None:
    amount = parse_amount(f"{sign}{number}{unit}")
    assert amount.qualifier == "exact"
    assert amount.currency == CURRENCIES[sign]
    assert amount.low is not None
    assert math.isclose(amount.low, float(str(number)) * 10 ** UNITS[unit], rel_tol=1e-12)


pieces = st.lists(
    st.sampled_from(
        [
            "$", "US$", "¥", "€", "元", "円", "원", "yuan", "dollars", "RMB", "5", "1,200", "1.5",
            "20,00,000", "100", "2024", "million", "billion", "万", "亿", "億", "억", "млн", "hundred",
            "several",
            "hundreds of", "数", "about", "over", "up to", "近", "超", "约", "以上", "이상", "between", "and",
            "to", "-", "~", "(", ")", ",", ";", "valuation", "估值", "raised", "融资", "at", "of",
            "undisclosed", "+", "%", "users", "级", "figure", "½", "foo", " ", " ", " ",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def check_sound(amount: Amount) -> None:
    assert amount.qualifier in QUALIFIERS
    if amount.qualifier in ("undisclosed", "unreadable"):
        assert (amount.stated, amount.low, amount.high) == (None, None, None)
    if amount.qualifier == "at_least":
        assert amount.low is not None
        assert amount.stated in (None, amount.low)  # "over hundreds of millions" states no figure
        assert amount.high is None
    if amount.qualifier == "at_most":
        assert amount.low is None
        assert amount.high is not None
    if amount.qualifier in ("exact", "about", "nearly"):
        assert amount.stated is not None
        assert amount.low is not None
        assert amount.high is not None
        assert amount.low <= amount.stated <= amount.high
    if amount.qualifier in ("range", "order"):
        assert amount.stated is None
        assert amount.low is not None
        assert amount.high is not None
        assert amount.low < amount.high


@given(st.one_of(st.text(), pieces))
def test_any_text_gives_a_sound_amount(text: str) -> None:
    amount = parse_amount(text)
    check_sound(amount)
    if amount.second is not None:
        check_sound(amount.second)
        assert amount.second.second is None


@pytest.mark.parametrize("name", LABELLED)
def test_labelled_texts_have_the_same_tokens_by_shape(name: str) -> None:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert texts
    for text in texts:
        check_tokens(text)


@given(st.one_of(st.text(), pieces))
def test_any_text_has_the_same_tokens_by_shape(text: str) -> None:
    check_tokens(text)


def check_tokens(text: str) -> None:
    """Tokens by shape are those that a text of its own digits has."""
    folded = fold(text)
    tokens = tokens_of(folded)
    languages = languages_of(tokens)
    assert spoken_tokens(folded) == ([token.spoken_in(languages) for token in tokens], languages)


def same(left: Amount, right: Amount) -> bool:
    return (left.stated, left.low, left.high, left.currency, left.qualifier) == (
        right.stated, right.low, right.high, right.currency, right.qualifier,
    )  # fmt: skip


@given(pieces, st.sampled_from([" ", "  ", "\t", "\u00a0", "\u3000", "\n"]))
def test_blanks_around_a_text_do_not_matter(text: str, blank: str) -> None:
    assert same(parse_amount(text), parse_amount(blank + text + blank))


@given(pieces)
def test_full_width_reads_as_half_width(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert same(parse_amount(text), parse_amount(wide))


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("超過10億元人民幣", "超过10亿元人民币"),
        ("數千萬美元", "数千万美元"),
        ("約5億元", "约5亿元"),
        ("融資後估值達兩億美元", "融资后估值达两亿美元"),
        ("10餘億港幣", "10余亿港币"),
        ("億級", "亿级"),
    ],
)
def test_traditional_reads_as_simplified(traditional: str, simplified: str) -> None:
    assert parse_amount(simplified).qualifier != "unreadable"
    assert same(parse_amount(traditional), parse_amount(simplified))


def test_columns_of_figures_are_numbers_also_without_a_figure() -> None:
    table = parse_amounts(pd.Series(["undisclosed", "-"]))
    figures = [name for name in table if str(name).removeprefix("second_") in ("stated", "low", "high")]
    assert len(figures) == 6
    assert (table[figures].dtypes == "float64").all()


@given(
    st.lists(
        st.one_of(pieces, st.sampled_from(["$5 million", "近20亿元 (约2.8亿美元)", "5 million"])), max_size=8
    )
)
def test_column_reads_like_its_cells(texts: list[str]) -> None:
    index = pd.Index(range(10, 10 + len(texts)))
    table = parse_amounts(pd.Series(texts, index=index, dtype=object), "CNY")
    assert list(table.index) == list(index)
    for text, row in zip(texts, table.itertuples(), strict=True):
        amount = parse_amount(text, "CNY")
        for prefix, part in (("", amount), ("second_", amount.second)):
            for column in ("stated", "low", "high", "currency", "qualifier"):
                cell = getattr(row, prefix + column)
                assert (None if pd.isna(cell) else cell) == (part and getattr(part, column))


def test_column_takes_a_default_for_each_row_and_missing_texts() -> None:
    texts = pd.Series(["5 million", "5 million", None, "¥5 million"], index=[3, 1, 2, 0])
    defaults = pd.Series(["JPY", None, "USD", "EUR"], index=[0, 1, 2, 3])
    table = parse_amounts(texts, defaults)
    assert [None if pd.isna(code) else code for code in table["currency"]] == ["EUR", None, None, "JPY"]
    assert list(table["qualifier"]) == ["exact", "exact", "undisclosed", "exact"]
    assert table["low"].dtype == float
