"""`explain` and `find` on a small made-up record with known answers, and on the traps of the real one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from analysis.__main__ import app
from analysis.build import Built, build
from analysis.load import table
from analysis.provenance import TABLES, Explanation, Provenance
from tests.conftest import write_raw

Ask = Callable[..., Result]

COMPANIES = [
    {"company_id": "acme", "name": "Acme", "name_zh": "爱克米", "country": "CN"},
    {"company_id": "bolt", "name": "Bolt Labs", "name_zh": "", "country": "US"},
]
ALIASES = [("艾克米科技", "acme"), ("Acme Vision", "acme")]
INVESTORS = [
    ("North Fund", "North Fund", "North"),
    ("North-backed Giant Capital", "Giant Capital", "none"),
    ("北方基金", "North Fund", "North"),
    ("North Cloud", "North Cloud", "North"),
    ("Giant Capital", "Giant Capital", "none"),
]
DEAL = {"company": "Acme", "round": "Series B", "announced": "2026-04-10", "published": "2026-04-10"}
LONG = "https://example.org/" + "a-very-long-path/" * 20
REPORTS = [
    {**DEAL, "report_id": "r1", "amount": "2 billion yuan", "lead_investors": "North Fund",
     "reliability": "high", "url": LONG, "note": "read \u202egnisrever\u202c aloud"},
    {**DEAL, "report_id": "r2", "amount": "2 billion yuan ($290 million)", "lead_investors": "北方基金",
     "origin": "Wire"},
    {**DEAL, "report_id": "r3", "amount": "$2.9 billion", "reliability": "low"},
    {**DEAL, "report_id": "r4", "amount": "$100 million", "kind": "part", "lead_investors": "North Cloud",
     "round": "", "published": "2026-04-12"},
    {**DEAL, "report_id": "r5", "amount": "$280 million", "status": "in talks", "announced": "2026-03-02",
     "published": "2026-03-02", "lead_investors": "North Fund", "round": ""},
    {"report_id": "r6", "company": "Agme", "round": "A轮", "amount": "$10 million", "announced": "2025-05",
     "published": "2025-06-01", "lead_investors": "Giant Capital"},
    {"report_id": "r7", "company": "Bolt Labs", "round": "Seed", "amount": "undisclosed",
     "published": "2024-02", "lead_investors": "North Cloud"},
]  # fmt: skip
CORRECTION = {
    "report_id": "r6", "field": "company", "expected_text": "Agme", "corrected_text": "Bolt Labs",
    "reason": "The page misspells the name of another company.",
}  # fmt: skip
READING = {
    "segment": "video", "name": "video", "ring": "outer", "digital_or_physical": "digital",
    "human_level_need": "none", "reason": "Clips are made to watch.",
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/ and the processed/ that was built from it."""
    folder = tmp_path_factory.mktemp("small")
    raw = folder / "raw"
    sheets = {
        "companies.csv": COMPANIES,
        "company_aliases.csv": [{"alias": alias, "company_id": key} for alias, key in ALIASES],
        "investor_aliases.csv": [
            {"alias": alias, "investor": name, "parent_group": group} for alias, name, group in INVESTORS
        ],
        "funding_reports.csv": [
            {
                "publisher": f"Paper {row['report_id']}",
                "url": f"https://example.org/{row['report_id']}",
                **row,
            }
            for row in REPORTS
        ],
        "corrections.csv": [CORRECTION],
        "segment_readings.csv": [READING],
    }
    write_raw(raw, sheets, ("2025-05-16,1.1,8.0", "2026-03-02,1.2,8.4", "2026-04-10,1.2,8.4"))
    build(raw, folder / "processed")
    return folder


