"""Connecting: only what is set up, again when a platform was away, and with the commands that Telegram suggests."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.adapter import NotNow, Outgoing, Revoked, SendTrouble, Uncertain
from bot.clock import SystemClock
from bot.connect import LONGEST_PAUSE, Connector, Lasting, commands
from bot.engine import Engine
from bot.settings import Settings
from bot.speech import Speech
from handlers import FEATURES
from handlers.kit.feature import Book
from handlers.kit.ui import Card, text
from prompts.texts import Catalog
from storage.outbox import Address

pytestmark = pytest.mark.anyio

SLACK: dict[str, Any] = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}
TELEGRAM: dict[str, Any] = {"telegram_token": "4200:x"}
OUT = Outgoing("post", Address("toy", "", "1"), Card(text("apology")), "sv", "Europe/Stockholm")
LONGEST_DESCRIPTION = 256
"""Of a command, in Telegram: https://core.telegram.org/bots/api#botcommand"""


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


class Toy:
    """An adapter whose starts go as told: ``None`` for well, or the trouble; and which ends when it is told to."""

    platform = "toy"

    def __init__(self, *starts: SendTrouble | None) -> None:
        self.starts: Iterator[SendTrouble | None] = iter(starts)
        self.did: list[str] = []
        self.end = asyncio.Event()
        self.happened = asyncio.Condition()

    async def start(self) -> None:
        await self._do("start")
        trouble = next(self.starts)
        if trouble:
            raise trouble
        self.end.clear()

    async def stop(self) -> None:
        await self._do("stop")

    async def send(self, message: Outgoing) -> str:
        await self._do(message.kind)
        return "17"

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:
        await self._do(f"ask {workspace}{chat}{user}")
        return True

    async def ended(self) -> SendTrouble | None:
        await self.end.wait()
        return Revoked("somebody took the token back")

    async def until(self, *did: str) -> None:
        """Wait until exactly this has been done."""
        async with asyncio.timeout(5), self.happened:
            await self.happened.wait_for(lambda: self.did == list(did))

    async def _do(self, what: str) -> None:
        async with self.happened:
            self.did.append(what)
            self.happened.notify_all()


class Impatient(SystemClock):
    """A clock on which waiting takes no time, but is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    @override
    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture(name="clock")
async def _clock() -> AsyncIterator[Impatient]:
    """Such a clock, while nothing is written to the log."""
    with capture_logs():
        yield Impatient()


# --- Only what is set up -----------------------------------------------------------------------------------------


def made(**given: Any) -> tuple[Connector, set[str]]:
    """A connector after its work, and the addresses that it opened."""
    connector = Connector(Settings(**given), SystemClock())
    connector(Engine.__new__(Engine), Speech(Catalog.load()))
    return connector, {getattr(each, "path", "") for each in connector.routes}


async def test_nothing_is_connected_without_tokens() -> None:
    """No adapter, no address, nothing to be unwell."""
    connector, paths = made()
    assert (connector.adapters, paths, connector.health()) == ({}, set(), {})


async def test_socket_mode_and_polling_open_no_address() -> None:
    """What calls out itself needs no way in."""
    connector, paths = made(**SLACK, **TELEGRAM)
    assert paths == set()
    assert connector.health() == {"slack": False, "telegram": False}


async def test_a_platform_that_reaches_us_no_more_is_unwell(clock: Impatient) -> None:
    """Connected as it seems, but nothing would come."""
    connector, _ = made(**TELEGRAM)
    hears = [True]
    connector.adapters["telegram"] = lasting = Lasting(Toy(None), clock, hears=lambda: hears[0])
    await lasting.start()
    assert connector.health() == {"telegram": True}
    hears[0] = False
    assert connector.health() == {"telegram": False}
    await lasting.stop()


async def test_deliveries_over_http_have_an_address_each() -> None:
    """Where Slack's manifest and Telegram's webhook point."""
    secrets = {"slack_signing_secret": "s", "telegram_webhook_secret": "s", "public_url": "https://b.org"}
    _, paths = made(slack_bot_token="xoxb-1", **TELEGRAM, **secrets)
    assert paths == {"/slack/events", "/telegram/updates"}


@pytest.mark.parametrize(
    ("given", "absent"),
    [("telegram_token='4200:x'", "slack_bolt"), ("slack_bot_token='xoxb-1', slack_app_token='xapp-1'", "telegram")],
)  # fmt: skip
def test_a_platform_that_is_not_set_up_is_not_even_imported(given: str, absent: str) -> None:
    """It costs neither time nor memory."""
    program = f"""
