"""The article's claims: each verdict as a reader of the raw files would give it, and as those move it."""

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from analysis.build import RAW, Built, make, read_raw
from analysis.clean.claims import check_claims
from analysis.clean.claims.article import Article, Days, counted, listed, sentence
from analysis.clean.claims.sums import money
from analysis.clean.directory import Directory, read_directory
from analysis.columns import ARTICLE_CHECKS

CASES = Path(__file__).parents[1] / "cases" / "article_checks.csv"
ENUM = next(column.enum for column in ARTICLE_CHECKS if column.name == "verdict")
Cells = dict[str, str]


def read(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(path: Path, change: Callable[[Cells], None]) -> None:
    rows = read(path)
    before = [dict(row) for row in rows]
    for row in rows:
        change(row)
    assert rows != before, f"nothing in {path.name} was changed"
    write(path, rows)


def write(path: Path, rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def by_claim(built: Built) -> dict[str, Mapping[str, object]]:
    return {row["claim_id"]: row for row in built.tables["article_checks"].to_dict("records")}


Check = Callable[[pd.DataFrame], dict[str, Mapping[str, object]]]


@pytest.fixture(scope="session")
def directory() -> Directory:
    return read_directory(read_raw(RAW)[0])[0]


@pytest.fixture(scope="session")
def check(built: Built, directory: Directory) -> Check:
    """Hold claims against the tables of the committed raw files."""
    rates = read_raw(RAW)[2]

    def checked(claims: pd.DataFrame) -> dict[str, Mapping[str, object]]:
        table = check_claims(claims, built.tables, directory, rates)
        return {row["claim_id"]: row for row in table.to_dict("records")}

    return checked


# --- the article --------------------------------------------------------------------------------------------


def test_every_claim_has_a_label(built: Built) -> None:
    assert list(by_claim(built)) == [case["claim_id"] for case in read(CASES)]


@pytest.fixture(scope="module")
def article(check: Check) -> dict[str, Mapping[str, object]]:
    return check(pd.DataFrame(read(RAW / "article_claims.csv")))


def test_checked_again_the_claims_are_as_built(
    article: dict[str, Mapping[str, object]], built: Built
) -> None:
    for claim_id, row in by_claim(built).items():
        again = article[claim_id]
        assert {name: again[name] for name in row if pd.notna(row[name])} == {
            name: value for name, value in row.items() if pd.notna(value)
        }


@pytest.mark.parametrize("case", read(CASES), ids=lambda case: case["claim_id"])
def test_verdict_as_labelled(case: Cells, article: dict[str, Mapping[str, object]]) -> None:
    found = article[case["claim_id"]]
    assert found["verdict"] == case["verdict"]
    assert (found["round_id"] if pd.notna(found["round_id"]) else "") == case["round_id"]
    for figure in case["says"].split("|"):
        assert figure.casefold() in str(found["nuance"]).casefold()


def test_evidence_stands_where_it_says(built: Built) -> None:
    reports = set(built.tables["reports"]["report_id"])
    for row in by_claim(built).values():
        assert row["verdict"] in ENUM
        for place in str(row["evidence"]).split("; "):
            table, _, record_id = place.partition(":")
            known = set(built.tables[table]["record_id"]) if record_id else reports
            assert (record_id or place) in known


# --- other raw rows, other verdicts -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mapping[str, object]]:
    """The same article against raw files that say something else of nearly everything."""
    raw = Path(copytree(RAW, tmp_path_factory.mktemp("moved") / "raw"))

    def report(row: Cells) -> None:
        if row["amount"] in (
            "600 million yuan",
            "over 600 million yuan",
            "exceeding RMB 600 million",
            "超 6 亿元",
        ):
            row["amount"] = "600 million yuan"
        if row["report_id"] == "r490a8f5d":
            row["investors"] = "Wondershare; Qiming Venture Partners"
        if row["report_id"] == "r548624ed":
            row["announced"] = "2026-02-25"
        if "ShengShu" in row["company"] or row["company"] in ("Shengshu", "Shengshu Technology", "生数科技"):
            row["investors"] = row["investors"].replace("TAL Education", "Old Oak")
            if "Alibaba" in row["lead_investors"] or "阿里" in row["lead_investors"]:
                row["lead_investors"] = "Tencent"
        if row["report_id"] in ("r12715a05", "ra7c62fbc", "rf47fd808"):
            row["amount"], row["lead_investors"] = "$80 million", "Tencent"
        if row["report_id"] == "re63513e9":
            row.update(
                lead_investors="", investors="Baidu Ventures", reliability="high", announced="2026-03-20"
            )
        if row["report_id"] == "r2c864e06":
            row["investors"] = ""

    def event(row: Cells) -> None:
        who, what = row["developer"], row["product"]
        if who == "生数科技 ShengShu" and what.startswith("Vidu 1.0"):
            row["date"] = "2025-07"
        if who == "OpenAI" and row["event"] in (
            "shutdown announced",
            "retirement",
            "discontinuation timeline",
        ):
            row["event"] = "rumour"
        if who in ("Kuaishou", "快手"):
            row["developer"] = "Nobody"
        if "Alibaba" in who or who == "阿里巴巴":
            row["open_weights"] = row["open_weights"].replace("yes", "no")
        if what in ("RynnBrain", "ABot-M0 and ABot-N0"):
            row["date"] = "2025-02"

    def capability(row: Cells) -> None:
        if (row["model"], row["attribute"]) == ("Vidu Q3 Pro", "release_date"):
            row["value"] = "2026-03-30"
        if row["value"] == "2024-07-30":
            row["value"] = "2025-07-30"
        if row["developer"] in ("Kuaishou", "快手", "KlingAI", "Kling AI", "Kling"):
            row["developer"] = "Nobody"

    def score(row: Cells) -> None:
        if row["model"].lower().replace(" ", "-") == "vidu-q3-pro" and row["rank"].isdigit():
            row["rank"] = "30"

    rewrite(raw / "funding_reports.csv", report)
    rewrite(raw / "product_events.csv", event)
    rewrite(raw / "model_capabilities.csv", capability)
    rewrite(raw / "leaderboard_scores.csv", score)
    fact = {"company": "生数科技 ShengShu", "publisher": "X", "reliability": "low", "url": "https://x.org/1"}
    facts = read(raw / "company_facts.csv")
    write(
        raw / "company_facts.csv",
        [
            *facts,
            {**facts[0], **fact, "fact": "plan", "value": "one model for the digital and the physical world"},
            {**facts[0], **fact, "fact": "partners", "value": "three makers of embodied AI"},
        ],
    )
    return by_claim(make(raw))


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("a03", "contradicted"),  # another lead
        ("a04", "not found"),  # another investor
        ("a06", "confirmed"),  # nobody says "over"
        ("a07", "confirmed"),  # the company's own list names it too
        ("a08", "confirmed"),  # 44 days
        ("a09", "contradicted"),  # out in March
        ("a10", "contradicted"),  # rank 30
        ("a11", "contradicted"),  # open to everybody half a year after Sora
        ("a12", "contradicted"),  # the first word of an end came after the article
        ("a13", "not found"),
        ("a15", "confirmed"),  # a good source, and a day
        ("a16", "not found"),
        ("a17", "confirmed"),
        ("a18", "contradicted"),  # 20 March was before the round
        ("a19", "contradicted"),  # a third more
        ("a20", "contradicted"),
        ("a21", "confirmed"),
        ("a22", "contradicted"),
        ("a23", "not found"),  # a year too early
        ("a24", "confirmed"),
        ("a25", "confirmed"),
    ],
)
def test_a_raw_row_moves_the_verdict(
    claim_id: str, verdict: str, moved: Mapping[str, Mapping[str, object]], built: Built
) -> None:
    assert moved[claim_id]["verdict"] == verdict != by_claim(built)[claim_id]["verdict"]


