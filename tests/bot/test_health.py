"""Health: every part by its name, asked seldom however often somebody asks."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typing_extensions import override

from bot import health
from bot.health import Health, has_room, takes_writes
from bot.writer import Writer
from storage import outbox
from storage.db import Store, StoreUnavailable
from storage.outbox import Address
from tests.stage.recording import HandClock
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio
WELL = {"database": True, "schema": True, "outbox": True, "slack": True}


class Installation:
    """A database, whoever looks at it, and a clock that a test moves."""

    def __init__(self, where: Path | str, writer: Writer) -> None:
        self.where = where
        self.clock = HandClock()
        self.clock_is_right: bool | None = None
        self.writer = Counting(writer)
        self.health = Health(
            where, self.writer, self.clock,
            connected=lambda: {"slack": True}, clock_is_right=lambda: self.clock_is_right,
        )  # fmt: skip


class Counting(Writer):
    """A writer that counts who comes, and takes nothing when it is told so."""

    def __init__(self, inner: Writer) -> None:
        self.inner = inner
        self.asked = 0
        self.trouble: Exception | None = None

    @override
    async def run(self, work: Callable[[Store], object]) -> object:  # type: ignore[override]
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return await self.inner.run(work)


@pytest.fixture(name="here")
async def _here(where: Path | str, writer: Writer) -> Installation:
    return Installation(where, writer)


def well(here: Installation, **parts: bool) -> dict[str, bool]:
    """Everything works but for these parts; the disk of a server is its own business."""
    mine = {"disk": True} if isinstance(here.where, Path) else {}
    return WELL | mine | parts


async def test_all_is_well(here: Installation) -> None:
    """What nobody knows of, such as the clock before a platform told the time, is left out."""
    assert await here.health.parts() == well(here)


@pytest.mark.parametrize("right", [True, False])
async def test_a_clock_that_somebody_compared_is_a_part(here: Installation, *, right: bool) -> None:
    """Right or wrong."""
    here.clock_is_right = right
    assert await here.health.parts() == well(here, clock=right)


async def test_a_database_that_takes_nothing_is_down(here: Installation) -> None:
    """It can still be read; and when it takes writes again, all is well again."""
    here.writer.trouble = StoreUnavailable("disk full")
    assert await here.health.parts() == well(here, database=False)
    here.writer.trouble = None
    here.clock.forward(3)
    assert await here.health.parts() == well(here)


async def test_whoever_asks_often_gets_the_last_answer(here: Installation) -> None:
    """A hundred strangers at the door cost one write."""
    await asyncio.gather(*(here.health.parts() for _ in range(100)))
    assert here.writer.asked == 1


async def test_a_message_that_waits_for_a_quarter_of_an_hour_is_a_sign(
    here: Installation, writer: Writer
) -> None:
    """A revoked token, a network that is gone; what may leave no trace has no time to tell."""

    def put(store: Store) -> None:
        for care in ("repeat", "forget"):
            outbox.put(
                store, "post", Address("slack", "T", "C"), "{}", now=NOW, language="sv", zone="UTC", care=care
            )

    await writer.run(put)
    here.clock.forward(14 * 60)
    assert (await here.health.parts())["outbox"]
    here.clock.forward(2 * 60)
    assert not (await here.health.parts())["outbox"]


async def test_a_schema_of_a_newer_version_does_not_fit(here: Installation, writer: Writer) -> None:
    """Somebody changed it behind our back."""

    def change(store: Store) -> None:
        if store.engine == "sqlite":
            store.run(
                "insert into _sqlite_migrations (migration_set, name, applied_at) values ('samsyn', 'later', '')"
            )
        else:
            store.run("insert into schema_step (name, breaks) values ('later', 1)")

    await writer.run(change)
    assert await here.health.parts() == well(here, schema=False)


async def test_a_database_that_cannot_be_read_has_no_figures(writer: Writer, tmp_path: Path) -> None:
    """Nothing is said of what nobody knows."""
    lost = Health(tmp_path / "lost.db", writer, HandClock(), connected=dict, clock_is_right=lambda: None)
    assert await lost.parts() == {"database": True, "schema": False, "disk": True}
    assert await lost.gauges() is None


@pytest.mark.parametrize(("free", "enough"), [(10, True), (9, False)])
def test_a_tenth_of_the_disk_is_to_be_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, *, enough: bool
) -> None:
    """Before it is too late to do anything."""
    monkeypatch.setattr("bot.health.shutil.disk_usage", lambda _: SimpleNamespace(total=100, free=free))
    assert has_room(tmp_path / "not" / "yet" / "there.db") is enough


class Stuck(Writer):
    """A database that never answers."""

    def __init__(self) -> None:
        pass

    @override
    async def run(self, work: object) -> None:  # type: ignore[override]
        await asyncio.Event().wait()


async def test_a_database_that_does_not_answer_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it for ever."""
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    assert not await takes_writes(Stuck(), NOW)
