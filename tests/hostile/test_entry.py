"""Ids that lead elsewhere, and addresses that are none, do not come in."""

from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from analysis.build import BuildError, make
from analysis.charts import files, house, lettering, tabulate
from analysis.charts.house import LIGHT, Texts
from analysis.commands.terminal import visible
from tests.hostile.inspection import faults_of_html, faults_of_svg, faults_of_terminal
from tests.hostile.payloads import TEXTS, text
from tests.hostile.record import ESC

each_payload = pytest.mark.parametrize("kind", TEXTS)


def test_a_company_whose_id_or_country_is_none_stops_the_build(raw_copy: Path) -> None:
    with (raw_copy / "companies.csv").open("a", encoding="utf-8") as sheet:
        sheet.write("../../x,Foo Labs,,CN,video-generation,video-rival\n")
        sheet.write("bar-labs,Bar Labs,,<b>,video-generation,video-rival\n")
    with pytest.raises(BuildError) as error:
        make(raw_copy)
    found = [(p.file, p.line, p.column, p.text) for p in error.value.problems if p.fatal]
    assert found == [("companies.csv", 83, "company_id", "../../x"), ("companies.csv", 84, "country", "<b>")]


@each_payload
def test_a_table_for_notebooks_shows_it_as_text(kind: str) -> None:
    words = text(kind, 1)
    made = tabulate.html(pd.DataFrame({words: ["a", words]}))
    assert not list(faults_of_html(made))
    assert "".join(tabulate_texts(made)) == f"{words}a{words}".replace("\r", "")


def tabulate_texts(markup: str) -> list[str]:
    """The texts of the cells."""
    return [cell.text_content() for cell in html.fromstring(markup).iter("th", "td")]


@each_payload
def test_a_link_of_a_notebook_leads_to_the_web_alone(kind: str) -> None:
    reports = pd.DataFrame(
        {"round_id": "x", "publisher": [text(kind, 1)] * 2, "url": [text(kind, 2), "https://a.b"]}
    )
    made = tabulate.links(reports)
    assert not list(faults_of_html(made))
    assert made.count("<a href=") == 1


def test_a_picture_shows_them_as_text() -> None:
    with house.style():
        figure, _ = house.page((800, 1000), Texts(*(text(kind, 1) for kind in ("script", "latex", "long"))))
        for n, kind in enumerate(TEXTS):
            house.put(figure, 10, 20 * n, text(kind, n)[:300], LIGHT.ink)
    drawn = files.svg(figure)
    assert not list(faults_of_svg(drawn))
    assert b"&lt;script&gt;window.hostile_1=1&lt;/script&gt;" in drawn


@each_payload
def test_a_terminal_shows_it_as_text(kind: str) -> None:
    assert not list(faults_of_terminal(visible(text(kind, 1) + ESC)))


def test_a_box_stands_for_what_no_face_draws() -> None:
    assert lettering.drawable("a\u202e\x00🎬\n", frozenset("a")) == f"a{lettering.BOX}\n"
