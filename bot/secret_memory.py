"""What is remembered of secret talks, until they are sent in or a day has passed.

With SQLite there is one process, and what was chosen lies in its memory alone. With PostgreSQL the next press may reach
another process: there a talk lies in an unlogged table, under a keyed name, and sealed. Half of the key to what was chosen
is the installation's secret. The other half is a number that the platform sends along with every press and that we keep
nowhere: whoever has all our files, with everything that was ever written there, cannot read a choice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from bot.stepform import LIFETIME
from handlers.kit.inbound import Click, Request
from storage import sealing, secret_talks
from storage.db import from_ms, to_ms

MOST: Final = 50_000
"""So many talks are remembered in memory; beyond that the one that nobody touched for longest is dropped."""
_BLOCK: Final = 256
"""Bytes that what was chosen fills up, so that its length says nothing."""

Whose = tuple[str, str]
"""A person's id in Telegram and the encoded action of the form."""


@dataclass(frozen=True, slots=True)
class Held:
    """How far a talk has come: the question being asked, what was chosen so far, the message it goes on in."""

    at: int
    touched: datetime
    chosen: Mapping[str, str] = field(default_factory=dict, repr=False)
    message: str = ""
    sent: bool = False


class Memory(Protocol):
    """The talks as one request sees them. What it keeps is kept when its transaction is safe, and not before."""

    def find(self, whose: Whose) -> Held | None:
        """A talk, if it is not too old."""
        ...

    def newest(self, user: str) -> tuple[Whose, Held] | None:
        """The talk that a person is in the middle of. What was chosen in it may be missing."""
        ...

    def keep(self, whose: Whose, held: Held | None) -> None:
        """Remember a talk, or forget it."""
        ...

    def settle(self) -> None:
        """The transaction is safe."""
        ...


class Secrets:
    """All talks, while the process lives; where a table keeps them, only the way there."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[Whose, Held] = {}

    def of(self, req: Request) -> Memory:
        """The talks for this request."""
        return _Shared(req) if req.store.engine == "postgres" else _Own(self, req.now)

    def find(self, whose: Whose, now: datetime) -> Held | None:
        """A talk, if it is not too old."""
        held = self._held.get(whose)
        return held if held and _is_alive(held, now) else None

    def newest(self, user: str, now: datetime) -> tuple[Whose, Held] | None:
        """The talk that a person is in the middle of."""
        going = [
            (whose, held) for whose, held in self._held.items()
            if whose[0] == user and not held.sent and _is_alive(held, now)
        ]  # fmt: skip
        return going[-1] if going else None

    def keep(self, whose: Whose, held: Held | None) -> None:
        """Remember a talk, or forget it; the oldest ones make room."""
        self._held.pop(whose, None)
        if held is None:
            return
        self._held[whose] = held
        oldest = next(iter(self._held))
        while len(self._held) > self._most or held.touched - self._held[oldest].touched > LIFETIME:
            del self._held[oldest]
            oldest = next(iter(self._held))

    def __len__(self) -> int:
        return len(self._held)


class _Own:
    """The memory of this process, which changes after the transaction."""

    def __init__(self, secrets: Secrets, now: datetime) -> None:
        self._secrets = secrets
        self._now = now
        self._changes: list[tuple[Whose, Held | None]] = []

    def find(self, whose: Whose) -> Held | None:
        return self._secrets.find(whose, self._now)

    def newest(self, user: str) -> tuple[Whose, Held] | None:
        return self._secrets.newest(user, self._now)

    def keep(self, whose: Whose, held: Held | None) -> None:
        self._changes.append((whose, held))

    def settle(self) -> None:
        for whose, held in self._changes:
            self._secrets.keep(whose, held)


class _Shared:
    """The table, which changes in the transaction."""

    def __init__(self, req: Request) -> None:
        self._store = req.store
        self._secret = req.secret
        self._now = req.now
        self._half_key = req.inbound.half_key if isinstance(req.inbound, Click) else ""

    def find(self, whose: Whose) -> Held | None:
        person, form = self._names(whose)
        row = secret_talks.find(self._store, person, form)
        told = self._read("", person + form, row[0]) if row else None
        if row is None or told is None:
            return None
        chosen = self._read(self._half_key, person + form + b"chosen", row[1])
        held = _held(told, chosen or {})
        # Where the other half of the key is another one, what was chosen is as good as forgotten.
        return held if _is_alive(held, self._now) and (chosen is not None or held.sent) else None

    def newest(self, user: str) -> tuple[Whose, Held] | None:
        person = sealing.fingerprint(self._secret, user)
        rows = secret_talks.all_of(self._store, person)
        told = [each for form, held in rows if (each := self._read("", person + form, held))]
        going = [((user, each["form"]), _held(each, {})) for each in told]
        alive = [each for each in going if not each[1].sent and _is_alive(each[1], self._now)]
        return max(alive, key=lambda each: each[1].touched, default=None)

    def keep(self, whose: Whose, held: Held | None) -> None:
        person, form = self._names(whose)
        if held is None:
            secret_talks.drop(self._store, person, form)
            return
        told = {
            "form": whose[1], "at": held.at, "touched": to_ms(held.touched), "message": held.message, "sent": held.sent,
        }  # fmt: skip
        secret_talks.keep(
            self._store, person, form, self._sealed("", person + form, told),
            self._sealed(self._half_key, person + form + b"chosen", held.chosen), self._now,
        )  # fmt: skip

    def settle(self) -> None:
        """It is in the transaction."""

    def _names(self, whose: Whose) -> tuple[bytes, bytes]:
        return sealing.fingerprint(self._secret, whose[0]), sealing.fingerprint(self._secret, *whose)

    def _sealed(self, more: str, name: bytes, what: Mapping[str, Any]) -> bytes:
        plain = json.dumps(what).encode()
        return sealing.letter(self._secret, more, name, plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK))

    def _read(self, more: str, name: bytes, sealed: bytes) -> dict[str, Any] | None:
        plain = sealing.read_letter(self._secret, more, name, sealed)
        return None if plain is None else dict(json.loads(plain))


def _held(told: Mapping[str, Any], chosen: Mapping[str, str]) -> Held:
    return Held(told["at"], from_ms(told["touched"]), chosen, told["message"], told["sent"])


def _is_alive(held: Held, now: datetime) -> bool:
    return now - held.touched <= LIFETIME