@pytest.fixture(scope="module")
def ask(small: Path) -> Ask:
    """Run a command on the small record."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(
            app, [*words, "--data", str(small / "processed"), "--raw", str(small / "raw")]
        )

    return run


@pytest.fixture(scope="module")
def deal(ask: Ask) -> str:
    """What `explain` says of the deal of April 2026."""
    result = ask("explain", "acme-2026-04")
    assert result.exit_code == 0, result.output
    return result.output


def found(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.split()[0] for line in result.stdout.splitlines()[1:]]


def block(text: str, heading: str) -> str:
    """The lines under a heading, up to the next blank one."""
    _, _, rest = f"\n{text}".partition(f"\n{heading}")
    assert rest, f"no {heading!r} in:\n{text}"
    return rest.split("\n\n")[0]


def test_the_chosen_values_name_their_report_and_the_rate(deal: str) -> None:
    assert deal.startswith("Acme, Series B, closed\nacme-2026-04, as of 2026-11-23\n")
    values = block(deal, "Values\n")
    assert "amount: CNY 2 billion\n" in values
    assert (
        "in dollars: USD 285.7 million, at CNY 7 for USD 1, the ECB's reference rate of 2026-04-10" in values
    )
    assert 'from r1 (Paper r1), as written: "2 billion yuan"' in values
    assert "date: 2026-04-10\n" in values
    assert "lead investors: North Fund\n" in values
    assert "valuation: no report says it" in values


def test_values_that_lost_say_what_they_probably_are(deal: str) -> None:
    lost = block(deal, "Values that lost\n")
    assert "amount: USD 2.9 billion  probably: tenfold slip" in lost
    assert "amount: USD 290 million  probably: rounding" in lost
    assert "1 point, from r3" in lost


def test_talks_parts_and_cheques_stand_beside_the_round(deal: str) -> None:
    assert block(deal, "Talks that became it\n").split() == [
        *("acme-2026-03-talks", "2026-03-02", "USD", "280", "million", "in", "talks", "1", "report"),
    ]  # fmt: skip
    assert "$100 million (North Cloud), r4 (Paper r4)" in block(deal, "Parts of it, never added to it\n")
    cheques = [line for line in block(deal, "Investors\n").splitlines() if "put in" in line]
    assert len(cheques) == 1
    assert cheques[0].split()[:2] == ["North", "Cloud"]
    assert cheques[0].endswith("put in USD 100 million")


def test_each_report_is_shown_with_its_link_reason(deal: str) -> None:
    reports = block(deal, "4 reports, 4 independent, oldest first\n")
    assert reports.count("joined: ") == 4
    assert "r2  Paper r2  2026-04-10" in reports
    assert "reliability medium, repeats Wire, round, closed, seen as page" in reports
    assert "joined: with r" in reports


def test_an_address_stays_whole_and_hostile_signs_are_escaped(deal: str) -> None:
    assert LONG in [line.strip() for line in deal.splitlines()]
    assert r"note: read \u202egnisrever\u202c aloud" in deal
    assert "\u202e" not in deal
    assert "\x1b" not in deal


def test_talks_name_the_closing_that_they_became(ask: Ask) -> None:
    text = ask("explain", "acme-2026-03-talks").stdout
    assert "Acme, in talks\n" in text
    assert block(text, "These talks became\n").split()[0] == "acme-2026-04"


def test_a_correction_is_shown_with_its_reason(ask: Ask) -> None:
    text = ask("explain", "r6").stdout
    assert text.startswith("Bolt Labs, Series A, closed\nbolt-2025-05,")
    assert (
        'CORRECTED company: the page says "Agme", read as "Bolt Labs": '
        "The page misspells the name of another company." in text
    )


def test_a_correction_that_is_not_in_the_tables_yet_is_not_shown(small: Path) -> None:
    tables = {name: table(name, small / "processed") for name in TABLES}
    later = pd.DataFrame([CORRECTION | {"expected_text": "Bolt Labs", "corrected_text": "Bolt"}])
    told = Provenance(tables, later).explain("bolt-2025-05")
    assert [report.corrections for report in told.reports] == [()]


@pytest.mark.parametrize("text", ["bolt-2025-05", "BOLT-2025-05 ", "bolt-2025", "r6"])
def test_a_round_is_named_by_id_beginning_or_report(ask: Ask, text: str) -> None:
    assert ask("explain", text).stdout.splitlines()[1].startswith("bolt-2025-05,")


def test_a_beginning_of_several_rounds_lists_them(ask: Ask) -> None:
    result = ask("explain", "acme-2026")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Error: 'acme-2026' is the beginning of 2 rounds. Which one?" in result.stderr
    assert "\n  acme-2026-03-talks\n  acme-2026-04\n" in result.stderr


@pytest.mark.parametrize("text", ["acme-206-04", "爱克米"])
def test_an_unknown_round_suggests_near_ones(ask: Ask, text: str) -> None:
    result = ask("explain", text)
    assert result.exit_code == 1
    assert f"Error: There is no round {text!r}." in result.stderr
    assert "\n  acme-2026-04\n" in result.stderr


ACME = ["acme-2026-03-talks", "acme-2026-04"]
BOLT = ["bolt-2024-02", "bolt-2025-05"]


@pytest.mark.parametrize(
    ("text", "rounds"),
    [
        ("acme", ACME),
        ("Acme Vision", ACME),
        ("爱克米", ACME),
        ("愛克米", ACME),
        ("艾克米科技", ACME),
        ("labs", BOLT),
        ("Giant", ["bolt-2025-05"]),
        ("North Cloud", ["bolt-2024-02", "acme-2026-04"]),
        ("north", ["bolt-2024-02", *ACME]),
        ("北方基金", ACME),
        ("北方", ACME),
        ("Series B", ["acme-2026-04"]),
        ("B轮", ["acme-2026-04"]),
        ("Series A", ["bolt-2025-05"]),
        ("bolt-2025", ["bolt-2025-05"]),
    ],
)
def test_rounds_are_found_under_every_name_by_date(ask: Ask, text: str, rounds: list[str]) -> None:
    assert found(ask("find", *text.split())) == rounds


def test_a_found_round_is_one_line_of_labelled_columns(ask: Ask) -> None:
    header, line = ask("find", "Series", "B").stdout.splitlines()
    cells = {
        "round_id": "acme-2026-04",
        "company": "Acme",
        "label": "Series B",
        "date": "2026-04-10",
        "amount": "CNY 2 billion",
        "in dollars": "USD 285.7 million",
        "leads": "North Fund",
        "status": "closed",
        "disputed": "",
    }
    for name, text in cells.items():
        assert line[header.index(name) :].startswith(text), name


@pytest.mark.parametrize(
    ("text", "hint"), [("Acmee", "Did you mean Acme?"), ("ant", "such as Vidu"), ("!", "such as Vidu")]
)
def test_nothing_found_says_so_with_a_hint(ask: Ask, text: str, hint: str) -> None:
    result = ask("find", text)
    assert result.exit_code == 1
    assert f"Error: Nothing was found for {text!r}." in result.stderr
    assert hint in result.stderr


@pytest.mark.parametrize("command", ["explain", "find"])
def test_tables_that_are_not_built_are_named(tmp_path: Path, command: str) -> None:
    result = CliRunner().invoke(app, [command, "acme", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "does not exist yet: run `make`" in result.stderr


def test_explain_needs_no_raw_files(small: Path, tmp_path: Path) -> None:
    arguments = ["explain", "r6", "--data", str(small / "processed"), "--raw", str(tmp_path)]
    assert "Bolt Labs, Series A, closed" in CliRunner().invoke(app, arguments).stdout


# --- the real record -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def record(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The tables of the real record as `load` gives them."""
    folder = tmp_path_factory.mktemp("processed")
    for name, content in built.files().items():
        (folder / name).write_bytes(content)
    return {name: table(name, folder) for name in TABLES}


