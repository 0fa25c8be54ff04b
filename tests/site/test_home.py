"""What the pages written by hand include."""

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.site import home
from analysis.site.build import ROOT, SOURCES
from analysis.site.notebooks import Summary
from analysis.site.pictures import Plotted

README = """# Acme

## How to read the numbers

See [rows](data/processed/rounds.csv).

## Method in ten lines

1. A
"""


def test_findings_are_those_of_the_notebooks(plotted: Callable[..., Plotted]) -> None:
    reports = pd.DataFrame({"collected": [pd.Timestamp("2026-11-23")]})
    parts = home.parts(plotted(), [Summary("01_acme", "Who?", ("**Acme.**", "**Bolt.**"))], README, reports)
    assert parts["parts/findings.md"] == "### [Who?](notebooks/01_acme.ipynb)\n\n- **Acme.**\n- **Bolt.**"
    assert 'src="charts/acme.png"' in parts["parts/main_chart.md"]
    assert "2026\\-11\\-23" in parts["parts/citation.md"]


def test_every_part_that_a_page_includes_is_made(plotted: Callable[..., Plotted]) -> None:
    reports = pd.DataFrame({"collected": [pd.Timestamp("2026-11-23")]})
    made = set(home.parts(plotted(), [], README, reports))
    included = {
        line.removeprefix("```{include} ")
        for path in SOURCES.glob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("```{include}")
    }
    assert included == made


def test_a_section_ends_with_the_next_and_its_tables_are_downloads() -> None:
    assert home.section(README, "Method in ten lines") == "1. A"
    assert home.section(README, "How to read the numbers") == (
        "See [rows](data/processed/rounds.csv){.external}."
    )


def test_a_section_that_is_gone_is_an_error() -> None:
    with pytest.raises(ValueError, match="no section 'Method'"):
        home.section(README, "Method")


def test_the_readme_has_the_sections() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "undisclosed" in home.section(readme, "How to read the numbers")
    assert home.section(readme, "Method in ten lines").startswith("1. ")
