"""A database, and the loop's own way to write to it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.writer import Writer
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


@pytest.fixture(name="writer")
async def _writer(database: SqliteDatabase) -> AsyncIterator[Writer]:
    writer = Writer(database.transactions)
    yield writer
    await writer.close()
