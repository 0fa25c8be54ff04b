"""The shipped layouts on rows such as the vendors export them (made up)."""

from dataclasses import replace
from datetime import datetime

from analysis.layouts.proposal import propose, shipped
from analysis.layouts.source import Source, read_source
from analysis.parse.amounts import parse_amounts
from tests.layouts.made_up import table
from tests.layouts.test_workbooks import workbook


def amounts(source: Source, name: str = "amount") -> list[tuple[float | None, str | None, str]]:
    found = parse_amounts(source.rows[name])[["low", "currency", "qualifier"]].astype(object)
    return list(found.where(found.notna(), None).itertuples(index=False, name=None))


def test_crunchbase() -> None:
    rows = [
        shipped()["crunchbase"].names,
        [
            "https://www.crunchbase.com/funding_round/acme--1", "Acme", "Series A", "5,000,000", "EUR",
            "20000000", "EUR", "2025-03-04", "North Fund", "North Fund, South Fund", "Series A - Acme",
        ],
        [
            "https://www.crunchbase.com/funding_round/bolt--1", "Bolt", "Secondary Market", "", "", "", "",
            "2025-03-05", "", "", "Secondary Market - Bolt",
        ],
    ]  # fmt: skip
    found = read_source(shipped()["crunchbase"], table(rows).encode(), "rounds.csv")
    assert found.problems == ()
    assert amounts(found) == [(5e6, "EUR", "exact"), (None, None, "undisclosed")]
    assert amounts(found, "valuation")[0] == (20e6, "EUR", "exact")
    assert list(found.rows["kind"]) == ["round", "secondary"]
    assert found.rows["url"][0].endswith("acme--1")


def test_pitchbook_in_a_workbook_below_a_preface() -> None:
    header = [
        "Deal ID", "Companies", "Company Country/Territory/Region", "Series", "VC Round", "Deal Type",
        "Deal Size", "Post Valuation", "Announced Date", "Deal Date", "Lead/Sole Investors", "Investors",
        "Deal Status", "Deal Synopsis",
    ]  # fmt: skip
    rows = [
        ["12345-67T", "Acme", "China", "Series A", "1st Round", "Early Stage VC", 12.5, 80, None,
         datetime(2025, 3, 4), "North Fund", "North Fund, South Fund", "Completed", "The company raised …"],
        ["12345-68T", "Bolt", "Japan", None, "2nd Round", "Later Stage VC", None, None, datetime(2025, 5, 1),
         None, None, None, "Announced/In Progress", None],
        ["12345-69T", "Coda", "Japan", None, None, "Buyout/LBO", 250, None, None,
         datetime(2025, 6, 1), None, None, "Rumoured long ago", None],
    ]  # fmt: skip
    data = workbook([["PitchBook"], ["Search"], *[[] for _ in range(5)], header, *rows, ["© PitchBook Data"]])
    found = read_source(shipped()["pitchbook"], data, "deals.xlsx")
    assert amounts(found)[0] == (12.5e6, "USD", "exact")
    assert amounts(found, "valuation")[0] == (80e6, "USD", "exact")
    assert list(found.rows["announced"])[:2] == ["2025-03-04", "2025-05-01"]
    assert list(found.rows["round"])[:3] == ["Series A", "2nd Round", "Buyout/LBO"]
    # A status that is not explained is left as it is, and the build sets its row aside.
    assert list(found.rows["status"])[:3] == ["closed", "in talks", "Rumoured long ago"]
    assert list(found.rows["kind"])[:3] == ["round", "round", "acquisition"]
    assert propose(data, "deals.xlsx", "2026-01-01").layout.header == 8


def test_itjuzi_in_gb18030() -> None:
    rows = [
        ["时间", "公司简称", "轮次", "金额", "估值", "投资方", "公司简介", "行业"],
        ["2024.05.01", "甲", "A轮", "数千万人民币", "5亿人民币", "北方基金、南方基金", "做机器人", "AI"],
        ["2024-06-01", "乙", "股权转让", "未透露", "0", "", "", ""],
        ["2024-07-01", "丙", "B轮", "1.5亿美元", "估值未知", "东方资本", "", ""],
    ]
    data = table(rows).encode("gb18030")
    made = propose(data, "events.csv", "2026-01-01")
    assert made.evidence["columns.company"].startswith("the columns are those of the layout itjuzi")
    found = read_source(replace(shipped()["itjuzi"], encoding="detect"), data, "events.csv")
    assert amounts(found) == [(1e7, "CNY", "order"), (None, None, "undisclosed"), (1.5e8, "USD", "exact")]
    assert list(found.rows["announced"]) == ["2024-05-01", "2024-06-01", "2024-07-01"]
    assert list(found.rows["kind"]) == ["round", "secondary", "round"]


def test_dealroom() -> None:
    rows = [
        shipped()["dealroom"].names,
        ["Acme", "Germany", "SERIES A", "12.5", "EUR", "80", "2025-03-04", "North Fund", "North Fund; East", "https://app.dealroom.co/acme"],
        ["Bolt", "France", "DEBT", "1.2", "EUR", "", "2025-03-05", "", "", ""],
    ]  # fmt: skip
    found = read_source(shipped()["dealroom"], table(rows).encode(), "rounds.csv")
    assert amounts(found) == [(12.5e6, "EUR", "exact"), (1.2e6, "EUR", "exact")]
    assert list(found.rows["kind"]) == ["round", "debt"]
    assert list(found.rows["url"]) == ["https://app.dealroom.co/acme", "https://dealroom.co/"]
    assert amounts(found, "valuation")[0] == (80e6, "EUR", "exact")