@pytest.fixture(scope="module")
def told(record: dict[str, pd.DataFrame]) -> Callable[[str], Explanation]:
    return Provenance(record).explain


def value(explanation: Explanation, field: str) -> str:
    return next(value.value for value in explanation.values if value.field == field)


def lost(explanation: Explanation, field: str) -> dict[str, str]:
    return {lost.value: lost.probably for lost in explanation.lost if lost.field == field}


def test_every_report_and_conflict_is_in_some_explanation(
    record: dict[str, pd.DataFrame], told: Callable[[str], Explanation]
) -> None:
    shown = list(map(told, record["rounds"]["round_id"]))
    assert sum(len(one.reports) for one in shown) == len(record["reports"])
    assert sum(len(one.lost) for one in shown) == len(record["conflicts"])


def test_shengshu_one_yuan_sum_and_five_dollar_figures(told: Callable[[str], Explanation]) -> None:
    april = told("shengshu-2026-04")
    assert value(april, "amount").startswith("CNY 2 billion")
    assert len(lost(april, "amount")) == 5


def test_pixverse_extension_or_whole_series_is_disputed(told: Callable[[str], Explanation]) -> None:
    july = told("pixverse-2026-07")
    assert value(july, "amount") == "USD 439 million (bounds: 139 million to 439 million)"
    assert {field.field for field in july.values if field.disputed} == {"label", "amount"}


def test_kling_two_tranches_and_the_valuation_of_its_talks(told: Callable[[str], Explanation]) -> None:
    july = told("kling-2026-07")
    valuation = next(value for value in july.values if value.field == "valuation")
    assert valuation.value.startswith("USD 18 billion")
    assert valuation.source_round_id.endswith("-talks")
    assert valuation.publisher
    assert lost(july, "valuation") == {"USD 180 billion": "tenfold slip"}
    assert {part.amount for part in july.parts} >= {"52.2亿元", "138.2亿元"}


@pytest.mark.parametrize(
    ("round_id", "amount", "slip"),
    [
        ("moonshot-2025-12", "USD 500 million", "USD 5 billion"),
        ("moonshot-2026-02-talks", "at least USD 700 million", "USD 7 billion"),
    ],
)
def test_moonshot_slips(told: Callable[[str], Explanation], round_id: str, amount: str, slip: str) -> None:
    assert value(told(round_id), "amount") == amount
    assert lost(told(round_id), "amount")[slip] == "tenfold slip"


def test_world_labs_the_part_is_not_the_round(told: Callable[[str], Explanation]) -> None:
    february = told("world-labs-2026-02")
    assert value(february, "amount") == "USD 1 billion"
    assert [stake.cheque for stake in february.stakes if stake.investor == "Autodesk"] == ["USD 200 million"]


def test_physical_intelligence_and_minimax(told: Callable[[str], Explanation]) -> None:
    assert value(told("physical-intelligence-2025-11"), "amount") == "USD 600 million"
    listing = told("minimax-2026-01-ipo")
    assert listing.dollars is not None
    assert listing.dollars.currency == "HKD"


def test_the_page_on_agibot_belongs_to_x_square() -> None:
    result = CliRunner().invoke(app, ["explain", "rbf07e55a"])
    assert result.stdout.startswith("X Square Robot, ")
    assert 'CORRECTED company: the page says "Agibot", read as "X Square Robot"' in result.stdout


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("ShengShu", "生数科技"), ("PixVerse", "爱诗科技"), ("Kuaishou", "快手"), ("Alibaba", "阿里巴巴")],
)
def test_a_name_finds_the_same_rounds_in_both_languages(english: str, chinese: str) -> None:
    one, other = (CliRunner().invoke(app, ["find", name]) for name in (english, chinese))
    assert found(one) == found(other) != []
