"""Raw rows to typed reports: what is set aside, what is left out, and what the rest becomes."""

import pandas as pd
import pytest

from analysis.clean.directory import Directory
from analysis.clean.rates import read_rates
from analysis.clean.reports import COLUMNS, read_reports
from analysis.parse.investors import InvestorDirectory
from analysis.parse.names import Aliases

RATES, _ = read_rates(
    b"date,USD_per_EUR,CNY_per_EUR\n2025-03-07,1.1,8.0\n2025-03-14,1.1,7.5\n2025-03-17,1.1,7.0\n"
)
DIRECTORY = Directory(
    Aliases([("Acme", "acme"), ("Acme AI", "acme"), ("阿克米", "acme"), ("Bolt", "bolt")]),
    InvestorDirectory(
        [
            {"alias": "North Fund", "investor": "North Fund", "parent_group": "North", "kind": "fund"},
            {"alias": "North Cloud", "investor": "North Cloud", "parent_group": "North", "kind": "corporate"},
            {"alias": "South Fund", "investor": "South Fund", "parent_group": "none", "kind": "fund"},
        ]
    ),
    {"acme": "CNY", "bolt": "USD"},
)
SOUND = {
    "company": "Acme", "round": "Series A", "amount": "$100 million", "announced": "2025-03-10",
    "status": "closed", "kind": "round", "publisher": "The Daily", "seen_as": "page", "reliability": "high",
    "url": "https://example.org/a", "published": "2025-03-11", "language": "en", "collected": "2026-11-23",
}  # fmt: skip


def read(*rows: dict[str, str]):
    filled = [
        dict.fromkeys(COLUMNS, "") | SOUND | {"report_id": f"r{k}", "url": f"https://example.org/{k}"} | row
        for k, row in enumerate(rows, 1)
    ]
    lines = pd.Series(range(2, len(rows) + 2), dtype="int64")
    return read_reports(pd.DataFrame(filled, dtype="str").assign(line=lines), DIRECTORY, RATES)


def one(**row: str) -> pd.Series:
    frame, problems = read(row)
    assert problems == []
    return frame.iloc[0]


def test_no_rows_are_no_reports() -> None:
    rows = pd.DataFrame(columns=[*COLUMNS, "line"], dtype="str").astype({"line": "int64"})
    frame, problems = read_reports(rows, DIRECTORY, RATES)
    assert frame.empty
    assert problems == []


# --- rows set aside -----------------------------------------------------------------------------------


BROKEN = [
    *((name, "", "empty") for name in ("company", "status", "kind", "publisher", "reliability", "url")),
    *((name, "", "empty") for name in ("collected", "seen_as", "language")),
    ("publisher", "  ", "empty"),
    ("status", "done", "not a known word"),
    ("kind", "grant", "not a known word"),
    ("reliability", "High", "not a known word"),
    ("seen_as", "dream", "not a known word"),
    ("url", "example.org/a", "not an address"),
    ("url", "ftp://example.org", "not an address"),
    ("url", "https://localhost", "not an address"),
    ("url", "https://exa mple.org", "not an address"),
    ("url", "https://[broken", "not an address"),
    ("collected", "2026-13-45", "not a day"),
    ("collected", "23.11.2026", "not a day"),
    ("collected", "2026-2-3", "not a day"),
    ("company", "Nobody Inc", "unknown company"),
]


def test_a_broken_row_is_set_aside_and_named() -> None:
    frame, problems = read({}, *({column: text} for column, text, _ in BROKEN), {})
    assert frame["line"].tolist() == [2, len(BROKEN) + 3]
    assert len(problems) == len(BROKEN)
    for line, (case, problem) in enumerate(zip(BROKEN, problems, strict=True), start=3):
        column, text, reason = case
        assert (problem.file, problem.line, problem.column) == ("funding_reports.csv", line, column)
        assert problem.text == text
        assert reason in problem.reason
        assert problem.action.startswith("row set aside; ")
        assert not problem.fatal


