"""A database on each engine, and the loop's own way to write to it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.writer import Writer
from storage.db import Database
from storage.opened import opened
from storage.sqlite import SqliteDatabase
from tests.stage.samples import open_database


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="database")
def _database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = open_database(tmp_path / "samsyn.db")
    yield database
    database.close()


@pytest.fixture(name="where", params=["sqlite", "postgres"])
def _where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where the data is kept: what the core does is the same on both engines."""
    return tmp_path / "samsyn.db" if request.param == "sqlite" else str(request.getfixturevalue("dsn"))


@pytest.fixture(name="home")
def _home(where: Path | str) -> Iterator[Database]:
    """An open database of either engine, with today's schema."""
    database = opened(where)
    database.migrate()
    yield database
    database.close()


@pytest.fixture(name="writer")
async def _writer(home: Database) -> AsyncIterator[Writer]:
    writer = Writer(home.transactions)
    yield writer
    await writer.close()
