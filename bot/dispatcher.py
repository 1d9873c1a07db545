"""Turns outbox rows into messages: in order within a chat, at the platforms' pace, without one chat delaying another.

Rows come over in memory after each commit; the table is read only at start. A message is marked before it is tried
and after it went out. What nobody knows the outcome of is sent once more when the sender said so (``repeat``), never
otherwise: our own records change exactly once, a message may in a crash window come twice.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeVar

import structlog

from bot import pace
from bot.adapter import (
    Adapter,
    Broken,
    Gone,
    Intake,
    MessageGone,
    Moved,
    NotNow,
    Outgoing,
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.carry import mentioned
from bot.clock import Clock
from bot.writer import Writer
from handlers.kit.inbound import Chat, Happened
from handlers.kit.ui import card_from_json
from storage import outbox, people
from storage.db import Store, StoreUnavailable
from storage.outbox import Letter

log = structlog.get_logger()
TRIES = 2
"""How often a message of unknown outcome is sent at the most, if its sender wants it repeated."""
MENDING_TRIES = 10
"""The same while the platform says that it is broken, and for a change, which may be made any number of times."""
LONGEST_PAUSE = 60.0
"""Seconds between these tries at the most; together they take five minutes."""
PATIENCE = 60.0
"""Seconds between tries while our token is refused."""
STORE_PATIENCE = 1.0
"""Seconds between tries while the store cannot take a mark."""
PARTING = 5.0
"""Seconds that stopping waits for what is being sent: to break it off would leave its outcome unknown."""

T = TypeVar("T")
_Chat = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What the store adds to a letter just before it goes."""

    message: str
    hangs: bool
    mentions: Mapping[int, str]
    person_user: str


