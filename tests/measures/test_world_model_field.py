"""The frames of notebook 05, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import sums
from analysis.measures import world_model_field as field

COMPANIES = pd.DataFrame(
    [
        ("w", "World", "US", "world-model", "world-model"),
        ("v", "Video", "CN", "video-generation", "alibaba-trio"),
        ("r", "Robot", "CN", "embodied-ai", "embodied-ai"),
        ("x", "Robot too", "CN", "embodied-ai", "context"),
        ("kuaishou", "Kuaishou", "CN", "video-generation", "video-rival"),
        ("l", "Language", "CN", "foundation-model", "foundation-model"),
        ("s", "Silent", "FR", "world-model", "world-model"),
    ],
    columns=["company_id", "name", "country", "segment", "cohort"],
)
READINGS = pd.DataFrame(
    [
        ("world-model", "world models", "inner", "both", "physical understanding"),
        ("video-generation", "video", "outer", "digital", "none"),
        ("embodied-ai", "robots", "outer", "physical", "physical understanding"),
        ("foundation-model", "language", "outside", "digital", "reasoning"),
    ],
    columns=["segment", "name", "ring", "digital_or_physical", "human_level_need"],
)
INVESTORS = pd.DataFrame(
    [("v-1", "Alibaba", "lead"), ("r-1", "Alibaba", "participant")],
    columns=["round_id", "parent_group", "role"],
)
AS_OF = pd.Timestamp("2026-11-23")


def closed_rounds() -> pd.DataFrame:
    """Rounds of every company but one; the first robot round may be of either of two years."""
    rows = [
        ("w-1", "2025-03-01", "2025-03-31", 50.0, 60.0, 60.0, 2),
        ("w-2", "2026-05-01", "2026-05-01", 100.0, 100.0, 100.0, 3),
        ("v-1", "2026-04-10", "2026-04-10", 30.0, 30.0, nan, 2),
        ("r-0", "2024-12-01", "2025-01-31", 5.0, 5.0, 5.0, 1),
        ("r-1", "2026-01-01", "2026-11-23", nan, nan, nan, 2),
        ("x-1", "2026-01-01", "2026-01-01", 900.0, 900.0, 900.0, 2),
        ("kuaishou-1", "2019-12-01", "2019-12-01", 800.0, 800.0, 800.0, 2),
        ("l-1", "2026-01-01", "2026-01-01", 700.0, 700.0, 700.0, 2),
    ]
    columns = ["round_id", "date_start", "date_end", *sums.MONEY, "n_independent"]
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"date_start": "datetime64[s]", "date_end": "datetime64[s]"}
    )
    ids = frame["round_id"].str.rsplit("-", n=1).str[0]
    return frame.assign(
        company_id=ids, company=ids.map(COMPANIES.set_index("company_id")["name"]), round_label=None,
        n_reports=3, reliability="high", disputed_fields=None,
    )  # fmt: skip


@pytest.fixture
def rounds() -> pd.DataFrame:
    """The rounds of the field."""
    return field.field_rounds(closed_rounds(), COMPANIES, READINGS, INVESTORS)


def test_the_field_is_its_rings_without_context_and_platforms() -> None:
    own = field.field_companies(COMPANIES, READINGS).set_index("company_id")
    assert own["ring"].to_dict() == {"w": "inner", "v": "outer", "r": "outer", "s": "inner"}
    assert own["segment"].to_dict()["w"] == "world models"
    assert own.index[own["is_trio"]].tolist() == ["v"]


def test_rounds_of_the_field_are_in_order_of_time(rounds: pd.DataFrame) -> None:
    assert list(rounds.columns) == field.ROUND_COLUMNS
    assert rounds["round_id"].tolist() == ["r-0", "w-1", "v-1", "w-2", "r-1"]
    assert rounds["company"].tolist() == ["Robot", "World", "Video", "World", "Robot"]
    assert rounds["alibaba"].tolist() == ["not named", "not named", "led", "not named", "joined"]
    assert rounds["is_firm"].tolist() == [False, True, True, True, True]


def test_segments_and_years(rounds: pd.DataFrame) -> None:
    frame = field.funding_by_segment_and_year(rounds, AS_OF)
    assert frame[["segment", "year", "n_rounds"]].to_numpy().tolist() == [
        [field.FIELD, "2025", 1], [field.FIELD, "2026", 3], [field.FIELD, field.NO_YEAR, 1],
        ["world models", "2025", 1], ["world models", "2026", 1],
        ["video", "2026", 1],
        ["robots", "2026", 1], ["robots", field.NO_YEAR, 1],
    ]  # fmt: skip
    whole = frame[frame["segment"].eq(field.FIELD)].set_index("year")
    assert whole["usd_low"].tolist() == [50, 130, 5]
    assert whole["usd_high"].isna().tolist() == [False, True, False]
    assert whole["n_undisclosed"].tolist() == [0, 1, 0]


def test_a_year_that_is_not_over_ends_with_the_record(rounds: pd.DataFrame) -> None:
    until = (
        field.funding_by_segment_and_year(rounds, AS_OF).drop_duplicates("year").set_index("year")["until"]
    )
    assert until["2025"] == pd.Timestamp("2025-12-31")
    assert until["2026"] == AS_OF
    assert pd.isna(until[field.NO_YEAR])


def test_the_years_add_up_to_the_field(rounds: pd.DataFrame) -> None:
    frame = field.funding_by_segment_and_year(rounds, AS_OF)
    is_whole = frame["segment"].eq(field.FIELD)
    assert frame.loc[is_whole, "usd_low"].sum() == frame.loc[~is_whole, "usd_low"].sum() == 185


def test_sides_and_rings(rounds: pd.DataFrame) -> None:
    frame = field.funding_by_side(rounds)
    assert frame[["side", "ring", "segments", "n_companies", "usd_low"]].to_numpy().tolist() == [
        ["both", "inner", "world models", 1, 150],
        ["digital", "outer", "video", 1, 30],
        ["physical", "outer", "robots", 1, 5],
    ]
    assert frame["largest"].tolist() == ["World", "Video", "Robot"]


def test_countries(rounds: pd.DataFrame) -> None:
    frame = field.funding_by_country(rounds).set_index("country")
    assert frame["usd_low"].to_dict() == {"US": 150, "CN": 35}
    assert frame["n_companies"].to_dict() == {"US": 1, "CN": 2}
    assert frame["n_undisclosed"].to_dict() == {"US": 0, "CN": 1}
    assert frame.loc["CN", "largest"] == "Video"


def test_a_country_without_an_amount_has_no_largest_company(rounds: pd.DataFrame) -> None:
    (row,) = field.funding_by_country(rounds[rounds["round_id"].eq("r-1")]).to_dict("records")
    assert (row["largest"], row["n_companies"], row["n_undisclosed"]) == ("", 1, 1)


def test_the_largest_rounds_come_first_and_undisclosed_ones_last(rounds: pd.DataFrame) -> None:
    assert field.largest_rounds(rounds, 2)["round_id"].tolist() == ["w-2", "w-1"]
    assert field.largest_rounds(rounds)["round_id"].iloc[-1] == "r-1"


def test_shares(rounds: pd.DataFrame) -> None:
    frame = field.parts_of_the_field(rounds)
    assert list(frame.columns) == field.SHARE_COLUMNS
    by = frame.set_index(["part", "whole"])
    assert by.loc[("largest round", field.FIELD), "share"] == pytest.approx(100 / 185)
    assert by.loc[(field.LARGEST, field.FIELD), "companies"] == "World"
    # The trio has 30 or more, the rest 155 to 165.
    trio = by.loc[(field.TRIO, field.FIELD)]
    assert trio[["share_low", "share"]].tolist() == pytest.approx([30 / 195, 30 / 185])
    assert pd.isna(trio["share_high"])
    assert by.loc[(field.TRIO, field.OTHERS), "share"] == pytest.approx(30 / 35)
    assert by.loc[(field.TRIO, field.SAME_SIDE), ["share", "where"]].tolist() == [1, "digital"]
    assert by.loc[(field.TRIO, field.SAME_COUNTRY), ["share", "where"]].tolist() == [30 / 35, "CN"]


def test_a_part_without_rounds_is_missing(rounds: pd.DataFrame) -> None:
    frame = field.parts_of_the_field(rounds[~rounds["is_trio"]])
    assert field.TRIO not in frame["part"].tolist()
    hidden = field.parts_of_the_field(rounds[rounds["round_id"].eq("r-1")].assign(is_trio=True))
    assert set(hidden["part"]) == {field.TRIO}
    assert hidden["share"].isna().all()


def test_needs_take_in_the_whole_record() -> None:
    frame = field.funding_by_need(closed_rounds(), COMPANIES, READINGS).set_index("need")
    assert list(frame.index) == list(field.NEEDS)
    assert frame["usd_low"].tolist() == [700, 1055, 0, 830]
    assert frame["n_rounds"].tolist() == [1, 5, 0, 2]
    assert frame.loc["physical understanding", "segments"] == "world models, robots"
    assert frame.loc["physical understanding", "largest"] == "Robot too"
    assert frame["n_rounds"].sum() == len(closed_rounds())


def test_a_need_that_nobody_meets_is_nothing_and_not_unknown() -> None:
    frame = field.funding_by_need(closed_rounds(), COMPANIES, READINGS).set_index("need")
    empty = frame.loc["continuous learning"]
    assert empty[["usd_low", "usd_high", "segments", "largest", "round_ids"]].tolist() == [0, 0, "", "", ""]
    assert pd.isna(empty["usd_stated"])
