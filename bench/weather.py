"""Foul weather over both stand-in platforms: a share of all calls and deliveries meets a fault.

Which fault the n-th call of a method about a chat meets follows from the seed, the method, the chat and n alone, so that
no timing changes it. The weather also keeps watch: it knows every ``Retry-After`` given, and sees whoever comes earlier.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.playground.faults import (
    CutBody,
    CutReply,
    Fault,
    Html,
    LostRequest,
    Nonsense,
    PlatformError,
    RateLimited,
    ServerError,
    Slow,
)

SHARE: Final = 0.3
TRAVEL: Final = 0.02
"""Seconds from the bot to a platform, and back: whoever set out before the refusal could have come does not count."""
TOO_SLOW: Final = 15.0
"""Seconds; the bot waits for ten."""
_ANYWHERE: Final[tuple[tuple[Fault, int], ...]] = (
    *((RateLimited(seconds), 2) for seconds in (1, 2, 5, 10, 30, 60, 120)),
    *((ServerError(status), 3) for status in (500, 502, 503, 504)),
    (Slow(TOO_SLOW), 7),
    (CutReply(), 7),
    (LostRequest(), 7),
    (CutBody(), 5),
    *((Html(status), 2) for status in (200, 403, 502, 503)),
    *((Nonsense(body), 1) for body in ("[]", "null", '"ok"', "{}", '{"ok": "maybe"}', '{"ok": true}', "<p>", "")),
)  # fmt: skip
_SLACK: Final[tuple[tuple[Fault, int], ...]] = tuple(
    (PlatformError(code), 1)
    for code in ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited")
)
_TELEGRAM: Final[tuple[tuple[Fault, int], ...]] = (
    (PlatformError("Internal Server Error", 500), 2),
    (PlatformError("Bad Gateway", 502), 2),
    (PlatformError("Too Many Requests", 429), 1),
)
_REVOKED: Final[dict[str, Fault]] = {
    "slack": PlatformError("token_revoked"),
    "telegram": PlatformError("Unauthorized", 401),
}
_Key = tuple[str, str, str]
"""Platform, method, and the chat that it is about."""


@dataclass(frozen=True, slots=True)
class Storm:
    """From one second to another every call to a platform meets the same: it is too much, or the token is refused."""

    platform: str
    begins: float
    ends: float
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """One call or delivery, and the fault that it met."""

    platform: str
    method: str
    chat: str
    ordinal: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Early:
    """A call that came before its time."""

    platform: str
    method: str
    at: float
    until: float
    life: int
    """The lives in which it was refused and came again differ when a restart lay between."""
    again_in: int


@dataclass(slots=True)
class Foul:
    """The weather of one course. ``now`` gives its seconds; ``life`` is the bot's present one, for the record."""

    seed: int
    now: Callable[[], float]
    storms: Sequence[Storm] = ()
    share: float = SHARE
    life: int = 0
    met: list[Met] = field(default_factory=list)
    early: list[Early] = field(default_factory=list)
    _counted: Counter[_Key] = field(default_factory=Counter)
    _promised: dict[_Key, tuple[float, float, int]] = field(default_factory=dict)

    def call(self, platform: str, method: str, chat: str) -> Fault | None:
        key, limited = (platform, method, chat), _limited(platform, method, chat)
        self._watch(limited)
        fault = self._storm(platform) or self._fault(key)
        self.met.append(Met(*key, self._counted[key], fault))
        if isinstance(fault, RateLimited):
            self._promised[limited] = (self.now() + 2 * TRAVEL, self.now() + fault.retry_after, self.life)
        return fault

    def delivery(self, platform: str, kind: str) -> CutReply | LostRequest | None:
        key = (platform, f"to the bot: {kind}", "")
        chance = self._chance(key)
        fault = LostRequest() if chance < self.share / 2 else CutReply() if chance < self.share else None
        self.met.append(Met(*key, self._counted[key], fault))
        return fault

    @property
    def faults(self) -> Counter[str]:
        """How many of which kind there were."""
        return Counter(type(each.fault).__name__ for each in self.met if each.fault)

    def _watch(self, key: _Key) -> None:
        since, until, life = self._promised.get(key, (0.0, 0.0, 0))
        if since <= self.now() < until:
            self.early.append(Early(key[0], key[1], self.now(), until, life, self.life))

    def _storm(self, platform: str) -> Fault | None:
        now = self.now()
        for each in self.storms:
            if each.platform == platform and each.begins <= now < each.ends:
                left = RateLimited(int(each.ends - now) + 1)
                return _REVOKED[platform] if each.revoked else left
        return None

    def _fault(self, key: _Key) -> Fault | None:
        chance = self._chance(key)
        if chance >= self.share:
            return None
        kinds = (*_ANYWHERE, *(_SLACK if key[0] == "slack" else _TELEGRAM))
        left = chance / self.share * sum(weight for _, weight in kinds)
        for fault, weight in kinds:
            left -= weight
            if left < 0:
                return fault
        return kinds[-1][0]

    def _chance(self, key: _Key) -> float:
        """A number between 0 and 1 that is this call's own."""
        self._counted[key] += 1
        named = f"{self.seed}:{':'.join(key)}:{self._counted[key]}"
        return int.from_bytes(hashlib.blake2b(named.encode(), digest_size=6).digest()) / 2**48


def _limited(platform: str, method: str, chat: str) -> _Key:
    """What a ``Retry-After`` is about: in Slack the whole method, but for messages their channel.

    https://docs.slack.dev/apis/web-api/rate-limits
    """
    return platform, method, chat if platform == "telegram" or method.startswith("chat.") else ""
