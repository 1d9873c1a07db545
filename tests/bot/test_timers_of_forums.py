"""Timers of several forums: a few forums at once, each in its own order, and nothing lost when the store is away."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.adapter import Outcome
from bot.timers import TOGETHER, Timers
from bot.writer import Writer
from handlers.kit.inbound import AnyInbound, Due
from storage import timers
from storage.db import StoreUnavailable
from tests.stage.recording import HandClock, HeldAlarm
from tests.stage.samples import NOW

pytestmark = pytest.mark.anyio


class Crowd:
    """An intake that notes who rings at the same time as whom."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.rung: list[str] = []
        self.now: set[str] = set()
        self.most = 0
        self.fails = ""

    async def handle(self, inbound: AnyInbound) -> Outcome:
        assert isinstance(inbound, Due)
        forum = inbound.name.partition(":")[0]
        assert forum not in self.now
        self.now.add(forum)
        self.most = max(self.most, len(self.now))
        for _ in range(3):
            await asyncio.sleep(0)
        self.now.discard(forum)
        if inbound.name == self.fails:
            self.fails = ""
            raise StoreUnavailable
        self.rung.append(inbound.name)
        await self.writer.run(lambda store: timers.ring(store, inbound.name, inbound.due_at))
        return Outcome()

    async def bury(self, platform: str, reason: str, body: str) -> None:
        raise AssertionError((platform, reason, body))


async def _rung(writer: Writer, names: list[tuple[int, str]], fails: str = "") -> Crowd:
    """These timers, of these forums, due in this order."""
    for number, (forum, name) in enumerate(names):
        await writer.run(
            partial(
                timers.schedule, name=f"{forum}:{name}", at=NOW - timedelta(minutes=60 - number), action="x.y:1",
                forum=forum or None, grace=timedelta(hours=1), late="ring",
            )
        )  # fmt: skip
    clock, alarm, crowd = HandClock(), HeldAlarm(), Crowd(writer)
    crowd.fails = fails
    ringing = Timers(writer, clock, alarm)
    ringing.intake = crowd
    ringing.start()
    await ringing.idle()
    if fails:
        ringing.wake()
        await ringing.idle()
    await ringing.stop()
    return crowd


async def test_a_few_forums_ring_at_once(writer: Writer) -> None:
    """As many as share a commit, never more, and each rings once."""
    crowd = await _rung(writer, [(forum, "digest") for forum in range(1, 20)])

    assert crowd.most == TOGETHER
    assert sorted(crowd.rung) == sorted(f"{forum}:digest" for forum in range(1, 20))


async def test_in_a_forum_one_rings_after_the_other(writer: Writer) -> None:
    """In the order in which they were due; what belongs to no forum keeps an order of its own."""
    crowd = await _rung(writer, [(forum, name) for name in "abc" for forum in (1, 2, 0)])

    for forum in (0, 1, 2):
        assert [each for each in crowd.rung if each.startswith(f"{forum}:")] == [
            f"{forum}:{name}" for name in "abc"
        ]


async def test_what_could_not_be_kept_rings_again(writer: Writer) -> None:
    """When the store is away for one of several, the others have rung once and it comes again."""
    crowd = await _rung(writer, [(forum, "digest") for forum in range(1, 7)], fails="3:digest")

    assert sorted(crowd.rung) == [f"{forum}:digest" for forum in range(1, 7)]


async def test_where_nobody_listens_nothing_rings(writer: Writer) -> None:
    """What is due stays for whoever listens later."""
    await writer.run(
        partial(
            timers.schedule, name="1:digest", at=NOW, action="x.y:1", forum=1, grace=timedelta(hours=1), late="ring"
        )
    )  # fmt: skip
    ringing = Timers(writer, HandClock(), HeldAlarm())
    ringing.start()
    await ringing.idle()
    await ringing.stop()

    assert [each.name for each in await writer.run(partial(timers.due, now=NOW))] == ["1:digest"]
