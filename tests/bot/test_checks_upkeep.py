"""What the doctor finds in a bot that has been at work: letters, timers, platforms that are silent, backups, files."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from bench.cluster import Cluster
from bot.checks import look
from bot.finding import Finding
from bot.settings import Settings
from storage import gauges, intake, outbox, timers, whereabouts
from storage.db import Store
from storage.opened import opened
from storage.outbox import Address
from storage.sqlite import SqliteDatabase
from tests.bot.clean_slate import as_before, without_settings
from tests.stage.postgres import Databases, migrated
from tests.stage.recording import HandClock
from tests.stage.samples import NOW, open_database

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings; files are made as the commands make them."""
    without_settings(tmp_path, monkeypatch)
    with as_before():
        os.umask(0o077)
        yield


async def found_at(address: str) -> list[Finding]:
    """What the doctor finds on a server."""
    given: dict[str, Any] = {"DATABASE_URL": address}
    return [each async for each in look(Settings(**given), HandClock())]


class Patient:
    """A database and what was done to it. ``bot`` is a running bot, as far as the file can tell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bot: SqliteDatabase | None = None

    def after(self, change: Callable[[Store], object]) -> None:
        """Something happened to it."""
        if self.bot:
            change(self.bot.store)
            return
        with closing(SqliteDatabase(self.path)) as database:
            change(database.store)

    async def findings(self, **settings: Any) -> list[Finding]:
        """What the doctor finds, but for what it finds in everybody, and for backups where they are not the question."""
        found = [each async for each in look(Settings(database=self.path, **settings), HandClock())]
        return [
            each for each in found
            if each.level != "fine" and not each.what.startswith(("SQLite is ", "No token is set"))
        ]  # fmt: skip

    async def told(self, **settings: Any) -> list[tuple[str, str]]:
        """The same, as level and sentence, without the word about backups."""
        return [
            (each.level, each.what) for each in await self.findings(**settings) if "backup" not in each.what
        ]


@pytest.fixture(name="patient")
def _patient(tmp_path: Path) -> Patient:
    open_database(tmp_path / "samsyn.db").close()
    return Patient(tmp_path / "samsyn.db")


@pytest.fixture(name="running")
def _running(patient: Patient) -> Iterator[Patient]:
    """The same, with a bot at work on it."""
    with closing(SqliteDatabase(patient.path)) as patient.bot:
        yield patient


def put(state: str, *, at: datetime = NOW) -> Callable[[Store], None]:
    """A message in some state."""

    def change(store: Store) -> None:
        letter = outbox.put(
            store, "post", Address("slack", "T", "C"), "{}", now=at, language="sv", zone="UTC"
        )
        outbox.mark(store, letter.id, state)

    return change


def late(store: Store) -> None:
    """A timer that did not ring."""
    timers.schedule(store, "x", NOW - HOUR, "x", forum=None, grace=DAY, late="ring")


def noted(name: str, ago: timedelta) -> Callable[[Store], None]:
    """Something was done so long ago."""
    return lambda store: gauges.note(store, name, NOW - ago)


# --- Letters and timers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("dead"), "1 message did not arrive."),
        (put("unknown"), "1 message may or may not have arrived."),
        (
            lambda store: intake.bury(store, "slack", "why", "{}", NOW),
            "1 delivery of the platforms could not be read.",
        ),
    ],
)
async def test_what_went_astray_is_noted(
    patient: Patient, change: Callable[[Store], object], told: str
) -> None:
    """With the command that tells more."""
    patient.after(change)
    found = [each for each in await patient.findings() if "backup" not in each.what]
    assert found == [Finding("note", told, "Which, and why: python -m bot letters")]


async def test_several_are_counted(patient: Patient) -> None:
    """In words that fit."""
    for _ in range(3):
        patient.after(put("dead"))
    assert await patient.told() == [("note", "3 messages did not arrive.")]


async def test_what_waits_for_a_bot_is_no_trouble(patient: Patient) -> None:
    """It goes out when one runs."""
    patient.after(put("new", at=NOW - DAY))
    patient.after(late)
    assert await patient.told() == [("note", "2 things wait for a bot to run.")]


async def test_what_stands_still_under_a_running_bot_is_wrong(running: Patient) -> None:
    """A message that nobody sends, a timer that nobody rings."""
    assert await running.told() == []
    running.after(put("new", at=NOW - timedelta(minutes=10)))
    assert await running.told() == []
    running.after(put("new", at=NOW - timedelta(minutes=170)))
    running.after(late)
    assert await running.told() == [
        ("wrong", "A message has been waiting for 2 hours."),
        ("wrong", "1 timer should have rung and did not."),
    ]


async def test_a_platform_that_does_not_reach_a_running_bot_is_wrong(running: Patient) -> None:
    """Only one that is set up, and only while a bot runs."""
    running.after(noted(gauges.awake("slack"), timedelta(minutes=2)))
    running.after(noted(gauges.awake("telegram"), timedelta(days=3)))
    assert await running.told() == []
    telegram = {"telegram_token": "4200:x", "telegram_api": "http://127.0.0.1:9/bot"}
    found = await running.told(**telegram)
    assert found[0] == ("wrong", "Telegram has not reached the running bot for 3 days.")


# --- Backups -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("backup", "drill", "told"),
    [
        (None, None, ["No backup has been made."]),
        (HOUR, None, ["No backup was ever tried out."]),
        (HOUR, DAY, []),
        (30 * HOUR, DAY, ["The last backup was made 1 day ago."]),
        (HOUR, 9 * DAY, ["A backup was last tried out 9 days ago."]),
    ],
)
async def test_backups_grow_old(
    patient: Patient, backup: timedelta | None, drill: timedelta | None, told: list[str]
) -> None:
    """And so does the last time that one was tried out."""
    for name, ago in ((gauges.BACKUP, backup), (gauges.DRILL, drill)):
        if ago is not None:
            patient.after(noted(name, ago))
    found = await patient.findings()
    assert [each.what for each in found] == told
    assert all(each.level == "note" and "python -m bot" in each.todo for each in found)


# --- Files, places, servers ----------------------------------------------------------------------------------------


async def test_files_that_others_can_read_are_noted(patient: Patient) -> None:
    """The database, or what lies beside it."""
    beside = patient.path.with_name("samsyn.db.ballots")
    beside.touch(0o600)
    assert await patient.told() == []
    beside.chmod(0o640)
    found = [each for each in await patient.findings() if "read" in each.what]
    told = "Other users of this machine can read samsyn.db.ballots."
    assert found == [Finding("note", told, f"Run: chmod 600 {patient.path}*")]


async def test_a_database_that_was_moved_away_is_wrong(patient: Patient) -> None:
    """One hears where to."""
    patient.after(lambda store: whereabouts.leave(store, "m", "db.example.org/samsyn"))
    ((level, told),) = await patient.told()
    assert level == "wrong"
    assert "db.example.org/samsyn" in told


async def test_a_server_is_asked_the_same(dsn: str) -> None:
    """Whether a bot runs there is told by what it notes."""
    with closing(opened(dsn)) as database:
        put("dead")(database.store)
        put("new", at=NOW - DAY)(database.store)
        asleep = [each.what for each in await found_at(dsn)]
        gauges.note(database.store, gauges.WRITTEN, NOW - timedelta(minutes=1))
        awake = [each.what for each in await found_at(dsn)]
    assert asleep[0].endswith(" answers.")
    assert "1 thing waits for a bot to run." in asleep
    assert "A message has been waiting for 1 day." in awake
    assert "1 message did not arrive." in awake


async def test_a_server_that_is_not_there_is_wrong() -> None:
    """With the setting to look at, and without the password."""
    address = "postgresql://samsyn:hemligt@127.0.0.1:9/samsyn"
    first, *_ = await found_at(address)
    assert (first.level, first.todo) == ("wrong", "Check DATABASE_URL.")
    assert first.what.startswith("The database 127.0.0.1/samsyn cannot be used: ")
    assert "hemligt" not in first.what


async def test_a_server_with_an_older_schema_is_noted(dsn: str) -> None:
    """It will be brought up to date by itself."""
    with closing(opened(dsn)) as database:
        database.store.run("delete from schema_step where name = 'agenda'")
        first, *_ = await found_at(dsn)
    assert (first.level, first.what.endswith("gets today's schema at the next start.")) == ("note", True)


async def test_a_server_with_nothing_in_it_is_noted(databases: Databases) -> None:
    """The schema is made at the first start; until then there is nothing else to tell."""
    with databases.own(bare=True) as dsn:
        first, *_ = await found_at(dsn)
    assert (first.level, first.what.endswith("gets today's schema at the next start.")) == ("note", True)


async def test_a_server_that_may_lose_what_it_kept_is_wrong() -> None:
    """With the command that mends it; also before the first start, and no longer when it was given."""
    with Cluster(settings={"fsync": "off", "full_page_writes": "off"}) as server:
        where = server.create("samsyn")
        for left in (["fsync", "full_page_writes"], ["full_page_writes"], []):
            wrong = [each for each in await found_at(where) if each.level == "wrong"]
            for each, name in zip(wrong, left, strict=True):
                assert each.what.startswith(f"The server of the database has {name} = off:")
                assert f"alter system set {name} = on" in each.todo
            migrated(where)
            for name in left[:1]:
                server.execute(sql.SQL("alter system set {} = on").format(sql.Identifier(name)))
            server.restart()
