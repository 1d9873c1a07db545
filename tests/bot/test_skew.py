"""The clock of this machine beside that of a platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime

import pytest
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.skew import HOUR, SOON, ClockWatch, skew
from bot.web import address, listener
from tests.bot.test_connect import Impatient

pytestmark = pytest.mark.anyio


class Platform:
    """A platform that is asked for nothing but the time: ahead of us by so much, or told in words."""

    def __init__(self) -> None:
        self.ahead: timedelta | str = timedelta()
        self.asked: list[str] = []
        self.status = 200
        self.address = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.decode().partition(" HTTP")[0])
        told = self.ahead
        if isinstance(told, timedelta):
            told = format_datetime(SystemClock().now() + told, usegmt=True)
        writer.write(f"HTTP/1.1 {self.status} So\r\nDate: {told}\r\nConnection: close\r\n\r\n".encode())
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def there() -> AsyncIterator[Platform]:
    """Such a platform, on this machine."""
    platform = Platform()
    server = await asyncio.start_server(platform.answer, "127.0.0.1", 0)
    platform.address = address(server.sockets[0])
    async with server:
        yield platform


@pytest.fixture(name="platform")
async def _platform() -> AsyncIterator[Platform]:
    async with there() as platform:
        yield platform


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_the_time_stands_on_every_answer(platform: Platform, status: int) -> None:
    """Whatever else it says; and the path, which may hold a token, is not asked for."""
    platform.status = status
    platform.ahead = timedelta(minutes=-5)
    found = await skew(f"{platform.address}/bot123:secret/", SystemClock())
    assert found is not None
    assert abs(found - timedelta(minutes=5)) < timedelta(seconds=5)
    assert platform.asked == ["HEAD /"]


@pytest.mark.parametrize("told", ["", "yesterday"])
async def test_who_does_not_tell_the_time_is_not_believed(platform: Platform, told: str) -> None:
    """No time, or none that can be read."""
    platform.ahead = told
    assert await skew(platform.address, SystemClock()) is None


async def test_who_is_not_there_tells_nothing() -> None:
    """A network that is gone is no clock that is wrong."""
    taken = listener("127.0.0.1", 0)
    nowhere = address(taken)
    taken.close()
    assert await skew(nowhere, SystemClock()) is None


async def looked(*addresses: str) -> tuple[bool | None, float]:
    """What is known of the clock after one look, and when the next one is."""
    clock = Impatient()
    watch = ClockWatch(clock, addresses)
    slept = asyncio.Event()

    async def sleep(seconds: float) -> None:
        clock.waits.append(seconds)
        slept.set()
        await asyncio.Event().wait()

    clock.sleep = sleep  # type: ignore[method-assign]
    looking = asyncio.create_task(watch.run())
    await slept.wait()
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    return watch.is_right, clock.waits[0]


async def test_a_clock_that_is_right(platform: Platform) -> None:
    """Looked at again in an hour."""
    assert await looked(platform.address) == (True, HOUR)


async def test_a_clock_that_is_off_is_logged(platform: Platform) -> None:
    """With how far."""
    platform.ahead = timedelta(hours=1)
    with capture_logs() as records:
        assert await looked(platform.address) == (False, HOUR)
    assert [each["event"] for each in records] == ["this machine's clock is off"]
    assert 3590 < records[0]["seconds"] < 3610


async def test_one_platform_that_is_off_does_not_make_us_wrong(platform: Platform) -> None:
    """The other one agrees with us."""
    async with there() as wrong:
        wrong.ahead = timedelta(hours=1)
        assert await looked(wrong.address, platform.address) == (True, HOUR)


async def test_where_nobody_tells_the_time_nothing_is_known() -> None:
    """And it is tried again soon."""
    assert await looked() == (None, SOON)
