"""Who invests together: the graph of notebook 06.

Two backers are joined where one closed round names both. A round of k backers adds 1/(k-1) to each of its
pairs, so that it gives each backer one unit of company however long its list is (Newman's weighting): two
names alone in a round are a strong tie, two of thirty a weak one.
"""

from itertools import combinations

import networkx as nx
import pandas as pd

_LENGTH = 1e6
"""The length of a link of weight one. Lengths are whole numbers: equally short ways then are equal."""


def links(ties: pd.DataFrame) -> pd.DataFrame:
    """Pairs of backers that were in a round together, the strongest first.

    Returns: `backer`, `partner` (by name), `n_rounds` together, the `weight` of these, and `round_ids`.
    """
    rows = [
        (backer, partner, 1 / (len(tied) - 1), round_id)
        for round_id, tied in ties.groupby("round_id", sort=False)
        for backer, partner in combinations(sorted(tied["backer"]), 2)
    ]
    pairs = pd.DataFrame(rows, columns=["backer", "partner", "weight", "round_id"])
    grouped = pairs.groupby(["backer", "partner"], as_index=False)
    found = grouped.agg(
        n_rounds=("round_id", "size"), weight=("weight", "sum"), round_ids=("round_id", "; ".join)
    )
    order = ["n_rounds", "weight", "backer", "partner"]
    return found.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def graph(ties: pd.DataFrame) -> "nx.Graph[str]":
    """The graph of `links`, with backers that were alone in every round."""
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(sorted(set(ties["backer"])))
    for link in links(ties).to_dict("records"):
        length = round(_LENGTH / link["weight"])
        joined.add_edge(link["backer"], link["partner"], weight=link["weight"], length=length)
    return joined


def standing(ties: pd.DataFrame) -> pd.DataFrame:
    """Where each backer stands in the graph.

    Returns: `backer`, `n_partners` (other backers in its rounds), `n_shared` (rounds with any other), the
        `partner` with most rounds together and how many (`n_together`), `between` (of the shortest chains of
        partners between any two other backers the share that runs through it) and its rank `place`.
    """
    pairs, joined = links(ties), graph(ties)
    turned = pairs.rename(columns={"backer": "partner", "partner": "backer"})
    closest = pd.concat([pairs, turned]).sort_values(
        ["n_rounds", "weight", "partner"], ascending=[False, False, True]
    )
    closest = closest.drop_duplicates("backer").set_index("backer")
    size = ties.groupby("round_id")["backer"].transform("size")
    backers = pd.Index(sorted(joined), name="backer")
    frame = pd.DataFrame(index=backers)
    frame["n_partners"] = [joined.degree(name) for name in backers]
    frame["n_shared"] = (
        ties[size.gt(1)].groupby("backer")["round_id"].nunique().reindex(backers, fill_value=0)
    )
    frame["partner"] = closest["partner"].reindex(backers)
    frame["n_together"] = closest["n_rounds"].reindex(backers).fillna(0).astype(int)
    frame["between"] = pd.Series(nx.betweenness_centrality(joined, weight="length"))
    frame["place"] = frame["between"].rank(method="min", ascending=False).astype(int)
    return frame.reset_index()


def standings(ties: pd.DataFrame, backers: pd.DataFrame) -> pd.DataFrame:
    """The standing of some backers by all ties, beside the one by ties told twice.

    Returns: Rows of `backers` in their order with the columns of `standing` by all ties, and beside them
        `firm_shared`, `firm_together` (with the same partner), `firm_between` and `firm_place` by ties that
        are told twice; `firm_place` is missing where a backer has none.
    """
    firm = standing(ties[ties["is_firm"]]).set_index("backer")
    together = links(ties[ties["is_firm"]]).set_index(["backer", "partner"])["n_rounds"]
    frame = backers.merge(standing(ties), on="backer")
    pairs = [tuple(sorted(map(str, pair))) for pair in zip(frame["backer"], frame["partner"], strict=True)]
    frame["firm_shared"] = frame["backer"].map(firm["n_shared"]).fillna(0).astype(int)
    frame["firm_together"] = [int(together.get(pair, 0)) for pair in pairs]
    frame["firm_between"] = frame["backer"].map(firm["between"])
    frame["firm_place"] = frame["backer"].map(firm["place"]).astype("Int64")
    return frame
