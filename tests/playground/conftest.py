"""One playground and one browser for all these tests; every test has a page of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request, sync_playwright

from prompts.texts import Catalog
from tests.playground.living import Living
from tests.playground.visit import Visit

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="package")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The sample forum, lived through."""
    living = Living(tmp_path_factory.mktemp("playground"))
    yield living
    living.close()


@pytest.fixture(scope="package")
def catalog() -> Catalog:
    """The bot's texts."""
    return Catalog.load()


@pytest.fixture(scope="package")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, living: Living, catalog: Catalog, _browser: Browser
) -> Iterator[Visit]:
    """Somebody at the page; it fails when the page breaks or asks anything of another address."""
    width, height = getattr(request, "param", (1400, 900))
    page = _browser.new_page(viewport={"width": width, "height": height}, locale="sv-SE")
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: wrong.extend(_strange(asked, living.url)))
    page.goto(living.url)
    page.locator("body.ready").wait_for()
    yield Visit(page, catalog)
    page.close()
    assert wrong == []


def _strange(asked: Request, url: str) -> list[str]:
    return [] if asked.url.startswith(f"{url}/") else [asked.url]