def test_a_row_with_two_faults_is_one_problem() -> None:
    frame, problems = read({"url": "", "company": "Nobody"}, {})
    assert (len(frame), len(problems)) == (1, 1)


def test_an_unknown_company_gets_a_suggestion() -> None:
    _, [problem] = read({"company": "Acmee"})
    assert "did you mean" in problem.action
    assert "acme" in problem.action.casefold()


def test_the_second_of_two_rows_with_one_id_is_set_aside() -> None:
    frame, [problem] = read(
        {"report_id": "x", "amount": "$1 million"}, {"report_id": "x", "amount": "$2 million"}
    )
    assert frame["amount"].tolist() == ["$1 million"]
    assert (problem.line, problem.column, problem.text) == (3, "report_id", "x")
    assert "line 2" in problem.action


def test_an_id_of_a_broken_row_is_free() -> None:
    frame, problems = read({"report_id": "x", "url": ""}, {"report_id": "x"})
    assert frame["line"].tolist() == [3]
    assert [problem.column for problem in problems] == ["url"]


def test_problems_come_in_the_order_of_the_lines() -> None:
    _, problems = read({"amount": "abc"}, {"url": ""}, {"announced": "2026-13-45"}, {"status": ""})
    assert [problem.line for problem in problems] == [2, 3, 4, 5]


# --- cells left out -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "text"),
    [("amount", "abc"), ("valuation", "abc"), ("announced", "2026-13-45"), ("published", "soon")],
)
def test_an_unread_cell_is_a_problem_and_the_row_stays(column: str, text: str) -> None:
    frame, [problem] = read({column: text})
    assert len(frame) == 1
    assert frame.loc[0, column] == text  # as written
    assert (problem.line, problem.column, problem.text) == (2, column, text)


def test_a_page_from_after_its_collection_is_left_out() -> None:
    frame, [problem] = read({"published": "2027-01-05"})
    assert problem.column == "published"
    assert frame[["published_start", "published_end", "published_precision"]].isna().all().all()
    assert frame.loc[0, "date_start"] == "2025-03-10"


def test_a_page_of_the_year_of_its_collection_ends_with_it() -> None:
    row = one(published="2026")
    assert (row["published_start"], row["published_end"]) == ("2026-01-01", "2026-11-23")


# --- what a row becomes ---------------------------------------------------------------------------------


def test_text_is_kept_as_written_and_blank_is_nothing() -> None:
    row = one(amount=" $100 million ", note="")
    assert row["amount"] == " $100 million "
    assert row["note"] is None or pd.isna(row["note"])
    assert (row["amount_stated"], row["amount_currency"], row["amount_qualifier"]) == (100e6, "USD", "exact")


def test_status() -> None:
    closed, open_ = ["ipo", "acquisition", "grant", "closed"], ["in talks", "rumoured", "cancelled"]
    frame, _ = read(*({"status": word} for word in closed + open_))
    assert frame["status"].tolist() == ["closed"] * 4 + open_


def test_spellings_are_resolved() -> None:
    frame, _ = read({"company": "阿克米"}, {"company": "ACME AI"}, {"company": "Bolt"})
    assert frame["company_id"].tolist() == ["acme", "acme", "bolt"]


@pytest.mark.parametrize(
    ("announced", "published", "start", "end", "basis"),
    [
        ("March 2025", "2025-04-02", "2025-03-01", "2025-03-31", "announced"),
        ("Monday", "2025-03-12", "2025-03-10", "2025-03-10", "announced"),  # counted from the page
        ("", "2025-03-11", "2025-03-11", "2025-03-11", "published"),
        ("", "2025-03", "2025-03-01", "2025-03-31", "published"),
        ("", "", None, None, None),
        ("2025-03-10", "", "2025-03-10", "2025-03-10", "announced"),
    ],
)
def test_dates(announced: str, published: str, start, end, basis) -> None:
    row = one(announced=announced, published=published)
    found = [None if pd.isna(row[name]) else row[name] for name in ("date_start", "date_end", "date_basis")]
    assert found == [start, end, basis]


