"""What models cost and whose weights are open, against their scores: the other frames of notebook 04.

Prices, release dates and links to weights are what one board says of the models that it ranks itself, on the
day of one of its tables. Other sellers and units are not compared with them.
"""

import pandas as pd

from analysis.measures.model_rankings import ANALYSIS, TEXT

OPEN, NO_LINK = "open weights", "no link to weights"


def prices(
    tables: pd.DataFrame, model_capabilities: pd.DataFrame, n_first: int | None = None
) -> pd.DataFrame:
    """The first models of a board (or all) by their price a minute of video, both as the board gives them.

    A price counts only in the unit of the board and on the day of a table: dollars a minute of clips made
    from text, as listed.

    Returns: The columns of `model_rankings.TABLE_COLUMNS`, `usd_per_minute`, and `is_on_edge`, true where no
        cheaper (or equally cheap) model has as high a score; cheapest first.
    """
    told = model_capabilities[model_capabilities["attribute"].eq("price")]
    amount = told["value"].str.extract(r"^\$([\d.]+) per minute$", expand=False).astype(float)
    known = _of_board(told.assign(usd_per_minute=amount).dropna(subset="usd_per_minute"))
    priced = _on_table(tables, known, "usd_per_minute")
    priced = priced[priced["rank"].le(n_first or len(tables))]
    priced = priced.sort_values(["usd_per_minute", "score"], ascending=[True, False], ignore_index=True)
    priced["is_on_edge"] = priced["score"].gt(priced["score"].cummax().shift(fill_value=float("-inf")))
    return priced


def weights(tables: pd.DataFrame, model_capabilities: pd.DataFrame) -> pd.DataFrame:
    """The models of one table by whether the board links to their weights, in order of release.

    A missing link is no proof that weights are closed. Models without a release date are left out.

    Returns: The columns of `model_rankings.TABLE_COLUMNS`, `weights` (`OPEN` or `NO_LINK`), `released`, and
        `is_best`, true where no model of its kind that was out by then has as high a score on this table.
    """
    told = model_capabilities[model_capabilities["attribute"].eq("open_weights")]
    is_open = told["value"].str.match("yes")
    told = told[is_open | told["value"].eq("no link listed")]
    kinds = _of_board(told.assign(weights=is_open.map({True: OPEN, False: NO_LINK})))
    dates = model_capabilities[model_capabilities["attribute"].eq("release_date")]
    released = pd.to_datetime(dates["value"], errors="coerce", format="%Y-%m-%d").astype("datetime64[s]")
    dated = _of_board(dates.assign(released=released).dropna(subset="released"))
    frame = _on_table(tables, kinds, "weights").merge(dated[["model", "released"]], on="model")
    frame = frame.sort_values(["released", "score"], ascending=[True, False], ignore_index=True)
    earlier = frame.groupby("weights")["score"].cummax().groupby(frame["weights"]).shift()
    frame["is_best"] = ~frame["score"].le(earlier)
    return frame


def _of_board(told: pd.DataFrame) -> pd.DataFrame:
    """What `ANALYSIS` says of models itself."""
    return told[told["publisher"].str.startswith(ANALYSIS.removesuffix(" Video Arena"))]


def _on_table(tables: pd.DataFrame, told: pd.DataFrame, column: str) -> pd.DataFrame:
    """The models made from text that `ANALYSIS` ranks on the very day of what it says of them."""
    ranked = tables[tables["board"].eq(ANALYSIS) & tables["modality"].eq(TEXT)]
    known = told.rename(columns={"as_of_start": "day"})[["model", "day", column]]
    return ranked.merge(known.drop_duplicates(["model", "day"]), on=["model", "day"])
