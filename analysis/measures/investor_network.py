"""Who backs whom: the frames of notebook 06.

A backer is a corporate group, a government or a person with all the investors that belong to it, and every
other investor by itself: Alibaba and Alibaba Cloud are one backer, Ant Group is another. A tie is a backer
named in a closed round. It is told twice where at least two independent reports name the backer.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.measures import sums
from analysis.measures.alibaba_portfolio import TRIO
from analysis.measures.video_players import AVATARS, IMAGES, SPACES, VIDEO

WORLDS, MODELS, ROBOTS, DRIVING = "world models", "foundation models", "robots", "self-driving"
OTHERS = "others"
FIELDS = (VIDEO, SPACES, AVATARS, IMAGES, WORLDS, MODELS, ROBOTS, DRIVING, OTHERS)
SUBJECT = FIELDS[:5]
"""The fields of the subject: models that make video, pictures, 3D objects and worlds."""
RIVALRY = (VIDEO, WORLDS)
"""Fields in which rivals are looked for."""
_FIELD_OF_SEGMENT = {
    "video-generation": VIDEO,
    "3d-generation": SPACES,
    "avatar-video": AVATARS,
    "image-and-video": IMAGES,
    "world-model": WORLDS,
    "spatial-intelligence": WORLDS,
    "physical-ai": WORLDS,
    "foundation-model": MODELS,
    "embodied-ai": ROBOTS,
    "autonomous-driving": DRIVING,
}
_PLATFORMS = ("bytedance", "kuaishou")
"""Companies of the segment "video-generation" that are more than that: Kuaishou is the parent of Kling AI."""
CHINA = ("CN", "HK")

COMPANY, STATE, FUND, PERSON = TYPES = ("company", "state", "fund", "person")
_TYPE_OF_KIND = {
    **dict.fromkeys(["corporate", "corporate unit", "cvc", "industrial capital", "holding entity"], COMPANY),
    **dict.fromkeys(["state fund", "sovereign fund"], STATE),
    **dict.fromkeys(["individual", "family office"], PERSON),
}

TOGETHER, TOLD_TWICE = "any of them", "any of them, told twice"
TIE_COLUMNS = [
    "round_id", "backer", "investors", "type", "company", "field", "is_trio", "is_chinese", "role",
    "n_independent", "is_firm", "date_start", "date_end", "date_basis", "report_ids",
]  # fmt: skip
BACKED_COLUMNS = [
    "type", "companies", "n_companies", "led", "n_led", "twice_told", "n_twice_told", "n_rounds", "round_ids",
]  # fmt: skip


def ties(
    closed_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    round_investors: pd.DataFrame,
    investors: pd.DataFrame,
    reports: pd.DataFrame,
) -> pd.DataFrame:
    """The backers of each closed round: one row a round and a backer, in order of time.

    Returns: The columns of `TIE_COLUMNS`. `investors` are those of the group that are named, `role` is "led"
        where any of them led, `n_independent` counts the different origins of all reports that name one of
        them (the `report_ids`, with "; " between), and `is_firm` says that these are at least two.
    """
    named = round_investors.merge(investors[["investor_id", "kind"]], on="investor_id", how="left")
    named["backer"] = named["parent_group"].fillna(named["investor"])
    types = named["kind"].map(_TYPE_OF_KIND).fillna(FUND)
    # A group with a company in it is a company's, whatever its funds are called.
    rank = types.map(TYPES.index).groupby(named["backer"]).min()
    told = named.assign(report_id=named["report_ids"].str.split("; ")).explode("report_id")
    told["origin"] = told["report_id"].map(reports.set_index("report_id")["origin_key"])
    grouped = told.assign(is_led=told["role"].eq("lead")).groupby(["round_id", "backer"])
    tied = grouped.agg(
        n_independent=("origin", "nunique"),
        is_led=("is_led", "any"),
        investors=("investor", _listed),
        report_ids=("report_id", _listed),
    ).reset_index()
    tied["type"] = tied["backer"].map(rank).map(dict(enumerate(TYPES)))
    tied["role"] = tied["is_led"].map({True: "led", False: "joined"})
    tied["is_firm"] = tied["n_independent"].ge(2)

    field = companies["segment"].map(_FIELD_OF_SEGMENT).fillna(OTHERS)
    known = companies.assign(
        field=field.mask(companies["company_id"].isin(_PLATFORMS), OTHERS),
        is_trio=companies["cohort"].eq(TRIO),
        is_chinese=companies["country"].isin(CHINA),
    )
    rounds = closed_rounds[["round_id", "company_id", "company", "date_start", "date_end", "date_basis"]]
    rounds = rounds.merge(known[["company_id", "field", "is_trio", "is_chinese"]], on="company_id")
    order = ["date_end", "date_start", "round_id", "backer"]
    return tied.merge(rounds, on="round_id").sort_values(order, ignore_index=True)[TIE_COLUMNS]


def backed(ties: pd.DataFrame, *by: str) -> pd.DataFrame:
    """What each backer backs, most companies first.

    Args:
        ties: the ties to count.
        by: columns of ties to count apart by, as "field"; without any there is one row a backer.

    Returns: `backer`, the columns of `by` and those of `BACKED_COLUMNS`: `companies`, of these those of which
        the backer `led` a round, and those to which a tie is `twice_told`, as names with "; " between, each
        with its number.
    """
    keys = ["backer", *by]
    grouped = ties.groupby(keys, sort=False)
    frame = grouped.agg(type=("type", "first"), n_rounds=("round_id", "nunique"))
    frame["round_ids"] = grouped["round_id"].agg("; ".join)
    parts = {"companies": ties, "led": ties[ties["role"].eq("led")], "twice_told": ties[ties["is_firm"]]}
    for name, part in parts.items():
        lists = part.groupby(keys)["company"].agg(_listed)
        frame[name] = lists.reindex(frame.index).fillna("")
        number = [len(names.split("; ")) if names else 0 for names in frame[name]]
        frame["n_companies" if name == "companies" else f"n_{name}"] = number
    order = ["n_companies", "n_twice_told", "n_led", *keys]
    rank = frame.reset_index().sort_values(order, ascending=[False, False, False, *[True] * len(keys)])
    return rank[[*keys, *BACKED_COLUMNS]].reset_index(drop=True)


def foremost(backed: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows with most companies, at most so many, without leaving out some that have as many as others.

    Where more rows than that share the first place, the first of them stand for all.
    """
    places = backed["n_companies"].rank(method="max", ascending=False)
    kept = backed[places.le(most)]
    return (backed.head(most) if kept.empty else kept).reset_index(drop=True)


