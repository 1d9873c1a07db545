"""Days in the life of a few forums on both platforms, on a leaping loop and in foul weather.

People record decisions and actions in bursts, answer reminders and the pulse, and think better of it. Meanwhile calls
and deliveries fail, whole platforms are away, tokens are refused for a while, everything is told again in disorder, and
the bot is stopped and killed. What is done when follows from the seed. In the end the weather clears up for some hours.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final, TypeVar

from babel.dates import format_date
from starlette.applications import Starlette
from starlette.routing import Mount

from bench.folk import Deed, Folk
from bench.leaping import LeapingClock
from bench.reborn import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TELEGRAM_TOKEN, Door, Reborn, Ways
from bench.weather import TRAVEL, Foul, Storm
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import BOT_USER, StandInSlack
from bot.playground.slack.world import HOME_TEAM
from bot.playground.telegram import StandInTelegram
from handlers import rhythm
from handlers.kit.ui import Action
from prompts.texts import Catalog
from storage import forums, people, pulse, timers
from storage.db import Store
from storage.records import Member

T = TypeVar("T")

MORNING: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Nine o'clock in Stockholm, four weeks before the clocks are put forward there."""
DAY: Final = 86_400.0
CALM: Final = 3 * 3600.0
"""Seconds of fair weather in the end: longer than anybody may wait to try once more."""
AGAIN: Final = (0.0, 60.0, 300.0, *(3600.0,) * 24)
"""Seconds until Slack delivers an event again, with its setting for delayed events."""
PEOPLE: Final = 8
"""On each platform; everybody is a member of every forum."""
ORGANISATIONS: Final = ("Sundköpings kommun", "Polisen", "Region Sund", "Hyresgästföreningen")
PULSES: Final = 2
"""Forums with a pulse, once a week."""
DEEDS: Final = 40
"""Of people, each day."""
KINDS: Final = {
    "mention": 4,
    "slash": 2,
    "group": 5,
    "slack action": 3,
    "group action": 3,
    "done": 2,
    "done in private": 1,
}


