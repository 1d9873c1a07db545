"""How fast one may write.

Slack takes about one message a second and channel; Telegram one a second and chat, twenty a minute and group,
thirty a second in all. A short burst is fine with both.

Sources: docs.slack.dev/apis/web-api/rate-limits, core.telegram.org/bots/faq (broadcasting).
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` messages within any ``seconds``."""

    most: int
    seconds: float


SLACK_CHANNEL = (Limit(3, 3.0),)
TELEGRAM_PRIVATE = (Limit(3, 3.0),)
TELEGRAM_GROUP = (Limit(3, 3.0), Limit(20, 60.0))
TELEGRAM_ALL = (Limit(30, 1.0),)


class Pace:
    """The messages of late to one chat, or one platform. Times are seconds on a steady clock."""

    __slots__ = ("_held_until", "_limits", "_sent")

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        self._sent: deque[float] = deque(maxlen=max(each.most for each in limits))
        self._held_until = 0.0

    def wait(self, now: float) -> float:
        """How long the next message has to wait; 0 when it may go."""
        until = self._held_until
        for limit in self._limits:
            if len(self._sent) >= limit.most:
                until = max(until, self._sent[-limit.most] + limit.seconds)
        return max(0.0, until - now)

    def note(self, now: float) -> None:
        """A message goes now."""
        self._sent.append(now)

    def hold(self, now: float, seconds: float) -> None:
        """The platform told us to wait."""
        self._held_until = max(self._held_until, now + seconds)

    def is_over(self, now: float) -> bool:
        """Whether nothing that was sent or said of late counts any more."""
        widest = max(each.seconds for each in self._limits)
        return self._held_until <= now and (not self._sent or self._sent[-1] + widest <= now)


class Paces:
    """The pace of each chat, remembered for as long as it counts. ``steady`` is the clock."""

    __slots__ = ("_known", "_steady")

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._known: OrderedDict[tuple[str, str, str], Pace] = OrderedDict()

    def of(self, chat: tuple[str, str, str]) -> Pace:
        """The pace of a chat that is written to now."""
        own = self._known.get(chat) or of_chat(chat)
        self.put(chat, own)
        return own

    def put(self, chat: tuple[str, str, str], own: Pace) -> None:
        """This is what is known of a chat from now on."""
        self._known[chat] = own
        self._known.move_to_end(chat)
        while (eldest := next(iter(self._known))) != chat and self._known[eldest].is_over(self._steady()):
            del self._known[eldest]


def of_chat(chat: tuple[str, str, str]) -> Pace:
    """A fresh pace for a chat: platform, workspace, id. A group of Telegram has a number below zero."""
    if chat[0] == "slack":
        return Pace(SLACK_CHANNEL)
    return Pace(TELEGRAM_GROUP if chat[2].startswith("-") else TELEGRAM_PRIVATE)


class Line:
    """Those who wait for a whole platform, one at the front at a time: the urgent before the others, else as they came."""

    __slots__ = ("_order", "_taken", "_waiting")

    def __init__(self) -> None:
        self._taken = False
        self._order = count()
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []

    @property
    def length(self) -> int:
        """How many wait behind the one at the front."""
        return len(self._waiting)

    async def come(self, *, urgent: bool) -> None:
        """Wait until one is at the front."""
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (not urgent, next(self._order), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.go()
            raise

    def go(self) -> None:
        """Leave the front to the next."""
        while self._waiting:
            turn = heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
