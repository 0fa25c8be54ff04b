"""What `layout` proposes for a file, and that a person can take it from there."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.layouts.headers import money_of, plain
from analysis.layouts.layout import read_layout
from analysis.layouts.proposal import Proposal, propose, shipped, toml_text
from tests.layouts.made_up import table

DAY = "2026-11-23"
INDIAN = [
    ["Company/Brand", "Founded", "Sector", "Amount($)", "Stage", "Investor"],
    ["Acme", "2014", "EdTech", "$6,300,000 ", "Series C", "North Fund"],
    ["Bolt", "2015", "FinTech", "Undisclosed", "", "Undisclosed"],
]
UNICORNS = [
    ["", "Company", "Valuation ($B)", "Date Joined", "Country", "Select Investors"],
    ["0", "Acme", "$140", "04-07-2017", "China", "North, South"],
    ["1", "Bolt", "$9.5", "1/23/2014", "Sweden", "East"],
]
CRUNCHBASE = [
    [
        "Transaction Name", "Transaction Name URL", "Organization Name", "Funding Type", "Money Raised",
        "Money Raised Currency", "Money Raised (in USD)", "Announced Date", "Lead Investors",
        "Investor Names",
    ],
    [
        "Series A - Acme", "https://www.crunchbase.com/funding_round/acme--1", "Acme", "Series A", "5000000",
        "EUR", "5500000", "2025-03-04", "North Fund", "North Fund, South Fund",
    ],
    [
        "Debt Financing - Bolt", "https://www.crunchbase.com/funding_round/bolt--1", "Bolt", "Debt Financing",
        "", "", "", "2025-03-05", "", "",
    ],
]  # fmt: skip


def look(rows: list[list[str]], **said: str) -> Proposal:
    return propose(table(rows, **said).encode(), "list.csv", DAY)


def completed(made: Proposal) -> str:
    """The written layout after a person did what it asks for."""
    text = toml_text(made, "list.csv")
    text = text.replace('publisher = ""', 'publisher = "List"').replace(
        'url = ""', 'url = "https://example.org/"'
    )
    return text.replace('segment = ""', 'segment = "games"')


@pytest.mark.parametrize("rows", [INDIAN, UNICORNS, CRUNCHBASE])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_written_layout_is_the_proposed_one(rows: list[list[str]], delimiter: str) -> None:
    made = look(rows, delimiter=delimiter)
    layout, problems = read_layout(completed(made).encode(), "list.toml")
    assert problems == []
    assert layout is not None
    assert (layout.columns, layout.delimiter) == (made.layout.columns, delimiter)
    assert (layout.amount, layout.valuation, layout.kind) == (
        made.layout.amount,
        made.layout.valuation,
        made.layout.kind,
    )


def test_headers_say_what_columns_are() -> None:
    made = look(INDIAN)
    assert made.layout.columns == {
        "company": ("Company/Brand",),
        "round": ("Stage",),
        "amount": ("Amount($)",),
        "investors": ("Investor",),
    }
    assert made.layout.amount.currency == "USD"
    assert made.evidence["columns.amount"] == "the header is 'amount', 100% of the cells read so"
    assert made.evidence["columns"] == "not read: Founded, Sector"
    assert any("no column is a date" in text for text in made.open)


def test_units_and_orders_are_told_with_the_reason() -> None:
    made = look(UNICORNS)
    assert made.layout.valuation.unit == "billion"
    assert made.evidence["valuation.unit"] == "billion: the header is 'Valuation ($B)'"
    assert made.source is not None
    assert list(made.source.rows["announced"]) == ["2017-04-07", "2014-01-23"]
    assert any("month first: 1 can only be read month first (line 3" in text for text in made.source.told)


def test_a_vendor_is_known_by_its_columns() -> None:
    made = look(CRUNCHBASE)
    assert "the layout crunchbase" in made.evidence["columns.company"]
    assert "valuation" not in made.layout.columns
    assert made.source is not None
    assert list(made.source.rows["amount"]) == ["EUR 5000000", ""]
    assert list(made.source.rows["kind"]) == ["round", "debt"]
    assert made.layout.fixed["collected"] == DAY


@pytest.mark.parametrize("name", ["crunchbase", "pitchbook", "itjuzi", "dealroom", "plain"])
def test_each_shipped_layout_is_known_by_its_columns(name: str) -> None:
    header = shipped()[name].names
    made = look([header, ["x"] * len(header)])
    assert f"the layout {name}" in made.evidence["columns.company"]


def test_rounds_that_stand_once_for_each_investor_are_seen() -> None:
    rows = [["company", "date", "amount", "investor"]]
    rows += [[f"c{k // 2}", "2025-01-01", "$5 million", f"fund {k}"] for k in range(10)]
    made = look(rows)
    assert made.layout.one_per_investor
    assert "50% of the rows" in made.evidence["rows.one_per_investor"]


def test_what_only_a_person_can_say_is_asked() -> None:
    rows = [
        ["company", "amount", "deal status", "when"],
        ["Acme", "250000", "Odd", "2025-03-04"],
        ["", "n.m.", "closed", "2025/3/5"],
    ]
    made = look(rows)
    assert made.layout.columns["date"] == ("when",)
    asked = " / ".join(made.open)
    for text in (
        "fixed.publisher", "fixed.url", "companies.segment",
        "amount.currency: 1 cells name none (line 2: 250000)",
        "under [status]: Odd", "an unknown sum: n.m. (cells: 1)", "rows without a company: 1",
    ):  # fmt: skip
        assert text in asked
    assert "which column is the company: x, y" in " ".join(look([["x", "y"], ["1", "2"]]).open)


def test_a_header_below_a_preface_is_found() -> None:
    assert look([["Search", "May"], ["", ""], *INDIAN]).layout.header == 3


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"x", b"\xff\xfe", b'"', b"a,b\n" * 3, "公司\n".encode("big5")]
)
def test_no_file_breaks_it(data: bytes) -> None:
    made = propose(data, "x.csv", DAY)
    read_layout(toml_text(made, "x.csv").encode(), "x.toml")
    assert made.open


def test_the_written_layout_is_harmless() -> None:
    rows = [["company", 'a"][x', "amount\x7f"], ["Acme", "1", "$5\x1b[2J million"]]
    layout, problems = read_layout(completed(look(rows)).encode(), "x.toml")
    assert layout is not None, problems


@pytest.mark.parametrize(
    ("header", "unit", "currency"),
    [
        ("Amount (EUR m)", "million", "EUR"), ("融资金额（万元）", "万", "CNY"),
        ("Size ($M)", "million", "USD"),
        ("AmountInUSD", "", "USD"), ("Amount_in_crores", "crore", ""), ("估值（亿美元）", "亿", "USD"),
        ("Deal Size", "", ""), ("Amount($)", "", "USD"), ("Money Raised (in USD)", "", "USD"),
        ("Raised (₹ Cr)", "crore", "INR"), ("Number of months", "", ""), ("Amount", "", ""),
    ],
)  # fmt: skip
def test_a_header_tells_unit_and_currency(header: str, unit: str, currency: str) -> None:
    money = money_of(header)
    assert (money.unit, money.currency) == (unit, currency)
    assert plain(header)


# --- the command --------------------------------------------------------------------------------------


def test_the_command_writes_only_when_asked_and_never_over_a_file(tmp_path: Path) -> None:
    path, out = tmp_path / "list.csv", tmp_path / "list.toml"
    path.write_text(table(UNICORNS), encoding="utf-8")
    run = CliRunner().invoke
    shown = run(app, ["layout", str(path)])
    assert shown.exit_code == 0, shown.output
    assert "Nothing was written" in shown.stdout
    assert re.search(r"2 +Acme +2017-04-07 +USD 140,000,000,000", shown.stdout)
    assert list(tmp_path.iterdir()) == [path]
    assert run(app, ["layout", str(path), "--out", str(out)]).exit_code == 0
    written = out.read_bytes()
    again = run(app, ["layout", str(path), "--out", str(out)])
    assert again.exit_code == 1
    assert "exists and was left as it is" in again.stderr
    assert out.read_bytes() == written


def test_the_command_shows_hostile_cells_as_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("company,amount\n\u202eAcme\u2066,$5 million\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["layout", str(path)]).stdout
    assert "\\u202eAcme\\u2066" in shown


def test_a_file_that_is_not_there_ends_the_command_plainly(tmp_path: Path) -> None:
    missing = CliRunner().invoke(app, ["layout", str(tmp_path / "x.csv")])
    assert missing.exit_code == 1
    assert "Cannot read" in missing.stderr