@dataclass(slots=True)
class Month:
    """The platforms, the people and the bot."""

    rng: Random
    clock: LeapingClock
    ledger: Ledger
    weather: Foul
    slack: StandInSlack
    telegram: StandInTelegram
    folk: Folk
    doors: dict[str, Door]
    bot: Reborn
    day: float = DAY
    """Seconds of a day; a shorter one holds as much."""
    places: list[tuple[str, int]] = field(default_factory=list)
    """Of each forum: its channel in Slack and its group in Telegram."""
    _doing: list["asyncio.Task[None]"] = field(default_factory=list)

    def plan(self, days: int) -> None:
        """Set everything that will happen to its second."""
        for day in range(days):
            self._plan_people(day)
            for _ in range(2):
                self._at(self._some_time(day), self._restarts(self.rng.random(), crash=self._heads()))
            self._at(self._some_time(day), self._again(self.rng.random()))
            self._at(self._some_time(day), self._loses_the_socket(self.rng.random()))
            self._at(
                self._some_time(day), self._is_away(("slack", "telegram")[day % 2], self.rng.uniform(30, 900))
            )
            if day % 7 == 0:
                for person in range(PEOPLE):
                    self._at((day + self.rng.uniform(0.1, 0.8)) * self.day, self.folk.votes(person))
        self.weather.storms = tuple(self._storms(days))

    async def live(self, days: int) -> None:
        """Let the days pass, then clear up, and wait until nothing is left to do."""
        await asyncio.sleep(days * self.day)
        await asyncio.gather(*self._doing)
        self.weather.share, self.weather.storms = 0.0, ()
        await asyncio.sleep(CALM)
        await self.slack.quiet()
        await self.telegram.quiet()
        await self.bot.app.timers.idle()
        await self.bot.app.dispatcher.idle()

    async def begins(self, ways: Ways) -> None:
        """The bot begins a life, and the platforms know how it hears."""
        self.slack.deliver_by = "socket" if ways.socket else ("http", f"{self.bot.door.address}/slack/events")
        self.weather.life += 1
        await self.bot.begin(ways)

    # --- The plan ----------------------------------------------------------------------------------------------

    def _plan_people(self, day: int) -> None:
        rng, at = self.rng, self._some_time(day)
        for number in range(DEEDS):
            if rng.random() < 0.6:  # noqa: PLR2004 - else at the same moment as the one before
                at = self._some_time(day)
            kind, person = rng.choices(list(KINDS), list(KINDS.values()))[0], rng.randrange(PEOPLE)
            deed = Deed(kind, f"ord{day * DEEDS + number:05d}x", *rng.choice(self.places), at)
            due = (MORNING + timedelta(days=day + rng.randint(1, 12))).date()
            if kind == "done":
                self._at(at, self.folk.answers(person))
            elif kind == "done in private":
                self._at(at, self.folk.answers_in_private(person))
            else:
                self._at(at, self.folk.records(deed, person, format_date(due, "d MMMM y", locale="sv")))
            if kind == "mention" and rng.random() < 0.2:  # noqa: PLR2004
                self._at(at, self.folk.thinks_again(deed, person))

    def _storms(self, days: int) -> list[Storm]:
        found = []
        for day in range(days):
            for platform in ("slack", "telegram"):
                begins = self._some_time(day)
                found.append(Storm(platform, begins, begins + self.rng.uniform(20, 180)))
                if day % 5 == 0:
                    begins = self._some_time(day)
                    found.append(Storm(platform, begins, begins + self.rng.uniform(300, 1200), revoked=True))
        return found

    def _some_time(self, day: int) -> float:
        """Mostly in the hours of work."""
        early = self.rng.uniform(0.0, 0.35)
        return (day + self.rng.choice((early, early, self.rng.random()))) * self.day

    def _heads(self) -> bool:
        return self.rng.random() < 0.5  # noqa: PLR2004 - heads or tails

    def _at(self, seconds: float, deed: Coroutine[Any, Any, None]) -> None:
        async def then() -> None:
            await asyncio.sleep(seconds - self.clock.steady())
            await deed

        self._doing.append(asyncio.create_task(then()))

    # --- What else happens -------------------------------------------------------------------------------------

    async def _restarts(self, chance: float, *, crash: bool) -> None:
        """The bot ends one way or the other, and begins to hear in another way."""
        if self.bot.alive:
            await (self.bot.crash() if crash else self.bot.stop())
            await asyncio.sleep(2 + chance**4 * self.day / 12)
            await self.begins(Ways(socket=chance < 0.6, fetching=chance > 0.3))  # noqa: PLR2004

    async def _again(self, chance: float) -> None:
        """What was told today is told again, in disorder."""
        rng, since = Random(chance), self.clock.now().timestamp() - self.day / 2  # noqa: S311
        await self.slack.redeliver(40, rng)
        fresh = [each for each in self.telegram.updates.made if each.born > since]
        self.telegram.updates.repeat(fresh[-40:], rng)

    async def _loses_the_socket(self, chance: float) -> None:
        await (self.slack.sockets.drop() if chance < 0.5 else self.slack.sockets.disconnect())  # noqa: PLR2004

    async def _is_away(self, platform: str, seconds: float) -> None:
        """Nobody answers at its address for a while."""
        await self.doors[platform].shut()
        await asyncio.sleep(seconds)
        await self.doors[platform].open()


# --- The beginning -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def month(where: Any, seed: int, count: int, *, day: float = DAY) -> AsyncIterator[Month]:  # noqa: ANN401 - what App takes
    """So many forums, with the bot among them, before anything has happened. Needs a leaping loop."""
    place = built(where, seed, LeapingClock(MORNING), Ledger())
    place.day = day
    async with begun(place, Ways(), partial(_settle, place, count)):
        yield place


@asynccontextmanager
async def begun(place: Month, ways: Ways, settle: Callable[[Store], T]) -> AsyncIterator[T]:
    """The bot's first life, from when people have moved in; the weather is fair until then."""
    for each in place.doors.values():
        await each.open()
    try:
        await place.begins(ways)
        settled = await place.bot.app.writer.run(settle)
        place.slack.faults.weather = place.weather
        yield settled
    finally:
        if place.bot.alive:
            await place.bot.stop()
        await place.slack.close()
        await place.telegram.close()
        for each in place.doors.values():
            await each.shut()


