"""Finding rounds: by id, by the beginning of an id, by report, by company, investor or label."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.parse.names import Aliases, fold, slug
from analysis.parse.round_labels import parse_round_label

TABLES = ("rounds", "reports", "companies", "investors")
"""The tables of data/processed that `Index` reads."""

_IDEOGRAPH = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")


class Index:
    """The rounds with every name under which a person may look for them."""

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        company_aliases: Iterable[tuple[str, str]] = (),
        investor_aliases: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take the tables named in TABLES and pairs of an alias with a company id or an investor's name."""
        self.rounds, reports = tables["rounds"], tables["reports"]
        self.round_of: dict[str, str] = dict(zip(reports["report_id"], reports["round_id"], strict=True))
        companies = tables["companies"]
        self._companies = {
            *((name, name) for name in companies["company_id"]),
            *_pairs(companies, "name", "company_id"),
            *_pairs(companies, "name_zh", "company_id"),
            *_pairs(reports, "company", "company_id"),
            *company_aliases,
        }
        investors = tables["investors"].set_index("investor_id")
        self._group = investors["parent_group"].dropna().to_dict()
        ids = {name: key for key, name in investors["investor"].items()}
        self._investors = {
            *((name, key) for name, key in ids.items()),
            *((alias, ids[name]) for alias, name in investor_aliases if name in ids),
        }
        # The investor that bears the name of its group: what finds it finds the group.
        bearing: dict[str, set[str]] = {}
        for name, key in self._investors:
            bearing.setdefault(fold(name), set()).add(str(key))
        self._heads = {group: bearing.get(fold(group), set()) for group in set(self._group.values())}
        named = reports[["round_id", "investor_ids"]].dropna()
        named = named.assign(investor=named["investor_ids"].str.split("; ")).explode("investor")
        self._named: pd.Series = named.groupby("investor")["round_id"].agg(set)

    def find(self, text: str) -> pd.DataFrame:
        """Return the rounds whose company, investors, label or id match a text, by date.

        A whole name finds that company or investor alone. Any other text matches the names that it begins,
        or whose later word it begins; Chinese, Japanese and Korean also inside a name. A group finds the
        rounds of all its investors.

        >>> rounds = pd.DataFrame({"round_id": ["vast-2024-03"], "company_id": "vast", "date_start": pd.NaT})
        >>> rounds = rounds.assign(round_label="Series A")
        >>> reports = pd.DataFrame({"report_id": ["r1"], "round_id": "vast-2024-03", "company_id": "vast"})
        >>> reports = reports.assign(company="VAST", investor_ids="ant-group")
        >>> companies = pd.DataFrame({"company_id": ["vast"], "name": "Tripo AI", "name_zh": None})
        >>> investors = pd.DataFrame({"investor_id": ["ant-group"], "investor": "Ant Group"})
        >>> investors = investors.assign(parent_group=None)
        >>> tables = {"rounds": rounds, "reports": reports, "companies": companies, "investors": investors}
        >>> [len(Index(tables).find(text)) for text in ("tripo", "AI", "ant group", "A轮", "antler")]
        [1, 1, 1, 1, 0]
        """
        wanted = fold(text)
        if not wanted:
            return self.rounds.iloc[:0]
        groups = set(self._group.values())
        known = {fold(name) for name, _ in (*self._companies, *self._investors)} | set(map(fold, groups))

        def fits(name: str) -> bool:
            return fold(name) == wanted if wanted in known else _begins(wanted, name)

        companies = {key for name, key in self._companies if fits(name)}
        investors = {key for name, key in self._investors if fits(name)}
        meant = {group for group in groups if fits(group) or self._heads[group] & investors}
        investors |= {key for key, group in self._group.items() if group in meant}
        rounds = set().union(*self._named.reindex(sorted(investors)).dropna())
        label = str(parse_round_label(text)) or text
        labels = self.rounds["round_label"].fillna("").map(lambda name: _begins(fold(label), name))
        hits = self.rounds["company_id"].isin(companies) | self.rounds["round_id"].isin(rounds) | labels
        hits |= self.rounds["round_id"].str.startswith(text.strip().casefold())
        return self.rounds[hits].sort_values(["date_start", "round_id"], na_position="first")

    def resolve(self, text: str) -> list[str]:
        """Return the rounds that a round's id, a report's id or the beginning of a round's id may mean."""
        wanted = text.strip().casefold()
        if wanted in set(self.rounds["round_id"]):
            return [wanted]
        if wanted in self.round_of:
            return [self.round_of[wanted]]
        return [name for name in self.rounds["round_id"] if wanted and name.startswith(wanted)]

    def like_name(self, text: str) -> list[str]:
        """Return names of companies and investors that look like a text, the best first."""
        groups = ((group, group) for group in self._group.values())
        names = sorted({name for name, _ in (*self._companies, *self._investors, *groups)})
        return Aliases((name, fold(name)) for name in names).suggest(text)

    def like_id(self, text: str, limit: int = 5) -> list[str]:
        """Return ids of rounds and reports that look like a text, the best first."""
        from rapidfuzz import fuzz, process

        ids = [*self.rounds["round_id"], *self.round_of]
        found = process.extract(text.casefold(), ids, scorer=fuzz.ratio, score_cutoff=70, limit=limit)
        return [name for name, _, _ in found]


def _pairs(table: pd.DataFrame, name: str, key: str) -> Iterable[tuple[str, str]]:
    known = table[[name, key]].dropna().drop_duplicates()
    return known.itertuples(index=False, name=None)


def _begins(wanted: str, name: str) -> bool:
    """Whether a folded text is the beginning of a name, or of its words from a later one on."""
    if _IDEOGRAPH.search(wanted):
        return wanted in fold(name)
    words = slug(name).split("-")
    return fold(name).startswith(wanted) or any(
        "".join(words[k:]).startswith(wanted) for k in range(len(words))
    )