import sys
from bot.clock import SystemClock
from bot.connect import Connector
from bot.settings import Settings
from bot.speech import Speech
from prompts.texts import Catalog
connector = Connector(Settings({given}), SystemClock())
async def work():
    connector(None, Speech(Catalog.load()))
import asyncio
asyncio.run(work())
assert len(connector.adapters) == 1
assert {absent!r} not in sys.modules
"""
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True)


# --- Lasting -----------------------------------------------------------------------------------------------------


async def test_what_is_connected_passes_everything_on(clock: Impatient) -> None:
    """Messages and questions reach the platform."""
    toy = Toy(None)
    lasting = Lasting(toy, clock)
    await lasting.start()

    assert lasting.up
    assert await lasting.send(OUT) == "17"
    assert await lasting.is_administrator("T", "C", "U")
    await lasting.stop()
    assert toy.did == ["start", "post", "ask TCU", "stop"]
    assert not lasting.up


async def test_a_platform_that_is_away_is_tried_again(clock: Impatient) -> None:
    """The other one need not wait for it; the pauses grow."""
    toy = Toy(NotNow(5), Uncertain("?"), NotNow(5), None)
    lasting = Lasting(toy, clock)
    await lasting.start()
    assert not lasting.up

    await toy.until(*["start"] * 4)

    assert clock.waits == [2, 4, 8]
    assert await lasting.send(OUT) == "17"
    await lasting.stop()


async def test_pauses_grow_only_so_far(clock: Impatient) -> None:
    """Somebody who mends the network does not wait for hours."""
    toy = Toy(*[NotNow(5)] * 9, None)
    lasting = Lasting(toy, clock)
    await lasting.start()
    await toy.until(*["start"] * 10)
    assert clock.waits[-1] == LONGEST_PAUSE
    await lasting.stop()


async def test_messages_wait_while_it_is_away() -> None:
    """The dispatcher is told to try the whole platform again later; nothing counts as sent."""
    with capture_logs():
        lasting = Lasting(Toy(NotNow(5)), SystemClock())
        await lasting.start()
        with pytest.raises(NotNow) as later:
            await lasting.send(OUT)
        with pytest.raises(NotNow):
            await lasting.is_administrator("T", "C", "U")
        await lasting.stop()
    assert later.value.everywhere
    assert lasting.adapter.did == ["start"]  # type: ignore[attr-defined]


async def test_a_token_refused_at_the_start_is_said_at_once(clock: Impatient) -> None:
    """Whoever started it is still there to mend it."""
    lasting = Lasting(Toy(Revoked("no")), clock)
    with pytest.raises(Revoked):
        await lasting.start()
    await lasting.stop()


async def test_an_adapter_that_ended_is_begun_anew(clock: Impatient) -> None:
    """It takes in again when the token is good again, or the other process gone, without a restart."""
    toy = Toy(None, Revoked("still"), None)
    with capture_logs() as records:
        lasting = Lasting(toy, clock, toy.ended)
        await lasting.start()
        toy.end.set()
        await toy.until("start", "stop", "start", "start")

    assert [each["event"] for each in records] == ["platform ended", "token refused"]
    assert lasting.up
    await lasting.stop()


# --- Telegram's list of commands ---------------------------------------------------------------------------------


def test_every_command_is_suggested_in_both_languages() -> None:
    """The installation's own language comes first, for people with any other."""
    listed = commands(Catalog.load(), "en")
    assert list(listed) == ["en", "sv"]
    assert len(listed["en"]) == len(listed["sv"]) == len(Book.of(FEATURES).words)
    assert list(commands(Catalog.load(), "sv")) == ["sv", "en"]


def test_what_a_command_is_for_does_not_begin_with_the_command() -> None:
    """Telegram shows it beside; and every line fits."""
    for language, listed in commands(Catalog.load(), "sv").items():
        assert all(0 < len(line) <= LONGEST_DESCRIPTION for _, line in listed), language
        assert all(line.split(" ")[0].casefold() != command for command, line in listed), language
    assert dict(listed)["menu"].startswith("Shows buttons")
