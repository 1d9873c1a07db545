"""Orders about letters that went astray: sent once more, read once more, forgotten; by a running bot or without one."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapter import NotNow
from bot.orders import (
    AWAY,
    DONE,
    DROP,
    LATER,
    NO_SUCH,
    NOT_CONNECTED,
    NOT_RUNNING,
    NOTE,
    OUTDATED,
    RETRY,
    UNREADABLE,
    Orders,
    _carry_out,
    give,
    note,
)
from bot.writer import Writer
from storage import astray, gauges, intake, outbox
from storage.db import Database, Store, StoreUnavailable
from storage.opened import opened
from storage.outbox import Address, Letter
from storage.sqlite import SqliteDatabase
from tests.stage.recording import HandClock
from tests.stage.samples import NOW, open_database

pytestmark = pytest.mark.anyio
LATER_ON = NOW + timedelta(hours=1)


def put(store: Store, state: str, *, kind: str = "post", card_name: str = "", chat: str = "C") -> int:
    """A message in some state."""
    letter = outbox.put(
        store, kind, Address("slack", "T", chat), '{"said": "hemligt"}', now=NOW, language="sv", zone="UTC",
        card_name=card_name,
    )  # fmt: skip
    outbox.mark(store, letter.id, state, "Refused")
    return letter.id


class Running:
    """A bot that takes orders, as far as orders need one. ``reads`` is what comes of a payload taken in."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self.store = store
        self.delivered: list[Letter] = []
        self.taken: list[tuple[str, object]] = []
        self.reads: str = "well"
        self.orders = Orders(writer, HandClock(), deliver=self._deliver, take_again=self._take_again)

    def _deliver(self, letters: Iterable[Letter]) -> None:
        self.delivered += letters

    async def _take_again(self, platform: str, payload: object) -> None:
        self.taken.append((platform, payload))
        if self.reads == "away":
            raise NotNow(5)
        if self.reads == "full":
            raise StoreUnavailable("full")
        if self.reads == "badly":
            intake.bury(self.store, platform, "still", json.dumps(payload), NOW)


@pytest.fixture(name="bot")
async def _bot(where: Path | str, writer: Writer) -> AsyncIterator[Running]:
    beside: Database = SqliteDatabase(where, exclusive=False) if isinstance(where, Path) else opened(where)
    yield Running(beside.store, writer)
    beside.close()


# --- Out ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["dead", "unknown"])
async def test_a_message_goes_out_once_more(bot: Running, state: str) -> None:
    """As a new one, at the end of its queue; the old one is no longer there to be sent a second time."""
    old = put(bot.store, state)
    assert await bot.orders.carry_out(RETRY, f"out-{old}") == DONE
    (letter,) = bot.delivered
    assert letter.id > old
    assert (letter.state, letter.attempts, letter.card) == ("new", 0, '{"said": "hemligt"}')
    assert outbox.waiting(bot.store) == [letter]
    assert await bot.orders.carry_out(RETRY, f"out-{old}") == NO_SUCH


@pytest.mark.parametrize("state", ["new", "sending", "sent", "dropped"])
async def test_a_message_that_did_not_go_astray_is_left_alone(bot: Running, state: str) -> None:
    """What waits will be sent; what arrived has arrived."""
    old = put(bot.store, state)
    for order in (RETRY, DROP):
        assert await bot.orders.carry_out(order, f"out-{old}") == NO_SUCH
    assert outbox.letter(bot.store, old)
    assert bot.delivered == []


async def test_a_card_is_not_turned_back(bot: Running) -> None:
    """A newer state of it is in the chat, or on its way there; in another chat it does not matter."""
    old = put(bot.store, "dead", kind="update", card_name="decision:1:1")
    other = put(bot.store, "dead", kind="update", card_name="decision:1:1", chat="D")
    put(bot.store, "sent", kind="update", card_name="decision:1:1")
    assert await bot.orders.carry_out(RETRY, f"out-{old}") == OUTDATED
    assert await bot.orders.carry_out(RETRY, f"out-{other}") == DONE


async def test_a_message_is_forgotten_with_its_words(bot: Running) -> None:
    """Nothing of it is left."""
    old = put(bot.store, "dead")
    assert await bot.orders.carry_out(DROP, f"out-{old}") == DONE
    assert outbox.letter(bot.store, old) is None


# --- In ----------------------------------------------------------------------------------------------------------


def buried(store: Store) -> list[int]:
    """What lies there unread."""
    return [each[0] for each in intake.buried(store)]


async def test_a_payload_that_can_be_read_now_is_gone(bot: Running) -> None:
    """It went through the same door as at first."""
    intake.bury(bot.store, "slack", "why", '{"type": "x"}', NOW)
    assert await bot.orders.carry_out(RETRY, "in-1") == DONE
    assert bot.taken == [("slack", {"type": "x"})]
    assert buried(bot.store) == []


async def test_a_payload_that_still_cannot_be_read_lies_there_under_a_new_name(bot: Running) -> None:
    """Once, however often one tries."""
    intake.bury(bot.store, "slack", "why", '{"type": "x"}', NOW)
    bot.reads = "badly"
    assert await bot.orders.carry_out(RETRY, "in-1") == UNREADABLE
    assert len(buried(bot.store)) == 1


@pytest.mark.parametrize(("reads", "told"), [("away", NOT_CONNECTED), ("full", AWAY)])
async def test_a_payload_is_kept_while_nobody_can_take_it(bot: Running, reads: str, told: str) -> None:
    """The platform is away, or the store takes nothing."""
    intake.bury(bot.store, "slack", "why", '{"type": "x"}', NOW)
    bot.reads = reads
    assert await bot.orders.carry_out(RETRY, "in-1") == told
    assert buried(bot.store) == [1]