def trio_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties of the trio, backers of most of its companies first, each backer's in order of time."""
    own = ties[ties["is_trio"]]
    reach = own.groupby("backer").agg(n=("company", "nunique"), told=("n_independent", "max"))
    order = own[["backer"]].join(reach, on="backer").assign(at=range(len(own)))
    ranked = order.sort_values(["n", "told", "backer", "at"], ascending=[False, False, True, True])
    return own.loc[ranked.index].reset_index(drop=True)


def shared(ties: pd.DataFrame, fields: Collection[str] = SUBJECT, most: int = 32) -> pd.DataFrame:
    """The backers of at least two companies of the fields, fewer where more than `most` do.

    Returns: Rows of `backed`, with `fields`: what each of the companies makes, in the same order. Where no
        backer has two companies, those of one.
    """
    within = ties[ties["field"].isin(fields)]
    found = backed(within)
    several = found[found["n_companies"].ge(min(2, found["n_companies"].max()))]
    return _with_fields(foremost(several, most), within)


def groups(ties: pd.DataFrame, type_: str = COMPANY, most: int = 18) -> pd.DataFrame:
    """The backers of a type with most companies.

    Returns: Rows of `backed`, with `fields`: what each of the companies makes, in the same order.
    """
    own = ties[ties["type"].eq(type_)]
    return _with_fields(foremost(backed(own), most), own)


