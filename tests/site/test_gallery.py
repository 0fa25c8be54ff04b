"""A page for each chart, and the gallery of all."""

from collections.abc import Callable

import pandas as pd
import pytest
from docutils import nodes

from analysis.site import gallery
from analysis.site.notebooks import Summary
from analysis.site.pictures import Plotted
from tests.site.conftest import HOSTILE, read

SUMMARIES = [Summary("01_acme", "Who *raised*?", ()), Summary("02_bolt", "Who else?", ())]


@pytest.fixture(scope="module")
def reports() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "round_id": ["acme-2026-04"], "publisher": ["Wire"], "report_id": ["r1"],
            "collected": [pd.Timestamp("2026-11-23")],
        }
    )  # fmt: skip


def test_every_chart_has_a_page_and_a_place_under_its_question(
    plotted: Callable[..., Plotted], reports: pd.DataFrame
) -> None:
    charts = {name: plotted(name=name, files=(f"{name}.png",)) for name in ("acme", "acme_more")}
    pages = gallery.pages(charts, SUMMARIES, reports)
    assert set(pages) == {"charts/index.md", "charts/acme.md", "charts/acme_more.md"}
    under, other = read(pages["charts/index.md"]).findall(nodes.section)
    assert under[0].astext() == "Who *raised*?"
    assert all(f'href="{name}.html"' in under.astext() for name in charts)
    assert "<img" not in other.astext()


def test_a_page_has_picture_downloads_numbers_words_and_citation(
    plotted: Callable[..., Plotted], reports: pd.DataFrame
) -> None:
    page = read(gallery.pages({"acme": plotted()}, SUMMARIES, reports)["charts/acme.md"])
    said = page.astext()
    assert next(page.findall(nodes.title)).astext() == "Acme raised 15m"
    sections = [section[0].astext() for section in page.findall(nodes.section)]
    assert sections == ["Downloads", "The numbers", "In words", "How to cite"]
    assert 'src="acme.png" alt="Two rounds."' in said
    assert 'href="acme.csv" download' in said
    assert '<a href="../rounds/acme-2026-04.html">5m</a>' in said
    assert "1 report from 1 publisher, collected by 23 November 2026" in said
    assert "Chart acme." in said


def test_words_that_try_to_be_more_stay_words(plotted: Callable[..., Plotted], reports: pd.DataFrame) -> None:
    frame = pd.DataFrame({"Company": [HOSTILE], "round_id": ["acme-2026-04"]})
    chart = plotted(title=HOSTILE, alt=HOSTILE, frame=frame)
    pages = gallery.pages({"acme": chart}, SUMMARIES, reports)
    page = read(pages["charts/acme.md"])
    assert next(page.findall(nodes.title)).astext() == HOSTILE
    for source in pages.values():
        raw = "".join(node.astext() for node in read(source).findall(nodes.raw))
        assert "<script" not in raw
