"""Pictures of charts and links to their files."""

import re
from collections.abc import Callable
from html import unescape

from analysis.site.pictures import Plotted, downloads, files_by_chart, main_downloads, picture

Made = Callable[..., Plotted]


def test_a_picture_has_an_alt_text_its_size_and_a_sister_for_dark_pages(plotted: Made) -> None:
    chart = plotted(files=("acme.png", "acme_dark.png", "acme_column.png"), alt='One of "A" & <b>')
    html = picture(chart, "../charts/")
    images = re.findall(r"<img [^>]*>", html)
    assert [re.findall(r'src="(.*?)"', image) for image in images] == [
        ["../charts/acme.png"],
        ["../charts/acme_dark.png"],
    ]
    assert all('width="800" height="500"' in image for image in images)
    assert {unescape(re.findall(r'alt="(.*?)"', image)[0]) for image in images} == {'One of "A" & <b>'}
    assert re.findall(r'class="chart (only-\w+)"', html) == ["only-light", "only-dark"]
    assert re.findall(r'media="(.*?)" srcset="(.*?)"', html) == [
        ("(max-width: 600px)", "../charts/acme_column.png")
    ]


def test_a_picture_alone_is_shown_on_light_and_on_dark_pages(plotted: Made) -> None:
    html = picture(plotted(files=("acme.png",)), "")
    assert "only-" not in html
    assert "<source" not in html


def test_every_file_of_a_chart_is_offered_once_the_usual_ones_first(plotted: Made) -> None:
    files = (
        "acme.csv", "acme.pdf", "acme.png", "acme.pptx", "acme.svg", "acme.txt", "acme_column_dark.png",
        "acme_sources.csv", "acme_zh.png", "acme_zh.txt", "acme_zh_print.pdf",
    )  # fmt: skip
    chart = plotted(files=files)
    html = downloads(chart, "charts/")
    assert sorted(re.findall(r'href="charts/(.*?)" download', html)) == sorted(files)
    assert re.findall(r"<span>(.*?)</span>", html) == [
        "English",
        "Chinese",
        "Chinese, one ink",
        "English, narrow column, dark",
        "Reports behind it",
    ]
    assert re.findall(r">(\w+)</a>", main_downloads(chart, "")) == ["PNG", "SVG", "PDF", "PowerPoint", "CSV"]


def test_files_of_a_chart_whose_name_begins_another_are_told_apart() -> None:
    files = [
        "alibaba.png",
        "alibaba_page.png",
        "alibaba_zh.png",
        "alibaba_zh_old.png",
        "alibaba_page_dark.png",
    ]
    assert files_by_chart(["alibaba"], files) == {
        "alibaba": ("alibaba.png", "alibaba_page.png", "alibaba_page_dark.png", "alibaba_zh.png")
    }
