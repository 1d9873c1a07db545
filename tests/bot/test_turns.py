"""Several processes send from one PostgreSQL database: each message once, each chat in order and at its pace.

And nobody waits for long for a process that is gone.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from typing_extensions import override

import bot.turns
from bot.adapter import NotNow, Outgoing
from bot.app import App
from bot.clock import Clock, SystemClock
from bot.dispatcher import IN_MEMORY, Dispatcher
from bot.turns import Turns
from bot.writer import Writer
from storage import turns
from storage.db import Store
from storage.opened import opened
from storage.outbox import Letter
from tests.bot.bench import put
from tests.stage.recording import HandClock, HeldAlarm, HurriedClock, RecordingAdapter

pytestmark = pytest.mark.anyio
PATIENCE = 20.0
TWO_SECONDS = 2.0


@pytest.fixture(name="where")
def _where(dsn: str) -> str:
    return dsn


class Attentive(HurriedClock):
    """A hurried clock that remembers what it was asked to wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    @override
    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await super().sleep(seconds)


@dataclass(slots=True)
class Process:
    """What sends, in a process of its own as far as the database can tell."""

    writer: Writer
    clock: Clock
    dispatcher: Dispatcher

    @property
    def turns(self) -> Turns:
        assert self.dispatcher.turns
        return self.dispatcher.turns

    async def puts(self, chat: str, *keys: str, care: str = "repeat") -> list[Letter]:
        """Write messages to a chat, and take them over after their commit."""
        platform = "slack" if chat.startswith("C") else "telegram"
        letters = [await put(self.writer, chat, key, platform=platform, care=care) for key in keys]
        self.dispatcher.take(letters)
        return letters

    async def dies(self) -> None:
        """End as with kill -9: nobody is told, nothing is let go of."""
        tasks = [*self.dispatcher._tasks.values(), *self.turns._tasks]
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.turns._tasks.clear()
        self.turns.holder = "nobody"

    async def waits(self) -> float:
        """Until it waits for time to pass; for how many seconds."""
        assert isinstance(self.clock, HandClock)
        async with asyncio.timeout(PATIENCE):
            await self.clock.until_asleep()
        return max((until - self.clock.now()).total_seconds() for until, _ in self.clock._sleepers)

    def forward(self, seconds: float) -> None:
        """Let time pass here."""
        assert isinstance(self.clock, HandClock)
        self.clock.forward(seconds)


class Office:
    """Processes on one database that send through the same platforms."""

    def __init__(self, dsn: str, stack: AsyncExitStack) -> None:
        self._dsn = dsn
        self._stack = stack
        self.slack, self.telegram = RecordingAdapter("slack"), RecordingAdapter("telegram")

    async def opens(self, clock: Clock | None = None, *, sends: bool = True) -> Process:
        """One more process. Unless it has a clock that says so, no message waits for its turn."""
        database = self._stack.enter_context(closing(opened(self._dsn)))
        writer = Writer(database.transactions)
        self._stack.push_async_callback(writer.close)
        clock = clock or HurriedClock()
        adapters = {"slack": self.slack, "telegram": self.telegram}
        process = Process(writer, clock, Dispatcher(writer, clock, adapters, shared=True))
        if sends:
            self._stack.push_async_callback(process.dispatcher.stop)
            await process.dispatcher.recover()
        return process


@pytest.fixture(name="office")
async def _office(dsn: str) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        yield Office(dsn, stack)


async def _expire(writer: Writer) -> None:
    """Everybody has been silent for too long."""
    await writer.run(lambda store: store.run("update chat_turn set until = 1"))


async def _until(writer: Writer, *states: str, passing: Iterable[Process] = ()) -> None:
    """Wait until this has become of all messages, in their order; time passes in some processes meanwhile."""
    async with asyncio.timeout(PATIENCE):
        while await writer.run(_states) != [*states]:
            for each in passing:
                each.forward(1)


def _states(store: Store) -> list[str]:
    return [state for (state,) in store.all("select state from outbox order by id")]


# --- Who sends what ------------------------------------------------------------------------------------------------


