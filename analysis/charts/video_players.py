"""The charts of notebook 03: money."""

from collections.abc import Hashable, Mapping
from operator import itemgetter
from typing import Any

import pandas as pd
from babel import Locale
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import video_models, video_revenue
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_models import NOTEBOOK, square
from analysis.charts.words import UNIT, bare, bounds, count, listing, month, period, sentence
from analysis.measures import alibaba_portfolio, sums
from analysis.measures import video_players as measures

COUNTRIES = {**Locale("en").territories, "GB": "UK", "US": "US"}
SHOWN = 6
"""Bars whose amounts the alt text names."""

Row = Mapping[Hashable, Any]


# Capital by player


def _capital(tables: Tables) -> pd.DataFrame:
    companies = tables.companies()
    rounds = measures.video_rounds(tables.closed_rounds(), companies)
    missing = alibaba_portfolio.missing_rounds(tables.known_gaps())
    return measures.capital_by_player(rounds, companies, missing)


def _capital_title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    if len(frame) == 1 or not first["usd_low"] > 0:
        return f"{listing(sorted(frame['company'].head(2)))} raised {sum_of(sums.total(_as_rounds(frame)))}"
    return f"{first['company']} raised {sum_of(first)}, the most of {len(frame)} companies by lower bound"


def _capital_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by company; {UNIT}. Rounds of "
        "undisclosed size or without a source are in no bar; larger firms are left out"
    )


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [
        f"{row['company']} ({COUNTRIES[row['country']]}) {bounds(row['usd_low'], row['usd_high'])}"
        for row in frame.head(SHOWN).to_dict("records")
    ]
    rest = f"; {count(len(frame) - SHOWN, 'other')} with less" if len(frame) > SHOWN else ""
    return (
        "Bars of what each company raised in closed rounds, from the lower bound to the upper, most first: "
        f"{'; '.join(bars)}{rest}. {count(int(frame['n_undisclosed'].sum()), 'round')} of undisclosed size "
        f"and {frame['n_gaps'].sum()} or more without a source are in no bar."
    )


def _capital_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "company", "n_gaps")
    rows.insert(1, "Country", frame["country"].map(COUNTRIES))
    rows.insert(2, "Makes", frame["group"])
    return rows


def _capital_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = _grey_key(frame, theme)
    return [square("backed by Alibaba", theme.accent), *marks] if frame["is_trio"].any() else marks


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    colors = frame["is_trio"].map({True: theme.accent, False: theme.other})
    notes = [_capital_note(row) for row in frame.to_dict("records")]
    range_bars.draw(figure, body, frame.assign(name=frame["company"], note=notes, color=colors), theme)


def _capital_note(row: Row) -> str:
    makes = "" if row["group"] == measures.VIDEO else f", {row['group']}"
    gaps = f", {row['n_gaps']}+ without a source" if row["n_gaps"] else ""
    return f"{COUNTRIES[row['country']]}{makes}: {rounds_note(row)}{gaps}"


