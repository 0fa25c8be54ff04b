"""Raw text on a page is text: whatever it holds, it is shown as it is and does nothing."""

import pytest
from docutils import nodes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.site import markup
from tests.site.conftest import HOSTILE, read

SIGNS = st.one_of(st.sampled_from("`*_{}[]()<>#+-.!|\\&$~:;\n\t\"'%@^=,/?0 xa"), st.characters())
WORDS = st.text(SIGNS, max_size=40)
SHOWN = WORDS.filter(markup.plain)
TRAPS = [
    "1. x",
    "- x",
    "    x",
    "# x",
    "---",
    "===",
    "%x",
    "(x)=",
    "&lt;",
    "a\\|b",
    "x\\",
    "[x]: /y",
    HOSTILE,
]


def only_text(node: nodes.Node) -> str:
    """The text of a node that holds nothing else."""
    assert all(isinstance(child, nodes.Text) for child in node.children), node.pformat()
    return node.astext()


@settings(max_examples=50, deadline=None)
@given(SHOWN)
@example("".join(TRAPS))
def test_a_paragraph_holds_its_text_alone(words: str) -> None:
    (paragraph,) = read(markup.text(words)).children
    assert isinstance(paragraph, nodes.paragraph)
    assert only_text(paragraph) == markup.plain(words)


@pytest.mark.parametrize("words", TRAPS)
def test_what_begins_a_block_begins_none(words: str) -> None:
    (paragraph,) = read(markup.text(words)).children
    assert only_text(paragraph) == markup.plain(words)


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS)
@example("x\\", "|")
def test_a_cell_holds_its_text_alone(first: str, second: str) -> None:
    source = markup.table(["a", "b", "c"], [("x", markup.text(first), markup.text(second) or "y")])
    body = next(read(source).findall(nodes.tbody))
    found = ["".join(map(only_text, entry.children)) for entry in body.findall(nodes.entry)]
    wanted = ["x", *filter(None, [markup.plain(first)]), markup.plain(second) or "y"]
    assert found == wanted


@settings(max_examples=50, deadline=None)
@given(SHOWN, SHOWN)
def test_bold_and_headings_hold_their_text_alone(words: str, title: str) -> None:
    document = read(markup.page(title, [f"Told: {markup.strong(words)}, and more."]))
    bold = next(document.findall(nodes.strong))
    assert only_text(bold) == markup.plain(words)
    assert document["title"] == markup.plain(title)


@settings(max_examples=50, deadline=None)
@given(SHOWN, st.text(st.one_of(st.sampled_from("/?#[]()<>&;=%\\\" '|*_`{}x"), st.characters()), max_size=30))
def test_a_link_leads_where_it_says_and_nowhere_else(label: str, rest: str) -> None:
    url = f"https://example.org/{rest}"
    (paragraph,) = read(markup.link(label, url)).children
    (link,) = paragraph.children
    assert isinstance(link, nodes.reference)
    assert link["refuri"].startswith("https://example.org/")
    assert only_text(link) == markup.plain(label)


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "JaVaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
     "file:///etc/passwd", "//example.org", "example.org", "https://", "http://[bad", "mailto:a@b.c"],
)  # fmt: skip
def test_an_address_of_another_kind_is_no_link(url: str) -> None:
    assert markup.link("x", url) == "x"
    assert not list(read(markup.link("x", url)).findall(nodes.reference))


def test_an_address_keeps_its_signs() -> None:
    url = "https://example.org/a_b/新闻?x=1&copy=2&amp;y=%20#c"
    (link,) = read(markup.link("x", url)).findall(nodes.reference)
    assert link["refuri"] == "https://example.org/a_b/%E6%96%B0%E9%97%BB?x=1&copy=2&amp;y=%20#c"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\u2028b\x00c\x1b[2J", "a b c [2J"),
        ("x\u202eyx", "x yx"),
        ("a\ud800b", "a\ufffdb"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_signs_that_steer_are_blanks(words: str, shown: str) -> None:
    assert markup.plain(words) == shown


@pytest.mark.parametrize("identifier", ["", "..", "../x", "a/b", "A", "a b", "a\n", "x.md", "-x", "a)"])
def test_an_id_that_names_no_page_is_an_error(identifier: str) -> None:
    with pytest.raises(ValueError, match="cannot name a page"):
        markup.name(identifier)


@pytest.mark.parametrize("code", ["<b>x</b>", "```\n# x", "````{raw} html\n````"])
def test_html_is_handed_on_as_it_is(code: str) -> None:
    (raw,) = read(markup.html(code)).children
    assert isinstance(raw, nodes.raw)
    assert raw.astext() == code


def test_a_table_drops_empty_columns_and_a_section_without_parts_is_none() -> None:
    assert markup.table(["a", "b"], [("1", ""), ("2", "")]) == "| a |\n| --- |\n| 1 |\n| 2 |"
    assert markup.table(["a"], []) == ""
    assert markup.section("a", "") == ()
    assert markup.section("a", "", "x") == ("## a", "", "x")