async def test_every_message_is_sent_once_and_each_chat_in_order(office: Office, writer: Writer) -> None:
    """Three processes write to the same chats at the same time. Nothing is sent twice, nothing overtakes."""
    three = [await office.opens() for _ in range(3)]
    written: dict[str, list[str]] = defaultdict(list)
    for wave in range(6):
        for chat in range(15):
            await three[(wave + chat) % 3].puts(f"C{chat}", f"{wave}")
            written[f"C{chat}"].append(f"{wave}")
    await _until(writer, *["sent"] * 90)

    assert {chat: office.slack.said_to(chat) for chat in written} == written


async def test_what_a_process_wrote_that_sends_nothing_is_found_by_another(
    office: Office, writer: Writer
) -> None:
    """A process that only takes in hands nothing over; whoever sends looks for it twice a second."""
    sends, only_takes_in = await office.opens(), await office.opens(sends=False)
    await sends.dispatcher.idle()
    await only_takes_in.puts("C1", "a")

    await office.slack.until_tried(1)

    await _until(writer, "sent")
    assert bot.turns.LOOK <= 0.5


async def test_who_ends_in_good_order_lets_the_others_go_on(office: Office) -> None:
    """What a process has not sent when it stops another one goes on with, before any lease runs out."""
    leaves = await office.opens(HandClock())
    await leaves.puts("C1", *"abcde")
    assert await leaves.waits() > 0
    await leaves.dispatcher.stop()
    await office.opens()

    async with asyncio.timeout(turns.LEASE_MS / 2000):
        await office.slack.until_tried(5)

    assert office.slack.said_to("C1") == [*"abcde"]


async def test_a_process_that_died_is_followed_when_its_lease_has_run_out(
    office: Office, writer: Writer
) -> None:
    """Until then its chats are left alone; then what it had not sent goes out, in order."""
    dies = await office.opens(HandClock())
    await dies.puts("C1", *"abcde")
    await dies.waits()
    await dies.dies()
    follows = await office.opens()
    await follows.puts("C2", "elsewhere")
    await _until(writer, "sent", "sent", "sent", "new", "new", "sent")

    await _expire(writer)
    await _until(writer, *["sent"] * 6)

    assert office.slack.said_to("C1") == [*"abcde"]


@pytest.mark.parametrize(("care", "arrives", "state"), [("once", "b", "unknown"), ("repeat", "ab", "sent")])
async def test_what_a_dead_process_was_sending_follows_its_rule(
    office: Office, writer: Writer, care: str, arrives: str, state: str
) -> None:
    """Whether it arrived nobody knows: what may come twice is sent again, anything else is not."""
    dies = await office.opens()
    office.slack.plan("C1", asyncio.Event())
    await dies.puts("C1", "a", care=care)
    await office.slack.until_tried(1)
    await dies.dies()
    await put(writer, "C1", "b")
    await _expire(writer)

    await office.opens()
    await _until(writer, state, "sent")

    assert office.slack.said_to("C1") == [*arrives]


