"""A ledger that keeps of a year what arrived: which messages, where, when, and what they were.

The whole calls of a year would fill the memory. What a message is shows in itself: a digest by its title, a reminder by
the buttons under it.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from typing_extensions import override

from bench.reborn import Trip
from bot.playground.ledger import OK, Call, Ledger
from prompts.texts import Catalog

NEWS: Final = re.compile(r"nytt\d{6}x")
"""A word of one decision's own."""
_SENDS: Final = frozenset(
    {"chat.postMessage", "sendMessage", "sendPhoto", "sendDocument", "files.completeUploadExternal"}
)
_ASKS: Final = frozenset({"action", "decision", "hint", "overdue", "pulse", "win"})
"""Kinds of matters that a person is reminded of; anything else is told."""
_REMINDER: Final = re.compile(r"budget\.(?:answer|sleep_form):\d+:([a-z]+)-([\w-]+)")
_LISTED: Final = re.compile(rf"budget\.answer:(\d+):(?!(?:{'|'.join(sorted(_ASKS))})-)")
_TAG: Final = re.compile(r"<[^>]*>")
_DIGEST: Final = re.compile(r"Veckan i (Forum \d+)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that a platform took. ``letter`` is ours of which it was one.

    ``digest`` names the forum whose digest it is, ``unclear`` those whose digest may not have come (by their
    numbers where a list says so); ``asks`` are the matters that somebody is reminded of.
    """

    platform: str
    chat: str
    at: datetime
    letter: int = 0
    trip: int = 0
    digest: str = ""
    news: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    said: str = ""


@dataclass(slots=True)
class Postbox(Ledger):
    """The ledger of both platforms. ``private``: whose chat with the bot a channel in Slack is."""

    private: dict[str, str] = field(default_factory=dict)
    count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    arrived: dict[int, Arrival] = field(default_factory=dict)
    _unclear: str = ""
    _pulse: str = ""

    def __post_init__(self) -> None:
        catalog = Catalog.load()
        self._unclear = catalog.say("unclear-title", "sv", {"count": 1}).partition(" ")[2].partition(" ")[2]
        self._pulse = catalog.say("pulse-reminder-why", "sv", {})[:30]

    @override
    def append(self, call: Call) -> None:
        if call.outcome == OK and call.method in _SENDS:
            self.arrived[self.count] = self._seen(call)
        self.outcomes["taken" if call.outcome == OK else "refused or lost"] += 1
        self.count += 1

    @override
    def __len__(self) -> int:
        return self.count

    def delivered(self, trips: list[Trip]) -> list[Arrival]:
        """Everything that arrived, in its order, each with the letter it was."""
        found = dict(self.arrived)
        for number, trip in enumerate(trips, 1):
            for index in range(trip.began, trip.ended):
                one = found.get(index)
                if one and (one.platform, one.chat) == (trip.to.platform, trip.to.chat):
                    found[index] = replace(one, letter=trip.letter, trip=number)
        return [each for _, each in sorted(found.items())]

    def _seen(self, call: Call) -> Arrival:
        words = json.dumps(call.args, ensure_ascii=False, default=str)
        digest = _DIGEST.search(words)
        told = {*_DIGEST.findall(words), *(f"#{each}" for each in _LISTED.findall(words))}
        unclear = frozenset(told if self._unclear in words else ())
        chat = str(call.args.get("channel") or call.args.get("chat_id") or call.args.get("channel_id"))
        return Arrival(
            call.platform, self.private.get(chat, chat), datetime.fromtimestamp(call.at, UTC),
            digest=digest[1] if digest and not unclear else "",
            news=frozenset(NEWS.findall(words)), unclear=unclear,
            asks=self._asked(words),
            said=" ".join(_TAG.sub("", str(call.args.get("text") or call.args.get("caption") or "")).split())[:60],
        )  # fmt: skip

    def _asked(self, words: str) -> frozenset[str]:
        """What somebody is reminded of: by the buttons, or as the pulse does it, which nobody can let sleep."""
        asked = {f"{kind}-{rest}" for kind, rest in _REMINDER.findall(words) if kind in _ASKS}
        return frozenset(asked | ({"pulse"} if self._pulse in words else set()))
