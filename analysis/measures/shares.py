"""Which part of a sum a part of its rounds is, when both are known within bounds.

A share is an interval too: the part is at its lower bound while the rest is at its upper one, and the other
way round. Rounds of undisclosed size are in neither.
"""

from typing import Any

import pandas as pd

from analysis.measures import sums

SHARE = ["share_low", "share", "share_high", "told_low", "told_high"]


def share(part: pd.DataFrame, rest: pd.DataFrame) -> dict[str, float]:
    """The share of some rounds in them and the rest.

    Args:
        part: rounds with `round_id`, `usd_low`, `usd_stated` and `usd_high`.
        rest: all other rounds of the whole.

    Returns: `share_low` and `share_high`, between which the share lies, NaN where an open end leaves it
        unknown: in the rest for the low end, in the part for the high one. `share` is that of the lower
        bounds. `told_low` and `told_high` are the ends with every open end at the largest figure that was
        told. All are NaN where no round of the part has an amount.
    """
    if not part.empty and sums.is_undisclosed(part).all():
        return dict.fromkeys(SHARE, float("nan"))
    (low, high, top), (rest_low, rest_high, rest_top) = _ends(part), _ends(rest)
    return {
        "share_low": _of(low, rest_high),
        "share": _of(low, rest_low),
        "share_high": _of(high, rest_low),
        "told_low": _of(low, rest_top),
        "told_high": _of(top, rest_low),
    }


def largest(rounds: pd.DataFrame, column: str, n: int) -> pd.DataFrame:
    """The rounds of the `n` values of a column with most money by lower bound, ties in order of the values.

    Values without any amount are never among them.
    """
    raised = sums.by(rounds.assign(value=rounds[column]), "value").dropna(subset="usd_low")
    top = raised.sort_values(["usd_low", "value"], ascending=[False, True])["value"].head(n)
    return rounds[rounds[column].isin(top)]


def concentration(rounds: pd.DataFrame, column: str, n: int) -> dict[str, float]:
    """The share of the `n` largest values of a column, by lower bound, as `share` gives it.

    It is the share of these very ones: where bounds overlap, others may be larger.
    """
    top = largest(rounds, column, n)
    return share(top, rounds[~rounds["round_id"].isin(top["round_id"])])


def _ends(rounds: pd.DataFrame) -> tuple[float, float, float]:
    """The lower bound of a sum, its upper bound, and the upper bound with open ends at what was told."""
    total: pd.Series[Any] = sums.total(rounds)
    if total["n_rounds"] == total["n_undisclosed"]:
        return 0.0, 0.0, 0.0
    told = rounds["usd_high"].fillna(rounds[["usd_low", "usd_stated"]].max(axis=1)).sum()
    return float(rounds["usd_low"].sum()), float(total["usd_high"]), float(told)


def _of(part: float, rest: float) -> float:
    """A part of the whole, or NaN where that is not known: of an end that is open, or of nothing at all."""
    if part == 0 or rest == 0:
        return float("nan") if part == rest else float(rest == 0)
    return part / (part + rest)
