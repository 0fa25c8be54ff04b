"""The page of the tables."""

import pytest

from analysis.site.dictionary import pages
from analysis.tables import TABLES


@pytest.fixture(scope="module")
def page() -> str:
    sizes = {f"{name}.csv": 1_234_567 for name in TABLES}
    [source] = pages(dict.fromkeys(TABLES, 4321), sizes).values()
    return source


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_downloaded_and_each_column_has_its_meaning(page: str, name: str) -> None:
    assert f'<a href="data/processed/{name}.csv" download>{name}.csv</a>' in page
    for column in TABLES[name].columns:
        assert f"<code>{column.name}</code>" in page


def test_rows_and_size_are_said(page: str) -> None:
    assert "4,321" in page
    assert "1,235 kB" in page
