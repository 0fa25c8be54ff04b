"""The charts of notebook 04 by what they say and draw."""

import numpy as np
import pandas as pd

from analysis import charts, load
from analysis.charts import house, model_prices
from tests.charts.conftest import Record, crowded, one_row


def title(name: str, frame: pd.DataFrame) -> str:
    return charts.get(name).title(frame)


def test_the_title_of_the_leaders_names_the_gap_to_the_best_that_alibaba_has() -> None:
    frame = charts.frame("rankings_leaders", load)
    text = frame[frame["modality"].eq("text-to-video")].iloc[-1]
    gap = round(text["leader_score"] - text["own_score"])
    assert title("rankings_leaders", frame) == (
        f"{text['leader']} leads text to video on Arena, {gap} points ahead of {text['own']}"
    )
    alone = frame.assign(own=None, own_score=np.nan, startup=None, startup_score=np.nan)
    assert title("rankings_leaders", alone) == f"{text['leader']} leads text to video on Arena"
    ours = title("rankings_leaders", charts.frame("rankings_leaders", Record()))
    assert "Alibaba’s or backed by it, leads" in ours


def test_steps_of_the_leaders_have_the_scores_of_the_frame() -> None:
    frame = charts.frame("rankings_leaders", load)
    figure = charts.draw("rankings_leaders", frame, load.reports())
    points = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    scores = frame[["leader_score", "own_score", "startup_score"]].melt()["value"].dropna()
    assert sorted(float(np.asarray(point.get_ydata())[0]) for point in points) == sorted(scores)
    grey = [point for point in points if point.get_markeredgecolor() == house.LIGHT.other]
    assert len(grey) == len(frame)
    filled = [point for point in points if point.get_markerfacecolor() != house.LIGHT.paper]
    assert len(filled) == frame[["leader_low", "own_low", "startup_low"]].count().sum()


def test_the_board_has_the_accent_on_alibaba_backed_models_alone() -> None:
    frame = charts.frame("rankings_board", load)
    figure = charts.draw("rankings_board", frame, load.reports())
    points = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    accented = [point.get_markeredgecolor() == house.LIGHT.accent for point in points]
    assert accented == frame["family"].ne("").tolist()


def test_the_title_of_the_board_counts_what_is_not_told_apart() -> None:
    frame = charts.frame("rankings_board", crowded())
    assert title("rankings_board", frame).startswith("Vidu Series 0 0 leads text to video (5 of 7 not told")
    assert "(the only model)" in title("rankings_board", charts.frame("rankings_board", one_row()))


def test_the_title_of_the_prices_is_about_the_first_ten() -> None:
    frame = charts.frame("rankings_prices", Record())
    assert title("rankings_prices", frame).startswith("The 5 best models with a price cost $3 to $7 a minute")
    same = frame.assign(usd_per_minute=3.0)
    assert title("rankings_prices", same).startswith("The 5 best models with a price all cost $3 a minute")


def test_the_title_of_the_weights_says_who_is_ahead() -> None:
    frame = charts.frame("rankings_weights", Record())
    assert title("rankings_weights", frame).endswith(
        "is number 2 of 5, 3 points below the best of the others"
    )
    turned = frame.assign(score=-frame["score"])
    assert "above the best of the others" in title("rankings_weights", turned)
    is_open = frame["weights"].eq("open weights")
    assert title("rankings_weights", frame[is_open]).endswith("is number 2 of 5")
    assert "links to no weights" in title("rankings_weights", frame[~is_open])


def test_rows_say_the_interval_and_a_dash_where_there_is_none() -> None:
    frame = charts.frame("rankings_standing", load)
    rows = model_prices.model_rows(frame)
    assert rows["Interval"].eq("–").tolist() == frame["score_low"].isna().tolist()
    assert rows["Overlaps"].eq("–").tolist() == frame["n_overlapping"].isna().tolist()
    assert rows["Rank"].str.fullmatch(r"\d+ of \d+").all()