async def test_a_payload_is_forgotten(bot: Running) -> None:
    """Without being read."""
    intake.bury(bot.store, "slack", "why", '{"type": "x"}', NOW)
    assert await bot.orders.carry_out(DROP, "in-1") == DONE
    assert (buried(bot.store), bot.taken) == ([], [])


async def test_word_left_in_the_database_is_found_by_one_process(bot: Running) -> None:
    """Where commands write to the database themselves, they cannot read a payload; a running bot looks for it."""
    for number in (1, 2):
        intake.bury(bot.store, "slack", "why", f'{{"n": {number}}}', NOW)
    for name in ("in-2", "in-2", "in-9"):
        _carry_out(RETRY, name, NOW, bot.store)
    assert _carry_out(RETRY, "in-2", NOW, bot.store)[0] == LATER
    assert buried(bot.store) == [1, 2]

    await bot.orders.look()
    await bot.orders.look()

    assert bot.taken == [("slack", {"n": 2})]
    assert buried(bot.store) == [1]


@pytest.mark.parametrize("reads", ["away", "full"])
async def test_word_is_kept_until_somebody_can_act_on_it(bot: Running, reads: str) -> None:
    """The platform is away, or the store takes nothing for a moment; later it is read."""
    intake.bury(bot.store, "slack", "why", '{"type": "x"}', NOW)
    _carry_out(RETRY, "in-1", NOW, bot.store)
    bot.reads = reads
    await bot.orders.look()
    assert buried(bot.store) == [1]
    bot.reads = "well"
    await bot.orders.look()
    assert buried(bot.store) == []


# --- Names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["", "7", "in-", "in-0", "out-x", "up-7", "in-7 or 1=1", f"in-{'9' * 30}", "in-٧"]
)
async def test_what_is_no_name_names_nothing(bot: Running, name: str) -> None:
    """Whatever is typed."""
    for order in (RETRY, DROP):
        assert await bot.orders.carry_out(order, name) == NO_SUCH


async def test_names_nobody_has_name_nothing(bot: Running) -> None:
    """Capitals and blanks around a name do no harm."""
    for name in ("in-7", "out-7", " OUT-7 "):
        for order in (RETRY, DROP):
            assert await bot.orders.carry_out(order, name) == NO_SUCH
    assert astray.read_name(" IN-7 ") == ("in", 7)


# --- Without a running bot ---------------------------------------------------------------------------------------


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A database that no bot runs on: one payload and one message went astray."""
    database = open_database(tmp_path / "still.db")
    intake.bury(database.store, "slack", "why", '{"type": "x"}', NOW)
    put(database.store, "dead")
    database.close()
    return tmp_path / "still.db"


def states(path: Path) -> tuple[list[int], list[str]]:
    """Payloads that lie there, and messages that wait."""
    database = SqliteDatabase(path)
    found = buried(database.store), [each.state for each in outbox.waiting(database.store)]
    database.close()
    return found


def test_a_message_is_sent_at_the_next_start(path: Path) -> None:
    """It waits in the table."""
    assert give(path, RETRY, "out-1", LATER_ON) == DONE
    assert states(path) == ([1], ["new"])


def test_only_a_running_bot_reads(path: Path) -> None:
    """The payload stays where it is; to forget it one needs nobody."""
    assert give(path, RETRY, "in-1", LATER_ON) == NOT_RUNNING
    assert give(path, RETRY, "in-9", LATER_ON) == NOT_RUNNING
    assert states(path) == ([1], [])
    assert give(path, DROP, "in-1", LATER_ON) == DONE
    assert states(path) == ([], [])


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    """A wrong folder is not filled with files."""
    assert give(tmp_path / "none.db", DROP, "in-1", LATER_ON) == NO_SUCH
    assert list(tmp_path.iterdir()) == []


async def test_in_a_shared_database_a_command_does_it_itself(dsn: str) -> None:
    """Whoever sends finds the message within a second; whoever reads finds word of the payload."""
    with closing(opened(dsn)) as database:
        intake.bury(database.store, "slack", "why", '{"type": "x"}', NOW)
        put(database.store, "dead")
        assert give(dsn, RETRY, "out-1", LATER_ON) == DONE
        assert give(dsn, RETRY, "in-1", LATER_ON) == LATER
        assert note(dsn, gauges.DRILL, LATER_ON)
        assert [each.state for each in outbox.waiting(database.store)] == ["new"]
        assert gauges.instant(database.store, gauges.DRILL) == LATER_ON
        assert astray.asked_to_read(database.store) == [1]
        assert give(dsn, DROP, "in-1", LATER_ON) == DONE


# --- Notes -------------------------------------------------------------------------------------------------------


def test_what_a_command_did_is_noted_for_the_watch(path: Path) -> None:
    """When the last backup was made."""
    assert note(path, gauges.BACKUP, LATER_ON)
    database = SqliteDatabase(path)
    assert gauges.instant(database.store, gauges.BACKUP) == LATER_ON
    database.close()


def test_what_cannot_be_noted_is_said_to_be_so(path: Path) -> None:
    """A bot of an older version has the database, or there is none."""
    database = SqliteDatabase(path)
    assert not note(path, gauges.BACKUP, LATER_ON)
    database.close()
    assert not note(path.with_name("none.db"), gauges.BACKUP, LATER_ON)


@pytest.mark.parametrize("about", ["secret=1", "backup-at=", "backup-at=now", "backup-at"])
async def test_nothing_else_can_be_noted(bot: Running, about: str) -> None:
    """Least of all over the secret of the installation."""
    assert await bot.orders.carry_out(NOTE, about) == NO_SUCH
