"""No cell of a CSV file is run by a spreadsheet, and every text comes back."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import load
from analysis.formulas import as_written, disarmed
from analysis.tables import TABLES, csv_bytes

RUN = tuple("=+-@＝＋－＠")
TEXTS = st.text(st.sampled_from("=+-@＝'\t\r\n;, ax7"), max_size=12)


@given(TEXTS)
def test_no_part_of_a_text_begins_a_formula(text: str) -> None:
    for part in re.split(r"[;\t\r\n]", disarmed(text)):
        assert not part.startswith(RUN)
    assert not disarmed(text).startswith(("\t", "\r", "\n"))


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert as_written(disarmed(text)) == text


@pytest.mark.parametrize(
    "text", ["", "Vidu", "7亿元", "'Over' 2bn", "1-2", "a=b", "https://example.org/?a=1"]
)
def test_a_harmless_text_stays(text: str) -> None:
    assert disarmed(text) == as_written(text) == text


def test_a_table_holds_no_formula_and_gives_its_texts_back(tmp_path: Path) -> None:
    texts = ["=1+1", "-5%", "'=x", "'Over' 2bn", "a;=1", "+86 生数", "a\rb"]
    table = TABLES["conflicts"]
    column = {"string": texts, "number": [-1.5] * 7, "integer": [-2] * 7}
    frame = pd.DataFrame({c.name: column[c.type] for c in table.columns})
    content = csv_bytes(table, frame)
    cells = {cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row}
    assert {"'=1+1", "'-5%", "''=x", "'Over' 2bn", "a;'=1", "'+86 生数"} <= cells
    (tmp_path / "conflicts.csv").write_bytes(content)
    back = load.table("conflicts", tmp_path)
    pd.testing.assert_frame_equal(back, frame, check_dtype=False)
