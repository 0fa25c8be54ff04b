"""Prices and open weights of notebook 04, on hand-made tables."""

import pandas as pd
import pytest

from analysis.measures import model_prices as prices
from analysis.measures import model_rankings
from analysis.measures.model_rankings import ANALYSIS
from tests.measures.test_model_rankings import table


@pytest.fixture
def rated() -> pd.DataFrame:
    """Four models of the board that gives prices, on two days, and a table of another board."""
    models = [("A", 1300.0, 5.0), ("B", 1200.0, 5.0), ("C", 1190.0, 5.0), ("D", 1100.0, 5.0)]
    same = {"board": ANALYSIS, "audio": "no audio"}
    later = [(name, score + 1, half) for name, score, half in models]
    parts = [table("2026-05-14", *models, **same), table("2026-08-01", *later, **same)]
    return model_rankings.tables(pd.concat([*parts, table("2026-05-14", *models)], ignore_index=True))


def told(*rows: tuple[str, str, str], publisher: str = "Artificial Analysis via a mirror") -> pd.DataFrame:
    """What is said of models on 14 May 2026: model, attribute, value."""
    frame = pd.DataFrame(rows, columns=["model", "attribute", "value"])
    return frame.assign(as_of_start=pd.Timestamp("2026-05-14"), publisher=publisher)


def test_only_the_prices_of_the_board_in_its_unit_count(rated: pd.DataFrame) -> None:
    own = told(
        ("A", "price", "$14.4 per minute"), ("B", "price", "$0.1 per second"), ("X", "price", "$1 per minute")
    )
    others = told(("C", "price", "$3 per minute"), publisher="A seller")
    found = prices.prices(rated, pd.concat([own, others]))
    assert found[["model", "usd_per_minute", "rank"]].values.tolist() == [["A", 14.4, 1]]
    assert found["day"].dt.month.tolist() == [5]


def test_the_edge_has_the_models_that_nothing_cheaper_equals(rated: pd.DataFrame) -> None:
    asked = {"A": 9, "B": 3, "C": 3, "D": 1}
    found = prices.prices(
        rated, told(*[(model, "price", f"${cost} per minute") for model, cost in asked.items()])
    )
    assert found["model"].tolist() == ["D", "B", "C", "A"]
    assert found["is_on_edge"].tolist() == [True, True, False, True]
    assert prices.prices(rated, told(("A", "price", "$9 per minute"), ("D", "price", "$1 per minute")), 3)[
        "model"
    ].tolist() == ["A"]


def test_weights_are_open_by_a_link_and_unknown_without_a_word(rated: pd.DataFrame) -> None:
    rows = [
        ("A", "open_weights", "no link listed"), ("A", "release_date", "2026-04-07"),
        ("B", "open_weights", "no link listed"), ("B", "release_date", "2025-01-01"),
        ("C", "open_weights", "yes: https://example.org/"), ("C", "release_date", "2025-06-01"),
        ("D", "open_weights", "announced, not verified"), ("D", "release_date", "2025-06-01"),
    ]  # fmt: skip
    found = prices.weights(rated, told(*rows))
    assert found[["model", "weights"]].values.tolist() == [
        ["B", prices.NO_LINK], ["C", prices.OPEN], ["A", prices.NO_LINK],
    ]  # fmt: skip


def test_the_best_of_its_kind_is_better_than_all_that_were_out(rated: pd.DataFrame) -> None:
    dates = {"D": "2025-01-01", "B": "2025-02-01", "C": "2025-03-01", "A": "2025-04-01"}
    rows = [(model, "release_date", date) for model, date in dates.items()]
    links = [(model, "open_weights", "yes: a page") for model in dates]
    found = prices.weights(rated, told(*rows, *links))
    assert found.loc[found["is_best"], "model"].tolist() == ["D", "B", "A"]


def test_a_model_without_a_day_of_release_is_left_out(rated: pd.DataFrame) -> None:
    assert prices.weights(rated, told(("A", "open_weights", "no link listed"))).empty
