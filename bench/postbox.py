"""A ledger that keeps of a year what arrived: which messages, where, when, and what they were.

The whole calls of a year would fill the memory. What a message is shows in itself: a digest by its title, a reminder by
the buttons under it.
"""

import json
import re
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
_UNCLEAR: Final = re.compile(r"Veckan i (Forum \d+), till [^\"\\]*?(Slack|Telegram)\b")
_LISTED: Final = re.compile(r"budget\.answer:(\d+):")
"""The button of each thing in a list, in their order."""
_TAG: Final = re.compile(r"<[^>]*>")
_DIGEST: Final = re.compile(r"Veckan i (Forum \d+)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that a platform took. ``letter`` is ours of which it was one, 0 where that is not known.

    ``digest`` names the forum whose digest it is, ``unclear`` the forum and the platform of each that may not have
    come. A list names no digest and no platform, but the forum's number, once for each message of which it says so.
    ``asks`` are the matters that somebody is reminded of.
    """

    platform: str
    chat: str
    at: datetime
    letter: int = 0
    digest: str = ""
    news: frozenset[str] = frozenset()
    unclear: tuple[tuple[str, str], ...] = ()
    asks: frozenset[str] = frozenset()
    said: str = ""


@dataclass(slots=True)
class Postbox(Ledger):
    """The ledger of both platforms. ``private``: whose chat with the bot a channel in Slack is."""

    private: dict[str, str] = field(default_factory=dict)
    count: int = 0
    arrived: dict[int, Arrival] = field(default_factory=dict)
    _unclear: str = ""
    """How it says that something may not have come, without how much."""
    _pulse: str = ""

    def __post_init__(self) -> None:
        catalog = Catalog.load()
        self._unclear = catalog.say("unclear-title", "sv", {"count": 1}).partition(" ")[2].partition(" ")[2]
        self._pulse = catalog.say("pulse-reminder-why", "sv", {})[:30]

    @override
    def append(self, call: Call) -> None:
        if call.outcome == OK and call.method in _SENDS:
            self.arrived[self.count] = self._seen(call)
        self.count += 1

    @override
    def __len__(self) -> int:
        return self.count

    def delivered(self, trips: list[Trip]) -> list[Arrival]:
        """Everything that arrived, in its order, each with the letter it was."""
        found = dict(self.arrived)
        for trip in trips:
            for index in range(trip.began, trip.ended):
                one = found.get(index)
                if one and (one.platform, one.chat) == (trip.to.platform, trip.to.chat):
                    found[index] = replace(one, letter=trip.letter)
        return [each for _, each in sorted(found.items())]

    def _seen(self, call: Call) -> Arrival:
        words = json.dumps(call.args, ensure_ascii=False, default=str)
        digest = _DIGEST.search(words)
        unclear = self._may_be_missing(words)
        chat = str(call.args.get("channel") or call.args.get("chat_id") or call.args.get("channel_id"))
        return Arrival(
            call.platform, self.private.get(chat, chat), datetime.fromtimestamp(call.at, UTC),
            digest=digest[1] if digest and self._unclear not in words else "",
            news=frozenset(NEWS.findall(words)), unclear=unclear,
            asks=self._asked(words),
            said=" ".join(_TAG.sub("", str(call.args.get("text") or call.args.get("caption") or "")).split())[:60],
        )  # fmt: skip

    def _may_be_missing(self, words: str) -> tuple[tuple[str, str], ...]:
        if self._unclear not in words:
            return ()
        forums = _LISTED.findall(words)
        if not forums:
            return tuple(sorted({(forum, platform.lower()) for forum, platform in _UNCLEAR.findall(words)}))
        # The words stand twice in what Slack is sent: in blocks, and for notifications.
        listed = set(re.findall(rf"(\d+)\. (\w+) \w+ {self._unclear}", words))
        counts = {int(place): int(count) if count.isdecimal() else 1 for place, count in listed}
        return tuple(("#" + forums[place - 1], "") for place, count in counts.items() for _ in range(count))

    def _asked(self, words: str) -> frozenset[str]:
        """What somebody is reminded of: by the buttons, or as the pulse does it, which nobody can let sleep."""
        asked = {f"{kind}-{rest}" for kind, rest in _REMINDER.findall(words) if kind in _ASKS}
        return frozenset(asked | ({"pulse"} if self._pulse in words else set()))
