"""A layout file: what it may hold, and how each mistake is told."""

import re

import pytest

from analysis.layouts.layout import Layout, Money, read_layout
from analysis.layouts.proposal import SHIPPED, shipped

GOOD = """
[columns]
company = "Firm"
round = ["Series", "Type"]
amount = "Size"
[fixed]
publisher = "List"
url = "https://example.org/list"
collected = "2026-11-23"
[amount]
unit = "million"
currency = "USD"
undisclosed = ["n.m. "]
[status]
"Completed" = "closed"
"""


def read(text: str) -> tuple[Layout | None, list[tuple[str, str, str]]]:
    layout, problems = read_layout(text.encode(), "x.toml")
    assert all(problem.fatal and problem.file == "x.toml" for problem in problems)
    return layout, [(problem.column, problem.reason, problem.action) for problem in problems]


def test_a_layout_says_what_it_says() -> None:
    layout, problems = read(GOOD)
    assert problems == []
    assert layout is not None
    assert layout.columns == {"company": ("Firm",), "round": ("Series", "Type"), "amount": ("Size",)}
    assert layout.names == ["Firm", "Series", "Type", "Size"]
    assert layout.amount == Money("million", "USD", undisclosed=frozenset({"n.m."}))
    assert layout.valuation == Money()
    assert layout.status == {"completed": "closed"}
    assert layout.fixed["status"] == "closed"
    assert layout.fixed["reliability"] == "medium"


@pytest.mark.parametrize(
    ("old", "new", "key", "reason", "remedy"),
    [
        ('company = "Firm"', "", "columns.company", "missing", "the column of its name"),
        ('company = "Firm"', "company = 3", "columns.company", "not the name of a column", "in quotes"),
        ('company = "Firm"', "company = []", "columns.company", "not the name of a column", "in quotes"),
        ("[columns]", "[colums]", "colums", "an unknown key", "did you mean columns?"),
        ("unit =", "units =", "amount.units", "an unknown key", "did you mean unit?"),
        ('"million"', '"millions"', "amount.unit", "not a value for this key", "one of thousand, million"),
        ('"million"', "1000000", "amount.unit", "not a text in quotes", "one of thousand"),
        ('"USD"', '"dollars"', "amount.currency", "not a value for this key", "a code such as USD"),
        ('["n.m. "]', '"n.m."', "amount.undisclosed", "not a list", "texts in brackets"),
        ('["n.m. "]', "[0]", "amount.undisclosed", "not a value for this key", "texts in brackets"),
        ('publisher = "List"', "", "fixed.publisher", "missing", "who made the table"),
        ('publisher = "List"', 'publisher = ""', "fixed.publisher", "missing", "who made the table"),
        ('"https://example.org/list"', '"javascript:x"', "fixed.url", "not a value", "begins with https"),
        ('"2026-11-23"', '"2026-13-45"', "fixed.collected", "not a value for this key", "a day such as"),
        ('"2026-11-23"', "2026-11-23", "fixed.collected", "not a text in quotes", "a day such as"),
        ('= "closed"', '= "done"', "status.Completed", "not a value for this key", "one of closed"),
        (
            "[status]",
            "[dates]\norder = 'dd/mm'\n[status]",
            "dates.order",
            "not a value",
            "one of ymd, mdy, dmy",
        ),
        ("[status]", "[file]\nheader = 0\n[status]", "file.header", "not a value", "line of the header"),
        ("[status]", "[file]\nheader = true\n[status]", "file.header", "not a whole number", "line"),
        ("[status]", "[file]\nencoding = 'rot13'\n[status]", "file.encoding", "not a value", "detect"),
        ("[status]", "[file]\nencoding = 'klingon'\n[status]", "file.encoding", "not a value", "detect"),
        ("[status]", "[file]\ndelimiter = '-'\n[status]", "file.delimiter", "not a value", "write , ; |"),
        ("[status]", "[rows]\nfill_down = ['date']\n[status]", "rows.fill_down", "no column", "a key of"),
        ("[status]", "[companies]\ncohort = 'mine'\n[status]", "companies.cohort", "not a value", "one of"),
        ("[status]", "[companies]\ncountry = 'China'\n[status]", "companies.country", "not a value", "CN"),
        ("[columns]", "file = 3\n[columns]", "file", "not a section", "write it as [file]"),
    ],
)
def test_a_mistake_names_its_key_and_what_to_do(
    old: str, new: str, key: str, reason: str, remedy: str
) -> None:
    assert old in GOOD
    layout, problems = read(GOOD.replace(old, new, 1))
    assert layout is None
    told = {problem[0]: problem for problem in problems}
    assert key in told, problems
    assert reason in told[key][1]
    assert remedy in told[key][2]


def test_every_mistake_is_told_at_once() -> None:
    layout, problems = read(GOOD.replace('"USD"', '"dollars"').replace('"million"', '"m"'))
    assert layout is None
    assert {key for key, _, _ in problems} == {"amount.currency", "amount.unit"}


@pytest.mark.parametrize("text", ["[columns", "a = 1\na = 2", "x"])
def test_what_is_no_toml_names_the_line(text: str) -> None:
    layout, problems = read(text)
    assert layout is None
    assert "no TOML" in problems[0][1]
    assert "(at " in problems[0][1]


def test_a_mark_of_byte_order_is_no_mistake() -> None:
    assert read("\ufeff" + GOOD)[1] == []


def test_each_shipped_layout_explains_every_key_it_has() -> None:
    assert sorted(shipped()) == ["crunchbase", "dealroom", "itjuzi", "pitchbook", "plain"]
    for path in SHIPPED.glob("*.toml"):
        assert path.read_text(encoding="utf-8").startswith("# ")


def test_the_template_has_every_key() -> None:
    from analysis.layouts.layout import _SECTIONS

    text = (SHIPPED / "plain.toml").read_text(encoding="utf-8")
    for section, keys in _SECTIONS.items():
        body = re.split(rf"^\[{section}\].*\n", text, flags=re.MULTILINE)[1].split("\n[")[0]
        for key in keys or ():
            if not (section == "fixed" and key in ("round", "date", "published", "origin", "note")):
                assert f"\n{key} = " in f"\n{body}", f"{section}.{key}"
