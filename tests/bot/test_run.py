"""A running bot: a process that says where it is and ends well, and the same within this one."""

import asyncio
import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot import run as running
from bot.adapter import Revoked
from bot.app import App, Role
from bot.settings import Settings, read_settings
from bot.web import listener
from storage import gauges
from storage.db import StoreUnavailable
from storage.opened import opened
from storage.sqlite import SqliteDatabase
from tests.bot.clean_slate import without_settings
from tests.bot.served_platforms import Platforms, both_platforms

ROOT = Path(__file__).parent.parent.parent
PARTS = ("database", "schema", "outbox", "disk", "slack", "telegram")
IN_TIME = 5.0
"""Seconds that a bot has to end."""


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no settings."""
    without_settings(tmp_path, monkeypatch)


# --- A real process ----------------------------------------------------------------------------------------------


async def asked(url: str) -> tuple[int, dict[str, object]]:
    """A page of the bot's."""
    async with aiohttp.ClientSession() as client, client.get(url) as answer:
        return answer.status, await answer.json()


async def started(platforms: Platforms, folder: Path, **more: str) -> tuple[asyncio.subprocess.Process, str]:
    """A bot on both platforms as a process of its own, and what it said once it was ready."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **platforms.environment(folder), **more}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    return process, (await process.stdout.readline()).decode()


@pytest.mark.anyio
@pytest.mark.parametrize("told_to_stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_bot_starts_says_where_it_is_and_ends_when_told(
    tmp_path: Path, told_to_stop: signal.Signals
) -> None:
    """Ready on both platforms; after the signal it ends well, soon, and without a word of a token in its log."""
    async with both_platforms() as platforms:
        process, line = await started(platforms, tmp_path)
        assert line.startswith(
            "Samsyn is running: Slack (Socket Mode), Telegram (polling). Health: http://127.0.0.1:"
        )
        health = line.split("Health: ")[1].strip()
        status, parts = await asked(health)
        assert status == 200
        assert parts.pop("clock", "ok") == "ok"  # known once a platform has told the time
        assert parts == {"ready": True} | dict.fromkeys(PARTS, "ok")

        process.send_signal(told_to_stop)
        async with asyncio.timeout(IN_TIME):
            _, log = await process.communicate()

    assert process.returncode == 0
    assert [json.loads(each)["event"] for each in log.decode().splitlines()] == ["started"]


@pytest.mark.anyio
async def test_a_token_that_is_refused_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    """Exit code 2 and where to look, not a trace."""
    async with both_platforms() as platforms:
        process, _ = await started(platforms, tmp_path, SAMSYN_TELEGRAM_TOKEN="4200:wrong")
        _, log = await process.communicate()
    assert process.returncode == 2
    assert (
        log.decode().splitlines()[-1]
        == "A platform refuses the token. To see which and why: python -m bot doctor"
    )
    assert "Traceback" not in log.decode()


# --- The same within this process --------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_running_until_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From settings to ready, by HTTP and polling as well, and to an end that lets go of the database."""
    async with both_platforms() as platforms:
        for name, value in platforms.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SAMSYN_SLACK_SIGNING_SECRET", "s")
        said: asyncio.Queue[str] = asyncio.Queue()
        bot = asyncio.create_task(running.run(read_settings(), said.put_nowait))
        line = await said.get()
        assert line.startswith("Samsyn is running: Slack (Socket Mode and HTTP), Telegram (polling).")
        health = line.split("Health: ")[1]
        assert (await asked(health))[0] == 200
        async with (
            aiohttp.ClientSession() as client,
            client.get(health.replace("ready", "metrics")) as answer,
        ):
            page = await answer.text()
        assert answer.content_type == "text/plain"
        assert 'samsyn_ready{part="telegram"} 1.0' in page
        assert 'samsyn_outbox_messages{state="dead"} 0.0' in page
        async with (
            aiohttp.ClientSession() as client,
            client.post(health.replace("ready", "slack/events")) as answer,
        ):
            assert answer.status == 401
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)

    SqliteDatabase(tmp_path / "samsyn.db").close()


@pytest.mark.anyio
@pytest.mark.parametrize(("role", "beats"), [("worker", False), ("web", True)])
async def test_only_who_takes_in_says_that_people_reach_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dsn: str, role: Role, *, beats: bool
) -> None:
    """Workers alone would hide that nobody hears what people write."""
    async with both_platforms() as platforms:
        for name, value in {**platforms.environment(tmp_path), "DATABASE_URL": dsn}.items():
            monkeypatch.setenv(name, value)
        said: asyncio.Queue[str] = asyncio.Queue()
        bot = asyncio.create_task(running.run(read_settings(), said.put_nowait, role))
        health = (await said.get()).split("Health: ")[1]
        awake = None
        with closing(opened(dsn)) as database:
            for _ in range(3):  # each answer means a write, behind the first beat
                await asked(health)
                awake = awake or gauges.instant(database.store, gauges.awake("slack"))
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)
    assert bool(awake) is beats


@pytest.mark.anyio
async def test_a_start_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """The port and the database are free again."""
    async with both_platforms() as platforms:
        with listener("127.0.0.1", 0) as taken:
            port = taken.getsockname()[1]
        settings = Settings(
            database=tmp_path / "samsyn.db", listen=f"127.0.0.1:{port}", telegram_api=platforms.telegram.base_url,
            telegram_token="4200:wrong",  # type: ignore[arg-type]
        )  # fmt: skip
        with pytest.raises(Revoked):
            await running.run(settings, print)

    listener("127.0.0.1", port).close()
    SqliteDatabase(tmp_path / "samsyn.db").close()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"telegram_token": "4200:x", "telegram_webhook_secret": "s", "public_url": "https://b.org"}, "Telegram (webhook)"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}, "Slack (HTTP)"),
    ],
)  # fmt: skip
def test_the_ways_in_are_said(given: dict[str, Any], told: str) -> None:
    """The line for whoever started it names them."""
    assert running._where(Settings(**given)) == told


class Stuck:
    """A bot that never finishes."""

    async def stop(self) -> None:
        await asyncio.Event().wait()


@pytest.mark.anyio
async def test_an_end_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stuck is left; everything needed is in the database."""
    monkeypatch.setattr(running, "PARTING", 0.01)
    with capture_logs() as records:
        async with running._closed(cast(App, Stuck())):
            pass
    assert [each["event"] for each in records] == ["not finished in time"]


@pytest.mark.parametrize("told_to_stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_cancels_the_work_and_a_second_one_has_its_ordinary_effect(
    told_to_stop: signal.Signals,
) -> None:
    """The work may clean up; afterwards signals are as they were."""
    did = []
    before = signal.getsignal(told_to_stop)

    async def work() -> None:
        try:
            os.kill(os.getpid(), told_to_stop)
            await asyncio.Event().wait()
        finally:
            did.append("cleaned up")
            assert asyncio.get_running_loop().remove_signal_handler(told_to_stop) is False

    running.run_until_stopped(work())

    assert did == ["cleaned up"]
    assert signal.signal(told_to_stop, before) in {signal.SIG_DFL, signal.default_int_handler}


@pytest.mark.parametrize("fast", [True, False])
def test_trouble_in_the_work_comes_out(monkeypatch: pytest.MonkeyPatch, *, fast: bool) -> None:
    """On the fast loop and on Python's own."""

    async def work() -> None:
        assert type(asyncio.get_running_loop()).__module__.startswith("uvloop") is fast
        raise StoreUnavailable("x")

    if not fast:
        monkeypatch.setitem(sys.modules, "uvloop", None)
    with pytest.raises(StoreUnavailable):
        running.run_until_stopped(work())
