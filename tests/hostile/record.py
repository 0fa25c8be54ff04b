"""The committed record with a hostile text in every column that holds words.

Each kind of payload stands in every such column of every sheet. Names, amounts and scores are large, so that
they are drawn in front of everything else. Rows whose ids or addresses cannot be accepted stand at the end.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.build import SHEETS
from tests.hostile.payloads import HOST, TEXTS, Cells

KINDS = tuple(TEXTS)
COHORTS = ("video-rival", "world-model", "embodied-ai", "foundation-model")
SEGMENTS = ("video-generation", "world-model", "embodied-ai", "foundation-model")
TRIO = ("ShengShu", "PixVerse", "Tripo AI")
DAY = "2026-11-20"
"""The day of the hostile rounds, among the last of the record."""
BOARDS = {
    "Arena (LMArena)": ("2026-09-22", "mixed (one pool)"),
    "Artificial Analysis Video Arena": ("2026-08-01", "no audio"),
}
"""The last whole tables of clips made from text: their day, and the pool."""
ESC = "\x1b[2J\x1b]52;c;aG9zdGlsZQ==\x07\x1b]8;;http://hostile.invalid\x1b\\link\x1b]8;;\x1b\\\x9b31m"
"""Clears a screen, writes to the clipboard, makes a link, and colours with a control of 8 bits."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Refused:
    """A row that cannot be accepted: where the problem has to stand, and its text."""

    file: str
    column: str
    row: Row


def company_id(kind: str) -> str:
    """The id of the company that bears a payload as its name."""
    return f"hostile-{kind}"


