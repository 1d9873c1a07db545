"""The updates that wait for the bot, and the rules by which they stop waiting.

An update is done when the bot asks for higher numbers or its webhook says 2xx, and forgotten when it is too old: a press
after 150 seconds, everything else after a day. Kinds that the bot did not ask for are never made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from bot.playground.telegram.bell import Bell

PRESS_LIFETIME = 150.0
LIFETIME = 24 * 3600.0
FIRST_ID = 730_000_001
BY_DEFAULT = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
KNOWN = BY_DEFAULT | {"chat_member"}


class Shuffler(Protocol):
    """A source of disorder, such as a seeded `Random`."""

    def shuffle(self, x: list[Any], /) -> None: ...


@dataclass(frozen=True, slots=True)
class Update:
    """One update. `queue` names the line it stands in at a webhook: its chat, or the person who pressed."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    queue: str
    born: float

    def json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}

    @property
    def lifetime(self) -> float:
        return PRESS_LIFETIME if self.kind == "callback_query" else LIFETIME


@dataclass(slots=True)
class Updates:
    """The queue of one bot."""

    now: Callable[[], float]
    bell: Bell
    next_id: int = FIRST_ID
    allowed: frozenset[str] = BY_DEFAULT
    made: list[Update] = field(default_factory=list)
    _pending: dict[int, Update] = field(default_factory=dict)
    _again: dict[int, bool] = field(default_factory=dict)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Settle which kinds are made from now on; `None` leaves it, an empty list means the default."""
        if kinds is not None:
            self.allowed = (frozenset(kinds) & KNOWN) or BY_DEFAULT

    def put(self, kind: str, payload: Mapping[str, Any], queue: str) -> None:
        if kind not in self.allowed:
            return
        update = Update(self.next_id, kind, payload, queue, self.now())
        self.next_id += 1
        self.made.append(update)
        self._pending[update.id] = update
        self.bell.ring()

    def pending(self) -> list[Update]:
        """Give what still waits, in the order of delivery."""
        for update in tuple(self._pending.values()):
            if self.now() - update.born > update.lifetime:
                self.settle(update.id)
        return list(self._pending.values())

    def waits(self, ids: Iterable[int]) -> bool:
        return not {update.id for update in self.pending()}.isdisjoint(ids)

    def settle(self, update_id: int) -> None:
        """Count an update as received, or as gone."""
        self._pending.pop(update_id, None)
        self._again.pop(update_id, None)
        self.bell.ring()

    def confirm(self, offset: int) -> None:
        """Settle everything below an offset, and everything repeated that was handed over since."""
        for update in self.pending():
            if self._again.get(update.id, update.id < offset):
                self.settle(update.id)

    def hand_over(self, offset: int, limit: int) -> list[Update]:
        """Give what a poll from this offset receives. A negative offset keeps only that many at the end."""
        if offset < 0:
            for update in self.pending()[:offset]:
                self.settle(update.id)
        else:
            self.confirm(offset)
        batch = self.pending()[:limit]
        self._again |= {update.id: True for update in batch if update.id in self._again}
        return batch

    def repeat(self, updates: Iterable[Update], rng: Shuffler | None) -> list[int]:
        """Let updates wait once more under the same numbers, whatever offset the bot has reached."""
        again = [replace(update, born=self.now()) for update in updates]
        if rng is not None:
            rng.shuffle(again)
        for update in again:
            if self._pending.pop(update.id, None) is None or update.id in self._again:
                self._again[update.id] = False  # else it was never confirmed, and waits as before
            self._pending[update.id] = update
        self.bell.ring()
        return [update.id for update in again]

    def drop(self) -> None:
        for update in self.pending():
            self.settle(update.id)
