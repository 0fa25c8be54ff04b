"""The charts of notebook 06, by what they draw and say."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

from analysis import charts
from analysis.charts import house, investor_network
from analysis.charts.forms import matrix
from tests.charts.conftest import Record, one_row, texts_of

THEME = house.LIGHT


def frame(name: str) -> pd.DataFrame:
    return charts.frame(name, Record())


def drawn(name: str, rows: pd.DataFrame) -> Figure:
    return charts.draw(name, rows, Record().reports())


def title(name: str, rows: pd.DataFrame) -> str:
    return charts.get(name).title(rows)


def test_a_line_of_the_network_is_a_backer_in_a_company() -> None:
    rows = frame("network_map")
    lines = [patch for patch in drawn("network_map", rows).axes[0].patches if isinstance(patch, PathPatch)]
    assert len(lines) == rows["n_companies"].sum() == 4
    accented = [line for line in lines if to_hex(line.get_edgecolor()) == THEME.accent]
    assert len(accented) == rows.set_index("backer").loc["Alibaba", "n_companies"]
    # Each report of the record stands alone.
    assert all(line.get_linestyle() != "solid" for line in lines)


def test_alibaba_is_soft_where_it_did_not_lead() -> None:
    rows = frame("network_map").assign(led="")
    colors = {to_hex(line.get_edgecolor()) for line in drawn("network_map", rows).axes[0].patches}
    assert colors == {THEME.accent_soft, THEME.other}


@pytest.mark.parametrize("name", ["network_trio", "network_rivals"])
def test_what_one_report_says_is_pale(name: str) -> None:
    pale = matrix.tint(THEME.accent, investor_network.WEAK, THEME.paper)
    cells = [patch for patch in drawn(name, frame(name)).axes[0].patches if isinstance(patch, Rectangle)]
    assert to_hex(pale) in {to_hex(cell.get_facecolor()) for cell in cells}
    sure = frame(name).assign(is_firm=True, n_twice_told=2)
    cells = [patch for patch in drawn(name, sure).axes[0].patches if isinstance(patch, Rectangle)]
    assert to_hex(THEME.accent) in {to_hex(cell.get_facecolor()) for cell in cells}


def test_a_round_that_no_report_dates_is_by_its_page() -> None:
    rows = frame("network_trio").assign(date_basis="published")
    assert charts.get("network_trio").rows(rows)["Round of"].str.startswith("by ").all()


def test_companies_named_once_have_a_star() -> None:
    rows = frame("network_rivals")
    assert charts.get("network_rivals").rows(rows)["Backs"].iloc[0] == "Aye*, Bee*"
    told = charts.get("network_rivals").rows(rows.assign(twice_told="Bee"))
    assert told["Backs"].iloc[0] == "Aye*, Bee"


def test_bars_are_as_long_as_their_counts_from_zero() -> None:
    rows = frame("network_reach")
    bars = [bar for axes in drawn("network_reach", rows).axes for bar in axes.patches]
    assert [bar.get_x() for bar in bars] == [0] * len(bars)
    columns = ["n_companies", "n_twice_told", "n_led"]
    assert [bar.get_width() for bar in bars] == rows[columns].T.to_numpy().ravel().tolist()


def test_sums_begin_at_zero_and_end_at_the_lower_bound() -> None:
    rows = frame("network_money")
    bars = drawn("network_money", rows).axes[0].patches
    assert [bar.get_width() for bar in bars if isinstance(bar, Rectangle)] == pytest.approx(
        rows["usd_low"].fillna(0).tolist()
    )


def test_titles_stay_true_when_nobody_is_in_two_companies() -> None:
    titles = [title(name, charts.frame(name, one_row())) for name in ("network_map", "network_rivals")]
    assert titles == ["No backer is named in rounds of two companies", "No backer is named in two rivals"]
    assert title("network_standing", charts.frame("network_standing", one_row())).startswith("No backer")


@pytest.mark.parametrize(
    ("companies", "said"),
    [
        (["Aye"] * 3, "2 backers are named in Aye"),
        (["Aye", "Bee", "Aye"], "One alone of 2 backers is named in all 2 companies"),
        (["Aye", "Aye", "Bee"], "None of 2 backers is named in all 2 companies"),
    ],
)
def test_the_title_says_who_is_in_all_companies(companies: list[str], said: str) -> None:
    rows = pd.DataFrame({"backer": ["One", "One", "Two"], "company": companies})
    assert title("network_trio", rows) == said


def test_many_backers_of_one_report_are_one_row(
    collisions: Callable[[Figure], list[tuple[str, str]]],
) -> None:
    row = frame("network_trio").tail(1)
    many = pd.concat([row.assign(backer=f"Backer {n}", is_firm=n < 3) for n in range(20)], ignore_index=True)
    figure = drawn("network_trio", many)
    texts = [text.get_text() for text in texts_of(figure)]
    assert "17 others, each by one report" in texts
    assert [text for text in texts if text.startswith("Backer ")] == ["Backer 0", "Backer 1", "Backer 2"]
    assert collisions(figure) == []
