"""A backup put back under a real bot (F24): nothing that was said goes out again, and the bot goes on."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.backups import back_up, restore
from bot.clock import SystemClock
from bot.playground.faults import RateLimited
from bot.playground.slack import plain
from bot.playground.slack.world import HOME_TEAM
from storage import forums, gauges, people
from storage.sqlite import SqliteDatabase
from tests.bot.clean_slate import as_before, without_settings
from tests.bot.served_platforms import Platforms, both_platforms
from tests.bot.test_run import started
from tests.stage.samples import open_database

IN_TIME = 20.0


@pytest.fixture(name="anyio_backend", scope="module")
def _anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings."""
    without_settings(tmp_path, monkeypatch)
    with as_before():
        yield


class Town:
    """A forum in a Slack channel, one member of it, and the bot as a process of its own."""

    def __init__(self, platforms: Platforms, folder: Path) -> None:
        self.platforms = platforms
        self.folder = folder
        self.path = folder / "samsyn.db"
        world = platforms.slack.world
        self.channel = world.add_channel("trygghet").id
        self.ada = world.add_user("ada", "Ada Ek", locale="sv-SE")
        world.channels[self.channel].members.append(self.ada.id)
        self.process: asyncio.subprocess.Process | None = None

    async def settle(self) -> None:
        """The bot is in the channel, and the forum is there."""
        await self.platforms.slack.invite_bot(self.ada, self.channel)
        now = SystemClock().now()
        with closing(open_database(self.path)) as database:
            store = database.store
            forum = forums.create(
                store,
                name="Trygghet",
                challenge="",
                language="sv",
                zone="Europe/Stockholm",
                invite="x",
                now=now,
            )
            team = HOME_TEAM
            place = forums.add_place(store, "slack", team, self.channel, "", "trygghet")
            forums.tie(store, place.id, forum.id)
            person = people.meet(store, "slack", team, self.ada.id, name="Ada Ek", now=now)
            forums.join(store, forum.id, person.id, actor_id=None, role="coordinator", now=now)

    async def starts(self) -> None:
        self.process, line = await started(self.platforms, self.folder)
        assert line.startswith("Samsyn is running")

    async def stops(self) -> None:
        assert self.process is not None
        self.process.terminate()
        await self.process.communicate()
        assert self.process.returncode == 0

    async def decides(self, what: str) -> None:
        """Ada records a decision."""
        await self.platforms.slack.slash(self.ada, self.channel, "/samsyn", f"beslut {what}")

    def said(self) -> list[str]:
        """What the bot said in the channel."""
        messages = self.platforms.slack.world.in_channel(self.channel)
        return [plain(each, {}) for each in messages if each.by_bot]

    async def until_said(self, words: str) -> None:
        """Wait until the bot says this in the channel."""
        async with asyncio.timeout(IN_TIME):
            while not any(words in each for each in self.said()):
                await self.platforms.slack.changes.after(self.platforms.slack.changes.revision)


@pytest.mark.anyio
async def test_nine_hours_back_nothing_is_said_again_and_the_bot_goes_on(tmp_path: Path) -> None:
    """A message that waited in the backup went out since; what was lost is told, and the next decision is kept."""
    async with both_platforms() as platforms:
        town = Town(platforms, tmp_path)
        await town.settle()
        await town.starts()
        await town.decides("Första")
        await town.until_said("Första")
        platforms.faults.plant("chat.postMessage", RateLimited(2))
        await town.decides("Andra")
        await asyncio.to_thread(back_up, town.path, tmp_path / "copy.db")
        await town.until_said("Andra")
        await town.decides("Tredje")
        await town.until_said("Tredje")
        await town.stops()
        said = town.said()

        done = await asyncio.to_thread(restore, tmp_path / "copy.db", town.path)
        assert done.dropped == 1
        await asyncio.to_thread(long_ago, town.path)
        await town.starts()
        await town.decides("Fjärde")
        await town.until_said("Fjärde")
        async with asyncio.timeout(IN_TIME):
            while not await asyncio.to_thread(tells_of_it, town.path):
                pass
        await town.stops()

    new = town.said()[len(said) :]
    assert town.said()[: len(said)] == said
    assert sum("Fjärde" in each for each in new) == 1
    assert not any(each in words for words in new for each in ("Första", "Andra", "Tredje"))


def long_ago(path: Path) -> None:
    """The backup is nine hours old: longer than a night in which nobody may have missed anything."""
    with closing(SqliteDatabase(path)) as database:
        gauges.note(database.store, gauges.RESTORED, SystemClock().now() - timedelta(hours=9))


def tells_of_it(path: Path) -> bool:
    """The forum was told, or will be at the next hour when people work. Looked at beside the bot."""
    with closing(sqlite3.connect(path)) as store:
        (told,) = store.execute(
            "select exists (select 1 from timer where name = '1:away')"
            " or exists (select 1 from outbox where kind = 'post' and card_name = '')"
        ).fetchone()
        waits = store.execute(
            "select 1 from fact where name = ? and value <> ''", (gauges.RESTORED,)
        ).fetchone()
        return bool(told) and waits is None