# --- another article ----------------------------------------------------------------------------------------

OTHER = read(CASES.with_name("other_claims.csv"))
"""Claims of another article with what a reader of the raw files answers."""

IN_NO_REPORT = ("250 million euros", "900 million euros", "£230 million")


@pytest.fixture(scope="module")
def other(check: Check) -> dict[str, Mapping[str, object]]:
    told = pd.DataFrame(OTHER)[["subject", "topic", "aspect", "value", "claim"]]
    return check(told.assign(claim_id=[f"o{number}" for number in range(len(told))]))


@pytest.mark.parametrize(
    "number", range(len(OTHER)), ids=lambda n: f"{n} {' '.join([*OTHER[n].values()][:4])}"
)
def test_another_article(number: int, other: Mapping[str, Mapping[str, object]]) -> None:
    case, found = OTHER[number], other[f"o{number}"]
    assert (found["verdict"], found["round_id"] or "") == (case["verdict"], case["round_id"])
    for figure in case["says"].split("|"):
        assert figure.casefold() in str(found["nuance"]).casefold()
    if case["aspect"] == "amount":  # a sum that only a rate gives is said by no report
        assert bool(found["evidence"]) == (
            case["verdict"] != "not found" and case["value"] not in IN_NO_REPORT
        )


FACTS = [
    ("alias", "Acme Robot Partners", "Alias book"),
    ("partner", "Bolt, a maker of robots", "Bolt Times"),
    ("customers", "three game studios", "Game News"),
    ("hq", "next door to a robot works", "Map"),
    ("plan", "digital worlds, then physical ones", "Plan Post"),
    ("strategy", "video and games", "Film Post"),
    ("partner", "", "Silent Post"),
]


