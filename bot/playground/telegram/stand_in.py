"""The stand-in Telegram as the playground and the tests hold it.

The bot reaches it over HTTP through `routes`; people act through the methods named after what they do. Each of them
returns once the bot has taken the update and confirmed it, so that a test goes on when the bot has heard. Whoever wants
to act without waiting uses `people`, which has the same hands.
"""

from collections.abc import Callable, Coroutine, Iterable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from starlette.routing import BaseRoute, Route

from bot.playground.faults import Faults
from bot.playground.ledger import Ledger
from bot.playground.telegram.bell import Bell
from bot.playground.telegram.bot_api import PLATFORM, BotApi
from bot.playground.telegram.desk import Desk
from bot.playground.telegram.groups import Everybody
from bot.playground.telegram.notices import Notices
from bot.playground.telegram.pace import Pace
from bot.playground.telegram.polling import Polling
from bot.playground.telegram.updates import Shuffler, Update, Updates
from bot.playground.telegram.values import Message, Press, Toast, User
from bot.playground.telegram.webhook import Webhook
from bot.playground.telegram.world import World

P = ParamSpec("P")
T = TypeVar("T")


def _heard(
    act: Callable[Concatenate[Everybody, P], T],
) -> "Callable[Concatenate[StandInTelegram, P], Coroutine[Any, Any, T]]":
    """Turn a hand of `Everybody` into one that returns when the bot has confirmed what it was told."""

    @wraps(act)
    async def wait(self: "StandInTelegram", /, *args: P.args, **kwargs: P.kwargs) -> T:
        first = self.updates.next_id
        done = act(self.people, *args, **kwargs)
        told = range(first, self.updates.next_id)
        await self.bell.until(lambda: not self.updates.waits(told))
        return done

    return wait


class StandInTelegram:
    """One bot's Telegram. `address` is where its routes are mounted, set by whoever serves them."""

    def __init__(
        self,
        *,
        now: Callable[[], float],
        ledger: Ledger,
        faults: Faults,
        token: str,
        username: str = "SamsynBot",
    ) -> None:
        self.token = token
        self.address = "http://127.0.0.1/telegram"
        self.bell = Bell()
        self._now = now
        self._bot = User(int(token.partition(":")[0]), "Samsyn", username, is_bot=True)
        self.updates = Updates(now, self.bell)
        self.webhook = Webhook(self.updates, self.bell)
        self.webhook.met = partial(faults.on_the_way, PLATFORM, "update")
        self.polling = Polling(self.updates)
        self._api = BotApi(token, self._desk(), self.polling, self.webhook, ledger, faults)
        self.webhook.replied = self._api.replied

    def _desk(self) -> Desk:
        self.world = World(now=self._now, bell=self.bell, bot=self._bot)
        self.people = Everybody(self.world, Notices(self.world, self.updates))
        return Desk(self.world, self.people, self.updates, Pace(self._now))

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes to mount under `/telegram`."""
        return [
            Route("/file/bot{token}/{path:path}", self._api.download),
            Route("/bot{token}/{method}", self._api.call, methods=["GET", "POST"]),
        ]

    @property
    def base_url(self) -> str:
        """What the bot's client takes as `base_url`."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    async def reset(self) -> None:
        """Make the world new and empty; update numbers go on rising."""
        await self.webhook.close()
        self.webhook.url = ""
        self.updates.drop()
        self.updates.made.clear()
        self._api.desk = self._desk()
        self.bell.ring()

    async def close(self) -> None:
        """End everything that runs, long polls included."""
        await self.webhook.close()
        self.polling.interrupt()

    # -- waiting

    @property
    def revision(self) -> int:
        """A number that grows with every change."""
        return self.bell.revision

    async def changed(self, since: int) -> int:
        """Return the revision as soon as it is another than `since`."""
        await self.bell.until(lambda: self.bell.revision != since)
        return self.bell.revision

    def is_quiet(self) -> bool:
        """Tell whether the bot has confirmed every update."""
        return not self.updates.pending()

    async def quiet(self) -> None:
        """Return once the bot has confirmed every update."""
        await self.bell.until(self.is_quiet)

    async def answered(self, press: Press) -> Toast:
        """Return the bot's answer to a press, waiting for it if need be."""
        await self.bell.until(lambda: press.answer is not None)
        return press.answer or Toast("")

    # -- a person's hands

    say = _heard(Everybody.say)
    upload = _heard(Everybody.upload)
    forward = _heard(Everybody.forward)
    edit = _heard(Everybody.edit)
    delete = _heard(Everybody.delete)
    start = _heard(Everybody.start)
    press = _heard(Everybody.press)
    follow = _heard(Everybody.follow)
    block = _heard(Everybody.block)
    unblock = _heard(Everybody.unblock)
    add_bot = _heard(Everybody.add_bot)
    remove_bot = _heard(Everybody.remove_bot)
    add = _heard(Everybody.add)
    remove = _heard(Everybody.remove)
    join = _heard(Everybody.join)
    leave = _heard(Everybody.leave)
    promote = _heard(Everybody.promote)
    demote = _heard(Everybody.demote)
    upgrade = _heard(Everybody.upgrade)
    publish = _heard(Everybody.publish)
    open_topic = _heard(Everybody.open_topic)
    close_topic = _heard(Everybody.close_topic)
    delete_topic = _heard(Everybody.delete_topic)

    async def redeliver(self, updates: Iterable[Update] | None = None, rng: Shuffler | None = None) -> None:
        """Bring updates again under the same numbers, all that ever were if none are given, in any order.

        It is what a bot meets that stopped before it could confirm; returns when they are confirmed once more.
        """
        again = self.updates.repeat(self.updates.made if updates is None else updates, rng)
        await self.bell.until(lambda: not self.updates.waits(again))

    # -- a person's eyes

    def private(self, user: User) -> int:
        """Give the id of a person's private chat with the bot."""
        return self.world.chats[user.id].id

    def seen(self, user: User, chat: int) -> list[Message]:
        """Give the messages that a person sees in a chat, oldest first."""
        there = self.world.chats[chat]
        allowed = chat == user.id if there.type == "private" else there.member(user.id).present
        return [message for message in there.messages.values() if not message.deleted] if allowed else []

    def toasts(self, user: User) -> list[Toast]:
        """Give the lines and alerts that presses showed to a person, oldest first."""
        answers = [press.answer for press in self.world.presses.values() if press.user == user.id]
        return [answer for answer in answers if answer is not None and answer.text]

    def spinning(self, user: User) -> list[Press]:
        """Give a person's presses that the bot has not answered."""
        presses = self.world.presses.values()
        return [press for press in presses if press.user == user.id and press.answer is None]

    def asked(self, user: User, chat: int) -> Message | None:
        """Give the message that a person's app is ready to answer, because the bot asked for a reply."""
        seen = self.seen(user, chat)
        mine = [m for m in seen if m.force_reply and (not m.selective or self._meant(m, user))]
        last = mine[-1] if mine else None
        done = last is not None and any(m.reply_to == last.id and m.author == user.id for m in seen)
        return None if done else last

    def _meant(self, message: Message, user: User) -> bool:
        answered = self.world.message(message.chat, message.reply_to or 0)
        return user.id in message.mentions or (answered is not None and answered.author == user.id)
