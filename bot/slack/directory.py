"""What we have to ask about people and places, remembered: names, languages, private channels, titles.

Payloads carry ids only. A name that is not known is asked for before the inbound is handed over, for at most a second
in all; the answer that comes later is there for the next time.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

from bot.adapter import Gone, SendTrouble, Uncertain, Unreachable
from bot.slack.shapes import Unreadable, address_or_empty, inner, known_id, said
from bot.slack.translate import NOBODY, Known
from bot.slack.web_api import Json, WebApi
from bot.speech import clean

BUDGET: Final = 1.0
"""Seconds that an inbound may wait for names: Slack wants its answer within three."""
FRESH: Final = 3600.0
"""Seconds that a name is believed."""
AGAIN: Final = 60.0
"""Seconds until a name that could not be had is asked for again."""
MOST: Final = 20_000
LONGEST_NAME: Final = 80


class Directory:
    """People and places of one workspace. ``steady`` gives seconds that never jump."""

    def __init__(self, api: WebApi, steady: Callable[[], float]) -> None:
        self.people: dict[str, Known] = {}
        self._api = api
        self._steady = steady
        self._until: dict[str, float] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._private: dict[str, str] = {}

    async def meet(self, users: Iterable[str]) -> None:
        """Know these people afterwards, as far as the budget allows."""
        now = self._steady()
        wanted = [each for each in users if self._until.get(each, 0.0) < now]
        if not wanted:
            return
        tasks = [self._asking.get(each) or self._ask(each) for each in wanted]
        await asyncio.wait(tasks, timeout=BUDGET)

    def forget(self, user: str) -> None:
        """Ask about this person again when they act next."""
        self._until.pop(user, None)

    async def private_channel(self, user: str) -> str:
        """The channel in which the bot and a person are alone. Raises ``SendTrouble``."""
        known = self._private.get(user)
        if known:
            return known
        try:
            reply = await self._api.tell("conversations.open", users=user)
        except Gone as gone:
            raise Unreachable(str(gone)) from gone
        return self.learn_private(user, _channel(reply))

    def learn_private(self, user: str, channel: str) -> str:
        """Remember what an event told for nothing."""
        self._private[user] = channel
        return channel

    def forget_private(self, user: str) -> None:
        self._private.pop(user, None)

    async def title(self, chat: str) -> str:
        """A channel's name; "" when it cannot be had in time."""
        reply = await within(BUDGET, self._api.ask("conversations.info", channel=chat))
        channel = reply.get("channel") if reply else None
        name = channel.get("name") if isinstance(channel, dict) else None
        return clean(name, longest=LONGEST_NAME) if isinstance(name, str) else ""

    async def permalink(self, chat: str, ts: str) -> str:
        """The address of a message; "" when it cannot be had in time."""
        reply = await within(BUDGET, self._api.ask("chat.getPermalink", channel=chat, message_ts=ts))
        return address_or_empty(reply.get("permalink")) if reply else ""

    async def runs(self, team: str, chat: str, user: str) -> bool:
        """Whether a person is an administrator of the workspace, or made the channel. Raises ``SendTrouble``."""
        person = _object((await self._api.ask("users.info", user=user)).get("user"))
        if person.get("team_id") == team and (person.get("is_admin") or person.get("is_owner")):
            return True
        if chat[:1] in ("U", "W", "D"):
            return chat == user
        channel = _object((await self._api.ask("conversations.info", channel=chat)).get("channel"))
        return channel.get("creator") == user

    async def close(self) -> None:
        """Give up what is still being asked."""
        waiting = list(self._asking.values())
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def _ask(self, user: str) -> asyncio.Task[None]:
        task = asyncio.create_task(self._look_up(user))
        self._asking[user] = task
        task.add_done_callback(lambda _: self._asking.pop(user, None))
        return task

    async def _look_up(self, user: str) -> None:
        while len(self.people) >= MOST:
            oldest = next(iter(self.people))
            del self.people[oldest]
            self._until.pop(oldest, None)
        try:
            reply = await self._api.ask("users.info", user=user, include_locale=True)
            self.people[user] = _known(inner(reply, "user"))
            self._until[user] = self._steady() + FRESH
        except (SendTrouble, Unreadable):
            self.people.setdefault(user, NOBODY)
            self._until[user] = self._steady() + AGAIN


async def within(seconds: float, question: Coroutine[Any, Any, Json]) -> Json | None:
    """The answer, or nothing when it does not come in time or is a refusal."""
    try:
        async with asyncio.timeout(seconds):
            return await question
    except (TimeoutError, SendTrouble):
        return None


def _known(user: Json) -> Known:
    name = said(user, "real_name") or said(_object(user.get("profile")), "real_name") or said(user, "name")
    return Known(clean(name, longest=LONGEST_NAME), said(user, "locale"), said(user, "team_id"))


def _object(found: object) -> Json:
    return found if isinstance(found, dict) else {}


def _channel(reply: Json) -> str:
    try:
        return known_id(inner(reply, "channel"), "id")
    except Unreadable as nonsense:
        raise Uncertain("conversations.open") from nonsense
