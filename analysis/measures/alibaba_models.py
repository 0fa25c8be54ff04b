"""What Alibaba builds itself, and how far ShengShu's two sides are on record: frames of notebook 02.

Rows are what single sources say of products; nothing of it is money. Ant Group is a group of its own, so its
models are none of Alibaba's.
"""

import pandas as pd

from analysis.measures import video_players

VIDEO, WORLDS, ROBOTS = FIELDS = ("video", "interactive worlds", "robots")
_DEVELOPERS = r"Alibaba|阿里|\bAmap\b"
_WORLDS_AND_ROBOTS = {
    "HappyOyster": (WORLDS, r"^Happy ?Oyster"),
    "RynnBrain": (ROBOTS, r"^RynnBrain"),
    "ABot": (ROBOTS, r"^ABot"),
    "Qwen-VLA": (ROBOTS, r"^Qwen-VLA"),
    "Qwen-Robot": (ROBOTS, r"^Qwen-Robot"),
}
"""What is no model of video: name, field, and how its products begin."""
_EARLY = r"early access|wait-list|invite code|unveiled|announcement"
"""Words of an event, or of its detail, that stand for less than a release."""
_OUT = r"launch|releas|early access|unveiled|announcement"
_RELIABILITY = ("high", "medium", "low")

DIGITAL, PHYSICAL, NEITHER = SIDES = ("digital", "physical", "side not told")
_SIDE_WORDS = {PHYSICAL: r"robot|embodied|driving|vehicle", DIGITAL: r"\bVidu|video|\bgames?\b|film"}
SHOWN, OUT = "shown", "launched"
SIDE_COLUMNS = [
    "side", "product", "mark", "date_start", "date_end", "publisher", "reliability", "url",
]  # fmt: skip
_SHOWN = r" unveiled.*"
_ASIDE = r" (?:global launch|open-sourced|open-source)\b.*"


def own_models(product_events: pd.DataFrame) -> pd.DataFrame:
    """Alibaba's models of video, of worlds to move in and for robots: one row a preview, launch or version.

    Video models are those of notebook 03. Of each other model count one preview and one launch, by sources
    of at least medium reliability and with the finest date; an announcement that came with the launch is no
    preview.

    Returns: `field`, then the columns of `video_players.PRODUCT_COLUMNS`; fields in the order of `FIELDS`,
        models in order of their first event.
    """
    videos = video_players.model_events(product_events).query("developer == 'Alibaba'").assign(field=VIDEO)
    told = product_events[
        product_events["developer"].str.contains(_DEVELOPERS)
        & product_events["reliability"].isin(_RELIABILITY[:2])
        & product_events["date_start"].notna()
        & product_events["event"].str.contains(_OUT)
    ]
    is_early = (told["event"] + " " + told["detail"].fillna("")).str.contains(_EARLY)
    told = told.assign(
        mark=is_early.map({True: video_players.PREVIEW, False: video_players.LAUNCH}), version=""
    )
    found = [
        told[told["product"].str.contains(pattern)].assign(model=model, field=field, developer="Alibaba")
        for model, (field, pattern) in _WORLDS_AND_ROBOTS.items()
    ]
    events = [_finest(tellings) for _, tellings in pd.concat(found).groupby(["model", "mark"])]
    columns = ["field", *video_players.PRODUCT_COLUMNS]
    others = pd.DataFrame(events, columns=columns)
    launched = others[others["mark"].eq(video_players.LAUNCH)].set_index("model")["date_start"]
    is_late = others["date_start"].ge(others["model"].map(launched))
    others = others[~(others["mark"].eq(video_players.PREVIEW) & is_late)]
    frame = pd.concat([videos, others])[columns]
    frame["first"] = frame.groupby("model")["date_start"].transform("min")
    frame["place"] = frame["field"].map(FIELDS.index)
    order = ["place", "first", "model", "date_start", "mark", "version"]
    return frame.sort_values(order, ignore_index=True)[columns]


def two_sides(
    product_events: pd.DataFrame, model_capabilities: pd.DataFrame, company_id: str = "shengshu"
) -> pd.DataFrame:
    """The products of a company by the world they are for, digital or physical: our reading of their words.

    Words of robots, embodiment or driving make a product physical; else its video model's name or words of
    video, games or film make it digital. Besides the events told of it count the release dates of its models
    that a source of high reliability gives to the day. Of several tellings the most reliable is kept.

    Returns: The columns of `SIDE_COLUMNS` in the order of `SIDES`, then of time; `mark` is `SHOWN` for what
        was only unveiled, else `OUT`.
    """
    told = product_events[product_events["company_id"].eq(company_id) & product_events["date_start"].notna()]
    words = told["product"] + " " + told["event"] + " " + told["detail"].fillna("")
    events = told.assign(words=words, mark=OUT)
    events["mark"] = events["mark"].mask(told["product"].str.contains(_SHOWN), SHOWN)
    events["product"] = (
        told["product"].str.replace(_SHOWN, "", regex=True).str.replace(_ASIDE, "", regex=True)
    )
    dated = model_capabilities[
        model_capabilities["company_id"].eq(company_id)
        & model_capabilities["attribute"].eq("release_date")
        & model_capabilities["reliability"].eq("high")
        & model_capabilities["value"].str.fullmatch(r"\d{4}-\d\d-\d\d")
    ]
    day = dated["value"].astype("datetime64[s]")
    releases = dated.assign(
        product=dated["model"], words=dated["model"], mark=OUT, date_start=day, date_end=day
    )
    both = pd.concat([events, releases], ignore_index=True)
    both["side"] = NEITHER
    for side, pattern in reversed(_SIDE_WORDS.items()):
        both["side"] = both["side"].mask(both["words"].str.contains(pattern, case=False), side)
    rank, place = both["reliability"].map(_RELIABILITY.index), both["side"].map(SIDES.index)
    both = both.assign(rank=rank, place=place).sort_values(["rank", "date_start", "record_id"])
    both = both.drop_duplicates(["product", "mark"])
    return both.sort_values(["place", "date_start", "product"], ignore_index=True)[SIDE_COLUMNS]


def _finest(tellings: pd.DataFrame) -> dict[str, object]:
    """One event from its tellings: the finest date, the most reliable source."""
    ranked = tellings.assign(
        days=tellings["date_end"] - tellings["date_start"],
        rank=tellings["reliability"].map(_RELIABILITY.index),
    )
    finest = ranked.sort_values(["days", "date_start", "rank", "record_id"]).iloc[0]
    best = ranked.sort_values(["rank", "days", "record_id"]).iloc[0]
    return {
        **best[["field", "model", "developer", "mark", "version", "publisher", "reliability", "url"]],
        "date_start": finest["date_start"],
        "date_end": finest["date_end"],
        "n_sources": tellings["publisher"].nunique(),
    }
