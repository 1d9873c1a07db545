"""Two processes take in for one installation: a platform delivers to either, or to both, and it happens once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing

import pytest

import bot.app
from bot.app import installation_secret
from bot.writer import Writer
from handlers.kit.access import Deed
from handlers.kit.effects import Effects, Post
from handlers.kit.feature import Feature
from handlers.kit.inbound import Account, Request
from storage import forums, outbox
from storage.db import Store
from storage.opened import opened
from tests.bot.bench import Bench, build, card, said
from tests.stage.samples import CHANNEL, sample_forum

pytestmark = pytest.mark.anyio
Two = tuple[Bench, Bench]
PEOPLE = [Account("slack", "T1", f"UNEW{each}", f"Nya {each}") for each in range(12)]


def joins() -> Feature:
    """Whoever says the word becomes a member, for an organisation that may be new, and is counted."""
    feature = Feature("joins")

    @feature.command("vote", Deed.ASK)
    def vote(req: Request, name: str) -> Effects:
        """Join."""
        assert req.forum
        assert req.person
        actor = forums.add_actor(req.store, req.forum.id, name=name, sector="", level="")
        forums.join(req.store, req.forum.id, req.person.id, actor_id=actor, role="member", now=req.now)
        req.store.next_number(req.forum.id, "times")
        yield Post(card(name), here=True)

    return feature


@pytest.fixture(name="two")
async def _two(dsn: str) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        benches = []
        for _ in range(2):
            database = stack.enter_context(closing(opened(dsn)))
            writer = Writer(database.transactions)
            stack.push_async_callback(writer.close)
            benches.append(build(writer, joins(), hurried=True))
            stack.push_async_callback(benches[-1].stop)
        await benches[0].writer.run(sample_forum)
        for each in benches:
            await each.dispatcher.recover()
        yield benches[0], benches[1]


def test_processes_that_start_together_on_an_empty_database_have_the_same_secret(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both find none and make one; else each would know a key by another name, and what came to both happened twice."""
    with closing(opened(dsn)) as one, closing(opened(dsn)) as other:
        found: list[bytes] = []

        def meanwhile(length: int) -> str:
            monkeypatch.undo()
            found.append(installation_secret(other.store))
            return "ab" * length

        monkeypatch.setattr(bot.app, "token_hex", meanwhile)
        assert installation_secret(one.store) == found[0]


def _members(store: Store) -> list[tuple[str, str, int]]:
    rows = store.all(
        "select p.name, a.name, count(*) from member m join person p on p.id = m.person join actor a on a.forum = m.forum"
        " and a.id = m.actor where p.name like 'Nya %' group by p.name, a.name"
    )
    return sorted((name, actor, count) for name, actor, count in rows)


async def test_what_is_delivered_to_both_happens_once(two: Two) -> None:
    """A dozen people whom nobody has met name the same new organisation, and the platform delivers all of it to both."""
    inbounds = [said("vote Kyrkan", f"{index}:a", who=who) for index, who in enumerate(PEOPLE)]
    outcomes = await asyncio.gather(*(each.engine.handle(inbound) for inbound in inbounds for each in two))
    async with asyncio.timeout(20):
        while await two[0].writer.run(lambda store: outbox.count(store, "sent")) < len(PEOPLE):
            pass

    assert [each.again for each in outcomes].count(True) == len(PEOPLE)
    assert await two[0].writer.run(_members) == sorted((who.name, "Kyrkan", 1) for who in PEOPLE)
    assert await two[0].writer.run(lambda store: store.next_number(1, "times")) == len(PEOPLE) + 1
    assert sum(len(each.slack.said_to(CHANNEL.chat)) for each in two) == len(PEOPLE)


async def test_a_person_may_be_in_both_at_the_same_moment(two: Two) -> None:
    """Twenty things that one person does are twenty, whichever process each of them came to."""
    inbounds = [said("vote Polisen", f"{index}:b", who=PEOPLE[0]) for index in range(20)]
    await asyncio.gather(*(two[index % 2].engine.handle(each) for index, each in enumerate(inbounds)))

    assert await two[1].writer.run(_members) == [(PEOPLE[0].name, "Polisen", 1)]
    assert await two[0].writer.run(lambda store: store.next_number(1, "times")) == 21
