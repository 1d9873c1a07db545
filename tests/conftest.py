"""Shared by all tests: the stage for stories, made once; every story gets an empty world."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from bench.cluster import Cluster
from tests.stage.chat import Chat
from tests.stage.platforms import Platforms
from tests.stage.postgres import Databases

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def _runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def _platforms(_runner: asyncio.Runner) -> Iterator[Platforms]:
    platforms = _runner.run(_open_platforms())
    yield platforms
    _runner.run(platforms.close())


async def _open_platforms() -> Platforms:
    platforms = Platforms()
    await platforms.open()
    return platforms


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest tests/handlers --engine=postgres`` tells all stories on the other engine."""
    parser.addoption(
        "--engine", choices=["sqlite", "postgres"], default="sqlite", help="where stories are kept"
    )


@pytest.fixture(name="engine")
def _engine(request: pytest.FixtureRequest) -> str:
    """What a story is kept by: as asked for, unless it says itself (``ON_BOTH_ENGINES``, ``IN_A_FILE``)."""
    return str(getattr(request, "param", request.config.getoption("engine")))


@pytest.fixture
def chat(
    request: pytest.FixtureRequest,
    engine: str,
    _runner: asyncio.Runner,
    _platforms: Platforms,
    tmp_path: Path,
) -> Iterator[Chat]:
    """A bot in a Slack channel and a Telegram group; the story fails when something it said is left unread."""
    _runner.run(_platforms.renew())
    where = tmp_path / "samsyn.db" if engine == "sqlite" else str(request.getfixturevalue("dsn"))
    story = Chat(_runner, _platforms, where)
    yield story
    story.ends()


@pytest.fixture(scope="session", name="postgres")
def _postgres() -> Iterator[Cluster]:
    """A PostgreSQL server for all tests of this process. Who ends servers starts one of their own."""
    with Cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session", name="databases")
def _databases(postgres: Cluster) -> Iterator[Databases]:
    """Databases on that server."""
    with closing(Databases(postgres)) as databases:
        yield databases


@pytest.fixture(name="dsn")
def _dsn(databases: Databases) -> str:
    """The address of a PostgreSQL database with today's schema and nothing in it."""
    return databases.as_new()
