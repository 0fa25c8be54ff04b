"""Chromium, the site, and pages that tell what goes wrong on them and let nothing out of this machine."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

# A container's /dev/shm is small, and Chromium refuses its sandbox to root.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


@dataclass
class Trouble:
    """What went wrong on a page: errors of its scripts and console, and requests to another host."""

    found: list[str] = field(default_factory=list)

    def take(self) -> list[str]:
        """Return all of it and forget it."""
        found, self.found = self.found, []
        return found


Opener = Callable[..., AbstractContextManager[tuple[Page, Trouble]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the site be named, so that no stale one is tested by mistake."""
    parser.addoption("--site", metavar="DIR", help="a site that is up to date, as `make test-browser` says")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """The folder of the site."""
    named = request.config.getoption("--site")
    if named is None:
        pytest.fail("Name a site that is up to date (--site site/build), or run `make test-browser`.")
    return Path(named).resolve()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without one the tests are skipped, and fail where CI is set."""
    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "Chromium is missing: apt-get install chromium"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_page(chromium: Browser) -> Opener:
    """Open an empty page that can reach files and one given host, and no other.

    Args:
        host: the beginning of the addresses that are allowed beside files.
        settings: of the browser's context, as `viewport`, `color_scheme`.
    """

    @contextmanager
    def opened(host: str = "file:", **settings: Any) -> Iterator[tuple[Page, Trouble]]:
        with chromium.new_context(**settings) as context:
            page, trouble = context.new_page(), Trouble()

            def refuse(route: Route) -> None:
                trouble.found.append(f"asked for {route.request.url}")
                route.abort()

            context.route(re.compile(rf"^(?!file:|data:|blob:|{re.escape(host)})"), refuse)
            page.on("pageerror", lambda error: trouble.found.append(f"script: {error}"))
            page.on(
                "console",
                lambda told: trouble.found.append(f"console: {told.text}") if told.type == "error" else None,
            )
            yield page, trouble

    return opened
