"""Every number of a table leads to what is behind it."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.charts import tabulate
from analysis.site.numbers import linked, table, targets
from analysis.site.pictures import Plotted

Made = Callable[..., Plotted]


def rows_of(html: str) -> list[str]:
    return re.findall(r"<tr(?: id=[^>]*)?><td.*?</tr>", html, flags=re.DOTALL)


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="(.*?)">(.*?)</a>', html)


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        ({"round_id": "acme-2024-03"}, "../rounds/acme-2024-03.html"),
        ({"round_ids": "acme-2024-03"}, "../rounds/acme-2024-03.html"),
        ({"round_ids": "acme-2024-03; bolt-2025"}, "../charts/acme.html#row-1"),
        ({"round_ids": None}, ""),
        ({"url": "https://example.org/#a"}, "https://example.org/#a"),
        ({"url": "javascript:alert(1)"}, ""),
        ({"url": None}, ""),
        ({"round_id": "acme-2024-03", "url": "https://example.org"}, "../rounds/acme-2024-03.html"),
        ({"round_id": None, "url": "https://example.org"}, "https://example.org"),
        ({}, ""),
    ],
)
def test_a_row_leads_to_its_round_or_its_rounds_or_its_page(
    plotted: Made, columns: dict[str, str | None], target: str
) -> None:
    frame = pd.DataFrame([{"usd": 1.0, **columns}])
    assert targets(plotted(frame=frame), "../") == [target]


def test_numbers_are_links_and_words_are_not() -> None:
    rows = pd.DataFrame(
        {
            "Round": ["Series A1", "Angel"],
            "Dollars": ["13.9m", "undisclosed"],
            "What": ['The article\'s 64 days are "about 2" months & A1', "<script>7</script> & nothing else"],
        }
    )
    first, second = rows_of(linked(tabulate.html(rows), ["a.html?x&y", ""], 'The "T"'))
    assert [text for _, text in links(first)] == ["13.9m", "64", "2"]
    assert {target for target, _ in links(first)} == {"a.html?x&amp;y"}
    assert "The article&#x27;s" in first
    assert links(second) == []
    assert "&lt;script&gt;7&lt;/script&gt;" in second


def test_a_table_with_other_rows_than_targets_is_refused() -> None:
    with pytest.raises(ValueError, match="2 targets for the 1 rows"):
        linked(tabulate.html(pd.DataFrame({"a": ["1"]})), ["x", "y"], "")


def test_a_table_scrolls_in_a_box_that_keys_reach() -> None:
    html = linked(tabulate.html(pd.DataFrame({"a": ["1"]})), [""], 'The "T"')
    assert 'role="region" aria-label="The &quot;T&quot;" tabindex="0"><table>' in html
    assert html.count("<div") == html.count("</div>") == 1


def test_on_the_page_of_a_chart_each_row_lists_its_rounds(plotted: Made) -> None:
    frame = pd.DataFrame({"usd": ["5m", "7m"], "round_ids": ["acme-2024; bolt-2025", "acme-2024"]})
    html = table(plotted(frame=frame), "../")
    first, second = rows_of(html)
    assert 'id="row-1"' in first
    assert 'id="row-2"' in second
    assert [text for _, text in links(first)] == ["acme-2024", "bolt-2025"]
    assert "2 rounds" in first
    assert [text for _, text in links(second)] == ["7m", "1 round"]
    assert "Behind it" in html


def test_a_last_column_stands_only_where_the_numbers_cannot_lead_there(plotted: Made) -> None:
    frame = pd.DataFrame({"usd": ["5m"], "round_id": ["acme-2024"]})
    assert "Behind it" not in table(plotted(frame=frame), "../")


def test_what_a_page_is_called_is_text(plotted: Made) -> None:
    frame = pd.DataFrame({"usd": ["5m"], "url": ["https://example.org"], "publisher": ["<b>The Daily</b>"]})
    assert "&lt;b&gt;The Daily&lt;/b&gt;" in table(plotted(frame=frame), "../")
