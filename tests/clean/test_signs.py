"""Signs that the eye does not see or takes for others are named; what people write is not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.build import RAW, SHEETS
from analysis.clean.sheets import read_sheet
from analysis.clean.signs import _found, check_signs


def reasons(text: str) -> list[str]:
    rows = pd.DataFrame({"id": ["r1", "r2"], "name": ["Luma AI", text], "line": [2, 5]})
    problems = check_signs(rows, "x.csv")
    assert {(p.file, p.line, p.column, p.fatal) for p in problems} <= {("x.csv", 5, "name", False)}
    assert all(p.action.startswith("the cell is read as it stands; ") for p in problems)
    return [p.reason for p in problems]


@given(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("a1?&#;\n\xa0\u202fаïÃ©€’"), max_size=12
    )
)
def test_the_search_of_a_column_overlooks_no_text(text: str) -> None:
    assert reasons(text) == [reason for reason, _ in _found(text)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("$30\u200b0 million", "U+200B (zero width space), character 4"),
        ("Luma\u202e AI", "U+202E (right-to-left override), character 5"),
        ("\u200fLuma", "U+200F (right-to-left mark), character 1"),
        ("2024-1\u00a02-03", "U+00A0 (no-break space), character 7"),
        ("Lu\u00adma", "U+00AD (soft hyphen)"),
        ("Lu\u2028ma", "U+2028 (line separator)"),
        ("Lu\ufffdma", "U+FFFD (replacement character)"),
        ("Lu\ue000ma", "U+E000 (a sign of private use)"),
        ("Lum\u0430 AI", "U+0430 (cyrillic small letter a) looks like another letter, character 4"),
        ("Al\u03b9baba", "U+03B9 (greek small letter iota) looks like another letter, character 3"),
        ("\u0410 轮", "U+0410 (cyrillic capital letter a) looks like another letter, character 1"),
        ("Jul\ny 2025", "a line break inside the cell, character 4"),
        ("????", "what an encoding leaves"),
        ("Soci?t?", "'?', character 5: what an encoding leaves"),
        ("&#29983;&#25968;", "'&#29983;', character 1: what an encoding leaves"),
        ("Société".encode().decode("cp1252"), "UTF-8 that was read as another encoding"),
        ("生数".encode().decode("cp1252", "ignore") + "“ç”Ÿ”", "UTF-8 that was read as another encoding"),
    ],
)
def test_what_the_eye_does_not_see_is_named(text: str, reason: str) -> None:
    assert any(reason in found for found in reasons(text)), reasons(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "??", "Who knows?", "AT&T", "https://example.org/a?b=1", "生数科技", "Société Générale – été",
     "Über «où»", "Яндекс", "Сбербанк и другие", "π0.5",
     "10\u00a0millions €", "1\u202f000\u202f000\u00a0€", "２０億円", "5 µm",
     "“quoted” — naïve café", "스킬드 AI", "Đầu tư"],
)  # fmt: skip
def test_what_people_write_is_not(text: str) -> None:
    assert reasons(text) == []


@pytest.mark.parametrize("name", SHEETS)
def test_the_raw_files_have_none(name: str) -> None:
    rows = read_sheet((RAW / name).read_bytes(), name, *SHEETS[name]).rows
    assert check_signs(rows, name) == []
