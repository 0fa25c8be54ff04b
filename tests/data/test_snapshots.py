"""Row counts and totals of the tables, held against the ones that were looked at and accepted.

A change shows as a diff of snapshots/*.csv, which a reviewer reads. To accept new ones: `make snapshot`.
"""

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pandas as pd
import pytest

from analysis.build import Built, make
from analysis.load import ROUND_KINDS
from analysis.measures import sums
from analysis.measures.alibaba_bets import bet_rounds
from analysis.measures.where_sources_disagree import OURS, policy_totals

FOLDER = Path(__file__).with_name("snapshots")
COUNTED = {
    "reports": ["status", "kind", "amount_qualifier", "date_basis"],
    "rounds": ["status", "kind", "date_basis", "disputed_fields"],
    "round_investors": ["role"],
    "conflicts": ["probably"],
    "companies": ["cohort"],
    "article_checks": ["verdict"],
    "problems": ["file", "column"],
}
"""Columns of which each value is counted; "; " stands between several values of a cell."""


def counts(built: Built) -> pd.DataFrame:
    """The rows of each table, of each value of a column, and of each column of dollars with their sum."""
    told: list[tuple[str, str, str, int, int | None]] = [("funding_reports.csv", "", "", built.n_raw, None)]
    for name, table in built.tables.items():
        told.append((name, "", "", len(table), None))
        for column in COUNTED.get(name, ()):
            values = table[column].fillna("none").str.split("; ").explode()
            told += [(name, column, value, n, None) for value, n in sorted(values.value_counts().items())]
        for column in [column for column in table if "usd_" in column or column.endswith("_usd")]:
            if column != "usd_per_unit":
                told.append((name, column, "", int(table[column].count()), whole(table[column].sum())))
    return pd.DataFrame(told, columns=["table", "column", "value", "rows", "dollars"]).astype(
        {"dollars": "Int64"}
    )


def dollars(built: Built) -> pd.DataFrame:
    """What was raised in closed rounds: the main totals, and by cohort, segment, year and company."""
    tables = built.tables
    companies, investors = tables["companies"], tables["investors"]
    rounds = tables["rounds"]
    closed = rounds[rounds["status"].eq("closed") & rounds["kind"].isin(ROUND_KINDS)]
    totals = policy_totals(
        closed, tables["round_policies"].iloc[:0], companies, investors, tables["segment_readings"]
    )
    main = totals[totals["policy"].eq(OURS)].assign(of="total").rename(columns={"total": "which"})
    of_company = companies.set_index("company_id")
    wide = closed.assign(
        cohort=closed["company_id"].map(of_company["cohort"]),
        segment=closed["company_id"].map(of_company["segment"]),
        year=closed["date_end"].str[:4].fillna("undated"),
    )
    portfolio = bet_rounds(
        closed.assign(date_end=pd.to_datetime(closed["date_end"])), companies, tables["round_investors"]
    )
    parts = [
        sums.by(frame, column).rename(columns={column: "which"}).sort_values("which").assign(of=of)
        for frame, column, of in [
            (wide, "cohort", "cohort"),
            (wide, "segment", "segment"),
            (wide, "year", "year"),
            (portfolio, "company", "with Alibaba"),
        ]
    ]
    every = pd.concat([main, *parts])[["of", "which", *sums.COUNTS, *sums.MONEY]]
    return every.assign(**{end: every[end].map(whole).astype("Int64") for end in sums.MONEY})


def whole(amount: float) -> int | None:
    """An amount in whole dollars: what a processor makes of the last digits does not show."""
    return None if pd.isna(amount) else round(amount)


def snapshots(built: Built) -> dict[str, str]:
    """The text of each snapshot by its file name."""
    frames = {"tables.csv": counts(built), "dollars.csv": dollars(built)}
    return {name: frame.to_csv(index=False, lineterminator="\n") for name, frame in frames.items()}


def difference(name: str, accepted: str, now: str) -> str:
    """What changed, line by line, and how to accept it; nothing where nothing did."""
    lines = "\n".join(
        unified_diff(accepted.splitlines(), now.splitlines(), "accepted", "now", lineterm="", n=0)
    )
    if not lines:
        return ""
    return (
        f"{name} is not what was accepted:\n{lines}\n"
        "If that is right: `make snapshot`, and write old and new value into CHANGELOG.md."
    )


@pytest.mark.parametrize("name", ["tables.csv", "dollars.csv"])
def test_the_tables_have_the_accepted_counts_and_totals(name: str, built: Built) -> None:
    accepted = (FOLDER / name).read_text(encoding="utf-8")
    if changed := difference(name, accepted, snapshots(built)[name]):
        pytest.fail(changed, pytrace=False)


def test_a_change_shows_as_the_lines_that_changed() -> None:
    before = "of,which,usd_low\ntotal,all,100\ntotal,trio,20\n"
    assert difference("dollars.csv", before, before) == ""
    told = difference("dollars.csv", before, before.replace("100", "101"))
    assert "\n-total,all,100\n+total,all,101\n" in told
    assert "trio" not in told
    assert "make snapshot" in told
    assert "CHANGELOG.md" in told


def test_a_million_more_in_one_round_changes_both(built: Built) -> None:
    rounds = built.tables["rounds"]
    of_trio = rounds["round_id"].eq("shengshu-2026-04")
    more = rounds.assign(usd_low=rounds["usd_low"].mask(of_trio, rounds["usd_low"] + 1e6))
    before, after = snapshots(built), snapshots(replace(built, tables={**built.tables, "rounds": more}))
    assert "\n-rounds,usd_low,," in difference("", before["tables.csv"], after["tables.csv"])
    told = difference("", before["dollars.csv"], after["dollars.csv"])
    for line in (
        "total,rounds of the trio,15",
        "cohort,alibaba-trio,15",
        "year,2026,",
        "with Alibaba,ShengShu,",
    ):
        assert f"\n-{line}" in told


if __name__ == "__main__":
    for file, text in snapshots(make()).items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")
