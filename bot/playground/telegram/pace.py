"""How fast the bot may write, when the world enforces it.

One message a second in a chat, with a few at once forgiven; twenty a minute in a group; thirty a second in all. Edits
count as messages do. A refused call does not count.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.telegram.errors import too_many_requests
from bot.playground.telegram.values import ChatType

BURST = 3
PER_GROUP_MINUTE = 20
PER_SECOND = 30
_ALL = 0


@dataclass(slots=True)
class Pace:
    """The times of what was lately written, per chat and in all."""

    now: Callable[[], float]
    _written: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, chat: int, kind: ChatType) -> None:
        """Count one message, or refuse it with the seconds to wait."""
        limits = [(chat, BURST, float(BURST)), (_ALL, PER_SECOND, 1.0)]
        if kind != "private":
            limits.append((chat, PER_GROUP_MINUTE, 60.0))
        wait = max(self._wait(*limit) for limit in limits)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for place in (chat, _ALL):
            self._written[place].append(self.now())

    def _wait(self, place: int, count: int, seconds: float) -> float:
        written = self._written[place]
        while written and written[0] <= self.now() - 60:
            written.popleft()
        if len(written) < count:
            return 0
        return max(written[-count] + seconds - self.now(), 0)
