"""The graph of notebook 06, on hand-made ties."""

import pandas as pd
import pytest

from analysis.measures import co_investment

# Two pairs and a lone backer: b stands between a and c, and d is in a round of three.
ROUNDS = {"1": "ab", "2": "ab", "3": "bc", "4": "bcd", "5": "e"}


@pytest.fixture
def ties() -> pd.DataFrame:
    """A tie for each letter of a round; those of the fourth round are told once."""
    rows = [(round_id, name) for round_id, names in ROUNDS.items() for name in names]
    frame = pd.DataFrame(rows, columns=["round_id", "backer"])
    return frame.assign(is_firm=frame["round_id"].ne("4"))


def test_a_round_gives_each_backer_one_unit_of_company(ties: pd.DataFrame) -> None:
    links = co_investment.links(ties).set_index(["backer", "partner"])
    assert links["weight"].to_dict() == {
        ("a", "b"): 2.0, ("b", "c"): 1.5, ("b", "d"): 0.5, ("c", "d"): 0.5,
    }  # fmt: skip
    assert links["n_rounds"].tolist() == [2, 2, 1, 1]
    assert links.loc[("b", "c"), "round_ids"] == "3; 4"


def test_a_go_between_lies_on_the_chains_of_others(ties: pd.DataFrame) -> None:
    standing = co_investment.standing(ties).set_index("backer")
    # Of the six pairs of the other four backers, a-c and a-d run through b, as c-d does not; e is joined to
    # nobody.
    assert standing["between"].to_dict() == {"a": 0, "b": pytest.approx(2 / 6), "c": 0, "d": 0, "e": 0}
    assert standing["place"].tolist() == [2, 1, 2, 2, 2]


def test_short_ways_run_over_strong_links() -> None:
    # a and d met in a round of four, and know each other better through b.
    rounds = {"1": "ab", "2": "ab", "3": "bd", "4": "bd", "5": "adxy"}
    rows = [(round_id, name) for round_id, names in rounds.items() for name in names]
    frame = pd.DataFrame(rows, columns=["round_id", "backer"])
    assert co_investment.standing(frame).set_index("backer").loc["b", "between"] > 0


def test_partners_and_the_closest_are_counted(ties: pd.DataFrame) -> None:
    standing = co_investment.standing(ties).set_index("backer")
    assert standing["n_partners"].to_dict() == {"a": 1, "b": 3, "c": 2, "d": 2, "e": 0}
    assert standing["n_shared"].to_dict() == {"a": 2, "b": 4, "c": 2, "d": 1, "e": 0}
    assert standing.loc["b", ["partner", "n_together"]].tolist() == ["a", 2]
    assert standing["partner"].isna().tolist() == [False, False, False, False, True]


def test_standing_by_ties_told_twice_is_beside_that_by_all(ties: pd.DataFrame) -> None:
    backers = pd.DataFrame({"backer": ["d", "c", "b"]})
    both = co_investment.standings(ties, backers).set_index("backer")
    assert list(both.index) == ["d", "c", "b"]
    assert both["firm_shared"].tolist() == [0, 1, 3]
    assert both["firm_together"].tolist() == [0, 1, 2]
    # Without the fourth round a, b and c are a chain, and e stands alone.
    assert both.loc["b", "firm_between"] == pytest.approx(1 / 3)
    assert both["firm_place"].isna().tolist() == [True, False, False]
