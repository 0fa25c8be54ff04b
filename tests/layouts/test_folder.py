"""Folders of exported tables through the whole build."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.build import RAW, BuildError, Built, make
from analysis.clean.sheets import Problem
from analysis.layouts.companies import company_id, country_code, near_duplicates, new_companies
from analysis.layouts.folder import layouts_in, read_exports
from analysis.parse.addresses import is_id
from analysis.parse.names import Aliases

TOML = """
[columns]
company = "Firm"
round = "Series"
amount = "Size ($m)"
date = "Day"
investors = "Backers"
country = "Seat"
[amount]
unit = "million"
currency = "USD"
[fixed]
publisher = "List"
url = "https://example.org/list"
collected = "2026-11-23"
[companies]
segment = "world-model"
cohort = "world-model"
"""
CSV = """Firm,Series,Size ($m),Day,Backers,Seat
ShengShu,Series B,290,4/20/2026,Alibaba Cloud,China
Zyx Worlds,Seed,12.5,5/6/2026,North Fund,United States
Zyx World,Series A,odd,7/8/2026,,
爱丽丝机器人,A轮,20,2026-07-09,北方基金,中国
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A build from two tables beside each other, the second with an overlap and a broken row."""
    folder = tmp_path_factory.mktemp("exports")
    more = CSV.splitlines()[0] + '\nShengShu,Series B,290,4/20/2026,Alibaba Cloud,China\nX,"a"b,,,,\n'
    write(folder, april_csv=CSV, april_toml=TOML, may_csv=more, may_toml=TOML)
    return make(folder, add_companies=True)


def test_every_row_is_accounted_for(exported: Built) -> None:
    assert (exported.n_raw, len(exported.reports), exported.n_merged, exported.n_set_aside) == (6, 4, 0, 2)
    rounds = exported.tables["rounds"].set_index("company")
    assert rounds.loc["ShengShu", "company_id"] == "shengshu"
    assert rounds.loc["Zyx Worlds", "usd_stated"] == 12_500_000
    assert str(rounds.loc["ShengShu", "date_start"]) == "2026-04-20"


def test_problems_name_file_line_and_column_of_the_export(exported: Built) -> None:
    told = exported.tables["problems"]
    told = told[told["file"].isin(["april.csv", "may.csv"])]
    found = set(told[["file", "line", "column", "reason"]].fillna("").itertuples(index=False, name=None))
    assert ("april.csv", 4, "Size ($m)", "no amount could be taken from it") in found
    assert ("april.csv", 3, "Firm", "a new company, and Zyx World is nearly the same name") in found
    assert ("may.csv", 2, "", "the same report stands in april.csv") in found
    assert ("may.csv", 3, "Series", "a stray quote, character 5: text follows it in the cell") in found


def test_unknown_companies_become_companies_and_are_never_merged(exported: Built) -> None:
    companies = exported.tables["companies"].set_index("name")
    assert {"Zyx Worlds", "Zyx World", "爱丽丝机器人"} <= set(companies.index)
    assert companies.loc["Zyx Worlds", ["country", "segment", "cohort"]].tolist() == [
        "US", "world-model", "world-model",
    ]  # fmt: skip
    assert companies.loc["Zyx World", "country"] == "ZZ"
    assert is_id(companies.loc["爱丽丝机器人", "company_id"])


def test_sheets_that_are_missing_come_from_data_raw_but_no_decision_about_reports(exported: Built) -> None:
    assert "companies.csv" in exported.raw.borrowed
    assert not {"funding_reports.csv", "corrections.csv", "judgements.csv"} & set(exported.raw.borrowed)
    assert exported.raw.sheets["judgements.csv"].empty


def test_beside_reports_of_ones_own_and_without_the_flag_unknown_companies_are_problems(
    tmp_path: Path,
) -> None:
    lines = (RAW / "funding_reports.csv").read_text(encoding="utf-8").splitlines()
    own = next(line for line in lines if "ShengShu" in line)
    folder = write(tmp_path, x_csv=CSV, x_toml=TOML, funding_reports_csv=f"{lines[0]}\n{own}\n")
    built = make(folder)
    assert built.n_raw == 5
    assert len(built.reports) == 2
    told = [problem for problem in built.problems if problem.reason == "unknown company"]
    assert [(problem.file, problem.line, problem.column) for problem in told] == [
        ("x.csv", line, "Firm") for line in (3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("files", "file", "reason"),
    [
        ({"x_toml": TOML}, "x.toml", "none of x.csv and x.xlsx beside it"),
        ({"x_toml": TOML, "x_csv": CSV, "x_xlsx": ""}, "x.toml", "both of x.csv and x.xlsx beside it"),
        ({"x_toml": "[columns]", "x_csv": CSV}, "x.toml", "missing"),
        ({"x_toml": TOML.replace("Firm", "Name"), "x_csv": CSV}, "x.csv", "the column Name is missing"),
        ({"x_toml": TOML, "x_csv": CSV.replace("4/20", "4/2")}, "x.csv", "the order of the dates is open"),
    ],
)
def test_what_keeps_a_folder_from_being_built(
    tmp_path: Path, files: dict[str, str], file: str, reason: str
) -> None:
    exports = read_exports(layouts_in(write(tmp_path, **files)), "funding_reports.csv", 1)
    fatal = [problem for problem in exports.problems if problem.fatal]
    assert any(problem.file == file and reason in problem.reason for problem in fatal), fatal


def test_new_companies_need_a_segment(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as error:
        make(
            write(tmp_path, x_csv=CSV, x_toml=TOML.replace('segment = "world-model"', "")), add_companies=True
        )
    [problem] = [problem for problem in error.value.problems if problem.fatal]
    assert (problem.file, problem.column) == ("x.toml", "companies.segment")


def test_a_folder_without_a_layout_lacks_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as error:
        make(write(tmp_path, x_csv=CSV))
    missing = {problem.file for problem in error.value.problems if "cannot be read" in problem.reason}
    assert {"companies.csv", "funding_reports.csv", "ecb_reference_rates.csv"} <= missing
    assert layouts_in(tmp_path) == []


def test_problems_of_other_sheets_and_of_own_reports_stay_where_they_are(tmp_path: Path) -> None:
    folder = write(tmp_path, x_csv=CSV, x_toml=TOML)
    exports = read_exports(layouts_in(folder), "funding_reports.csv", 100)
    own = Problem("funding_reports.csv", 100, "amount", "", "", "")
    other = Problem("companies.csv", 102, "name", "", "", "")
    there = Problem("funding_reports.csv", 102, "amount", "", "", "")
    assert exports.placed([own, other]) == [own, other]
    assert exports.placed([there]) == [Problem("x.csv", 2, "Size ($m)", "", "", "")]


# --- companies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Acme", "01.AI", "生数科技", "con", "Ünïcode AG", "x" * 200, "A/S & Söhne", "Рога"]
)
def test_every_name_gives_an_id(name: str) -> None:
    assert is_id(company_id(name))


def test_spellings_of_one_name_give_one_company_by_its_usual_spelling() -> None:
    reports = pd.DataFrame(
        {"company": ["Zyx Ltd.", "ZYX", "ZYX", "Acme", "???"], "country": "", "cohort": "context",
         "segment": "games", "line": range(2, 7)}
    )  # fmt: skip
    made = new_companies(reports, Aliases([("Acme", "acme")]))
    assert made[["company_id", "name", "line"]].to_numpy().tolist() == [["zyx", "ZYX", 3]]
    turned = new_companies(reports.iloc[::-1], Aliases([("Acme", "acme")]))
    assert turned["company_id"].tolist() == ["zyx"]


def test_near_names_are_shown_once_and_other_names_are_not() -> None:
    names = ["Craftsvilla", "Craftstvilla", "Acme", "Alpha Robotics", "生数科技集团", "生数科技集国"]
    made = pd.DataFrame({"name": names, "line": range(2, 8)})
    told = near_duplicates(made, ["Alpha Robotic"], "x.csv")
    assert {(problem.text, problem.reason.split("and ")[1]) for problem in told} == {
        ("Alpha Robotics", "Alpha Robotic is nearly the same name"),
        ("Craftstvilla", "Craftsvilla is nearly the same name"),
    }


def test_countries_by_code_and_by_name() -> None:
    names = ("cn", "South Korea", "中国", "Hong Kong", "India", "Nowhere")
    assert [country_code(name) for name in names] == ["CN", "KR", "CN", "HK", "IN", "ZZ"]
