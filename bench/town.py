"""Both stand-in platforms with people in many forums, who record decisions; the bot finds them on loopback.

The bot comes and fetches (Socket Mode and polling), or has doors that the platforms bring everything to (``front``).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bench.counting import Sent
from bench.front import Front
from bot.clock import SystemClock
from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.slack import BOT_USER, StandInSlack
from bot.playground.slack import User as SlackUser
from bot.playground.slack.world import HOME_TEAM
from bot.playground.telegram import StandInTelegram
from bot.playground.telegram import User as TelegramUser
from bot.web import address, listener, served
from storage import forums, people
from storage.db import Store
from storage.opened import opened

PEOPLE: Final = 5
"""Members of each forum on each platform; where nobody else lives, the same in all of them."""
AGAIN: Final = (0.1,) * 5000
"""Seconds until Slack delivers an event again. The real one waits minutes, and gives up after the third time."""
BOT_TOKEN: Final = "xoxb-bench"  # noqa: S105
APP_TOKEN: Final = "xapp-bench"  # noqa: S105
TELEGRAM_TOKEN: Final = "4200:bench"  # noqa: S105
SIGNING_SECRET: Final = "bench"  # noqa: S105
WEBHOOK_SECRET: Final = "bench"  # noqa: S105


@dataclass(slots=True)
class Town:
    """The platforms and who lives there. ``database`` is where the bot is to keep its records: a file or an address."""

    database: Path | str
    base: str
    ledger: Ledger
    slack: StandInSlack
    telegram: StandInTelegram
    front: Front
    in_slack: list[SlackUser] = field(default_factory=list)
    in_telegram: list[TelegramUser] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    """Of each forum: its channel in Slack and its group in Telegram."""
    _speaking: set["asyncio.Task[Any]"] = field(default_factory=set)

    def settings(self, *, doors: bool = False) -> dict[str, str]:
        """The bot's environment: it fetches, or has doors."""
        kept = {"SAMSYN_DATABASE" if isinstance(self.database, Path) else "DATABASE_URL": str(self.database)}
        base = kept | {
            "SAMSYN_LISTEN": "127.0.0.1:0",
            "SAMSYN_SLACK_BOT_TOKEN": BOT_TOKEN, "SAMSYN_SLACK_API": f"{self.base}/slack/api/",
            "SAMSYN_TELEGRAM_TOKEN": TELEGRAM_TOKEN, "SAMSYN_TELEGRAM_API": self.telegram.base_url,
        }  # fmt: skip
        if not doors:
            return base | {"SAMSYN_SLACK_APP_TOKEN": APP_TOKEN}
        return base | {
            "SAMSYN_SLACK_SIGNING_SECRET": SIGNING_SECRET, "SAMSYN_TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "SAMSYN_PUBLIC_URL": "https://bench.example", "BENCH_PUBLIC_URL": f"{self.base}/front",
        }  # fmt: skip

    def members(self, forum: int) -> list[int]:
        """Who belongs to a forum: their places in both lists of people."""
        return [(forum * PEOPLE + each) % len(self.in_slack) for each in range(PEOPLE)]

    def brings_to_doors(self) -> None:
        """From now on Slack brings everything to the front; Telegram does once the bot has asked for it."""
        self.slack.deliver_by = ("http", f"{self.base}/front/slack/events")

    def records_a_decision(self, number: int, rng: Random) -> Sent:
        """Somebody somewhere records one; nobody waits for the answer."""
        word = f"beslutsord{number:05d}x"
        forum = rng.randrange(len(self.places))
        channel, group = self.places[forum]
        who = rng.choice(self.members(forum))
        if rng.random() < 0.5:  # noqa: PLR2004 - heads or tails
            words = f"@Samsyn beslut Vi prövar {word} tillsammans"
            speaking = asyncio.create_task(self.slack.say(self.in_slack[who], channel, words))
            self._speaking.add(speaking)
            speaking.add_done_callback(self._speaking.discard)
        else:
            words = f"/beslut Vi prövar {word} tillsammans"
            self.telegram.people.say(self.in_telegram[who], group, words)
        return Sent(word, channel, group)

    async def quiet(self) -> None:
        """Wait until everything said is acknowledged. Raises when Slack gave something up."""
        await asyncio.gather(*self._speaking)
        await self.slack.quiet()
        await self.telegram.quiet()
        if self.slack.delivery.lost:
            raise AssertionError("the stand-in of Slack gave an event up")


