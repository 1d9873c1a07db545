"""One playground and one browser for all these tests; every test has a page of its own.

The browser's library keeps a loop running in its thread, where nobody else could have one: it gets a thread of its
own, in which the stories at the page are told.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Browser, Request, sync_playwright

from bot.playground.house import House
from prompts.texts import Catalog
from tests.playground.living import Living
from tests.playground.visit import Visit

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="browser")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Tell the stories at the page in the browser's thread."""
    if pyfuncitem.get_closest_marker("browser") is None:
        return None
    _THREAD.submit(pyfuncitem.obj, visit=pyfuncitem.funcargs["visit"]).result()
    return True


@pytest.fixture(scope="session")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The sample forum, lived through."""
    living = Living(tmp_path_factory.mktemp("playground"))
    yield living
    living.close()


@pytest.fixture
def client(living: Living) -> Iterator[httpx.Client]:
    """Somebody with a browser of their own make."""
    with httpx.Client(base_url=living.url, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def house(living: Living) -> House:
    """What is behind the page."""
    return living.house


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The bot's texts."""
    return Catalog.load()


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    playwright = _THREAD.submit(sync_playwright().start).result()
    browser = _THREAD.submit(playwright.chromium.launch, executable_path=CHROMIUM, args=QUIET).result()
    yield browser
    _THREAD.submit(browser.close).result()
    _THREAD.submit(playwright.stop).result()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, living: Living, catalog: Catalog, _browser: Browser
) -> Iterator[Visit]:
    """Somebody at the page; it fails when the page breaks or asks anything of another address."""
    wrong: list[str] = []
    size = getattr(request, "param", (1400, 900))
    visit = _THREAD.submit(_open, _browser, living.url, size, catalog, wrong).result()
    yield visit
    _THREAD.submit(visit.page.close).result()
    assert wrong == []


def _open(browser: Browser, url: str, size: tuple[int, int], catalog: Catalog, wrong: list[str]) -> Visit:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="sv-SE")
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: wrong.extend(_strange(asked, url)))
    page.goto(url)
    page.locator("body.ready").wait_for()
    return Visit(page, catalog)


def _strange(asked: Request, url: str) -> list[str]:
    return [] if asked.url.startswith(f"{url}/") else [asked.url]
