"""The charts of notebook 02."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.words import bounds, count, listing, month, period
from analysis.measures import alibaba_portfolio as measures
from analysis.measures import sums

NOTEBOOK = "02_alibaba_portfolio"
MEANINGS = {"led": "Alibaba led", "joined": "Alibaba took part", "not named": "Alibaba not named"}
UNIT = "nominal US dollars at the ECB rate of the day"


def _rounds(tables: Tables) -> pd.DataFrame:
    return measures.trio_rounds(tables.closed_rounds(), tables.companies(), tables.round_investors())


def _capital(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_company(_rounds(tables), tables.companies(), tables.known_gaps())


def _part(tables: Tables) -> pd.DataFrame:
    return measures.alibaba_part(_rounds(tables), tables.round_investors())


def _colors(theme: Theme) -> dict[str, str]:
    """The colour of each role of Alibaba."""
    return {"led": theme.accent, "joined": theme.accent_soft, "not named": theme.other}


def _months(frame: pd.DataFrame) -> str:
    """From the first month of the rounds to the last."""
    first, last = frame["date_start"].min(), frame["date_end"].max()
    return f"{month(first)} to {month(last)}" if pd.notna(first) else "dates unknown"


# The trio's rounds over time


def _rounds_title(frame: pd.DataFrame) -> str:
    led = frame[frame["alibaba"].eq("led")]
    of = f"of {len(frame)} closed rounds of {listing(sorted(frame['company'].unique()))}"
    if led.empty:
        return f"Alibaba led none {of}"
    since = f", since {month(led['date_start'].min())}" if led["date_start"].notna().all() else ""
    return f"Alibaba led {len(led)} {of}{since}"


def _rounds_alt(frame: pd.DataFrame) -> str:
    total = sums.total(frame)
    lanes = "; ".join(
        f"{company}: {listing([f'{bounds(row.usd_low, row.usd_high)} ({period(row.date_start, row.date_end)})' for row in rounds.itertuples()])}"
        for company, rounds in frame.groupby("company", sort=False)
    )
    return (
        f"Timeline of {count(len(frame), 'closed round')}, one lane a company, as high as the amount. "
        f"{_rounds_title(frame)}. Together {bounds(total['usd_low'], total['usd_high'])}, "
        f"{count(total['n_undisclosed'], 'round')} undisclosed. {lanes}."
    )


def _rounds_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "When": [period(*dates) for dates in zip(frame["date_start"], frame["date_end"], strict=True)],
            "Company": frame["company"],
            "Round": frame["round_label"].fillna("unnamed"),
            "US dollars": [bounds(*ends) for ends in zip(frame["usd_low"], frame["usd_high"], strict=True)],
            "Alibaba": frame["alibaba"],
            "Reports": frame["n_reports"].astype(str),
            "Independent": frame["n_independent"].astype(str),
            "Disputed": frame["disputed_fields"].fillna("–").str.replace("; ", ", "),
        }
    )


def _rounds_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    roles = [role for role in measures.ROLES if frame["alibaba"].eq(role).any()]
    dots = [Mark(MEANINGS[role], {"marker": "o", "markersize": 8, "color": _colors(theme)[role], "ls": ""}) for role in roles]
    return [*dots, *timeline.key(theme)]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    by_company = sums.by(frame, "company").set_index("company")
    notes = {
        str(company): f"{count(row.n_rounds, 'round')}, {bounds(row.usd_low, row.usd_high)}"
        + (f" and {row.n_undisclosed} undisclosed" if 0 < row.n_undisclosed < row.n_rounds else "")
        for company, row in zip(by_company.index, by_company.itertuples(), strict=True)
    }
    view = frame.assign(
        lane=frame["company"],
        lane_note=frame["company"].map(notes),
        label=frame["round_label"].fillna("unnamed"),
        color=frame["alibaba"].map(_colors(theme)),
    )
    timeline.draw(figure, body, view, theme)


# Capital by company


def _capital_title(frame: pd.DataFrame) -> str:
    total = sums.total(frame.assign(round_id=frame["round_ids"]))
    return f"{listing(sorted(frame['company']))} raised {bounds(total['usd_low'], total['usd_high'])}"
