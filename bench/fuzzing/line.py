"""The line between the platforms and the bot: what is told is changed on the way, brought to the door, and timed.

Every update has a number. What stands in it follows from the seed and from what the bot has said so far, which follows
from the seed as well.
"""

import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from yarl import URL

from bench.fuzzing.asgi import Reply
from bench.fuzzing.dice import Dice
from bench.fuzzing.mutate import Mutator, garbled
from bot.playground.slack.parcels import Outcome, Parcel

Json = dict[str, Any]
JSON: Final = b"application/json"
FORM: Final = b"application/x-www-form-urlencoded"
KEPT: Final = 200
"""So many updates are remembered, to be told again."""
TAKEN: Final = frozenset({200, 400, 413})
"""What a door may answer to whoever is who they say they are; anything else is a fault of ours."""
ECHOES: Final = 0.05
SLOW: Final = 1.0
Knock = Callable[[bytes, bytes], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Told:
    """One update as it was brought, and what the door said."""

    number: int
    platform: str
    body: bytes = field(repr=False)
    status: int
    seconds: float


class Line:
    """Changes and counts what is told. ``share`` of it is changed; the rest arrives as it is."""

    def __init__(self, rng: Dice, mutator: Mutator, *, first: int, share: float) -> None:
        self._rng = rng
        self._mutator = mutator
        self._share = share
        self._known: list[tuple[str, bytes, bytes]] = []
        self.number = first
        self.changed = 0
        self.told: list[Told] = []
        self.digest = hashlib.blake2b(digest_size=8)
        self.knock: dict[str, Knock] = {}

    async def slack(self, parcel: Parcel) -> Outcome:
        """Tell the bot what Slack would, or nearly. Of the echoes of its own words most are kept from it."""
        if "bot_id" in parcel.body.get("event", ()) and not self._rng.hits(ECHOES):
            return Outcome(acknowledged=True)
        body, kind = self._of_slack(parcel)
        reply = await self._bring("slack", body, kind)
        if reply.status != 200:  # noqa: PLR2004
            return Outcome(acknowledged=False, reason="http_error", may_retry=False)
        answer = json.loads(reply.body) if reply.body else {}
        return Outcome(acknowledged=True, answer=answer)

    async def telegram(self, update: Json) -> Json:
        """Tell the bot what Telegram would, or nearly; what it asks for in its reply."""
        update = self._altered(update)
        reply = await self._bring("telegram", self._perhaps_garbled(json.dumps(update).encode()), JSON)
        answer: Json = json.loads(reply.body) if reply.status == 200 and reply.body else {}  # noqa: PLR2004
        return answer

    async def again(self) -> None:
        """Tell once more something that was told before, to the byte."""
        if self._known:
            await self._bring(*self._rng.choice(self._known))

    def _of_slack(self, parcel: Parcel) -> tuple[bytes, bytes]:
        rng, found = self._rng, self._altered(parcel.body)
        match parcel.kind:
            case "events_api":
                body, kind = json.dumps(found).encode(), JSON
            case "interactive":
                body, kind = URL.build(query={"payload": json.dumps(found)}).raw_query_string.encode(), FORM
            case _:
                pairs = [(name, each) for name, each in found.items() if each is not None]
                if rng.hits(0.05):  # a field that comes twice
                    pairs += rng.choices(pairs, k=2)
                body, kind = urlencode(pairs, errors="surrogatepass").encode(), FORM
        if rng.hits(0.01):  # the other way to write it
            kind = rng.choice((FORM, JSON, b"text/plain", b""))
        return self._perhaps_garbled(body), kind

    def _altered(self, found: Json) -> Json:
        roll = self._rng.random()
        if roll > self._share:
            return found
        self.changed += 1
        return self._mutator.spliced(found) if roll < self._share * 0.1 else self._mutator.changed(found)

    def _perhaps_garbled(self, body: bytes) -> bytes:
        return garbled(self._rng, body) if self._rng.hits(0.02) else body

    async def _bring(self, platform: str, body: bytes, kind: bytes) -> Reply:
        if len(self._known) < KEPT:
            self._known.append((platform, body, kind))
        else:
            self._known[self._rng.randrange(KEPT)] = (platform, body, kind)
        number, self.number = self.number, self.number + 1
        self.digest.update(b"%d %b %b\n" % (number, kind, body))
        began = time.perf_counter()
        reply = await self.knock[platform](body, kind)
        self.told.append(Told(number, platform, body, reply.status, time.perf_counter() - began))
        return reply
