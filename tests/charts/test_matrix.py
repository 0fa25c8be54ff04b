"""Cells of a matrix, by what is drawn."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.charts import house
from analysis.charts.forms import matrix
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of

CELLS = pd.DataFrame(
    [
        ("Robots", "2024", "one", 0.0),
        ("Robots", "2025", "all", 1.0),
        ("Video", "2024", "half", 0.5),
        ("Video", "2025", "", float("nan")),
    ],
    columns=["row", "column", "label", "shade"],
).assign(color=LIGHT.accent)


def drawing(cells: pd.DataFrame) -> Figure:
    """A page with the cells."""
    with house.style():
        figure, body = house.page((800, 500), Texts("Title", "Subtitle", "Source"))
        matrix.draw(figure, body, cells, LIGHT)
    return figure


def test_a_cell_is_filled_as_strongly_as_its_shade_and_an_empty_one_not_at_all() -> None:
    cells = [patch for patch in drawing(CELLS).axes[0].patches if isinstance(patch, Rectangle)]
    first, full, half = [cell.get_facecolor()[:3] for cell in cells]
    assert first == to_rgb(LIGHT.paper)
    assert full == pytest.approx(to_rgb(LIGHT.accent))
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(first, full, strict=True)])


def test_rows_and_columns_come_in_the_order_of_the_frame() -> None:
    first, full, half = [patch for patch in drawing(CELLS).axes[0].patches if isinstance(patch, Rectangle)]
    assert (first.get_x(), first.get_y()) == (half.get_x(), full.get_y())
    assert full.get_x() > first.get_x()
    assert half.get_y() < first.get_y()


def test_every_name_and_label_is_written_once_in_a_colour_that_can_be_read() -> None:
    texts = {text.get_text(): text for text in texts_of(drawing(CELLS))}
    assert {"Robots", "Video", "2024", "2025", "one", "all", "half"} <= set(texts)
    assert texts["all"].get_color() == LIGHT.paper
    assert texts["one"].get_color() == LIGHT.ink


def test_long_names_and_labels_stay_in_their_places(
    collisions: Callable[[Figure], list[tuple[str, str]]],
) -> None:
    names = [f"A segment whose name never comes to its end, number {n}" for n in range(8)]
    cells = pd.DataFrame([(row, column) for row in names for column in names], columns=["row", "column"])
    cells = cells.assign(label="one and another and a third", shade=0.7, color=LIGHT.accent)
    assert collisions(drawing(cells)) == []
    assert (
        collisions(drawing(cells.assign(row_note="with a note that is as long as the name above it"))) == []
    )


def test_the_note_of_a_row_stands_under_its_name() -> None:
    texts = {
        text.get_text(): text for text in texts_of(drawing(CELLS.assign(row_note=CELLS["row"] + " notes")))
    }
    assert texts["Robots notes"].get_position()[1] < texts["Robots"].get_position()[1]


@pytest.mark.parametrize("n_rows", [4, 6, 8, 10])
def test_what_a_cell_holds_stays_inside(n_rows: int) -> None:
    cells = pd.DataFrame(
        {"row": [f"Row {n}" for n in range(n_rows)], "column": "A column of long names " * 3}
    )
    figure = drawing(cells.assign(label="one word after another " * 30, shade=0.5, color=LIGHT.accent))
    boxes = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    labels = [text for text in texts_of(figure) if text.get_text().startswith("one word")]
    with house.style():
        for box, label in zip(boxes, labels, strict=True):
            assert house.extent(label).height <= box.get_height()


@pytest.mark.parametrize(("n_columns", "angle"), [(4, 0), (14, 90)])
def test_names_of_columns_stand_upright_where_their_words_would_be_cut(n_columns: int, angle: int) -> None:
    columns = [f"Understanding {n}" for n in range(n_columns)]
    figure = drawing(
        pd.DataFrame({"row": "Robots", "column": columns, "label": "1", "shade": 0.5, "color": LIGHT.accent})
    )
    heads = [text for text in figure.findobj(Text) if text.get_text().startswith("Understanding")]
    assert [head.get_rotation() for head in heads] == [angle] * n_columns


def test_rows_become_columns_where_columns_are_too_narrow_for_what_cells_hold(
    collisions: Callable[[Figure], list[tuple[str, str]]],
) -> None:
    names = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th"]
    cells = pd.DataFrame(
        [(row, column) for row in ("Aye", "Bee") for column in names], columns=["row", "column"]
    )
    cells = cells.assign(label="$14m–$141m", shade=0.7, color=LIGHT.accent, row_note="led none")
    figures = {}
    for width in (800, 480):
        with house.style():
            figure, body = house.page((width, 600), Texts("Title", "Subtitle", "Source"))
            matrix.draw(figure, body, cells, LIGHT)
        figures[width] = figure
    wide, narrow = ({text.get_text() for text in texts_of(figure)} for figure in figures.values())
    assert "Aye" in wide
    assert "Aye\nled none" in narrow
    assert collisions(figures[480]) == []
