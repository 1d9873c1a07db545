"""``pulse-invite``: ten thousand people are invited on a platform that takes thirty messages a second.

A coordinator opens the round; engine, store and dispatcher are the real ones, the adapter counts. Time is simulated: it
moves on when nobody has anything left to do but wait, so that what is measured is how well the pace is used.
"""

import asyncio
import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from typing_extensions import override

from bench import machine
from bench.burst import Taking
from bench.rows import Row
from bot import pace
from bot.adapter import Outgoing
from bot.app import App
from bot.clock import SystemClock
from bot.timers import SchedulerAlarm
from handlers.kit.inbound import Account, Chat, Click
from storage import forums, people
from storage.db import Store

PEOPLE: Final = 10_000
BAR: Final = 1.02
OPENER: Final = Account("slack", "T0INVITE", "U0OPENER", "Opener")
START: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
STEPS: Final = 4
"""So many commits lie between a turn that comes and the message that is marked as sent, and one for safety."""


@dataclass(frozen=True, slots=True)
class Course:
    """When each message went, in seconds since the first, and to which chat; how many letters there were."""

    sent: tuple[tuple[float, str], ...]
    letters: int

    @property
    def seconds(self) -> float:
        """From the first message to the end of the last one's turn."""
        return self.sent[-1][0] - self.sent[0][0]

    def ideal(self) -> float:
        """The first lot goes at once, then one lot a second."""
        most = pace.TELEGRAM_ALL[0]
        return (self.letters - most.most) / most.most * most.seconds

    def crowd(self) -> int:
        """The most messages within any second."""
        return most_within(1.0, [at for at, _ in self.sent])

    def insistence(self) -> int:
        """The most messages to one chat within any second."""
        chats: dict[str, list[float]] = {}
        for at, chat in self.sent:
            chats.setdefault(chat, []).append(at)
        return max(most_within(1.0, each) for each in chats.values())


def most_within(seconds: float, times: Sequence[float]) -> int:
    """The most of these that lie within so many seconds, the end not counted."""
    window: deque[float] = deque()
    most = 0
    for each in times:
        window.append(each)
        while each - window[0] >= seconds - 1e-6:
            window.popleft()
        most = max(most, len(window))
    return most


class SimulatedClock:
    """Stands still until it is moved to the next instant that somebody waits for."""

    def __init__(self) -> None:
        self._at = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self._at)

    def steady(self) -> float:
        return self._at

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._at + seconds, next(self._order), woken))
        await woken

    def real_delay(self, at: datetime) -> float:
        return (at - self.now()).total_seconds()

    def move(self) -> None:
        """On to the next instant that somebody waits for."""
        if self._sleepers:
            self._at = max(self._at, self._sleepers[0][0])
        while self._sleepers and self._sleepers[0][0] <= self._at:
            heapq.heappop(self._sleepers)[2].set_result(None)


class _Counting(Taking):
    """Takes every message and notes when."""

    def __init__(self, clock: SimulatedClock) -> None:
        super().__init__("telegram")
        self._clock = clock
        self.sent: list[tuple[float, str]] = []

    @override
    async def send(self, message: Outgoing) -> str:
        self.sent.append((self._clock.steady(), message.to.chat))
        return str(len(self.sent))


def measure() -> Iterator[Row]:
    """The time it took against the best there can be, and whether any limit was broken."""
    with machine.folder() as folder:
        found = asyncio.run(invited(Path(folder) / "invite.db", PEOPLE))
    ratio = found.seconds / found.ideal()
    reference = (
        f"{found.letters} messages at 30 a second: {found.ideal():.1f} s at best, {found.seconds:.1f} s on the"
        " simulated clock, through the real dispatcher"
    )
    ok = ratio <= BAR and len(found.sent) == found.letters
    yield Row("pulse-invite", "inviting 10,000 people", round(ratio, 4), "ratio", f"<= {BAR}", reference, ok)
    crowd, insistence = found.crowd(), found.insistence()
    reference = f"{insistence} to one chat; at most 30 and 1 within any second"
    yield Row("pulse-invite", "messages within a second", crowd, "", "<= 30, <= 1", reference,
              crowd <= pace.TELEGRAM_ALL[0].most and insistence <= 1)  # fmt: skip


async def invited(path: Path, number: int) -> Course:
    """A forum of that many people in Telegram, all of whom can be written to; its coordinator opens a round."""
    clock = SystemClock()
    pacing = SimulatedClock()
    adapter = _Counting(pacing)
    adapters = {"telegram": adapter, "slack": Taking("slack")}
    app = App(path, clock, SchedulerAlarm(clock), lambda _intake, _speech: adapters, pacing=pacing)
    try:
        await app.start()
        forum = await app.writer.run(partial(_furnished, number))
        press = Click(key="1:open", who=OPENER, chat=Chat("slack", OPENER.workspace, OPENER.user, private=True),
                      data=f"pulse.open_now:{forum}")  # fmt: skip
        await app.engine.handle(press)
        while not app.dispatcher.is_idle:
            before = -1
            while before != (before := len(adapter.sent)):
                for _ in range(STEPS):
                    await app.writer.run(_nothing)
            pacing.move()
        return Course(tuple(adapter.sent), number + 1)
    finally:
        await app.stop()


def _furnished(number: int, store: Store) -> int:
    """So many in Telegram who take private messages, a group, and a coordinator in Slack."""
    forum = forums.create(
        store, name="Trygghet", challenge="", language="sv", zone="Europe/Stockholm", invite="x", now=START
    ).id
    forums.tie(store, forums.add_place(store, "telegram", "", "-100", "", "Trygghet").id, forum)
    actors = [forums.add_actor(store, forum, name=each, sector="", level="") for each in "ABCD"]
    everybody = [
        OPENER,
        *(Account("telegram", "", str(10**8 + each), f"Person {each}") for each in range(number)),
    ]
    for at, each in enumerate(everybody):
        person = people.meet(store, each.platform, each.workspace, each.user, name=each.name, now=START)
        people.set_reachable(store, each.platform, each.workspace, each.user, reachable=True)
        role = "member" if at else "coordinator"
        forums.join(store, forum, person.id, actor_id=actors[at % 4], role=role, now=START)
    return forum


def _nothing(_store: Store) -> None:
    """What is handed in after everybody else's work is done after it."""
