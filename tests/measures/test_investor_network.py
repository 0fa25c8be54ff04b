"""The frames of notebook 06 on who backs which companies, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import investor_network as network

COMPANIES = pd.DataFrame(
    [
        ("v", "Vee", "CN", "video-generation", "alibaba-trio"),
        ("w", "Wim", "US", "video-generation", "video-rival"),
        ("t", "Tee", "CN", "3d-generation", "alibaba-trio"),
        ("r", "Rob", "US", "embodied-ai", "embodied-ai"),
        ("kuaishou", "Kuaishou", "CN", "video-generation", "video-rival"),
        ("c", "Chip", "CN", "chips", "context"),
    ],
    columns=["company_id", "name", "country", "segment", "cohort"],
)
ROUNDS = pd.DataFrame(
    [
        ("v-1", "v", "Vee", "2024-01-01", 10.0, 10.0, 10.0),
        ("v-2", "v", "Vee", "2026-01-01", 20.0, nan, nan),
        ("w-1", "w", "Wim", "2025-01-01", 5.0, 5.0, 5.0),
        ("t-1", "t", "Tee", "2025-06-01", nan, nan, nan),
        ("r-1", "r", "Rob", "2023-01-01", 1.0, 1.0, 1.0),
        ("k-1", "kuaishou", "Kuaishou", "2022-01-01", 9.0, 9.0, 9.0),
        ("c-1", "c", "Chip", "2022-06-01", 9.0, 9.0, 9.0),
        ("w-2", "w", "Wim", "2026-06-01", 7.0, 7.0, 7.0),
    ],
    columns=["round_id", "company_id", "company", "date_start", "usd_low", "usd_stated", "usd_high"],
).astype({"date_start": "datetime64[s]"})
INVESTORS = pd.DataFrame(
    [
        ("ali", "Ali", "Group", "corporate"),
        ("cloud", "Ali Cloud", "Group", "fund"),
        ("fund", "Fund", None, "vc"),
        ("city", "City Fund", "City", "state fund"),
        ("ada", "Ada", None, "individual"),
        ("who", "Who", None, None),
    ],
    columns=["investor_id", "investor", "parent_group", "kind"],
)
NAMED = [
    ("v-1", "ali", "participant", "r1"),
    ("v-2", "ali", "participant", "r2"),
    ("v-2", "cloud", "lead", "r3; r4"),
    ("v-2", "fund", "participant", "r3; r4"),
    ("w-1", "ali", "lead", "r5; r6"),
    ("w-1", "fund", "participant", "r5"),
    ("t-1", "fund", "participant", "r7"),
    ("t-1", "who", "participant", "r7"),
    ("r-1", "fund", "participant", "r8; r9"),
    ("k-1", "ali", "participant", "r10"),
    ("c-1", "city", "lead", "r11"),
    ("c-1", "ada", "participant", "r11"),
    ("talks", "ada", "lead", "r12"),
]
# Reports 3 and 4 repeat one story; every other report is a story of its own.
REPORTS = pd.DataFrame({"report_id": [f"r{n}" for n in range(1, 13)]})
REPORTS["origin_key"] = REPORTS["report_id"].replace({"r4": "r3"})


@pytest.fixture
def ties() -> pd.DataFrame:
    """The ties of the tables above."""
    named = pd.DataFrame(NAMED, columns=["round_id", "investor_id", "role", "report_ids"])
    named = named.merge(INVESTORS[["investor_id", "investor", "parent_group"]], on="investor_id")
    closed = ROUNDS.assign(date_end=ROUNDS["date_start"], date_basis="announced")
    return network.ties(closed, COMPANIES, named, INVESTORS, REPORTS)


def test_investors_of_a_group_are_one_backer(ties: pd.DataFrame) -> None:
    assert list(ties.columns) == network.TIE_COLUMNS
    (tie,) = ties[ties["round_id"].eq("v-2") & ties["backer"].eq("Group")].to_dict("records")
    assert (tie["investors"], tie["role"], tie["type"]) == ("Ali; Ali Cloud", "led", network.COMPANY)
    # Three reports, two of which repeat one story.
    assert (tie["report_ids"], tie["n_independent"], tie["is_firm"]) == ("r2; r3; r4", 2, True)


def test_copies_of_a_story_are_one_report(ties: pd.DataFrame) -> None:
    (tie,) = ties[ties["round_id"].eq("v-2") & ties["backer"].eq("Fund")].to_dict("records")
    assert (tie["n_independent"], tie["is_firm"]) == (1, False)


def test_ties_are_those_of_closed_rounds_in_order_of_time(ties: pd.DataFrame) -> None:
    assert ties["round_id"].unique().tolist() == ["k-1", "c-1", "r-1", "v-1", "w-1", "t-1", "v-2"]
    types = ties.set_index("backer")["type"].to_dict()
    assert types == {"Group": "company", "City": "state", "Ada": "person", "Fund": "fund", "Who": "fund"}


def test_platforms_and_the_rest_are_nobodys_rivals(ties: pd.DataFrame) -> None:
    fields = ties.set_index("company")["field"].to_dict()
    assert (fields["Kuaishou"], fields["Chip"]) == (network.OTHERS, network.OTHERS)
    assert (fields["Vee"], fields["Tee"], fields["Rob"]) == ("video generation", "3D models", "robots")


def test_backers_come_by_number_of_companies(ties: pd.DataFrame) -> None:
    backed = network.backed(ties)
    assert list(backed.columns) == ["backer", *network.BACKED_COLUMNS]
    assert backed["backer"].tolist() == ["Fund", "Group", "City", "Ada", "Who"]
    group = backed.set_index("backer").loc["Group"]
    assert group["companies"] == "Kuaishou; Vee; Wim"
    assert (group["led"], group["twice_told"]) == ("Vee; Wim", "Vee; Wim")
    assert (group["n_companies"], group["n_led"], group["n_twice_told"], group["n_rounds"]) == (3, 2, 2, 4)
    assert group["round_ids"] == "k-1; v-1; w-1; v-2"


def test_the_foremost_never_split_a_tie(ties: pd.DataFrame) -> None:
    backed = network.backed(ties)
    assert network.foremost(backed, 4)["n_companies"].tolist() == [4, 3]
    assert len(network.foremost(backed, 5)) == 5
    # All share the first place: the first of them stand for all.
    assert len(network.foremost(backed[backed["n_companies"].eq(1)], 2)) == 2


def test_the_trios_backers_of_most_companies_come_first(ties: pd.DataFrame) -> None:
    trio = network.trio_ties(ties)
    assert trio["backer"].tolist() == ["Fund", "Fund", "Group", "Group", "Who"]
    assert trio["round_id"].tolist() == ["t-1", "v-2", "v-1", "v-2", "t-1"]


def test_shared_backers_have_two_companies_of_the_fields(ties: pd.DataFrame) -> None:
    shared = network.shared(ties)
    assert shared["backer"].tolist() == ["Fund", "Group"]
    assert shared["companies"].tolist() == ["Tee; Vee; Wim", "Vee; Wim"]
    assert shared["fields"].iloc[0] == "3D models; video generation; video generation"
    alone = network.shared(ties[ties["company"].eq("Tee")])
    assert alone["n_companies"].tolist() == [1, 1]


def test_rivals_are_companies_of_one_field(ties: pd.DataFrame) -> None:
    rivals = network.rivals(ties)
    assert rivals[["backer", "field", "companies"]].to_numpy().tolist() == [
        ["Group", "video generation", "Vee; Wim"],
        ["Fund", "video generation", "Vee; Wim"],
    ]
    assert rivals["n_twice_told"].tolist() == [2, 0]


def test_pairs_of_rivals_have_their_common_backers(ties: pd.DataFrame) -> None:
    (pair,) = network.rival_pairs(ties).to_dict("records")
    assert (pair["company"], pair["rival"], pair["backers"]) == ("Vee", "Wim", "Fund; Group")
    assert (pair["n_backers"], pair["n_twice_told"]) == (2, 1)


def test_groups_are_those_of_companies_alone(ties: pd.DataFrame) -> None:
    (group,) = network.groups(ties).to_dict("records")
    assert (group["backer"], group["n_companies"]) == ("Group", 3)
    assert (group["companies"], group["fields"]) == (
        "Kuaishou; Vee; Wim", "others; video generation; video generation",
    )  # fmt: skip


def test_bridges_have_companies_on_both_sides(ties: pd.DataFrame) -> None:
    assert network.bridges(ties).to_dict() == {"Fund": False, "Group": True}


def test_money_is_of_whole_rounds_each_once(ties: pd.DataFrame) -> None:
    money = network.money(ties, ROUNDS, network.backed(ties).head(2)).set_index("backer")
    assert list(money.index) == [network.TOGETHER, network.TOLD_TWICE, "Fund", "Group"]
    # All rounds but that of Chip and the one of Wim without a name.
    assert money.loc[network.TOGETHER, ["usd_low", "n_rounds", "n_undisclosed", "n_open"]].tolist() == [
        45, 6, 1, 1,
    ]  # fmt: skip
    assert money.loc[network.TOLD_TWICE, ["usd_low", "n_rounds", "n_companies"]].tolist() == [26, 3, 3]
    assert money.loc[["Fund", "Group"], "usd_low"].tolist() == [26, 44]
    assert money["n_rounds_twice_told"].tolist() == [3, 3, 1, 2]
