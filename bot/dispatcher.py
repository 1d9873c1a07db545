"""Turns outbox rows into messages: in order within a chat, at the platforms' pace, without one chat delaying another.

Rows come over in memory after each commit. The table is read at the start, where more waits for a chat than is kept in
memory, and where several processes share it (``bot/turns.py``). A message is marked before it is tried and after it went
out. What nobody knows the outcome of is sent once more when the sender said so (``repeat``), never otherwise.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

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
    Refused,
    Revoked,
    SendTrouble,
    Uncertain,
    Unreachable,
)
from bot.clock import Clock
from bot.letters import is_told_of, is_urgent, may_repeat, outgoing, prepare, superseded, taught, waiting_in
from bot.turns import Turns
from bot.writer import LENGTHY, Writer
from handlers.kit.inbound import Happened
from storage import outbox
from storage.db import Store, StoreUnavailable
from storage.outbox import Letter
from storage.turns import ChatKey, PlatformHeld, Turn, TurnLost

log = structlog.get_logger()
LONGEST_PAUSE = 60.0
"""Seconds between tries at the most; ten of them together take five minutes."""
PATIENCE = 60.0
"""Seconds between tries while our token is refused."""
STORE_PATIENCE = 1.0
"""Seconds between tries while the store cannot take a mark."""
IN_MEMORY = 50
"""So many letters of one chat are kept in memory; the others wait in the table."""
PARTING = 5.0
"""Seconds that stopping waits for what is being sent: to break it off would leave its outcome unknown."""

T = TypeVar("T")


class Dispatcher:
    """Sends letters through the adapters. ``intake`` hears what sending taught us about chats and people."""

    def __init__(
        self, writer: Writer, clock: Clock, adapters: Mapping[str, Adapter], *, shared: bool = False
    ) -> None:
        self.writer = writer
        self.clock = clock
        self.adapters = adapters
        self.intake: Intake | None = None
        self.turns = Turns(writer, clock, self) if shared else None
        self._recovered_to: int | None = None
        self._stopping = False
        self._more: dict[ChatKey, int] = {}
        self._sending: set[ChatKey] = set()
        self._queues: dict[ChatKey, deque[Letter]] = {}
        self._tasks: dict[ChatKey, asyncio.Task[None]] = {}
        self._paces = pace.Paces(clock.steady)
        self._whole: dict[str, pace.Pace] = {}
        self._lines: dict[str, pace.Line] = {}
        self._permitted: set[str] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    # --- Taking over -------------------------------------------------------------------------------------------

    def take(self, letters: Iterable[Letter]) -> None:
        """Take messages over after their commit. Until the table has been read they are left to that."""
        if self._recovered_to is None:
            return
        if self.turns:
            self.turns.want(letters)
            self.looked()
            return
        for each in letters:
            if each.id > self._recovered_to:
                self._queue(each)

    async def recover(self) -> None:
        """Begin with what the last process left. What may have been sent already follows its own rule."""
        if self.turns:
            self._recovered_to = 0
            self.turns.start()
            return
        after = 0
        while letters := await self.writer.run(partial(outbox.waiting, after=after)):
            after = letters[-1].id
            for each in letters:
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
        self._recovered_to, self._stopping = None, True
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
        if self.turns:
            await self.turns.stop()

    def _queue(self, letter: Letter) -> None:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        queue = self._queues.setdefault(chat, deque())
        if chat not in self._more:
            if len(queue) >= IN_MEMORY:
                self._more[chat] = queue[-1].id
            else:
                queue.append(letter)
        self._attend(chat)

    def _attend(self, chat: ChatKey) -> None:
        if chat not in self._tasks:
            self._idle.clear()
            self._start(chat, self._drain(chat))

    # --- Turns -------------------------------------------------------------------------------------------------

    def begin(self, turn: Turn, letters: Sequence[Letter]) -> bool:
        """A chat is ours to write to, once nobody sits there any more who had lost it."""
        if turn.chat in self._tasks:
            return False
        own, now = pace.of_chat(turn.chat), self.clock.steady()
        for age in turn.ages:
            own.note(now - age / 1000)
        own.hold(now, turn.held / 1000)
        self._paces.put(turn.chat, own)
        self._queues[turn.chat] = deque(letters)
        self._attend(turn.chat)
        return True

    def lose(self, chat: ChatKey) -> None:
        """A chat is another process's: whoever is not sending at this moment stops."""
        if chat in self._tasks and chat not in self._sending:
            self._tasks[chat].cancel()
        queue = self._queues.get(chat, deque())
        while len(queue) > 1:
            queue.pop()

    def looked(self) -> None:
        """Whether there is nothing left to do may have changed."""
        if self._tasks or not (self.turns is None or self.turns.is_idle):
            self._idle.clear()
        else:
            self._idle.set()

    def _start(self, chat: ChatKey, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[chat] = task
        task.add_done_callback(partial(self._ended, chat))

    def _ended(self, chat: ChatKey, task: "asyncio.Task[None]") -> None:
        """A fault of ours in one message must not keep the others of its chat waiting."""
        if task.cancelled():
            self._leave(chat)
        elif fault := task.exception():
            log.error("dispatcher-fault", kind=type(fault).__name__)
            if queue := self._queues[chat]:
                self._start(chat, self._drain_after(chat, queue.popleft()))
            else:
                self._leave(chat)

    def _leave(self, chat: ChatKey) -> None:
        self._queues.pop(chat, None)
        self._tasks.pop(chat, None)
        self._more.pop(chat, None)
        if self.turns:
            self.turns.leave(chat)
        self.looked()

    # --- One chat ----------------------------------------------------------------------------------------------

    async def _drain(self, chat: ChatKey) -> None:
        queue = self._queues[chat]
        while queue or await self._refilled(chat) or queue:
            letter = queue[0]
            if letter.state == "sending" and not may_repeat(letter):
                await self._give_up(letter, "restart")
                queue.popleft()
                continue
            await self._wait_for_turn(chat)
            letter = queue[0]
            if letter.kind == "update" and superseded(letter, queue):
                await self._mark(letter, "dropped", "newer update")
                queue.popleft()
            elif await self._try(letter):
                queue.popleft()
        # Within the same step: whoever comes next must not find somebody who is only almost done.
        self._leave(chat)

    async def _refilled(self, chat: ChatKey) -> bool:
        """What waits in the table and not here; false when that is nothing."""
        queue = self._queues[chat]
        if self.turns and not self._stopping:
            queue.extend(await self.turns.more(chat))
        elif chat in self._more and not self._stopping:
            after = self._more.pop(chat)
            found = await self._insist(partial(waiting_in, chat, after, IN_MEMORY))
            known = {each.id for each in found}
            late = [each for each in queue if each.id not in known]
            queue.clear()
            queue.extend(found)
            if len(found) == IN_MEMORY:
                self._more[chat] = found[-1].id
            else:
                queue.extend(late)
        return bool(queue)

    async def _drain_after(self, chat: ChatKey, broken: Letter) -> None:
        await self._mark(broken, "dead", "fault")
        await self._drain(chat)

    async def _wait_for_turn(self, chat: ChatKey) -> None:
        own = self._paces.of(chat)
        while wait := own.wait(self.clock.steady()):
            await self.clock.sleep(wait)
        line = self._lines.setdefault(chat[0], pace.Line())
        # Thousands may be told something at the same time: whoever pressed a button does not wait behind them.
        await line.come(urgent=is_urgent(self._queues[chat][0]))
        try:
            while wait := await self._wait_of_all(chat[0], line):
                await self.clock.sleep(wait)
        finally:
            line.go()

    async def _wait_of_all(self, platform: str, line: pace.Line) -> float:
        """How long the whole platform needs: as our own clock says, or as all processes together know."""
        wait = self._whole_of(platform).wait(self.clock.steady())
        if not wait and self.turns and platform not in self._permitted:
            wait = await self.turns.permit(platform, line.length)
            self._permitted.add(platform)
        if not wait:
            self._permitted.discard(platform)
        return wait

    def _whole_of(self, platform: str) -> pace.Pace:
        return self._whole.setdefault(platform, pace.Pace(pace.TELEGRAM_ALL))

    async def _try(self, letter: Letter) -> bool:
        """Send one; true when it is finished one way or another."""
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        for each in (self._paces.of(chat), self._whole_of(chat[0])):
            each.note(self.clock.steady())
        adapter = self.adapters.get(letter.to.platform)
        if adapter is None:
            await self._mark(letter, "dead", "platform not connected")
            return True
        try:
            patient = not is_urgent(letter)
            work = partial(prepare, letter, self.turns, self.clock.now())
            ready = await self._insist(work, weight=LENGTHY * patient)
        except TurnLost:
            self._queues[chat].clear()
            return False
        except PlatformHeld as told:
            self._whole_of(chat[0]).hold(self.clock.steady(), told.seconds)
            return False
        if ready.pointless:
            if ready.teaches:
                await self._tell(taught(letter, ready.teaches))
            await self._mark(letter, "dropped", ready.pointless)
            return True
        letter = replace(letter, kind=ready.kind)
        self._sending.add(chat)
        try:
            message = await adapter.send(outgoing(letter, ready))
            await self._insist(lambda store: outbox.mark_sent(store, letter, message), weight=int(patient))
        except SendTrouble as trouble:
            return await self._trouble(letter, trouble)
        finally:
            self._sending.discard(chat)
        return True

    async def _trouble(self, letter: Letter, trouble: SendTrouble) -> bool:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        match trouble:
            case NotNow():
                await self._hold(chat, trouble)
                await self._mark(letter, "new", "asked to wait")
                return False
            case Revoked():
                self._whole_of(chat[0]).hold(self.clock.steady(), PATIENCE)
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

    async def _hold(self, chat: ChatKey, trouble: NotNow) -> None:
        """As long as the platform says; of a whole platform all processes know together."""
        if self.turns:
            await self.turns.hold(chat, trouble.seconds, everywhere=trouble.everywhere)
        if not (self.turns and trouble.everywhere):
            held = self._whole_of(chat[0]) if trouble.everywhere else self._paces.of(chat)
            held.hold(self.clock.steady(), trouble.seconds)

    async def _unclear(self, letter: Letter, trouble: Uncertain) -> bool:
        chat = (letter.to.platform, letter.to.workspace, letter.to.chat)
        tried = replace(letter, attempts=letter.attempts + 1, state="new")
        mending = isinstance(trouble, Broken) or letter.kind == "update"
        if may_repeat(tried, mending=mending):
            self._paces.of(chat).hold(self.clock.steady(), min(2.0**tried.attempts, LONGEST_PAUSE))
            self._queues[chat][0] = tried
            if mending:
                await self._mark(letter, "new", "broken")
            return False
        log.error("message-unknown", letter=letter.id, kind=letter.kind, trouble=type(trouble).__name__)
        return await self._give_up(letter, "no clear answer")

    async def _give_up(self, letter: Letter, why: str) -> bool:
        await self._mark(letter, "unknown", why)
        if is_told_of(letter):
            await self._tell(taught(letter, "unclear"))
        return True

    async def _lost(self, letter: Letter, trouble: SendTrouble) -> None:
        await self._mark(letter, "dead", type(trouble).__name__)
        if isinstance(trouble, Refused):
            log.error("message-refused", letter=letter.id, kind=letter.kind, reason=str(trouble))
        elif isinstance(trouble, Unreachable):
            await self._tell(taught(letter, "undelivered"))
        elif isinstance(trouble, Gone) and letter.kind == "post":
            await self._tell(taught(letter, "bot-removed"))

    async def _moved(self, letter: Letter, new: str) -> None:
        await self._tell(taught(letter, "chat-moved", new))
        old = (letter.to.platform, letter.to.workspace, letter.to.chat)
        # Whatever it was to answer or to take the place of has another number there.
        queue = self._queues[old]
        there = [replace(each, to=replace(each.to, chat=new), replaces="", reply_to="") for each in queue]
        queue.clear()
        queue.append(letter)
        if self.turns:
            await self._mark(letter, "new", "moved")
            self.turns.want(there)
            return
        for each in there:
            self._queue(each)

    async def _tell(self, happened: Happened) -> None:
        while self.intake is not None:
            try:
                await self.intake.handle(happened)
            except StoreUnavailable:
                await self.clock.sleep(STORE_PATIENCE)
            else:
                return

    async def _mark(self, letter: Letter, state: str, trouble: str) -> None:
        await self._insist(lambda store: outbox.mark(store, letter.id, state, trouble))

    async def _insist(self, work: Callable[[Store], T], *, weight: int = 0) -> T:
        """Until the store takes it: to send again what cannot be marked as sent would double it."""
        while True:
            try:
                return await self.writer.run(work, weight=weight)
            except StoreUnavailable:
                await self.clock.sleep(STORE_PATIENCE)
