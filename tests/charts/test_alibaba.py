"""The charts of notebook 02, by what they draw."""

from dataclasses import dataclass
from math import nan

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis import charts
from analysis.charts import house
from analysis.charts.forms import swim_lanes
from tests.charts.conftest import Record, texts_of

LIGHT = house.LIGHT


@dataclass
class Undated(Record):
    """The record with a round that no report dates."""

    def closed_rounds(self) -> pd.DataFrame:
        rounds = super().closed_rounds()
        return rounds.assign(date_basis=["published", *["announced"] * (len(rounds) - 1)])


def cells(name: str, frame: pd.DataFrame, record: Record) -> list[str]:
    """The colours of the cells of a matrix."""
    figure = charts.draw(name, frame, record.reports())
    patches = [patch for axes in figure.axes for patch in axes.patches if isinstance(patch, Rectangle)]
    return [to_hex(patch.get_facecolor()) for patch in patches]


def test_a_round_that_no_report_dates_is_marked(record: Record) -> None:
    frame = charts.frame("alibaba_rounds", Undated())
    figure = charts.draw("alibaba_rounds", frame, record.reports())
    assert [text for text in texts_of(figure) if "first told then" in text.get_text()]
    assert charts.get("alibaba_rounds").rows(frame)["When"].tolist()[0] == "by Mar 2024"
    assert "by Mar 2024" in charts.get("alibaba_roles").alt(charts.frame("alibaba_roles", Undated()))


def test_the_rounds_it_led_alone_have_the_accent(record: Record) -> None:
    frame = charts.frame("alibaba_roles", record)
    colors = cells("alibaba_roles", frame, record)
    assert len(colors) == len(frame)
    assert colors.count(LIGHT.accent) == frame["alibaba"].eq("led").sum() == 3


def test_the_first_round_with_alibaba_is_told_by_place(record: Record) -> None:
    frame = charts.frame("alibaba_roles", record)
    assert charts.get("alibaba_roles").title(frame).endswith("the 1st of Aye and the 1st of Bee")
    none = charts.get("alibaba_roles").title(frame.assign(alibaba="not named"))
    assert none == "Alibaba is named in none of 5 closed rounds"


def test_an_unknown_cheque_has_no_bar_and_a_known_one_begins_at_zero(record: Record) -> None:
    frame = charts.frame("alibaba_cheques", record)
    assert charts.get("alibaba_cheques").title(frame) == "None of Alibaba’s own cheques is on record"
    known = frame.head(2).assign(usd_low=[1e9, 8e8], usd_stated=[1e9, 8e8], usd_high=[1e9, 8e8])
    figure = charts.draw("alibaba_cheques", known, record.reports())
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 1e9), (0, 8e8)]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [LIGHT.other, LIGHT.accent]
    assert "$800m of" in charts.get("alibaba_cheques").title(known)


@pytest.mark.parametrize(
    ("n_companies", "title"),
    [
        (1, "None of 4 investors is named in rounds of two of the companies"),
        (2, "Alibaba and Venture are named in rounds of 2 companies"),
    ],
)
def test_the_title_counts_the_companies_of_a_backer(record: Record, n_companies: int, title: str) -> None:
    frame = charts.frame("alibaba_backers", record).sort_values("backer", kind="stable")
    frame["n_companies"] = frame["n_companies"].clip(upper=n_companies)
    assert charts.get("alibaba_backers").title(frame) == title


def test_investors_of_one_round_are_counted_not_named(record: Record) -> None:
    frame = charts.frame("alibaba_backers", record)
    once = frame["backer"].eq("Venture")
    frame["n_rounds"] = frame["n_rounds"].mask(once, 1)
    texts = [text.get_text() for text in texts_of(charts.draw("alibaba_backers", frame, record.reports()))]
    assert "1 other" in texts
    assert "Venture" not in texts


def test_bets_say_what_rests_on_one_source(record: Record) -> None:
    frame = charts.frame("alibaba_bets", record)
    assert "by one source" in charts.get("alibaba_bets").alt(frame)
    title = charts.get("alibaba_bets").title(frame.assign(field="robots"))
    assert title == "Outside the three, Alibaba was in 3 rounds of 2 companies, which brought $300m–$1.2bn"


def test_the_title_of_valuations_is_of_the_trio(record: Record) -> None:
    frame = charts.frame("alibaba_valuations", record)
    title = charts.get("alibaba_valuations").title
    assert title(frame.assign(is_trio=False)) == "None of the three companies has a valuation on record"
    assert title(frame[frame["company"].eq("Aye")]).endswith("Aye at $1bn (April 2026)")


def test_what_is_only_shown_or_weak_is_hollow(record: Record) -> None:
    frame = charts.frame("shengshu_sides", record).assign(reliability="low")
    figure = charts.draw("shengshu_sides", frame, record.reports())
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert {dot.get_markerfacecolor() for dot in dots} == {LIGHT.paper}
    assert charts.get("shengshu_sides").title(frame).endswith("5, from a source of low reliability")
    key = charts.get("shengshu_sides").key(frame, LIGHT)
    assert [mark.style["markerfacecolor"] for mark in key] == [LIGHT.paper]


def test_own_models_are_marked_as_launches_and_previews(record: Record) -> None:
    frame = charts.frame("alibaba_models", record)
    assert frame["mark"].tolist() == ["launch"]
    (mark,) = charts.get("alibaba_models").key(frame, LIGHT)
    assert mark.style == swim_lanes.style(swim_lanes.FILLED, LIGHT.muted, LIGHT)


def test_no_amount_is_told_as_undisclosed(record: Record) -> None:
    frame = charts.frame("alibaba_bets", record).assign(usd_low=nan, usd_stated=nan, usd_high=nan)
    assert charts.get("alibaba_bets").rows(frame)["At least, US dollars"].tolist() == ["–", "–"]
