"""Currencies as texts name them, and which one a sign means that several share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce

from analysis.parse.language import words


@dataclass(frozen=True, slots=True)
class Unit:
    """The currencies that a word can name, by ISO 4217 code.

    `kind` tells how the choice among them falls: "named" has one only; of "usual" ("$") and "local" ("元")
    the first is meant unless the text names another, for "local" also unless the caller does; of "shared"
    ("¥") none is meant without a hint.
    """

    codes: tuple[str, ...]
    kind: str


class CurrencyConflictError(ValueError):
    """A sum is written with two currencies that cannot both be meant."""


@cache
def iso_codes() -> dict[str, Unit]:
    """Return every currency in use today by its ISO 4217 code, as CLDR lists them."""
    from babel.core import get_global

    territories = get_global("territory_currencies").values()
    return {
        code: Unit((code,), "named")
        for uses in territories
        for code, _, end, tender in uses
        if tender and not end
    }


def currency_words() -> Iterator[tuple[str, Unit, str]]:
    """Yield every currency word with unit and language: those of the files, then CLDR's full names."""
    listed: set[str] = set()
    for language, table in words("amounts").items():
        for code, names in table.get("currencies", {}).items():
            for name in names:
                yield name, Unit((code,), "named"), language
                listed.add(name)
        for kind in ("usual", "shared", "local"):
            for name, codes in table.get(kind, {}).items():
                yield name, Unit(tuple(codes), kind), language
                listed.add(name)
    for name, code, language in _cldr_names():
        if name not in listed:
            yield name, Unit((code,), "named"), language


def _cldr_names() -> Iterator[tuple[str, str, str]]:
    from babel import Locale
    from babel.numbers import get_currency_name

    for language in words("amounts"):
        if language == "any":
            continue
        names = Locale.parse(language).currencies
        for code in iso_codes():
            if code in names and len(names[code]) > 3:
                for number in (None, 1, 2, 5):
                    yield get_currency_name(code, number, locale=language).lower(), code, language


def settle(
    units: Iterable[Unit], default: str | None, home: str | None, worth: tuple[Decimal, Decimal] | None
) -> str | None:
    """Return the one currency that the words beside a sum mean, None if nothing decides.

    Args:
        units: what the words can name; none at all gives the default.
        default: the currency that the caller expects, by code.
        home: the currency of the text's language where its script tells that.
        worth: the sum, and the same in dollars as a second quote gives it.

    Raises:
        CurrencyConflictError: two words that exclude each other.
    """
    units = set(units)
    if not units:
        return default
    named = {unit.codes[0] for unit in units if unit.kind == "named"}
    loose = [unit for unit in units if unit.kind != "named"]
    if named:
        code = next(iter(named))
        if len(named) > 1 or any(code not in unit.codes for unit in loose if unit.kind != "local"):
            raise CurrencyConflictError(sorted(named))
        return code
    candidates = reduce(
        lambda left, right: [c for c in left if c in right], [list(unit.codes) for unit in loose]
    )
    if not candidates:
        raise CurrencyConflictError([unit.codes for unit in loose])
    kinds = {unit.kind for unit in loose}
    if kinds != {"usual"} and default in candidates:
        return default
    if len(candidates) == 1 or kinds & {"usual", "local"}:
        return candidates[0]
    if home in candidates:
        return home
    fitting = [code for code in candidates if worth is not None and _fits(code, *worth)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _bands() -> dict[str, tuple[Decimal, Decimal]]:
    rates = {
        code: band for table in words("amounts").values() for code, band in table.get("rates", {}).items()
    }
    return {code: (Decimal(str(low)), Decimal(str(high))) for code, (low, high) in rates.items()}


def _fits(code: str, value: Decimal, dollars: Decimal) -> bool:
    low, high = _bands().get(code, (Decimal(0), Decimal(0)))
    return low * dollars <= value <= high * dollars


def home_currency(text: str, languages: frozenset[str]) -> str | None:
    """Return the currency of the one language that a text's words or signs tell, None if they tell none."""
    homes = {
        home
        for language, (home, script) in _homes().items()
        if languages == {language} or not script.isdisjoint(text)
    }
    if len(languages) == 1:
        homes &= {_homes()[language][0] for language in languages if language in _homes()}
    return homes.pop() if len(homes) == 1 else None


@cache
def _homes() -> dict[str, tuple[str, frozenset[str]]]:
    """The currency of each language that is at home in one country, and the signs of its script."""
    tables = words("amounts").items()
    return {name: (table["home"], frozenset(table["script"])) for name, table in tables if "home" in table}


@cache
def comma_currencies() -> frozenset[str]:
    """Return the currencies whose home countries write a decimal comma."""
    return frozenset(code for table in words("amounts").values() for code in table.get("decimal_comma", ()))


@cache
def absurd_above(code: str | None) -> Decimal:
    """Return the sum above which a text in this currency is taken for nonsense."""
    caps: dict[str, int] = {
        code: cap for table in words("amounts").values() for code, cap in table.get("caps", {}).items()
    }
    return Decimal(10) ** caps.get(code or "default", caps["default"])
