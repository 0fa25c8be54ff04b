"""Which currency the words beside a sum mean."""

from decimal import Decimal

import pytest

from analysis.parse.currencies import CurrencyConflictError, Unit, home_currency, settle

EURO, DOLLAR = Unit(("EUR",), "named"), Unit(("USD",), "named")
SIGN = Unit(("USD", "AUD", "HKD"), "usual")  # $
YEN = Unit(("CNY", "JPY"), "shared")  # ¥
CROWNS = Unit(("SEK", "NOK", "DKK", "CZK", "ISK"), "shared")
YUAN = Unit(("CNY", "TWD"), "local")  # 元


@pytest.mark.parametrize(
    ("units", "default", "home", "currency"),
    [
        ([], "GBP", None, "GBP"),
        ([], None, "CNY", None),
        ([EURO], "GBP", "CNY", "EUR"),
        ([EURO, EURO], None, None, "EUR"),
        ([SIGN], "HKD", "CNY", "USD"),  # a dollar is American, whatever is expected
        ([SIGN, Unit(("AUD",), "named")], None, None, "AUD"),
        ([SIGN, Unit(("AUD", "NZD"), "usual")], None, None, "AUD"),
        ([YUAN], None, None, "CNY"),
        ([YUAN], "TWD", None, "TWD"),
        ([YUAN], "GBP", None, "CNY"),
        ([YUAN, DOLLAR], None, None, "USD"),  # 美元: the word for money is part of its name
        ([YEN], "JPY", "CNY", "JPY"),
        ([YEN], None, "CNY", "CNY"),
        ([YEN], "GBP", "GBP", None),
        ([YEN, YUAN], None, None, "CNY"),
    ],
)
def test_settled(units: list[Unit], default: str | None, home: str | None, currency: str | None) -> None:
    assert settle(units, default, home, None) == currency


@pytest.mark.parametrize("units", [[EURO, DOLLAR], [EURO, SIGN], [YEN, SIGN], [YEN, EURO]])
def test_currencies_that_exclude_each_other(units: list[Unit]) -> None:
    with pytest.raises(CurrencyConflictError):
        settle(units, None, None, None)


@pytest.mark.parametrize(
    ("unit", "per_dollar", "currency"),
    [
        (YEN, "7", "CNY"),
        (YEN, "150", "JPY"),
        (YEN, "30", None),
        (YEN, "5", "CNY"),  # the ends count
        (YEN, "9", "CNY"),
        (YEN, "9.1", None),
        (YEN, "4.9", None),
        (CROWNS, "130", "ISK"),
        (CROWNS, "7", None),  # two countries' crowns are worth that
        (CROWNS, "0.5", None),
    ],
)
def test_a_second_quote_tells_by_its_rate(unit: Unit, per_dollar: str, currency: str | None) -> None:
    assert settle([unit], None, None, (3 * Decimal(per_dollar), Decimal(3))) == currency


@pytest.mark.parametrize(
    ("text", "languages", "currency"),
    [
        ("¥3亿", {"zh"}, "CNY"),
        ("¥300", set(), None),
        ("300億円", {"ja"}, "JPY"),
        ("¥3억", {"ko"}, None),  # no won has that sign
        ("¥300 million", {"en"}, None),
        ("融资 300", {"zh", "ja"}, "CNY"),  # 资 is written so in China only
    ],
)
def test_the_home_of_a_text(text: str, languages: set[str], currency: str | None) -> None:
    assert home_currency(text, frozenset(languages)) == currency
