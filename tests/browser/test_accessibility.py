"""axe-core finds nothing serious on any kind of page, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "index", "search", "method", "data", "changelog", "investors",
    "notebooks/01_the_article_checked", "notebooks/06_investor_network",
    "charts/index", "charts/alibaba_rounds",
    "companies/index", "companies/shengshu",
    "rounds/index", "rounds/pixverse-2026-07", "rounds/kling-2026-07",
]  # fmt: skip
SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(site, open_page, name: str, scheme: str) -> None:
    with open_page(color_scheme=scheme) as (page, _):
        page.goto((site / f"{name}.html").as_uri())
        # Buttons fade into the colours of the theme.
        page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
        violations = Axe().run(page).response["violations"]
    assert [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in violations
        if found["impact"] in SERIOUS
        for node in found["nodes"][:3]
    ] == []
