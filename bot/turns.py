"""Whose turn it is, for one of several processes: which chats it writes to now, and when a platform lets it.

Without it (one process on SQLite) everything is ours. With it a chat is leased for as long as there is something to
send to it. What our own requests wrote is asked for at once; what others wrote, or left behind, is found twice a second.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, Protocol, TypeVar
from uuid import uuid4

from bot import pace
from bot.clock import Clock
from bot.writer import Writer
from storage import outbox, turns
from storage.db import Store, StoreUnavailable
from storage.outbox import Letter
from storage.turns import ChatKey, Turn

T = TypeVar("T")
LOOK: Final = 0.5
"""Seconds between looks for what other processes wrote."""
RENEW: Final = 4.0
"""Seconds between renewals: three may fail before a lease runs out."""
AT_ONCE: Final = 50
"""So many chats are taken in one transaction."""
MOST: Final = 200
"""So many chats are ours at the same time; the rest is for others."""
AHEAD: Final = 10
"""So many permits of a platform are fetched at once where many wait for one."""
UNSURE: Final = 10
"""So many looks take nothing over after the store was away: others may be sending what is theirs, and renew it first."""
STALE: Final = 0.5
"""Seconds after which a permit that nobody used is void: in that time others were promised the same room."""
ALL_OF_IT: Final = tuple((each.most, round(each.seconds * 1000)) for each in pace.TELEGRAM_ALL)


class Desk(Protocol):
    """Who sends: told what it may write to from now on, and what no longer."""

    def begin(self, turn: Turn, letters: Sequence[Letter]) -> bool:
        """False while somebody still sits there who had the chat before."""
        ...

    def lose(self, chat: ChatKey) -> None: ...

    def looked(self) -> None: ...


class Turns:
    """The turns of this process. ``holder`` names it among the others."""

    def __init__(self, writer: Writer, clock: Clock, desk: Desk) -> None:
        self.holder = uuid4().hex
        self._writer = writer
        self._clock = clock
        self._desk = desk
        self._mine: dict[ChatKey, Turn] = {}
        self._wanted: dict[ChatKey, None] = {}
        self._refused: set[ChatKey] = set()
        self._unsure = 0
        self._permits: dict[str, deque[float]] = {}
        self._looks_at = 0.0
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def is_idle(self) -> bool:
        """Whether there is no chat that we want and have not asked for."""
        return not self._wanted

    def start(self) -> None:
        """Begin with what others left behind."""
        self._tasks = [asyncio.create_task(each) for each in (self._look(), self._renew())]

    async def stop(self) -> None:
        """Let others go on at once."""
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._writer.run(partial(turns.release_all, holder=self.holder))
        except StoreUnavailable:
            return  # the leases run out by themselves

    def want(self, letters: Iterable[Letter]) -> None:
        """These were written just now: ask for their chats, those that somebody waits for first."""
        for each in sorted(letters, key=lambda letter: letter.kind == "direct"):
            chat = (each.to.platform, each.to.workspace, each.to.chat)
            if chat not in self._mine:
                self._wanted[chat] = None
        self._wake.set()

    async def more(self, chat: ChatKey) -> Sequence[Letter]:
        """What else waits in a chat of ours; when there is nothing, it is ours no longer."""
        turn = self._mine.get(chat)
        if turn is None:
            return ()
        found = await self._insist(partial(_next_or_release, self.holder, turn))
        if not found:
            self.leave(chat)
        return found

    def leave(self, chat: ChatKey) -> None:
        """Nobody here attends to a chat any more."""
        self._mine.pop(chat, None)
        if chat in self._refused:
            self._refused.remove(chat)
            self._wanted[chat] = None
        self._wake.set()

    def check(self, store: Store, chat: ChatKey) -> None:
        """In the transaction that marks a message as on its way: raises ``TurnLost`` when the chat is not ours.

        Raises ``PlatformHeld`` when one of the others was told to wait after we had asked.
        """
        turn = self._mine.get(chat)
        if turn is None:
            raise turns.TurnLost
        try:
            turns.still_mine(store, self.holder, turn)
        except turns.TurnLost:
            self._mine.pop(chat, None)
            raise

    async def permit(self, platform: str, waiting: int) -> float:
        """Wait for as long as the whole platform needs: seconds; ``waiting`` others stand in line here."""
        permits = self._permits.setdefault(platform, deque())
        while permits and permits[0] < self._clock.steady() - STALE:
            permits.popleft()
        if not permits:
            wanted = min(AHEAD, waiting + 1)
            asked = partial(turns.permits, platform=platform, wanted=wanted, limits=ALL_OF_IT)
            found = await self._insist(asked)
            now = self._clock.steady()
            permits.extend(now + each / 1000 for each in found)
        return max(0.0, permits.popleft() - self._clock.steady())

    async def hold(self, chat: ChatKey, seconds: float, *, everywhere: bool) -> None:
        """The platform told us to wait: so will the others."""
        milliseconds = round(seconds * 1000)
        if everywhere:
            self._permits.pop(chat[0], None)
            await self._insist(partial(turns.hold_platform, platform=chat[0], milliseconds=milliseconds))
        else:
            await self._insist(partial(turns.hold_chat, chat=chat, milliseconds=milliseconds))

    async def _insist(self, work: Callable[[Store], T]) -> T:
        while True:
            try:
                return await self._writer.run(work)
            except StoreUnavailable:
                await asyncio.sleep(LOOK)

    # --- All the time ------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        while True:
            try:
                settled = not self._unsure and await self._claim()
                self._unsure = max(0, self._unsure - 1)
            except StoreUnavailable:
                settled, self._unsure = False, UNSURE
            self._desk.looked()
            if not settled:
                await asyncio.sleep(LOOK)
            if not settled or (self._wanted and len(self._mine) < MOST):
                continue
            try:
                async with asyncio.timeout(LOOK):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def _claim(self) -> bool:
        """Take what we want, and now and then what nobody attends to; false while all turns are in doubt."""
        room = min(AT_ONCE, MOST - len(self._mine))
        if room <= 0:
            return True
        for each in self._mine.keys() & self._wanted.keys():
            del self._wanted[each]
        asked = list(self._wanted)[:room]
        others = self._clock.steady() >= self._looks_at or not asked
        got = await self._writer.run(partial(_claimed, self.holder, asked, room if others else 0))
        if got is None:
            return False
        if others:
            self._looks_at = self._clock.steady() + LOOK
        for each in asked:
            self._wanted.pop(each, None)
        for turn, letters in got:
            if self._desk.begin(turn, letters):
                self._mine[turn.chat] = turn
            else:  # it stays ours: another one would send once more what is being sent here
                self._refused.add(turn.chat)
        return True

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW)
            before = list(self._mine.values())
            try:
                left = await self._writer.run(partial(_renewed, self.holder, before))
            except StoreUnavailable:
                continue
            for turn in before:
                if turn.chat not in left and self._mine.get(turn.chat) is turn:
                    del self._mine[turn.chat]
                    self._desk.lose(turn.chat)


def _claimed(
    holder: str, asked: Sequence[ChatKey], most: int, store: Store
) -> list[tuple[Turn, list[Letter]]] | None:
    """Those asked for, and up to ``most`` in all with what nobody attends to; nothing at all while turns are in doubt."""
    if turns.settling(store):
        return None
    taken = turns.claim(store, holder, asked)
    if most > len(taken):
        taken += turns.claim(store, holder, turns.orphans(store, most=most - len(taken)))
    return [(turn, outbox.waiting_in(store, *turn.chat)) for turn in taken]


def _renewed(holder: str, mine: Iterable[Turn], store: Store) -> set[ChatKey]:
    turns.forget(store)
    return turns.renew(store, holder, mine)


def _next_or_release(holder: str, turn: Turn, store: Store) -> list[Letter]:
    letters = outbox.waiting_in(store, *turn.chat)
    if not letters:
        turns.release(store, holder, turn)
    return letters
