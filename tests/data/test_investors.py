"""The alias tables against the raw reports."""

import csv
from pathlib import Path

import pytest

from analysis.parse.investors import InvestorDirectory
from analysis.parse.names import Aliases

RAW = Path(__file__).parents[2] / "data" / "raw"
COLUMNS = ("lead_investors", "investors")
# A name of each group as it would stand in a report; what it is part of must be resolved to the group.
GROUPS = {
    "Alibaba": ("alibaba", "阿里", "阿裏", "アリババ", "cainiao"),
    "Ant Group": ("ant group", "螞蟻", "蚂蚁", "アント"),
    "Tencent": ("tencent", "腾讯", "騰訊", "テンセント"),
    "Baidu": ("baidu", "百度"),
    "ByteDance": ("bytedance", "字节"),
    "Kuaishou": ("kuaishou", "快手"),
    "Meituan": ("meituan", "美团", "美團", "long-z"),
    "Nvidia": ("nvidia", "nventures", "輝達", "英伟达", "엔비디아"),
    "Google": ("google", "alphabet", "capitalg", "谷歌"),
    "Amazon": ("amazon", "亚马逊"),
}
# Ties that are no control, by the sources.
NOT_CONTROLLED = {"an entity linked to Tencent"}


def read(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ALIASES = read("investor_aliases.csv")
DIRECTORY = InvestorDirectory(ALIASES)
REPORTS = read("funding_reports.csv")
COMPANIES = Aliases((row["alias"], row["company_id"]) for row in read("company_aliases.csv"))
COHORT = {row["company_id"]: row["cohort"] for row in read("companies.csv")}


def test_every_company_of_a_report_is_known() -> None:
    assert {row["company"] for row in REPORTS if COMPANIES.resolve(row["company"]) not in COHORT} == set()


def test_every_company_is_found_by_its_own_names() -> None:
    unnamed = {"pengcheng-world-model", "exdeepmind-world-model-talks"}  # described, not named
    rows = [row for row in read("companies.csv") if row["company_id"] not in unnamed]
    assert {row["company_id"]: COMPANIES.resolve(row["name"]) for row in rows} == {
        row["company_id"]: row["company_id"] for row in rows
    }
    chinese = {row["name_zh"]: row["company_id"] for row in rows if row["name_zh"]}
    assert {name: COMPANIES.resolve(name) for name in chinese} == chinese


@pytest.mark.parametrize("cohort", ["alibaba-trio", "video-rival"])
def test_every_investor_of_the_video_companies_is_known(cohort: str) -> None:
    unknown = {
        (row["report_id"], named.name)
        for row in REPORTS
        if COHORT[COMPANIES.resolve(row["company"]) or ""] == cohort
        for column in COLUMNS
        for named in DIRECTORY.read(row[column])
        if not named.investor.kind
    }
    assert unknown == set()


@pytest.mark.parametrize("group", GROUPS)
def test_every_entity_of_the_large_groups_is_resolved(group: str) -> None:
    found = {
        named.name: named.investor.parent_group
        for row in REPORTS
        for column in COLUMNS
        for named in DIRECTORY.read(row[column])
        if any(word in named.name.casefold() for word in GROUPS[group]) and named.name not in NOT_CONTROLLED
    }
    assert found == dict.fromkeys(found, group)
    assert found or group == "Kuaishou"  # no report names Kuaishou as an investor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("启明创投", "Qiming Venture Partners"),
        ("百度风投", "Baidu Ventures"),
        ("达晨财智", "Fortune Capital"),
        ("经纬创投", "Matrix Partners China"),
        ("红杉中国", "HongShan"),
        ("高瓴資本", "Hillhouse"),
        ("好未來", "TAL Education"),
        ("中關村科學城公司", "Zhongguancun Science City"),
        ("a16z", "Andreessen Horowitz"),
        ("Google Ventures", "GV"),
        ("軟銀", "SoftBank"),
        ("HUMAIN", "Humain"),
    ],
)
def test_spellings_are_joined(one: str, other: str) -> None:
    assert DIRECTORY.resolve(one) == DIRECTORY.resolve(other)
