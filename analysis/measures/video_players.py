"""Who competes in video generation, and with what money: the frames of notebook 03.

The players are the companies of the cohorts "alibaba-trio" and "video-rival". Money is nominal US dollars.
A firm that does more than make models of video and images raised its capital for all of that: such firms
are kept apart as "larger firms". OpenAI, Google and Alibaba have models here and no round in the record.
"""

import pandas as pd

from analysis.measures import alibaba_portfolio, sums
from analysis.measures.sums import VagueConvention

COHORTS = (alibaba_portfolio.TRIO, "video-rival")
VIDEO, AVATARS, IMAGES, SPACES, LARGER = GROUPS = (
    "video generation", "avatar video", "image and video", "3D models", "larger firms",
)  # fmt: skip
_SEGMENTS = {
    "video-generation": VIDEO,
    "avatar-video": AVATARS,
    "image-and-video": IMAGES,
    "3d-generation": SPACES,
    "foundation-model": LARGER,
}
_PLATFORMS = ("bytedance", "kuaishou")
"""Companies of the segment "video-generation" whose capital was raised for a platform of short videos."""

NO_QUARTER = "quarter not known"
VALUATION_COLUMNS = [
    "round_id", "company", "round_label", "date_start", "date_end", "valuation_usd_low",
    "valuation_usd_stated", "valuation_usd_high", "n_independent", "is_firm",
]  # fmt: skip

CAPITAL_COLUMNS = ["company", "group", "country", "is_trio", *sums.MONEY, *sums.COUNTS, "n_gaps", "round_ids"]

PREVIEW, LAUNCH, CLOSING, END = MARKS = ("preview", "launch", "end announced", "end")
_MARK_OF_EVENT = {
    **dict.fromkeys(["preview", "stealth launch", "announcement", "unveiled"], PREVIEW),
    **dict.fromkeys(
        ["launch", "public launch", "version release", "release", "public release", "open-source release",
         "open-weights release", "general availability", "availability"], LAUNCH,
    ),
    "shutdown announced": CLOSING,
    "shutdown": END,
}  # fmt: skip
_MODELS = {
    "Sora": ("OpenAI", r"Sora(?: app and Sora| Turbo)?"),
    "Veo": ("Google", "Veo"),
    "Gen": ("Runway", "Gen"),
    "Pika": ("Pika", "Pika"),
    "Dream Machine": ("Luma AI", "Dream Machine"),
    "Ray": ("Luma AI", "Ray"),
    "Kling": ("Kuaishou", "Kling(?: AI)?|可灵"),
    "Seedance": ("ByteDance", "(?:Dreamina )?Seedance"),
    "Hailuo": ("MiniMax", "Hailuo(?: AI)?"),
    "Vidu": ("ShengShu", "Vidu"),
    "PixVerse": ("PixVerse", "PixVerse"),
    "Wan": ("Alibaba", "Wan"),
    "HappyHorse": ("Alibaba", "Happy ?Horse"),
}
"""The models of the timeline: name, developer, and how their products begin."""
ALIBABA_BACKED = ("Vidu", "PixVerse", "Wan", "HappyHorse")

PRODUCT_COLUMNS = [
    "model", "developer", "mark", "version", "date_start", "date_end", "n_sources", "publisher",
    "reliability", "url",
]  # fmt: skip
_SAME = pd.Timedelta(days=31)
"""Tellings of one thing that lie no farther apart than this are one event."""
_RELIABILITY = ("high", "medium")


def players(companies: pd.DataFrame) -> pd.DataFrame:
    """The competitors in video generation: `company_id`, `company`, `country`, `group`, `is_trio`."""
    video = companies[companies["cohort"].isin(COHORTS)].rename(columns={"name": "company"})
    group = video["segment"].map(_SEGMENTS).mask(video["company_id"].isin(_PLATFORMS), LARGER)
    video = video.assign(group=group, is_trio=video["cohort"].eq(alibaba_portfolio.TRIO))
    return video[["company_id", "company", "country", "group", "is_trio"]].reset_index(drop=True)


