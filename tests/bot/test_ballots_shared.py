"""Ballots on PostgreSQL with two whole bots on one database: whoever is asked, every vote is counted once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random  # noqa: TID251 - the test chooses what they answer

import pytest

from bench.cluster import Cluster
from bot.adapter import Outcome
from bot.app import App, installation_secret
from handlers.kit.doors import answer_pulse
from handlers.kit.inbound import Account, Chat, Click, Due, Submit
from handlers.kit.ui import text
from storage import forums, pulse, sealing
from storage.ballot_tables import TABLES, is_swept
from storage.ballots import CHOICES
from storage.db import Store, StoreUnavailable, from_ms
from storage.opened import opened
from storage.pulse import Round
from tests.stage.recording import HandClock, HeldAlarm, HurriedClock, RecordingAdapter
from tests.stage.samples import CHANNEL, NOW, add_forum, meet, place

pytestmark = pytest.mark.anyio
PEOPLE = 12
CILLA = 11
LONG = timedelta(days=1)


@dataclass(slots=True)
class Town:
    """Twelve people from four organisations in one forum, and two processes that both take what they send."""

    dsn: str
    clock: HandClock = field(default_factory=HandClock)
    slack: RecordingAdapter = field(default_factory=partial(RecordingAdapter, "slack"))
    telegram: RecordingAdapter = field(default_factory=partial(RecordingAdapter, "telegram"))
    apps: list[App] = field(default_factory=list)

    @staticmethod
    async def opens(dsn: str) -> "Town":
        """Both processes run, the second one since a round is open."""
        town = Town(dsn)
        await town.starts()
        await town.apps[0].writer.run(_furnish)
        press = Click(key="0:opens", who=_account(0), chat=_private(0), data="pulse.open_now:1")
        assert (await town.apps[0].engine.handle(press)).refused is None
        await town.starts()
        return town

    async def starts(self) -> None:
        """One more process."""
        pacing, adapters = HurriedClock(), {"slack": self.slack, "telegram": self.telegram}
        app = App(self.dsn, self.clock, HeldAlarm(), lambda _intake, _speech: adapters, pacing=pacing)
        await app.start()
        self.apps.append(app)

    async def stops(self) -> None:
        for app in self.apps:
            await app.stop()

    async def sends_in(self, member: int, choices: Sequence[int], app: int, key: str = "") -> Outcome:
        """A filled-in form reaches one of the processes."""
        answers = {f"q{at}": str(each) for at, each in enumerate(choices)}
        form = Submit(
            key=key or f"1:{member}", who=_account(member), chat=_private(member), data=answer_pulse(1).encode(1),
            answers=answers,
        )  # fmt: skip
        return await self.apps[app].engine.handle(form)

    async def presses(self, *buttons: str) -> list[str]:
        """Cilla presses one button after the other, each in the other process than before; what she is told at once."""
        told = []
        for at, data in enumerate(buttons):
            press = Click(
                key=f"3:{at}:{data}", who=_account(CILLA), chat=_private(CILLA), message="70", message_private=True,
                data=data, half_key="-3",
            )  # fmt: skip
            outcome = await self.apps[at % 2].engine.handle(press)
            told += [each.key for each in (outcome.refused, outcome.toast) if each]
        return told

    async def closes(self, app: int) -> None:
        """The fixed hour comes."""
        rows = await self.apps[app].writer.run(
            lambda store: store.all("select name, due_at, action from timer where name like '%pulse-close%'")
        )
        for name, at, action in rows:
            self.clock.forward((from_ms(at) - self.clock.now()).total_seconds())
            due = Due(key=f"{at}:{name}", name=name, data=action, due_at=from_ms(at), grace=LONG, late="ring")
            await self.apps[app].engine.handle(due)

    async def round(self) -> Round:
        """The round as it lies in the database."""
        found = await self.apps[-1].writer.run(partial(pulse.latest, forum=1))
        assert found
        return found

    async def hears(self, key: str) -> None:
        """The channel is told something."""
        while key not in self.slack.said_to(CHANNEL.chat):
            await self.slack.until_tried(len(self.slack.tried) + 1)


def _account(member: int) -> Account:
    """The last one is in Telegram, everybody else in Slack."""
    if member == CILLA:
        return Account("telegram", "", "7", "Cilla Ö")
    return Account("slack", "T1", f"U{member}", f"Person {member}")


def _private(member: int) -> Chat:
    if member == CILLA:
        return Chat("telegram", "", "7", private=True)
    return Chat("slack", "T1", f"D{member}", private=True)


def _furnish(store: Store) -> None:
    forum = add_forum(store)
    place(store, CHANNEL, forum.id)
    actors = [
        forums.add_actor(store, forum.id, name=f"Aktör {each}", sector="", level="") for each in range(4)
    ]
    for each in range(PEOPLE):
        role = "member" if each else "coordinator"
        person = meet(store, _account(each)).id
        forums.join(store, forum.id, person, actor_id=actors[each % 4], role=role, now=NOW)


@pytest.fixture(name="town")
async def _town(dsn: str) -> AsyncIterator[Town]:
    town = await Town.opens(dsn)
    yield town
    await town.stops()


async def test_all_vote_at_once_and_twice_in_both_processes(town: Town) -> None:
    """Each form is delivered to both at the same moment: one counts it, and no vote is lost under another one."""
    rng = Random(7)  # noqa: S311 - people who answer as they please
    votes = [tuple(rng.randrange(CHOICES) for _ in range(4)) for _ in range(PEOPLE)]
    await asyncio.gather(
        *(town.sends_in(member, votes[member], app) for member in range(PEOPLE) for app in (0, 1))
    )
    for member in range(PEOPLE):
        await town.sends_in(member, (0, 0, 0, 0), member % 2, f"2:{member}")

    tally = town.apps[1].ballots.close((await town.round()).token, range(1, PEOPLE + 1))
    assert tally
    assert tally.answered == PEOPLE
    for question, counts in enumerate(tally.counts):
        found = Counter(each[question] for each in votes)
        assert counts == tuple(found[choice] for choice in range(CHOICES))


async def test_presses_of_one_person_in_both_processes_are_one_vote(town: Town) -> None:
    """From the first question to the last; sent in a second time it is known, and nothing that was chosen is kept."""
    form, picks = "pulse.answer:1", (5, 0, 3, 2)
    asked = [f"secret.pick:1:{at}:{choice}:{form}" for at, choice in enumerate(picks)]
    assert (
        await town.presses("pulse.answer:1:1", *asked[:2], "secret.back:1:2:0:pulse.answer:1", asked[1]) == []
    )
    assert await town.presses(*asked[2:], f"secret.send:1:4:0:{form}") == []
    [(person, form_name, chosen)] = await town.apps[0].writer.run(
        lambda store: store.all("select person, form, chosen from secret_talk")
    )

    tally = town.apps[0].ballots.close((await town.round()).token, range(1, PEOPLE + 1))
    assert tally
    assert [counts.index(1) for counts in tally.counts] == [_value(each) for each in picks]
    assert tally.voters == {CILLA + 1}
    secret = installation_secret(town.apps[0].database.store)
    kept = sealing.read_letter(secret, "-3", person + form_name + b"chosen", chosen)
    assert kept is not None
    assert kept.strip() == b"{}"
    assert (
        await town.presses(f"secret.send:1:4:0:{form}", f"secret.send:1:4:1:{form}")
        == ["secret-sent-already"] * 2
    )


def _value(button: int) -> int:
    """What the button of this number under a question stands for: the last one for no answer."""
    return (1, 2, 3, 4, 5, 0)[button]


async def test_when_it_is_over_nothing_is_left(town: Town, dsn: str) -> None:
    """Closed by one process, shown once; the tables are as new when both have ended, and hold nothing."""
    for member in range(PEOPLE):
        await town.sends_in(member, (5, 4, 3, 2), member % 2)
    await asyncio.gather(town.closes(0), town.closes(1))

    assert (await town.round()).state == "counted"
    assert (await town.round()).answered == PEOPLE
    for app in town.apps:
        assert await app.sweeper.sweep()
    with closing(opened(dsn)) as database:
        assert [database.store.one(f"select pg_relation_size('{each}')") for each in TABLES] == [(0,), (0,)]


async def test_votes_say_nothing_of_their_order_a_moment_later(town: Town, dsn: str) -> None:
    """Whoever looks into the running database finds seats that all seem to have come at once."""
    for member in (3, 1, 2):
        await town.sends_in(member, (5, 4, 3, 2), member % 2)
    for app in town.apps:
        assert await app.sweeper.sweep()

    with closing(opened(dsn)) as database:
        assert database.store.one("select count(*), count(distinct xmin::text) from ballot_seat") == (
            PEOPLE,
            1,
        )
        assert is_swept(database.store)


async def test_a_process_that_starts_destroys_what_nobody_knows_and_nothing_else(town: Town) -> None:
    """The open round goes on where it was."""
    await town.sends_in(3, (1, 1, 1, 1), 0)
    token = (await town.round()).token
    await town.apps[1].writer.run(
        lambda store: town.apps[1].ballots.on(store).open_round("unknown", [1, 2], 4)
    )
    await town.starts()

    assert town.apps[2].ballots.rounds() == [token]
    assert town.apps[2].ballots.answered(token) == 1


async def test_a_vote_whose_commit_was_lost_is_not_counted_twice(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ballots and everything else of a request are one commit: both are there, or neither, and it comes again."""
    commit = town.apps[0].database.transactions.commit
    with monkeypatch.context() as broken:
        broken.setattr(town.apps[0].database.transactions, "commit", _then_fails(commit))
        with pytest.raises(StoreUnavailable):
            await town.sends_in(3, (1, 1, 1, 1), 0)
    token = (await town.round()).token
    assert town.apps[1].ballots.answered(token) == 1

    again = await asyncio.gather(*(town.sends_in(3, (1, 1, 1, 1), app) for app in (1, 0)))

    assert [each.again for each in again] == [True, True]
    assert town.apps[1].ballots.answered(token) == 1


def _then_fails(commit: Callable[[], None]) -> Callable[[], None]:
    def lost() -> None:
        commit()
        raise StoreUnavailable("the answer never came")

    return lost


async def test_a_crash_of_the_server_ends_the_round_without_a_result() -> None:
    """Whoever votes afterwards is told, and at the fixed hour everybody hears it; nothing else is lost."""
    with Cluster() as cluster:
        town = await Town.opens(cluster.create("crashes"))
        for member in range(8):
            await town.sends_in(member, (5, 4, 3, 2), member % 2)
        cluster.kill()
        with pytest.raises(StoreUnavailable):
            await town.sends_in(9, (5, 4, 3, 2), 0)
        cluster.start()
        assert (await town.sends_in(9, (5, 4, 3, 2), 0)).refused == text("pulse-missing")
        for app in (0, 1):
            await _in_time(partial(town.closes, app))

        assert (await town.round()).state == "void"
        await town.hears("pulse-void")
        assert town.slack.said_to(CHANNEL.chat).count("pulse-void") == 1
        await town.stops()


async def _in_time(deed: Callable[[], Awaitable[None]]) -> None:
    """As a platform does: again, until it is taken."""
    for _ in range(5):
        try:
            await deed()
        except StoreUnavailable:
            continue
        return