class Record:
    """The hostile rows by sheet; every payload is made once, so that the sheets name the same companies."""

    def __init__(self) -> None:
        """Make the rows."""
        self.cells = Cells()
        self.companies = {kind: self._cell(kind, "companies.csv name") for kind in KINDS}
        self.investors = {kind: self._cell(kind, "investor_aliases.csv investor") for kind in KINDS}
        self.rows: dict[str, list[Row]] = {
            "companies.csv": list(self._companies()),
            "company_aliases.csv": [
                {"alias": self._cell(kind, "company_aliases.csv alias"), "company_id": company_id(kind)}
                for kind in KINDS
            ],
            "segment_readings.csv": list(self._segments()),
            "investor_aliases.csv": list(self._investors()),
            "funding_reports.csv": [*self._reports(), *self._reports_of_the_trio()],
            "corrections.csv": list(self._corrections()),
            "judgements.csv": list(self._judgements()),
            "known_gaps.csv": [
                {"company_id": id_, **self._words("known_gaps.csv", ("what_is_missing", "period"), n)}
                for n, _ in enumerate(KINDS)
                for id_ in (("shengshu", company_id(KINDS[n]))[n % 2],)
            ],
            "article_claims.csv": [
                {"claim_id": f"h{n:02}", "topic": ("round", "product")[n % 2], "aspect": "lead", "value": "x",
                 **self._words("article_claims.csv", ("subject", "value", "claim"), n)}
                for n, _ in enumerate(KINDS)
            ],
            "leaderboard_scores.csv": list(self._scores()),
            "model_capabilities.csv": list(self._capabilities()),
            "product_events.csv": list(self._products()),
            "usage_metrics.csv": list(self._usage()),
            "company_facts.csv": [
                {"company": (*TRIO, self.companies[kind])[n % 4], "reliability": "high",
                 "url": self._url("company_facts.csv url", n),
                 **self._words("company_facts.csv", ("fact", "value", "as_of", "publisher"), n)}
                for n, kind in enumerate(KINDS)
            ],
        }  # fmt: skip

    def write(self, folder: Path, refused: Iterable[Refused] = ()) -> dict[tuple[str, int], Refused]:
        """Append the rows to the sheets in a folder; return the refused ones by file and line."""
        lines = {}
        added = {name: [(row, None) for row in rows] for name, rows in self.rows.items()}
        for wrong in refused:
            added.setdefault(wrong.file, []).append((wrong.row, wrong))
        for name, rows in added.items():
            with (folder / name).open("a", encoding="utf-8", newline="") as sheet:
                columns = SHEETS[name][0]
                with (folder / name).open(encoding="utf-8", newline="") as before:
                    header = next(csv.reader(before))
                assert set(header) == set(columns)
                writer = csv.DictWriter(sheet, header, restval="", lineterminator="\n")
                for row, wrong in rows:
                    if wrong is not None:
                        sheet.flush()
                        lines[name, (folder / name).read_bytes().count(b"\n") + 1] = wrong
                    writer.writerow(row)
        return lines

    def _cell(self, kind: str, place: str) -> str:
        return self.cells.cell(kind, place)

    def _words(self, file: str, columns: Iterable[str], n: int) -> dict[str, str]:
        """A payload for each column of row n: over all rows, each column has each kind."""
        return {
            column: self._cell(KINDS[(n + 5 * place) % len(KINDS)], f"{file} {column}")
            for place, column in enumerate(columns)
        }

    def _url(self, place: str, n: int) -> str:
        """An address of the web that tries to leave its attribute."""
        breaks = ('"onmouseover="', "'><script>", "</a>`*_[](<>)|", "$x$\\(y\\)", "{ref}", "?a=1;=1+1&b=%00")
        number = self.cells.cell("link", place).removeprefix("javascript:")
        return f"https://example.org/{breaks[n % len(breaks)]}{number}"

    def _companies(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            yield {
                "company_id": company_id(kind),
                "name": self.companies[kind],
                "name_zh": self._cell(KINDS[(n + 7) % len(KINDS)], "companies.csv name_zh"),
                "country": ("CN", "US")[n % 2],
                "segment": f"hostile <b>{n // 4}</b> segment" if n % 4 == 1 and n < 24 else SEGMENTS[n % 4],
                "cohort": COHORTS[n % 4],
            }

    def _segments(self) -> Iterable[Row]:
        for n in range(6):
            yield {
                "segment": f"hostile <b>{n}</b> segment",
                "ring": ("inner", "outer")[n % 2],
                "digital_or_physical": "both",
                "human_level_need": "reasoning",
                **self._words("segment_readings.csv", ("name", "reason"), 5 * n),
            }

    def _investors(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            group = self._cell(KINDS[(n + 1) % len(KINDS)], "investor_aliases.csv parent_group")
            yield {
                "investor": self.investors[kind],
                "parent_group": (group, "Alibaba", "none")[n % 3],
                "url": self._url("investor_aliases.csv url", n),
                **self._words("investor_aliases.csv", ("alias", "kind", "publisher"), n),
            }

    def _report(self, n: int, **special: str) -> dict[str, str]:
        return {
            "amount": f"${9 + n % 20} billion",
            "valuation": f"${90 + n} billion",
            "announced": DAY,
            "lead_investors": "Alibaba",
            "status": "closed",
            "kind": "round",
            "seen_as": "page",
            "reliability": "high",
            "url": self._url("funding_reports.csv url", n),
            "published": DAY,
            "language": "en",
            "collected": "2026-11-23",
            **self._words("funding_reports.csv", ("publisher", "note", "round", "origin"), n),
            **special,
        }

    def _reports(self) -> Iterable[Row]:
        """Three reports of each hostile company: its round, the round in other words, and talks."""
        for n, kind in enumerate(KINDS):
            company, unlisted = self.companies[kind], self._words("funding_reports.csv", ("investors",), n)
            lead = f"{self.investors[kind]}; {self.investors[KINDS[(n + 1) % len(KINDS)]]}"
            yield self._report(
                n, report_id=f"rh{n:02}a", company=company, lead_investors=f"{lead}; Alibaba", **unlisted
            )
            told = self._words("funding_reports.csv", ("amount", "valuation", "investors", "announced"), n)
            yield self._report(
                n,
                report_id=f"rh{n:02}b",
                company=company,
                amount=f"${8 + n % 20} billion {told['amount']}",
                valuation=f"${8 + n % 20} billion {told['valuation']}",
                lead_investors=told["investors"],
                announced=(DAY, told["announced"])[n % 2],
            )
            yield self._report(
                n,
                report_id=f"rh{n:02}c",
                company=company,
                amount=told["amount"],
                status="in talks",
                published="2026-11-22",
                announced="2026-11-22",
            )

    def _reports_of_the_trio(self) -> Iterable[Row]:
        """A round with every hostile investor for each of the three companies."""
        for n, company in enumerate(TRIO):
            named = [self.investors[kind] for kind in KINDS[n::3]]
            yield self._report(n, report_id=f"rt{n}", company=company, investors="; ".join(named))

    def _corrections(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            yield {
                "report_id": f"rh{n:02}a",
                "field": "language",
                "expected_text": "en",
                "corrected_text": self._cell(kind, "corrections.csv corrected_text"),
                "reason": self._cell(KINDS[(n + 2) % len(KINDS)], "corrections.csv reason"),
            }

    def _judgements(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            reason = self._cell(kind, "judgements.csv reason")
            yield {
                "report_id": f"rh{n:02}b", "round": f"rh{n:02}a", "judgement": "same", "reason": reason,
            }  # fmt: skip

    def _scores(self) -> Iterable[Row]:
        """Two tables that hostile models lead, and scores in words."""
        for board, (day, pool) in BOARDS.items():
            for n, kind in enumerate(KINDS):
                words = ("developer", "publisher", "note")
                yield {
                    "board": board,
                    "modality": "text-to-video",
                    "model": f"Wan {self.companies[kind]}" if n % 8 == 0 else self.companies[kind],
                    "rank": str(n + 1),
                    "score": str(1900 - n),
                    "interval": "-7/+7",
                    "snapshot_date": day,
                    "coverage": "complete",
                    "published": day,
                    "reliability": "high",
                    "url": self._url("leaderboard_scores.csv url", n),
                    **self._words("leaderboard_scores.csv", words, n),
                    "audio": pool,
                }
        for n, _ in enumerate(KINDS):
            words = ("board", "modality", "audio", "model", "interval", "votes", "rank", "note")
            yield {
                "score": "1",
                "snapshot_date": DAY,
                "coverage": "single",
                "publisher": "Board",
                "reliability": "low",
                "url": self._url("leaderboard_scores.csv url", n),
                **self._words("leaderboard_scores.csv", words, n),
            }

    def _capabilities(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            common = {
                "as_of": "2026-08-01",
                "publisher": f"Artificial Analysis {self._cell(kind, 'model_capabilities.csv publisher')}",
                "reliability": "high",
                "url": self._url("model_capabilities.csv url", n),
                **self._words("model_capabilities.csv", ("developer", "note"), n),
            }
            for attribute, value in (
                ("price", f"${n + 1}.5 per minute"),
                ("release_date", f"2026-10-{1 + n % 28:02}"),
                ("open_weights", ("yes ", "no link listed", "yes")[n % 3]),
            ):
                yield {"model": self.companies[kind], "attribute": attribute, "value": value, **common}
            yield {**common, **self._words("model_capabilities.csv", ("model", "attribute", "value"), n)}

    def _products(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            yield {
                "developer": (self.companies[kind], "ShengShu", "Kuaishou")[n % 3],
                "product": "Vidu",
                "event": "launch",
                "date": "2026-11",
                "reliability": "high",
                "url": self._url("product_events.csv url", n),
                **self._words("product_events.csv", ("publisher", "detail", "open_weights"), n),
                **(self._words("product_events.csv", ("product", "event", "date"), n) if n % 2 else {}),
            }

    def _usage(self) -> Iterable[Row]:
        for n, kind in enumerate(KINDS):
            yield {
                "company": (self.companies[kind], "Higgsfield")[n % 2],
                "metric": "ARR",
                "value": f"${n + 1} billion",
                "period": "2026-10",
                "published": DAY,
                "reliability": "high",
                "url": self._url("usage_metrics.csv url", n),
                **self._words("usage_metrics.csv", ("publisher", "product"), n),
                **(self._words("usage_metrics.csv", ("metric", "value", "period"), n) if n % 3 == 2 else {}),
            }


def refused(record: Record) -> list[Refused]:
    """Rows whose ids or addresses cannot be accepted, or that hold what nobody typed."""
    file = "funding_reports.csv"

    def report(column: str, n: int, **special: str) -> Refused:
        plain = dict.fromkeys(("publisher", "note", "round", "origin"), "x")
        usual = {"report_id": f"rx{n:02}", "company": "ShengShu", **plain}
        return Refused(file, column, record._report(n, **{**usual, **special}))

    ids = (
        "../../x",
        "..",
        "C:\\x",
        "con",
        "a/b",
        "<b>",
        "r x",
        "nul",
        "x" * 10_000,
        "R1",
        "=1+1",
        "r\u202e1",
    )
    urls = (
        "javascript:alert(1)//.", "data:text/html,<script>alert(1)</script>.", "file:///etc/passwd.",
        "ftp://example.org/", "//example.org/x", "JaVaScRiPt://example.org/%0aalert(1)", "https://[x.y/",
        "https://", "vbscript:x.y",
    )  # fmt: skip
    escapes = ("company", "publisher", "note", "investors", "url")
    unseen = "\x00\x08\x7f\x85\ufeff\ufdd0\uffff"
    return [
        *(report("report_id", n, report_id=id_) for n, id_ in enumerate(ids)),
        *(report("url", 20 + n, url=url) for n, url in enumerate(urls)),
        *(report(column, 40 + n, **{column: f"x{ESC}"}) for n, column in enumerate(escapes)),
        *(report("note", 60 + n, note=f"x{sign}x") for n, sign in enumerate(unseen)),
        *(
            Refused(
                "product_events.csv",
                "url",
                {"developer": "ShengShu", "product": "Vidu", "event": "launch", "date": DAY,
                 "publisher": "x", "reliability": "high", "url": url},
            )
            for url in urls
        ),
    ]  # fmt: skip


def copied(raw: Path, to: Path) -> Path:
    """Copy raw files so that they can be written to."""
    to.mkdir(parents=True, exist_ok=True)
    for path in sorted(raw.iterdir()):
        (to / path.name).write_bytes(path.read_bytes())
    return to


__all__ = ["DAY", "HOST", "KINDS", "Record", "Refused", "company_id", "copied", "refused"]
