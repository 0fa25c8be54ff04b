import csv
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.parse.investor_lists import InvestorLists, InvestorMention, _clauses, _segments
from analysis.parse.investor_phrases import listed, names_nobody
from analysis.parse.investors import Group, InvestorDirectory, parent_group
from analysis.parse.names import Aliases, fold, slug

CASES = Path(__file__).parents[1] / "cases"
RAW = Path(__file__).parents[2] / "data" / "raw"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read(RAW / "investor_aliases.csv")
DIRECTORY = InvestorDirectory(ROWS)
LISTS = InvestorLists(DIRECTORY.aliases)
NAMES = sorted({row["alias"] for row in ROWS})
COMPANIES = Aliases((row["alias"], row["company_id"]) for row in read(RAW / "company_aliases.csv"))


def written(mentions: list[InvestorMention]) -> str:
    """Mentions as investor_lists.csv writes them: name ~note =role, parted by " // "."""
    return " // ".join(
        m.name + (f" ~{m.note}" if m.note else "") + (f" ={m.role}" if m.role else "") for m in mentions
    )


@pytest.mark.parametrize(
    "case", read(CASES / "names.csv"), ids=lambda case: f"{case['one']}, {case['other']}"
)
def test_fold(case: dict[str, str]) -> None:
    assert (fold(case["one"]) == fold(case["other"])) == (case["same"] == "yes")


@pytest.mark.parametrize("case", read(CASES / "investor_lists.csv"), ids=lambda case: case["text"])
def test_lists_of_investors(case: dict[str, str]) -> None:
    assert written(LISTS.read(case["text"])) == case["mentions"]


@given(st.text(max_size=30))
@example("株式会社")
@example("有限公司有限公司")
@example("co ltd")
@example("İi̇")
@example("乾坤著作")
def test_fold_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.sampled_from(NAMES))
def test_script_makes_no_difference(name: str) -> None:
    from opencc import OpenCC

    assert fold(OpenCC("s2t").convert(name)) == fold(OpenCC("t2s").convert(name)) == fold(name)


@given(st.text(max_size=40))
def test_splitting_never_fails(text: str) -> None:
    for mention in LISTS.read(text):
        assert mention.name


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["; ", ", ", "、", " and ", "，"]))
@example("上海国资", "上海国资", ", ")  # each alone reads like words that name nobody
def test_splitting_keeps_known_names(one: str, other: str, separator: str) -> None:
    found = [m.name for m in LISTS.read(f"{one}{separator}{other}")]
    assert found == [one, other]


ROLE_WORDS = [word for key in ("lead_before", "before_colon", "lead_after", "beside") for word in listed(key)]
PIECES = [*NAMES, *ROLE_WORDS, *";；;；,，、|。:()[]（）\n \t&-/", " and ", "1", ", Ltd.", "; "]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40))
@example("A (led by B; C) ; D]; [E")
@example("A lead investor ; B")
@example("A lead investor | B")
@example("led by\n: A; B")
def test_a_list_is_the_sum_of_its_clauses(text: str) -> None:
    with_semicolons = Aliases([*DIRECTORY.aliases.ids.items(), ("Grey; Stone", "x"), ("Stone, A", "y")])
    for known in (None, DIRECTORY.aliases, with_semicolons):
        parts = [part for clause in _clauses(text, known) for part in _segments(clause, known)]
        assert [*map(asdict, parts)] == [*map(asdict, _segments(text, known))]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_role_words_reach_every_known_name(names: list[str]) -> None:
    found = LISTS.read(f"led by {', '.join(names)}")
    assert [(m.name, m.role) for m in found] == [(name, "lead") for name in names]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["alias"])
def test_every_alias_resolves(row: dict[str, str]) -> None:
    investor = DIRECTORY.resolve(row["alias"])
    assert (investor.name, investor.parent_group) == (row["investor"], parent_group(row["parent_group"]).name)
    assert DIRECTORY.resolve(row["investor"]) == investor


@pytest.mark.parametrize(
    "name",
    [
        "Andreessen Horowitz",
        "Founders Fund",
        "Initial Capital",
        "Lead Angels",
        "Industry Ventures",
        "Arm",
        "Sea",
    ],
)
def test_names_of_common_words_are_names(name: str) -> None:
    assert not names_nobody(name)


def test_names_that_look_alike_are_suggested_and_not_merged() -> None:
    for name in ("Аlibaba", "Ali\u200bbaba", "Alibabba"):
        assert DIRECTORY.aliases.resolve(name) is None
        assert DIRECTORY.aliases.suggest(name)[0] == "Alibaba"


