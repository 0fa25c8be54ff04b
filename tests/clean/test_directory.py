"""Who is who, from made-up raw files: spellings, seats, and rows that contradict each other."""

from collections.abc import Sequence

import pandas as pd
import pytest

from analysis.clean.directory import read_directory

COLUMNS = {
    "companies.csv": ("company_id", "name", "name_zh", "country", "cohort"),
    "company_aliases.csv": ("alias", "company_id"),
    "investor_aliases.csv": ("alias", "investor", "parent_group", "kind"),
}
Rows = Sequence[Sequence[str]]
ACME = ("acme", "Acme Labs", "极致科技", "CN", "video-rival")
BOLT = ("bolt", "Bolt", "", "GB", "context")


def read(companies: Rows = (ACME, BOLT), aliases: Rows = (), investors: Rows = ()):
    """The directory of raw rows, whose lines are counted from 2, and its problems."""
    sheets = {}
    for (name, columns), rows in zip(COLUMNS.items(), (companies, aliases, investors), strict=True):
        lines = pd.Series(range(2, len(rows) + 2), dtype="int64")
        sheets[name] = pd.DataFrame(rows, columns=list(columns), dtype="str").assign(line=lines)
    return read_directory(sheets)


def test_a_company_goes_by_its_names_its_aliases_and_its_id() -> None:
    directory, problems = read(aliases=[("Acme Video", "acme")])
    assert problems == []
    for name in ("Acme Labs", "ACME LABS, Inc.", "极致科技", "極致科技", "Acme Video", "acme"):
        assert directory.companies.resolve(name) == "acme"
    assert directory.companies.resolve("Bolt") == "bolt"
    assert directory.companies.resolve("") is None


def test_the_currency_of_a_seat() -> None:
    directory, _ = read(
        [ACME, BOLT, ("coda", "Coda", "", "FR", "context"), ("dune", "Dune", "", "BR", "context")]
    )
    assert directory.home_currency == {"acme": "CNY", "bolt": "GBP", "coda": "EUR"}


def test_investors_and_their_groups() -> None:
    investors = [
        ("North Fund", "North Fund", "North", "fund"),
        ("北方基金", "North Fund", "North", "fund"),
        ("East", "East Fund", "", "fund"),
    ]
    directory, problems = read(investors=investors)
    assert problems == []
    assert directory.investors.resolve("北方基金").name == "North Fund"
    assert directory.investors.resolve("North Fund").parent_group == "North"
    assert sorted(investor.name for investor in directory.investors) == ["East Fund", "North Fund"]


@pytest.mark.parametrize(
    ("companies", "aliases", "investors", "place"),
    [
        ([("../acme", "Acme", "", "CN", "context")], (), (), ("companies.csv", 2, "company_id", "../acme")),
        ([ACME, ("bolt", "Bolt", "", "XX", "context")], (), (), ("companies.csv", 3, "country", "XX")),
        ([ACME, ("bolt", "Bolt", "", "CN", "rivals")], (), (), ("companies.csv", 3, "cohort", "rivals")),
        ([ACME], [("Acme", "acme"), ("B", "bolt")], (), ("company_aliases.csv", 3, "company_id", "bolt")),
        (
            [ACME, BOLT],
            [("A", "acme"), ("Bolt Ltd", "acme"), ("C", "acme")],
            (),
            ("company_aliases.csv", 3, "alias", "Bolt Ltd"),
        ),
        (
            [ACME],
            (),
            [("N", "North", "Sun", "fund"), ("S", "South", "Sun", "fund"), ("NN", "North", "Moon", "fund")],
            ("investor_aliases.csv", 4, "investor", "North"),
        ),
        (
            [ACME],
            (),
            [("N", "North Fund", "", "fund"), ("S", "South", "", "fund"), ("F", "North-Fund", "", "fund")],
            ("investor_aliases.csv", 4, "investor", "North-Fund"),
        ),
    ],
)  # fmt: skip
def test_what_contradicts_stops_the_build_and_says_where(
    companies: Rows, aliases: Rows, investors: Rows, place: tuple[str, int, str, str]
) -> None:
    directory, problems = read(companies, aliases, investors)
    assert {(p.file, p.line, p.column, p.text) for p in problems} == {place}
    assert all(p.fatal and p.reason and p.action for p in problems)
    assert directory.companies.resolve(companies[0][1]) == companies[0][0]


def test_what_stands_before_a_contradiction_is_known() -> None:
    directory, [problem] = read(aliases=[("A", "acme"), ("Bolt Ltd", "acme"), ("C", "acme")])
    assert problem.reason == "ambiguous alias: 'Bolt' is 'bolt' but 'Bolt Ltd' is 'acme'"
    assert (directory.companies.resolve("A"), directory.companies.resolve("C")) == ("acme", None)


def test_a_shifted_row_of_investors_is_set_aside() -> None:
    sheets = {
        "companies.csv": pd.DataFrame([(*ACME, 2)], columns=[*COLUMNS["companies.csv"], "line"]),
        "company_aliases.csv": pd.DataFrame([], columns=[*COLUMNS["company_aliases.csv"], "line"]),
        "investor_aliases.csv": pd.DataFrame(
            [
                ("North", "North Fund", "none", "fund", "Paper", "https://example.org/1", 2),
                ("East", "East Fund", "none", "fund", "", "", 3),
                ("West Fund", "none", "fund", "Paper", "https://example.org/1", "", 4),
            ],
            columns=[*COLUMNS["investor_aliases.csv"], "publisher", "url", "line"],
        ),
    }
    directory, [problem] = read_directory(sheets)
    assert [investor.name for investor in directory.investors] == ["North Fund", "East Fund"]
    assert (problem.line, problem.column, problem.fatal) == (4, "url", False)
    assert "set aside" in problem.action