async def test_a_process_leaves_room_for_the_others(
    office: Office, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has so many chats at a time at the most, takes a few at once, and still comes to the end of all."""
    monkeypatch.setattr(bot.turns, "MOST", 5)
    monkeypatch.setattr(bot.turns, "AT_ONCE", 2)
    waits, gate = await office.opens(HandClock()), asyncio.Event()
    for each in range(12):
        office.slack.plan(f"C{each}", gate)
        await waits.puts(f"C{each}", "a")
    await office.slack.until_tried(5)

    helps = await office.opens()
    await office.slack.until_tried(10)
    assert (len(waits.turns._mine), len(helps.turns._mine)) == (5, 5)
    gate.set()

    await _until(writer, *["sent"] * 12)


# --- Keeping a turn, and losing it ---------------------------------------------------------------------------------


async def test_a_turn_is_kept_for_as_long_as_there_is_something_to_send(
    office: Office, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that waits for the pace of a chat says again and again that it is alive."""
    monkeypatch.setattr(bot.turns, "RENEW", 0.01)
    waits = await office.opens(HandClock())
    await waits.puts("C1", *"abcd")
    await waits.waits()
    leases: set[tuple[int]] = set()
    while len(leases) < 3:
        leases.update(await writer.run(_leases))

    assert len(office.slack.arrived) == 3


def _leases(store: Store) -> list[tuple[int]]:
    return [(until,) for (until,) in store.all("select until from chat_turn")]


async def test_who_lost_its_turn_does_not_send(office: Office, writer: Writer) -> None:
    """A process that stood still while another one took over finds that out before it sends the next message."""
    slow = await office.opens(HandClock())
    await slow.puts("C1", *"abcde")
    await slow.waits()
    for each in slow.turns._tasks:
        each.cancel()
    await _expire(writer)
    await office.opens()
    await _until(writer, *["sent"] * 5)

    slow.forward(60)
    await slow.dispatcher.idle()

    assert office.slack.said_to("C1") == [*"abcde"]


async def test_who_hears_that_it_lost_its_turn_lets_go(
    office: Office, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it wants to keep its turn it learns that it is another one's, and waits for nothing more."""
    monkeypatch.setattr(bot.turns, "RENEW", 0.01)
    slow = await office.opens(HandClock())
    await slow.puts("C1", *"abcd")
    await slow.waits()
    slow.turns._tasks[0].cancel()  # it looks for nothing new
    await writer.run(lambda store: store.run("update chat_turn set holder = 'quick', fence = fence + 1"))
    await slow.dispatcher.idle()
    assert slow.turns._mine == {}

    await _expire(writer)
    await office.opens()
    await _until(writer, *["sent"] * 4)
    assert office.slack.said_to("C1") == [*"abcd"]


async def test_who_gets_back_a_turn_that_it_lost_while_sending_goes_on_in_order(
    office: Office, writer: Writer
) -> None:
    """Its lease ran out during one long message, and nobody else was there: nothing is lost, nothing comes twice."""
    slow, gate = await office.opens(), asyncio.Event()
    office.slack.plan("C1", gate)
    await slow.puts("C1", *"abc")
    await office.slack.until_tried(1)
    await _expire(writer)
    while await writer.run(lambda store: store.all("select fence from chat_turn where fence > 1")) == []:
        pass
    gate.set()
    await _until(writer, *["sent"] * 3)

    assert office.slack.said_to("C1") == [*"abc"]
    assert len(office.slack.tried) == 3


async def test_what_is_being_sent_while_the_server_crashes_is_not_sent_by_another_process(
    office: Office, writer: Writer
) -> None:
    """Turns are in no log, so a crash or a failover empties them: everybody waits until all have said what is theirs."""
    slow, gate = await office.opens(), asyncio.Event()
    office.slack.plan("C1", gate)
    await slow.puts("C1", *"ab")
    await office.slack.until_tried(1)
    await writer.run(lambda store: store.do("truncate chat_turn, turns_known"))
    other = await office.opens()
    await other.puts("C2", "c")
    await office.slack.until_tried(2)
    gate.set()
    await _until(writer, *["sent"] * 3)

    assert office.slack.said_to("C1") == [*"ab"]
    assert len(office.slack.tried) == 3


async def test_a_turn_whose_commit_was_not_answered_is_not_lost(
    office: Office, writer: Writer, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server says that a chat is ours and we have not heard of it: we ask once more."""
    process = await office.opens()
    letter = await put(writer, "C1", "a")
    transactions = process.writer.transactions
    commit = transactions.commit

    def unanswered() -> None:
        commit()
        with psycopg.connect(dsn, autocommit=True) as other:
            if other.execute("select 1 from chat_turn").fetchone():
                monkeypatch.undo()
                raise psycopg.OperationalError("cut")

    monkeypatch.setattr(transactions, "commit", unanswered)
    process.dispatcher.take([letter])

    await _until(writer, "sent")


def test_only_what_we_know_of_is_kept_for_longer(where: str) -> None:
    """A turn that we never heard we got runs out, for somebody else to take; one that nobody wants may be kept."""
    with closing(opened(where)) as database:
        store = database.store
        known, unheard = turns.claim(store, "one", [("slack", "T1", "C1"), ("slack", "T1", "C2")])
        assert turns.renew(store, "one", [known]) == {known.chat}
        assert turns.renew(store, "two", [known]) == set()
        assert turns.claim(store, "two", [known.chat, unheard.chat]) == []
        store.run("update chat_turn set until = 1")
        assert turns.renew(store, "one", [known]) == {known.chat}
        store.run("update chat_turn set until = 1")
        (taken,) = turns.claim(store, "two", [known.chat])
        assert (taken.fence, turns.renew(store, "two", [taken])) == (2, {known.chat})
        with pytest.raises(turns.TurnLost):
            turns.still_mine(store, "one", known)
        turns.release(store, "one", known)
        turns.still_mine(store, "two", taken)


def test_who_asks_for_a_busy_chat_does_not_wait(where: str) -> None:
    """Another process is in the middle of noting that it writes there: that it is at it is known without its answer."""
    with closing(opened(where)) as one, closing(opened(where)) as two:
        (turn,) = turns.claim(one.store, "one", [("slack", "T1", "C1")])
        one.store.run("begin")
        turns.still_mine(one.store, "one", turn)

        (free,) = turns.claim(two.store, "two", [turn.chat, ("slack", "T1", "C2")])
        assert free.chat == ("slack", "T1", "C2")
        one.store.run("commit")


async def test_what_one_process_alone_may_do_is_free_when_it_ends(dsn: str) -> None:
    """Fetching from Telegram, for one: as long as a process lives it keeps it, and the next one need not wait."""
    one, two = [App(dsn, HandClock(), HeldAlarm(), lambda _intake, _speech: {}) for _ in range(2)]
    for app in (one, two):
        await app.start()
    assert [await each.engine.is_ours("fetching") for each in (one, two, one)] == [True, False, True]

    await one.stop()

    assert await two.engine.is_ours("fetching")
    await two.stop()


def test_a_chat_is_forgotten_when_its_pace_needs_it_no_more(where: str) -> None:
    """After a minute, and sooner when it is one person's; not while it is written to or to be left alone."""
    chats = [("slack", "T1", "C1"), ("slack", "T1", "U1"), ("telegram", "", "-7"), ("telegram", "", "7")]
    with closing(opened(where)) as database:
        store = database.store
        for turn in turns.claim(store, "one", chats):
            turns.still_mine(store, "one", turn)
        assert _left(store, age=0) == set(chats)
        turns.release_all(store, "one")
        assert _left(store, age=2_000) == set(chats)
        assert [len(each.ages) for each in turns.claim(store, "two", chats)] == [1] * 4
        turns.release_all(store, "two")
        turns.hold_chat(store, chats[3], 30_000)

        assert _left(store, age=3_000) == {chats[0], chats[2], chats[3]}
        assert _left(store, age=57_000) == {chats[3]}
        store.run("update chat_turn set held_until = 0")
        assert _left(store, age=0) == set()


def _left(store: Store, age: int) -> set[tuple[str, str, str]]:
    """Which chats are remembered so many milliseconds later."""
    store.run("update chat_turn set until = sign(until) * (abs(until) - :age)", age=age)
    turns.forget(store)
    return {(row[0], row[1], row[2]) for row in store.all("select platform, workspace, chat from chat_turn")}


# --- Pace ----------------------------------------------------------------------------------------------------------


async def test_the_pace_of_a_chat_goes_with_it(office: Office, writer: Writer) -> None:
    """A group that one process wrote to twenty times: the next message waits its minute, whoever sends it."""
    first = await office.opens()
    await first.puts("-1", "a")
    await _until(writer, "sent")
    await first.dispatcher.stop()
    await writer.run(lambda store: store.run("update chat_turn set recent = repeat(recent, 20)"))

    second = await office.opens(HandClock())
    await second.puts("-1", "b")

    assert 30 < await second.waits() <= 60
    await _until(writer, "sent", "sent", passing=[second])


async def test_a_chat_that_comes_and_goes_is_not_slowed_down(office: Office, writer: Writer) -> None:
    """What was sent counts once, however often the chat becomes ours: no minute's pause after a few messages."""
    clock = Attentive()
    process = await office.opens(clock)
    for each in range(1, 10):
        await process.puts("-100", "a")
        await _until(writer, *["sent"] * each)

    assert max(clock.waits) <= 3


async def test_a_chat_that_is_to_be_left_alone_is_left_alone_by_all(office: Office, writer: Writer) -> None:
    """The platform told one process to wait with a chat; another one that takes it over waits as long."""
    first = await office.opens(HandClock())
    office.slack.plan("C1", NotNow(30))
    await first.puts("C1", "a")
    assert await first.waits() == 30
    await first.dispatcher.stop()

    second = await office.opens(HandClock())

    assert 20 < await second.waits() <= 30
    await _until(writer, "sent", passing=[second])


async def test_a_platform_that_is_to_be_left_alone_is_left_alone_by_all(
    office: Office, writer: Writer
) -> None:
    """The platform told one process to wait with everything; so does the other, and nobody waits for Slack."""
    first, second = await office.opens(HandClock()), await office.opens(HandClock())
    office.telegram.plan("-1", NotNow(30, everywhere=True))
    await first.puts("-1", "a")
    assert 20 < await first.waits() <= 30

    await second.puts("-2", "b")
    assert 20 < await second.waits() <= 30
    await second.puts("C1", "c")
    await office.slack.until_tried(1)

    assert len(office.telegram.tried) == 1
    await writer.run(lambda store: store.run("update platform_pace set held_until = 0"))
    await _until(writer, *["sent"] * 3, passing=[first, second])


async def test_what_was_permitted_before_a_platform_said_wait_is_not_sent(
    office: Office, writer: Writer
) -> None:
    """Several messages had their time already when the other process was told to wait: none of them goes out."""
    process = await office.opens(HandClock())
    await writer.run(partial(turns.permits, platform="telegram", wanted=30, limits=bot.turns.ALL_OF_IT))
    for each in range(3):
        await process.puts(f"-{each + 1}", "a")
    assert 0 < await process.waits() <= 1

    await writer.run(partial(turns.hold_platform, platform="telegram", milliseconds=30_000))
    process.forward(1)
    while await process.waits() <= 1:
        process.forward(0.01)
        await asyncio.sleep(0)

    assert office.telegram.tried == []
    await writer.run(lambda store: store.run("update platform_pace set held_until = 0"))
    await _until(writer, *["sent"] * 3, passing=[process])


def test_thirty_a_second_are_promised_to_all_together(where: str) -> None:
    """Whoever asks, and however many at once: of any thirty-one promises the last is a second after the first."""
    with closing(opened(where)) as one, closing(opened(where)) as two:
        promised: list[int] = []
        for wanted, store in (
            (1, one.store),
            (10, two.store),
            (25, one.store),
            (10, two.store),
            (44, one.store),
        ):
            found = turns.permits(store, "telegram", wanted, bot.turns.ALL_OF_IT)
            row = store.one("select recent from platform_pace")
            assert row
            promised += map(int, row[0].split()[-len(found) :])
            assert all(a <= b for a, b in pairwise(found))

    assert len(promised) >= 74
    assert all(later - earlier >= 1000 for earlier, later in zip(promised, promised[30:], strict=False))


async def test_two_processes_together_keep_the_pace_of_a_platform(office: Office, writer: Writer) -> None:
    """Seventy messages to seventy chats take two seconds, though each process alone would need one."""
    clock = SystemClock()
    two = [await office.opens(clock), await office.opens(clock)]
    began = clock.steady()
    for each in range(70):
        await two[each % 2].puts(f"{each + 1}", "a")
    await _until(writer, *["sent"] * 70)

    assert clock.steady() - began >= TWO_SECONDS


# --- Floods --------------------------------------------------------------------------------------------------------


FLOOD = IN_MEMORY + 50


class Watching(RecordingAdapter):
    """A platform that looks whenever something arrives."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__("slack")
        self._look = look

    @override
    async def send(self, message: Outgoing) -> str:
        self._look()
        return await super().send(message)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize("told", ["as they come", "at the start"])
async def test_a_flooded_chat_does_not_fill_the_memory(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, told: str
) -> None:
    """Hundreds of messages for one chat wait in the table, and go out in their order, so many at a time."""
    where = tmp_path / "samsyn.db" if engine == "sqlite" else str(request.getfixturevalue("dsn"))
    with closing(opened(where)) as database:
        database.migrate()
        writer, most = Writer(database.transactions), 0

        def look() -> None:
            nonlocal most
            most = max(most, *map(len, dispatcher._queues.values()))

        adapter = Watching(look)
        dispatcher = Dispatcher(writer, HurriedClock(), {"slack": adapter}, shared=writer.shared)
        if told == "as they come":
            await dispatcher.recover()
        letters = await asyncio.gather(*(put(writer, "C1", str(each)) for each in range(FLOOD)))
        if told == "as they come":
            dispatcher.take(letters)
        else:
            await dispatcher.recover()
        await adapter.until_tried(FLOOD)
        await dispatcher.stop()

        assert adapter.said_to("C1") == [str(each) for each in range(FLOOD)]
        assert 0 < most <= IN_MEMORY
        await writer.close()
