"""What may become a link, and what may name a page."""

import pytest

from analysis.parse.addresses import is_id, is_web


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("acme", True), ("01-ai", True), ("a_b", True), ("a" * 64, True), ("a" * 65, False), ("", False),
        ("Acme", False), ("a b", False), ("-a", False), ("a-", False), ("a--b", False), ("a/b", False),
        ("..", False), ("con", False), ("com1", False), ("com", True), ("生数", False),
    ],
)  # fmt: skip
def test_ids(text: str, fits: bool) -> None:
    assert is_id(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("https://36kr.com/p/1", True), ("http://36kr.com", True), ("ftp://36kr.com", False),
        ("javascript:alert(1)", False), ("//36kr.com/p", False), ("https://localhost", False),
        ("https://36kr.com/a b", False), ("https://36kr.com/\u202e", False), ("https://[36kr.com", False),
        ("", False),
    ],
)  # fmt: skip
def test_addresses(text: str, fits: bool) -> None:
    assert is_web(text) is fits
