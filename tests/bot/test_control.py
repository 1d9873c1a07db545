"""The door for commands on this machine: whoever may write the database may order, and nobody else gets a word."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import control
from bot.control import ask, control_beside, orders_taken

pytestmark = pytest.mark.anyio


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


async def echo(order: str, about: str) -> str:
    """What came of it is what was asked."""
    return f"{order} {about}"


@pytest.fixture(name="database")
async def _database(tmp_path: Path) -> AsyncIterator[Path]:
    """A database on which somebody takes orders."""
    async with orders_taken(tmp_path / "samsyn.db", echo):
        yield tmp_path / "samsyn.db"


async def asked(database: Path, order: str = "drop", about: str = "in-1") -> str | None:
    """Ask as a command does, which waits for its answer."""
    return await asyncio.to_thread(ask, database, order, about)


async def test_an_order_gets_its_answer(database: Path) -> None:
    """As often as one likes."""
    assert [await asked(database), await asked(database, "retry", "å 1")] == ["drop in-1", "retry å 1"]


async def test_nobody_else_can_open_the_door(database: Path) -> None:
    """It is for the user of the bot alone."""
    assert control_beside(database).stat().st_mode & 0o777 == 0o600


async def test_where_no_bot_runs_nobody_answers(tmp_path: Path) -> None:
    """Neither where none ever ran, nor where one was killed and left its door behind."""
    assert await asked(tmp_path / "samsyn.db") is None
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(control_beside(tmp_path / "samsyn.db")))
    assert await asked(tmp_path / "samsyn.db") is None
    async with orders_taken(tmp_path / "samsyn.db", echo):
        assert await asked(tmp_path / "samsyn.db") == "drop in-1"
    assert not control_beside(tmp_path / "samsyn.db").exists()


@pytest.mark.parametrize(
    "nonsense", [b"", b"nonsense\n", b"[1]\n", b"[1, 2, 3]\n", b"7\n", b'["x", ' + b"x" * 5000]
)
async def test_nonsense_gets_no_answer_and_hurts_nobody(database: Path, nonsense: bytes) -> None:
    """The next one is served as ever."""
    reader, writer = await asyncio.open_unix_connection(control_beside(database))
    writer.write(nonsense)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert await asked(database) == "drop in-1"


async def test_an_answer_that_makes_no_sense_is_none(tmp_path: Path) -> None:
    """Something else listens there."""

    async def other(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_unix_server(other, control_beside(tmp_path / "samsyn.db")):
        assert await asked(tmp_path / "samsyn.db") is None


async def test_a_long_way_to_the_database_is_no_obstacle(tmp_path: Path) -> None:
    """An address has room for a hundred letters; the folder may lie deeper."""
    deep = tmp_path / ("d" * 90) / ("e" * 90)
    deep.mkdir(parents=True)
    async with orders_taken(deep / "samsyn.db", echo):
        assert await asked(deep / "samsyn.db") == "drop in-1"
    assert not control_beside(deep / "samsyn.db").exists()


async def test_a_bot_without_a_door_runs_all_the_same(tmp_path: Path) -> None:
    """Where there can be no socket, it says so and goes on."""
    with capture_logs() as records:
        async with orders_taken(tmp_path / "not there" / "samsyn.db", echo):
            assert await asked(tmp_path / "not there" / "samsyn.db") is None
    assert [each["event"] for each in records] == ["no orders are taken"]


async def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that is stuck gives no answer."""

    async def stuck(_order: str, _about: str) -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr(control, "PATIENCE", 0.05)
    async with orders_taken(tmp_path / "samsyn.db", stuck):
        assert await asked(tmp_path / "samsyn.db") is None
