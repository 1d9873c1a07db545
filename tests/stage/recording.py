"""An adapter that remembers what it was asked to send, and a clock that a test moves by hand."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from typing_extensions import override

from bot.adapter import Outgoing, SendTrouble
from tests.stage.samples import NOW

Answer = SendTrouble | Exception | asyncio.Event | str


class RecordingAdapter:
    """One platform. ``plan`` says what comes of the next messages to a chat; others arrive at once.

    An event lets a message hang until it is set, an exception is raised, a string is the message's id.
    """

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.tried: list[Outgoing] = []
        self.arrived: list[Outgoing] = []
        self.ids: list[str] = []
        self.started = False
        self.administrators: set[str] = set()
        self._plans: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._progress = asyncio.Condition()

    def plan(self, chat: str, *answers: Answer) -> None:
        """What comes of the next messages to this chat."""
        self._plans[chat].extend(answers)

    async def start(self) -> None:
        self.started = True

    async def stop(self) -> None:
        self.started = False

    async def is_administrator(self, workspace: str, chat: str, user: str) -> bool:  # noqa: ARG002
        return user in self.administrators

    async def send(self, message: Outgoing) -> str:
        """Remember, and do as planned."""
        async with self._progress:
            self.tried.append(message)
            self._progress.notify_all()
        answer = self._plans[message.to.chat].popleft() if self._plans[message.to.chat] else ""
        if isinstance(answer, asyncio.Event):
            await answer.wait()
        elif isinstance(answer, Exception):
            raise answer
        self.arrived.append(message)
        known = message.replaces or message.message or f"m{len(self.arrived)}"
        self.ids.append(answer if isinstance(answer, str) and answer else known)
        return self.ids[-1]

    async def until_tried(self, count: int) -> None:
        """Wait until so many messages have been tried."""
        async with self._progress:
            await self._progress.wait_for(lambda: len(self.tried) >= count)

    def said_to(self, chat: str) -> list[str]:
        """The title keys of what arrived in a chat, in order."""
        return [each.card.title.key for each in self.arrived if each.to.chat == chat]


class HandClock:
    """Time stands still until the test moves it; whoever sleeps is waited for without sleeping."""

    def __init__(self) -> None:
        self._at = NOW
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []
        self._asleep = asyncio.Condition()

    def now(self) -> datetime:
        return self._at

    def steady(self) -> float:
        return (self._at - NOW).total_seconds() + 1000.0

    def real_delay(self, at: datetime) -> float:
        return (at - self._at).total_seconds()

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        async with self._asleep:
            self._sleepers.append((self._at + timedelta(seconds=seconds), woken))
            self._asleep.notify_all()
        await woken.wait()

    async def until_asleep(self, count: int = 1) -> None:
        """Wait until so many are sleeping."""
        async with self._asleep:
            await self._asleep.wait_for(lambda: len(self._sleepers) >= count)

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._at += timedelta(seconds=seconds)
        due = [each for each in self._sleepers if each[0] <= self._at]
        self._sleepers = [each for each in self._sleepers if each[0] > self._at]
        for _, woken in due:
            woken.set()


class HurriedClock(HandClock):
    """The same, but whoever keeps a distance between messages has it passed at once."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    @override
    def steady(self) -> float:
        return super().steady() + self._ahead

    @override
    async def sleep(self, seconds: float) -> None:
        self._ahead += seconds
        await asyncio.sleep(0)


class HeldAlarm:
    """An alarm that remembers what it was set to; the test rings it."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.ring: Callable[[], object] = bool

    def start(self, ring: Callable[[], None]) -> None:
        self.ring = ring

    def set(self, at: datetime | None) -> None:
        self.at = at

    def stop(self) -> None:
        self.at = None