@pytest.mark.parametrize(
    ("aspect", "value", "verdict", "nuance", "places"),
    [
        ("partners", "robots", "confirmed", "Bolt Times: Bolt, a maker of robots.", [1]),
        ("partners", "digital", "confirmed", "Game News: three game studios.", [2]),
        (
            "partners", "embodied and digital", "confirmed",
            "Bolt Times: Bolt, a maker of robots and Game News: three game studios.", [1, 2],
        ),
        ("partners", "music", "not found",
         "The record holds no statement of such a partner of Pika.", None),
        ("scope", "digital and physical", "confirmed", "Plan Post: digital worlds, then physical ones.", [4]),
        ("scope", "video and physical", "not found", "The record holds no", None),
        ("scope", "music", "not found", "The record holds no statement of such a plan of Pika.", None),
    ],
)  # fmt: skip
def test_plans_and_partners_are_facts_of_the_field(
    aspect: str,
    value: str,
    verdict: str,
    nuance: str,
    places: list[int] | None,
    built: Built,
    directory: Directory,
) -> None:
    rows = [
        {
            "record_id": f"f{at}",
            "company_id": company,
            "company": name,
            "fact": fact,
            "value": told,
            "publisher": who,
        }
        for company, name, first in (("pika", "Pika", 0), ("runway", "Runway", len(FACTS)))
        for at, (fact, told, who) in enumerate(FACTS, first)
        if company == "pika" or fact != "alias"
    ]
    facts = pd.DataFrame(rows).astype(object)
    facts = facts.where(facts != "", None)
    claim = {"subject": "Pika", "topic": "strategy", "aspect": aspect, "value": value}
    (found,) = check_claims(
        pd.DataFrame([{"claim_id": "a1", "claim": "So.", **claim}]),
        {**built.tables, "company_facts": facts},
        directory,
        pd.DataFrame(),
    ).to_dict("records")
    assert found["verdict"] == verdict
    assert str(found["nuance"]).startswith(nuance)
    if places is not None:
        assert found["evidence"] == "; ".join(f"company_facts:f{at}" for at in places)


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (292_895_820, "USD", "$292.9 million"),
        (2e9, "CNY", "2 billion yuan"),
        (1e9, "USD", "$1 billion"),
        (1e6, "EUR", "1 million EUR"),
        (999_999, "USD", "$999,999"),
        (50_000, "EUR", "50,000 EUR"),
    ],
)
def test_money(value: float, currency: str, text: str) -> None:
    assert money(value, currency) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-04-10", "2026-04-10", "10 April 2026"),
        ("2026-04-01", "2026-04-30", "April 2026"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-01-01", "2025-03-31", "1 January 2025 to 31 March 2025"),
        ("2025-10-01", "2025-12-31", "1 October 2025 to 31 December 2025"),
        ("2025-01-01", "2026-12-31", "1 January 2025 to 31 December 2026"),
        ("2025-04-01", "2026-04-30", "1 April 2025 to 30 April 2026"),
        ("2025-04-02", "2025-04-30", "2 April 2025 to 30 April 2025"),
        ("2025-04-01", "2025-04-29", "1 April 2025 to 29 April 2025"),
    ],
)
def test_days_in_words(start: str, end: str, text: str) -> None:
    assert str(Days(dt.date.fromisoformat(start), dt.date.fromisoformat(end))) == text


def test_words_of_a_sentence() -> None:
    assert (listed(["a"]), listed(["a", "b", "a"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
    assert (counted(1, "report"), counted(0, "report")) == ("1 report", "0 reports")
    assert (
        sentence("the sum is disputed", "", "no report says when")
        == "The sum is disputed; no report says when."
    )
    assert sentence("A-1 round") == "A-1 round."


def test_a_claim_means_the_round_of_the_last_sum_before_it() -> None:
    told = {1: "acme-2025", 3: None, 5: "acme-2026", 6: "bolt-2026", 8: "acme-2025"}
    companies = {1: "acme", 3: "acme", 5: "acme", 6: "bolt", 8: "acme"}
    article = Article(told, companies, dt.date(2026, 4, 10))
    meant = [article.round_at(position, "acme") for position in (0, 1, 2, 4, 7, 9)]
    assert meant == ["acme-2025", "acme-2025", "acme-2025", None, "acme-2026", "acme-2025"]
    assert (article.round_at(2, "bolt"), article.round_at(9, "coda")) == ("bolt-2026", None)
    assert article.rounds_of("acme") == ["acme-2025", "acme-2026"]
    happened = [Days(dt.date(2026, 4, 1), dt.date(2026, 4, end)) for end in (9, 10, 11)]
    assert [article.is_past(days) for days in happened] == [True, True, False]
    assert Article({}, {}, None).is_past(happened[2])