@asynccontextmanager
async def town(database: Path | str, count: int, *, residents: int = PEOPLE) -> AsyncIterator[Town]:
    """Serve both platforms with so many forums, which a fresh database knows."""
    clock = SystemClock()
    ledger, faults = Ledger(), Faults()

    def now() -> float:
        return clock.now().timestamp()

    slack = StandInSlack(
        now=now, ledger=ledger, faults=faults, signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
    )  # fmt: skip
    telegram = StandInTelegram(now=now, ledger=ledger, faults=faults, token=TELEGRAM_TOKEN)
    slack.delivery.retry_waits = AGAIN
    front = Front()
    routes = [
        Mount("/slack", routes=slack.routes), Mount("/telegram", routes=telegram.routes),
        Route("/front/{path:path}", front.take, methods=["POST"]),
    ]  # fmt: skip
    taken = listener("127.0.0.1", 0)
    slack.base_url, telegram.address = address(taken), f"{address(taken)}/telegram"
    place = Town(database, address(taken), ledger, slack, telegram, front)
    _settle(place, count, residents)
    async with served(Starlette(routes=list(routes), exception_handlers={ClientDisconnect: _gone}), taken):
        try:
            yield place
        finally:
            for each in place._speaking:  # noqa: SLF001 - its own file
                each.cancel()
            await slack.close()
            await telegram.close()
            await front.close()


def _gone(_request: Request, _hung_up: Exception) -> Response:
    """A bot that is killed in the middle of a call gets no answer; that is no fault of the platforms."""
    return Response(status_code=499)


def _settle(place: Town, count: int, residents: int) -> None:
    """People move in, on the platforms and in the database."""
    for each in range(residents):
        place.in_slack.append(place.slack.world.add_user(f"person{each}", f"Person {each}"))
        place.in_telegram.append(place.telegram.world.add_user(f"Person {each}", f"person{each}", "sv"))
        place.telegram.world.acquaintances[place.in_telegram[-1].id].started = True
    for each in range(count):
        channel = place.slack.world.add_channel(f"forum-{each}", [*place.in_slack, BOT_USER])
        group = place.telegram.world.add_group(
            f"Forum {each}", place.in_telegram, kind="supergroup", with_bot=True
        )
        place.places.append((channel.id, group))
    with closing(opened(place.database)) as database:
        database.migrate()
        store = database.transactions.begin()
        everybody = _meet(store, place)
        for each in range(count):
            _found(store, place, each, everybody)
        database.transactions.prepare()
        database.transactions.commit()


def _meet(store: Store, place: Town) -> list[int]:
    """Everybody: those in Slack, then those in Telegram."""
    accounts = [("slack", HOME_TEAM, each.id, each.real_name) for each in place.in_slack]
    accounts += [("telegram", "", str(each.id), each.first_name) for each in place.in_telegram]
    now = SystemClock().now()
    met = [people.meet(store, *account, name=name, now=now).id for *account, name in accounts]
    for *account, _ in accounts:
        people.set_reachable(store, *account, reachable=True)
    return met


def _found(store: Store, place: Town, number: int, everybody: list[int]) -> None:
    now = SystemClock().now()
    channel, group = place.places[number]
    forum = forums.create(
        store, name=f"Forum {number}", challenge="Fler ska våga gå ut", language="sv", zone="Europe/Stockholm",
        invite=f"invite{number}", now=now,
    )  # fmt: skip
    for platform, workspace, chat in (("slack", HOME_TEAM, channel), ("telegram", "", str(group))):
        forums.tie(store, forums.add_place(store, platform, workspace, chat, "", forum.name).id, forum.id)
    actor = forums.add_actor(store, forum.id, name="Kommunen", sector="public", level="local")
    for each in place.members(number):
        for person in (everybody[each], everybody[each + len(place.in_slack)]):
            forums.join(store, forum.id, person, actor_id=actor, role="member", now=now)
