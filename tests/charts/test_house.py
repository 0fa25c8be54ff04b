"""The house style: face, wrapping, sources."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis.charts import house
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of


@pytest.mark.parametrize(("weight", "file"), [("regular", "Lato-Regular.ttf"), ("bold", "Lato-Bold.ttf")])
def test_the_face_comes_from_its_package(weight: str, file: str) -> None:
    with house.style():
        path = house.face_path(house.FACE, weight)
    assert (path.name, path.parent.parent.name) == (file, "fontpkg_lato")


def test_a_letter_that_the_face_lacks_is_a_box() -> None:
    with house.style():
        figure, _ = house.page((800, 400), Texts("A 生数\u202e\t!", "", ""))
        figure.canvas.draw()
    assert texts_of(figure)[0].get_text() == "A □□ !"


def test_a_missing_glyph_is_an_error_where_no_box_stands_for_it() -> None:
    with house.style():
        figure, _ = house.page((800, 400), Texts("A", "", ""))
        figure.text(0, 0, "生数")
        with pytest.raises(UserWarning, match=r"Glyph .* missing"):
            figure.canvas.draw()


def test_a_dollar_sign_is_not_a_formula() -> None:
    with house.style():
        figure, _ = house.page((800, 400), Texts("$290m vs $50m", "in $", "from $1 to $2"))
        figure.canvas.draw()
    assert not any(text.get_parse_math() for text in texts_of(figure))


def test_long_words_are_broken_and_the_rest_is_an_ellipsis() -> None:
    with house.style():
        figure, _ = house.page((800, 400), Texts("A", "", ""))
        text = house.put(figure, 0, 0, "kept", LIGHT.ink)
        wrapped = house.wrap(text, "W" * 60 + " and what follows", 200, lines=2)
        assert text.get_text() == "kept"
        for line in wrapped.split("\n"):
            text.set_text(line)
            assert house.extent(text).width <= 200
    assert wrapped.count("\n") == 1
    assert wrapped.endswith("…")


def test_words_that_fit_stay_as_they_are() -> None:
    with house.style():
        figure, _ = house.page((800, 400), Texts("A", "", ""))
        text = house.put(figure, 0, 0, "", LIGHT.ink)
        assert house.wrap(text, "Series B", 200, lines=2) == "Series B"


def test_the_source_line_counts_what_stands_behind_the_rows() -> None:
    reports = pd.DataFrame(
        {
            "round_id": ["a", "a", "b", "c"],
            "publisher": ["Post", "Times", "Post", "Globe"],
            "collected": pd.to_datetime(["2026-11-20", "2026-11-21", "2026-11-20", "2026-11-23"]),
        }
    )
    by_round = house.source_line(pd.DataFrame({"round_id": ["a", "b"]}), reports)
    assert by_round == "Source: 3 reports from 2 publishers, collected by 23 November 2026"
    of_sums = house.source_line(pd.DataFrame({"round_ids": ["b; c", "a"]}), reports)
    assert of_sums == "Source: 4 reports from 3 publishers, collected by 23 November 2026"


def test_colours_differ_in_grey_and_texts_stand_out() -> None:
    def luminance(color: str) -> float:
        linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in to_rgb(color)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        high, low = sorted([luminance(a), luminance(b)], reverse=True)
        return (high + 0.05) / (low + 0.05)

    # WCAG AA asks 4.5 for text; marks of different meaning are at least a third apart in grey.
    assert contrast(LIGHT.muted, LIGHT.paper) > 4.5
    assert contrast(LIGHT.ink, LIGHT.paper) > 7
    marks = sorted(LIGHT.marks, key=luminance)
    assert all(contrast(a, b) > 1.35 for a, b in pairwise(marks))