def video_rounds(closed_rounds: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """The closed rounds of the players in order of time, each with `country`, `group` and `is_trio`."""
    rounds = closed_rounds.merge(players(companies).drop(columns="company"), on="company_id")
    return rounds.sort_values(["date_end", "date_start", "round_id"], ignore_index=True)


def capital_by_player(
    video_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    known_gaps: pd.DataFrame,
    vague: VagueConvention = "bounds only",
) -> pd.DataFrame:
    """What each player that is no larger firm raised in closed rounds, most (by lower bound) first.

    Returns: The columns of `CAPITAL_COLUMNS`. A company without a closed round is missing.
    """
    rounds = video_rounds[video_rounds["group"].ne(LARGER)]
    capital = alibaba_portfolio.capital_by_company(rounds, companies, known_gaps, vague)
    return capital.merge(players(companies), on="company")[CAPITAL_COLUMNS]


def capital_by_group(video_rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """What the players raised by what they make: `group`, `n_companies` and the columns of `sums`."""
    capital = sums.by(video_rounds, "group", vague)
    n_companies = capital["group"].map(video_rounds.groupby("group")["company"].nunique())
    capital.insert(1, "n_companies", n_companies.astype(int))
    order = capital["group"].map(GROUPS.index)
    return capital.iloc[order.argsort()].reset_index(drop=True)


def capital_by_quarter(video_rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """What the players that are no larger firms raised, by quarter of the closing.

    Returns: `quarter` ("Q3 2026") and the columns of `sums`, in order of time; quarters without a round are
        missing. Rounds whose days do not lie within one quarter make the last row, `NO_QUARTER`.
    """
    rounds = video_rounds[video_rounds["group"].ne(LARGER)].sort_values("date_start")
    first, last = (rounds[name].dt.to_period("Q") for name in ("date_start", "date_end"))
    names = "Q" + first.dt.quarter.astype("str") + " " + first.dt.year.astype("str")
    by_quarter = sums.by(rounds.assign(quarter=names.where(first.eq(last), NO_QUARTER)), "quarter", vague)
    is_known = by_quarter["quarter"].ne(NO_QUARTER)
    return pd.concat([by_quarter[is_known], by_quarter[~is_known]], ignore_index=True)


def valuations(video_rounds: pd.DataFrame, n_companies: int = 5) -> pd.DataFrame:
    """The valuations at closed rounds of the players with most of them that are no larger firms.

    Returns: The columns of `VALUATION_COLUMNS`, companies with most valuations (then the highest latest one)
        first, each in order of time. `is_firm` says that at least two independent reports tell of the round
        and that they agree on the valuation.
    """
    is_known = video_rounds["valuation_usd_stated"].notna() & video_rounds["group"].ne(LARGER)
    known = video_rounds[is_known].sort_values(["date_end", "round_id"])
    is_disputed = known["disputed_fields"].fillna("").str.contains("valuation")
    known = known.assign(is_firm=(known["n_independent"].ge(2) & ~is_disputed).astype(bool))
    ranked = known.groupby("company").agg(n=("round_id", "size"), latest=("valuation_usd_stated", "last"))
    chosen = ranked.sort_values(["n", "latest"], ascending=False).index[:n_companies]
    shown = known[known["company"].isin(chosen)]
    order = shown["company"].map({company: n for n, company in enumerate(chosen)})
    return shown.iloc[order.argsort(kind="stable")][VALUATION_COLUMNS].reset_index(drop=True)


def without_rounds(video_rounds: pd.DataFrame, companies: pd.DataFrame) -> list[str]:
    """The players of which no closed round is on record."""
    video = players(companies)
    return sorted(video.loc[~video["company_id"].isin(video_rounds["company_id"]), "company"])


def model_events(product_events: pd.DataFrame) -> pd.DataFrame:
    """Previews, launches and ends of the main video models: one row an event, models in order of their first.

    Several tellings of one event are one row with the date of the finest among them, or the days from the
    first to the last where equally fine ones differ; `publisher` is the most reliable. Left out are rows that
    tell of several products at once, rows without a date, and events that only sources of low reliability
    tell of.

    Returns: The columns of `PRODUCT_COLUMNS`; `version` is what follows the name of the model ("" for none),
        or for an end the part of the product that ended.
    """
    told = product_events[
        product_events["reliability"].isin(_RELIABILITY)
        & product_events["date_start"].notna()
        & ~product_events["product"].str.contains(";")
    ]
    told = told.assign(mark=told["event"].map(_MARK_OF_EVENT)).dropna(subset="mark")
    told["mark"] = told["mark"].mask(told["product"].str.contains(r"\bunveiled\b"), PREVIEW)
    found = pd.concat([_of_model(told, model) for model in _MODELS])
    found = found.sort_values(["model", "mark", "version", "date_start", "record_id"])
    same = ["model", "mark", "version"]
    is_new = found["date_start"] - found.groupby(same)["date_end"].shift() > _SAME
    found["cluster"] = is_new.groupby([found[name] for name in same]).cumsum()
    events = [_one_event(tellings) for _, tellings in found.groupby([*same, "cluster"], sort=False)]
    frame = pd.DataFrame(events, columns=PRODUCT_COLUMNS)
    first = frame.groupby("model")["date_start"].transform("min")
    return (
        frame.assign(first=first)
        .sort_values(["first", "model", "date_start", "mark", "version"], ignore_index=True)
        .drop(columns="first")
    )


def _of_model(told: pd.DataFrame, model: str) -> pd.DataFrame:
    """The rows that tell of a model, with `model`, `developer` and `version`."""
    developer, names = _MODELS[model]
    found = told["product"].str.extract(rf"^({names})(?:[ -]?([A-Z]?\d+(?:\.\d+)?))?(?= |$|:)")
    part = told["product"].str.extract(r"\b(app|API)$", expand=False)
    version = found[1].mask(told["mark"].eq(CLOSING)).mask(told["mark"].eq(END), part).fillna("")
    return told.assign(model=model, developer=developer, version=version)[found[0].notna()]


def _one_event(tellings: pd.DataFrame) -> dict[str, object]:
    """One event from its tellings."""
    best = tellings.assign(
        rank=tellings["reliability"].map(_RELIABILITY.index),
        days=tellings["date_end"] - tellings["date_start"],
    )
    finest = best[best["days"].eq(best["days"].min())]
    row = best.sort_values(["rank", "days", "record_id"]).iloc[0]
    return {
        **row[["model", "developer", "mark", "version", "publisher", "reliability", "url"]],
        "date_start": finest["date_start"].min(),
        "date_end": finest["date_end"].max(),
        "n_sources": tellings["publisher"].nunique(),
    }
