"""docs/your-own-data.md as a new user follows it: its files, its commands, its keys."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import charts, load
from analysis.__main__ import app
from analysis.build import build
from analysis.layouts.layout import FIELDS, FIXED, read_layout
from tests.repo.test_readme import commands, paths, wrong_commands

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "your-own-data.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_every_command_and_path_of_the_guide_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert wrong_commands(GUIDE, makefile, commands()) == []
    named = {path for path in paths(GUIDE, {"analysis", "data"}) if path.startswith(("analysis/", "data/"))}
    assert "analysis/layouts/shipped" in named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("text", re.findall(r"^```\n(\[.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))
def test_every_piece_of_a_layout_in_the_guide_is_valid(text: str) -> None:
    whole = block("toml") + "\n" + text
    assert read_layout(whole.encode(), "x.toml")[1] == []


def test_keys_in_running_text_are_keys() -> None:
    known = {*FIELDS, *FIXED, "unit", "currency", "decimal", "undisclosed", "fill_down", "one_per_investor",
             "encoding", "order", "country", "segment"}  # fmt: skip
    told = re.findall(r"`(\w+) = ([^`]*)`", GUIDE)
    assert len(told) > 5
    for key, value in told:
        assert key in known
        if "…" not in value:
            tomllib.loads(f"{key} = {value}")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables that the steps of the guide give."""
    folder = tmp_path_factory.mktemp("mine")
    (folder / "rounds.csv").write_text(block("csv"), encoding="utf-8")
    (folder / "rounds.toml").write_text(block("toml"), encoding="utf-8")
    build(folder, folder / "tables", add_companies=True)
    return folder / "tables"


def test_the_files_of_the_guide_build(tables: Path) -> None:
    rounds = load.table("rounds", tables).set_index("company")
    assert rounds["usd_stated"].fillna(0).to_dict() == {
        "ShengShu": 290_000_000, "Nimbus Worlds": 12_500_000, "Nimbus World": 0,
    }  # fmt: skip
    assert rounds.loc["Nimbus World", "amount_qualifier"] == "undisclosed"
    assert f"{rounds.loc['Nimbus Worlds', 'date_start']:%Y-%m-%d}" == "2026-05-06"


def test_charts_without_rows_say_so(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_MODEL_DATA", str(tables))
    two = {name: charts.CHARTS[name] for name in ("field_segments", "video_valuations")}
    monkeypatch.setattr(charts, "CHARTS", two)
    shown = CliRunner().invoke(app, ["charts"])
    assert shown.exit_code == 0, shown.output
    assert re.search(r"video_valuations +03_video_players +\(no rows in these tables\)", shown.stdout)
    assert re.search(r"field_segments .* raised \$302m in 3 closed rounds", shown.stdout)
    single = CliRunner().invoke(app, ["export", "video_valuations", "--out", str(tables.parent / "charts")])
    assert single.exit_code == 1
    assert "Chart 'video_valuations' has no rows to plot." in single.stderr
