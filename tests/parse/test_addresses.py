"""What may become a link, and what may name a page."""

import pytest

from analysis.parse.addresses import LONGEST, is_id, is_web
from analysis.site import markup


@pytest.mark.parametrize(
    "text",
    ["https://36kr.com/p/1?a=1&b=%20#c", "http://example.org", "https://例え.jp/新闻", "HTTPS://example.org"],
)
def test_an_address_of_the_web(text: str) -> None:
    assert is_web(text)


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "//example.org", "javascript:alert(1)//.", "JaVaScRiPt:x.y", "java\nscript:x.y",
     "data:text/html,x.y", "file:///etc/a.b", "ftp://example.org", "https://", "https://[x.y/",
     "https://localhost", "https://example.org/a b", "https://example.org/\u202egnp", "vbscript:a.b",
     "https://example.org/\x00", " https://example.org"],
)  # fmt: skip
def test_no_address_of_the_web(text: str) -> None:
    assert not is_web(text)


@pytest.mark.parametrize("text", ["shengshu", "01-ai", "r0077e225", "a_b-c", "x" * LONGEST, "console", "com"])
def test_an_id_names_a_page(text: str) -> None:
    assert is_id(text)
    assert markup.name(text) == text


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "../x", "a/b", "a\\b", "C:\\x", "A", "a b", "a\n", "-x", "x-", "a--b", "é", "con", "nul",
     "lpt1", "x" * (LONGEST + 1), "a.md", "=1", "a\u202eb", "a\x00"],
)  # fmt: skip
def test_no_id(text: str) -> None:
    assert not is_id(text)