def test_suggestions_for_companies() -> None:
    assert COMPANIES.suggest("ShengShu Techology") == ["ShengShu Technology"]
    assert COMPANIES.suggest("生数") == ["生数科技"]
    assert COMPANIES.suggest("AI") == COMPANIES.suggest("Gardening Supplies") == []


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        (
            "Alpha Fundx",
            ["Alpha Fund", "Alpha Found", "Alpha Funds"],
        ),  # the likest first, and no more than three
        ("Alpha Fund Managers", ["Alpha Fund", "Alpha Fund Management"]),
        ("Fund Alpha", []),
        ("АF", ["AF"]),  # a Cyrillic letter; else a short name is like nothing
        ("AFX", []),
        ("Zh", []),
        ("Zhii", []),
        ("智谱华章", ["智谱"]),  # two ideographs say as much as four letters
        ("智", []),
    ],
)
def test_suggestions(name: str, suggested: list[str]) -> None:
    spellings = (
        "Alpha Fund",
        "Alpha Funds",
        "Alpha Fond",
        "Alpha Found",
        "AF",
        "Zhi",
        "智谱",
        "Alpha Fund Management",
    )
    known = Aliases([*((alias, alias) for alias in spellings), ("Alpha Fundd", "Alpha Fund")])
    assert known.suggest(name) == suggested
    assert known.suggest(name, limit=1) == suggested[:1]


def test_ambiguous_alias_names_both() -> None:
    with pytest.raises(ValueError, match=r"'Foo Inc\.' is 'a' but 'FOO' is 'b'"):
        Aliases([("Foo Inc.", "a"), ("FOO", "b")])


def test_one_investor_has_one_group() -> None:
    rows = [{**ROWS[0], "alias": alias, "parent_group": group} for alias, group in (("A", "x"), ("B", "y"))]
    with pytest.raises(ValueError, match="belongs to 'x' and to 'y'"):
        InvestorDirectory(rows)


def directory(*rows: tuple[str, str, str, str]) -> InvestorDirectory:
    """A directory of rows with alias, investor, parent group and kind."""
    return InvestorDirectory(
        [dict(zip(("alias", "investor", "parent_group", "kind"), row, strict=True)) for row in rows]
    )


def test_what_one_row_says_of_a_group_holds_for_its_investors() -> None:
    found = directory(
        ("Pay", "Pay Fund", "Ant", "fund (of the bank)"),
        ("Robby", "Robby", "Ant (Alibaba affiliate)", "person (founder)"),
        ("R", "Robby", "Ant", "angel"),
        ("Robby Ltd", "Robby", "Ant", "fund"),
        ("West", "West", "none", "fund"),
    )
    pay, robby, west = (found.resolve(name) for name in ("Pay", "R", "West"))
    assert pay.group == robby.group
    assert (pay.group.affiliate_of, west.group.affiliate_of) == ("Alibaba", "")
    # The row of the name itself says best what it is, notes aside.
    assert (pay.kind, robby.kind, west.kind) == ("fund", "fund", "fund")
    assert found.resolve("Pay Fund") == pay
    assert list(found) == [pay, robby, west]


def test_two_investors_with_one_id() -> None:
    with pytest.raises(ValueError, match=r"'north-fund' is 'North Fund' but 'north-fund' is 'North-Fund'"):
        directory(("N", "North Fund", "", "fund"), ("F", "North-Fund", "", "fund"))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Alibaba", Group("Alibaba")),
        ("", Group()),
        ("none (ex Sequoia China)", Group(note="ex Sequoia China")),
        ("Ant Group (Alibaba affiliate)", Group("Ant Group", "Alibaba", "Alibaba affiliate")),
        ("Alibaba (anchor only)", Group(note="Alibaba (anchor only)")),
        ("ByteDance-linked", Group(note="ByteDance-linked")),
        ("Jack Ma-backed, privately owned", Group(note="Jack Ma-backed, privately owned")),
        ("Lei Jun (Xiaomi-linked)", Group("Lei Jun", note="Xiaomi-linked")),
    ],
)
def test_parent_group(text: str, group: Group) -> None:
    assert parent_group(text) == group


def test_affiliation_holds_for_the_whole_group() -> None:
    assert DIRECTORY.resolve("Robbyant").group.affiliate_of == "Alibaba"
    assert DIRECTORY.resolve("云锋基金").parent_group == ""


@pytest.mark.parametrize(
    ("name", "investor"),
    [
        ("Nvidia's venture arm NVentures", "NVentures"),
        ("Alphabet Inc.'s GV", "GV"),
        ("Alibaba's Ant Group", "Ant Group"),
        ("华为旗下哈勃投资", "Hubble (Huawei)"),
        ("阿里巴巴集团", "Alibaba Group"),
        ("腾讯控股有限公司", "Tencent"),
        ("Nvidia's Unheard-of Fund", "Nvidia's Unheard-of Fund"),
        ("Tencent Cloud", "Tencent Cloud"),
    ],
)
def test_owner_and_group_words(name: str, investor: str) -> None:
    assert DIRECTORY.resolve(name).name == investor


def test_unknown_investor_keeps_its_name() -> None:
    unknown = DIRECTORY.resolve("Nobody's Özel Ventures, Ltd.")
    assert (unknown.investor_id, unknown.name) == ("nobodys-ozel-ventures", "Nobody's Özel Ventures, Ltd.")
    assert (unknown.parent_group, unknown.kind) == ("", "")
    assert slug("上海雲鑫投資管理有限公司") == "上海云鑫投资管理"