def _as_rounds(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums in the shape of rounds, to be added up once more."""
    return frame.assign(round_id=frame["round_ids"])


# Capital by what the companies make


def _groups(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_group(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _groups_title(frame: pd.DataFrame) -> str:
    raised = {row["group"]: sum_of(row) for row in frame.to_dict("records")}
    group = measures.VIDEO if measures.VIDEO in raised else frame["group"].iloc[0]
    larger = (
        f"; larger firms, for all they do, {raised[measures.LARGER]}" if measures.LARGER in raised else ""
    )
    return f"Companies of {group} raised {raised[group]}{larger}"


def _groups_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by what the companies make; {UNIT}. "
        "The capital of larger firms was raised for all they do"
    )


def _groups_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, itemgetter("group"), _groups_note)
    return f"Bars of closed rounds by what the companies make: {bars}."


def _groups_note(row: Row) -> str:
    return f"{count(row['n_companies'], 'company')}, {rounds_note(row)}"


def _draw_groups(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [_groups_note(row) for row in frame.to_dict("records")]
    names = sentence(frame["group"])
    range_bars.draw(figure, body, frame.assign(name=names, note=notes, color=theme.other), theme)


# Capital by quarter


def _quarters(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_quarter(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _quarters_title(frame: pd.DataFrame) -> str:
    known = frame[frame["quarter"].ne(measures.NO_QUARTER) & frame["usd_low"].gt(0)]
    if known.empty:
        return f"{count(int(frame['n_rounds'].sum()), 'closed round')}, no amount known to the quarter"
    most = known.nlargest(1, "usd_low").iloc[0]
    return f"{most['quarter']} brought {sum_of(most)}, the most of any quarter by lower bound"


def _quarters_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by quarter of the closing, larger "
        f"firms left out; {UNIT}. A quarter without a round has no row"
    )


def _quarters_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, itemgetter("quarter"), rounds_note)
    return f"Bars of closed rounds by quarter of the closing: {bars}."


def _draw_quarters(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [rounds_note(row) for row in frame.to_dict("records")]
    names = sentence(frame["quarter"])
    range_bars.draw(figure, body, frame.assign(name=names, note=notes, color=theme.other), theme)


# Valuations


def _valuations(tables: Tables) -> pd.DataFrame:
    return measures.valuations(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _valuations_title(frame: pd.DataFrame) -> str:
    latest = frame.groupby("company", sort=False).tail(1)
    top = latest.nlargest(1, "valuation_usd_stated").iloc[0]
    first = frame[frame["company"].eq(top["company"])].iloc[0]
    valued = f"{top['company']} was valued at {_valuation(top)} in {month(top['date_end'])}"
    if first["round_id"] == top["round_id"]:
        return valued
    return f"{valued}, up from {_valuation(first)} in {month(first['date_end'])}"


def _valuations_subtitle(frame: pd.DataFrame) -> str:
    n = frame["company"].nunique()
    return (
        f"Valuation at closed rounds, the {n} companies with most valuations on record, larger firms left "
        "out; nominal US dollars, before or after the new money as reported"
    )


def _valuations_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            f"{_valuation(row)} ({period(row['date_start'], row['date_end'])})"
            for row in rounds.to_dict("records")
        ]
        lanes.append(f"{company}: {listing(told)}")
    return f"Timeline of valuations, one lane a company, as high as the valuation. {'; '.join(lanes)}."


def _valuations_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [period(row["date_start"], row["date_end"]) for row in rows],
            "Round": frame["round_label"].fillna("unnamed"),
            "Valuation, US dollars": [bare(_valuation(row)) for row in rows],
            "Independent": frame["n_independent"].astype(str),
        }
    )


def _valuation(row: "Row | pd.Series[Any]") -> str:
    """A valuation with its bounds."""
    return bounds(row["valuation_usd_low"], row["valuation_usd_high"])


def _valuations_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the timeline."""
    amounts = {f"valuation_{name}": name for name in sums.MONEY}
    return frame.rename(columns=amounts).assign(
        lane=frame["company"],
        lane_note="",
        label=frame["round_label"].fillna(""),
        color=theme.other,
    )


def _draw_valuations(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    timeline.draw(figure, body, _valuations_view(frame, theme), theme)


# Keys


def _grey_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """The key of bars that are not all of Alibaba's companies."""
    marks = range_bars.key(frame, theme)
    return [square(mark.meaning, theme.other) if mark.style["marker"] == "s" else mark for mark in marks]


CHARTS = (
    Chart(
        name="video_capital",
        notebook=NOTEBOOK,
        measure=_capital,
        title=_capital_title,
        subtitle=_capital_subtitle,
        alt=_capital_alt,
        rows=_capital_rows,
        key=_capital_key,
        draw=_draw_capital,
        size=(800, 1000),
    ),
    Chart(
        name="video_groups",
        notebook=NOTEBOOK,
        measure=_groups,
        title=_groups_title,
        subtitle=_groups_subtitle,
        alt=_groups_alt,
        rows=lambda frame: sum_rows(frame, "group", "n_companies"),
        key=_grey_key,
        draw=_draw_groups,
        size=(800, 480),
    ),
    Chart(
        name="video_quarters",
        notebook=NOTEBOOK,
        measure=_quarters,
        title=_quarters_title,
        subtitle=_quarters_subtitle,
        alt=_quarters_alt,
        rows=lambda frame: sum_rows(frame, "quarter"),
        key=_grey_key,
        draw=_draw_quarters,
        size=(800, 800),
    ),
    Chart(
        name="video_valuations",
        notebook=NOTEBOOK,
        measure=_valuations,
        title=_valuations_title,
        subtitle=_valuations_subtitle,
        alt=_valuations_alt,
        rows=_valuations_rows,
        key=lambda frame, theme: timeline.key(_valuations_view(frame, theme), theme),
        draw=_draw_valuations,
        size=(800, 820),
    ),
    *video_revenue.CHARTS,
    *video_models.CHARTS,
)