def test_a_weekday_without_a_page_is_no_date() -> None:
    frame, [problem] = read({"announced": "Monday", "published": ""})
    assert problem.column == "announced"
    assert frame.loc[0, "date_precision"] == "none"


def test_dollars_by_the_rate_of_the_middle_of_the_date() -> None:
    """From 1 to 31 March the middle is Sunday the 16th, so the rate is that of Friday the 14th."""
    row = one(amount="7亿元 ($93 million)", announced="March 2025", valuation="€1 billion post-money")
    assert row["usd_stated"] == pytest.approx(700e6 * 1.1 / 7.5, abs=1)
    assert row["amount_rate"] == pytest.approx(1.1 / 7.5)
    assert (row["second_stated"], row["second_currency"], row["second_rate"]) == (93e6, "USD", 1.0)
    assert (row["valuation_usd_stated"], row["valuation_basis"]) == (pytest.approx(1.1e9), "post")
    assert row["home_rate"] == pytest.approx(1.1 / 7.5)


def test_no_rate_no_dollars() -> None:
    frame, [problem] = read({"amount": "7亿元", "announced": "2024-03-10", "published": ""})
    row = frame.iloc[0]
    assert row["amount_stated"] == 700e6
    assert pd.isna(row["usd_stated"])
    assert (problem.line, problem.column, problem.text) == (2, "amount", "7亿元")
    assert "no reference rate" in problem.reason
    assert "refresh-rates" in problem.action


def test_dollars_of_days_after_the_last_rate_are_named() -> None:
    last = RATES.index.max()
    frame, [problem] = read(
        {"valuation": "7亿元", "announced": f"{last + pd.Timedelta(days=3):%Y-%m-%d}", "published": ""}
    )
    assert frame["valuation_usd_stated"].notna().all()
    assert (problem.line, problem.column) == (2, "valuation")
    assert f"{last:%Y-%m-%d}" in problem.reason


@pytest.mark.parametrize("day", ["0015-03-04", "1201-03-04", "3026-03-04", "2025-02-29", "２０２５-03-04"])
def test_a_day_of_collection_is_a_day_of_this_age(day: str) -> None:
    frame, [problem] = read({"collected": day}, {})
    assert len(frame) == 1
    assert (problem.line, problem.column, problem.text) == (2, "collected", day)


def test_investors() -> None:
    row = one(lead_investors="North Fund", investors="North Cloud ($20 million), South Fund, Somebody Else")
    assert row["leads"] == (("north-fund", "North"),)
    assert row["lead_investor_ids"] == "north-fund"
    assert row["investor_ids"].split("; ") == ["north-fund", "north-cloud", "south-fund", "somebody-else"]
    assert row["lead_groups"] == {"North"}
    assert row["investor_groups"] == {"North", "south-fund", "somebody-else"}
    assert row["cheques"] == (("north-cloud", 20e6),)


def test_an_investor_named_twice_counts_once() -> None:
    row = one(lead_investors="North Fund", investors="North Fund, South Fund")
    assert row["investor_ids"] == "north-fund; south-fund"


def test_no_investors() -> None:
    row = one()
    assert (row["leads"], row["named"], row["cheques"]) == ((), (), ())
    assert pd.isna(row["lead_investor_ids"])


def test_origin_is_the_story_else_the_publisher() -> None:
    frame, _ = read(
        {"origin": "Reuters"}, {"origin": "reuters."}, {"publisher": "Reuters"}, {"publisher": "Other"}
    )
    assert frame["origin_key"].nunique() == 2
    assert frame["origin_key"].tolist()[:3] == [frame["origin_key"].iat[0]] * 3


def test_reports_of_one_page_have_one_origin() -> None:
    page = "https://example.org/story"
    frame, _ = read({"publisher": "A Watch", "url": page}, {"publisher": "a-watch.com", "url": page}, {})
    assert frame["origin_key"].iat[0] == frame["origin_key"].iat[1] != frame["origin_key"].iat[2]
