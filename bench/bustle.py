"""A busy day in many forums at once: decisions, actions, presses, lists and menus, on both platforms, some told twice.

The mix is such that no chat and no platform is written to faster than it may be, however long the day is. Written as
signed requests, for the web doors of both platforms.
"""

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Final, Literal

from bench import scene, wire
from bench.wire import Seat
from storage import forums, people
from storage.db import Store

FORUMS: Final = 120
MEMBERS: Final = 8
"""Of each forum, on each platform."""
_Platform = Literal["slack", "telegram"]
_MIX: Final = {
    "decision": 8, "action": 4, "done": 4, "history": 24, "latest": 6, "actions": 3, "search": 3, "menu": 20,
    "again": 28,
}  # fmt: skip
"""How often of a hundred. A decision is written to both chats, and changed there a quarter of an hour later."""
_COMMANDS: Final = {"latest": "beslutslista", "actions": "uppgifter", "menu": "meny"}


@dataclass(slots=True)
class Forum:
    """A forum as those know it who act there. ``open`` are its actions that nobody has answered: number and owner."""

    id: int
    channel: str
    group: int
    people: range
    decisions: int = 0
    actions: int = 0
    open: deque[tuple[int, _Platform, Seat]] = field(default_factory=lambda: deque(maxlen=20))

    def seat(self, rng: Random) -> Seat:
        """Somebody of the forum."""
        return Seat(rng.choice(self.people) % scene.PEOPLE, self.channel, self.group)


class Bustle:
    """What happens in the forums, as requests."""

    def __init__(self, where: list[Forum], rng: Random) -> None:
        self._forums = where
        self._rng = rng
        self._numbers = count(1)
        self._lately: deque[bytes] = deque(maxlen=200)
        self._kinds, self._weights = list(_MIX), list(_MIX.values())

    def events(self, many: int) -> list[bytes]:
        """So many requests, each of another event or of one that was told before."""
        return [self._event() for _ in range(many)]

    def _event(self) -> bytes:
        kind = self._rng.choices(self._kinds, self._weights)[0]
        if kind == "again" and self._lately:
            return self._rng.choice(self._lately)
        forum = self._rng.choice(self._forums)
        platform: _Platform = "slack" if self._rng.random() < 0.5 else "telegram"  # noqa: PLR2004 - heads or tails
        request = self._acts(kind, forum, platform, forum.seat(self._rng))
        self._lately.append(request)
        return request

    def _acts(self, kind: str, forum: Forum, platform: _Platform, seat: Seat) -> bytes:
        if kind == "history" and forum.decisions:
            number = self._rng.randint(1, forum.decisions)
            return self._presses(platform, f"decisions.history:{forum.id}:{number}", seat)
        if kind == "done" and forum.open:
            number, platform, seat = forum.open.popleft()
            return self._presses(platform, f"replies.done:{forum.id}:{number}", seat)
        if kind in _COMMANDS:
            return self._says(platform, _COMMANDS[kind], seat)
        if kind == "search":
            return self._says(platform, f"hitta {scene.words(self._rng).split()[0]}", seat)
        if kind == "action":
            forum.actions += 1
            forum.open.append((forum.actions, platform, seat))
            return self._says(platform, f"uppgift {scene.words(self._rng)}", seat)
        forum.decisions += 1
        return self._says(platform, f"beslut {scene.words(self._rng)}", seat)

    def _says(self, platform: _Platform, words: str, seat: Seat) -> bytes:
        if platform == "slack":
            return wire.slack_command(next(self._numbers), words, seat)
        return wire.telegram_command(next(self._numbers), f"/{words}", seat)

    def _presses(self, platform: _Platform, data: str, seat: Seat) -> bytes:
        press: Callable[[int, str, Seat], bytes] = (
            wire.slack_press if platform == "slack" else wire.telegram_press
        )
        return press(next(self._numbers), data, seat)


# --- The forums --------------------------------------------------------------------------------------------------


def furnish(store: Store, many: int = FORUMS) -> list[Forum]:
    """Make so many forums in the present transaction, with people in them on both platforms."""
    now = datetime.now(UTC)
    persons = _meet(store, now)
    return [_found(store, each, persons, now) for each in range(many)]


def _meet(store: Store, now: datetime) -> dict[tuple[str, int], int]:
    """Everybody; every other one has begun a private chat with the bot in Telegram."""
    persons = {}
    for each in range(scene.PEOPLE):
        name, user = scene.name_of(each), str(scene.telegram_user(each))
        persons["slack", each] = people.meet(
            store, "slack", scene.TEAM, scene.slack_user(each), name=name, now=now
        ).id
        persons["telegram", each] = people.meet(store, "telegram", "", user, name=name, now=now).id
        people.set_reachable(store, "telegram", "", user, reachable=each % 2 == 0)
    return persons


def _found(store: Store, number: int, persons: dict[tuple[str, int], int], now: datetime) -> Forum:
    made = forums.create(
        store, name=f"Forum {number}", challenge="Fler ska våga gå ut", language="sv", zone="Europe/Stockholm",
        invite=secrets.token_hex(4), now=now,
    )  # fmt: skip
    forum = Forum(
        made.id, f"C0{number:06d}", scene.GROUP - number, range(number * MEMBERS, (number + 1) * MEMBERS)
    )
    for platform, workspace, chat in (
        ("slack", scene.TEAM, forum.channel),
        ("telegram", "", str(forum.group)),
    ):
        place = forums.add_place(store, platform, workspace, chat, "", made.name)
        forums.tie(store, place.id, made.id)
    actor = forums.add_actor(store, made.id, name="Kommunen", sector="public", level="local")
    for each in forum.people:
        for platform in ("slack", "telegram"):
            person = persons[platform, each % scene.PEOPLE]
            forums.join(store, made.id, person, actor_id=actor, role="member", now=now)
    return forum
