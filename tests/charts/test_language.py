"""Charts in Chinese: every text is translated, every letter has a glyph, every name is that of the tables."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from string import Formatter

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import charts, load
from analysis.charts import house, language, sizes, words
from analysis.charts.language import COUNT, TERM
from analysis.load import Once
from tests.charts.conftest import collisions_of, mostly_slow, texts_of

TABLES = Once(load)
CHINESE = language.get("zh", TABLES.companies())
CATALOGUE = language.catalogue("zh")
SOURCES = [Path(str(path)) for path in sorted(Path(str(files("analysis.charts"))).rglob("*.py"))]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by its bare name in the chart modules."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield called, node


def written() -> set[tuple[str, str]]:
    """What the code says: sentences, and nouns that are counted."""
    said = {("", node.args[0]) for called, node in calls() if called == "say"}
    counted = {(COUNT, node.args[1]) for called, node in calls() if called == "count" and len(node.args) == 2}
    return {
        (context, argument.value)
        for context, argument in said | counted
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def parts(text: str) -> set[str]:
    """The names of the parts of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_of_the_code_is_translated_and_no_other() -> None:
    translated = {key for key in CATALOGUE if key[0] != TERM}
    assert sorted(written() - translated) == []
    assert sorted(translated - written()) == []


def test_say_is_given_a_text_that_a_translator_can_find() -> None:
    dynamic = [
        ast.unparse(node)
        for called, node in calls()
        if called == "say" and not isinstance(node.args[0], ast.Constant)
    ]
    assert dynamic == []


def given() -> dict[str, set[str | None]]:
    """The parts that calls give to each text, for translators may use more than English does."""
    names: dict[str, set[str | None]] = defaultdict(set)
    for called, node in calls():
        if called == "say" and isinstance(node.args[0], ast.Constant):
            names[str(node.args[0].value)] |= {keyword.arg for keyword in node.keywords}
    return names


def test_translations_use_parts_that_the_text_is_given() -> None:
    calls_give = given()
    for (context, text), translation in CATALOGUE.items():
        known = {"n"} if context == COUNT else calls_give[text]
        # Some are given as one dictionary, which drawing every chart below tries out.
        assert parts(translation) <= known or None in known, text
        assert re.search("[㐀-鿿]", translation) or not re.search(
            "[A-Za-z]{3}", re.sub(r"{\w+}", "", translation)
        )


@cache
def drawing(name: str, size: str) -> tuple[pd.DataFrame, Figure]:
    """A chart in Chinese: its frame and its figure."""
    frame = charts.frame(name, TABLES)
    return frame, charts.draw(name, frame, TABLES.reports(), size=size, speech=CHINESE)


@cache
def proper_names() -> set[str]:
    """Words of the tables that have no other form in Chinese."""
    names = [
        TABLES.companies()[["name", "name_zh"]].stack(),
        TABLES.table("investors")[["investor", "parent_group"]].stack(),
        TABLES.reports()["publisher"],
        TABLES.table("leaderboard_scores")[["model", "board"]].stack(),
        TABLES.table("model_capabilities")["model"],
        TABLES.product_events()["product"],
        TABLES.rounds()["round_label"],
    ]
    # Labels of boards, currencies and licences are the same in both languages.
    fixed = "AI API CC BY Arena Artificial Analysis ELO Elo ECB IPO Pre VC Vidu USD CNY HKD com www"
    return set(re.findall(r"[A-Za-z]+", " ".join(pd.concat(names).dropna().astype(str)) + " " + fixed))


@mostly_slow
def test_a_chart_speaks_chinese_alone(name: str) -> None:
    frame, figure = drawing(name, "column")
    chart = charts.CHARTS[name]
    with language.speaking(CHINESE):
        alt = chart.alt(frame)
    told = [*(text.get_text().replace("\n", " ") for text in texts_of(figure)), alt]
    english = {word for text in told for word in re.findall(r"[A-Za-z]{2,}", text)} - proper_names()
    assert english == set()


@mostly_slow
# A column is the tightest.
@pytest.mark.parametrize(
    "size", [size if size == "column" else pytest.param(size, marks=pytest.mark.slow) for size in sizes.SIZES]
)
def test_no_chinese_text_covers_another_or_leaves_the_page(name: str, size: str) -> None:
    figure = drawing(name, size)[1]
    assert collisions_of(texts_of(figure), figure.bbox) == []


def test_amounts_and_dates_are_chinese() -> None:
    day = pd.Timestamp("2026-04-09")
    nan = float("nan")
    with language.speaking(CHINESE):
        assert words.dollars(290e6) == "2.9亿美元"
        assert words.dollars(60e6) == "6000万美元"
        assert words.bounds(14e6, nan) == "1400万美元以上"
        assert words.short(891e6, 1.2e9) == "8.91–12亿美元"
        assert words.short(60e6, 1.2e9) == "6000万–12亿美元"
        assert words.day(day) == "2026年4月9日"
        assert words.period(day, day) == "2026年4月9日"
        assert words.listing(["A", "B", "C"]) == "A、B和C"
        assert words.count(0, "round") == "0轮融资"
        assert language.name("ShengShu") == "生数科技"
    assert words.dollars(290e6) == "$290m"


def test_a_text_without_translation_is_an_error() -> None:
    with language.speaking(CHINESE), pytest.raises(language.UntranslatedError, match=r"zh\.po has no trans"):
        language.term("no such word")


def test_a_letter_that_no_face_has_is_a_box() -> None:
    with language.speaking(CHINESE), house.style():
        figure, _ = house.page((800, 500), house.Texts("生数 𓀀", "", ""))
        figure.canvas.draw()
    assert figure.findobj(Text)[0].get_text() == "生数 □"


def test_without_the_faces_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(house, "import_module", absent)
    with (
        language.speaking(CHINESE),
        pytest.raises(ModuleNotFoundError, match=r"pip install 'world-model-funding\[chinese\]'"),
    ):
        house._font_file(house.HAN_FACE, "Bold")


def last_line(words: str, tag: str) -> list[int]:
    """The columns of pixels that the last line of a text inks."""
    with language.speaking(CHINESE), house.style(), mpl.rc_context({"text.language": tag}):
        figure, _ = house.page((300, 200), house.Texts("", "", ""))
        house.put(figure, 20, 20, words, "black", size=40, va="bottom", linespacing=2)
        figure.canvas.draw()
        pixels = np.asarray(figure.canvas.buffer_rgba())[-90:, :, 0]  # type: ignore[attr-defined]
    return [int(column) for column in np.unique(np.where(pixels < 128)[1])]


def test_every_line_has_the_forms_of_the_language() -> None:
    # The comma stands at the left of its square in simplified Chinese, in the middle in traditional.
    simplified, traditional = last_line("题，", "zh-Hans"), last_line("题，", "zh-Hant")
    assert simplified != traditional
    assert last_line("题，\n题，", "zh-Hans") == simplified
    assert last_line("题，\n题，", "zh-Hant") == traditional


def test_lines_break_between_chinese_characters_but_not_before_a_closing_sign() -> None:
    with language.speaking(CHINESE), house.style():
        figure, _ = house.page((800, 500), house.Texts("题", "", ""))
        text = house.put(figure, 0, 0, "", "black")
        lines = house.wrap(text, "阿里巴巴领投了20亿元，是最大的一轮（未披露估值）。", 100, lines=9).split(
            "\n"
        )
    assert len(lines) > 2
    assert not any(line[0] in "，。）" for line in lines)
    assert not any(before[-1].isdigit() and after[0] in "亿元" for before, after in pairwise(lines))