def rivals(ties: pd.DataFrame, fields: Sequence[str] = RIVALRY) -> pd.DataFrame:
    """The backers of rivals: of at least two companies that make the same.

    Returns: Rows of `backed` by field, those of a backer together, backers with most companies in one of the
        fields first. Where nobody backs two rivals, the companies backed in the fields.
    """
    found = backed(ties[ties["field"].isin(fields)], "field")
    several = found[found["n_companies"].ge(min(2, found["n_companies"].max()))]
    order = {name: n for n, name in enumerate(dict.fromkeys(several["backer"]))}
    ranked = several.assign(at=several["backer"].map(order), place=several["field"].map(FIELDS.index))
    return ranked.sort_values(["at", "place"], ignore_index=True).drop(columns=["at", "place"])


def rival_pairs(ties: pd.DataFrame, fields: Sequence[str] = RIVALRY) -> pd.DataFrame:
    """Pairs of companies that make the same, with their common backers.

    Returns: One row a pair of companies with a named backer each: `field`, `company`, `rival`, `backers`
        (with "; " between, empty where there is none), `n_backers`, and of these `n_twice_told`, whose ties
        to both are.
    """
    rows = []
    for field in fields:
        within = ties[ties["field"].eq(field)]
        companies = {str(name): tied for name, tied in within.groupby("company")}
        named = {name: set(tied["backer"]) for name, tied in companies.items()}
        firm = {name: set(tied.loc[tied["is_firm"], "backer"]) for name, tied in companies.items()}
        names = sorted(named)
        for n, company in enumerate(names):
            for rival in names[n + 1 :]:
                both = sorted(named[company] & named[rival])
                sure = len(firm[company] & firm[rival])
                rows.append((field, company, rival, "; ".join(both), len(both), sure))
    columns = ["field", "company", "rival", "backers", "n_backers", "n_twice_told"]
    return pd.DataFrame(rows, columns=columns)


def bridges(ties: pd.DataFrame) -> "pd.Series[bool]":
    """The backers that have a company in China and one elsewhere, and whether ties told twice say so."""
    both = ties.groupby("backer")["is_chinese"].nunique().eq(2)
    sure = ties[ties["is_firm"]].groupby("backer")["is_chinese"].nunique().eq(2)
    return sure.reindex(both[both].index, fill_value=False)


def money(ties: pd.DataFrame, closed_rounds: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """The closed rounds in which the leading backers took part, as money.

    These are whole rounds with all other investors' money in them; a round with two of the backers is in the
    rows of both, so that rows do not add up.

    Returns: A row for `TOGETHER` (each round once), for `TOLD_TWICE` (the same by ties told twice) and for
        each backer, with `backer`, the columns of `sums`, `n_companies`, and `n_rounds_twice_told`.
    """
    own = ties[ties["backer"].isin(leaders["backer"])]
    views = {TOGETHER: own, TOLD_TWICE: own[own["is_firm"]]}
    views |= {name: own[own["backer"].eq(name)] for name in leaders["backer"]}
    rows: list[dict[str, object]] = []
    for name, tied in views.items():
        counts = {
            "n_companies": tied["company"].nunique(),
            "n_rounds_twice_told": tied.loc[tied["is_firm"], "round_id"].nunique(),
        }
        total = sums.total(closed_rounds[closed_rounds["round_id"].isin(tied["round_id"])])
        rows.append({"backer": name, **dict(zip(map(str, total.index), total, strict=True)), **counts})
    return pd.DataFrame(rows).astype(dict.fromkeys(sums.COUNTS, int))


def _listed(names: "pd.Series[str]") -> str:
    """Each name once, with "; " between."""
    return "; ".join(sorted(set(names)))


def _with_fields(backed: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Backers with what each of their companies makes, in the order of the companies."""
    field = ties.drop_duplicates("company").set_index("company")["field"]
    makes = ["; ".join(field[name] for name in names.split("; ")) for names in backed["companies"]]
    return backed.assign(fields=makes)
