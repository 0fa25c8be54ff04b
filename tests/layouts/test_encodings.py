"""The encoding of a file: right or refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.layouts.encodings import decode

WORDS = frozenset({"公司", "金额", "投资方", "会社名", "회사명", "company"})
letters = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30)


@given(st.lists(letters, min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_is_read_as_it_was_written(lines: list[str], encoding: str) -> None:
    text = "\n".join(lines).replace("\ufeff", "")
    assert decode(text.encode(encoding), "detect").text == text


@given(st.text(st.characters(codec="gb18030", exclude_categories=("C",)), max_size=50))
def test_a_named_encoding_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode("gb18030"), "gb18030").text == text.replace("\ufeff", "")


@given(st.text("éèüñç’–€£ abcdefghij", max_size=60))
def test_western_letters_come_back_or_are_refused(text: str) -> None:
    data = f"company,note\nAcme,{text}\n".encode("cp1252")
    assume("\ufffd" in data.decode(errors="replace"))  # what is sound UTF-8 is UTF-8
    found = decode(data, "detect")
    assert found.text in (None, f"company,note\nAcme,{text}\n")
    assert (found.text is None) == bool(found.reason)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("公司,金额\n生数科技,近20亿元\n", "gb18030"),
        ("会社名,date\nサカナ,2024\n", "shift_jis"),
        ("회사명,date\n스킬드,2024\n", "euc_kr"),
    ],
)
def test_a_word_of_the_header_decides_between_encodings_of_asia(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), "detect", WORDS)
    assert (found.encoding, found.text) == (encoding, text)
    assert "its header reads" in found.how


def test_a_western_table_is_known_by_single_signs() -> None:
    found = decode("company,amount\nCafé Übér,£5m – ca. €6m\n".encode("cp1252"), "detect", WORDS)
    assert found.encoding == "cp1252"
    assert "£5m – ca. €6m" in (found.text or "")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "gb18030", "big5"])
def test_what_nothing_decides_is_refused(encoding: str) -> None:
    text = "name,sum\nРога и копыта,5\n" if encoding in ("cp1251", "koi8-r") else "name,sum\n中文名字,5\n"
    found = decode(text.encode(encoding), "detect", WORDS)
    assert found.text is None
    assert "nothing decides" in found.reason


def test_a_damaged_utf8_file_is_not_taken_for_another_encoding() -> None:
    data = "company\n生数科技\n爱诗科技\n智谱华章\n月之暗面\n阶跃星辰\n".encode()
    found = decode(data[:20] + b"\xff" + data[20:], "detect", WORDS)
    assert found.text is None
    assert (found.reason, found.line) == ("not utf-8: byte 0xff", 2)


def test_marks_inside_the_text_are_debris() -> None:
    assert decode("a,\ufeffb\r\nc\ufeff,d\r".encode(), "detect").text == "a,b\nc,d\n"