class Dispatcher:
    """Sends letters through the adapters. ``intake`` hears what sending taught us about chats and people."""

    def __init__(self, writer: Writer, clock: Clock, adapters: Mapping[str, Adapter]) -> None:
        self.writer = writer
        self.clock = clock
        self.adapters = adapters
        self.intake: Intake | None = None
        self._recovered_to: int | None = None
        self._sending: set[_Chat] = set()
        self._queues: dict[_Chat, deque[Letter]] = {}
        self._tasks: dict[_Chat, asyncio.Task[None]] = {}
        self._paces: dict[_Chat, pace.Pace] = {}
        self._whole: dict[str, pace.Pace] = {}
        self._lines: dict[str, pace.Line] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    # --- Taking over -------------------------------------------------------------------------------------------

    def take(self, letters: Iterable[Letter]) -> None:
        """Take messages over after their commit. Until the table has been read they are left to that."""
        for each in letters:
            if self._recovered_to is not None and each.id > self._recovered_to:
                self._queue(each)

    async def recover(self) -> None:
        """Begin with what the last process left. What may have been sent already follows its own rule."""
        after = 0
        while letters := await self.writer.run(partial(outbox.waiting, after=after)):
            after = letters[-1].id
            for each in letters:
                if each.state == "sending" and not _may_repeat(each):
                    await self._mark(each, "unknown", "restart")
                else:
                    self._queue(each)
        self._recovered_to = after

    async def idle(self) -> None:
        """Wait until nothing is queued or being sent."""
        await self._idle.wait()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued or being sent."""
        return self._idle.is_set()

    async def stop(self) -> None:
        """Finish what is being sent and begin nothing more; what is left stays in the table."""
        self._recovered_to = None
        for each in self._queues.values():
            while len(each) > 1:
                each.pop()
        for chat, task in self._tasks.items():
            if chat not in self._sending:
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=PARTING)
        left = list(self._tasks.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _queue(self, letter: Letter) -> None:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        self._queues.setdefault(chat, deque()).append(letter)
        if chat not in self._tasks:
            self._idle.clear()
            self._start(chat, self._drain(chat))

    def _start(self, chat: _Chat, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[chat] = task
        task.add_done_callback(partial(self._ended, chat))

    def _ended(self, chat: _Chat, task: "asyncio.Task[None]") -> None:
        """A fault of ours in one message must not keep the others of its chat waiting."""
        if task.cancelled():
            self._leave(chat)
        elif fault := task.exception():
            log.error("dispatcher-fault", kind=type(fault).__name__)
            self._start(chat, self._drain_after(chat, self._queues[chat].popleft()))

    def _leave(self, chat: _Chat) -> None:
        self._queues.pop(chat, None)
        self._tasks.pop(chat, None)
        if not self._tasks:
            self._idle.set()

    # --- One chat ----------------------------------------------------------------------------------------------

    async def _drain(self, chat: _Chat) -> None:
        queue = self._queues[chat]
        while queue:
            await self._wait_for_turn(chat)
            letter = queue[0]
            if letter.kind == "update" and _superseded(letter, queue):
                await self._mark(letter, "dropped", "newer update")
                queue.popleft()
            elif await self._try(letter):
                queue.popleft()
        # Within the same step: whoever comes next must not find somebody who is only almost done.
        self._leave(chat)

    async def _drain_after(self, chat: _Chat, broken: Letter) -> None:
        await self._mark(broken, "dead", "fault")
        await self._drain(chat)

    async def _wait_for_turn(self, chat: _Chat) -> None:
        own, whole = self._paces.setdefault(chat, pace.Pace(_limits(chat))), self._whole_of(chat[0])
        while wait := own.wait(self.clock.steady()):
            await self.clock.sleep(wait)
        line = self._lines.setdefault(chat[0], pace.Line())
        # Thousands may be told something at the same time: whoever pressed a button does not wait behind them.
        await line.come(urgent=self._queues[chat][0].kind != "direct")
        try:
            while wait := whole.wait(self.clock.steady()):
                await self.clock.sleep(wait)
        finally:
            line.go()

    def _whole_of(self, platform: str) -> pace.Pace:
        return self._whole.setdefault(platform, pace.Pace(pace.TELEGRAM_ALL))

    async def _try(self, letter: Letter) -> bool:
        """Send one; true when it is finished one way or another."""
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        for each in (self._paces[chat], self._whole_of(chat[0])):
            each.note(self.clock.steady())
        adapter = self.adapters.get(letter.to.platform)
        if adapter is None:
            await self._mark(letter, "dead", "platform not connected")
            return True
        ready = await self._insist(partial(_prepare, letter))
        if letter.kind == "update" and not ready.message:
            if letter.person is not None or not ready.hangs:
                await self._mark(letter, "dropped", "never posted")
                return True
            # Nobody knows what became of the card, or it stayed behind when the group moved: here it is as it stands.
            letter = replace(letter, kind="post")
        self._sending.add(chat)
        try:
            message = await adapter.send(_outgoing(letter, ready))
            await self._insist(lambda store: outbox.mark_sent(store, letter, message))
        except SendTrouble as trouble:
            return await self._trouble(letter, trouble)
        finally:
            self._sending.discard(chat)
        return True

    async def _trouble(self, letter: Letter, trouble: SendTrouble) -> bool:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        now = self.clock.steady()
        match trouble:
            case NotNow():
                held = self._whole_of(chat[0]) if trouble.everywhere else self._paces[chat]
                held.hold(now, trouble.seconds)
                await self._mark(letter, "new", "asked to wait")
                return False
            case Revoked():
                self._whole_of(chat[0]).hold(now, PATIENCE)
                log.error("token-refused", platform=chat[0])
                await self._mark(letter, "new", "token refused")
                return False
            case Uncertain():
                return await self._unclear(letter, trouble)
            case MessageGone() if letter.replaces:
                self._queues[chat][0] = replace(letter, replaces="")
                return False
            case Moved():
                await self._moved(letter, trouble.chat)
            case _:
                await self._lost(letter, trouble)
        return True

    async def _unclear(self, letter: Letter, trouble: Uncertain) -> bool:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        tried = replace(letter, attempts=letter.attempts + 1)
        mending = isinstance(trouble, Broken) or letter.kind == "update"
        if _may_repeat(tried, MENDING_TRIES if mending else TRIES):
            self._paces[chat].hold(self.clock.steady(), min(2.0**tried.attempts, LONGEST_PAUSE))
            self._queues[chat][0] = tried
            if mending:
                await self._mark(letter, "new", "broken")
            return False
        await self._mark(letter, "unknown", "no clear answer")
        log.error("message-unknown", letter=letter.id, kind=letter.kind, trouble=type(trouble).__name__)
        return True

    async def _lost(self, letter: Letter, trouble: SendTrouble) -> None:
        await self._mark(letter, "dead", type(trouble).__name__)
        if isinstance(trouble, Refused):
            log.error("message-refused", letter=letter.id, kind=letter.kind, reason=str(trouble))
        elif isinstance(trouble, Unreachable):
            await self._tell(
                Happened(key=f"{letter.id:013d}:undelivered", what="undelivered", detail=str(letter.id))
            )
        elif isinstance(trouble, Gone) and letter.kind == "post":
            chat = Chat(_platform(letter), letter.to.workspace, letter.to.chat, letter.to.topic)
            await self._tell(Happened(key=f"{letter.id:013d}:gone", chat=chat, what="bot-removed"))

    async def _moved(self, letter: Letter, new: str) -> None:
        chat = Chat(_platform(letter), letter.to.workspace, letter.to.chat)
        await self._tell(Happened(key=f"{letter.id:013d}:moved", chat=chat, what="chat-moved", detail=new))
        old = (letter.to.platform, letter.to.workspace, letter.to.chat)
        here = list(self._queues[old])
        self._queues[old].clear()
        self._queues[old].append(letter)
        for each in here:
            # Whatever it was to answer or to take the place of has another number there.
            self._queue(replace(each, to=replace(each.to, chat=new), replaces="", reply_to=""))

    async def _tell(self, happened: Happened) -> None:
        while self.intake is not None:
            try:
                await self.intake.handle(happened)
            except StoreUnavailable:
                await self.clock.sleep(STORE_PATIENCE)
            else:
                return

    async def _mark(self, letter: Letter, state: str, trouble: str) -> None:
        await self._insist(partial(_mark, letter.id, state, trouble))

    async def _insist(self, work: Callable[[Store], T]) -> T:
        """Until the store takes it: to send again what cannot be marked as sent would double it."""
        while True:
            try:
                return await self.writer.run(work)
            except StoreUnavailable:
                await self.clock.sleep(STORE_PATIENCE)


def _mark(letter: int, state: str, trouble: str, store: Store) -> None:
    outbox.mark(store, letter, state, trouble)


def _may_repeat(letter: Letter, most: int = TRIES) -> bool:
    return letter.care != "once" and letter.attempts < most


def _superseded(letter: Letter, queue: Iterable[Letter]) -> bool:
    """Whether a newer update of the same card waits in the same chat."""
    return any(
        each.kind == "update" and each.card_name == letter.card_name and each.id > letter.id for each in queue
    )


def _limits(chat: _Chat) -> tuple[pace.Limit, ...]:
    if chat[0] == "slack":
        return pace.SLACK_CHANNEL
    return pace.TELEGRAM_GROUP if chat[2].startswith("-") else pace.TELEGRAM_PRIVATE


def _platform(letter: Letter) -> Literal["slack", "telegram"]:
    return "slack" if letter.to.platform == "slack" else "telegram"


def _prepare(letter: Letter, store: Store) -> _Prepared:
    """Mark the letter as on its way, and look up what drawing it needs."""
    outbox.mark_sending(store, (letter.id,))
    card = card_from_json(json.loads(letter.card))
    mentions = {
        person: user
        for person in mentioned(card)
        if (user := people.account_on(store, person, letter.to.platform, letter.to.workspace))
    }
    message = outbox.message_of(store, letter.card_name, letter.to) if letter.kind == "update" else ""
    user = (
        people.account_on(store, letter.person, letter.to.platform, letter.to.workspace)
        if letter.person
        else None
    )
    hangs = letter.kind == "update" and outbox.hangs(store, letter.card_name, letter.to)
    return _Prepared(message, hangs, mentions, user or "")


def _outgoing(letter: Letter, ready: _Prepared) -> Outgoing:
    return Outgoing(
        kind=letter.kind, to=letter.to, card=card_from_json(json.loads(letter.card)), language=letter.language,
        zone=letter.zone, forum=letter.forum or 0, private=bool(letter.person) and letter.to.chat == ready.person_user,
        person_user=ready.person_user, message=ready.message, replaces=letter.replaces, thread=letter.thread,
        reply_to=letter.reply_to, mentions=ready.mentions,
    )  # fmt: skip