def built(where: Any, seed: int, clock: LeapingClock, ledger: Ledger) -> Month:  # noqa: ANN401
    """The platforms, nobody on them, and a bot that has not begun."""
    faults = Faults()

    def now() -> float:
        return clock.now().timestamp()

    slack = StandInSlack(now=now, ledger=ledger, faults=faults, signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN,
                         app_token=APP_TOKEN)  # fmt: skip
    telegram = StandInTelegram(now=now, ledger=ledger, faults=faults, token=TELEGRAM_TOKEN)
    slack.delivery.retry_waits = AGAIN
    doors = {
        name: Door(Starlette(routes=[Mount(f"/{name}", routes=routes)]), travel=TRAVEL)
        for name, routes in (("slack", slack.routes), ("telegram", telegram.routes))
    }
    slack.base_url, telegram.address = doors["slack"].address, f"{doors['telegram'].address}/telegram"
    platforms = f"{slack.base_url}/slack/api/", telegram.base_url
    bot = Reborn(where, clock, ledger, platforms, Door(Starlette()))
    weather, folk = Foul(seed, clock.steady), Folk(slack, telegram, Catalog.load())
    return Month(Random(seed), clock, ledger, weather, slack, telegram, folk, doors, bot)  # noqa: S311


def _settle(place: Month, count: int, store: Store) -> None:
    """People move in, on the platforms and in the records."""
    folk, now = place.folk, place.clock.now()
    for each in range(PEOPLE):
        folk.in_slack.append(place.slack.world.add_user(f"person{each}", f"Person {each}"))
        folk.in_telegram.append(place.telegram.world.add_user(f"Person {each}", f"person{each}", "sv"))
    for person in folk.in_telegram:
        place.telegram.world.acquaintances[person.id].started = True
    accounts = [("slack", HOME_TEAM, each.id, each.real_name) for each in folk.in_slack]
    accounts += [("telegram", "", str(each.id), each.first_name) for each in folk.in_telegram]
    everybody = [people.meet(store, *account, name=name, now=now).id for *account, name in accounts]
    for platform, workspace, user, _ in accounts:
        people.set_reachable(store, platform, workspace, user, reachable=True)
    for each in range(count):
        channel = place.slack.world.add_channel(f"forum-{each}", [*folk.in_slack, BOT_USER]).id
        group = place.telegram.world.add_group(
            f"Forum {each}", folk.in_telegram, kind="supergroup", with_bot=True
        )
        place.places.append((channel, group))
        forum, _ = found_forum(store, Founding(f"Forum {each}", (channel, str(group)), everybody, now))
        if each < PULSES:
            asks_weekly(store, forum, now + timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Founding:
    """Who founds a forum when, and in which chats, of Slack and of Telegram. The first ``leaders`` run it."""

    name: str
    chats: tuple[str, str]
    people: Sequence[int]
    now: datetime
    zone: str = "Europe/Stockholm"
    leaders: int = 1


def found_forum(store: Store, one: Founding) -> tuple[int, tuple[Member, ...]]:
    """The forum's number and its members, of all organisations in turn."""
    forum = forums.create(
        store, name=one.name, challenge="Fler ska våga gå ut", language="sv", zone=one.zone,
        invite=f"invite-{one.chats[0]}", now=one.now,
    )  # fmt: skip
    for platform, workspace, chat in zip(("slack", "telegram"), (HOME_TEAM, ""), one.chats, strict=True):
        forums.tie(store, forums.add_place(store, platform, workspace, chat, "", one.name).id, forum.id)
    actors = [
        forums.add_actor(store, forum.id, name=each, sector="public", level="local") for each in ORGANISATIONS
    ]
    return forum.id, tuple(
        forums.join(
            store, forum.id, each, actor_id=actors[at % len(actors)],
            role="coordinator" if at < one.leaders else "member", now=one.now,
        )
        for at, each in enumerate(one.people)
    )  # fmt: skip


def asks_weekly(store: Store, forum: int, opens: datetime) -> None:
    """The forum has a pulse every week, which opens then for the first time."""
    pulse.set_rhythm(store, forum, rhythm="weekly", turn=0, next_at=opens)
    ring(store, forum, "pulse-open", opens, rhythm.open_by_rhythm.action())


def ring(store: Store, forum: int, name: str, at: datetime, action: Action) -> None:
    """A timer, as a handler would set it."""
    timers.schedule(
        store, f"{forum}:{name}", at, action.encode(forum), forum=forum, grace=timedelta(days=1), late="ring"
    )
